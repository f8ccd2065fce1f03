"""Sounds as the systems under test want them: one channel at 16 kHz."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.errors import AudioError
from voicedoc.evaluate.systems import Sound


def read_sound(path: Path) -> Sound:
    """An audio file as one channel at 16 kHz.

    Raises:
        AudioError: If it cannot be read.
    """
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise AudioError(f"cannot read {path}: {error}", remedy="fetch the corpus again") from error
    return at_speech_rate(Sound(as_samples(samples.mean(axis=1)), int(rate)))


def at_speech_rate(sound: Sound) -> Sound:
    """The same sound at 16 kHz."""
    if sound.rate == SPEECH_RATE:
        return sound
    import soxr

    resampled = np.asarray(soxr.resample(sound.samples, sound.rate, SPEECH_RATE), dtype=np.float32)
    return Sound(as_samples(resampled), SPEECH_RATE)
