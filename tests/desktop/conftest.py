"""The app without its processes: `ScriptedDesk` answers tasks as a test says, or leaves them for the test to drive."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.process.task import Failure


class ScriptedJob(Job):
    """A job that a test drives. `said` is what the window said to it; `is_stopped`: the window wanted its end."""

    def __init__(self, task: Any, process: str) -> None:
        self.task, self.process = task, process
        self.said: list[object] = []
        self.is_stopped = False
        super().__init__(self.said.append, self._stop)

    def tell(self, *items: object) -> None:
        """Tell the window some things, all at once."""
        self.told.emit(items)

    def finish(self, result: object = None) -> None:
        self.over.emit()
        self.done.emit(result)

    def fail(self, message: str = "it went wrong", remedy: str = "try again", kind: str = "StoreError") -> None:
        self.over.emit()
        self.failed.emit(Failure(message, remedy, kind))

    def _stop(self) -> None:
        self.is_stopped = True


class ScriptedDesk(Desk):
    """Answers tasks by their type: `answer(kind, *items, result=…)`. Others are left running for `job(kind)`."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[ScriptedJob] = []
        self.passphrases: list[str | None] = []
        self._scripts: dict[type, Callable[[ScriptedJob], None]] = {}

    def answer(self, kind: type, *items: object, result: object = None, failure: Failure | None = None) -> None:
        """From now on every task of this kind tells `items` and ends, once the event loop runs again."""

        def play(job: ScriptedJob) -> None:
            if items:
                job.tell(*items)
            if failure is None:
                job.finish(result)
            else:
                job.fail(failure.message, failure.remedy, failure.kind)

        self._scripts[kind] = play

    def script(self, kind: type, play: Callable[[ScriptedJob], None]) -> None:
        """From now on `play` drives every job of this kind, once the event loop runs again."""
        self._scripts[kind] = play

    def job(self, kind: type) -> ScriptedJob:
        """The newest job of this kind."""
        return next(job for job in reversed(self.jobs) if isinstance(job.task, kind))

    def tasks(self, kind: type) -> list[Any]:
        """Every task of this kind that was asked for, the first one first."""
        return [job.task for job in self.jobs if isinstance(job.task, kind)]

    def do(self, task: Any, *, process: str = "office") -> Job:
        job = ScriptedJob(task, process)
        self.jobs.append(job)
        if play := self._scripts.get(type(task)):
            QTimer.singleShot(0, job, lambda: play(job))
        return job

    def answer_passphrase(self, text: str | None) -> None:
        self.passphrases.append(text)


@pytest.fixture
def desk(qapp: object) -> ScriptedDesk:
    """A desk whose tasks are answered by the test."""
    del qapp
    return ScriptedDesk()
