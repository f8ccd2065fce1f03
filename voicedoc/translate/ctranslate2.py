"""Opus-MT, NLLB, M2M100 and MADLAD models converted for CTranslate2, with their SentencePiece files beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from voicedoc.core.cards import LoadedModel
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt
from voicedoc.registry import missing_package
from voicedoc.translate.families import Told
from voicedoc.translate.files import find_file, needs_model
from voicedoc.translate.outcome import outcome
from voicedoc.translate.role import require_pair
from voicedoc.translate.sentences import translate_by_sentence

_SHARED = ("sentencepiece.bpe.model", "sentencepiece.model", "spiece.model", "spm.model")
_NOT_TEXT = frozenset({"<s>", "</s>", "<pad>", "<unk>"})
_END = "</s>"


class CTranslate2:
    """A `Translator`. The model's folder is the converter's output plus the SentencePiece model(s).

    `family`: "opus", "nllb", "m2m100" or "madlad"; "" reads it off the vocabulary. `source` and `target` restrict the
    pairs; Opus-MT models need them (see `Told`). `device`: "auto", "cpu" or "cuda". `threads`: on a CPU.

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
        compute_type: str = "default",
        beam_size: int = 4,
        threads: int = 1,
        family: str = "",
        source: str = "",
        target: str = "",
    ) -> None:
        model = needs_model(model, "ctranslate2")
        self.name = model.name
        self._beam_size = beam_size
        self._vocabulary = _vocabulary(model)
        self._told = Told(self._vocabulary, family=family, source=source, target=target)
        self._encoder, self._decoder = _sentencepieces(model)
        self._ending = [] if _adds_end(model) else [_END]
        self._translator = _load(model, device=device, compute_type=compute_type, intra_threads=threads)

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
        pieces: list[str] = self._encoder.encode(sentence, out_type=str)
        limit = 4 * len(pieces) + 32
        tokens = self._generate([*before, *pieces, *self._ending], forced, limit)
        if len(tokens) >= limit:
            doubts.append("cut off")
        if "<unk>" in tokens or not self._vocabulary.issuperset(pieces):
            doubts.append("unknown")
        return str(self._decoder.decode([token for token in tokens if self._is_text(token)]))

    def _generate(self, tokens: list[str], forced: str, limit: int) -> list[str]:
        """The best hypothesis' tokens, the forced one included."""
        try:
            results = self._translator.translate_batch(
                [tokens],
                target_prefix=[[forced]] if forced else None,
                beam_size=self._beam_size,
                max_decoding_length=limit,
                max_input_length=0,  # our sentences are short; never cut one
            )
        except RuntimeError as error:  # out of memory is reported this way; its message does not hold the text
            raise BackendFailed(
                f"'{self.name}' failed: {error}", remedy="choose a smaller model or device = 'cpu'"
            ) from error
        best: list[str] = results[0].hypotheses[0]
        return best

    def _is_text(self, token: str) -> bool:
        is_padding = token.startswith("madeupword")  # fills up M2M100's vocabulary
        return not is_padding and token not in _NOT_TEXT and token not in self._told.tokens


def _load(model: LoadedModel, *, device: str, compute_type: str, intra_threads: int) -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise missing_package(error, "ctranslate2") from error

    find_file(model, "model.bin")
    try:
        return ctranslate2.Translator(
            str(model.path), device=device, compute_type=compute_type, inter_threads=1, intra_threads=intra_threads
        )
    except ValueError as error:
        raise ConfigError(
            f"'{model.name}' with device = '{device}', compute_type = '{compute_type}': {error}",
            remedy="device = 'auto' and compute_type = 'default' work everywhere",
        ) from error
    except RuntimeError as error:
        raise ModelCorrupt(
            f"model '{model.name}' cannot be loaded: {error}", remedy=f"voicedoc models verify {model.name}"
        ) from error


def _vocabulary(model: LoadedModel) -> frozenset[str]:
    """All tokens of the model, of both sides where they differ."""
    first = find_file(
        model, "shared_vocabulary.json", "shared_vocabulary.txt", "source_vocabulary.json", "source_vocabulary.txt"
    )
    if first.name.startswith("shared"):
        return _tokens(model, first)
    return _tokens(model, first) | _tokens(model, find_file(model, "target_vocabulary.json", "target_vocabulary.txt"))


def _tokens(model: LoadedModel, path: Path) -> frozenset[str]:
    if path.suffix == ".txt":
        return frozenset(path.read_text("utf-8", "replace").split("\n"))
    return frozenset(_json(model, path, list))


def _adds_end(model: LoadedModel) -> bool:
    """Whether the engine itself ends the source: a model converted from Marian's format does, others do not."""
    path = model.path / "config.json"
    return path.is_file() and bool(_json(model, path, dict).get("add_source_eos", False))


def _json(model: LoadedModel, path: Path, kind: type[Any]) -> Any:
    try:
        value = json.loads(path.read_bytes())
    except ValueError as error:
        value = error
    if not isinstance(value, kind):
        raise ModelCorrupt(
            f"{path.name} of model '{model.name}' cannot be read", remedy=f"voicedoc models verify {model.name}"
        )
    return value


def _sentencepieces(model: LoadedModel) -> tuple[Any, Any]:
    """The source's and the target's; one object where the model has one for both."""
    try:
        import sentencepiece
    except ImportError as error:
        raise missing_package(error, "ctranslate2") from error

    paths = [find_file(model, "source.spm", *_SHARED), find_file(model, "target.spm", *_SHARED)]
    try:
        loaded = {path: sentencepiece.SentencePieceProcessor(model_file=str(path)) for path in paths}
    except (RuntimeError, OSError) as error:
        raise ModelCorrupt(
            f"a SentencePiece file of model '{model.name}' cannot be read: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error
    return loaded[paths[0]], loaded[paths[1]]
