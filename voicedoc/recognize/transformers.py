"""Whisper-like checkpoints run by PyTorch, through transformers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voicedoc.core.audio import SPEECH_RATE
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ModelError
from voicedoc.recognize.alignment import starts_of
from voicedoc.recognize.languages import UNSPACED, whisper_code
from voicedoc.recognize.whisper import LONGEST_HINT, Heard, Reading, recognize
from voicedoc.recognize.windows import Window
from voicedoc.registry import did_you_mean, missing_package
from voicedoc.torch_audio import import_torchaudio

DTYPES = ("auto", "float32", "float16", "bfloat16")

_FRAME = 0.02
"""Seconds of one position of the encoder's output."""


class TransformersWhisper:
    """A `SpeechRecognizer` for a folder with a Whisper checkpoint as transformers saves it. Wants 16 kHz.

    `dtype` "auto" is float32 on a CPU and float16 on a GPU. Always hears 30 s: the library's encoder insists on it.
    Words in time need a checkpoint whose generation config names alignment heads; without, `Hypothesis.words` is empty.

    Raises:
        ConfigError: If an option is wrong.
        ModelError: If `model`'s folder is not such a checkpoint.
        BackendUnavailable: If torch or transformers is not installed, or the device is not there.
    """

    def __init__(
        self, model: LoadedModel | None, *, device: str = "auto", dtype: str = "auto", beam_size: int = 5
    ) -> None:
        if model is None:
            raise ConfigError(
                "recogniser 'transformers' needs a model", remedy="set model in the profile's [recognize]"
            )
        if dtype not in DTYPES:
            raise ConfigError(f"unknown dtype '{dtype}'", remedy=did_you_mean(dtype, list(DTYPES)))
        self._name = model.name
        self._engine = _Engine(model.path, device, dtype, beam_size)

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
            return recognize(self._engine, utterance, languages, short_context=False)
        except RuntimeError as error:  # PyTorch reports out-of-memory this way
            raise BackendFailed(
                f"{self._name} could not read {utterance.span.duration:.1f} s of speech: {error}",
                remedy="choose a smaller model, or device = 'cpu', in the profile's [recognize] options",
            ) from error


class _Engine:
    """A `WhisperEngine`. An encoding is the encoder's output, shape `(1, 1500, width)`, on the model's device."""

    def __init__(self, folder: Path, device: str, dtype: str, beam_size: int) -> None:
        try:
            import torch

            import_torchaudio()
            import transformers
            from transformers.models.whisper.tokenization_whisper import LANGUAGES
        except ImportError as error:
            raise missing_package(error, "transformers") from error
        self._torch, self._library = torch, _untyped(transformers)
        self._device = _device(torch, device)
        self._model, self._extractor, self._tokenizer = _load(self._library, torch, folder, self._device, dtype)
        self._beam_size = beam_size
        vocabulary = self._tokenizer.get_vocab()
        self._language_ids = {code: vocabulary[f"<|{code}|>"] for code in LANGUAGES if f"<|{code}|>" in vocabulary}
        self._no_speech = vocabulary.get("<|nospeech|>", vocabulary.get("<|nocaptions|>"))
        self._start, self._transcribe, self._plain, self._end = (
            _token(vocabulary, name, folder)
            for name in ("<|startoftranscript|>", "<|transcribe|>", "<|notimestamps|>", "<|endoftext|>")
        )
        self._before = vocabulary.get("<|startofprev|>")
        self.codes = frozenset(self._language_ids) or frozenset({"en"})
        self.hints: Mapping[str, str] = {}

    def encode(self, window: Window, context: float) -> Any:
        del context  # always the full 30 s
        heard = self._extractor(window.samples, sampling_rate=SPEECH_RATE, return_tensors="pt").input_features
        with self._torch.inference_mode():
            return self._model.get_encoder()(heard.to(self._device, self._model.dtype)).last_hidden_state

    def part(self, encoding: Any, start: float, end: float) -> Any:
        first, stop = round(start / _FRAME), max(round(start / _FRAME) + 1, round(end / _FRAME))
        return encoding[:, first:stop]

    def languages(self, encoding: Any) -> Mapping[str, float]:
        if not self._language_ids:
            return {"en": 1.0}
        logits = self._decode(encoding, [self._start]).logits[0, -1]
        shares = logits[list(self._language_ids.values())].float().softmax(-1).tolist()
        return dict(zip(self._language_ids, shares, strict=True))

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        prompt = self._prompt(language)
        written = self._generate(encoding, prompt, max_tokens, no_repeat)
        tokens = tuple(token for token in written if token < self._end)
        logits = self._decode(encoding, [*prompt, *tokens]).logits[0].float()
        scored = self._torch.tensor([*tokens, self._end], device=self._device)
        chosen = logits[len(prompt) - 1 :].log_softmax(-1).gather(1, scored[:, None])
        begun = prompt.index(self._start)
        silence = 0.0 if self._no_speech is None else float(logits[begun].softmax(-1)[self._no_speech])
        text = self._tokenizer.decode(list(tokens), clean_up_tokenization_spaces=False)
        return Reading(text, tokens, float(chosen.mean()), silence, len(written) >= max_tokens)

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        heads = getattr(self._model.generation_config, "alignment_heads", None)
        if not heads or not tokens:
            return []
        prompt = self._prompt(language)
        decoded = self._decode(encoding, [*prompt, *tokens, self._end], attentions=True)
        n_positions = max(1, round(seconds / _FRAME))
        attention = self._torch.stack([decoded.cross_attentions[layer][0, head] for layer, head in heads])
        # Row `len(prompt) - 1` attends for the first token: what it predicts.
        rows = attention[:, len(prompt) - 1 : -1, :n_positions].float().cpu().numpy()
        starts = starts_of(rows) * _FRAME
        picked = self._torch.tensor([*tokens], device=self._device)[:, None]
        sure = decoded.logits[0, len(prompt) - 1 : -2].float().softmax(-1).gather(1, picked)[:, 0].tolist()
        return list(self._words(tokens, starts.tolist(), sure, spaced=language not in UNSPACED))

    def _words(self, tokens: Sequence[int], starts: list[float], sure: list[float], *, spaced: bool) -> Iterator[Heard]:
        for first, stop in _word_bounds(self._tokenizer, tokens, spaced=spaced):
            text = self._tokenizer.decode(list(tokens[first:stop]), clean_up_tokenization_spaces=False)
            if text.strip():
                yield Heard(text, starts[first], starts[stop], float(np.mean(sure[first:stop])))

    def _prompt(self, language: str) -> list[int]:
        hint = self._hint(language)
        if not self._language_ids:
            return [*hint, self._start, self._plain]
        return [*hint, self._start, self._language_ids[language], self._transcribe, self._plain]

    def _hint(self, language: str) -> list[int]:
        """The words to expect, as what was said before."""
        line = self.hints.get(language, "")
        if not line or self._before is None:
            return []
        return [self._before, *self._tokenizer.encode(f" {line}", add_special_tokens=False)[:LONGEST_HINT]]

    def _decode(self, encoding: Any, tokens: list[int], *, attentions: bool = False) -> Any:
        with self._torch.inference_mode():
            return self._model(
                encoder_outputs=(encoding,),
                decoder_input_ids=self._torch.tensor([tokens], device=self._device),
                output_attentions=attentions,
                use_cache=False,
            )

    def _generate(self, encoding: Any, prompt: list[int], max_tokens: int, no_repeat: int) -> list[int]:
        """Beam search without the library's own Whisper loop, which pads, detects and decodes in its own order."""
        own = self._model.generation_config
        config = self._library.GenerationConfig(
            num_beams=self._beam_size,
            do_sample=False,
            max_new_tokens=max_tokens,
            no_repeat_ngram_size=no_repeat,
            suppress_tokens=getattr(own, "suppress_tokens", None),
            begin_suppress_tokens=getattr(own, "begin_suppress_tokens", None),
            eos_token_id=self._end,
            pad_token_id=self._end,
            decoder_start_token_id=self._start,
        )
        with self._torch.inference_mode():
            written = self._library.GenerationMixin.generate(
                self._model,
                encoder_outputs=self._library.modeling_outputs.BaseModelOutput(last_hidden_state=encoding),
                decoder_input_ids=self._torch.tensor([prompt], device=self._device),
                generation_config=config,
            )
        return [int(token) for token in written[0, len(prompt) :]]


