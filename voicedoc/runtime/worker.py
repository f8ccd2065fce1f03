"""Threads on which blocking backends run: one per device, so that engines do not fight over cores."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol, TypeVar

import anyio.lowlevel
import anyio.to_thread

from voicedoc.errors import BackendFailed

T = TypeVar("T")

_LOW = 15
"""Niceness: a thirtieth of what a thread of the usual priority gets, where both want a core."""

_NO_MEMORY = re.compile(r"out of memory|allocate|bad alloc|alloc_failed", re.IGNORECASE)
"""How PyTorch, CTranslate2, ONNX Runtime and CUDA say in a `RuntimeError` that there is no memory."""


class Worker(Protocol):
    """Runs blocking functions one after another.

    Where there was no memory for one, `call` raises `BackendFailed`: it has failed at this item, and the next may be
    smaller.
    """

    async def call(self, function: Callable[[], T], /) -> T: ...
    def run(self, function: Callable[[], T], /) -> T: ...
    def close(self) -> None: ...


class InlineWorker:
    """Runs the function in the event loop. For scripted backends, which return at once."""

    async def call(self, function: Callable[[], T], /) -> T:
        await anyio.lowlevel.checkpoint()
        return _within_memory(function)

    def run(self, function: Callable[[], T], /) -> T:
        return function()

    def close(self) -> None:
        """Nothing to close."""


class ThreadWorker:
    """One thread of its own. Backends that are bound to a thread must be made and used through the same worker.

    `gives_way`: it works with what the others leave of the cores (on Linux; elsewhere as they do).
    """

    def __init__(self, name: str, *, gives_way: bool = False) -> None:
        first = _give_way if gives_way else None
        self._executor = ThreadPoolExecutor(1, f"voicedoc-{name}", first)

    async def call(self, function: Callable[[], T], /) -> T:
        """Run `function` on the thread and wait. A cancelled caller stops waiting; the function runs to its end."""
        future = self._executor.submit(partial(_within_memory, function))
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


def _give_way() -> None:
    """Lower this thread's priority: Linux has one for each thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW)


def _within_memory(function: Callable[[], T]) -> T:
    try:
        return function()
    except MemoryError as error:
        raise _no_memory(error) from error
    except RuntimeError as error:
        if not _NO_MEMORY.search(str(error)):
            raise
        raise _no_memory(error) from error


def _no_memory(error: MemoryError | RuntimeError) -> BackendFailed:
    detail = f": {error}" if str(error) else ""
    return BackendFailed(f"there is no memory{detail}", remedy="close other programs, or choose a smaller profile")
