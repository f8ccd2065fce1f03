"""The process beside the window: does tasks, each in a thread, and ends with the window."""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pickle import PicklingError
from typing import TYPE_CHECKING, Any

from voicedoc.errors import VoiceDocError
from voicedoc_desktop.process.mistakes import log_mistake
from voicedoc_desktop.process.task import BUG, Failure, PassphraseWanted, Task
from voicedoc_desktop.process.wire import Answer, Do, Done, End, Failed, Order, Passphrase, Say, Stop, Told

if TYPE_CHECKING:
    from types import FrameType

    from voicedoc.store.vault import Vault

MOST_TASKS = 32
"""Tasks that are done at once; more wait for their turn."""

GRACE = 20.0
"""Seconds that tasks have to end when the window is gone."""

LOOK = 1.0
"""Seconds between two looks for signals."""

_OVER = object()
"""Stands in a task's inbox for the end of all that is said to it."""


def serve(wire: Connection) -> None:
    """Do what comes over `wire` until the window closes it; then end. Never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the window's
    signal.signal(signal.SIGTERM, _leave)
    os.environ.pop("VOICEDOC_PASSPHRASE_FD", None)  # names a descriptor of the window's
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    threading.excepthook = lambda what: log_mistake("a thread", what.exc_value)
    worker = Worker(wire)
    try:
        worker.run()
    finally:
        error = sys.exception()
        is_well = error is None or isinstance(error, SystemExit)
        if not is_well:
            log_mistake("the process", error)
        worker.close()
        logging.shutdown()
        # Threads of libraries that wait for nothing would keep the process: what must be kept has been closed.
        os._exit(0 if is_well else 1)


def _leave(number: int, frame: FrameType | None) -> None:
    """Told once to end by the system, it ends as with the window."""
    del frame
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


class Worker:
    """Does tasks. `run` reads what the window wants; a thread writes what it is told, so that no task waits for it."""

    def __init__(self, wire: Connection) -> None:
        self._wire = wire
        self._letters: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="voicedoc-wire", daemon=True)
        self._threads = ThreadPoolExecutor(MOST_TASKS, "voicedoc-task")
        self._places: dict[int, Place] = {}
        self._running: dict[int, Future[Any]] = {}
        self._safe = Safe(self.send)
        self._writer.start()

    def run(self) -> None:
        """Until the window is gone, or wants the end."""
        while True:
            try:
                while not self._wire.poll(LOOK):  # a signal that comes just before a read would else wait with it
                    pass
                order: Order = self._wire.recv()
            except (EOFError, OSError):
                return
            if isinstance(order, End):
                return
            self._obey(order)

    def close(self) -> None:
        """Have every task end, wait for that, close the store."""
        for place in list(self._places.values()):
            place.leave_alone()
        self._safe.refuse()
        until = time.monotonic() + GRACE
        while any(not task.done() for task in list(self._running.values())) and time.monotonic() < until:
            time.sleep(0.02)
        self._safe.close()
        self._letters.put(None)
        self._writer.join(1.0)

    def send(self, answer: Answer) -> None:
        """Tell the window. Returns at once; from any thread."""
        self._letters.put(bytes(ForkingPickler.dumps(answer)))

    def _obey(self, order: Order) -> None:
        match order:
            case Do(job, task):
                self._places[job] = made = Place(partial(self._tell, job), self._safe)
                self._running[job] = done = self._threads.submit(task.run, made)
                done.add_done_callback(partial(self._over, job, task))
            case Say(job, item) if place := self._places.get(job):  # it may be over the next moment
                place.say(item)
            case Stop(job) if place := self._places.get(job):
                place.stop()
            case Passphrase(text):
                self._safe.answer(text)
            case _:
                pass  # said to a task that has just ended

    def _tell(self, job: int, item: object) -> None:
        self.send(Told(job, item))

    def _over(self, job: int, task: Task[Any], done: Future[Any]) -> None:
        """Called in the task's thread."""
        self._places.pop(job).stop()
        error = done.exception()
        if error is not None:
            self.send(Failed(job, failure_of(error, type(task).__name__)))
        else:
            self._send_result(job, done.result(), type(task).__name__)
        self._running.pop(job, None)

    def _send_result(self, job: int, result: object, name: str) -> None:
        try:
            self.send(Done(job, result))
        except (TypeError, AttributeError, ValueError, PicklingError) as error:  # it cannot be pickled
            self.send(Failed(job, failure_of(error, name)))

    def _write(self) -> None:
        while (letter := self._letters.get()) is not None:
            try:
                self._wire.send_bytes(letter)
            except OSError:  # the window is gone: `run` sees it too
                return


class Place:
    """What one task finds here: see `Here`."""

    def __init__(self, tell: Any, safe: Safe) -> None:
        self._tell, self._safe = tell, safe
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._is_alone = False

    def tell(self, item: object) -> None:
        """See `Here`."""
        self._tell(item)

    def heard(self) -> object | None:
        """See `Here`."""
        return self._taken(self._inbox.get())

    def poll(self, timeout: float = 0.0) -> object | None:
        """See `Here`."""
        try:
            return self._taken(self._inbox.get(timeout=timeout) if timeout > 0.0 else self._inbox.get_nowait())
        except queue.Empty:
            return None

    @property
    def stopped(self) -> threading.Event:
        """See `Here`."""
        return self._stopped

    @property
    def is_alone(self) -> bool:
        """See `Here`."""
        return self._is_alone

    def vault(self) -> Vault:
        """See `Here`."""
        return self._safe.vault()

    def say(self, item: object) -> None:
        """The window says something; nothing more is heard once it has stopped the task."""
        if not self._stopped.is_set():
            self._inbox.put(item)

    def stop(self) -> None:
        """The window wants the end, or it has come."""
        self._stopped.set()
        self._inbox.put(_OVER)

    def leave_alone(self) -> None:
        """The window is gone."""
        self._is_alone = True
        self.stop()

    def _taken(self, item: object) -> object | None:
        if item is not _OVER:
            return item
        self._inbox.put(_OVER)  # for whoever waits next
        return None


class Safe:
    """The session store of this process, opened when a task first wants it; its passphrase is the window's to ask."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self._vault: Vault | None = None
        self._opening, self._asking = threading.Lock(), threading.Lock()
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._is_over = False

    def vault(self) -> Vault:
        """The store.

        Raises:
            StoreError: If it cannot be opened.
        """
        from voicedoc.store.vault import Vault

        with self._opening:
            if self._vault is None:
                self._vault = Vault.default(self._ask)
            return self._vault

    def answer(self, text: str | None) -> None:
        """What the user typed."""
        self._answers.put(text)

    def refuse(self) -> None:
        """The window is gone: nobody is asked any more."""
        self._is_over = True
        self._answers.put(None)

    def close(self) -> None:
        """Close the store."""
        with self._opening:
            if self._vault is not None:
                self._vault.close()

    def _ask(self, prompt: str, twice: bool) -> str | None:
        with self._asking:
            if self._is_over:
                return None
            self._send(PassphraseWanted(prompt, twice))
            return self._answers.get()


def failure_of(error: BaseException, task: str) -> Failure:
    """What the window is told of an error. A bug is logged by its place alone: its message may have patients' words."""
    if isinstance(error, VoiceDocError):
        return Failure(str(error), error.remedy, type(error).__name__)
    places = log_mistake(f"the task {task}", error)
    return Failure(
        f"a mistake in the program ({places[0]})",
        "try again; if it comes back, send what the log says to those who make VoiceDoc: no patient's words are in it",
        BUG,
    )
