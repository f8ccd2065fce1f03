"""The words of one language that the guard knows, read from `lexicons/<language>.toml` and Unicode CLDR."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.tokens import folded
from voicedoc.guard.units import UNITS

CATEGORIES = (
    "number",
    "dose",
    "frequency",
    "timing",
    "duration",
    "date",
    "time",
    "drug",
    "allergy",
    "negation",
    "laterality",
    "body",
    "symptom",
    "severity",
    "modality",
    "family",
    "pregnancy",
)
"""What the guard looks for, in the order of its reports."""

_FOLDER = Path(__file__).parent / "lexicons"

LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""What the guard supports; a regional tag ("pt-BR") counts as its language."""

_UNTIL = 4
"""Words at most between "пока" and its "не": what denies in between is another matter."""

_CHINESE_NOT = "不"

_PRIVATIVE = ("breathlessness", "insomnia", "appetite-loss", "blurred-vision", "numbness", "weakness", "fainting")
"""Symptoms that are a lack of something: one language says so with a noun, the next with "not" or "without"."""

_LOCALES = {"en": ("en", "en_GB"), "es": ("es", "es_MX"), "pt": ("pt", "pt_PT")}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language writes numbers. With `words` they are read from here, otherwise by text2num."""

    decimal: str
    group: str
    words: dict[str, int]
    join: frozenset[str]
    decimal_words: frozenset[str]
    respelled: dict[str, str]
    scales: dict[str, int]
    occasions: frozenset[str]
    half: frozenset[str]
    half_before: frozenset[str]
    half_not_after: frozenset[str]
    half_suffix: str
    times: dict[str, str]
    vague: frozenset[str]
    ordinal_suffixes: frozenset[str]
    ambiguous: frozenset[str]
    repeat: frozenset[str]
    fillers: frozenset[str]
    articles: frozenset[str]
    age_cues: frozenset[str]
    after_unit: bool
    fractions: Phrases
    tenths: frozenset[str]
    duals: tuple[str, ...]
    fortnight: int
    loosely: Phrases
    teens: frozenset[str]
    shifts: dict[str, Decimal]
    not_numbers: Phrases
    decimal_places: dict[str, int]


@dataclass(frozen=True, slots=True)
class Negation:
    """How a language denies. `cues` maps each phrase to its kind: cue, concord, coordinator, …

    What is denied stands "after" the cue, "before" it, or anywhere in its "clause". `but` ends a denial's scope, `and`
    makes it uncertain, `or` carries it over a comma. `without` are cues that do not deny the whole of a "clause".
    `during` stands before circumstances, which are not denied, and `during_after` after them.
    """

    cues: Phrases
    not_in_questions: frozenset[str]
    particles: frozenset[str]
    with_particle: frozenset[str]
    scope: str
    but: frozenset[str]
    and_words: frozenset[str]
    or_words: frozenset[str]
    without: frozenset[str]
    during: frozenset[str]
    during_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frequency:
    """Grammar words of frequencies: "every" 8 hours, 3 "times" "a" day."""

    every: Phrases
    per: Phrases
    times: Phrases
    values: Phrases
    after_period: Phrases
    between: frozenset[str]
    bare_period: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """Words around times of day and dates. With `half_days` an hour without "am" or "pm" may be either.

    `before_hour` and `quarters` map what is said before and after the hour to minutes ("half past": "30"). Minutes are
    said before the hour with `past`, `to` or, in front of them, `less`, and after it with `plus` or `minus`. `named`
    maps "midnight" to its hour, `months` names to "1" to "12", `weekdays` to "monday", …"""

    am: Phrases
    pm: Phrases
    hour: Phrases
    at: Phrases
    near: Phrases
    past: Phrases
    to: Phrases
    less: Phrases
    plus: Phrases
    minus: Phrases
    before_hour: Phrases
    named: Phrases
    months: Phrases
    weekdays: Phrases
    between: frozenset[str]
    half_days: bool
    night: Phrases
    noon: Phrases
    and_half: Phrases
    later: frozenset[str]
    ordinals: Phrases
    quarters: Phrases
    half_day_first: bool
    day_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the guard knows of one language. Values of `concepts` are "category concept"."""

    language: str
    supports: frozenset[str]
    numbers: Numbers
    units: Phrases
    negation: Negation
    frequency: Frequency
    clock: Clock
    concepts: Phrases
    prefixes: tuple[str, ...]
    joined: dict[str, str]
    compounds: tuple[str, ...]
    spaceless: bool


