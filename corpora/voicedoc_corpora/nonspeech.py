"""Sounds without words, as rooms, devices, telephones and people make them: 16 kHz, the same for the same seed.

Nothing is recorded, so nothing can hold a word. Real coughs and real music differ: see these as a lower bound of what
a recogniser has to resist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples

Wave: TypeAlias = NDArray[np.float64]
Draw: TypeAlias = np.random.Generator

LEVELS_DB = (-40.0, -20.0)
"""Softest and loudest, dBFS, of the loudest second."""

DTMF_HZ = {
    digit: (low, high)
    for low, row in zip((697, 770, 852, 941), ("123A", "456B", "789C", "*0#D"), strict=True)
    for high, digit in zip((1209, 1336, 1477, 1633), row, strict=True)
}
"""Source: ITU-T Q.23."""


def make(kind: str, seconds: float, seed: int) -> Samples:
    """`seconds` of one of `KINDS`, shape `(n_samples,)`."""
    draw = np.random.default_rng([seed, *kind.encode()])
    wave = KINDS[kind](round(seconds * SPEECH_RATE), draw)
    return as_samples(_scaled(wave, draw.uniform(*LEVELS_DB)).astype(np.float32))


def _scaled(wave: Wave, level_db: float) -> Wave:
    """`wave` with its loudest second at `level_db`; digital silence stays."""
    seconds = np.array_split(wave, max(1, wave.size // SPEECH_RATE))
    loudest = max((float(np.sqrt(np.mean(second**2))) for second in seconds if second.size), default=0.0)
    return wave if loudest == 0.0 else np.clip(wave * 10 ** (level_db / 20) / loudest, -1.0, 1.0)


def _time(n: int) -> Wave:
    return np.arange(n) / SPEECH_RATE


def _noise(n: int, draw: Draw, shape: Callable[[Wave], Wave]) -> Wave:
    """Noise whose amplitude is `shape` of the frequency in Hz."""
    spectrum = np.fft.rfft(draw.standard_normal(n))
    hz = np.asarray(np.fft.rfftfreq(n, 1 / SPEECH_RATE), np.float64)
    return np.fft.irfft(spectrum * shape(hz), n)


def _band(low: float, high: float) -> Callable[[Wave], Wave]:
    """A soft band between two frequencies."""
    return lambda hz: 1.0 / (1.0 + (low / np.maximum(hz, 1.0)) ** 4) / (1.0 + (hz / high) ** 4)


def _silence(n: int, _draw: Draw) -> Wave:
    return np.zeros(n)


def _white(n: int, draw: Draw) -> Wave:
    return draw.standard_normal(n)


def _pink(n: int, draw: Draw) -> Wave:
    return _noise(n, draw, lambda hz: np.maximum(hz, 20.0) ** -0.5)


def _brown(n: int, draw: Draw) -> Wave:
    return _noise(n, draw, lambda hz: np.maximum(hz, 20.0) ** -1.0)


def _hum(n: int, draw: Draw) -> Wave:
    """Mains and its harmonics, with a little noise."""
    mains = draw.choice([50.0, 60.0])
    wave = sum((np.sin(2 * np.pi * mains * k * _time(n) + draw.uniform(0, 6)) / k for k in range(1, 9)), np.zeros(n))
    return wave + 0.02 * draw.standard_normal(n)


def _music(n: int, draw: Draw) -> Wave:
    """Chords of plucked strings with a melody above them, 100 beats a minute."""
    wave, beat = np.zeros(n), 0.6
    for number, first in enumerate(_every(n, beat)):
        if number % 4 == 0:
            root = 110.0 * 2 ** (draw.choice([0, 5, 7, 9]) / 12)
            for third in (1.0, 1.25, 1.5, 2.0):
                _add(wave, first, _pluck(root * third, 4 * beat))
        _add(wave, first, 0.8 * _pluck(4 * root * 2 ** (draw.choice([0, 2, 4, 7, 9]) / 12), beat))
    return wave


def _pluck(hz: float, seconds: float) -> Wave:
    t = _time(round(seconds * SPEECH_RATE))
    return np.asarray(sum(np.sin(2 * np.pi * hz * k * t) * np.exp(-(1.0 + k) * t) / k for k in range(1, 7)))


def _hold(n: int, _draw: Draw) -> Wave:
    """A waiting caller's tone: two beeps of 425 Hz every ten seconds."""
    t = _time(n)
    return np.sin(2 * np.pi * 425 * t) * ((t % 10 < 0.2) | ((t % 10 > 0.4) & (t % 10 < 0.6)))


def _ringback(n: int, _draw: Draw) -> Wave:
    """440 and 480 Hz, 2 s on and 4 s off. Source: ITU-T E.180, North America."""
    t = _time(n)
    return (np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * 480 * t)) * (t % 6 < 2)


def _dtmf(n: int, draw: Draw) -> Wave:
    """Numbers of nine keys, then a pause."""
    wave = np.zeros(n)
    for first in _every(n, 5.0):
        for key in range(9):
            low, high = DTMF_HZ[str(draw.choice(list(DTMF_HZ)))]
            t = _time(round(0.12 * SPEECH_RATE))
            _add(
                wave,
                first + round(key * 0.25 * SPEECH_RATE),
                np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t),
            )
    return wave


