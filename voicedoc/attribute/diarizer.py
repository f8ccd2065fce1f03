"""What a diarizer is."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples
from voicedoc.core.turns import SpeakerTurn

Voice = NDArray[np.float32]
"""A speaker embedding of unit length, shape `(n_dimensions,)`: what a voice sounds like, not what it says."""


class Diarization(NamedTuple):
    """Who speaks when. `voices` has one embedding for each speaker label of `turns`."""

    turns: tuple[SpeakerTurn, ...]
    voices: dict[str, Voice]


class Diarizer(Protocol):
    """Tells voices apart in a whole recording. Blocking; made and called on one worker thread."""

    def diarize(self, samples: Samples, *, n_speakers: int | None = None) -> Diarization:
        """The turns of each speaker in `samples` (16 kHz), sorted by time; labels "S1", "S2", … by first appearance.

        `n_speakers` says how many there are, where that is known. `samples` may be memory-mapped: it is read in parts.

        Raises:
            BackendFailed: If this recording could not be diarized.
        """
        ...

    def voice(self, samples: Samples) -> Voice:
        """What the one speaker of `samples` (16 kHz, a few seconds) sounds like.

        Raises:
            BackendFailed: If there is too little speech in it, or more than one voice.
        """
        ...
