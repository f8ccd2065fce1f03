"""Threads on which blocking backends run: one per device, so that engines do not fight over cores."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import anyio.lowlevel
import anyio.to_thread

T = TypeVar("T")


class Worker(Protocol):
    """Runs blocking functions one after another."""

    async def call(self, function: Callable[[], T], /) -> T: ...
    def run(self, function: Callable[[], T], /) -> T: ...
    def close(self) -> None: ...


class InlineWorker:
    """Runs the function in the event loop. For scripted backends, which return at once."""

    async def call(self, function: Callable[[], T], /) -> T:
        await anyio.lowlevel.checkpoint()
        return function()

    def run(self, function: Callable[[], T], /) -> T:
        return function()

    def close(self) -> None:
        """Nothing to close."""


class ThreadWorker:
    """One thread of its own. Backends that are bound to a thread must be made and used through the same worker."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"voicedoc-{name}")

    async def call(self, function: Callable[[], T], /) -> T:
        """Run `function` on the thread and wait. A cancelled caller stops waiting; the function runs to its end."""
        future = self._executor.submit(function)
        try:
            return await anyio.to_thread.run_sync(future.result, abandon_on_cancel=True)
        finally:
            future.cancel()  # not begun yet: never will

    def run(self, function: Callable[[], T], /) -> T:
        """Run `function` on the thread and block until it is done: for loading, where no event loop runs."""
        return self._executor.submit(function).result()

    def close(self) -> None:
        """Take no more work. Does not wait for what is running."""
        self._executor.shutdown(wait=False, cancel_futures=True)
