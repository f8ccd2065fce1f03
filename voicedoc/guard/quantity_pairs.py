"""Which numbers, doses, durations, frequencies, times and dates of the two sides belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from voicedoc.core.speech import Critical
from voicedoc.guard.extract import Reading
from voicedoc.guard.found import Found
from voicedoc.guard.policy import CHANGED, KEPT
from voicedoc.guard.quantities import PERIODS, rate
from voicedoc.guard.units import UNITS, comparable
from voicedoc.guard.verdicts import SURE, WORDED_OTHERWISE, Pair, differences

_COMPOSED = ("dose", "frequency", "duration", "date", "time")
_CONVERTED, _LOOSELY = 0.9, 0.5
_AFTERNOON = "13:00"


class Quantities:
    """Pairs doses, frequencies, durations, dates, times and bare numbers of the two sides.

    Composed things that are equal go first. What is left is taken apart: "45 years" is kept by "I'm 45". Only what does
    not fit then is a difference.
    """

    def __init__(self, before: Reading, after: Reading) -> None:
        self._readings = (before, after)
        self._left = ([*before.composed], [*_in_the_morning(before, after)])
        self._bare = ([*before.numbers], [*after.numbers])
        self._loose = (Counter(before.loose), Counter(after.loose))

    def pairs(self) -> Iterator[Pair]:
        """What became of each."""
        yield from self._equal()
        yield from self._equal_numbers()
        yield from self._apart(0)
        yield from self._apart(1)
        yield from self._parts_of_each()
        for category in _COMPOSED:
            yield from self._different(category)
        yield from self._different_numbers()

    def _equal(self) -> Iterator[Pair]:
        """Strict ones look for their equal first, then lenient ones: "daily" is kept by "once a day"."""
        sources, targets = self._left
        index = _Index(targets)
        left: list[Found] = []
        for one in sorted(sources, key=lambda one: one.lenient):
            other = index.take(one)
            if other is None:
                left.append(one)
            else:
                yield Pair(KEPT, one.item, other.item, SURE if one.item.value == other.item.value else _CONVERTED)
        self._left = (sorted(left, key=lambda one: one.item.start), index.rest())

    def _equal_numbers(self) -> Iterator[Pair]:
        sources, targets = self._bare
        index = _Index(targets)
        left: list[Found] = []
        for one in sorted(sources, key=lambda one: one.lenient):
            other = index.take(one)
            if other is None:
                left.append(one)
            else:
                yield Pair(KEPT, one.item, other.item)
        self._bare = (sorted(left, key=lambda one: one.item.start), index.rest())

    def _apart(self, side: int) -> Iterator[Pair]:
        """Composed things of one side whose numbers the other side has, by themselves."""
        left: list[Found] = []
        for one in self._left[side]:
            pair = self._taken_apart(one, side)
            if pair is None:
                left.append(one)
            else:
                yield pair
        self._set_left(side, left)

    def _taken_apart(self, one: Found, side: int) -> Pair | None:
        other = 1 - side
        wanted = Counter(one.numbers)
        there = Counter(number.item.value for number in self._bare[other]) + self._loose[other]
        if one.numbers == ("1",) and not there["1"] and self._names_unit_alone(one, other):
            return _ordered(KEPT, one.item, None, side, WORDED_OTHERWISE)
        if not wanted or wanted - there or (one.lenient and one.numbers == ("1",) and not self._names_unit(one, other)):
            return None
        used = self._use(wanted, other)
        if self._names_unit(one, other) or self._is_age(one, other) or one.item.kind == "time":
            return _ordered(KEPT, one.item, used, side, WORDED_OTHERWISE)
        if used is None:
            return None
        return _ordered(CHANGED, one.item, used, side, WORDED_OTHERWISE)

    def _use(self, wanted: Counter[str], side: int) -> Critical | None:
        """Take these numbers out of the side's bare ones. The first of them, None where all were loose."""
        first: Critical | None = None
        left: list[Found] = []
        for number in self._bare[side]:
            if wanted[number.item.value] > 0:
                wanted[number.item.value] -= 1
                first = first or number.item
            else:
                left.append(number)
        self._set_bare(side, left)
        self._loose[side].subtract(+wanted)
        return first

    def _names_unit(self, one: Found, side: int) -> bool:
        """Whether a side has the unit, too, or one that converts."""
        if not one.unit:
            return one.item.kind != "date"
        unit = UNITS[one.unit]
        if unit.dimension == "temperature":
            return True  # "tenho 38,5"
        return any(comparable(unit, UNITS[name]) for name in self._readings[side].units)

    def _names_unit_alone(self, one: Found, side: int) -> bool:
        """Whether a side has the unit without a number: "the tablet" for "one tablet"."""
        reading = self._readings[side]
        alone = reading.units - {other.unit for other in reading.composed}
        return any(set(UNITS[one.unit].names) & set(UNITS[name].names) for name in alone) if one.unit else False

    def _is_age(self, one: Found, side: int) -> bool:
        """ "I'm 39" needs no years."""
        return one.unit == "year" and bool(self._readings[side].ages.intersection(one.numbers))

    def _parts_of_each(self) -> Iterator[Pair]:
        """Composed differently on the two sides: "every 5 days" and "5 days"; never "3 times a day" and "3 days"."""
        targets: dict[tuple[tuple[str, ...], str], list[Found]] = defaultdict(list)
        for other in self._left[1]:
            if other.numbers and not _is_so_often(other):
                targets[tuple(sorted(other.numbers)), other.unit].append(other)
        left, used = [], set[int]()
        for one in self._left[0]:
            parted = one.numbers and not _is_so_often(one)
            same = targets.get((tuple(sorted(one.numbers)), one.unit)) if parted else None
            if same and same[0].item.kind != one.item.kind:
                other = same.pop(0)
                used.add(id(other))
                yield Pair(KEPT, one.item, other.item, _LOOSELY)
            else:
                left.append(one)
        self._left = (left, [other for other in self._left[1] if id(other) not in used])

    def _different(self, category: str) -> Iterator[Pair]:
        sources, targets = (
            [self._missed(one, side) for one in self._left[side] if one.item.kind == category] for side in (0, 1)
        )
        yield from differences(sources, targets, both_lenient=True)

    def _missed(self, one: Found, side: int) -> Found:
        """ "One tablet" need not be there as a number, but the tablet must; "a dose" is worded in many ways."""
        counted = one.item.kind in {"dose", "duration"} and one.unit != "dose"
        needed = counted and not self._names_unit(one, 1 - side)
        return replace(one, lenient=False) if needed else one

    def _different_numbers(self) -> Iterator[Pair]:
        spare = [loose.copy() for loose in self._loose]
        sources = _not_loosely(self._bare[0], spare[1])
        targets = _not_loosely(self._bare[1], spare[0])
        sources, targets = _without_halves(sources, targets)
        targets, sources = _without_halves(targets, sources)
        yield from differences(sources, targets)

    def _set_left(self, side: int, left: list[Found]) -> None:
        self._left = (left, self._left[1]) if side == 0 else (self._left[0], left)

    def _set_bare(self, side: int, left: list[Found]) -> None:
        self._bare = (left, self._bare[1]) if side == 0 else (self._bare[0], left)


