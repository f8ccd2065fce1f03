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


def drum(seconds: float, level: float) -> Samples:
    """A kick and a snare in turns, twice a second."""
    t = _time(seconds)
    beat = t % 0.5
    kick = np.sin(2 * np.pi * 60 * beat) * np.exp(-12 * beat)
    snare = np.random.default_rng(3).standard_normal(t.size) * np.exp(-25 * beat)
    return _scaled(np.where(np.floor(t * 2) % 2 == 0, kick, snare), level)


def melody(seconds: float, level: float) -> Samples:
    """A tune with vibrato and overtones, four notes a second: like a flute on hold."""
    t = _time(seconds)
    steps = np.array([0, 4, 7, 12, 9, 7, 5, 2, 4, 0, -3, 2])
    pitch = (
        330 * 2.0 ** (steps[np.floor(t * 4).astype(int) % steps.size] / 12) * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * t))
    )
    phase = 2 * np.pi * np.cumsum(pitch) / SPEECH_RATE
    return _scaled(sum(np.sin(phase * k) / k**2 for k in range(1, 6)) * (1.2 - (t * 4) % 1.0), level)


def dtmf(seconds: float, level: float) -> Samples:
    """A telephone's keys, three a second."""
    t = _time(seconds)
    key = np.floor(t * 3).astype(int)
    low, high = np.array([697, 770, 852, 941])[key % 4], np.array([1209, 1336, 1477])[key * 5 % 3]
    return _scaled((np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t)) * (t * 3 % 1.0 < 0.6), level)


def ringback(seconds: float, level: float) -> Samples:
    """What a caller hears while it rings: 425 Hz, one second on and four off."""
    t = _time(seconds)
    return _scaled(np.sin(2 * np.pi * 425 * t) * (t % 5.0 < 1.0), level)


def cough(seconds: float, level: float) -> Samples:
    """Bursts of breath noise that begin at once and die away."""
    t = _time(seconds)
    since = t % 0.7
    rough = np.convolve(np.random.default_rng(4).standard_normal(t.size), np.hanning(11), "same")
    return _scaled(rough * np.exp(-14 * since) * (since < 0.35), level)


def breath(seconds: float, level: float) -> Samples:
    """Soft noise around 1 to 3 kHz that swells and fades every two seconds."""
    t = _time(seconds)
    return _scaled(_band(t.size, 800, 3500, seed=5) * np.sin(np.pi * (t % 2.0) / 2.0) ** 2, level)


def clicks(seconds: float, level: float) -> Samples:
    """A pen or a mouse: a few milliseconds each, at uneven times."""
    t = _time(seconds)
    rng = np.random.default_rng(6)
    wave = np.zeros(t.size)
    for at in np.cumsum(rng.uniform(0.1, 0.6, int(seconds * 3) + 1)):
        first = int(at * SPEECH_RATE)
        tail = np.exp(-np.arange(max(0, min(80, t.size - first))) / 12)
        wave[first : first + tail.size] += rng.standard_normal(tail.size) * tail
    return _scaled(wave, level)


def babble(seconds: float, level: float) -> Samples:
    """Noise with the spectrum and the syllables of speech, and no sounds of it: a waiting room behind a door."""
    t = _time(seconds)
    rng = np.random.default_rng(7)
    voices = [
        _band(t.size, 150, 900, seed=seed) * (1 + np.sin(2 * np.pi * rng.uniform(3, 5) * t + rng.uniform(0, 6)))
        for seed in range(8, 14)
    ]
    return _scaled(sum(voices), level)


def _band(n: int, low: float, high: float, *, seed: int) -> NDArray[np.float64]:
    """White noise between two frequencies."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(n))
    frequency = np.fft.rfftfreq(n, 1 / SPEECH_RATE)
    return np.fft.irfft(spectrum * ((frequency > low) & (frequency < high)), n)


_ALL = (silence, white, pink, tone, beeps, hum, chord, drum, melody, dtmf, ringback, cough, breath, clicks, babble)

NONSPEECH: dict[str, Callable[[float, float], Samples]] = {made.__name__: made for made in _ALL}
