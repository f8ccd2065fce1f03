"""Numbers with what they count: doses, durations, and how often ("twice a day", "every 8 hours", "1-0-1")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.phrases import Match
from voicedoc.guard.tokens import Token
from voicedoc.guard.units import UNITS, Unit, in_base
from voicedoc.guard.words import NumberSpan, plain

_HALF = Decimal("0.5")
_LONGEST_NUMBER = 15
_AND_A = frozenset({"and", "und"})
_OF_A_HUNDRED = "百分之"
_FIRST_YEAR, _LAST_YEAR = "1880", "2120"
_EVERY_HOURS = re.compile(r"q(\d{1,2})h")
_PER_DAY = {"hour": Decimal(24), "day": Decimal(1), "week": 1 / Decimal(7), "month": 1 / Decimal(30)}
PERIODS = {"minute": 1 / Decimal(1440), "hour": 1 / Decimal(24), "day": Decimal(1), "week": Decimal(7)} | {
    "fortnight": Decimal(14),
    "month": Decimal(30),
    "year": Decimal(365),
}
_NAMED_PERIODS = (("day", Decimal(1)), ("week", Decimal(7)), ("month", Decimal(30)), ("year", Decimal(365)))


@dataclass(frozen=True, slots=True)
class Measured:
    """Tokens `first` to `stop` say something composed, of category `kind`.

    `keys` are its normal forms: two are equal where they share one. `unit` is a unit's name or "". A `lenient` one is
    not missed on the other side. `numbers` are the values of the numbers inside.
    """

    first: int
    stop: int
    kind: str
    value: str
    keys: frozenset[str]
    numbers: tuple[str, ...] = ()
    unit: str = ""
    lenient: bool = False


class Places:
    """Numbers and units of one text by the token where they begin, so that patterns can be read from left to right.

    `ordinals` are words such as "third", which are numbers in dates only.
    """

    def __init__(self, tokens: list[Token], found: list[NumberSpan], units: list[Match]) -> None:
        numbers = [span for span in found if not span.is_ordinal]
        self.tokens = tokens
        self.ordinals = {span.first: span for span in found if span.is_ordinal}
        self.numbers = {span.first: span for span in reversed(numbers)}
        self.number_ends = {span.stop: span for span in numbers}
        self.units = {match.first: match for match in units}

    def text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def touches(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def small(self, at: int) -> bool:
        """A word such as "and", "a", "y"."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "word" and len(self.tokens[at].text) <= 3

    def unit_after(self, at: int, lexicon: Lexicon) -> Match | None:
        """The unit at a token or after words like "of"."""
        while at not in self.units and self.text(at) in lexicon.numbers.fillers:
            at += 1
        return self.units.get(at)


def rate(times: Decimal, periods: Decimal, period: str) -> tuple[str, str]:
    """How often, in words ("3/day", "1/week") and as a key, rounded so that equal ones are equal."""
    per_day = times / (periods * PERIODS[period])
    often = (named for named in _NAMED_PERIODS if round(per_day * named[1], 3) >= 1)
    name, days = next(often, _NAMED_PERIODS[-1])
    return f"{plain(round(per_day * days, 2))}/{name}", f"rate {per_day:.2e}"


def find_frequencies(places: Places, lexicon: Lexicon) -> Iterator[Measured]:
    """How often something is done, in order of place."""
    at = 0
    while at < len(places.tokens):
        found = (
            _alternately(places, at, lexicon)
            or _in_a_period(places, at, lexicon)
            or _every(places, at, lexicon)
            or _so_many_times(places, at, lexicon)
            or _scheme(places, at)
            or _said_so(places, at, lexicon)
            or _per(places, at, lexicon)
        )
        if found:
            yield found
        at = found.stop if found else at + 1


def _frequency(
    places: Places, first: int, stop: int, times: Decimal, periods: Decimal, period: str, lenient: bool = False
) -> Measured:
    value, key = rate(times, periods, period)
    numbers = tuple(
        span.value for at in range(first, stop) if (span := places.numbers.get(at)) is not None and not span.lenient
    )
    return Measured(first, stop, "frequency", value, frozenset({key}), numbers, period, lenient)


