"""Firefox Translations' small students, run by fxtranslate (Rust) on the CPU: one direction per model."""

from __future__ import annotations

import threading
import unicodedata
import weakref
from types import TracebackType
from typing import Any

from voicedoc.core.cards import LoadedModel
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, VoiceDocError
from voicedoc.registry import missing_package
from voicedoc.translate.files import find_file, needs_model
from voicedoc.translate.outcome import outcome
from voicedoc.translate.role import require_pair
from voicedoc.translate.sentences import has_words, translate_by_sentence

_PROBE = "Hospital 12"
"""Understood in any language with Latin letters, and a number in all: a model that says nothing to it is not one."""


_READABLE = {
    **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("–—‑", "-"),
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "µ": "mc", "μ": "mc",
}  # fmt: skip
"""What the models' vocabularies lack and what they read instead; without it "½ tablet" became "1 to 2 tablets"
and "500 µg" became "500 g" (measured)."""


class FxTranslate:
    """A `Translator`. The engine is bound to the thread that made this object: call it there.

    The model's folder holds `model.bin`, `vocab.spm` (or `srcvocab.spm` and `trgvocab.spm`) and `lex.s2t.bin`.

    Raises:
        ModelMissing: If a file is not there.
        ModelCorrupt: If the files are damaged, or do not belong together so that nothing is translated.
    """

    def __init__(self, model: LoadedModel | None = None, *, source: str, target: str) -> None:
        model = needs_model(model, "fxtranslate")
        if same_language(source, target):
            raise ConfigError(
                f"a model from '{source}' to '{target}' translates nothing", remedy="check source, target"
            )
        self.name = model.name
        self._source, self._target = source, target
        self._known = _characters(find_file(model, "vocab.spm", "srcvocab.spm").read_bytes())
        self._thread = threading.get_ident()
        _engines_here()[id(self)] = _load(model)
        weakref.finalize(self, _drop, id(self))
        if not has_words(self._translate_sentence(_PROBE)):
            raise _corrupt(model.name, "gives empty translations")

    def supports(self, source: str, target: str) -> bool:
        """Whether this is the model's direction."""
        return same_language(source, self._source) and same_language(target, self._target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`. Each sentence on its own: the models were trained on single sentences."""
        require_pair(self, source, target)
        readable = " ".join("".join(_READABLE.get(character, character) for character in text).split())
        output = translate_by_sentence(readable, self._translate_sentence, target=target)
        unknown = tuple(f"unknown: {character}" for character in sorted(set(readable)) if not self._reads(character))
        return outcome(readable, output, source=source, target=target, model=self.name, doubts=unknown)

    def _reads(self, character: str) -> bool:
        """Whether the vocabulary has a character, as SentencePiece normalises it."""
        return character.isspace() or self._known.issuperset(unicodedata.normalize("NFKC", character))

    def _translate_sentence(self, sentence: str) -> str:
        if threading.get_ident() != self._thread:
            raise RuntimeError(f"translator '{self.name}' was made on another thread")  # a bug: ends the session
        failed = BackendFailed(f"'{self.name}' stopped at a text of {len(sentence)} characters")
        with _panics_become(failed):
            return str(_engines_here()[id(self)].translate(sentence))


_local = threading.local()


def _engines_here() -> dict[int, Any]:
    """This thread's engines, by owner. They must be freed on the thread that made them, at the latest by its end."""
    if not hasattr(_local, "engines"):
        _local.engines = {}
    engines: dict[int, Any] = _local.engines
    return engines


def _drop(key: int) -> None:
    """Free an engine whose owner is gone, if this is its thread; else the thread's end does."""
    _engines_here().pop(key, None)


def _load(model: LoadedModel) -> Any:
    try:
        import fxtranslate
    except ImportError as error:
        raise missing_package(error, "fxtranslate") from error

    weights = find_file(model, "model.bin").read_bytes()
    source_vocabulary = find_file(model, "vocab.spm", "srcvocab.spm").read_bytes()
    target_vocabulary = find_file(model, "vocab.spm", "trgvocab.spm").read_bytes()
    shortlist = find_file(model, "lex.s2t.bin").read_bytes()
    try:
        with _panics_become(_corrupt(model.name, "cannot be loaded")):
            return fxtranslate.Translator(weights, source_vocabulary, target_vocabulary, shortlist)
    except ValueError as error:
        raise _corrupt(model.name, f"cannot be loaded: {error}") from error


def _characters(vocabulary: bytes) -> frozenset[str]:
    """Every character of a SentencePiece model's pieces. Of a file that is none, few or none.

    Source: sentencepiece_model.proto: field 1 of the model repeats pieces, whose field 1 is the text.
    """
    found: set[str] = set()
    position = 0
    while vocabulary[position : position + 1] == b"\x0a":
        size, start = _varint(vocabulary, position + 1)
        length, first = _varint(vocabulary, start + 1)
        found.update(vocabulary[first : first + length].decode("utf-8", "ignore"))
        position = start + size
    return frozenset(found)


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """A protobuf integer, and the position after it."""
    value = shift = 0
    for place in range(position, len(data)):
        value |= (data[place] & 0x7F) << shift
        if data[place] < 0x80:
            return value, place + 1
        shift += 7
    return value, len(data)


def _corrupt(name: str, problem: str) -> ModelCorrupt:
    return ModelCorrupt(
        f"model '{name}' {problem}", remedy=f"voicedoc models remove {name}, then voicedoc models pull {name}"
    )


class _panics_become:  # noqa: N801  # reads like contextlib's
    """Raises `error` where Rust code panics. A panic's class is not importable and not an `Exception`."""

    def __init__(self, error: VoiceDocError) -> None:
        self._error = error

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise self._error from error
