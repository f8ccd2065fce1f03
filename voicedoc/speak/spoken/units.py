"""Units in words, from CLDR through Babel; the lexicon fills in what CLDR or Babel lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from voicedoc.errors import Unspeakable
from voicedoc.speak.spoken.lexicon import Lexicon, lexicon_of, unit_symbols

UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
"""Kana and ideographs, for a character class: scripts without spaces, where a letter next to a digit means nothing."""

_LOST = re.compile(r"[a-z]+-[a-z]+|/")  # Babel prints a unit's identifier where it has lost the entry


@cache
def _symbols(language: str) -> Mapping[str, str]:
    """Every symbol of the language with its unit: as written where the case counts, else in lower case."""
    lexicon = lexicon_of(language)
    own = lexicon.unit_symbols if lexicon else {}
    return {**unit_symbols().any_case, **unit_symbols().exact_case, **own}


def _alternatives(symbols: Mapping[str, str]) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))


@cache
def unit_pattern(language: str) -> str:
    """A regular expression for a unit with its denominators: `mg`, `mg/kg/day`, `mg/dose`."""
    lexicon = lexicon_of(language)
    exact = {**unit_symbols().exact_case, **(lexicon.unit_symbols if lexicon else {})}
    one = rf"(?:(?i:{_alternatives(unit_symbols().any_case)})|{_alternatives(exact)})"
    end = rf"(?![^\W_{UNSPACED}]|[²³]|['’]\w)"  # "5 m" is metres; "5 mais" and "5 d'entre" are not
    return rf"(?!(?i:x)\s*\d){one}{end}(?:\s?/\s?(?:{one}|[^\W\d_]+){end})*"


def unit_of(symbol: str, lexicon: Lexicon) -> str | None:
    """The CLDR identifier of a symbol; None where it is a plain word."""
    symbols = _symbols(lexicon.language)
    return symbols.get(symbol) or unit_symbols().any_case.get(symbol.lower())


def quantity(words: str, value: Decimal, unit: str, lexicon: Lexicon) -> str:
    """A number in words with its unit, as in "two point five milligrams per kilogram".

    Raises:
        Unspeakable: If the language has no words for the unit.
    """
    whole = unit_of(unit.replace(" ", ""), lexicon)
    first, *denominators = [unit] if whole else re.split(r"\s?/\s?", unit)
    text = _counted(words, value, unit_of(first, lexicon) or unit_of(first.replace(" ", ""), lexicon) or first, lexicon)
    for denominator in denominators:
        text = _per(text, denominator, lexicon)
    return text


def unit_words(unit: str, value: Decimal, lexicon: Lexicon) -> str:
    """The unit's words alone, in the form that goes with `value`."""
    return re.sub(r"\s+", " ", quantity("", value, unit, lexicon)).strip()


def count(words: str, value: Decimal, unit: str, lexicon: Lexicon) -> str:
    """Like `quantity` for one CLDR identifier, e.g. "duration-hour"."""
    return _counted(words, value, unit, lexicon)


def _counted(words: str, value: Decimal, unit: str, lexicon: Lexicon) -> str:
    pattern = _pattern(value, unit, lexicon)
    noun = re.search(r"\{0\}\s*([^\W\d_]+)", pattern)
    return pattern.replace("{0}", lexicon.agreeing(words, noun[1]) if noun else words)


def _pattern(value: Decimal, unit: str, lexicon: Lexicon) -> str:
    """The unit's long name around "{0}", in the plural form for `value`."""
    if unit in lexicon.units:
        forms = lexicon.units[unit]
        return forms.get(_plural_form(value, lexicon), forms["other"])
    from babel.numbers import format_decimal
    from babel.units import UnknownUnitError, format_unit

    try:
        text = str(format_unit(value, unit, "long", locale=lexicon.language))
    except UnknownUnitError:
        text = unit
    pattern = re.sub(r"\s", " ", text.replace(str(format_decimal(value, locale=lexicon.language)), "{0}", 1))
    if "{0}" not in pattern or _LOST.search(pattern):
        raise Unspeakable(f"no words for the unit '{unit}' in '{lexicon.language}'", remedy="read it on the screen")
    return pattern


def _plural_form(value: Decimal, lexicon: Lexicon) -> str:
    from babel import Locale

    return str(Locale.parse(lexicon.language).plural_form(value))


def _per(text: str, denominator: str, lexicon: Lexicon) -> str:
    unit = unit_of(denominator, lexicon)
    name = _counted("", Decimal(1), unit, lexicon).strip() if unit else denominator
    if not lexicon.per:
        raise Unspeakable(f"no words for '/{denominator}' in '{lexicon.language}'", remedy="read it on the screen")
    return lexicon.per.format(text, name)
