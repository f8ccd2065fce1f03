"""A loudspeaker without a sound card: it plays on the injected clock and remembers what it played."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.runtime.clock import Clock
from voicedoc.speak.loudspeaker import LoudspeakerGone, Pull


class ScriptedLoudspeaker:
    """A `Loudspeaker` for tests and for replays: what is pulled at a moment sounds at that moment.

    `block`: seconds that it pulls at a time.
    """

    def __init__(
        self, clock: Clock, *, rate: int = 16_000, block: float = 0.01, position: Callable[[], float] | None = None
    ) -> None:
        self._clock, self._rate, self._block = clock, rate, block
        self._position = position or clock.now
        self._plugged = True
        self._blocks: list[tuple[float, Samples]] = []

    @property
    def name(self) -> str:
        """Its name."""
        return "scripted"

    @property
    def rate(self) -> int:
        """As configured, in Hz."""
        return self._rate

    @property
    def n_gaps(self) -> int:
        """None: it is never late."""
        return 0

    @property
    def played(self) -> Samples:
        """All that sounded, in time: from the audio clock's zero on, silence where nothing did."""
        end = max((at + block.size / self._rate for at, block in self._blocks), default=0.0)
        track = np.zeros(round(end * self._rate), np.float32)
        for at, block in self._blocks:
            first = round(at * self._rate)
            track[first : first + block.size] = block[: max(0, track.size - first)]
        return track

    def unplug(self) -> None:
        """Be gone."""
        self._plugged = False

    def plug(self) -> None:
        """Be back."""
        self._plugged = True

    async def play(self, pull: Pull, ready: Callable[[], None]) -> None:
        """See `Loudspeaker`."""
        if not self._plugged:
            raise LoudspeakerGone("the scripted loudspeaker is not there", remedy="plug it in")
        ready()
        due = self._clock.now()
        while self._plugged:
            block = pull(round(self._block * self._rate), self._position())
            if block.any():
                self._blocks.append((self._position(), block))
            due += self._block
            await self._clock.sleep_until(due)
        raise LoudspeakerGone("the scripted loudspeaker was unplugged", remedy="plug it in")
