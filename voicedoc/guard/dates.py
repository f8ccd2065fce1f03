"""Days of a month, with or without a year, and weekdays: "12 March" is "12 de março"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicedoc.guard.clock import ordinal, phrase_at, whole
from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.phrases import Match
from voicedoc.guard.quantities import Measured, Places
from voicedoc.guard.words import NumberSpan

_FIRST_YEAR, _LAST_YEAR = 1880, 2120


def find_dates(places: Places, lexicon: Lexicon) -> Iterator[Measured]:
    """Days of a month, with or without a year, and weekdays, in order of place."""
    at = 0
    while at < len(places.tokens):
        found = _numeric(places, at) or _day_month(places, at, lexicon) or _month_day(places, at, lexicon)
        found = found or _year_first(places, at, lexicon)
        found = found or _weekday(places, at, lexicon)
        if found:
            yield found
        at = found.stop if found else at + 1


def _day_month(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "12 March 2020", "12. März", "12 de março de 2020", "the twelfth of March"."""
    number = ordinal(places, at, lexicon.clock) or places.numbers.get(at) or places.ordinals.get(at)
    day = whole(number, 31)
    if number is None or not day:
        return None
    after = _after_suffix(places, number, lexicon)
    start = after
    while places.text(start) in lexicon.clock.between and start < after + 2:
        start += 1
    month = phrase_at(lexicon.clock.months, places, start)
    return _date(places, at, month.stop, int(month.value), day, lexicon) if month else None


def _month_day(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "March 12, 2020", "March the twelfth"."""
    month = phrase_at(lexicon.clock.months, places, at)
    if month is None:
        return None
    number = places.numbers.get(month.stop) or places.ordinals.get(month.stop)
    if number is None and places.text(month.stop) in lexicon.clock.between:
        number = places.ordinals.get(month.stop + 1)
    day = whole(number, 31)
    if number is None or not day:
        return None
    return _date(places, at, _after_suffix(places, number, lexicon), int(month.value), day, lexicon)


def _after_suffix(places: Places, number: NumberSpan, lexicon: Lexicon) -> int:
    """After a day's number with its "st" or 日."""
    suffixes = lexicon.numbers.ordinal_suffixes | lexicon.clock.day_words
    return number.stop + (places.text(number.stop) in suffixes and places.touches(number.stop))


def _year_first(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """2020年3月12日."""
    number = places.numbers.get(at)
    year = whole(number, _LAST_YEAR)
    if number is None or not year or year < _FIRST_YEAR or places.text(number.stop) not in lexicon.clock.between:
        return None
    found = _month_day(places, number.stop + 1, lexicon)
    if found is None or not found.value.startswith("--"):
        return None
    said = f"{year}{found.value[1:]}"
    return replace(found, first=at, value=said, keys=frozenset({said}), numbers=(str(year), *found.numbers))


def _date(places: Places, first: int, stop: int, month: int, day: int, lexicon: Lexicon) -> Measured:
    start = stop
    while places.text(start) in lexicon.clock.between | {","} and start < stop + 2:
        start += 1
    number = places.numbers.get(start)
    year = whole(number, _LAST_YEAR)
    if number and year and year >= _FIRST_YEAR:
        return _measured_date(places, first, number.stop, {(year, month, day)})
    return _measured_date(places, first, stop, {(0, month, day)})


def _numeric(places: Places, at: int) -> Measured | None:
    """ "12/03/2020", "12.03.2020", "2020-03-12". Which is the day may be open."""
    stop, parts = _parts(places, at)
    if len(parts) != 3 or max(map(len, parts)) < 2 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    one, two, three = (int(part) for part in parts)
    if one >= _FIRST_YEAR:
        days = {(one, two, three)}
    else:
        year = three + 2000 if three < 100 else three
        days = {(year, two, one), (year, one, two)}
    real = {day for day in days if 1 <= day[1] <= 12 and 1 <= day[2] <= 31 and _FIRST_YEAR <= day[0] <= _LAST_YEAR}
    return _measured_date(places, at, stop, real) if real else None


def _parts(places: Places, at: int) -> tuple[int, list[str]]:
    text = places.text(at)
    if text.count(".") == 2 and len(text) <= 10:
        return at + 1, text.split(".")
    marks = [places.text(at + 1), places.text(at + 3)]
    if marks[0] != marks[1] or marks[0] not in {"/", "-"} or not all(places.touches(at + n) for n in range(1, 5)):
        return at, []
    return at + 5, [places.text(at + n) for n in (0, 2, 4)]


def _measured_date(places: Places, first: int, stop: int, days: set[tuple[int, int, int]]) -> Measured:
    """Two dates are equal where one has no year and the days are the same."""
    said = sorted(f"{year or '-'}-{month:02}-{day:02}" for year, month, day in days)
    numbers = tuple(places.numbers[at].value for at in range(first, stop) if at in places.numbers)
    return Measured(first, stop, "date", said[0], frozenset(said), numbers)


def _weekday(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    match = phrase_at(lexicon.clock.weekdays, places, at)
    if match is None or _counts_follow(places, match, lexicon):
        return None
    return Measured(at, match.stop, "date", match.value, frozenset({match.value}), lenient=match.lenient)


def _counts_follow(places: Places, match: Match, lexicon: Lexicon) -> bool:
    """The 周三 in 每周三次 is no Wednesday."""
    if not places.touches(match.stop):
        return False
    return match.stop in places.units or phrase_at(lexicon.frequency.times, places, match.stop) is not None
