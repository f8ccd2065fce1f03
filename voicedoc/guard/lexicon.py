"""The words of one language that the guard knows, read from `lexicons/<language>.toml` and Unicode CLDR."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard.tokens import Token, tokenise

LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
"""What the guard supports; a regional tag ("pt-BR") counts as its language."""

_FOLDER = Path(__file__).parent / "lexicons"

_LOCALES = {"en": ("en", "en_GB"), "es": ("es", "es_MX"), "pt": ("pt", "pt_PT")}

_CLDR_UNITS = {
    "mass-milligram": "milligram",
    "mass-microgram": "microgram",
    "mass-gram": "gram",
    "mass-kilogram": "kilogram",
    "volume-milliliter": "milliliter",
    "volume-deciliter": "deciliter",
    "volume-liter": "liter",
    "length-millimeter": "millimeter",
    "length-centimeter": "centimeter",
    "length-meter": "meter",
    "pressure-millimeter-ofhg": "millimeter-of-mercury",
    "temperature-celsius": "celsius",
    "temperature-fahrenheit": "fahrenheit",
    "duration-second": "second",
    "duration-minute": "minute",
    "duration-hour": "hour",
    "duration-day": "day",
    "duration-week": "week",
    "duration-month": "month",
    "duration-year": "year",
    "volume-teaspoon": "teaspoon",
    "volume-tablespoon": "tablespoon",
}


class Phrases:
    """Phrases of one or more tokens, each with a value; finds the longest that begins at a token."""

    def __init__(self, entries: dict[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for surface, value in entries.items():
            words = tuple(token.text for token in tokenise(surface))
            self._by_first.setdefault(words[0], []).append((words, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: list[Token], first: int) -> tuple[int, str] | None:
        """How many tokens the phrase that begins at `first` has, and its value."""
        for words, value in self._by_first.get(tokens[first].text, ()):
            if tuple(token.text for token in tokens[first : first + len(words)]) == words:
                return len(words), value
        return None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language writes numbers."""

    decimal: str
    group: str
    decimal_words: frozenset[str]
    respelled: dict[str, str]
    scales: dict[str, int]
    occasions: frozenset[str]
    half: frozenset[str]
    half_before: frozenset[str]
    half_not_after: frozenset[str]
    times: dict[str, str]
    vague: frozenset[str]
    ordinal_suffixes: frozenset[str]
    ambiguous: frozenset[str]
    repeat: frozenset[str]
    fillers: frozenset[str]
    age_cues: frozenset[str]
    loosely: Phrases


@dataclass(frozen=True, slots=True)
class Negation:
    """How a language denies. `cues` maps each phrase to its kind: cue, concord, coordinator, …"""

    cues: Phrases
    not_in_questions: frozenset[str]
    particles: frozenset[str]
    with_particle: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the guard knows of one language."""

    language: str
    numbers: Numbers
    units: Phrases
    negation: Negation


def supported(language: str) -> bool:
    """Whether the guard can read `language`, a BCP 47 tag."""
    return primary(language) in LANGUAGES


def lexicon_of(language: str) -> Lexicon:
    """The lexicon for a BCP 47 tag.

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    if not supported(language):
        raise UnsupportedLanguage(
            f"the guard cannot check texts in '{language}'",
            remedy=f"have a person check them; the guard knows {', '.join(LANGUAGES)}",
        )
    return _read(primary(language))


@cache
def _read(language: str) -> Lexicon:
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        table = tomllib.load(file)
    return Lexicon(
        language, _numbers(table["numbers"]), Phrases(_units(language, table["units"])), _negation(table["negation"])
    )


def _numbers(table: dict[str, Any]) -> Numbers:
    times = {word: f"{value:g}" for word, value in table["times"].items()}
    return Numbers(
        decimal=table["decimal"],
        group=table["group"],
        decimal_words=frozenset(table["decimal_words"]),
        respelled=table["respelled"],
        scales=table["scales"],
        occasions=frozenset(table["occasions"]),
        half=frozenset(table["half"]),
        half_before=frozenset(table["half_before"]),
        half_not_after=frozenset(table["half_not_after"]),
        times=times | dict.fromkeys(table["one_and_half"], "1.5"),
        vague=frozenset(table["vague"]),
        ordinal_suffixes=frozenset(table["ordinal_suffixes"]),
        ambiguous=frozenset(table["ambiguous"]),
        repeat=frozenset(table["repeat"]),
        fillers=frozenset(table["fillers"]),
        age_cues=frozenset(table["age_cues"]),
        loosely=Phrases({phrase: str(value) for phrase, value in table["loosely"].items()}),
    )


def _units(language: str, table: dict[str, list[str]]) -> dict[str, str]:
    entries = {
        surface: unit for identifier, unit in _CLDR_UNITS.items() for surface in _cldr_names(language, identifier)
    }
    return entries | {surface: unit for unit, surfaces in table.items() for surface in surfaces}


def _cldr_names(language: str, identifier: str) -> Iterator[str]:
    """The unit's names in CLDR, singular and plural, long and short; not one-letter ones, which are words too ("a")."""
    from babel.units import format_unit

    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    ways = product(_LOCALES.get(language, (language,)), lengths, (1, 2, 5))
    for locale, length, count in ways:
        name = format_unit(count, identifier, length, locale=locale).replace(str(count), "").strip(" .\u00a0\u202f")
        if len(name) > 1:
            yield name


def _negation(table: dict[str, Any]) -> Negation:
    kinds = {"weak": "weak", "coordinators": "coordinator", "concord": "concord", "cues": "cue", "pseudo": "pseudo"}
    entries: dict[str, str] = {}
    for key, kind in kinds.items():
        entries.update(dict.fromkeys(table[key], kind))
    for word in table.get("with_particle", ()):
        entries[word] = "with-particle"
    for phrase in set(table["pseudo"]) & set(table["weak"]):
        entries[phrase] = "weak"
    return Negation(
        cues=Phrases(entries),
        not_in_questions=frozenset(table["not_in_questions"]),
        particles=frozenset(table.get("particles", ())),
        with_particle=frozenset(table.get("with_particle", ())),
    )
