"""Whether what was heard rises and falls as what the loudspeaker played: its echo, in whatever language it was read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.events import Utterance

BLOCK = 0.02
"""Seconds of sound that one level stands for."""
FURTHEST = 0.3
"""Seconds by which the echo may be away from where it was played."""
SHORTEST = 0.8
"""Seconds of an utterance that can be told: any two short ones rise and fall alike somewhere."""
AUDIBLE, MOST_OF_IT = 0.003, 0.5
"""Level from which the loudspeaker is heard, and the share of the utterance in which it must be."""
SHORT, ALIKE_SHORT, ALIKE = 2.0, 0.8, 0.68
"""Correlation of the two levels, in decibels, from which it is an echo; below `SHORT` seconds more. On the development
set's utterances with reverberation, noise and delays at random, 3 s of echo have 0.72 in 95 of 100 cases, and 3 s of
other people at most 0.71 (n = 340 each), 0.54 in 99 of 100; in 1.5 s the figures are 0.64 and 0.75.
"""
_FLOOR = 1e-3


class OwnSound:
    """`played(first_sample, n_samples)` gives what the loudspeaker played, on the microphone's count of samples."""

    def __init__(self, played: Callable[[int, int], Samples]) -> None:
        self._played = played

    def __call__(self, utterance: Utterance) -> bool:
        """Whether an utterance is the loudspeaker's echo."""
        reach = round(FURTHEST * SPEECH_RATE)
        first = round(utterance.span.start * SPEECH_RATE) - reach
        return echo_likeness(utterance.samples, self._played(first, utterance.samples.size + 2 * reach)) >= (
            ALIKE_SHORT if utterance.span.duration < SHORT else ALIKE
        )


def echo_likeness(heard: Samples, played: Samples) -> float:
    """The best correlation of the levels of `heard` with those of `played`, which is `FURTHEST` longer on both sides.

    0 where `heard` is too short, or the loudspeaker was silent for most of it.
    """
    levels, loud = _levels(heard), _levels(played)
    reach = round(FURTHEST / BLOCK)
    if levels.size * BLOCK < SHORTEST or loud.size < levels.size:
        return 0.0
    best = 0.0
    for shift in range(min(2 * reach, loud.size - levels.size) + 1):
        there = loud[shift : shift + levels.size]
        if np.mean(there > AUDIBLE) >= MOST_OF_IT:
            best = max(best, _correlation(levels, there))
    return best


def _levels(samples: Samples) -> NDArray[np.float64]:
    n = round(BLOCK * SPEECH_RATE)
    blocks = samples[: samples.size // n * n].reshape(-1, n).astype(np.float64)
    levels: NDArray[np.float64] = np.sqrt(np.mean(np.square(blocks), axis=1))
    return levels


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    first, second = (np.log10(level / (level.max() + 1e-12) + _FLOOR) for level in (one, other))
    first, second = first - first.mean(), second - second.mean()
    size = float(np.sqrt(np.sum(np.square(first)) * np.sum(np.square(second))))
    return float(np.sum(first * second)) / size if size else 0.0
