"""Smart Turn 3 by ONNX Runtime: whether a speaker has finished, by melody and pace rather than words."""

from __future__ import annotations

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.registry import missing_package
from voicedoc.segment.network import open_network

FILE = "smart-turn-v3.2-cpu.onnx"
SECONDS = 8
"""Of the end of an utterance, that the network hears; a shorter one is preceded by silence."""
_FRAMES = 100 * SECONDS
_SMALL = 1e-7


class SmartTurn:
    """A `TurnModel`: a Whisper-tiny encoder with one output, about 0.1 s of one core for each silence.

    Source: `pipecat.audio.turn.smart_turn` of pipecat-ai 1.14 for what it expects; the features are faster-whisper's.

    Raises:
        ConfigError: If no model is given.
        ModelCorrupt: If the file is missing or is not the network.
        BackendUnavailable: If faster-whisper or ONNX Runtime is not installed.
    """

    def __init__(self, model: LoadedModel | None, *, threads: int = 1) -> None:
        if model is None:
            raise ConfigError("turn model 'smart-turn' needs a model", remedy="model = 'smart-turn' under [turns]")
        try:
            from faster_whisper.feature_extractor import FeatureExtractor
            from onnxruntime.capi import onnxruntime_pybind11_state as errors

            self._session = open_network(model.path / FILE, model.name, threads)
        except ImportError as error:
            raise missing_package(error, "smart-turn") from error
        self._failures = (errors.RuntimeException, errors.Fail, errors.EPFail)
        self._features = FeatureExtractor(feature_size=80, chunk_length=SECONDS)
        self._name = model.name

    def finished(self, samples: Samples) -> float:
        """See `TurnModel`."""
        heard = np.zeros(SECONDS * SPEECH_RATE, np.float32)
        last = samples[-heard.size :]
        heard[heard.size - last.size :] = last
        even = (heard - heard.mean()) / np.sqrt(heard.var() + _SMALL)
        features = self._features(even, padding=0)[:, :_FRAMES].astype(np.float32)
        try:
            (probability, *_) = self._session.run(None, {"input_features": features[None]})
        except self._failures as error:
            raise BackendFailed(
                f"{self._name} could not judge {samples.size / SPEECH_RATE:.1f} s of speech: {error}",
                remedy="leave [turns] out of the profile",
            ) from error
        return float(np.ravel(probability)[0])
