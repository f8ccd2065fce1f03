"""Audio samples: float32, mono, shape `(n_samples,)`, read-only, nominally in [-1, 1]."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]

SPEECH_RATE = 16_000
"""Hz. What voice activity detection and recognition hear."""


def as_samples(data: NDArray[Any]) -> Samples:
    """A read-only float32 view or copy of one channel.

    Raises:
        ValueError: If `data` is not one-dimensional.
    """
    if data.ndim != 1:
        raise ValueError(f"samples are one channel, shape (n_samples,); got shape {data.shape}")
    samples = np.ascontiguousarray(data, dtype=np.float32)
    if samples is data and samples.flags.writeable:
        samples = samples.copy()
    samples.flags.writeable = False
    return samples


def level_db(samples: Samples) -> float:
    """Root-mean-square level in dB relative to full scale; -120.0 for silence or no samples."""
    if samples.size == 0:
        return -120.0
    mean_square = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(-120.0, 10.0 * float(np.log10(mean_square + 1e-12)))
