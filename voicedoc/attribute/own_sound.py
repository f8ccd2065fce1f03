"""Whether what was heard is what the loudspeaker played: its echo, in whatever language it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.events import Utterance

BLOCK = 0.02
"""Seconds of sound that one level stands for."""
FURTHEST = 0.3
"""Seconds by which the echo may be away from where it was played."""
LEAST, SHORTEST = 0.3, 0.8
"""Seconds of an utterance that can be told by its waveform, and by its rise and fall: of any two short ones these are
alike somewhere."""
ROOM = 512
"""Samples, 32 ms, of the room's answer by which the echo's waveform is explained."""
EXPLAINED = 0.5
"""Share of an utterance's energy from which it is an echo. On pieces of 0.5 to 3 s of the development set, with rooms,
noise and delays at random, 19 of 20 echoes have 0.58 and more (n = 598), 99 of 100 others 0.5 and less, nearly all 0.2;
people who speak 6 dB above an echo 0.46 and less.
"""
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
        heard, played = utterance.samples, self._played(first, utterance.samples.size + 2 * reach)
        alike = ALIKE_SHORT if utterance.span.duration < SHORT else ALIKE
        return echo_share(heard, played) >= EXPLAINED or echo_likeness(heard, played) >= alike


def echo_share(heard: Samples, played: Samples) -> float:
    """How much of the energy of `heard` is `played` as a room would return it, in [0, 1].

    `played` is `FURTHEST` longer on both sides. 0 where `heard` is too short, or the loudspeaker was silent. The filter
    is that of least squares, around the delay at which the phases agree best (GCC-PHAT).
    """
    energy = float(np.sum(np.square(heard, dtype=np.float64)))
    if heard.size < LEAST * SPEECH_RATE or not energy or np.abs(played).max(initial=0.0) < AUDIBLE:
        return 0.0
    before = _delay(heard, played) - 3 * ROOM // 4
    there = np.zeros(heard.size + ROOM)
    first, stop = max(0, before), min(played.size, before + there.size)
    there[first - before : stop - before] = played[first:stop]
    own, shared = _products(there, there)[:ROOM], _products(there, heard)[:ROOM]
    lags = np.abs(np.subtract.outer(np.arange(ROOM), np.arange(ROOM)))
    room = np.linalg.solve(own[lags] + (1e-4 * own[0] + 1e-9) * np.eye(ROOM), shared)
    return float(np.clip(room @ shared / energy, 0.0, 1.0))


def _delay(heard: Samples, played: Samples) -> int:
    """How many samples into `played` what was heard begins."""
    size = 1 << (played.size + heard.size).bit_length()
    cross = np.fft.rfft(played, size) * np.conj(np.fft.rfft(heard, size))
    alike = np.fft.irfft(cross / (np.abs(cross) + 1e-12), size)
    return int(np.abs(alike[: max(1, played.size - heard.size + 1)]).argmax())


def _products(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
    """Sums of products of `other` with `one`, moved by 0, 1, 2, … samples."""
    size = 1 << (one.size + other.size).bit_length()
    products: NDArray[np.float64] = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    return products


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
