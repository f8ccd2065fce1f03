"""A process beside the window, as the window sees it: started when first needed, watched, and started again."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import ModuleType
from typing import TypeAlias

from voicedoc_desktop.process.wire import Answer, Died, End, Order
from voicedoc_desktop.process.worker import GRACE, serve

log = logging.getLogger(__name__)

Hear: TypeAlias = Callable[["Life", Answer], None]
"""Is told what a process says, in a thread of its own; must return at once."""

SPARE = 5.0
"""Seconds more than its tasks have, after which a process that should end is killed."""


_STARTING = threading.Lock()


class Process:
    """A process that tasks are sent to. One that has died is replaced by the next `send` that begins anew."""

    def __init__(self, name: str, hear: Hear) -> None:
        self.name = name
        self._hear = hear
        self._life: Life | None = None

    @property
    def life(self) -> Life:
        """The process as it runs now; a new one where there is none. Returns at once: it starts in a thread."""
        if self._life is None or self._life.is_over:
            self._life = Life(self.name, self._hear)
        return self._life

    def end(self) -> Life | None:
        """Have it end; what is to be waited for, where it ran."""
        life, self._life = self._life, None
        if life is None or life.is_over:
            return None
        life.end()
        return life


class Life:
    """One process from its start to its death. `send` from any thread; what it says goes to `hear`, `Died` at last."""

    def __init__(self, name: str, hear: Hear) -> None:
        self.name, self.was_ended = name, False
        self._hear = hear
        self._letters: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process: BaseProcess | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"voicedoc-{name}", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the process is gone."""
        return self._ended.is_set()

    @property
    def pid(self) -> int | None:
        """The process' number, once it has started."""
        return self._process.pid if self._process else None

    def send(self, order: Order) -> None:
        """Hand over to the process. Returns at once; what cannot be delivered is lost with the process."""
        self._letters.put(bytes(ForkingPickler.dumps(order)))

    def end(self) -> None:
        """Have it end. Returns at once."""
        self.was_ended = True
        self.send(End())

    def wait(self, seconds: float = GRACE + SPARE) -> None:
        """Wait for the end; kill the process where it does not come."""
        if not self._ended.wait(seconds):
            self.kill()
            self._ended.wait(SPARE)

    def kill(self) -> None:
        """Kill the process, if it is still there. Returns at once."""
        if self._process is not None and not self.is_over:
            self._process.kill()

    def _live(self) -> None:
        """Whatever it comes to, its end is told."""
        status = None
        try:
            status = self._lived()
        except OSError as error:  # no memory, or too many processes
            log.warning("the process %s cannot be started: %s", self.name, type(error).__name__)
        finally:
            self._ended.set()
            self._hear(self, Died(status))

    def _lived(self) -> int | None:
        """From the process' start to its end; its exit status.

        Raises:
            OSError: If it cannot be started.
        """
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name=f"voicedoc-{self.name}")
        with ours:
            with theirs, _without_main():
                process.start()
            self._process = process
            atexit.register(self._leave)  # before multiprocessing waits for its children
            self._talk(ours)
        process.join()  # it ends once the pipe is closed
        atexit.unregister(self._leave)
        return process.exitcode

    def _talk(self, wire: Connection) -> None:
        writer = threading.Thread(target=self._write, args=(wire,), name=f"voicedoc-{self.name}-wire", daemon=True)
        writer.start()
        try:
            self._read(wire)
        finally:
            self._letters.put(None)
            writer.join()

    def _read(self, wire: Connection) -> None:
        while True:
            try:
                answer: Answer = wire.recv()
            except (EOFError, OSError):
                return
            self._hear(self, answer)

    def _write(self, wire: Connection) -> None:
        while (letter := self._letters.get()) is not None:
            try:
                wire.send_bytes(letter)
            except OSError:  # it is gone: `_read` sees it too
                return

    def _leave(self) -> None:
        """The window's program ends without having closed its desk."""
        self.end()
        self.wait()


@contextmanager
def _without_main() -> Iterator[None]:
    """A process that is started meanwhile does not import what the window was started by, which loads Qt."""
    with _STARTING:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
