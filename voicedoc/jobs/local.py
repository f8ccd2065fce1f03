"""Tasks one after another, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicedoc.jobs.plan import Task
from voicedoc.jobs.work import Order, Report, Transcriber, Watch, nobody
from voicedoc.store.models import ModelStore


def transcribe_here(
    tasks: Sequence[Task], order: Order, *, watch: Watch = nobody, store: ModelStore | None = None
) -> Iterator[Report]:
    """Do the tasks in turn; a report as each is over. Models are loaded when the first task needs them.

    Ctrl-C or SIGTERM interrupts the task in hand, whose report is the last one.

    Raises:
        VoiceDocError: If the engine cannot be loaded, so that no task can be done.
    """
    with Transcriber(order, store) as transcriber:
        for task in tasks:
            report = transcriber.do(task, watch)
            yield report
            if report.stopped or report.status == "interrupted":
                return
