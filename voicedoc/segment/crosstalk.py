"""What of an utterance is only heard through from another channel's speaker: quieter there, and the same sound.

A microphone near one person hears the other one, too, as far as they sit: the same words, 15 to 25 dB down, delayed and
coloured by the room. Loudness alone would also take away what somebody says softly into the other's words; so the
two channels' spectrograms are compared as well, which the room blurs, but does not make another one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples

QUIETER_DB = 6.0
"""By how much it is quieter here than on the channel that it comes from, at least."""

ALIKE = 0.55
"""Mean correlation of two spectrograms' bands from which they are of one sound. On mixtures of the development set's
speakers at -15 to -25 dB with 0.3 s of reverberation and noise at -36 dB of the speech, 95 % of what was only heard
through has 0.62 and more; of what was said softly into the other's words, half has less than 0.55."""

LEAST = 0.3
"""Seconds: less is not compared."""

JOINED = 0.25
"""Seconds between two parts that are heard through, which are then one."""

LINGERS = 0.25
"""Seconds for which a room goes on sounding after somebody has spoken."""

OWN = 0.2
"""Seconds of sound of its own without which an utterance is only heard through."""

AUDIBLE_DB, FAINTEST_DB = 6.0, 30.0
"""Over a channel's own noise, and below an utterance's loudest moment: what is fainter is nobody's."""

_WINDOW, _HOP = 512, 256
_LAGS = 3
"""Hops, of 16 ms, by which sound may come later from across the room; and one for how frames fall."""

_STEADY, _BLURRED = 7, 3
"""Frames over which levels are taken, and over which spectrograms are smoothed, so that noise hides less."""

_BANDS = np.geomspace(150.0, 4000.0, 17)
_FADE = 160
_QUIET_SHARE = 10.0
"""Percent of the time in which a channel is as quiet as its own noise."""

Levels = NDArray[np.float64]
Flags = NDArray[np.bool_]


class HeardThrough(NamedTuple):
    """Which samples of an utterance are another channel's, as `(first, stop)`, and how many seconds are its own."""

    parts: tuple[tuple[int, int], ...]
    own: float

    @property
    def seconds(self) -> float:
        """How much is heard through."""
        return sum(stop - first for first, stop in self.parts) / SPEECH_RATE

    @property
    def is_all(self) -> bool:
        """Whether nothing of the utterance is its own channel's."""
        return bool(self.parts) and self.own < OWN

    def silenced(self, samples: Samples) -> Samples:
        """`samples` with silence where they are another channel's; their edges are faded."""
        gain = np.ones(samples.size, np.float32)
        for first, stop in self.parts:
            gain[first:stop] = 0.0
        ramp = np.ones(_FADE, np.float32) / _FADE
        return as_samples(samples * np.minimum(gain, np.convolve(gain, ramp, mode="same")[: samples.size]))


def heard_through(own: Samples, others: Sequence[Samples], *, noise: float) -> HeardThrough:
    """What in `own` comes from one of `others`, the same moments on other channels (16 kHz, of one length).

    `noise` is the level of `own`'s channel where nobody speaks, in dB.
    """
    power = _powers(own)
    if not len(power):
        return HeardThrough((), own.size / SPEECH_RATE)
    level = _level_db(power)
    audible = level > max(noise + AUDIBLE_DB, float(level.max()) - FAINTEST_DB)
    through = np.zeros(len(power), np.bool_)
    beneath = np.zeros(len(power), np.bool_)
    for other in others:
        found, lower = _through(power, _powers(other), level)
        through |= found
        beneath |= lower
    through = _joined(through, audible & ~beneath)
    parts = tuple((first * _HOP, min(own.size, stop * _HOP + _WINDOW - _HOP)) for first, stop in _runs(through))
    return HeardThrough(parts, float((audible & ~through).sum() * _HOP / SPEECH_RATE))


def noise_db(samples: Samples) -> float:
    """The level at which a channel is when nobody speaks, in dB: that of its quietest tenth."""
    power = _powers(samples)
    return float(np.percentile(_level_db(power), _QUIET_SHARE)) if len(power) else -np.inf


def _through(power: Levels, other: Levels, level: Levels) -> tuple[Flags, Flags]:
    """Frames of which the sound is the other channel's; and those in which the other, or its echo, is louder."""
    lingering = np.max([_later(_level_db(other), lag) for lag in range(round(LINGERS * SPEECH_RATE / _HOP))], axis=0)
    beneath = lingering - level >= QUIETER_DB
    found = np.zeros(len(power), np.bool_)
    for first, stop in _runs(beneath):
        if stop - first >= LEAST * SPEECH_RATE / _HOP:
            found[first:stop] = _alike(power[first:stop], other, first) >= ALIKE
    return found, beneath


def _alike(power: Levels, other: Levels, first: int) -> float:
    """The mean correlation of the bands of two spectrograms of amplitude, at the delay at which it is greatest."""
    return max(
        _correlation(power[max(0, lag - first) :], other[max(0, first - lag) : first - lag + len(power)])
        for lag in range(_LAGS)
    )


def _correlation(power: Levels, other_power: Levels) -> float:
    one, other = (np.sqrt(_smooth(each, _BLURRED)) for each in (power, other_power))
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    scale = np.sqrt((one * one).mean(axis=0) * (other * other).mean(axis=0))
    return float(((one * other).mean(axis=0) / np.maximum(scale, 1e-30)).mean())


def _joined(through: Flags, own: Flags) -> Flags:
    """With the short gaps between parts that are heard through, where nothing is the channel's own."""
    joined = through.copy()
    for (_, stop), (first, _) in pairwise(_runs(through)):
        if first - stop <= JOINED * SPEECH_RATE / _HOP and not own[stop:first].any():
            joined[stop:first] = True
    return joined


def _powers(samples: Samples) -> Levels:
    """Power in bands from 150 Hz to 4 kHz, which telephones have too; shape `(n_frames, n_bands)`, one in 16 ms."""
    if samples.size < _WINDOW:
        return np.zeros((0, len(_BANDS) - 1))
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
    spectrum = np.square(np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), axis=1)))
    edges = np.searchsorted(np.fft.rfftfreq(_WINDOW, 1 / SPEECH_RATE), _BANDS)
    return np.stack([spectrum[:, low:high].sum(axis=1) for low, high in pairwise(edges)], axis=1)


def _level_db(power: Levels) -> Levels:
    """Of each frame and its neighbours, in dB."""
    return np.asarray(10.0 * np.log10(_smooth(power, _STEADY).sum(axis=1) + 1e-12))


def _smooth(power: Levels, n_frames: int) -> Levels:
    """The mean over an odd number of frames around each, as far as there are so many."""
    padded = np.pad(power, ((n_frames // 2 + 1, n_frames // 2), (0, 0)), mode="edge")
    sums = np.cumsum(padded, axis=0)
    return np.asarray((sums[n_frames:] - sums[:-n_frames]) / n_frames)


def _later(levels: Levels, n_frames: int) -> Levels:
    return np.concatenate([np.full(min(n_frames, levels.size), -np.inf), levels[: max(0, levels.size - n_frames)]])


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(stop)) for first, stop in edges.reshape(-1, 2)]
