"""The guard on generated and handwritten sentence pairs: errors caught, false alarms, by language and kind of error."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.report import write_result
from tests.challenge.handwritten import SETS, handwritten
from tests.challenge.pairs import HALVES, Pair, challenge
from tests.challenge.score import (
    Outcome,
    Rate,
    by_cell,
    by_kind,
    by_language,
    by_route,
    correct,
    everything,
    outcomes,
    planted,
    rates,
)

Group = Callable[[Pair], tuple[str, ...]]
GROUPS: dict[str, Group] = {
    "all": everything,
    "language": by_language,
    "route": by_route,
    "kind": by_kind,
    "cell": by_cell,
}
BRIEFLY: dict[str, Group] = {"all": everything, "language": by_language, "kind": by_kind}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="how often each template is filled anew")
    rounds = parser.parse_args().rounds
    halves = {half: measured(challenge(half, rounds=rounds)) for half in HALVES}
    written = {name: measured(handwritten(name), BRIEFLY) for name in SETS}
    print(write_result("challenge", {"rounds": rounds, "halves": halves, "handwritten": written}))


def measured(pairs: list[Pair], groups: Mapping[str, Group] = GROUPS) -> dict[str, Any]:
    """The figures of some pairs; no sentence of them."""
    found = list(outcomes(pairs))

    def grouped(some: list[Outcome], hit: Callable[[Outcome], bool]) -> dict[str, dict[str, dict[str, int]]]:
        return {
            name: {group: figure(rate) for group, rate in rates(some, of, hit).items()} for name, of in groups.items()
        }

    return {
        "n": len(pairs),
        "n_claimed": len(found),
        "caught": grouped(planted(found), lambda one: one.named),
        "caught_by_anything": grouped(planted(found), lambda one: one.anything),
        "false_alarms": grouped(correct(found), lambda one: one.anything),
        "any_difference": grouped(correct(found), lambda one: one.differs),
        "false_alarms_of": alarms_of(correct(found)),
    }


def figure(rate: Rate) -> dict[str, int]:
    """The share and its interval follow from it."""
    return {"hits": rate.hits, "n": rate.n}


def alarms_of(found: list[Outcome]) -> dict[str, dict[str, int]]:
    """For each category of the guard, how many correct pairs it holds."""
    counts = Counter(category for one in found for category in {v.item.kind for v in one.verdicts if v.held})
    return {category: figure(Rate(hits, len(found))) for category, hits in sorted(counts.items())}


if __name__ == "__main__":
    main()
