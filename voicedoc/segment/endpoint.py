"""Decides where utterances begin and end. Counts samples, never wall time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE
from voicedoc.errors import ConfigError
from voicedoc.segment.role import WINDOW

HYSTERESIS = 0.15
"""Speech ends below `threshold - HYSTERESIS`, or half the threshold. Source: silero-vad 6.2.3, `VADIterator`."""

SEARCH = 5.0
"""Seconds before the greatest length in which an utterance that is too long may be cut."""

PAUSE_WINDOWS = 5
"""Windows (0.16 s) over which a pause is sought, so that the closure of a consonant is not taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpointing:
    """When an utterance begins and ends. All but `threshold` in seconds.

    `threshold` is the probability at which speech begins. `min_speech` drops clicks: less speech than that makes no
    utterance. `silence` ends an utterance. `pad_before` and `pad_after` widen it, but never into its neighbour.
    `max_length` is the longest utterance; a longer one is cut at its best pause.

    Raises:
        ConfigError: If a value is out of its range.
    """

    threshold: float = 0.5
    min_speech: float = 0.2
    silence: float = 0.5
    pad_before: float = 0.2
    pad_after: float = 0.2
    max_length: float = 20.0

    def __post_init__(self) -> None:
        ranges = {
            "threshold": (0.01, 1.0),
            "min_speech": (0.0, 1.0),
            "silence": (0.05, 10.0),
            "pad_before": (0.0, 1.0),
            "pad_after": (0.0, 1.0),
            "max_length": (2.0, 600.0),
        }
        for name, (low, high) in ranges.items():
            if not low <= (value := getattr(self, name)) <= high:
                raise ConfigError(f"{name} = {value} is out of range", remedy=f"choose {name} between {low} and {high}")

    @property
    def n_search(self) -> int:
        """Windows before the greatest length in which the cut is sought."""
        return round(min(SEARCH, self.max_length / 2) * SPEECH_RATE / WINDOW)


class Endpoint(NamedTuple):
    """An utterance, in samples at 16 kHz. `decided_sample` is how far the audio had been heard when it was found."""

    start_sample: int
    stop_sample: int
    decided_sample: int
    reason: str


@dataclass(slots=True)
class Speech:
    """An utterance that has begun. `windows` holds the probability of each window from `first_sample` on, and whether
    it counts as speech."""

    start_sample: int
    first_sample: int
    last_voice: int
    n_voiced: int = 0
    windows: list[tuple[float, bool]] = field(default_factory=list)


class Endpointer:
    """Turns the probabilities of one channel into endpoints; blocks of any size give the same ones."""

    def __init__(self, options: Endpointing) -> None:
        self._begin = options.threshold
        self._cease = max(options.threshold - HYSTERESIS, options.threshold / 2)
        self.min_voiced = max(1, round(options.min_speech * SPEECH_RATE / WINDOW))
        self._silence = round(options.silence * SPEECH_RATE)
        self._pad_before = round(options.pad_before * SPEECH_RATE)
        self._pad_after = round(options.pad_after * SPEECH_RATE)
        self._max_length = round(options.max_length * SPEECH_RATE)
        self._n_search = options.n_search
        self._heard = 0
        self._free = 0  # where the last utterance ended: the next one begins no earlier
        self._voiced = False
        self._speech: Speech | None = None

    @property
    def heard_sample(self) -> int:
        """How far it has heard. Every later endpoint is decided at or after this sample."""
        return self._heard

    @property
    def needed_sample(self) -> int:
        """No later endpoint begins before this sample."""
        return self._speech.start_sample if self._speech else max(self._free, self._heard - self._pad_before)

    @property
    def speech(self) -> Speech | None:
        """The utterance that is going on; with less than `min_voiced` windows of voice it may still be a click."""
        return self._speech

    @property
    def voiced(self) -> bool:
        """Whether the last window counts as speech."""
        return self._voiced

    def push(self, probabilities: Iterable[float]) -> list[Endpoint]:
        """The endpoints that the next windows bring."""
        return [found for probability in probabilities for found in self._hear(float(probability))]

    def skip(self) -> None:
        """Let a window pass that belongs to no utterance."""
        self._heard += WINDOW
        self._voiced = False
        self.begin_after(self._heard)

    def begin_after(self, sample: int) -> None:
        """No later utterance begins before `sample`; one that is going on is dropped."""
        self._speech = None
        self._free = max(self._free, sample)

    def wait(self, silence: float) -> None:
        """From now on so many seconds of silence end an utterance."""
        self._silence = round(silence * SPEECH_RATE)

    def go_on(self, before: Speech) -> None:
        """Take what is going on for more of `before`, an earlier utterance whose windows have gone on up to now."""
        if self._speech:
            before.last_voice = self._speech.last_voice
            before.n_voiced += self._speech.n_voiced
        self._speech = before

    def finish(self, n_samples: int) -> list[Endpoint]:
        """The endpoint that the end of the audio brings. `n_samples` counts all of it, with what fills no window."""
        if not self._speech:
            return []
        stop = n_samples if self._voiced else min(self._speech.last_voice + self._pad_after, n_samples)
        return self._close(self._speech, stop, n_samples, "end")

    def _hear(self, probability: float) -> list[Endpoint]:
        self._heard += WINDOW
        self._voiced = probability >= (self._cease if self._voiced else self._begin)
        if not (speech := self._speech or self._open()):
            return []
        speech.windows.append((probability, self._voiced))
        if self._voiced:
            speech.last_voice = self._heard
            speech.n_voiced += 1
        if self._heard - speech.last_voice >= self._silence:
            stop = min(speech.last_voice + self._pad_after, self._heard)
            return self._close(speech, stop, self._heard, "silence")
        if self._heard + WINDOW - speech.start_sample > self._max_length:
            return self._cut(speech)
        return []

    def _open(self) -> Speech | None:
        if self._voiced:
            first = self._heard - WINDOW
            self._speech = Speech(max(self._free, first - self._pad_before), first, self._heard)
        return self._speech

    def _close(self, speech: Speech, stop: int, decided: int, reason: str) -> list[Endpoint]:
        self._speech = None
        if speech.n_voiced < self.min_voiced:
            return []
        self._free = stop
        return [Endpoint(speech.start_sample, stop, decided, reason)]

    def _cut(self, speech: Speech) -> list[Endpoint]:
        """End the utterance at its best pause, and hear again what comes after it."""
        decided = self._heard
        pause = best_pause([probability for probability, _ in speech.windows], self._n_search)
        after = speech.first_sample + (pause + 1) * WINDOW
        cut = after - WINDOW // 2
        found = self._close(speech, cut, decided, "length")
        self._heard, self._voiced = after, speech.windows[pause][1]
        if self._voiced:  # cut within speech: what follows is speech, however little of it is left
            self._speech = Speech(cut, after, after, n_voiced=speech.n_voiced)
        for probability, _ in speech.windows[pause + 1 :]:
            found += self._hear(probability)
        return found


def best_pause(probabilities: list[float], n_search: int) -> int:
    """The window among the last `n_search` around which speech is least probable; the latest of equals."""
    padded = np.pad(np.asarray(probabilities[-n_search:]), PAUSE_WINDOWS // 2, mode="edge")
    means = np.convolve(padded, np.ones(PAUSE_WINDOWS) / PAUSE_WINDOWS, mode="valid").round(6)
    return len(probabilities) - 1 - int(np.argmin(means[::-1]))
