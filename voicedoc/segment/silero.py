"""Silero VAD 6 by ONNX Runtime."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError
from voicedoc.registry import missing_package
from voicedoc.segment.network import open_network
from voicedoc.segment.role import WINDOW
from voicedoc.segment.windows import Windows

FILE = "silero_vad_16k_op15.onnx"
CONTEXT = 64
"""Samples of the window before that the network sees again. Source: silero-vad 6.2.3, `utils_vad.OnnxWrapper`."""


class Silero:
    """A `VoiceDetector`: a small recurrent network, about 0.1 ms of one core for each window.

    Raises:
        ConfigError: If no model is given.
        ModelCorrupt: If the file is missing or is not the network.
    """

    def __init__(self, model: LoadedModel | None, *, threads: int = 1) -> None:
        if model is None:
            raise ConfigError("detector 'silero' needs a model", remedy="model = 'silero-vad' under [segment]")
        try:
            self._session = open_network(model.path / FILE, model.name, threads)
        except ImportError as error:
            raise missing_package(error, "silero") from error

    def track(self) -> SileroTrack:
        """A fresh track. All tracks share the network."""
        return SileroTrack(self._session)


class SileroTrack:
    """One channel's windows, context and recurrent state."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._windows = Windows()
        self._state = np.zeros((2, 1, 128), np.float32)
        self._input = np.zeros((1, CONTEXT + WINDOW), np.float32)
        self._rate = np.array(SPEECH_RATE, np.int64)

    def probabilities(self, samples: Samples) -> NDArray[np.float32]:
        """See `VoiceTrack`."""
        return np.array([self._hear(window) for window in self._windows.push(samples)], np.float32)

    def _hear(self, window: Samples) -> float:
        self._input[0, :CONTEXT] = self._input[0, -CONTEXT:]
        self._input[0, CONTEXT:] = window
        inputs = {"input": self._input, "state": self._state, "sr": self._rate}
        probability, self._state = self._session.run(None, inputs)
        return float(probability[0, 0])