def _coughs(n: int, draw: Draw) -> Wave:
    """One to three coughs every few seconds: a burst, rushing air, then a short voiced end."""
    wave = _room(n, draw)
    for first in _now_and_then(n, draw, 2.0, 6.0):
        for number in range(draw.integers(1, 4)):
            _add(wave, first + round(number * 0.45 * SPEECH_RATE), _cough(draw))
    return wave


def _cough(draw: Draw) -> Wave:
    n = round(0.38 * SPEECH_RATE)
    t = _time(n)
    air = _noise(n, draw, _band(300.0, 3500.0))
    air *= (np.exp(-t / 0.03) + 0.35 * np.exp(-(((t - 0.12) / 0.08) ** 2))) / np.sqrt(np.mean(air**2))
    pitch = draw.uniform(180.0, 320.0) * np.exp(-t)
    voiced = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / SPEECH_RATE)) * np.exp(-(((t - 0.28) / 0.04) ** 2))
    return air + 0.25 * voiced


def _breath(n: int, draw: Draw) -> Wave:
    """Heavy breathing: in and out every four seconds."""
    t = _time(n) / draw.uniform(3.0, 4.5)
    effort = np.sin(np.pi * np.clip((t % 1) / 0.35, 0, 1)) + 0.7 * np.sin(np.pi * np.clip((t % 1 - 0.5) / 0.4, 0, 1))
    return _noise(n, draw, _band(400.0, 2500.0)) * effort + 0.02 * draw.standard_normal(n)


def _clicks(n: int, draw: Draw) -> Wave:
    """A keyboard and a pen: short clicks in quick runs."""
    wave = _room(n, draw)
    for first in _now_and_then(n, draw, 0.08, 0.5):
        size = round(0.012 * SPEECH_RATE)
        _add(wave, first, draw.uniform(0.3, 1.0) * draw.standard_normal(size) * np.exp(-_time(size) / 0.002))
    return wave


def _slams(n: int, draw: Draw) -> Wave:
    """Doors and drawers: a thump with its rattle."""
    wave = _room(n, draw)
    for first in _now_and_then(n, draw, 2.0, 7.0):
        t = _time(round(0.6 * SPEECH_RATE))
        thump = np.sin(2 * np.pi * draw.uniform(50, 110) * t) * np.exp(-t / 0.12)
        _add(wave, first, thump + 0.5 * draw.standard_normal(t.size) * np.exp(-t / 0.03))
    return wave


def _babble(n: int, draw: Draw) -> Wave:
    """Six voices that say nothing: pitch, formants and syllables drawn at random, four syllables a second."""
    return sum((_voice(n, draw) for _ in range(6)), np.zeros(n))


def _voice(n: int, draw: Draw) -> Wave:
    wave, pitch = np.zeros(n), draw.uniform(90.0, 220.0)
    for first in _now_and_then(n, draw, 0.18, 0.35):
        _add(wave, first, _syllable(draw, pitch * draw.uniform(0.85, 1.15)))
    return wave


def _syllable(draw: Draw, pitch: float) -> Wave:
    n = round(draw.uniform(0.12, 0.28) * SPEECH_RATE)
    pulses = np.zeros(n)
    pulses[:: round(SPEECH_RATE / pitch)] = 1.0
    hz = np.fft.rfftfreq(n, 1 / SPEECH_RATE)
    formants = zip(
        draw.uniform((250, 800, 2200), (850, 2200, 3000)), (80.0, 120.0, 180.0), (1.0, 0.6, 0.25), strict=True
    )
    shape = sum((gain * np.exp(-(((hz - at) / width) ** 2)) for at, width, gain in formants), np.zeros(hz.size))
    return np.fft.irfft(np.fft.rfft(pulses) * shape, n) * np.hanning(n)


def _room(n: int, draw: Draw) -> Wave:
    return 0.003 * draw.standard_normal(n)


def _every(n: int, seconds: float) -> Iterator[int]:
    yield from range(0, n, round(seconds * SPEECH_RATE))


def _now_and_then(n: int, draw: Draw, shortest: float, longest: float) -> Iterator[int]:
    at = round(draw.uniform(shortest, longest) * SPEECH_RATE)
    while at < n:
        yield at
        at += round(draw.uniform(shortest, longest) * SPEECH_RATE)


def _add(wave: Wave, first: int, sound: Wave) -> None:
    """Add `sound` to `wave` from `first` on; what is beyond its end is lost."""
    fits = sound[: max(0, wave.size - first)]
    wave[first : first + fits.size] += fits


KINDS: Mapping[str, Callable[[int, Draw], Wave]] = MappingProxyType(
    {
        "silence": _silence,
        "white": _white,
        "pink": _pink,
        "brown": _brown,
        "hum": _hum,
        "music": _music,
        "hold": _hold,
        "ringback": _ringback,
        "dtmf": _dtmf,
        "coughs": _coughs,
        "breath": _breath,
        "clicks": _clicks,
        "slams": _slams,
        "babble": _babble,
    }
)
"""Every kind of sound by name."""
