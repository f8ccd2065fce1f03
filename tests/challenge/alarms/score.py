"""What the alarms make of the red-flag set: emergencies found, false alarms, by language, condition and kind.

A case's *found* level is the highest that any of its utterances raised, read one after another; "soon" is none here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tests.challenge.alarms.cases import LEVELS, Case
from tests.challenge.score import Rate

Watching = Callable[[Case], str]
"""Gives the level of `LEVELS` that is found in a case."""


class Outcome(NamedTuple):
    """A case and the level that was found in it."""

    case: Case
    found: str


class Measure(NamedTuple):
    """A share: of the cases `among` which it is counted, those with a found level that is a `hit`."""

    title: str
    among: frozenset[str]
    hit: frozenset[str]


MEASURES: Mapping[str, Measure] = {
    "recall": Measure("emergencies found as such", frozenset({"emergency"}), frozenset({"emergency"})),
    "recall_any": Measure(
        "emergencies found, at least as urgent", frozenset({"emergency"}), frozenset({"emergency", "urgent"})
    ),
    "recall_urgent": Measure(
        "urgent cases found, at least as such", frozenset({"urgent"}), frozenset({"emergency", "urgent"})
    ),
    "over": Measure("urgent cases called emergencies", frozenset({"urgent"}), frozenset({"emergency"})),
    "false_alarms": Measure("alarms where there is nothing", frozenset({"none"}), frozenset({"emergency", "urgent"})),
    "false_emergencies": Measure("of these, as emergencies", frozenset({"none"}), frozenset({"emergency"})),
}

GROUPS: Mapping[str, Callable[[Case], str]] = {
    "all": lambda _: "all",
    "language": lambda case: case.language,
    "condition": lambda case: case.condition,
    "kind": lambda case: case.kind,
}


def outcomes(cases: Iterable[Case], watch: Watching) -> list[Outcome]:
    """Every case with what was found in it.

    Raises:
        ValueError: If `watch` gives something that is no level.
    """
    found = [Outcome(case, watch(case)) for case in cases]
    if strange := {one.found for one in found} - set(LEVELS):
        raise ValueError(f"no levels: {', '.join(sorted(strange))}")
    return found


def rates(found: Iterable[Outcome], measure: Measure, group: Callable[[Case], str]) -> dict[str, Rate]:
    """The measure in each group that has cases which count for it."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case, level in found:
        if case.level in measure.among:
            counts[group(case)][0] += level in measure.hit
            counts[group(case)][1] += 1
    return {name: Rate(*count) for name, count in sorted(counts.items())}


def total(found: Iterable[Outcome], measure: Measure) -> Rate:
    """The measure over all cases."""
    return rates(found, measure, GROUPS["all"]).get("all", Rate(0, 0))


def is_wrong(one: Outcome) -> bool:
    """Another level was found. An urgent case that is called an emergency is not wrong here; it has its own figure."""
    return one.found != one.case.level and (one.case.level, one.found) != ("urgent", "emergency")