def supported(language: str) -> bool:
    """Whether the guard can read `language`, a BCP 47 tag."""
    return primary(language) in LANGUAGES


def support(language: str) -> dict[str, bool]:
    """Which categories are checked in a language; none where the guard does not know it."""
    claimed = lexicon_of(language).supports if supported(language) else frozenset()
    return {category: category in claimed for category in CATEGORIES}


def unchecked(source: str, target: str) -> tuple[str, ...]:
    """The categories that are not compared between two languages, because one of them does not support them."""
    one, other = support(source), support(target)
    return tuple(category for category in CATEGORIES if not (one[category] and other[category]))


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
    prefixes = tuple(table.get("prefixes", ()))
    return Lexicon(
        language,
        frozenset(table["supports"]),
        _numbers(table["numbers"], prefixes),
        Phrases(_units(language, table["units"]), prefixes),
        _negation(table["negation"], table["concepts"], prefixes),
        _frequency(table["frequency"], prefixes),
        _clock(language, table["clock"], prefixes),
        Phrases(_concepts(table["concepts"]), prefixes),
        prefixes,
        {folded(word): parts for word, parts in table.get("joined", {}).items()},
        tuple(table.get("compounds", ())),
        table.get("spaceless", False),
    )


def _numbers(table: dict[str, Any], prefixes: Iterable[str]) -> Numbers:
    times = {word: f"{value:g}" for word, value in table["times"].items()}
    return Numbers(
        decimal=table["decimal"],
        group=table["group"],
        words=_spelled(table.get("words", {})),
        join=frozenset(table.get("join", ())),
        decimal_words=frozenset(table["decimal_words"]),
        respelled=table["respelled"],
        scales=_spelled(table["scales"]) if "words" in table else table["scales"],
        occasions=frozenset(table["occasions"]),
        half=frozenset(table["half"]),
        half_before=frozenset(table["half_before"]),
        half_not_after=frozenset(table["half_not_after"]),
        half_suffix=table.get("half_suffix", ""),
        times=times | dict.fromkeys(table["one_and_half"], "1.5"),
        vague=frozenset(table["vague"]),
        ordinal_suffixes=frozenset(table["ordinal_suffixes"]),
        ambiguous=frozenset(table["ambiguous"]),
        repeat=frozenset(table["repeat"]),
        fillers=frozenset(table["fillers"]),
        articles=frozenset(table.get("articles", ())),
        age_cues=frozenset(table["age_cues"]),
        after_unit=table.get("after_unit", False),
        fractions=Phrases(_inverted(table.get("fractions", {})), prefixes),
        tenths=frozenset(table.get("tenths", ())),
        duals=tuple(table.get("duals", ())),
        fortnight=table.get("fortnight", 14),
        loosely=Phrases((phrase, str(value)) for phrase, value in table["loosely"].items()),
        teens=frozenset(table.get("teens", ())),
        shifts={word: Decimal(str(value)) for word, value in table.get("shifts", {}).items()},
        not_numbers=Phrases((phrase, "") for phrase in table.get("not_numbers", ())),
        decimal_places=table.get("decimal_places", {}),
    )


def _spelled(words: dict[str, int]) -> dict[str, int]:
    """Number words also as tokens have them in `plain`."""
    return {folded(word): value for word, value in words.items()} | words


