"""Times of day: "14:30" is "2:30 pm", "a quarter to nine" is "neuf heures moins le quart"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from voicedoc.guard.lexicon import Clock, Lexicon
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.quantities import Measured, Places
from voicedoc.guard.words import NumberSpan

_NIGHT, _NOON = -1, -2
_EVENING, _LATE_MORNING = 6, 10
_PARTS_OF_HOUR = {"25": 15, "5": 30, "75": 45}
_FEWEST_MINUTES = 10
"""Said right after the hour: "nine fifteen". Fewer are said with "past", "oh" or "minutes"."""


class _Hour(NamedTuple):
    """The token after an hour, and which it is."""

    stop: int
    hour: int


class _Minutes(NamedTuple):
    """The token after so many minutes, which are added to the hour; those to an hour are negative.

    `explicit`: nothing but a time of day is said so.
    """

    stop: int
    minutes: int
    explicit: bool = False


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
    return at - 1 in places.number_ends and phrase_at(lexicon.frequency.times, places, at - 1) is not None


def _time(places: Places, at: int, clock: Clock) -> Measured | None:
    return _after_half_day(places, at, clock) or _plain_time(places, at, clock)


def _after_half_day(places: Places, at: int, clock: Clock) -> Measured | None:
    """晚上8点, "रात के 10 बजे", "вечером в 8"."""
    part = _half_day(places, at, clock) if clock.half_day_first else None
    if part is None:
        return None
    between = places.small(part[0]) and part[0] not in places.numbers and not phrase_at(clock.at, places, part[0])
    time = _plain_time(places, part[0] + between, clock)
    if time is None:
        return None
    hour, _, minute = min(time.keys).partition(":")
    said = f"{_in_half_day(int(hour), part[1]):02}:{minute}"
    return replace(time, first=at, value=said, keys=frozenset({said}), lenient=False)


def _in_half_day(hour: int, add: int) -> int:
    """An hour as it is said with "am" (`add` 0), "pm" (12), "at night", or "at noon": 中午11点, 中午1点."""
    if hour > 12 or (add == _NOON and hour >= _LATE_MORNING):
        return hour
    if add == _NOON:
        return hour + 12
    if add == _NIGHT:
        return hour % 12 + (12 if hour % 12 >= _EVENING else 0)
    return hour % 12 + add


def _plain_time(places: Places, at: int, clock: Clock) -> Measured | None:
    before = None if at in places.number_ends else phrase_at(clock.at, places, at)  # French "4 à 6 heures"
    start = before.stop if before else at
    if named := phrase_at(clock.named, places, start):
        return _named(places, at, named, clock)
    if found := _after_minutes(places, at, start, clock, before) or _in_part_of_day(places, at, clock):
        return found
    number = places.numbers.get(start)
    if number is None and before:
        number = ordinal(places, start, clock)
    hour = whole(number, 24)
    if number is None or hour is None:
        return _written(places, at, start, clock) or _quarter_hours(places, at, number, clock)
    if minutes := _minutes(places, number.stop):
        return _measured(places, at, minutes.stop, clock, hour, minutes.minutes)
    if word := phrase_at(clock.hour, places, number.stop):
        return _after_hour(places, at, word, clock, hour, before)
    part = _part_of_hour(places, number.stop, clock, before is not None and number.stop not in places.units)
    if part and (before or part.explicit or _half_day(places, part.stop, clock)):
        return _measured(places, at, part.stop, clock, hour, part.minutes)
    surely = before or not (number.lenient or number.stop in places.units)  # "3 дня" are 3 days, "в 3 дня" is 3 pm
    if surely and _half_day(places, number.stop, clock):
        return _measured(places, at, number.stop, clock, hour, 0)
    return _bare(places, at, number, hour, clock) if before else None


def _named(places: Places, first: int, word: Match, clock: Clock) -> Measured:
    """ "Midnight", "meio-dia e meia"."""
    half = phrase_at(clock.and_half, places, word.stop)
    part = _Minutes(half.stop, 30) if half else _part_of_hour(places, word.stop, clock, False)
    stop, minutes = (part.stop, part.minutes) if part else (word.stop, 0)
    lenient = word.lenient and part is None
    return _measured(places, first, stop, clock, int(word.value), minutes, lenient=lenient, exact=True)


def _in_part_of_day(places: Places, at: int, clock: Clock) -> Measured | None:
    """ "حتى السادسة صباحا": after such a word an ordinal is an hour only with its part of the day."""
    near = phrase_at(clock.near, places, at)
    hour = _hour(places, near.stop, clock) if near else None
    if hour is None:
        return None
    part = _part_of_hour(places, hour.stop, clock, True)
    stop, minutes = (part.stop, part.minutes) if part else (hour.stop, 0)
    return _measured(places, at, stop, clock, hour.hour, minutes) if _half_day(places, stop, clock) else None


def _after_minutes(places: Places, first: int, at: int, clock: Clock, before: Match | None) -> Measured | None:
    """ "Half past nine", "Viertel vor neun", "без четверти девять", "ten to nine"."""
    part = phrase_at(clock.before_hour, places, at)
    said = _Minutes(part.stop, int(part.value), not part.lenient) if part else _counted_minutes(places, at, clock)
    hour = _hour(places, said.stop, clock) if said else None
    if said is None or hour is None:
        return None
    word = phrase_at(clock.hour, places, hour.stop)
    stop = word.stop if word else hour.stop
    surely = said.explicit or before or (word and not word.lenient)  # "four to six hours" is no time of day
    if not (surely or _half_day(places, stop, clock)):
        return None
    return _measured(places, first, stop, clock, hour.hour, said.minutes)


def _counted_minutes(places: Places, at: int, clock: Clock) -> _Minutes | None:
    """ "Ten past", "zehn vor", "без десяти": what comes before the hour. "Десять минут девятого" is ten past eight."""
    less = phrase_at(clock.less, places, at)
    number = places.numbers.get(less.stop if less else at)
    minutes = whole(number, 59)
    if number is None or not minutes:
        return None
    unit = places.units.get(number.stop)
    stop = unit.stop if unit and unit.value == "minute" else number.stop
    if less:
        return _Minutes(stop, -minutes, not less.lenient)
    for phrases, sign in ((clock.past, 1), (clock.to, -1)):
        if word := phrase_at(phrases, places, stop):
            return _Minutes(word.stop, sign * minutes, not word.lenient)
    is_next = stop > number.stop and ordinal(places, stop, clock) is not None
    return _Minutes(stop, minutes - 60, True) if is_next else None


def _hour(places: Places, at: int, clock: Clock) -> _Hour | None:
    number = places.numbers.get(at)
    hour = whole(number, 24)
    if number and hour:
        in_unit = number.stop in places.units and phrase_at(clock.hour, places, number.stop) is None
        return None if in_unit else _Hour(number.stop, hour)
    said = ordinal(places, at, clock)
    return _Hour(said.stop, int(said.value)) if said and int(said.value) <= 24 else None


def _after_hour(
    places: Places, first: int, word: Match, clock: Clock, hour: int, before: Match | None
) -> Measured | None:
    """ "14h30", "14 Uhr 30", "à 8 heures"; "8 heures" alone is a duration."""
    if quarter := phrase_at(clock.quarters, places, word.stop):
        return _measured(places, first, quarter.stop, clock, hour, int(quarter.value))
    following = places.numbers.get(word.stop)
    minutes = whole(following, 59)
    surely = before is not None or not word.lenient
    close = places.touches(word.stop) or surely
    if following and minutes is not None and close and following.stop not in places.units:
        return _measured(places, first, following.stop, clock, hour, minutes)
    unit = places.units.get(following.stop) if following and surely else None
    if unit and minutes is not None and unit.value == "minute":
        return _measured(places, first, unit.stop, clock, hour, minutes)
    if surely and (part := _part_of_hour(places, word.stop, clock, True)):
        return _measured(places, first, part.stop, clock, hour, part.minutes)
    if surely or _half_day(places, word.stop, clock):
        return _measured(places, first, word.stop, clock, hour, 0)
    return None


def _bare(places: Places, first: int, number: NumberSpan, hour: int, clock: Clock) -> Measured | None:
    """ "At 8"."""
    if number.stop in places.units or places.text(number.stop) in {"%", "/", "°", "-", "–"}:
        return None
    return _measured(places, first, number.stop, clock, hour, 0, lenient=True)


def _part_of_hour(places: Places, at: int, clock: Clock, surely: bool) -> _Minutes | None:
    """What comes after an hour: "et demie", "y media", 半, 一刻, "إلا ربعا"; minutes only where it is `surely` one."""
    if quarter := phrase_at(clock.quarters, places, at):
        return _Minutes(quarter.stop, int(quarter.value), True)
    for place in (at, at + 1):
        half = places.numbers.get(place)
        close = places.touches(at) if place == at else places.small(at)
        if half and half.value == "0.5" and close:
            return _Minutes(half.stop, 30)
    if minus := phrase_at(clock.minus, places, at):
        return _so_many(places, minus.stop, -1, explicit=not minus.lenient)
    if plus := phrase_at(clock.plus, places, at):
        return _so_many(places, plus.stop, 1) if surely else None
    return _said_after(places, at) if surely else None


def _so_many(places: Places, at: int, sign: int, *, explicit: bool = False) -> _Minutes | None:
    """The "dix" of "moins dix": minutes, with or without saying so."""
    number = places.numbers.get(at)
    minutes = whole(number, 59)
    if number is None or not minutes:
        return None
    unit = places.units.get(number.stop)
    if unit and unit.value != "minute":
        return None
    return _Minutes(unit.stop if unit else number.stop, sign * minutes, explicit)


def _said_after(places: Places, at: int) -> _Minutes | None:
    """The minutes of "nine fifteen" and "التاسعة وعشر دقائق"."""
    said = _so_many(places, at, 1)
    if said is None or places.tokens[at].kind != "word":
        return None
    return said if said.stop - 1 in places.units or said.minutes >= _FEWEST_MINUTES else None


def _quarter_hours(places: Places, first: int, number: NumberSpan | None, clock: Clock) -> Measured | None:
    """ "साढ़े आठ बजे" is half past eight, "पौने नौ बजे" a quarter to nine."""
    hours, _, part = number.value.partition(".") if number else ("", "", "")
    word = phrase_at(clock.hour, places, number.stop) if number else None
    if word is None or word.lenient or part not in _PARTS_OF_HOUR or len(hours) > 2 or int(hours) > 24:
        return None
    return _measured(places, first, word.stop, clock, int(hours), _PARTS_OF_HOUR[part])


def ordinal(places: Places, at: int, clock: Clock) -> NumberSpan | None:
    """ "الثامنة", "девятого", where an hour or a day of a month is meant."""
    match = phrase_at(clock.ordinals, places, at)
    return NumberSpan(at, match.stop, match.value) if match else None


def _minutes(places: Places, at: int) -> _Minutes | None:
    """Where the ":30" of "14:30" ends, and its minutes."""
    text = places.text(at + 1)
    if places.text(at) != ":" or not (places.touches(at) and places.touches(at + 1) and len(text) == 2):
        return None
    minutes = whole(places.numbers.get(at + 1), 59)
    return None if minutes is None else _Minutes(at + 2, minutes)


def _written(places: Places, first: int, at: int, clock: Clock) -> Measured | None:
    """ "14.30 Uhr", "2.30 pm", "alle 14.30"."""
    hours, _, minutes = places.text(at).partition(".")
    if not (1 <= len(hours) <= 2 and len(minutes) == 2 and (hours + minutes).isdecimal()):
        return None
    if int(hours) > 24 or int(minutes) > 59:
        return None
    word = phrase_at(clock.hour, places, at + 1)
    if word is None and _half_day(places, at + 1, clock) is None and (first == at or at + 1 in places.units):
        return None
    return _measured(places, first, word.stop if word else at + 1, clock, int(hours), int(minutes))


def _half_day(places: Places, at: int, clock: Clock) -> tuple[int, int] | None:
    """Where "pm" or "in the evening" ends, and the hours it adds."""
    for phrases, hours in ((clock.am, 0), (clock.pm, 12), (clock.night, _NIGHT), (clock.noon, _NOON)):
        if match := phrase_at(phrases, places, at):
            return match.stop, hours
    return None


def _measured(
    places: Places,
    first: int,
    stop: int,
    clock: Clock,
    hour: int,
    minute: int,
    *,
    lenient: bool = False,
    exact: bool = False,
) -> Measured:
    """A time, with "pm" after it where that is said. `exact`: it cannot be in the other half of the day."""
    word = phrase_at(clock.hour, places, stop)
    half_day = None if exact else _half_day(places, word.stop if word else stop, clock)
    stop = half_day[0] if half_day else word.stop if word else stop
    if half_day:
        hours = [_in_half_day(hour, half_day[1])]
    else:
        either = clock.half_days and 1 <= hour <= 12 and not exact
        hours = [hour, hour + 12] if either else [hour]
    minutes = [(60 * one + minute) % (24 * 60) for one in hours]
    said = [f"{one // 60:02}:{one % 60:02}" for one in minutes]
    numbers = [places.numbers[at].value for at in range(first, stop) if at in places.numbers]
    if minute and len(numbers) < 2:  # "a quarter past nine" is not kept by a nine
        numbers.append(str(abs(minute)))
    return Measured(first, stop, "time", said[0], frozenset(said), tuple(numbers), lenient=lenient)


def whole(number: NumberSpan | None, largest: int) -> int | None:
    """A whole number of at most four digits, if it is not larger than `largest`."""
    if number is None or len(number.value) > 4 or not number.value.isdecimal() or int(number.value) > largest:
        return None
    return int(number.value)


def phrase_at(phrases: Phrases, places: Places, at: int) -> Match | None:
    """The longest of `phrases` that begins at a token, where there is such a token."""
    return phrases.at(places.tokens, at) if 0 <= at < len(places.tokens) else None