def _in_the_morning(before: Reading, after: Reading) -> Iterator[Found]:
    """What is composed in a translation: "at 8" does not say what "às 8 da noite" said, if nothing says "evening"."""
    said = {key for one in before.composed if one.item.kind == "time" and len(one.keys) == 1 for key in one.keys}
    for one in after.composed:
        morning, evening = min(one.keys, default=""), max(one.keys, default="")
        either = one.item.kind == "time" and len(one.keys) == 2 and evening >= _AFTERNOON and not after.says_later
        yield replace(one, keys=frozenset({morning})) if either and evening in said and morning not in said else one


class _Index:
    """Items by their keys, from which equal ones are taken, the strict before the lenient."""

    def __init__(self, items: Sequence[Found]) -> None:
        self._items = dict(enumerate(items))
        self._by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place in sorted(self._items, key=lambda place: items[place].lenient, reverse=True):
            for key in items[place].keys:
                self._by_key[items[place].item.kind, key].append(place)

    def take(self, like: Found) -> Found | None:
        """An item of the same kind that shares a key, which is then gone."""
        for key in sorted(like.keys):
            places = self._by_key.get((like.item.kind, key), [])
            while places:
                place = places.pop()
                if place in self._items:
                    return self._items.pop(place)
        return None

    def rest(self) -> list[Found]:
        """What was not taken, in order."""
        return list(self._items.values())


def _is_so_often(one: Found) -> bool:
    """Whether it is "3 times a day", which is not every 3 days."""
    if one.item.kind != "frequency" or len(one.numbers) != 1 or one.numbers == ("1",) or one.unit not in PERIODS:
        return False
    return rate(Decimal(one.numbers[0]), Decimal(1), one.unit)[1] in one.keys


def _ordered(kind: str, item: Critical, other: Critical | None, side: int, confidence: float) -> Pair:
    return Pair(kind, item, other, confidence) if side == 0 else Pair(kind, other, item, confidence)


def _not_loosely(numbers: list[Found], loose: Counter[str]) -> list[Found]:
    """Without those that the other side means but does not say as numbers ("a couple")."""
    left: list[Found] = []
    for number in numbers:
        if loose[number.item.value] > 0:
            loose[number.item.value] -= 1
        else:
            left.append(number)
    return left


def _without_halves(mixed: list[Found], split: list[Found]) -> tuple[list[Found], list[Found]]:
    """Take out "2.5" on one side with "2" and "0.5" on the other; the 1 of "one and a half" need not be there."""
    parts: dict[str, list[Found]] = defaultdict(list)
    for one in split:
        parts[one.item.value].append(one)
    used: set[int] = set()
    for one in mixed:
        value = one.item.value
        whole, halves = parts[value.removesuffix(".5")], parts["0.5"]
        if value.endswith(".5") and value != "0.5" and halves and (whole or value == "1.5"):
            used |= {id(one), id(halves.pop()), *([id(whole.pop())] if whole else [])}
    return [one for one in mixed if id(one) not in used], [one for one in split if id(one) not in used]