def _units(language: str, table: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    listed = {surface for surfaces in table.values() for surface in surfaces}
    for unit in UNITS.values():
        if unit.cldr:
            yield from ((name, unit.name) for name in _cldr_names(language, unit.cldr) if name not in listed)
    yield from _inverted(table)


def _cldr_names(language: str, identifier: str) -> set[str]:
    """The unit's names in CLDR, singular and plural, long and short; not one-letter ones, which are words too ("a")."""
    from babel.units import format_unit

    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    ways = product(_LOCALES.get(language, (language,)), lengths, (1, 2, 3, 5, 11))
    names = (
        format_unit(count, identifier, length, locale=locale, numbering_system="latn").replace(str(count), "")
        for locale, length, count in ways
    )
    return {name for name in (name.strip(" .\u00a0\u202f\u200f\u200e") for name in names) if len(name) > 1}


def _inverted(table: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((surface, value) for value, surfaces in table.items() for surface in surfaces)


def _negation(table: dict[str, Any], concepts: dict[str, dict[str, list[str]]], prefixes: Iterable[str]) -> Negation:
    kinds = {"weak": "weak", "coordinators": "coordinator", "concord": "concord", "cues": "cue", "pseudo": "pseudo"}
    entries: dict[str, str] = dict.fromkeys(table.get("agreeing", ()), "agreeing")
    for key, kind in kinds.items():
        entries.update(dict.fromkeys(table[key], kind))
    for word in table.get("with_particle", ()):
        entries[word] = "with-particle"
    for phrase in set(table["pseudo"]) & set(table["weak"]):
        entries[phrase] = "weak"
    for form in (form for value in ("stop", "avoid") for form in concepts["modality"][value]):
        if not any(word in table["cues"] for word in form.split()) and not form.startswith(_CHINESE_NOT):
            entries.setdefault(form.rstrip("~"), "weak")
    for form in (form for value in _PRIVATIVE for form in concepts["symptom"][value]):
        entries[form.rstrip("~")] = "privative"
    return Negation(
        cues=Phrases(entries.items(), prefixes, gap=_UNTIL),
        not_in_questions=frozenset(table["not_in_questions"]),
        particles=frozenset(table.get("particles", ())),
        with_particle=frozenset(table.get("with_particle", ())),
        scope=table["scope"],
        but=frozenset(table["but"]),
        and_words=frozenset(table.get("and", ())),
        or_words=frozenset(table["or"]),
        without=frozenset(table.get("without", ())),
        during=frozenset(table.get("during", ())),
        during_after=frozenset(table.get("during_after", ())),
    )


def _frequency(table: dict[str, Any], prefixes: Iterable[str]) -> Frequency:
    words = {key: Phrases(((form, key) for form in table[key]), prefixes) for key in ("every", "per", "times")}
    return Frequency(
        **words,
        values=Phrases(_inverted(table["values"]), prefixes),
        after_period=Phrases((form, "") for form in table.get("after_period", ())),
        between=frozenset(table.get("between", ())),
        bare_period=table.get("bare_period", False),
    )


def _clock(language: str, table: dict[str, Any], prefixes: Iterable[str]) -> Clock:
    keys = ("am", "pm", "hour", "at", "near", "past", "to", "less", "plus", "minus", "night", "noon", "and_half")
    words = {key: Phrases(((form, key) for form in table.get(key, ())), prefixes) for key in keys}
    skipped = set(table.get("not_months", ()))
    return Clock(
        **words,
        months=Phrases(_calendar_names(language, "months", skipped, table.get("months", {})), prefixes),
        weekdays=Phrases(_calendar_names(language, "days", skipped, table.get("weekdays", {})), prefixes),
        between=frozenset(table.get("between", ())),
        half_days=table.get("half_days", False),
        later=frozenset(table.get("later", ())),
        ordinals=Phrases(_inverted(table.get("ordinals", {})), prefixes),
        quarters=Phrases(_inverted(table.get("quarters", {})), prefixes),
        before_hour=Phrases(_inverted(table.get("before_hour", {})), prefixes),
        named=Phrases(_inverted(table.get("named", {})), prefixes),
        half_day_first=table.get("half_day_first", False),
        day_words=frozenset(table.get("day_words", ())),
    )


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _calendar_names(
    language: str, what: Literal["months", "days"], skipped: set[str], listed: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """The names of months or weekdays in CLDR, in full, as in a date and alone; and those that the lexicon adds."""
    from babel import Locale

    names = getattr(Locale.parse(language), what)
    for context in ("format", "stand-alone"):
        for number, name in names[context]["wide"].items():
            if name.lower() not in skipped:
                yield name, str(number) if what == "months" else _WEEKDAYS[number]
    yield from _inverted(listed)


def _concepts(table: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for category, concepts in table.items():
        yield from ((form, f"{category} {concept}") for form, concept in _inverted(concepts))
