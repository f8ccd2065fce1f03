"""Amounts in a text: read from any spelling, and written as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from voicedoc.phrases.lexicon import Lexicon, any_of, lexicon_of

_DIGITS = r"\d+(?:[.,]\d+)*(?:/\d+)?"
_BY_TEXT2NUM = frozenset({"de", "en", "es", "fr", "it", "pt"})
_BABEL_UNITS = {
    "milligram": "mass-milligram",
    "microgram": "mass-microgram",
    "gram": "mass-gram",
    "milliliter": "volume-milliliter",
    "hour": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, from `start` to `end`. `unit` is "" for a bare one, "time" for how often.

    `value` is None where it cannot be told, as with ranges ("1 or 2 tablets").
    """

    start: int
    end: int
    value: Decimal | None
    unit: str
    text: str

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for amounts that say the same; those that cannot be told equal those of the same words only."""
        return (self.text,) if self.value is None else (f"{self.value.normalize():f}", self.unit)


def in_digits(text: str, language: str) -> str:
    """`text`, normalised, with its larger number words in digits where text2num knows the language."""
    if lexicon_of(language).language not in _BY_TEXT2NUM or not text:
        return text
    from text_to_num import alpha2digit

    return str(alpha2digit(text, lexicon_of(language).language))


def amounts(text: str, language: str) -> list[Amount]:
    """Every amount of a normalised text, in order of place. Linear in the text's length."""
    lexicon = lexicon_of(language)
    found = (_amount(match, lexicon) for match in _pattern(lexicon.language).finditer(text))
    return [amount for amount in found if amount]


def written(value: Decimal, unit: str, language: str) -> str:
    """`value` with its unit in words, in the form that goes with it: "2.5 milligrams", "2 comprimidos".

    Raises:
        KeyError: If the language has no words for the unit: a gap in its lexicon.
    """
    lexicon = lexicon_of(language)
    forms = lexicon.forms.get(unit, {})
    if value == Decimal("0.5") and "half" in forms:
        return forms["half"]
    pattern = forms.get(f"{value.normalize():f}") or forms.get(_plural(value, lexicon)) or forms.get("other")
    return (pattern or _babel_form(value, unit, lexicon)).replace("{0}", _number(value, lexicon))


def _babel_form(value: Decimal, unit: str, lexicon: Lexicon) -> str:
    from babel.units import format_unit

    text = str(format_unit(float(value), _BABEL_UNITS[unit], "long", locale=lexicon.language))
    if _BABEL_UNITS[unit] in text:  # Babel prints the identifier where it lacks the entry
        raise KeyError(f"no words for {unit} in {lexicon.language}")
    return re.sub(r"\s", " ", re.sub(r"\d[\d.,\s]*(?=\D)", "{0} ", text, count=1)).replace("  ", " ")


def _plural(value: Decimal, lexicon: Lexicon) -> str:
    from babel import Locale

    return str(Locale.parse(lexicon.language).plural_form(value))


def _number(value: Decimal, lexicon: Lexicon) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=lexicon.language, group_separator=False, decimal_quantization=False))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Ranges, amounts with a unit, halves, words for how often, words that are an amount, bare numbers: tried so."""
    lexicon = lexicon_of(language)
    number = _number_pattern(lexicon)
    unit = rf"(?:{any_of(lexicon.words)}){_after(lexicon)}"
    halves = any_of(lexicon.halves)
    return re.compile(
        rf"(?P<range>{number}\s*(?:-|{_before(lexicon)}(?:{any_of(lexicon.ranges)}){_after(lexicon)})\s*{number}(?:\s*{unit})?)"
        rf"|(?:(?P<same>{number})\s+(?:{any_of(lexicon.repeats)})\s+(?P=same)|(?P<n>{number}))[\s-]*(?P<unit>{unit})"
        rf"|{_before(lexicon)}(?P<half>{halves})[\s-]*(?P<of>{unit})"
        rf"|{lexicon.whole(rf'(?P<often>{any_of(lexicon.times)})')}"
        rf"|{lexicon.whole(rf'(?P<counted>{any_of(lexicon.counted)})')}"
        rf"|(?P<bare>{number})"
        rf"|(?P<loose>{lexicon.whole(halves)})"
    )


def _number_pattern(lexicon: Lexicon) -> str:
    """Digits or words, with "and a half", or with a fraction: "2", "two and a half", "1 1/2"."""
    if lexicon.spaced:
        digits = rf"(?<![\w.,]){_DIGITS}"
        words = rf"{_before(lexicon)}(?:{any_of(lexicon.numbers)}){_after(lexicon)}"
        half = rf"(?:\s+(?:{any_of(lexicon.and_half)}){_after(lexicon)})"
    else:
        digits = rf"(?<![\d.,A-Za-z]){_DIGITS}"
        words = "[零一二两三四五六七八九十百千]+"
        half = rf"(?:{any_of(lexicon.and_half)})"
    return rf"(?:{digits}\s+\d/\d|(?:{digits}|{words}){half}?)"


def _before(lexicon: Lexicon) -> str:
    return lexicon.whole("").partition("(?:")[0]


def _after(lexicon: Lexicon) -> str:
    return lexicon.whole("").partition("(?:)")[2]


def _amount(match: re.Match[str], lexicon: Lexicon) -> Amount | None:
    text = match.group()
    found = match.groupdict()
    number = found["n"] or found["same"]
    if number:
        return _at(match, _value(number, lexicon), lexicon.words[found["unit"]])
    if found["half"]:
        return _at(match, Decimal("0.5"), lexicon.words[found["of"]])
    if found["often"]:
        return _at(match, lexicon.times[text], "time")
    if found["counted"]:
        unit, n = lexicon.counted[text]
        return _at(match, Decimal(n), unit)
    if found["range"]:
        return _at(match, None, "")
    if text in lexicon.articles or (lexicon.only_measured and not text[0].isdigit()):
        return None
    return _at(match, Decimal("0.5") if found["loose"] else _value(text, lexicon), "")


def _at(match: re.Match[str], value: Decimal | None, unit: str) -> Amount:
    return Amount(match.start(), match.end(), value, unit, match.group())


def _value(text: str, lexicon: Lexicon) -> Decimal | None:
    """What a number says; None where that cannot be told."""
    half = next((words for words in lexicon.and_half if text.endswith(words)), "")
    whole = text.removesuffix(half).strip()
    parts = [_digits(part, lexicon) if part[0].isdigit() else lexicon.numbers.get(part) for part in _parts(whole)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return sum(known, Decimal("0.5") if half else Decimal(0))


def _parts(text: str) -> Iterator[str]:
    """ "1 1/2" are two; words that make one number stay together."""
    yield from text.split() if text[0].isdigit() else [text]


def _digits(text: str, lexicon: Lexicon) -> Decimal | None:
    if "/" in text:
        above, _, below = text.partition("/")
        is_fraction = above.isdigit() and below.isdigit() and 0 < int(above) < int(below) <= 8
        return round(Decimal(above) / Decimal(below), 3) if is_fraction else None
    from babel.numbers import get_group_symbol

    group = str(get_group_symbol(lexicon.language))
    head, *groups = text.split(group)
    if (
        groups
        and 1 <= len(head) <= 3
        and head != "0"
        and all(len(part.split(",")[0].split(".")[0]) == 3 for part in groups)
    ):
        text = text.replace(group, "")
    plain = text.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None
