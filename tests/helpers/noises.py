"""Sounds without a word: what a recogniser must not make words of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples


def _times(seconds: float) -> np.ndarray:
    return np.arange(round(seconds * SPEECH_RATE)) / SPEECH_RATE


def _white(seconds: float) -> np.ndarray:
    return np.random.default_rng(11).standard_normal(_times(seconds).size)


def _pink(seconds: float) -> np.ndarray:
    spectrum = np.fft.rfft(_white(seconds))
    return np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(spectrum.size))), _times(seconds).size)


def _tone(hertz: float) -> Callable[[float], np.ndarray]:
    return lambda seconds: np.sin(2 * np.pi * hertz * _times(seconds))


def _hum(hertz: float) -> Callable[[float], np.ndarray]:
    return lambda seconds: sum(np.sin(2 * np.pi * hertz * k * _times(seconds)) / k for k in range(1, 6))


def _beeps(seconds: float) -> np.ndarray:
    times = _times(seconds)
    return np.sin(2 * np.pi * 800 * times) * (times * 4 % 1 < 0.3)


NOISES: dict[str, Callable[[float], np.ndarray]] = {
    "silence": lambda seconds: 0.0 * _times(seconds),
    "white": _white,
    "pink": _pink,
    "tone 300 Hz": _tone(300),
    "tone 1 kHz": _tone(1000),
    "tone 3 kHz": _tone(3000),
    "hum 50 Hz": _hum(50),
    "hum 60 Hz": _hum(60),
    "beeps": _beeps,
}


def noise(name: str, seconds: float, level_db: float) -> Samples:
    """A noise of `NOISES` at a root-mean-square level in dB relative to full scale; silence stays silent."""
    sound = NOISES[name](seconds)
    level = float(np.sqrt(np.mean(np.square(sound))))
    scaled = sound * (10 ** (level_db / 20) / level if level else 0.0)
    return as_samples(scaled.clip(-1.0, 1.0))
