"""What a voice activity detector is."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples

WINDOW = 512
"""Samples at 16 kHz (32 ms) that one probability stands for."""


class VoiceTrack(Protocol):
    """One channel's detector, with its memory of what came before."""

    def probabilities(self, samples: Samples) -> NDArray[np.float32]:
        """The probability of speech in each window that `samples` (16 kHz) completes; shape `(n_windows,)`.

        What does not fill a window waits for the next call, so that blocks of any size give the same numbers.
        """
        ...


class TurnModel(Protocol):
    """Hears whether somebody who pauses has finished, by how they said it."""

    def finished(self, samples: Samples) -> float:
        """The probability that an utterance (16 kHz) which has just fallen silent is whole. Same samples, same answer.

        Raises:
            BackendFailed: If it cannot tell.
        """
        ...


class VoiceDetector(Protocol):
    """Tells speech from everything else, window by window."""

    def track(self) -> VoiceTrack:
        """A fresh track, for a channel that begins."""
        ...
