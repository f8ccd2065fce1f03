"""Between the window and its processes: `Desk.do(task)` gives a `Job`, whose signals arrive in the GUI thread."""

from __future__ import annotations

import itertools
import queue
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from voicedoc.errors import KeyRefused
from voicedoc_desktop.process.client import SPARE, Life, Process
from voicedoc_desktop.process.task import DIED, Failure, PassphraseWanted, Task
from voicedoc_desktop.process.wire import Answer, Died, Do, Done, Failed, Passphrase, Say, Stop, Told
from voicedoc_desktop.process.worker import GRACE

OFFICE, VISIT = "office", "visit"

EVERY = 33
"""Milliseconds between two deliveries to the window, at the least."""


class Job(QObject):
    """A task that a process is at.

    Signals:
        told: A tuple of what the task has told since the last time, in order; at most every 33 ms.
        over: Whatever its end is, just before `done` or `failed`.
        done: What the task returned.
        failed: A `Failure`.
    """

    told = Signal(tuple)
    over = Signal()
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, say: Callable[[object], None], stop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say, self._stop = say, stop

    def say(self, item: object) -> None:
        """Say something to the task. Returns at once; does nothing once the task is over."""
        self._say(item)

    def stop(self) -> None:
        """Have the task end; `done` or `failed` still comes."""
        self._stop()


@dataclass
class _Running:
    """A job with the process that is at it, and what it has told since the last delivery."""

    job: Job
    life: Life
    told: list[object] = field(default_factory=list)


class Desk(QObject):
    """The window's two processes, started when first needed: `VISIT` for live sessions, `OFFICE` for all else.

    Signals:
        died: A process is gone ("visit" or "office"); its jobs have failed. The next `do` starts it anew.
        ended: After `end`: both processes are gone.
        passphrase_wanted: A `PassphraseWanted`, to be answered by `answer_passphrase`.
    """

    died = Signal(str)
    ended = Signal()
    passphrase_wanted = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._processes = {name: Process(name, self._hear) for name in (OFFICE, VISIT)}
        self._numbers = itertools.count(1)
        self._running: dict[int, _Running] = {}
        self._inbox: queue.SimpleQueue[tuple[Life, Answer]] = queue.SimpleQueue()
        self._is_woken = False
        self._waiting: list[tuple[Life, PassphraseWanted]] = []
        self._typed: str | None = None
        self._given: set[Life] = set()
        self._ending: set[Life] = set()
        self._is_over = False
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._deliver)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._kill)
        self._arrived.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def do(self, task: Task[Any], *, process: str = OFFICE) -> Job:
        """Have a process do it. Returns at once. Keep the job: its signals are all that is heard of it.

        After `end` nothing is done any more, and nothing is heard of the job.
        """
        if self._is_over:
            return Job(_in_vain, lambda: None, self)
        number, life = next(self._numbers), self._processes[process].life
        life.send(Do(number, task))

        def say(item: object) -> None:
            if number in self._running:
                life.send(Say(number, item))

        job = Job(say, lambda: life.send(Stop(number)), self)
        self._running[number] = _Running(job, life)
        return job

    def is_at_work(self, process: str) -> bool:
        """Whether a process has something to do."""
        return any(running.life.name == process for running in self._running.values())

    def answer_passphrase(self, text: str | None) -> None:
        """What the user typed; None where they would not."""
        waiting, self._waiting = self._waiting, []
        self._typed, self._given = text, {life for life, _ in waiting}
        for life in self._given:
            life.send(Passphrase(text))

    def forget_passphrase(self) -> None:
        """What the user typed opens the store no more: its key was changed."""
        self._typed = None

    def end(self) -> None:
        """End both processes. Returns at once; `ended` comes when they are gone, and with them what must be done."""
        self._is_over = True
        self._ending |= {life for process in self._processes.values() if (life := process.end()) is not None}
        self._patience.start(round(1000 * (GRACE + SPARE)))
        self._tell_end()

    def close(self) -> None:
        """End both processes; waits until they are gone."""
        self.end()
        for life in list(self._ending):
            life.wait()
        self._patience.stop()  # whichever thread lets go of the desk last, no timer may run in it

    def _kill(self) -> None:
        for life in self._ending:
            life.kill()

    def _tell_end(self) -> None:
        if not self._ending:
            self._patience.stop()
            self.ended.emit()

    # --- what arrives

    def _hear(self, life: Life, answer: Answer) -> None:
        """Called in the threads of the processes."""
        self._inbox.put((life, answer))
        if not self._is_woken:  # at worst one wake-up too many
            self._is_woken = True
            self._arrived.emit()

    def _wake(self) -> None:
        left = EVERY - self._since.elapsed() if self._since.isValid() else 0
        if left > 0:
            self._later.start(left)
        else:
            self._deliver()

    def _deliver(self) -> None:
        self._since.start()
        self._is_woken = False
        for _ in range(self._inbox.qsize()):  # what arrives meanwhile waits for the next delivery
            self._take_next()
        for running in list(self._running.values()):
            self._hand_over(running)

    def _take_next(self) -> None:
        with suppress(queue.Empty):  # a slot that opened a dialog has delivered what was left
            self._take(*self._inbox.get_nowait())

    def _take(self, life: Life, answer: Answer) -> None:
        match answer:
            case Told(job, item) if job in self._running:
                self._running[job].told.append(item)
            case Done(job, result) if job in self._running:
                self._end(job).done.emit(result)
            case Failed(job, failure) if job in self._running:
                self._typed = None if failure.kind == KeyRefused.__name__ else self._typed
                self._end(job).failed.emit(failure)
            case PassphraseWanted() if not self._is_over:
                self._want_passphrase(life, answer)
            case Died(status):
                self._bury(life, status)
            case _:
                pass

    def _end(self, number: int) -> Job:
        running = self._running.pop(number)
        self._hand_over(running)
        running.job.over.emit()
        running.job.setParent(None)  # whoever keeps it has it
        return running.job

    def _hand_over(self, running: _Running) -> None:
        if running.told:
            told, running.told = tuple(running.told), []
            running.job.told.emit(told)

    def _want_passphrase(self, life: Life, wanted: PassphraseWanted) -> None:
        """A second process gets what was typed for the first. One that asks again was given a wrong one."""
        if self._typed is not None and life not in self._given:
            self._given.add(life)
            life.send(Passphrase(self._typed))
            return
        self._typed = None
        self._waiting.append((life, wanted))
        if len(self._waiting) == 1:
            QTimer.singleShot(0, self, self._ask_passphrase)  # it opens a dialog: after this delivery

    def _ask_passphrase(self) -> None:
        if self._waiting:
            self.passphrase_wanted.emit(self._waiting[0][1])

    def _bury(self, life: Life, status: int | None) -> None:
        self._waiting = [(other, wanted) for other, wanted in self._waiting if other is not life]
        self._given.discard(life)
        lost = [number for number, running in self._running.items() if running.life is life]
        for number in lost:
            self._end(number).failed.emit(_death(status))
        if not life.was_ended:
            self.died.emit(life.name)
        else:
            self._ending.discard(life)
            self._tell_end()


def _in_vain(item: object) -> None:
    """For what is said to nobody."""


def _death(status: int | None) -> Failure:
    how = "could not be started" if status is None else f"signal {-status}" if status < 0 else f"exit status {status}"
    return Failure(
        f"the program beside the window that does this has ended ({how})",
        "try again: it is started anew. What was recorded up to then is kept",
        DIED,
    )
