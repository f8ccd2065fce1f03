"""Several channels heard side by side: what each finds, in one order, whatever order their frames come in."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import Frame


class Found(Protocol):
    """Something found on a channel, once `decided_sample` had been heard."""

    @property
    def decided_sample(self) -> int: ...
    @property
    def channel(self) -> int: ...


F = TypeVar("F", bound=Found)


class Lane(Protocol[F]):
    """One channel. Whatever it finds later was decided after `heard_sample`, and in the order in which it finds it."""

    @property
    def heard_sample(self) -> int: ...
    def hear(self, samples: Samples) -> list[F]: ...
    def finish(self) -> list[F]: ...


class Lanes(Generic[F]):
    """All channels. What is found is settled once every lane has heard up to its decision; then by time, then channel.

    Every channel must have a frame that begins at sample 0 before any channel has its second.
    """

    def __init__(self, lane: Callable[[int], Lane[F]]) -> None:
        self._make = lane
        self._lanes: dict[int, Lane[F]] = {}
        self._n_samples: dict[int, int] = {}
        self._waiting: list[F] = []
        self._complete = False  # a second frame has come: no more channels

    def hear(self, frame: Frame) -> list[F]:
        """What is settled by this frame.

        Raises:
            ValueError: If the frame does not follow its channel's one before.
        """
        channel, expected = frame.channel, self._n_samples.get(frame.channel, 0)
        if frame.first_sample != expected:
            raise ValueError(f"channel {channel} goes on at sample {frame.first_sample}, expected {expected}")
        if channel not in self._lanes:
            self._lanes[channel] = self._make(channel)
        self._complete |= frame.first_sample > 0
        self._n_samples[channel] = expected + frame.samples.size
        self._waiting += self._lanes[channel].hear(frame.samples)
        return self._settled(min(lane.heard_sample for lane in self._lanes.values())) if self._complete else []

    def finish(self) -> list[F]:
        """What is settled by the end of the audio."""
        for lane in self._lanes.values():
            self._waiting += lane.finish()
        return self._settled(sys.maxsize)

    def _settled(self, heard_sample: int) -> list[F]:
        """What was decided by `heard_sample`. Nothing that comes later was decided as early."""
        due = [found for found in self._waiting if found.decided_sample <= heard_sample]
        self._waiting = [found for found in self._waiting if found.decided_sample > heard_sample]
        return sorted(due, key=lambda found: (found.decided_sample, found.channel))


class Kept:
    """The samples of one channel that may still be needed."""

    def __init__(self) -> None:
        self._blocks: deque[Samples] = deque()
        self._first = 0
        self.n_samples = 0
        """How many there have been, with those that are forgotten."""

    def add(self, samples: Samples) -> None:
        """The next ones."""
        self._blocks.append(samples)
        self.n_samples += samples.size

    def cut(self, start_sample: int, stop_sample: int) -> Samples:
        """A copy of a part of them."""
        kept = np.concatenate(self._blocks)
        return as_samples(kept[start_sample - self._first : stop_sample - self._first].copy())

    def forget(self, before_sample: int) -> None:
        """None before this one will be asked for."""
        while self._blocks and self._first + self._blocks[0].size <= before_sample:
            self._first += self._blocks.popleft().size
