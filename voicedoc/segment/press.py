"""An utterance that a held button marks: what is said has no part in when it begins and ends."""

from __future__ import annotations

from typing import NamedTuple

from voicedoc.core.audio import SPEECH_RATE
from voicedoc.segment.endpoint import best_pause
from voicedoc.segment.heard import Heard
from voicedoc.segment.patience import Listening
from voicedoc.segment.role import WINDOW


class Order(NamedTuple):
    """A button: from `sample` on it is held, or not."""

    sample: int
    held: bool


class Press:
    """A button held from `start_sample` on, first known when `heard_sample` had been heard.

    `announced`: the utterance has begun already, without the button. A press shorter than `min_speech` is none. One
    that grows too long is cut at its best pause, and the rest is an utterance of its own.
    """

    def __init__(self, options: Listening, start_sample: int, heard_sample: int, *, announced: bool) -> None:
        self.start_sample = start_sample
        self._first, self._announced, self._told = heard_sample, announced, start_sample
        self._probabilities: list[float] = []
        self._least = max(1, round(options.min_speech * SPEECH_RATE))
        self._so_far, self._max_length = (round(s * SPEECH_RATE) for s in (options.so_far, options.max_length))
        self._n_search = options.n_search

    def hear(self, probability: float, heard: int) -> list[Heard]:
        """What the window brings that ends at `heard`."""
        self._probabilities.append(probability)
        happened = self._announce(heard, heard) if heard - self.start_sample >= self._least else []
        if self._announced and heard - self._told >= self._so_far:
            self._told = heard
            happened.append(Heard("so far", heard, self.start_sample, heard))
        if heard + WINDOW - self.start_sample > self._max_length:
            happened += self._cut(heard)
        return happened

    def end(self, sample: int, decided: int, reason: str) -> list[Heard]:
        """What it brings that the button is let go at `sample`."""
        stop = min(decided, max(sample, self.start_sample + 1))
        happened = self._announce(stop, decided) if stop - self.start_sample >= self._least else []
        return [*happened, Heard("ended", decided, self.start_sample, stop, reason)] if self._announced else []

    def _announce(self, stop: int, decided: int) -> list[Heard]:
        if self._announced:
            return []
        self._announced = True
        return [Heard("started", decided, self.start_sample, stop)]

    def _cut(self, heard: int) -> list[Heard]:
        pause = best_pause(self._probabilities, self._n_search)
        after = self._first + (pause + 1) * WINDOW
        cut = after - WINDOW // 2
        ended = Heard("ended", heard, self.start_sample, cut, "length")
        self._probabilities = self._probabilities[pause + 1 :]
        self.start_sample, self._first, self._announced, self._told = cut, after, False, cut
        return [ended]
