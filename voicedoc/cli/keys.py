"""Single keys from a terminal, as they are pressed. The terminal is given back as it was, however this ends."""

from __future__ import annotations

import atexit
import codecs
import math
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

import anyio

try:
    import termios
except ImportError:  # Windows: no keys, the session runs all the same
    termios = None  # type: ignore[assignment]

ESCAPE = "\x1b"

PATIENCE = 0.05
"""Seconds in which the rest of an arrow key follows its first byte; a lone Escape is told by what does not follow."""

NAMED = {
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\b": "backspace",
    "\x04": "ctrl-d",
    "\x1a": "ctrl-z",
    "\t": "tab",
    " ": "space",
    ESCAPE: "escape",
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1b[C": "right",
    "\x1b[D": "left",
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1bOC": "right",
    "\x1bOD": "left",
    "\x1b[5~": "page-up",
    "\x1b[6~": "page-down",
}


def stdin_has_keys() -> bool:
    """Whether somebody can press keys here: the input is a terminal, and this process may read it."""
    try:
        fd = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):  # there is none, or a stand-in
        return False
    return termios is not None and has_keys(fd)


def has_keys(fd: int) -> bool:
    """Whether `fd` is a terminal whose foreground this process is in."""
    try:
        return os.isatty(fd) and os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:  # not the controlling terminal: nobody else reads it
        return os.isatty(fd)


class Decoder:
    """Bytes of a terminal → names of keys ("enter", "left", "?"). Bytes may be cut anywhere."""

    def __init__(self) -> None:
        self._letters = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def is_waiting(self) -> bool:
        """Whether a key has begun whose end has not come."""
        return bool(self._rest)

    def feed(self, data: bytes) -> list[str]:
        """The keys that are complete with `data`."""
        typed = self._rest + self._letters.decode(data)
        keys = []
        while typed and (length := _length(typed)):
            keys.append(_name(typed[:length]))
            typed = typed[length:]
        self._rest = typed
        return keys

    def flush(self) -> list[str]:
        """Nothing more comes: what is left are keys of their own."""
        rest, self._rest = self._rest, ""
        return [_name(letter) for letter in rest]


def _length(typed: str) -> int:
    """How many letters the first key of `typed` has; 0 where its end has not come."""
    if typed[0] != ESCAPE:
        return 1
    if len(typed) == 1:
        return 0
    if typed[1] not in "[O":
        return 1  # Escape, then another key
    return next((at + 1 for at in range(2, len(typed)) if "@" <= typed[at] <= "~"), 0)


def _name(key: str) -> str:
    return NAMED.get(key, key if len(key) == 1 and key.isprintable() else "unknown")


class Keys:
    """A terminal's keys, one by one, not echoed. A context manager; outside of it the terminal is as it was.

    Ctrl-C stays a signal. Ctrl-Z is a key: a suspended session would lose what is said. A process that is suspended all
    the same (`kill -TSTP`) gives the terminal back before, and takes it again after; `on_pause` and `on_resume` are
    called then. `fd` is the terminal; None is the standard input.
    """

    def __init__(
        self,
        fd: int | None = None,
        *,
        on_pause: Callable[[], None] = lambda: None,
        on_resume: Callable[[], None] = lambda: None,
    ) -> None:
        self._fd = sys.stdin.fileno() if fd is None else fd
        self._on_pause, self._on_resume = on_pause, on_resume
        self._before: list[Any] = []
        self._decoder = Decoder()

    def __enter__(self) -> Keys:
        self._before = termios.tcgetattr(self._fd)
        atexit.register(self.restore)
        self._take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.restore()
        atexit.unregister(self.restore)

    def restore(self) -> None:
        """Give the terminal back as it was. A terminal that is gone needs nothing."""
        with suppress(OSError, termios.error):
            termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

    def _take(self) -> None:
        """From now on keys come one by one and are not echoed."""
        mode = [*self._before[:6], list(self._before[6])]
        mode[3] &= ~(termios.ECHO | termios.ICANON)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        mode[6][termios.VSUSP] = bytes([os.fpathconf(self._fd, "PC_VDISABLE")])
        termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)

    async def __aiter__(self) -> AsyncIterator[str]:
        """Names of keys, until the terminal is gone."""
        while (data := await self._read()) != b"":
            for key in self._decoder.flush() if data is None else self._decoder.feed(data):
                yield key

    async def _read(self) -> bytes | None:
        """What was typed; b"" when the terminal is gone, None where a key that has begun does not go on."""
        with anyio.move_on_after(PATIENCE if self._decoder.is_waiting else math.inf):
            await anyio.wait_readable(self._fd)
            try:
                return os.read(self._fd, 1024)
            except OSError:  # a pseudo-terminal whose other end was closed
                return b""
        return None

    async def watch_suspension(self) -> None:
        """Give the terminal back while this process is suspended. Runs until cancelled, in the main thread."""
        with anyio.open_signal_receiver(signal.SIGTSTP, signal.SIGCONT) as signals:
            async for number in signals:
                if number == signal.SIGTSTP:
                    self._on_pause()
                    self.restore()
                    os.kill(os.getpid(), signal.SIGSTOP)  # goes on with SIGCONT
                else:
                    self._take()
                    self._on_resume()
