"""Fixed translations as a translator, to stand before machine translation."""

from __future__ import annotations

from voicedoc.core.cards import LoadedModel
from voicedoc.core.languages import primary
from voicedoc.core.speech import Translation
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.phrases.bank import PUBLISHED, UNREVIEWED, PhraseBank
from voicedoc.phrases.lexicon import WITHOUT_SPACES, languages
from voicedoc.phrases.search import Match
from voicedoc.registry import did_you_mean
from voicedoc.translate.role import Translator
from voicedoc.translate.sentences import sentences


class PhraseBankTranslator:
    """A `Translator` that knows the bank's phrases alone: the same words, whatever their case and punctuation.

    What it does not know goes to `fallback`; without one, it is unsupported. A text of several sentences is known where
    each sentence is. A slot for a drug is filled only with a drug that the bank's `DrugNames` knows in both languages.
    `accept`: review statuses; a phrase counts as known where its wordings in both languages have one of these.

    Raises:
        ConfigError: If `accept` names a status that no wording has.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        bank: PhraseBank | None = None,
        fallback: Translator | None = None,
        accept: list[str] | None = None,
    ) -> None:
        self._bank = bank or PhraseBank.load()
        self._fallback = fallback
        self._accept = frozenset([PUBLISHED, UNREVIEWED] if accept is None else accept)
        known = {phrase.source_of(language).review for phrase in self._bank.phrases for language in phrase.text}
        if strange := sorted(self._accept - known):
            raise ConfigError(f"no wording is '{strange[0]}'", remedy=did_you_mean(strange[0], sorted(known)))
        self.name = f"phrases, then {fallback.name}" if fallback else "phrases"

    def supports(self, source: str, target: str) -> bool:
        """Where there is a fallback, what it supports; else, whether the bank has both languages."""
        if self._fallback:
            return self._fallback.supports(source, target)
        return {primary(source), primary(target)} <= languages() and primary(source) != primary(target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`. `Translation.models` of a phrase is "phrase:" and its id.

        Raises:
            UnsupportedLanguage: If the bank does not have what `text` says, and there is no fallback.
        """
        if found := self.phrases_in(text, source, target):
            joiner = "" if primary(target) in WITHOUT_SPACES else " "
            models = tuple(f"phrase:{match.phrase.id}" for match in found)
            return Translation(joiner.join(match.text for match in found), source, target, models)
        if self._fallback:
            return self._fallback.translate(text, source=source, target=target)
        raise UnsupportedLanguage(
            f"no phrase of the bank says this from '{source}' to '{target}'",
            remedy="give PhraseBankTranslator a fallback for what is not in the bank",
        )

    def phrases_in(self, text: str, source: str, target: str) -> list[Match]:
        """The phrases that `text` consists of; none where any part of it is not a phrase."""
        if not {primary(source), primary(target)} <= languages():
            return []
        if whole := self._known(text, source, target):
            return [whole]
        found = [self._known(sentence, source, target) for sentence in sentences(text)]
        known = [match for match in found if match]
        return known if len(known) == len(found) else []

    def _known(self, text: str, source: str, target: str) -> Match | None:
        match = self._bank.exact(text, source, target)
        if match is None:
            return None
        statuses = {match.phrase.source_of(language).review for language in (source, target)}
        return match if statuses <= self._accept else None
