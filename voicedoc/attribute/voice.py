"""What the speaker of an utterance sounds like, for telling the two people of a live session apart."""

from __future__ import annotations

import numpy as np

from voicedoc.attribute.campplus import FRAMES_PER_SECOND, LEAST_FRAMES, CamPlusPlus
from voicedoc.attribute.diarizer import Voice
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio

LONGEST = 5.0
"""Seconds. More tell no more about a voice, and cost time."""


class CamPlusVoice:
    """Voice prints by CAM++, from a folder with its weights (`pyannote-campplus`); about 20 ms of work a second.

    `threads` are PyTorch's, in the whole process.

    Raises:
        ConfigError: If no model is given.
        ModelCorrupt: If the folder has no such weights.
        BackendUnavailable: If PyTorch or torchaudio is not installed, or the device is not there.
    """

    def __init__(self, model: LoadedModel | None, *, device: str = "cpu", threads: int = 1) -> None:
        if model is None:
            raise ConfigError("voice prints need a model", remedy="model = 'pyannote-campplus'")
        try:
            import torch

            import_torchaudio()
        except ImportError as error:
            raise missing_package(error, "pyannote") from error
        if device != "cpu" and not torch.cuda.is_available():
            raise BackendUnavailable(f"device '{device}' is not there", remedy="set device = 'cpu'")
        torch.set_num_threads(threads)
        self._torch, self._network = torch, CamPlusPlus(model.path, torch, device)

    def __call__(self, samples: Samples) -> Voice | None:
        """The print of the one speaker of `samples` (16 kHz), of unit length; None where there are too few."""
        heard = samples[: round(LONGEST * SPEECH_RATE)]
        if heard.size < (LEAST_FRAMES + 2) * SPEECH_RATE // FRAMES_PER_SECOND:
            return None
        print_: Voice = np.asarray(self._network.embed(self._network.features(self._torch.tensor(heard))), np.float32)
        return print_
