"""Signs that are numbers: a temperature, a blood sugar, a blood pressure, a baby's age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from voicedoc.converse.signs.lexicon import Measures, SignLexicon
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.speech import Critical
from voicedoc.guard.extract import extract
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.tokens import Token

_NEAR = 30
"""Characters at most between a number and what it measures; a third of it in Chinese, which has no spaces."""

_CELSIUS = (Decimal("30"), Decimal("43.5"))
_FAHRENHEIT = (Decimal("86"), Decimal("110"))
_HIGH_CELSIUS, _FEVER_CELSIUS = Decimal("38.5"), Decimal("38")
_HIGH_FAHRENHEIT, _FEVER_FAHRENHEIT = Decimal("101.3"), Decimal("100.4")

_LEAST_MG, _LOW_MG, _HIGH_MG = Decimal(36), Decimal(70), Decimal(270)
_LOW_MMOL, _HIGH_MMOL = Decimal("3.9"), Decimal(15)
_LEAST_SUGAR, _MOST_SUGAR = Decimal(1), Decimal(1500)

_SYSTOLIC, _DIASTOLIC = (Decimal(180), Decimal(310)), (Decimal(120), Decimal(200))
_SYSTOLIC_CM, _DIASTOLIC_CM = (Decimal(18), Decimal(31)), (Decimal(4), Decimal(20))

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_INFANT_DAYS = 90
_CHILD_DAYS = 16 * 365

_MANY_TABLETS = (Decimal(10), Decimal(200))
"""So many at once: more than a day's dose of paracetamol, which is eight tablets (NHS: Paracetamol for adults)."""


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    start: int
    end: int
    unit: str = ""


def measured(text: str, tokens: list[Token], language: str, lexicon: SignLexicon) -> Iterator[Sign]:
    """The signs that numbers of `text` are: "fever-high", "sugar-low", "infant-under-3-months", …"""
    items = extract(text, language)
    numbers = list(_numbers(items))
    near = _NEAR // 3 if lexicon.guard.spaceless else _NEAR
    words = lexicon.measures
    yield from _fevers(text, numbers, _spots(tokens, words.fever), near)
    yield from _sugars(text, numbers, _spots(tokens, words.sugar), near)
    yield from _pressures(text, tokens, numbers, lexicon, near)
    yield from _ages(text, tokens, items, words, near)
    yield from _overdoses(text, tokens, numbers, lexicon, near)


def _numbers(items: Iterable[Critical]) -> Iterator[_Number]:
    """The numbers outside of durations and dates; "39 and a half" and "39 5" are one number."""
    kept: list[_Number] = []
    timed = [(one.start, one.end) for one in items if one.kind in {"duration", "date", "time", "frequency"}]
    units = {one.start: one.value.rpartition(" ")[2] for one in items if one.kind == "dose"}
    for one in items:
        if one.kind == "number" and not any(start <= one.start < end for start, end in timed):
            number = _Number(Decimal(one.value), one.start, one.end, units.get(one.start, ""))
            if kept and number.start - kept[-1].end <= 7 and (joined := _with_tenths(kept[-1], number)):
                kept[-1] = joined
            else:
                kept.append(number)
    yield from kept


def _with_tenths(whole: _Number, part: _Number) -> _Number | None:
    if whole.value != int(whole.value) or not _CELSIUS[0] < whole.value < _FAHRENHEIT[1]:
        return None
    if part.value == Decimal("0.5"):
        return _Number(whole.value + part.value, whole.start, part.end, part.unit)
    if part.value == int(part.value) and 0 < part.value < 10 and part.start - whole.end <= 3:
        return _Number(whole.value + part.value / 10, whole.start, part.end, part.unit)
    return None


def _spots(tokens: list[Token], phrases: Phrases) -> list[tuple[int, int]]:
    matches = (phrases.at(tokens, at) for at in range(len(tokens)))
    return [(tokens[match.first].start, tokens[match.stop - 1].end) for match in matches if match]


def _is_near(number: _Number, spots: list[tuple[int, int]], near: int) -> bool:
    return any(start - near <= number.end and number.start <= end + near for start, end in spots)


def _sign(name: str, text: str, start: int, end: int, *, present: bool = True) -> Sign:
    return Sign(name, present, text[start:end], start, end)


def _fevers(text: str, numbers: list[_Number], spots: list[tuple[int, int]], near: int) -> Iterator[Sign]:
    for number in numbers:
        measured = number.unit in {"celsius", "fahrenheit"}
        if not measured and (number.unit or not _is_near(number, spots, near)):
            continue
        celsius = _CELSIUS[0] < number.value < _CELSIUS[1] and number.unit != "fahrenheit"
        fahrenheit = _FAHRENHEIT[0] < number.value < _FAHRENHEIT[1]
        if not (celsius or fahrenheit):
            continue
        high, some = (_HIGH_CELSIUS, _FEVER_CELSIUS) if celsius else (_HIGH_FAHRENHEIT, _FEVER_FAHRENHEIT)
        if number.value >= some:
            yield _sign("fever", text, number.start, number.end)
        yield _sign("fever-high", text, number.start, number.end, present=number.value >= high)


