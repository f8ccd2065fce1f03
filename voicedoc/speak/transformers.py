"""VITS voices from a local folder, with transformers. Mind the weights' licence: MMS-TTS is not for commerce."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, Unspeakable
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio


class TransformersVits:
    """A `Synthesizer`. `languages` says what the checkpoint speaks; `device` is torch's name."""

    def __init__(self, model: LoadedModel, *, languages: list[str], device: str = "cpu", speed: float = 1.0) -> None:
        try:
            import torch

            import_torchaudio()
            from transformers import AutoTokenizer, VitsModel
        except ImportError as error:
            raise missing_package(error, "transformers") from error
        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(str(model.path), local_files_only=True)
        loaded: Any = VitsModel.from_pretrained(str(model.path), local_files_only=True)
        self._model = loaded.to(device).eval()
        self._model.speaking_rate = speed
        self._languages = frozenset(languages)
        self._name = model.name
        self._device = device

    @property
    def rate(self) -> int:
        """The checkpoint's sampling rate."""
        return int(self._model.config.sampling_rate)

    @property
    def languages(self) -> frozenset[str]:
        """As configured."""
        return self._languages

    @property
    def voice(self) -> str:
        """The model's name."""
        return self._name

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk. Its noise is seeded anew for each text, without touching torch's own generator."""
        self._check_letters(text)
        inputs = self._tokenizer(text, return_tensors="pt").to(self._device)
        devices = [self._device] if self._device.startswith("cuda") else []
        try:
            with self._torch.random.fork_rng(devices=devices), self._torch.inference_mode():
                self._torch.manual_seed(0)
                wave = self._model(**inputs).waveform[0]
        except RuntimeError as error:  # torch: out of memory, bad shapes
            raise BackendFailed(f"{self._name} could not speak: {error}", remedy="choose device = 'cpu'") from error
        yield as_samples(wave.float().cpu().numpy())

    def _check_letters(self, text: str) -> None:
        """The tokenizer skips what is not in its vocabulary."""
        known = self._tokenizer.get_vocab()
        if strange := sorted({mark for mark in text if mark.isalpha() and not {mark, mark.lower()} & known.keys()}):
            raise Unspeakable(
                f"{self._name} has no sign for {len(strange)} letters of the text", remedy="read it on the screen"
            )
