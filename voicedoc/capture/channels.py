"""Whether the channels of a recording may be mixed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.resample import Block

ACTIVE_POWER = 1e-5
"""Mean square (-50 dB of full scale) from which a quarter of a second counts as sound."""

MIN_ACTIVE = 40
"""Quarters of a second with sound before anything is said."""

LOUDER = 10.0
"""Power ratio (10 dB) by which a microphone near the speaker beats one near the other: wider than stereo."""

LEAST_SHARE = 0.15
"""Of the time with sound, for which each of the two channels must be the louder one."""

MOST_ALIKE = 0.5
"""Correlation above which two channels hold the same voices."""

CANCELLED = 0.01
"""Power of the mix, relative to that of the channels, below which they cancel each other out."""


class Advice(NamedTuple):
    """A notice about the channels. `code` is stable, for programs."""

    code: str
    message: str
    remedy: str


DIFFER = Advice(
    "channels-differ",
    "the channels sound like separate microphones; mixed, who speaks must be guessed",
    "--channels doctor,patient",
)
CANCEL = Advice(
    "channels-cancel",
    "the channels cancel each other out when mixed: one is the other upside down",
    "take one of them: ffmpeg -i RECORDING -af 'pan=mono|c0=c0' mono.flac",
)


class ChannelComparison:
    """Compares channels while they pass."""

    def __init__(self, n_channels: int) -> None:
        self._products = np.zeros((n_channels, n_channels))
        self._louder = np.zeros((n_channels, n_channels), np.int64)  # how often row was much louder than column
        self._n_active = 0
        self._mixed = 0.0
        self._said = n_channels < 2

    def hear(self, block: Block, rate: int) -> Advice | None:
        """Take in samples, shape `(n_samples, n_channels)`. What the user should know, once."""
        if self._said:
            return None
        self._products += block.T.astype(np.float64) @ block
        self._mixed += float(np.sum(np.square(block.mean(axis=1), dtype=np.float64)))
        for start in range(0, len(block), max(1, rate // 4)):
            self._compare(np.mean(np.square(block[start : start + rate // 4], dtype=np.float64), axis=0))
        advice = self._advice() if self._n_active >= MIN_ACTIVE else None
        self._said = advice is not None
        return advice

    def _compare(self, powers: NDArray[np.float64]) -> None:
        if powers.max() > ACTIVE_POWER:
            self._n_active += 1
            self._louder += powers[:, np.newaxis] > LOUDER * powers

    def _advice(self) -> Advice | None:
        powers = np.diag(self._products)
        if self._mixed < CANCELLED * powers.mean():
            return CANCEL
        one, other = np.argsort(powers)[-2:]
        alike = abs(self._products[one, other]) > MOST_ALIKE * np.sqrt(powers[one] * powers[other])
        alternations = min(self._louder[one, other], self._louder[other, one])
        return DIFFER if not alike and alternations >= LEAST_SHARE * self._n_active else None
