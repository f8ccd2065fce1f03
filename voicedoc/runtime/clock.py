"""Wall time, injected so that tests can turn it. For latency figures and pacing, never for decisions about speech."""

from __future__ import annotations

from typing import Protocol

import anyio
import anyio.lowlevel


class Clock(Protocol):
    """Seconds since the session began, and waiting."""

    def now(self) -> float: ...
    async def sleep_until(self, seconds: float) -> None: ...


class WallClock:
    """The running event loop's monotonic clock. Construct inside the loop: time starts there."""

    def __init__(self) -> None:
        self._zero = anyio.current_time()

    def now(self) -> float:
        return anyio.current_time() - self._zero

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
