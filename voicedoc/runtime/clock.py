"""Wall time, injected so that tests can turn it. For latency figures and pacing, never for decisions about speech."""

from __future__ import annotations

import time
from typing import Protocol

import anyio
import anyio.lowlevel


class Clock(Protocol):
    """Seconds since the session began, and waiting."""

    def now(self) -> float: ...
    async def sleep_until(self, seconds: float) -> None: ...


class WallClock:
    """The machine's monotonic clock. Time starts where it is constructed. `now` may be called from any thread."""

    def __init__(self) -> None:
        self._zero = time.monotonic()

    def now(self) -> float:
        return time.monotonic() - self._zero

    async def sleep_until(self, seconds: float) -> None:
        await anyio.sleep(max(0.0, seconds - self.now()))


class SteppingClock:
    """A clock for tests and demos: waiting takes no time and moves the clock on."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        return self._now

    async def sleep_until(self, seconds: float) -> None:
        self._now = max(self._now, seconds)
        await anyio.lowlevel.checkpoint()
