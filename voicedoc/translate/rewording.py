"""Other ways of translating a text whose first translation lost something."""

from __future__ import annotations

from collections.abc import Iterator

from voicedoc.core.speech import Attempt, Translation
from voicedoc.errors import BackendFailed, UnsupportedLanguage
from voicedoc.translate.compose import back_translate
from voicedoc.translate.role import Translator
from voicedoc.translate.router import Translators
from voicedoc.translate.sentences import clause_pieces


class Reworder:
    """The guard's `Rewording`: each clause by itself, then the profile's other translators for the pair."""

    def __init__(self, translators: Translators) -> None:
        self._translators = translators

    def attempts(self, text: str, first: Translation) -> Iterator[Attempt]:
        """Translations that differ from `first` and from one another. A translator that fails has none."""
        seen = {first.text}
        for way, translator, pieces in self._ways(text, first.source, first.target):
            translation = _translated(translator, pieces, first.source, first.target)
            if translation and translation.text not in seen:
                seen.add(translation.text)
                yield Attempt(way, translation)

    def _ways(self, text: str, source: str, target: str) -> Iterator[tuple[str, Translator, list[str]]]:
        clauses = clause_pieces(text)
        for number, translator in enumerate(self._translators.all_for(source, target)):
            if number:
                yield f"with {translator.name}", translator, [text]
            if len(clauses) > 1:
                other = f" with {translator.name}" if number else ""
                yield f"clause by clause{other}", translator, clauses

    def back(self, translation: Translation) -> str:
        """What a translation says, in its own source language; "" where nothing translates back."""
        try:
            return back_translate(self._translators, translation).text
        except (BackendFailed, UnsupportedLanguage):
            return ""


def _translated(translator: Translator, pieces: list[str], source: str, target: str) -> Translation | None:
    """The pieces, each by itself, as one translation."""
    try:
        made = [translator.translate(piece, source=source, target=target) for piece in pieces]
    except BackendFailed:
        return None
    text = " ".join(part.text for part in made if part.text)
    doubts = tuple(dict.fromkeys(doubt for part in made for doubt in part.doubts))
    models = tuple(dict.fromkeys(model for part in made for model in part.models))
    return Translation(text, source, target, models, doubts)
