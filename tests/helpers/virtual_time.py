"""A clock that stands still while anything can be done, and jumps to the next moment for which somebody waits."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import anyio
import anyio.lowlevel

PATIENCE = 12
"""Turns of the event loop in which something may still happen at a moment, before it is made sure that nothing does."""


class VirtualClock:
    """A `Clock` for tests with several tasks, on asyncio and trio. Time passes only inside `running()`."""

    def __init__(self) -> None:
        self._now = 0.0
        self._waiting: list[tuple[float, int, anyio.Event]] = []
        self._numbers = count()

    def now(self) -> float:
        return self._now

    async def sleep_until(self, seconds: float) -> None:
        if seconds <= self._now:
            await anyio.lowlevel.checkpoint()
            return
        reached = anyio.Event()
        heapq.heappush(self._waiting, (seconds, next(self._numbers), reached))
        await reached.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let time pass."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._pass)
            yield
            tasks.cancel_scope.cancel()

    async def _pass(self) -> None:
        while True:
            for _ in range(PATIENCE):
                await anyio.lowlevel.checkpoint()
            await anyio.wait_all_tasks_blocked()
            if self._waiting:
                self._now, _, reached = heapq.heappop(self._waiting)
                reached.set()
                while self._waiting and self._waiting[0][0] <= self._now:
                    heapq.heappop(self._waiting)[2].set()
            else:
                await anyio.sleep(0.001)
