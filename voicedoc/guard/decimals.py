"""Decimals with their separator as a word: "two point five", "zero vírgula dois cinco", "2 point 5"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from voicedoc.guard.lexicon import Lexicon, Numbers
from voicedoc.guard.tokens import Token
from voicedoc.guard.words import NumberSpan, WordSpan, plain, whole_numbers

_TENTHS = frozenset("123456789")
_LOWEST, _HIGHEST = 34, 43
"""Degrees Celsius of people."""


def find_decimals(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """Every decimal with a word between its whole number and its decimals. `taken` are the tokens of units.

    The decimals may be said digit by digit ("two five"), as one number ("vingt-cinq") or written ("25").
    """
    numbers = lexicon.numbers
    yield from _temperatures(tokens, taken, lexicon)
    separators = [at for at, token in enumerate(tokens) if token.text in numbers.decimal_words]
    if not separators:
        return
    stopwords = numbers.decimal_words | numbers.scales.keys()
    wholes = list(whole_numbers(tokens, lexicon, without=taken, stopwords=numbers.decimal_words))
    pieces = list(whole_numbers(tokens, lexicon, without=taken, stopwords=stopwords))
    before = {span.stop: span for span in [*wholes, *_written(tokens)]}
    after = {span.first: span for span in [*pieces, *_written(tokens)]}
    done = 0
    for at in separators:
        whole, fraction = before.get(at), _fraction(tokens, at + 1, after, numbers)
        if fraction and _is_clock(tokens, at, fraction.stop):
            continue
        if whole and whole.digits.isdecimal() and whole.first >= done and fraction:
            n_places = numbers.decimal_places.get(tokens[fraction.stop].text, 0) if fraction.stop < len(tokens) else 0
            value = Decimal(f"{whole.digits}.{fraction.digits.zfill(n_places)}")
            span = _scaled(tokens, whole.first, fraction.stop + (n_places > 0), value, numbers)
            done = span.stop
            yield span


def _temperatures(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """Italian "39 e 2" and Chinese 39度2 are 39.2. In words only in Chinese: "quarenta e dois" is 42."""
    separators = [at for at, token in enumerate(tokens) if token.text in lexicon.numbers.tenths]
    if not separators:
        return
    spans = list(_written(tokens))
    if lexicon.spaceless:
        spans += whole_numbers(tokens, lexicon, without=taken, stopwords=lexicon.numbers.tenths)
    before, after = {span.stop: span for span in spans}, {span.first: span for span in spans}
    for at in separators:
        whole, tenth = before.get(at), after.get(at + 1)
        if whole and tenth and tenth.stop not in taken and _is_temperature(whole.digits, tenth.digits):
            yield NumberSpan(whole.first, tenth.stop, f"{whole.digits}.{tenth.digits}")


def _is_temperature(whole: str, tenth: str) -> bool:
    return len(whole) == 2 and whole.isdecimal() and _LOWEST <= int(whole) <= _HIGHEST and tenth in _TENTHS


def _is_clock(tokens: list[Token], at: int, stop: int) -> bool:
    """Chinese "8点30" and 八点三十分 are times of day."""
    follows = stop < len(tokens) and tokens[stop].text in {"十", "分", "刻"}
    return tokens[at].text in {"点", "點"} and (tokens[at - 1].kind == "digits" or follows)


def _written(tokens: list[Token]) -> Iterator[WordSpan]:
    for at, token in enumerate(tokens):
        if token.kind == "digits" and token.text.isdecimal():
            yield WordSpan(at, at + 1, Decimal(token.text), token.text)


def _fraction(tokens: list[Token], first: int, spans: dict[int, WordSpan], numbers: Numbers) -> WordSpan | None:
    """The decimals that begin at `first`: one number, or as many single digits as follow each other."""
    span = spans.get(first)
    if span is None or not span.digits.isdecimal():
        return None
    digits, stop = span.digits, span.stop
    while len(digits) == stop - first and (following := _next_digits(tokens, stop, spans, numbers)):
        digits, stop = digits + following.digits, following.stop
    return WordSpan(first, stop, Decimal(digits), digits)


def _next_digits(tokens: list[Token], at: int, spans: dict[int, WordSpan], numbers: Numbers) -> WordSpan | None:
    """Single digits at `at`. "Zero point five two times a day" is 0.5, twice."""
    span = spans.get(at)
    if span is None or not span.digits.isdecimal() or len(span.digits) != span.stop - span.first:
        return None
    counts = span.stop < len(tokens) and tokens[span.stop].text in numbers.occasions
    return None if counts else span


def _scaled(tokens: list[Token], first: int, stop: int, value: Decimal, numbers: Numbers) -> NumberSpan:
    """ "Two point five million" is one number."""
    scale = numbers.scales.get(tokens[stop].text) if stop < len(tokens) else None
    return NumberSpan(first, stop + 1, plain(value * scale)) if scale else NumberSpan(first, stop, plain(value))
