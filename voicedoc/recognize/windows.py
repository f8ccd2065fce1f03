"""Long utterances, cut where they are quietest into what a model can hear at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples

LONGEST = 28.0
"""Seconds. Whisper hears 30 s at once and wants some silence after the last word."""

SEARCH = 8.0
"""Seconds before the limit in which the cut is sought."""

_BLOCK = SPEECH_RATE // 50


class Window(NamedTuple):
    """A part of an utterance that begins `offset` seconds into it."""

    offset: float
    samples: Samples

    @property
    def seconds(self) -> float:
        return self.samples.size / SPEECH_RATE


def windows(samples: Samples) -> list[Window]:
    """Consecutive parts of at most `LONGEST` seconds that together are all of `samples`; at least one."""
    longest = round(LONGEST * SPEECH_RATE)
    parts, first = [], 0
    while samples.size - first > longest:
        cut = first + _quietest(samples[first : first + longest])
        parts.append(Window(first / SPEECH_RATE, samples[first:cut]))
        first = cut
    return [*parts, Window(first / SPEECH_RATE, samples[first:])]


def _quietest(samples: Samples) -> int:
    """The middle of the quietest 20 ms in the last `SEARCH` seconds, as a sample index."""
    skipped = samples.size - round(SEARCH * SPEECH_RATE)
    tail = samples[skipped:]
    blocks = tail[: tail.size // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    return int(skipped + int(np.argmin(np.square(blocks).sum(axis=1))) * _BLOCK + _BLOCK // 2)
