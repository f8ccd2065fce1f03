"""Times of day and dates: "14:30" is "2:30 pm", "12 March" is "12 de março"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicedoc.guard.lexicon import Clock, Lexicon
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.quantities import Measured, Places
from voicedoc.guard.words import NumberSpan

_FIRST_YEAR, _LAST_YEAR = 1880, 2120
_NIGHT, _EVENING = -1, 6
_PARTS_OF_HOUR = {"25": 15, "5": 30, "75": 45}


def find_times(places: Places, lexicon: Lexicon) -> Iterator[Measured]:
    """Every time of day, in order of place."""
    at = 0
    while at < len(places.tokens):
        found = None if _counts_times(places, at, lexicon) else _time(places, at, lexicon.clock)
        if found:
            yield found
        at = found.stop if found else at + 1


def _counts_times(places: Places, at: int, lexicon: Lexicon) -> bool:
    """Whether "2 раза" stands before: "2 раза в 3 дня" is no time of day."""
    return at - 1 in places.number_ends and _at(lexicon.frequency.times, places, at - 1) is not None


def _time(places: Places, at: int, clock: Clock) -> Measured | None:
    return _after_half_day(places, at, clock) or _plain_time(places, at, clock)


def _after_half_day(places: Places, at: int, clock: Clock) -> Measured | None:
    """晚上8点, "रात के 10 बजे", "вечером в 8"."""
    part = _half_day(places, at, clock) if clock.half_day_first else None
    if part is None:
        return None
    start = part[0] + (places.small(part[0]) and part[0] not in places.numbers and not _at(clock.at, places, part[0]))
    time = _plain_time(places, start, clock)
    if time is None:
        return None
    hour, _, minute = min(time.keys).partition(":")
    said = f"{_in_half_day(int(hour), part[1]):02}:{minute}"
    return replace(time, first=at, value=said, keys=frozenset({said}), lenient=False)


def _in_half_day(hour: int, add: int) -> int:
    """An hour as it is said with "am" (`add` 0), "pm" (12) or "at night", which is both."""
    if hour > 12:
        return hour
    if add == _NIGHT:
        return hour % 12 + (12 if hour % 12 >= _EVENING else 0)
    return hour % 12 + add


def _plain_time(places: Places, at: int, clock: Clock) -> Measured | None:
    before = None if at in places.number_ends else _at(clock.at, places, at)  # French "4 à 6 heures"
    start = before.stop if before else at
    half = _at(clock.past, places, start) or _at(clock.half_to, places, start)
    number = places.numbers.get(half.stop if half else start)
    if number is None and (before or half):
        number = _ordinal(places, half.stop if half else start, clock)
    hour = _whole(number, 24)
    if number is None or hour is None:
        return _written(places, at, start, clock) or _quarter_hours(places, at, number, clock)
    if half:
        is_to = _at(clock.half_to, places, start) is not None
        return _measured(places, at, number.stop, clock, (hour - is_to) % 24, 30) if hour else None
    minutes = _minutes(places, number.stop)
    word = _at(clock.hour, places, number.stop)
    if minutes:
        return _measured(places, at, minutes[0], clock, hour, minutes[1])
    if word:
        return _after_hour(places, at, word, clock, hour, bool(before))
    surely = before or not (number.lenient or number.stop in places.units)  # "3 дня" are 3 days, "в 3 дня" is 3 pm
    if surely and _half_day(places, number.stop, clock):
        return _measured(places, at, number.stop, clock, hour, 0)
    return _bare(places, at, number, hour, clock) if before else None


def _after_hour(places: Places, first: int, word: Match, clock: Clock, hour: int, after_at: bool) -> Measured | None:
    """ "14h30", "14 Uhr 30", "à 8 heures"; "8 heures" alone is a duration."""
    if quarter := _at(clock.quarters, places, word.stop):
        return _measured(places, first, quarter.stop, clock, hour, int(quarter.value) % 60)
    following = places.numbers.get(word.stop)
    minutes = _whole(following, 59)
    close = places.touches(word.stop) or after_at or not word.lenient
    if following and minutes is not None and close and following.stop not in places.units:
        return _measured(places, first, following.stop, clock, hour, minutes)
    unit = places.units.get(following.stop) if following and (after_at or not word.lenient) else None
    if unit and minutes is not None and unit.value == "minute":
        return _measured(places, first, unit.stop, clock, hour, minutes)
    if (after_at or not word.lenient) and (part := _part_of_hour(places, word.stop, clock)):
        return _measured(places, first, part[0], clock, (hour + (part[1] < 0) * 23) % 24, part[1] % 60)
    surely = not word.lenient or after_at or _half_day(places, word.stop, clock) is not None
    return _measured(places, first, word.stop, clock, hour, 0) if surely else None


def _bare(places: Places, first: int, number: NumberSpan, hour: int, clock: Clock) -> Measured | None:
    """ "At 8", "a las 8 y media"."""
    if number.stop in places.units or places.text(number.stop) in {"%", "/", "°", "-", "–"}:
        return None
    if part := _part_of_hour(places, number.stop, clock):
        return _measured(places, first, part[0], clock, (hour + (part[1] < 0) * 23) % 24, part[1] % 60)
    return _measured(places, first, number.stop, clock, hour, 0, lenient=True)


def _part_of_hour(places: Places, at: int, clock: Clock) -> tuple[int, int] | None:
    """Where "et demie", "y media", 半, 一刻 or "إلا ربعا" ends, and its minutes; those to the hour are negative."""
    if quarter := _at(clock.quarters, places, at):
        return quarter.stop, int(quarter.value)
    for place in (at, at + 1):
        half = places.numbers.get(place)
        close = places.touches(at) if place == at else places.small(at)
        if half and half.value == "0.5" and close:
            return half.stop, 30
    return None


def _quarter_hours(places: Places, first: int, number: NumberSpan | None, clock: Clock) -> Measured | None:
    """ "साढ़े आठ बजे" is half past eight, "पौने नौ बजे" a quarter to nine."""
    hours, _, part = number.value.partition(".") if number else ("", "", "")
    word = _at(clock.hour, places, number.stop) if number else None
    if word is None or word.lenient or part not in _PARTS_OF_HOUR or len(hours) > 2 or int(hours) > 24:
        return None
    return _measured(places, first, word.stop, clock, int(hours), _PARTS_OF_HOUR[part])


def _ordinal(places: Places, at: int, clock: Clock) -> NumberSpan | None:
    """ "الثامنة", "девятого", where an hour or a day of a month is meant."""
    match = _at(clock.ordinals, places, at)
    return NumberSpan(at, match.stop, match.value) if match else None


def _minutes(places: Places, at: int) -> tuple[int, int] | None:
    """Where the ":30" of "14:30" ends, and its minutes."""
    text = places.text(at + 1)
    if places.text(at) != ":" or not (places.touches(at) and places.touches(at + 1) and len(text) == 2):
        return None
    minutes = _whole(places.numbers.get(at + 1), 59)
    return None if minutes is None else (at + 2, minutes)


def _written(places: Places, first: int, at: int, clock: Clock) -> Measured | None:
    """ "14.30 Uhr", "2.30 pm", "alle 14.30"."""
    hours, _, minutes = places.text(at).partition(".")
    if not (1 <= len(hours) <= 2 and len(minutes) == 2 and (hours + minutes).isdecimal()):
        return None
    if int(hours) > 24 or int(minutes) > 59:
        return None
    word = _at(clock.hour, places, at + 1)
    if word is None and _half_day(places, at + 1, clock) is None and (first == at or at + 1 in places.units):
        return None
    return _measured(places, first, word.stop if word else at + 1, clock, int(hours), int(minutes))


def _half_day(places: Places, at: int, clock: Clock) -> tuple[int, int] | None:
    """Where "pm" or "in the evening" ends, and the hours it adds."""
    for phrases, hours in ((clock.am, 0), (clock.pm, 12), (clock.night, _NIGHT)):
        if match := _at(phrases, places, at):
            return match.stop, hours
    return None


def _measured(
    places: Places, first: int, stop: int, clock: Clock, hour: int, minute: int, lenient: bool = False
) -> Measured:
    word = _at(clock.hour, places, stop)
    half_day = _half_day(places, word.stop if word else stop, clock)
    if half_day:
        stop = half_day[0]
        hours = [_in_half_day(hour, half_day[1])]
    else:
        stop = word.stop if word else stop
        either = clock.half_days and 1 <= hour <= 12
        hours = [hour % 24, (hour + 12) % 24] if either else [hour % 24]
    said = [f"{one:02}:{minute:02}" for one in hours]
    numbers = tuple(places.numbers[at].value for at in range(first, stop) if at in places.numbers)
    return Measured(first, stop, "time", said[0], frozenset(said), numbers, lenient=lenient)


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
    """ "12 March 2020", "12. März", "12 de março de 2020"."""
    number = _ordinal(places, at, lexicon.clock) or places.numbers.get(at)
    day = _whole(number, 31)
    if number is None or not day:
        return None
    start = number.stop
    while places.text(start) in lexicon.clock.between and start < number.stop + 2:
        start += 1
    month = _at(lexicon.clock.months, places, start)
    return _date(places, at, month.stop, int(month.value), day, lexicon) if month else None


def _month_day(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """ "March 12, 2020"."""
    month = _at(lexicon.clock.months, places, at)
    number = places.numbers.get(month.stop) if month else None
    day = _whole(number, 31)
    if month is None or number is None or not day:
        return None
    suffixes = lexicon.numbers.ordinal_suffixes | lexicon.clock.day_words
    stop = number.stop + (places.text(number.stop) in suffixes and places.touches(number.stop))
    return _date(places, at, stop, int(month.value), day, lexicon)


def _year_first(places: Places, at: int, lexicon: Lexicon) -> Measured | None:
    """2020年3月12日."""
    number = places.numbers.get(at)
    year = _whole(number, _LAST_YEAR)
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
    year = _whole(number, _LAST_YEAR)
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
    match = _at(lexicon.clock.weekdays, places, at)
    if match is None or _counts_follow(places, match, lexicon):
        return None
    return Measured(at, match.stop, "date", match.value, frozenset({match.value}), lenient=match.lenient)


def _counts_follow(places: Places, match: Match, lexicon: Lexicon) -> bool:
    """The 周三 in 每周三次 is no Wednesday."""
    if not places.touches(match.stop):
        return False
    return match.stop in places.units or _at(lexicon.frequency.times, places, match.stop) is not None


def _whole(number: NumberSpan | None, largest: int) -> int | None:
    if number is None or len(number.value) > 4 or not number.value.isdecimal() or int(number.value) > largest:
        return None
    return int(number.value)


def _at(phrases: Phrases, places: Places, at: int) -> Match | None:
    return phrases.at(places.tokens, at) if at < len(places.tokens) else None
