"""A place for the one thing that is to be done next: a newer one takes the older one's place."""

from __future__ import annotations

from typing import Generic, TypeVar

import anyio

T = TypeVar("T")


class Newest(Generic[T]):
    """At most one waiting thing for each key. Taken in the order in which their keys came. Event loop only."""

    def __init__(self) -> None:
        self._waiting: dict[object, T] = {}
        self._more = anyio.Event()
        self._closed = False

    def put(self, key: object, thing: T) -> T | None:
        """Let `thing` wait. What waited under that key is given back, and will not be taken."""
        replaced = self._waiting.get(key)
        self._waiting[key] = thing
        self._more.set()
        return replaced

    def drop(self, key: object) -> T | None:
        """What waits under `key` is not wanted any more."""
        return self._waiting.pop(key, None)

    def close(self) -> None:
        """Nothing more will come."""
        self._closed = True
        self._more.set()

    async def take(self) -> T | None:
        """Wait for the next thing; None once closed and empty."""
        while not self._waiting:
            if self._closed:
                return None
            self._more = anyio.Event()
            await self._more.wait()
        return self._waiting.pop(next(iter(self._waiting)))