def _word_bounds(tokenizer: Any, tokens: Sequence[int], *, spaced: bool) -> list[tuple[int, int]]:
    """Which tokens make up each word, as `(first, stop)`. Punctuation belongs to the word in front of it."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for stop in range(1, len(tokens) + 1):
        piece = tokenizer.decode(list(tokens[first:stop]), clean_up_tokenization_spaces=False)
        if "\ufffd" in piece and stop < len(tokens):
            continue  # half a letter
        begins = piece.startswith(" ") or (not spaced and piece.strip().isalnum())
        if bounds and not begins:
            bounds[-1] = (bounds[-1][0], stop)
        else:
            bounds.append((first, stop))
        first = stop
    return bounds


def _untyped(library: Any) -> Any:
    """Its annotations are partial, and differ between versions."""
    return library


def _device(torch: Any, device: str) -> str:
    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise BackendUnavailable(f"device '{device}' is not there", remedy="set device = 'cpu' in the profile")
    return device


def _load(library: Any, torch: Any, folder: Path, device: str, dtype: str) -> tuple[Any, Any, Any]:
    """Model, feature extractor and tokenizer, from files in `folder` alone."""
    if dtype == "auto":
        dtype = "float32" if device == "cpu" else "float16"
    library.utils.logging.disable_progress_bar()  # it would run through the captions
    try:
        model = library.AutoModelForSpeechSeq2Seq.from_pretrained(
            folder,
            local_files_only=True,
            attn_implementation="eager",  # the only one that gives the attention that words in time need
        )
        extractor = library.AutoFeatureExtractor.from_pretrained(folder, local_files_only=True)
        tokenizer = library.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder} is not a speech recogniser for transformers: {error}",
            remedy="name a folder with config.json, model.safetensors, preprocessor_config.json and tokenizer.json",
        ) from error
    return model.to(device=device, dtype=getattr(torch, dtype)).eval(), extractor, tokenizer


def _token(vocabulary: Mapping[str, int], name: str, folder: Path) -> int:
    if name not in vocabulary:
        raise ModelError(f"the tokenizer in {folder} has no {name}", remedy="only Whisper-like checkpoints work here")
    return vocabulary[name]