def _in_a_period(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """How often after the time: "每日三次", "3天一次", "दिन में दो बार", "يومياً مرتين"; "每8小时" is the time alone."""
    said = _time_before_times(places, at, lexicon)
    if said is None:
        return None
    stop, amount, period = said
    while places.text(stop) in lexicon.frequency.between:
        stop += 1
    times = _readable(places.numbers.get(stop))
    occasions = (
        lexicon.frequency.times.at(places.tokens, times.stop) if times and times.stop < len(places.tokens) else None
    )
    if times is None or not (occasions or places.text(stop) in lexicon.numbers.times) or Decimal(times.value) == 0:
        return None
    end = occasions.stop if occasions else times.stop
    return _frequency(places, at, end, Decimal(times.value), amount, period)


def _time_before_times(places: Places, at: int, lexicon: Lexicon) -> tuple[int, Decimal, str] | None:
    """Where "每8小时", "8 घंटे में" or "daily" ends, how many of which period it is."""
    word = lexicon.frequency.every.at(places.tokens, at) or lexicon.frequency.per.at(places.tokens, at)
    start = word.stop if word else at
    number = _readable(places.numbers.get(start))
    unit = places.unit_after(number.stop if number else start, lexicon)
    if unit and unit.value in PERIODS:
        after = lexicon.frequency.after_period.at(places.tokens, unit.stop) if unit.stop < len(places.tokens) else None
        amount = Decimal(number.value) if number else Decimal(1)
        if amount and (word or after or (number and lexicon.frequency.bare_period)):
            return (after.stop if after else unit.stop), amount, unit.value
    adverb = lexicon.frequency.values.at(places.tokens, at)
    if adverb and adverb.value.startswith("1/"):
        periods, _, period = adverb.value.removeprefix("1/").rpartition(" ")
        return adverb.stop, Decimal(periods or 1), period
    return None


def _every(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "Every 8 hours", "de 8 em 8 horas", "8/8h", "every 4 to 6 hours" (by its last number), "every day"."""
    word = lexicon.frequency.every.at(places.tokens, at)
    start = word.stop if word else at
    number = _readable(places.numbers.get(start))
    if word is None and not (number and number.stop - number.first >= 3 and _is_doubled(places, number, lexicon)):
        return None
    following = number.stop if number else start
    if number and not places.units.get(following):  # "quattro-sei ore" has nothing between
        second = _readable(places.numbers.get(following + 1) or places.numbers.get(following))
        number, following = (second, second.stop) if second else (number, following)
    unit = places.unit_after(following, lexicon)
    if unit is None or unit.value not in PERIODS:
        return None
    amount = Decimal(number.value) if number else Decimal(1)
    if amount == 0:
        return None
    return _frequency(places, at, unit.stop, Decimal(1), amount, unit.value, lenient=number is None)


def _is_doubled(places: Places, number: NumberSpan, lexicon: Lexicon) -> bool:
    inside = {places.text(at) for at in range(number.first, number.stop)}
    return bool(inside & ({"/"} | lexicon.numbers.repeat))


def _so_many_times(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "3 times a day", "dreimal täglich", "3x/Tag", "twice daily", "two times every week"."""
    number = _readable(places.numbers.get(at))
    if number is None or Decimal(number.value) == 0:
        return None
    occasions = lexicon.frequency.times.at(places.tokens, number.stop) if number.stop < len(places.tokens) else None
    if occasions is None and places.text(at) not in lexicon.numbers.times:
        return None
    after = occasions.stop if occasions else number.stop
    period = _period(places, after, lexicon)
    if period is None:
        return _in_several(places, at, after, Decimal(number.value), lexicon)
    return _frequency(places, at, period.stop, Decimal(number.value), Decimal(1), period.value) if period else None


def _in_several(places: Places, first: int, at: int, times: Decimal, lexicon: Lexicon) -> Measured | None:
    """ "Раз в 8 часов", "مرة كل ثلاثة أيام"."""
    if at >= len(places.tokens):
        return None
    word = lexicon.frequency.per.at(places.tokens, at) or lexicon.frequency.every.at(places.tokens, at)
    number = _readable(places.numbers.get(word.stop)) if word else None
    unit = places.unit_after(number.stop, lexicon) if number else None
    if number is None or unit is None or unit.value not in PERIODS or Decimal(number.value) == 0:
        return None
    return _frequency(places, first, unit.stop, times, Decimal(number.value), unit.value)


def _period(places: Places, at: int, lexicon: Lexicon) -> Match | None:
    """ "A day", "per week", "täglich", "/Tag", "every day": once a period."""
    if at >= len(places.tokens):
        return None
    before = lexicon.frequency.per.at(places.tokens, at) or lexicon.frequency.every.at(places.tokens, at)
    start = before.stop if before else at + 1 if places.text(at) == "/" else at
    unit = places.units.get(start)
    if unit and unit.value in _PER_DAY and start > at:
        return Match(at, unit.stop, unit.value)
    for place in (start, at):  # "रोज़" is a word for "per" and for "daily"
        adverb = lexicon.frequency.values.at(places.tokens, place) if place < len(places.tokens) else None
        if adverb and adverb.value.removeprefix("1/") in PERIODS:  # not "1/2 day", every other
            return Match(at, adverb.stop, adverb.value.removeprefix("1/"))
    return None


def _scheme(places: Places, at: int) -> Measured | None:
    """ "1-0-1" and "1-0-1-0", as prescriptions write morning, noon, evening (and night); "q8h"."""
    if match := _EVERY_HOURS.fullmatch(places.text(at)):
        hours = Decimal(match[1])
        return _frequency(places, at, at + 1, Decimal(1), hours, "hour") if hours else None
    stop = at
    while stop < at + 9 and _is_scheme_part(places, stop, stop - at):
        stop += 1
    n_parts = (stop - at + 1) // 2
    whole = (stop - at) % 2 == 1 and n_parts in (3, 4)
    taken = sum(places.text(part) != "0" for part in range(at, stop, 2))
    if not whole or not taken or {places.text(at - 1), places.text(stop)} & {"-", "/"}:
        return None
    return _frequency(places, at, stop, Decimal(taken), Decimal(1), "day")


def _is_scheme_part(places: Places, at: int, place: int) -> bool:
    expected = {"0", "1", "2", "3"} if place % 2 == 0 else {"-", "–"}
    return places.text(at) in expected and (place == 0 or places.touches(at))


def _alternately(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "Every other day", 每隔一天: an adverb with several periods, before its words are read one by one."""
    match = lexicon.frequency.values.at(places.tokens, at)
    return _said_so(places, at, lexicon) if match and " " in match.value else None


def _said_so(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    match = lexicon.frequency.values.at(places.tokens, at)
    if match is None:
        return None
    times, _, period = match.value.partition("/")
    amount, _, of = period.rpartition(" ")
    lenient = match.lenient or match.value in {"1/day", "1/year"}
    return _frequency(places, at, match.stop, Decimal(times), Decimal(amount or 1), of, lenient)


def _per(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "Two tablets a day" does not say how often, but may be said with "once"."""
    word = lexicon.frequency.per.at(places.tokens, at)
    unit = places.units.get(word.stop) if word else None
    if unit is None or unit.value not in _PER_DAY or unit.value == "hour" or _half_after(places, unit.stop):
        return None
    return _frequency(places, at, unit.stop, Decimal(1), Decimal(1), unit.value, lenient=True)


def find_amounts(places: Places, taken: set[int], lexicon: Lexicon) -> Iterator[Measured]:
    """Every number with its unit that is no part of a frequency, a time or a date (tokens `taken`)."""
    for span in sorted(places.number_ends.values(), key=lambda span: span.first):
        unit = places.unit_after(span.stop, lexicon)
        percent = _percent_before(places, span)
        if percent and _readable(span):
            yield replace(_amount(places, span, percent), first=percent.first, stop=span.stop)
        elif unit and _readable(span) and not _is_year(span, unit) and taken.isdisjoint(range(span.first, unit.stop)):
            yield _amount(places, span, unit, lexicon.numbers.fortnight)
    for first, unit in places.units.items():
        if places.text(first - 1) in lexicon.numbers.articles and taken.isdisjoint(range(first - 1, unit.stop)):
            yield _amount(places, NumberSpan(first - 1, first, "1", lenient=True), unit)
    if lexicon.numbers.join:
        yield from _one_and_a_half(places, taken)
    if lexicon.numbers.after_unit:
        yield from _about(places, taken)


def _is_year(span: NumberSpan, unit: Match) -> bool:
    """2020年 and "2020 год" are the year 2020."""
    return unit.value == "year" and len(span.value) == 4 and _FIRST_YEAR <= span.value <= _LAST_YEAR


def _percent_before(places: Places, span: NumberSpan) -> Match | None:
    """The 百分之 of 百分之五."""
    unit = places.units.get(span.first - len(_OF_A_HUNDRED))
    return unit if unit and unit.stop == span.first and places.text(unit.first) == _OF_A_HUNDRED[0] else None


def _one_and_a_half(places: Places, taken: set[int]) -> Iterator[Measured]:
    """ "حبة ونصف", a tablet and a half."""
    for unit in places.units.values():
        half = _half_after(places, unit.stop)
        alone = unit.first not in places.number_ends and taken.isdisjoint(range(unit.first, unit.stop))
        if half and alone and UNITS[unit.value].kind in {"dose", "duration"} and half.stop not in places.units:
            one = NumberSpan(unit.first, unit.first, "1")
            yield replace(_amount(places, one, unit), numbers=("0.5",))


def _about(places: Places, taken: set[int]) -> Iterator[Measured]:
    """ "Недели три" are about three weeks."""
    for unit in places.units.values():
        number = _readable(places.numbers.get(unit.stop))
        alone = number and unit.first not in places.number_ends and number.stop not in places.units
        if number and alone and taken.isdisjoint(range(unit.first, number.stop)):
            yield replace(_amount(places, replace(number, stop=unit.first), unit), first=unit.first, stop=number.stop)


def _amount(places: Places, span: NumberSpan, match: Match, fortnight: int = 14) -> Measured:
    unit, first, stop = UNITS[match.value], span.first, match.stop
    value, numbers = Decimal(span.value), [span.value]
    whole = _whole_before_half(places, span)
    if whole:
        first, value, numbers = whole.first, value + Decimal(whole.value), [whole.value, *numbers]
    half = _half_after(places, stop)
    if half:
        stop, value, numbers = half.stop, value + _HALF, [*numbers, half.value]
    lenient = span.lenient and not half
    keys = set(_keys(value, unit))
    if unit.name == "day" and value == fortnight:  # "quinze jours" are two weeks
        keys.update(_keys(Decimal(14), unit))
    said = plain(value)
    return Measured(
        first,
        stop,
        unit.kind,
        f"{said} {unit.name}",
        frozenset(keys),
        tuple(numbers),
        unit.name,
        lenient,
    )


def _keys(value: Decimal, unit: Unit) -> Iterator[str]:
    if unit.factor is None:
        yield from (f"{name} {plain(value)}" for name in unit.names)
    else:
        digits = 1 if unit.dimension == "temperature" else 9
        yield f"{unit.dimension} {plain(round(Decimal(f'{in_base(value, unit):.5g}'), digits))}"


def _whole_before_half(places: Places, span: NumberSpan) -> NumberSpan | None:
    """The two of "two and a half hours" and "2 ½ hours"."""
    if span.value != "0.5":
        return None
    for first in (span.first, span.first - 1, span.first - 2):
        if (whole := _readable(places.number_ends.get(first))) and "." not in whole.value:
            joined = first < span.first or places.tokens[first - 1].kind == "digits"  # "2 ½", not "un demi"
            return whole if joined and all(places.small(at) for at in range(first, span.first)) else None
    return None


def _half_after(places: Places, stop: int) -> NumberSpan | None:
    """The half of "dois comprimidos e meio" and of 两片半."""
    direct = places.numbers.get(stop)
    if direct and direct.value == "0.5" and places.touches(stop) and direct.stop not in places.units:
        return direct
    away = 2 if places.text(stop) in _AND_A else 1  # "a year and a half"
    half = places.numbers.get(stop + away) or places.numbers.get(stop + 1)
    joined = half and places.small(stop) and places.text(stop) != "ou" and half.stop not in places.units
    return half if half and half.value == "0.5" and joined else None


def _readable(span: NumberSpan | None) -> NumberSpan | None:
    return span if span and len(span.value) <= _LONGEST_NUMBER else None
