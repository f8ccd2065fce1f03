"""Sounds that tests make themselves: no speech, but something that voice detectors and decoders react to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from voicedoc.core.audio import Samples, as_samples


def bursts(n: int = 4, *, rate: int = 16_000, seconds: float = 1.0, pause: float = 1.0, seed: int = 1) -> Samples:
    """`n` bursts of loud noise with quiet between them: utterances to a detector that listens for energy."""
    rng = np.random.default_rng(seed)
    quiet = np.zeros(round(pause * rate), np.float32)
    parts = [quiet]
    for _ in range(n):
        parts += [0.2 * rng.standard_normal(round(seconds * rate)).astype(np.float32), quiet]
    return as_samples(np.clip(np.concatenate(parts), -0.99, 0.99))


def write_bursts(path: Path, n: int = 4, *, rate: int = 16_000, n_channels: int = 1) -> Path:
    """A file of `bursts`. With several channels they take turns: each is silent while another is heard."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = bursts(n, rate=rate)
    turn = (np.arange(sound.size) - rate // 2) // (2 * rate) % n_channels  # a burst and a pause are two seconds
    soundfile.write(path, np.stack([sound * (turn == channel) for channel in range(n_channels)], axis=1), rate)
    return path
