"""The floor: whether the interpreter's voice may speak. Control that never queues behind data."""

from __future__ import annotations

import anyio


class Floor:
    """The right to speak. The voice asks before each clause; people's speech and buttons pause, resume or cancel it.

    Call from the event loop only.
    """

    def __init__(self) -> None:
        self._open = anyio.Event()
        self._open.set()
        self._cancelled: set[int] = set()

    @property
    def paused(self) -> bool:
        return not self._open.is_set()

    def pause(self) -> None:
        """Somebody began to speak: stop before the next clause."""
        if self._open.is_set():
            self._open = anyio.Event()

    def resume(self) -> None:
        """A false alarm, or they have finished."""
        self._open.set()

    def cancel(self, utterance: int) -> None:
        """Say nothing more of this utterance. Also wakes a voice that is paused in it."""
        self._cancelled.add(utterance)
        if self.paused:
            waiting, self._open = self._open, anyio.Event()
            waiting.set()

    async def may_speak(self, utterance: int) -> bool:
        """Wait while paused. False once `utterance` is cancelled."""
        while self.paused and utterance not in self._cancelled:
            await self._open.wait()
        return utterance not in self._cancelled
