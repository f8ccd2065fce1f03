"""Translators made of translators: one way only, through a third language, and back again."""

from __future__ import annotations

from voicedoc.core.speech import Translation
from voicedoc.translate.role import Translator, require_pair


class Pivot:
    """A `Translator` that goes through the language `via`: `first` into it, `second` out of it."""

    def __init__(self, first: Translator, second: Translator, via: str) -> None:
        self.name = f"{first.name}+{second.name}"
        self._first, self._second, self._via = first, second, via

    def supports(self, source: str, target: str) -> bool:
        """Whether both halves of the way are supported."""
        return self._first.supports(source, self._via) and self._second.supports(self._via, target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`. The doubts are those of both halves."""
        require_pair(self, source, target)
        half = self._first.translate(text, source=source, target=self._via)
        whole = self._second.translate(half.text, source=self._via, target=target)
        return _joined(half, whole, source)


class OneWay:
    """A `Translator` that is used in one direction only, whatever else it could do."""

    def __init__(self, translator: Translator, source: str, target: str) -> None:
        self.name = translator.name
        self._translator, self._pair = translator, (source, target)

    def supports(self, source: str, target: str) -> bool:
        """Whether it is this direction."""
        return (source, target) == self._pair and self._translator.supports(source, target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        require_pair(self, source, target)
        return self._translator.translate(text, source=source, target=target)


def back_translate(translator: Translator, translation: Translation) -> Translation:
    """What `translation` says, in its own source language: to show the speaker what the other will hear.

    Raises:
        UnsupportedLanguage: If `translator` does not go back.
        BackendFailed: If it has no translation for this text.
    """
    back = translator.translate(translation.text, source=translation.target, target=translation.source)
    return _joined(translation, back, translation.target)


def _joined(first: Translation, second: Translation, source: str) -> Translation:
    doubts = tuple(dict.fromkeys(first.doubts + second.doubts))
    return Translation(second.text, source, second.target, first.models + second.models, doubts)
