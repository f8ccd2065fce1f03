"""The guard on generated and handwritten sentence pairs: errors caught, false alarms, by language and kind of error."""

from __future__ import annotations

import argparse
from collections import Counter
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

GROUPS = {"all": everything, "language": by_language, "route": by_route, "kind": by_kind, "cell": by_cell}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="how often each template is filled anew")
    rounds = parser.parse_args().rounds
    halves = {half: measured(challenge(half, rounds=rounds)) for half in HALVES}
    written = {name: measured(handwritten(name)) for name in SETS}
    print(write_result("challenge", {"rounds": rounds, "halves": halves, "handwritten": written}))


def measured(pairs: list[Pair]) -> dict[str, Any]:
    """The figures of some pairs; no sentence of them."""
    found = list(outcomes(pairs))
    return {
        "n": len(pairs),
        "n_claimed": len(found),
        "caught": grouped(planted(found), lambda one: one.named),
        "caught_by_anything": grouped(planted(found), lambda one: one.anything),
        "false_alarms": grouped(correct(found), lambda one: one.anything),
        "any_difference": grouped(correct(found), lambda one: one.differs),
        "false_alarms_of": alarms_of(correct(found)),
    }


def grouped(found: list[Outcome], hit: Any) -> dict[str, dict[str, dict[str, float]]]:
    return {
        name: {group: figure(rate) for group, rate in rates(found, groups, hit).items()}
        for name, groups in GROUPS.items()
    }


def figure(rate: Rate) -> dict[str, float]:
    low, high = rate.interval
    return {"value": rate.value, "low": low, "high": high, "hits": rate.hits, "n": rate.n}


def alarms_of(found: list[Outcome]) -> dict[str, dict[str, float]]:
    """For each category of the guard, how many correct pairs it holds."""
    counts = Counter(category for one in found for category in {v.item.kind for v in one.verdicts if v.held})
    return {category: figure(Rate(hits, len(found))) for category, hits in sorted(counts.items())}


if __name__ == "__main__":
    main()
