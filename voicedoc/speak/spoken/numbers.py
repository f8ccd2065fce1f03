"""Numbers in words: which number a string of digits and separators is in a language, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from voicedoc.errors import Unspeakable
from voicedoc.speak.spoken.lexicon import Lexicon

NUMBER = r"(?:\d+(?:[.,]\d+|['’\u00a0\u202f]\d{3}(?!\d))*|(?<![\w.,])[.,]\d+)"
"""What looks like one number, of any convention. `.5` counts; a full stop at its end does not."""

SPACED = r"\d{1,3}(?: \d{3})+(?![\d.])(?:,\d+)?"
"""Groups of three with plain spaces: `10 000`."""

_LONG = 7
"""Digits. From here on an ungrouped whole number is an identifier, not a quantity, and is read digit by digit."""


@dataclass(frozen=True, slots=True)
class Number:
    """A non-negative decimal number as written: `fraction` keeps its trailing zeros."""

    whole: str
    fraction: str = ""
    grouped: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(f"{self.whole}.{self.fraction or 0}") if self.fraction else Decimal(self.whole)


@cache
def decimal_symbol(language: str) -> str:
    """CLDR's decimal sign, "." or ","."""
    from babel import Locale

    return str(Locale.parse(language).number_symbols["latn"]["decimal"])


def parse_number(written: str, lexicon: Lexicon) -> Number | None:
    """The number that `written` is; None where it is none, as in `1.2.3`.

    Where conventions collide ("1.000"), CLDR's for the language decides; where only one reading makes a number
    ("2,5" in English, "1.000.000"), that one does.
    """
    groups, signs = re.split(r"\D", written), re.findall(r"\D", written)
    if not signs:
        return Number(written)
    *before, last = signs
    thousands = _are_groups(groups)
    if before:
        if last in ".," and last not in before and len(set(before)) == 1 and _are_groups(groups[:-1]):
            return Number("".join(groups[:-1]), groups[-1], grouped=True)
        return Number("".join(groups), grouped=True) if len(set(signs)) == 1 and thousands else None
    if thousands and last != decimal_symbol(lexicon.language):
        return Number("".join(groups), grouped=True)
    return Number(groups[0] or "0", groups[1]) if last in ".," else None


def _are_groups(groups: list[str]) -> bool:
    """Thousands, or Indian lakhs and crores: `1,234,567`, `12,34,567`."""
    first, *middle, last = groups
    if not 1 <= len(first) <= 3 or first.startswith("0") or len(last) != 3:
        return False
    return all(len(group) == 3 for group in middle) or (len(first) < 3 and all(len(group) == 2 for group in middle))


def number_words(written: str, lexicon: Lexicon) -> str:
    """Any string of digits and separators in words; digit by digit where it is not one number."""
    number = parse_number(written, lexicon)
    if number is None:
        parts = (
            digit_words(p, lexicon) if p.isdigit() else lexicon.separators[p] for p in re.findall(r"\d+|[.,]", written)
        )
        return lexicon.joiner.join(parts)
    return words_of(number, lexicon)


def words_of(number: Number, lexicon: Lexicon) -> str:
    """A number in words, e.g. "two point five zero" for 2.50."""
    if number.fraction and lexicon.decimal_by_num2words:
        return _num2words(number.value, lexicon, "cardinal")
    spelled = (len(number.whole) > 1 and number.whole[0] == "0") or (len(number.whole) >= _LONG and not number.grouped)
    whole = digit_words(number.whole, lexicon) if spelled else cardinal(int(number.whole), lexicon)
    if not number.fraction:
        return whole
    return lexicon.joiner.join((whole, lexicon.decimal, digit_words(number.fraction, lexicon)))


def digit_words(digits: str, lexicon: Lexicon) -> str:
    """Each digit by itself."""
    return lexicon.joiner.join(cardinal(int(digit), lexicon) for digit in digits)


def cardinal(n: int, lexicon: Lexicon) -> str:
    """A whole number, not negative, in words."""
    if lexicon.small:
        return _indian(n, lexicon)
    if lexicon.digits:
        return _chinese(n, lexicon.digits) if not lexicon.num2words else _num2words(n, lexicon, "cardinal")
    return _num2words(n, lexicon, "cardinal")


def ordinal(n: int, lexicon: Lexicon, **options: str) -> str:
    """ "third" for 3."""
    return _num2words(n, lexicon, "ordinal", **options)


def year_words(year: int, lexicon: Lexicon) -> str:
    """A year as people say it: "nineteen eighty-five"."""
    if lexicon.language in ("en", "de"):
        return _num2words(year, lexicon, "year")
    return cardinal(year, lexicon)


def _num2words(value: int | Decimal, lexicon: Lexicon, to: str, **options: str) -> str:
    from num2words import num2words

    try:
        words = str(num2words(value, lang=lexicon.num2words, to=to, **options))
    except (NotImplementedError, OverflowError, ArithmeticError, IndexError, KeyError) as error:
        raise Unspeakable(
            f"no words for the number {value} in '{lexicon.language}'", remedy="read it on the screen"
        ) from error
    words = words.replace(",", "")
    for wrong, right in lexicon.corrections:
        words = words.replace(wrong, right)
    return words.replace(" and ", " ") if lexicon.language == "en" else words


def _indian(n: int, lexicon: Lexicon) -> str:
    """Numerals by hundreds, thousands, lakhs and crores."""
    if n < 100:
        return lexicon.small[n]
    scales = ((10**7, "crore"), (10**5, "lakh"), (1000, "thousand"), (100, "hundred"))
    size, name = next(scale for scale in scales if n >= scale[0])
    head = f"{_indian(n // size, lexicon)} {lexicon.indian[name]}"
    return f"{head} {_indian(n % size, lexicon)}" if n % size else head


def _chinese(n: int, digits: str) -> str:
    """Mandarin numerals by myriads.

    >>> _chinese(10205, "零一二三四五六七八九")
    '一万零二百零五'
    """
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if n >= size:
            rest = n % size
            gap = digits[0] if 0 < rest < size // 10 else ""
            return f"{_chinese(n // size, digits)}{name}{gap}{_chinese(rest, digits) if rest else ''}"
    words, pending = "", ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // size % 10
        if digit:
            words += pending + digits[digit] + name
        pending = digits[0] if words and not digit else ""
    words = words or digits[0]
    return words[1:] if words.startswith(digits[1] + "十") else words
