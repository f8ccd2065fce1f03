"""What a language needs for reading numbers and symbols: a TOML file in `lexicons/`, the rest from CLDR."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from voicedoc.speak.letters import subtag_of

_FOLDER = Path(__file__).with_name("lexicons")
_COMMON = "units.toml"


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The words of one language. Templates name what they take in braces: `a` and `b` are numbers in words.

    `agree` holds rewriting rules (pattern, replacement) for a number before a noun, by gender; `feminine` recognises
    feminine nouns (in English, those that want "an"). `ordinal_forms` are (pattern of the mark, pattern, replacement).
    """

    language: str
    decimal: str
    separators: Mapping[str, str]
    minus: str
    range: str
    over: str
    out_of: str
    ratio: str
    clock: str
    clock_full: str
    date: str
    date_no_year: str
    half: Mapping[str, str]
    mixed: Mapping[str, str]
    fractions: Mapping[str, list[str]]
    symbols: Mapping[str, str]
    units: Mapping[str, Mapping[str, str]]
    num2words: str = ""
    corrections: tuple[list[str], ...] = ()
    decimal_by_num2words: bool = False
    small: tuple[str, ...] = ()
    indian: Mapping[str, str] = field(default_factory=dict)
    digits: str = ""
    joiner: str = " "
    every: str = ""
    per: str = ""
    clock_zero: str = ""
    clock_noun: str = ""
    first_day: str = ""
    month_day: bool = False
    spaced_groups: bool = False
    ordinal: str = ""
    ordinal_suffix: str = ""
    ordinal_forms: tuple[list[str], ...] = ()
    year_cues: str = ""
    call_cues: str = ""
    not_nouns: tuple[str, ...] = ()
    feminine: str = "(?!)"
    agree: Mapping[str, list[list[str]]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    unit_symbols: Mapping[str, str] = field(default_factory=dict)

    def gender(self, noun: str) -> str:
        """ "masculine" or "feminine" for a noun that a number stands before; "" where there is none."""
        if not noun or noun.lower() in self.not_nouns:
            return ""
        return "feminine" if re.match(self.feminine, noun) else "masculine"

    def agreeing(self, words: str, noun: str) -> str:
        """A number in words, in the form that it has before `noun`."""
        for pattern, replacement in self.agree.get(self.gender(noun), ()):
            if (changed := re.sub(pattern, replacement, words)) != words:
                return changed
        return words


@dataclass(frozen=True)
class UnitSymbols:
    """How units are written: symbol → CLDR identifier. `alone` are expanded without a number, too."""

    any_case: Mapping[str, str]
    exact_case: Mapping[str, str]
    alone: frozenset[str]


@cache
def languages() -> frozenset[str]:
    """The language subtags whose numbers can be read out."""
    return frozenset(path.stem for path in _FOLDER.glob("*.toml") if path.name != _COMMON)


@cache
def lexicon_of(language: str) -> Lexicon | None:
    """The lexicon for a BCP 47 tag; None where there is none."""
    subtag = subtag_of(language)
    if subtag not in languages():
        return None
    table = tomllib.loads((_FOLDER / f"{subtag}.toml").read_text("utf-8"))
    for name in ("small", "not_nouns", "ordinal_forms", "corrections"):
        table[name] = tuple(table.get(name, ()))
    return Lexicon(language=subtag, **table)


@cache
def unit_symbols() -> UnitSymbols:
    """The symbols that every language shares."""
    table = tomllib.loads((_FOLDER / _COMMON).read_text("utf-8"))
    return UnitSymbols(table["any_case"], table["exact_case"], frozenset(table["alone"]["symbols"]))
