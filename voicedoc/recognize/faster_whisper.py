"""Whisper models run by CTranslate2, through faster-whisper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ModelError
from voicedoc.recognize.languages import whisper_code
from voicedoc.recognize.whisper import Heard, Reading, recognize
from voicedoc.recognize.windows import Window
from voicedoc.registry import did_you_mean, missing_package

CONTEXTS = ("auto", "short", "full")


class FasterWhisper:
    """A `SpeechRecognizer` for CTranslate2 Whisper folders. Wants 16 kHz.

    `compute_type` "default" is int8 on a CPU and float16 on a GPU. `context` "short" encodes the speech and 3 s of
    silence instead of 30 s; "auto" does so on a CPU, where encoding is most of the work.

    Raises:
        ConfigError: If an option is wrong.
        ModelError: If `model`'s folder is not a Whisper model for CTranslate2.
        BackendUnavailable: If faster-whisper is not installed, or the device cannot run the model.
    """

    def __init__(
        self,
        model: LoadedModel | None,
        *,
        device: str = "auto",
        compute_type: str = "default",
        beam_size: int = 5,
        threads: int = 1,
        context: str = "auto",
    ) -> None:
        if model is None:
            raise ConfigError(
                "recogniser 'faster-whisper' needs a model", remedy="set model in the profile's [recognize]"
            )
        if context not in CONTEXTS:
            raise ConfigError(f"unknown context '{context}'", remedy=did_you_mean(context, list(CONTEXTS)))
        self._name = model.name
        self._engine = _Engine(model.path, device, compute_type, beam_size, threads)
        self._short = context == "short" or (context == "auto" and self._engine.device == "cpu")
        self._engine.warm_up()

    def check_languages(self, languages: tuple[str, str]) -> None:
        """See `SpeechRecognizer`."""
        for language in languages:
            whisper_code(language, self._engine.codes)

    def recognize(self, utterance: Utterance, *, languages: tuple[str, str]) -> Hypothesis:
        """See `SpeechRecognizer`."""
        try:
            return recognize(self._engine, utterance, languages, short_context=self._short)
        except RuntimeError as error:  # CTranslate2 reports out-of-memory this way
            raise BackendFailed(
                f"{self._name} could not read {utterance.span.duration:.1f} s of speech: {error}",
                remedy="choose a smaller model, or device = 'cpu', in the profile's [recognize] options",
            ) from error


class _Engine:
    """A `WhisperEngine`. Encodings are CTranslate2 storage views on the model's device."""

    def __init__(self, folder: Path, device: str, compute_type: str, beam_size: int, threads: int) -> None:
        self._model = _load(folder, device, compute_type, threads)
        self._beam_size = beam_size
        self._tokenizers: dict[str, Any] = {}
        self.device: str = self._model.model.device
        self.codes = self._known_codes()

    def _known_codes(self) -> frozenset[str]:
        """Those of Whisper's languages for which the model has a token: large-v3 knows one more than the others."""
        if not self._model.model.is_multilingual:
            return frozenset({"en"})
        token_to_id = self._model.hf_tokenizer.token_to_id
        return frozenset(code for code in self._model.supported_languages if token_to_id(f"<|{code}|>") is not None)

    def warm_up(self) -> None:
        """Read half a second of silence, so that the first utterance does not pay for the first run."""
        silence = Window(0.0, np.zeros(SPEECH_RATE // 2, np.float32))
        self.read(self.encode(silence, 1.0), "en", max_tokens=1)

    def encode(self, window: Window, context: float) -> Any:
        extractor = self._model.feature_extractor
        n_samples = round(context * self._model.frames_per_second) * extractor.hop_length
        features = extractor(_padded(window.samples, n_samples), padding=0)
        return self._model.encode(features[:, : n_samples // extractor.hop_length].astype(np.float32))

    def languages(self, encoding: Any) -> Mapping[str, float]:
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        return {token[2:-2]: probability for token, probability in self._model.model.detect_language(encoding)[0]}

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        tokenizer = self._tokenizer(language)
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        result = self._model.model.generate(
            encoding,
            [prompt],
            beam_size=self._beam_size,
            no_repeat_ngram_size=no_repeat,
            max_length=len(prompt) + max_tokens,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppressed(tokenizer),
        )[0]
        tokens = tuple(token for token in result.sequences_ids[0] if token < tokenizer.eot)
        n_scored = len(result.sequences_ids[0])
        mean = result.scores[0] * n_scored / (n_scored + 1)  # the score leaves the end of text out of its mean
        return Reading(tokenizer.decode(list(tokens)), tokens, mean, result.no_speech_prob, n_scored >= max_tokens)

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        from faster_whisper.transcribe import merge_punctuations

        n_frames = max(2, round(seconds * self._model.frames_per_second))
        found = self._model.find_alignment(self._tokenizer(language), [list(tokens)], encoding, n_frames)[0]
        merge_punctuations(found, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        return [
            Heard(word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
            for word in found
            if word["word"].strip()
        ]

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        if language not in self._tokenizers:
            model = self._model
            self._tokenizers[language] = Tokenizer(
                model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def _suppressed(self, tokenizer: Any) -> list[int]:
        from faster_whisper.transcribe import get_suppressed_tokens

        return list(get_suppressed_tokens(tokenizer, [-1]))


def _padded(samples: Samples, n_samples: int) -> Samples:
    """`samples` followed by silence, or cut, to exactly `n_samples`."""
    padded = np.zeros(n_samples, np.float32)
    padded[: samples.size] = samples[:n_samples]
    return padded


def _load(folder: Path, device: str, compute_type: str, threads: int) -> Any:
    """The model on its device. The folder must be whole: the library would fetch a missing tokenizer."""
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise missing_package(error, "faster-whisper") from error
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ModelError(
                f"{folder} has no {name}, so it is not a Whisper model for CTranslate2",
                remedy="convert it with ct2-transformers-converter --copy_files tokenizer.json",
            )
    chosen = _device(device)
    if compute_type == "default":
        compute_type = "int8" if chosen == "cpu" else "float16"
    try:
        return WhisperModel(str(folder), device=chosen, compute_type=compute_type, cpu_threads=threads)
    except (RuntimeError, ValueError) as error:  # a damaged file, no such device, no such type on this device
        raise BackendUnavailable(
            f"cannot load {folder} on {chosen} with {compute_type}: {error}",
            remedy="set device = 'cpu' and compute_type = 'int8' in the profile, or pull the model again",
        ) from error


def _device(device: str) -> str:
    import ctranslate2

    if device == "auto":
        return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    return device
