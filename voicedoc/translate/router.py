"""Several translators as one: the first that supports a pair takes it."""

from __future__ import annotations

from collections.abc import Sequence

from voicedoc.core.speech import Translation
from voicedoc.errors import UnsupportedLanguage
from voicedoc.translate.languages import known_languages
from voicedoc.translate.role import Translator

_REMEDY = "voicedoc models list --role translate shows what can be pulled; voicedoc pipelines list shows other profiles"


class Translators:
    """A `Translator` made of `translators`, best first. `remedy` says what to do where none supports a pair."""

    def __init__(self, translators: Sequence[Translator], *, remedy: str = _REMEDY) -> None:
        self._translators, self._remedy = tuple(translators), remedy

    @property
    def name(self) -> str:
        """All their names."""
        return ", ".join(translator.name for translator in self._translators) or "none"

    def supports(self, source: str, target: str) -> bool:
        """Whether any of them does."""
        return any(translator.supports(source, target) for translator in self._translators)

    def all_for(self, source: str, target: str) -> list[Translator]:
        """Every translator that takes a pair, best first."""
        return [translator for translator in self._translators if translator.supports(source, target)]

    def plan(self, source: str, target: str) -> Translator:
        """The translator that takes a pair; its `name` says which.

        Raises:
            UnsupportedLanguage: If none does; names those there are, and a pivot if two of them make one.
        """
        for translator in self._translators:
            if translator.supports(source, target):
                return translator
        raise UnsupportedLanguage(
            f"no translator from '{source}' to '{target}'; this profile has: {self.name}",
            remedy=self._pivot_remedy(source, target) or self._remedy,
        )

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        return self.plan(source, target).translate(text, source=source, target=target)

    def _pivot_remedy(self, source: str, target: str) -> str:
        for via in known_languages():
            firsts = [one for one in self._translators if one.supports(source, via)]
            seconds = [one for one in self._translators if one.supports(via, target)]
            if firsts and seconds:
                return (
                    f"{firsts[0].name} and {seconds[0].name} make the way through '{via}': add a [[translate]] with "
                    f'source = "{source}", target = "{target}", via = "{via}" (a draft: errors add up)'
                )
        return ""
