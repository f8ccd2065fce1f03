"""Whisper models run by CTranslate2, through faster-whisper."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ModelError
from voicedoc.recognize.languages import whisper_code
from voicedoc.recognize.together import Together
from voicedoc.recognize.whisper import LONGEST_HINT, Heard, Reading, recognize, recognize_so_far
from voicedoc.recognize.windows import Window
from voicedoc.registry import did_you_mean, missing_package

CONTEXTS = ("auto", "short", "full")

_FRAME = 0.02
"""Seconds of one position of the encoder's output."""

_MOST_TOKENS = 448
"""Positions of a Whisper decoder, prompt and all."""

_N_READINGS = 2
"""Readings that a beam search is asked for. It has weighed them anyway: more cost nothing."""


class FasterWhisper:
    """A `SpeechRecognizer` for CTranslate2 Whisper folders. Wants 16 kHz.

    `compute_type` "default" is int8 on a CPU and float16 on a GPU. `context` "short" encodes the speech and 3 s of
    silence instead of 30 s; "auto" does so on a CPU, where encoding is most of the work. Of a batch, `batch_size`
    passages are decoded at once, and `parallel` such batches (0: one for each core that `threads` leaves free; on a GPU
    one) at the same time. Memory grows with both.

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
        parallel: int = 0,
        batch_size: int = 4,
    ) -> None:
        if model is None:
            raise ConfigError(
                "recogniser 'faster-whisper' needs a model", remedy="set model in the profile's [recognize]"
            )
        if context not in CONTEXTS:
            raise ConfigError(f"unknown context '{context}'", remedy=did_you_mean(context, list(CONTEXTS)))
        self._name = model.name
        for name, value, least in (("parallel", parallel, 0), ("batch_size", batch_size, 1), ("threads", threads, 0)):
            if value < least:
                raise ConfigError(f"{name} = {value} is too small", remedy=f"choose {name} = {least} or more")
        self._batch_size = batch_size
        self._parallel = parallel or (1 if _device(device) != "cpu" else _n_free(threads))
        self._engine = _Engine(model.path, device, compute_type, beam_size, threads, self._parallel)
        self._short = context == "short" or (context == "auto" and self._engine.device == "cpu")
        self._engine.warm_up()

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """See `SpeechRecognizer`."""
        for language in languages:
            whisper_code(language, self._engine.codes)

    def hint(self, words: Mapping[str, str]) -> None:
        """See `HintedRecognizer`."""
        self._engine.hints = {whisper_code(tag, self._engine.codes): line for tag, line in words.items() if line}

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `SpeechRecognizer`."""
        try:
            return recognize(self._engine, utterance, languages, short_context=self._short)
        except RuntimeError as error:  # CTranslate2 reports out-of-memory this way
            raise self._failed(utterance, error) from error

    def recognize_so_far(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `QuickRecognizer`. Runs beside `recognize` where `parallel` is 2 or more."""
        try:
            return recognize_so_far(self._engine, utterance, languages, short_context=self._short)
        except RuntimeError as error:  # CTranslate2 reports out-of-memory this way
            raise self._failed(utterance, error) from error

    def recognize_batch(
        self, utterances: Sequence[Utterance], *, languages: tuple[str, ...]
    ) -> list[Hypothesis | BackendFailed]:
        """See `BatchRecognizer`."""
        with ThreadPoolExecutor(self._parallel, "voicedoc-batch") as pool:
            together = Together(
                self._engine,
                languages,
                short_context=self._short,
                n_at_once=self._batch_size,
                each=pool.map,
                alone=partial(self._alone, languages),
            )
            return together.read(utterances)

    def _failed(self, utterance: Utterance, error: RuntimeError) -> BackendFailed:
        return BackendFailed(
            f"{self._name} could not read {utterance.span.duration:.1f} s of speech: {error}",
            remedy="choose a smaller model, or device = 'cpu', in the profile's [recognize] options",
        )

    def _alone(self, languages: tuple[str, ...], utterance: Utterance) -> Hypothesis | BackendFailed:
        try:
            return self.recognize(utterance, languages=languages)
        except BackendFailed as error:
            return error


class _Engine:
    """A `BatchEngine`. Encodings are CTranslate2 storage views; what is made of parts of them is on the CPU."""

    def __init__(
        self, folder: Path, device: str, compute_type: str, beam_size: int, threads: int, parallel: int
    ) -> None:
        self._model = _load(folder, device, compute_type, threads, parallel)
        self._beam_size = beam_size
        self._tokenizers: dict[str, Any] = {}
        self.hints: Mapping[str, str] = {}
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

    def part(self, encoding: Any, start: float, end: float) -> Any:
        first, stop = round(start / _FRAME), max(round(start / _FRAME) + 1, round(end / _FRAME))
        return _view(_array(encoding)[:, first:stop])

    def languages(self, encoding: Any) -> Mapping[str, float]:
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        return {token[2:-2]: probability for token, probability in self._model.model.detect_language(encoding)[0]}

    def stack(self, encodings: Sequence[Any]) -> Any:
        return _view(np.concatenate([_array(encoding) for encoding in encodings]))

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        return self._read(encoding, language, 1, max_tokens, no_repeat)[0]

    def glance(self, encoding: Any, language: str, *, max_tokens: int) -> Reading:
        return self._read(encoding, language, 1, max_tokens, 0, beam_size=1)[0]

    def read_all(self, stacked: Any, language: str, n: int, *, max_tokens: int) -> list[Reading]:
        return self._read(stacked, language, n, max_tokens, 0)

    def _read(
        self, stacked: Any, language: str, n: int, max_tokens: int, no_repeat: int, *, beam_size: int = 0
    ) -> list[Reading]:
        beam_size = beam_size or self._beam_size
        tokenizer = self._tokenizer(language)
        prompt = [*self._hint(tokenizer, language), *tokenizer.sot_sequence, tokenizer.no_timestamps]
        results = self._model.model.generate(
            stacked,
            [prompt] * n,
            beam_size=beam_size,
            num_hypotheses=min(_N_READINGS, beam_size),
            no_repeat_ngram_size=no_repeat,
            max_length=min(_MOST_TOKENS, len(prompt) + max_tokens),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppressed(tokenizer),
        )
        return [_reading(tokenizer, result, max_tokens) for result in results]

    def _hint(self, tokenizer: Any, language: str) -> list[int]:
        """The words to expect, as what was said before: so faster-whisper does with `hotwords`."""
        if not (line := self.hints.get(language)):
            return []
        return [tokenizer.sot_prev, *tokenizer.encode(f" {line}")[:LONGEST_HINT]]

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        return self.align_all(encoding, language, [tokens], [seconds])[0]

    def align_all(
        self, stacked: Any, language: str, tokens: Sequence[Sequence[int]], seconds: Sequence[float]
    ) -> list[list[Heard]]:
        n_frames = [max(2, round(own * self._model.frames_per_second)) for own in seconds]
        rows = self._model.find_alignment(self._tokenizer(language), [list(own) for own in tokens], stacked, n_frames)
        return [_words(row) for row in rows]

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


def _reading(tokenizer: Any, result: Any, max_tokens: int) -> Reading:
    tokens, *others = [[token for token in row if token < tokenizer.eot] for row in result.sequences_ids]
    n_scored = len(result.sequences_ids[0])
    mean = result.scores[0] * n_scored / (n_scored + 1)  # the score leaves the end of text out of its mean
    cut = n_scored >= max_tokens
    texts = tuple(tokenizer.decode(other) for other in others)
    return Reading(tokenizer.decode(tokens), tuple(tokens), mean, result.no_speech_prob, cut, texts)


def _words(found: list[dict[str, Any]]) -> list[Heard]:
    from faster_whisper.transcribe import merge_punctuations

    merge_punctuations(found, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
    return [
        Heard(word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
        for word in found
        if word["word"].strip()
    ]


def _array(view: Any) -> NDArray[Any]:
    """A storage view's numbers, on the CPU. NumPy has no bfloat16."""
    import ctranslate2

    if view.device != "cpu":
        view = view.to_device(ctranslate2.Device.cpu)
    if view.dtype == ctranslate2.DataType.bfloat16:
        view = view.to(ctranslate2.DataType.float32)
    return np.asarray(view)


def _view(array: NDArray[Any]) -> Any:
    """A storage view on the CPU. CTranslate2 moves and converts it to what the model wants."""
    import ctranslate2

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array))


def _n_free(threads: int) -> int:
    """How many times `threads` threads this process's cores can run at once; 1 where the library chooses `threads`."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // threads) if threads else 1


def _padded(samples: Samples, n_samples: int) -> Samples:
    """`samples` followed by silence, or cut, to exactly `n_samples`."""
    padded = np.zeros(n_samples, np.float32)
    padded[: samples.size] = samples[:n_samples]
    return padded


def _load(folder: Path, device: str, compute_type: str, threads: int, parallel: int) -> Any:
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
        return WhisperModel(
            str(folder), device=chosen, compute_type=compute_type, cpu_threads=threads, num_workers=parallel
        )
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
