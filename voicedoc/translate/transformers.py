"""Opus-MT, NLLB, M2M100 and MADLAD models as their authors publish them, run by Transformers (PyTorch)."""

from __future__ import annotations

import warnings
from typing import Any

from voicedoc.core.cards import LoadedModel
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio
from voicedoc.translate.families import Told
from voicedoc.translate.files import find_file, needs_model
from voicedoc.translate.outcome import outcome
from voicedoc.translate.role import require_pair
from voicedoc.translate.sentences import translate_by_sentence


class TransformersTranslator:
    """A `Translator`. The model's folder is a checkpoint of `AutoModelForSeq2SeqLM` with its tokenizer.

    `family`, `source` and `target` as for `Told`. `device`: "auto" (CUDA if there is one), "cpu", "cuda", "cuda:1".
    `dtype`: "float32", "bfloat16" or "float16".

    Raises:
        ModelMissing: If a file is not there.
        ModelCorrupt: If the model cannot be loaded.
        ConfigError: If an option does not fit the model or this machine.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        device: str = "auto",
        dtype: str = "float32",
        beam_size: int = 4,
        family: str = "",
        source: str = "",
        target: str = "",
    ) -> None:
        model = needs_model(model, "transformers")
        self.name = model.name
        self._beam_size = beam_size
        self._tokenizer, self._model = _load(model, dtype)
        # M2M100's tokenizer keeps its language tokens apart.
        vocabulary = {**self._tokenizer.get_vocab(), **getattr(self._tokenizer, "lang_token_to_id", {})}
        self._told = Told(vocabulary, family=family, source=source, target=target)
        self._languages = frozenset(self._tokenizer.convert_tokens_to_ids(sorted(self._told.tokens)))
        self._model = _placed(self._model, device)

    def supports(self, source: str, target: str) -> bool:
        """Whether the model's vocabulary has both languages and the options allow them."""
        return self._told.supports(source, target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        require_pair(self, source, target)
        doubts: list[str] = []
        output = translate_by_sentence(
            text, lambda sentence: self._translate_sentence(sentence, source, target, doubts), target=target
        )
        found = tuple(dict.fromkeys(doubts))
        return outcome(text, output, source=source, target=target, model=self.name, doubts=found)

    def _translate_sentence(self, sentence: str, source: str, target: str, doubts: list[str]) -> str:
        before, forced = self._told.prompt(source, target)
        pieces: list[int] = self._tokenizer(sentence, add_special_tokens=False)["input_ids"]
        prompt = [self._tokenizer.convert_tokens_to_ids(token) for token in before]
        limit = 4 * len(pieces) + 32
        ids = self._generate([*prompt, *pieces, self._tokenizer.eos_token_id], forced, limit)
        unknown = self._tokenizer.unk_token
        tokens = self._tokenizer.convert_ids_to_tokens(ids)
        if len(ids) >= limit:
            doubts.append("cut off")
        if self._tokenizer.unk_token_id in pieces or unknown in tokens:
            doubts.append("unknown")
        text = [
            number
            for number, token in zip(ids, tokens, strict=True)
            if token != unknown and number not in self._languages
        ]
        return str(self._tokenizer.decode(text, skip_special_tokens=True))

    def _generate(self, tokens: list[int], forced: str, limit: int) -> list[int]:
        """The best hypothesis' token ids, the forced one included, the decoder's start token not."""
        import torch

        import_torchaudio()

        inputs = torch.tensor([tokens], device=self._model.device)
        options = {"forced_bos_token_id": self._tokenizer.convert_tokens_to_ids(forced)} if forced else {}
        try:
            with torch.inference_mode():
                output = self._model.generate(
                    input_ids=inputs,
                    attention_mask=torch.ones_like(inputs),
                    num_beams=self._beam_size,
                    do_sample=False,
                    max_new_tokens=limit,
                    **options,
                )
        except RuntimeError as error:  # CUDA reports out of memory this way
            raise BackendFailed(
                f"'{self.name}' failed: {error}", remedy="choose a smaller model or device = 'cpu'"
            ) from error
        ids: list[int] = output[0, 1:].tolist()
        return ids


def _load(model: LoadedModel, dtype: str) -> tuple[Any, Any]:
    """The tokenizer and the model, from files alone."""
    try:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
        from transformers.utils import logging as progress
    except ImportError as error:
        raise missing_package(error, "transformers") from error

    progress.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
    find_file(model, "config.json")
    kind = getattr(torch, dtype, None)
    if not isinstance(kind, torch.dtype):
        raise ConfigError(f"no dtype is called '{dtype}'", remedy="float32, bfloat16 or float16")
    try:
        with warnings.catch_warnings():
            # Marian's tokenizer recommends a package that normalises punctuation, which recognisers do not vary.
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            tokenizer = AutoTokenizer.from_pretrained(str(model.path), local_files_only=True)
        network = AutoModelForSeq2SeqLM.from_pretrained(str(model.path), local_files_only=True, dtype=kind)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelCorrupt(
            f"model '{model.name}' cannot be loaded from {model.path}: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error
    network.generation_config.max_length = None  # we give the number of new tokens
    return tokenizer, network.eval()


def _placed(network: Any, device: str) -> Any:
    import torch

    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:  # torch asserts that it was built with CUDA
        raise ConfigError(f"device = '{device}' cannot be used: {error}", remedy="device = 'auto' or 'cpu'") from error
