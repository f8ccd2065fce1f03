"""Sounds without words, 16 kHz, as rooms and devices make them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * SPEECH_RATE)) / SPEECH_RATE


def _scaled(wave: NDArray[np.float64], level: float) -> Samples:
    return as_samples((level * wave / max(1e-9, float(np.sqrt(np.mean(wave**2))))).clip(-1, 1).astype(np.float32))


def silence(seconds: float, level: float) -> Samples:
    """Nothing at all; `level` has nothing to scale."""
    del level
    return as_samples(np.zeros(_time(seconds).size, np.float32))


def white(seconds: float, level: float) -> Samples:
    """White noise."""
    return _scaled(np.random.default_rng(1).standard_normal(_time(seconds).size), level)


def pink(seconds: float, level: float) -> Samples:
    """Noise with equal power in each octave, from 20 Hz on."""
    n = _time(seconds).size
    spectrum = np.fft.rfft(np.random.default_rng(2).standard_normal(n))
    frequency = np.fft.rfftfreq(n, 1 / SPEECH_RATE)
    return _scaled(np.fft.irfft(spectrum / np.sqrt(np.maximum(frequency, 20.0)), n), level)


def tone(seconds: float, level: float) -> Samples:
    """440 Hz."""
    return _scaled(np.sin(2 * np.pi * 440 * _time(seconds)), level)


def beeps(seconds: float, level: float) -> Samples:
    """A monitor's beep of 1 kHz, 0.15 s each second."""
    t = _time(seconds)
    return _scaled(np.sin(2 * np.pi * 1000 * t) * (t % 1.0 < 0.15), level)


def hum(seconds: float, level: float) -> Samples:
    """Mains hum: 50 Hz and its harmonics."""
    t = _time(seconds)
    return _scaled(sum(np.sin(2 * np.pi * 50 * k * t) / k for k in range(1, 8)), level)


def chord(seconds: float, level: float) -> Samples:
    """Three notes that change twice a second: music of the plainest kind."""
    t = _time(seconds)
    root = 220 * 2.0 ** ((np.floor(t * 2) * 5 % 12) / 12)
    phase = 2 * np.pi * np.cumsum(root) / SPEECH_RATE
    return _scaled(sum(np.sin(phase * ratio) for ratio in (1.0, 1.25, 1.5)) * np.exp(-2 * (t % 0.5)), level)


NONSPEECH: dict[str, Callable[[float, float], Samples]] = {
    made.__name__: made for made in (silence, white, pink, tone, beeps, hum, chord)
}
