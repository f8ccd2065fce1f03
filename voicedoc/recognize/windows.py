"""Utterances cut where they are quietest: into what a model hears at once, and into what is in one language."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples

LONGEST = 28.0
"""Seconds. Whisper hears 30 s at once and wants some silence after the last word."""

SEARCH = 8.0
"""Seconds before the limit in which the cut is sought."""

PART_FROM, PART_TO = 1.5, 3.5
"""Seconds of a part in which the language is told by itself. It is right less often in shorter ones."""

BLOCK = 0.02
"""Seconds of a block."""

_BLOCK = round(BLOCK * SPEECH_RATE)
_PAUSE = 5  # blocks


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


def parts(samples: Samples) -> list[tuple[float, float]]:
    """`samples` as consecutive parts of `PART_FROM` to `PART_TO` seconds, cut where they are quietest: `(start, end)`.

    One where it is too short to be cut.
    """
    if samples.size <= (PART_FROM + PART_TO) * SPEECH_RATE:
        return [(0.0, samples.size / SPEECH_RATE)]
    loud = np.convolve(np.square(blocks(samples)).sum(axis=1), np.ones(_PAUSE), mode="same")
    first, edges = 0, [0]
    least, most = (round(seconds * SPEECH_RATE / _BLOCK) for seconds in (PART_FROM, PART_TO))
    while loud.size - first > most + least:
        first += least + int(np.argmin(loud[first + least : first + most]))
        edges.append(first)
    stops = [edge * _BLOCK / SPEECH_RATE for edge in edges[1:]] + [samples.size / SPEECH_RATE]
    return list(zip([edge * _BLOCK / SPEECH_RATE for edge in edges], stops, strict=True))


def blocks(samples: Samples) -> Samples:
    """Blocks of 20 ms, shape `(n_blocks, 320)`; what does not fill one is left out."""
    return samples[: samples.size // _BLOCK * _BLOCK].reshape(-1, _BLOCK)


def _quietest(samples: Samples) -> int:
    """The middle of the quietest 20 ms in the last `SEARCH` seconds, as a sample index."""
    skipped = samples.size - round(SEARCH * SPEECH_RATE)
    loud = np.square(blocks(samples[skipped:])).sum(axis=1)
    return int(skipped + int(np.argmin(loud)) * _BLOCK + _BLOCK // 2)
