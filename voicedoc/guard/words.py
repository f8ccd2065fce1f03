"""The number words of a text, as text2num reads them, and the places of numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from voicedoc.guard.counting import counted
from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.tokens import Token


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """Tokens `first` to `stop` say `value`. A `lenient` one may match on the other side but is not missed.

    An ordinal ("sixth") is no number, but may be said as one.
    """

    first: int
    stop: int
    value: str
    lenient: bool = False
    is_ordinal: bool = False


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Tokens `first` to `stop` are number words. `digits` keeps leading zeros ("05"); an ordinal has none."""

    first: int
    stop: int
    value: Decimal
    digits: str


class _Word:
    """A token as text2num wants it."""

    __slots__ = ("_not_number", "_text")

    def __init__(self, text: str, not_number: bool) -> None:
        self._text, self._not_number = text, not_number

    def text(self) -> str:
        return self._text

    def nt_separated(self, _previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self._not_number


def plain(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros: "2.5", "1800000000"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_numbers(
    tokens: list[Token], lexicon: Lexicon, *, without: Collection[int], stopwords: Collection[str]
) -> Iterator[WordSpan]:
    """The whole numbers in words, in order. Tokens `without` (places) and `stopwords` end a number.

    The words of decimals are stop words: text2num joins only some languages' decimals, and only their first digit.
    """
    if lexicon.numbers.words:
        for first, stop, value in counted(tokens, lexicon, without=without, stopwords=stopwords):
            yield WordSpan(first, stop, Decimal(value), str(value))
        return
    import text_to_num

    words = [
        _Word(
            # Of marks text2num needs nothing, and a lone surrogate would be the end of it.
            _respelled(token.text, lexicon.numbers.respelled) if token.kind == "word" else ",",
            at in without or token.kind != "word" or token.text in stopwords,
        )
        for at, token in enumerate(tokens)
    ]
    for found in text_to_num.find_numbers(words, lexicon.language, threshold=0):
        digits = "" if found.is_ordinal else found.text
        yield WordSpan(found.start, found.end, Decimal(str(found.value)), digits)


def _respelled(word: str, parts: dict[str, str]) -> str:
    for part, right in parts.items():
        word = word.replace(part, right)
    return word
