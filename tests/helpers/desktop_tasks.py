"""Tasks for the app's processes that do as little as a test needs."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicedoc_desktop.process.task import Here

from voicedoc.errors import BackendFailed
from voicedoc.store.keys import Keys

WORDS = "a dor no peito da Zyzzogeton"
"""What a patient says."""


@dataclass(frozen=True)
class Give:
    """Returns what it is given."""

    value: object

    def run(self, here: Here) -> object:
        del here
        return self.value


@dataclass(frozen=True)
class Count:
    """Tells the numbers below `n`, `pause` seconds apart."""

    n: int
    pause: float = 0.0

    def run(self, here: Here) -> int:
        for number in range(self.n):
            here.tell(number)
            time.sleep(self.pause)
        return self.n


@dataclass(frozen=True)
class Echo:
    """Tells what it hears, until it is stopped; then returns how much that was."""

    def run(self, here: Here) -> int:
        n_heard = 0
        while (said := here.heard()) is not None:
            here.tell(said)
            n_heard += 1
        assert here.heard() is None and here.poll() is None and here.stopped.is_set()
        return n_heard


@dataclass(frozen=True)
class Refuse:
    """A deliberate error."""

    def run(self, here: Here) -> None:
        raise BackendFailed("there is no such thing", remedy="do without")


@dataclass(frozen=True)
class Blunder:
    """A mistake in the program, whose messages have what a patient said; with `grouped`, two at once."""

    grouped: bool = False

    def run(self, here: Here) -> None:
        try:
            {}[WORDS]
        except KeyError as error:
            if not self.grouped:
                raise RuntimeError(f"cannot translate “{WORDS}”") from error
            raise ExceptionGroup(WORDS, [ValueError(WORDS), error]) from error


@dataclass(frozen=True)
class BlunderInThread:
    """A mistake in a thread of the task's own."""

    def run(self, here: Here) -> None:
        thread = threading.Thread(target=Blunder().run, args=(here,))
        thread.start()
        thread.join()


class Unreadable:
    """Can be sent, and not be read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, (WORDS,)

    def run(self, here: Here) -> None:
        """See `Task`."""


@dataclass(frozen=True)
class GiveUnreadable:
    """Returns what the window cannot read."""

    def run(self, here: Here) -> object:
        del here
        return Unreadable()


@dataclass(frozen=True)
class GiveLock:
    """Returns, or tells, what cannot be sent."""

    tells: bool = False

    def run(self, here: Here) -> object:
        if self.tells:
            here.tell(threading.Lock())
        return threading.Lock()


@dataclass(frozen=True)
class Die:
    """The process dies at once: by a signal, or with an exit status."""

    status: int = -signal.SIGKILL

    def run(self, here: Here) -> None:
        if self.status >= 0:
            os._exit(self.status)
        os.kill(os.getpid(), -self.status)
        time.sleep(60)


@dataclass(frozen=True)
class Look:
    """What the process is: its number, whether it has loaded Qt, and a variable of its environment."""

    variable: str = "HF_HUB_OFFLINE"

    def run(self, here: Here) -> tuple[int, bool, str]:
        import voicedoc

        assert voicedoc.__version__
        return os.getpid(), "PySide6" in sys.modules, os.environ.get(self.variable, "")


def cheap_keys() -> None:
    """From now on this process stretches new passphrases at scrypt's least cost."""
    defaults = Keys.__init__.__defaults__
    assert defaults is not None and defaults[-1] == Keys.work
    Keys.__init__.__defaults__ = (*defaults[:-1], 2)


@dataclass(frozen=True)
class Unlock:
    """Opens the session store's key; how it is kept."""

    def run(self, here: Here) -> str:
        if Keys().work > 2:
            cheap_keys()
        vault = here.vault()
        vault.unlock()
        assert here.vault() is vault
        return vault.key_kind()


@dataclass(frozen=True)
class Linger:
    """Waits until it is stopped, and some seconds more; writes into a file whether the window is gone, then ends."""

    file: Path
    seconds: float = 0.3

    def run(self, here: Here) -> None:
        here.tell(os.getpid())
        here.stopped.wait()
        time.sleep(self.seconds)
        self.file.write_text(f"alone: {here.is_alone}")
