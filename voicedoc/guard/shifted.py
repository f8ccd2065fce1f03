"""Numbers that are said by a distance or as a part: "साढ़े तीन" is three and a half, "四分之三" three of four parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.tokens import Token
from voicedoc.guard.words import NumberSpan, WordSpan, plain, whole_numbers

_PARTS = ("分", "之")
_MOST_PARTS = 12


def find_shifted(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """Every number with a word such as "साढ़े" or "डेढ़", and every Chinese fraction. `taken` are the tokens of units."""
    if not lexicon.numbers.shifts and not _has_parts(tokens):
        return
    spans = list(whole_numbers(tokens, lexicon, without=taken, stopwords=lexicon.numbers.shifts.keys()))
    first = {span.first: span for span in [*spans, *_written(tokens)]}
    last = {span.stop: span for span in [*spans, *_written(tokens)]}
    for at, token in enumerate(tokens):
        shift = lexicon.numbers.shifts.get(token.text, lexicon.numbers.shifts.get(token.plain))
        if shift is not None:
            yield _shifted(tokens, at, shift, first.get(at + 1), lexicon)
        elif token.text == _PARTS[0] and at + 1 < len(tokens) and tokens[at + 1].text == _PARTS[1]:
            below, above = last.get(at), first.get(at + 2)
            if below and above and 0 < above.value < below.value <= _MOST_PARTS:
                value = plain(round(above.value / below.value, 3))
                yield NumberSpan(below.first, above.stop, value, lenient=above.stop not in taken)
                yield NumberSpan(below.first, below.stop, plain(below.value), is_ordinal=True)  # "one in five"


def _shifted(tokens: list[Token], at: int, shift: Decimal, whole: WordSpan | None, lexicon: Lexicon) -> NumberSpan:
    """ "साढ़े तीन" 3.5, "साढ़े तीन सौ" 350, "डेढ़" 1.5, "डेढ़ सौ" 150, "पौने दो सौ" 175, "सवा सौ" 125."""
    scale = Decimal(_scale(tokens, whole, lexicon))
    if whole is None:
        return NumberSpan(at, at + 1, plain(1 + shift if shift < 1 else shift))
    if shift > 1:
        is_scaled = whole.stop == whole.first + 1 and scale > 1
        return NumberSpan(at, whole.stop, plain(shift * scale)) if is_scaled else NumberSpan(at, at + 1, plain(shift))
    return NumberSpan(at, whole.stop, plain(whole.value + shift * scale))


def _scale(tokens: list[Token], whole: WordSpan | None, lexicon: Lexicon) -> int:
    """The hundred of "साढ़े तीन सौ"; one where there is none."""
    return lexicon.numbers.scales.get(tokens[whole.stop - 1].text, 1) if whole else 1


def _has_parts(tokens: list[Token]) -> bool:
    return any(token.text == _PARTS[0] for token in tokens)


def _written(tokens: list[Token]) -> Iterator[WordSpan]:
    for at, token in enumerate(tokens):
        if token.kind == "digits" and token.text.isdecimal():
            yield WordSpan(at, at + 1, Decimal(token.text), token.text)
