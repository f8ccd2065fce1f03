"""Tasks one after another, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from voicedoc.jobs.plan import Task
from voicedoc.jobs.work import Order, Report, Transcriber, Watch, copied, nobody
from voicedoc.store.models import ModelStore


def transcribe_here(
    tasks: Sequence[Task], order: Order, *, watch: Watch = nobody, store: ModelStore | None = None
) -> Iterator[Report]:
    """Do the tasks in turn; a report as each is over. Models are loaded when the first task needs them.

    A task that is the `same_as` an earlier one ends like that one, and is not done again.

    Ctrl-C or SIGTERM interrupts the task in hand, whose report is the last one.

    Raises:
        VoiceDocError: If the engine cannot be loaded, so that no task can be done.
    """
    with Transcriber(order, store) as transcriber:
        over: dict[Path, Report] = {}
        for task in tasks:
            first = over.get(task.same_as) if task.same_as else None
            report = copied(task, first) if first else transcriber.do(task, watch)
            over[task.path] = report
            yield report
            if report.stopped or report.status == "interrupted":
                return
