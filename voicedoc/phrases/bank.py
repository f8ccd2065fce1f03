"""The bank: phrases with a stable id, the same in several languages, each with its source and review status."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError
from voicedoc.phrases.role import DrugNames, SentenceEmbedder
from voicedoc.phrases.search import Match, Search
from voicedoc.phrases.slots import DRUG, UNITS, slots_of
from voicedoc.phrases.vectors import Vectors
from voicedoc.registry import did_you_mean

_FOLDER = Path(__file__).with_name("bank")
_OURS = "voicedoc"

PUBLISHED = "published by source"
UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Source:
    """Where wordings come from. `review` is the status of every wording of this source."""

    name: str
    licence: str
    review: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence in several languages. `text` and `also` are by language subtag; `also` serves finding only.

    `id` is stable: "allergies.any". `speaker` is who says it; None: anybody. `published` are the languages in which the
    wording is `source`'s own, where it is known as `source_id`; the others were written for VoiceDoc.
    """

    id: str
    category: str
    speaker: Role | None
    text: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = _OURS
    source_id: str = ""
    published: frozenset[str] = frozenset()

    def has(self, *languages: str) -> bool:
        """Whether there is a wording in each of `languages` (BCP 47)."""
        return all(primary(language) in self.text for language in languages)

    def source_of(self, language: str) -> Source:
        """Where the wording in `language` is from, with its licence and review status."""
        return sources()[self.source if primary(language) in self.published else _OURS]

    def wordings(self, language: str) -> tuple[str, ...]:
        """Every wording by which it is found in `language`, its own first."""
        return (self.text[primary(language)], *self.also.get(primary(language), ()))


class PhraseBank:
    """Phrases, found by meaning. `embedder` finds other wordings better; without it, letters are compared.

    With an embedder a language's first search embeds its wordings, some 300: about 10 s on one core. `kept_in` is a
    folder that remembers their vectors. `drugs` says which words are drugs, and what they are called elsewhere.
    """

    def __init__(
        self,
        phrases: tuple[Phrase, ...],
        *,
        embedder: SentenceEmbedder | None = None,
        kept_in: Path | None = None,
        drugs: DrugNames | None = None,
    ) -> None:
        self.phrases = phrases
        self._search = Search(phrases, Vectors(embedder, kept_in) if embedder else None, drugs)

    @classmethod
    def load(
        cls,
        *,
        embedder: SentenceEmbedder | None = None,
        kept_in: Path | None = None,
        drugs: DrugNames | None = None,
    ) -> PhraseBank:
        """The bank that comes with VoiceDoc."""
        paths = sorted(_FOLDER.glob("*.toml"))
        phrases = tuple(phrase for path in paths if path.stem != "sources" for phrase in read_phrases(path))
        return cls(phrases, embedder=embedder, kept_in=kept_in, drugs=drugs)

    @property
    def categories(self) -> list[str]:
        """The categories in alphabetical order."""
        return sorted({phrase.category for phrase in self.phrases})

    def phrase(self, id: str) -> Phrase:  # noqa: A002  # what it is called everywhere else
        """The phrase of this id.

        Raises:
            ConfigError: If there is none.
        """
        by_id = {phrase.id: phrase for phrase in self.phrases}
        if id not in by_id:
            raise ConfigError(f"the bank has no phrase '{id}'", remedy=did_you_mean(id, list(by_id)))
        return by_id[id]

    def find(
        self, text: str, language: str, target: str, limit: int = 5, *, speaker: Role | None = None
    ) -> list[Match]:
        """Phrases that say what `text` says, best first; those with other numbers, negation or sides never.

        With `speaker`, only what this person says. Takes milliseconds without an embedder.

        Raises:
            UnsupportedLanguage: If the bank has nothing in `language` or `target` (BCP 47).
        """
        return self._search.find(text, language, target, speaker)[:limit]

    def exact(self, text: str, language: str, target: str, *, speaker: Role | None = None) -> Match | None:
        """The phrase that `text` is, but for case, punctuation and slots; all slots are filled and known in `target`.

        Raises:
            UnsupportedLanguage: If the bank has nothing in `language` or `target` (BCP 47).
        """
        return self._search.exact(text, language, target, speaker)


def kept_vectors() -> Path:
    """The folder in which this account's programs keep the vectors of wordings."""
    from platformdirs import user_cache_path

    return user_cache_path("voicedoc") / "phrases"


@cache
def sources() -> Mapping[str, Source]:
    """Every source of wordings, by name."""
    table = tomllib.loads((_FOLDER / "sources.toml").read_text("utf-8"))
    return {name: Source(name, **entry) for name, entry in table.items()}


def read_phrases(path: Path) -> list[Phrase]:
    """The phrases of one file; the category is the file's name.

    Raises:
        ConfigError: If a phrase is incomplete or contradicts itself; names the file and the phrase.
    """
    entries = tomllib.loads(path.read_text("utf-8"))["phrases"]
    return [_phrase(path, entry) for entry in entries]


def _phrase(path: Path, entry: Mapping[str, object]) -> Phrase:
    where = f"{path.name}, phrase '{entry.get('id', '?')}'"
    unknown = set(entry) - {"id", "speaker", "text", "also", "source", "source_id", "published"}
    if unknown or not {"id", "speaker", "text"} <= set(entry):
        raise ConfigError(f"{where}: needs id, speaker and text, and not {', '.join(sorted(unknown)) or 'others'}")
    phrase = _made(path.stem, **entry)  # type: ignore[arg-type]  # TOML's types; checked below and by tests
    _check(phrase, where)
    return phrase


def _made(
    category: str,
    *,
    id: str,  # noqa: A002
    speaker: str,
    text: dict[str, str],
    also: dict[str, list[str]] | None = None,
    source: str = _OURS,
    source_id: str = "",
    published: list[str] | None = None,
) -> Phrase:
    role = None if speaker == "any" else Role(speaker)
    others = {language: tuple(wordings) for language, wordings in (also or {}).items()}
    return Phrase(id, category, role, text, others, source, source_id, frozenset(published or ()))


def _check(phrase: Phrase, where: str) -> None:
    slots = {language: slots_of(wording) for language, wording in phrase.text.items()}
    named = frozenset[str]().union(*slots.values())
    if len(set(slots.values())) > 1 or named - {DRUG, *UNITS}:
        raise ConfigError(f"{where}: every language needs the same slots, of {DRUG}, {', '.join(UNITS)}")
    if phrase.source not in sources():
        raise ConfigError(f"{where}: no source is called '{phrase.source}'", remedy="add it to sources.toml")
    if strange := (set(phrase.also) | phrase.published) - set(phrase.text):
        raise ConfigError(f"{where}: has no text in {', '.join(sorted(strange))}")
    if not phrase.id.startswith(f"{phrase.category}."):
        raise ConfigError(f"{where}: its id begins with '{phrase.category}.'")
