"""Voice activity from loudness alone: no model, for demos, tests and quiet rooms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.segment.windows import Windows

DB_FROM_HALF_TO_CERTAIN = 10.0


class Energy:
    """A `VoiceDetector` that takes everything louder than `threshold_db` (of full scale) for speech."""

    def __init__(self, model: LoadedModel | None = None, *, threshold_db: float = -45.0) -> None:
        del model  # needs none; every backend is constructed in one way
        self._threshold_db = threshold_db

    def track(self) -> EnergyTrack:
        """A fresh track."""
        return EnergyTrack(self._threshold_db)


class EnergyTrack:
    """One channel's windows."""

    def __init__(self, threshold_db: float) -> None:
        self._threshold_db = threshold_db
        self._windows = Windows()

    def probabilities(self, samples: Samples) -> NDArray[np.float32]:
        """See `VoiceTrack`. 0.5 at the threshold, 1.0 from 10 dB above it, 0.0 from 10 dB below."""
        power = np.mean(np.square(self._windows.push(samples), dtype=np.float64), axis=1)
        above_db = 10.0 * np.log10(power + 1e-12) - self._threshold_db
        probabilities: NDArray[np.float64] = np.clip(0.5 + 0.5 * above_db / DB_FROM_HALF_TO_CERTAIN, 0.0, 1.0)
        return probabilities.astype(np.float32)