def _sugars(text: str, numbers: list[_Number], spots: list[tuple[int, int]], near: int) -> Iterator[Sign]:
    for number in numbers:
        if number.unit not in {"", "milligram", "millimole"} or not _is_near(number, spots, near):
            continue
        if not _LEAST_SUGAR <= number.value <= _MOST_SUGAR:
            continue
        milligrams = number.unit == "milligram" or (number.unit == "" and number.value >= _LEAST_MG)
        low, high = (_LOW_MG, _HIGH_MG) if milligrams else (_LOW_MMOL, _HIGH_MMOL)
        if number.value < low:
            yield _sign("sugar-low", text, number.start, number.end)
        elif number.value > high:
            yield _sign("sugar-very-high", text, number.start, number.end)


def _pressures(
    text: str, tokens: list[Token], numbers: list[_Number], lexicon: SignLexicon, near: int
) -> Iterator[Sign]:
    """ "190 over 120", "18 por 11" in centimetres, or one number beside the words for blood pressure."""
    spots = _spots(tokens, lexicon.measures.pressure)
    for at, number in enumerate(numbers):
        below = numbers[at + 1] if at + 1 < len(numbers) else None
        pair = below is not None and _is_pair(text, number, below, lexicon.measures.over)
        if not pair and not _is_near(number, spots, near):
            continue
        scale = 10 if pair and below and _is_in_centimetres(number, below) else 1
        upper, lower = number.value * scale, below.value * scale if pair and below else Decimal(0)
        plausible = upper <= _SYSTOLIC[1] and lower <= _DIASTOLIC[1] and upper >= lower
        if plausible and (upper >= _SYSTOLIC[0] or (pair and lower >= _DIASTOLIC[0])):
            yield _sign("pressure-very-high", text, number.start, below.end if pair and below else number.end)


def _is_pair(text: str, upper: _Number, lower: _Number, over: frozenset[str]) -> bool:
    between = text[upper.end : lower.start].strip().lower()
    return between in over and upper.value > lower.value and not upper.unit


def _is_in_centimetres(upper: _Number, lower: _Number) -> bool:
    return upper.value < _SYSTOLIC_CM[1] and _DIASTOLIC_CM[0] <= lower.value < _DIASTOLIC_CM[1]


def _ages(text: str, tokens: list[Token], items: Iterable[Critical], words: Measures, near: int) -> Iterator[Sign]:
    spots = _spots(tokens, words.baby)
    starts = {token.start: at for at, token in enumerate(tokens)}
    for item in items:
        if item.kind != "duration" or not _is_near(_Number(Decimal(0), item.start, item.end), spots, near):
            continue
        if not _is_age(tokens, starts.get(item.start, 0), item.end, words):
            continue
        amount, _, unit = item.value.partition(" ")
        days = Decimal(amount) * _DAYS.get(unit, _CHILD_DAYS)
        if days < _CHILD_DAYS:
            yield _sign("child", text, item.start, item.end)
            yield _sign("infant-under-3-months", text, item.start, item.end, present=days < _INFANT_DAYS)


def _is_age(tokens: list[Token], first: int, end: int, words: Measures) -> bool:
    after = next((token.text for token in tokens[first : first + 12] if token.start >= end), "")
    before = tokens[first - 1].text if first else ""
    return before in words.age_before or after in words.age_after


def _overdoses(
    text: str, tokens: list[Token], numbers: list[_Number], lexicon: SignLexicon, near: int
) -> Iterator[Sign]:
    """ "I took 20 paracetamol tablets": ten or more beside a word for taking."""
    many = [number for number in numbers if _is_many(number.value)]
    taken, pills = (_group(tokens, lexicon, group) for group in ("<take>", "<pills>")) if many else ([], [])
    begins = {start for start, _ in pills}
    for number in many:
        counts = number.unit in {"tablet", "capsule"} or (not number.unit and number.end + 1 in begins)
        if counts and _is_near(number, taken, near):
            yield _sign("overdose", text, number.start, number.end)


def _is_many(amount: Decimal) -> bool:
    return _MANY_TABLETS[0] <= amount <= _MANY_TABLETS[1] and amount == int(amount)


def _group(tokens: list[Token], lexicon: SignLexicon, group: str) -> list[tuple[int, int]]:
    """The places of a group's words, in characters."""
    matches = (match for at in range(len(tokens)) for match in lexicon.atoms.all_at(tokens, at))
    return [(tokens[one.first].start, tokens[one.stop - 1].end) for one in matches if one.value == group]
