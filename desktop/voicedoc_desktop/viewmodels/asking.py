"""Asking a process for something, where only the last answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.process.task import Failure


def nothing(what: object) -> None:
    """For answers that nobody waits for."""


class Asking:
    """Jobs by name. Asking again under the same name forgets what was asked before: its answer is not heard."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: dict[str, Job] = {}

    def ask(
        self,
        name: str,
        task: Any,
        done: Callable[[Any], None] = nothing,
        failed: Callable[[Failure], None] = nothing,
        told: Callable[[tuple[object, ...]], None] = nothing,
    ) -> Job:
        """Have something done."""
        job = self._desk.do(task)
        self._jobs[name] = job

        def heard(act: Callable[[Any], None], *, is_last: bool) -> Callable[[Any], None]:
            def arrived(what: Any) -> None:
                if self._jobs.get(name) is not job:
                    return
                if is_last:
                    del self._jobs[name]
                act(what)

            return arrived

        job.done.connect(heard(done, is_last=True))
        job.failed.connect(heard(failed, is_last=True))
        job.told.connect(heard(told, is_last=False))
        return job

    def is_asking(self, name: str) -> bool:
        """Whether an answer is still waited for."""
        return name in self._jobs

    def stop(self, name: str) -> None:
        """Have it end, and hear nothing of it any more."""
        if (job := self._jobs.pop(name, None)) is not None:
            job.stop()
