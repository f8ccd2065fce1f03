"""Red flags: emergencies that are found in what patients say, and false alarms, by language and condition.

What was found in each case when it was first run stays in the result: after it, the rules are mended by the half "dev".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.report import RESULTS, commit, write_result
from tests.challenge.alarms.cases import HALVES, Case, cases
from tests.challenge.alarms.score import GROUPS, MEASURES, Outcome, outcomes, rates
from tests.challenge.alarms.watch import watched


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", default="", help='only these: "en,pt"')
    wanted = tuple(filter(None, parser.parse_args().languages.split(",")))
    chosen = [case for case in cases() if not wanted or case.language in wanted]
    now = {one.case.id: one.found for one in outcomes(chosen, watched)}
    first = first_run(now)
    runs = {"first": {**first, **halves(chosen, first["found"])}, "current": halves(chosen, now)}
    print(write_result("alarms", runs))
    for run, found in runs.items():
        for half in HALVES:
            print(run, half, *(shown(name, found[half][name]["all"].get("all")) for name in MEASURES), sep="  ")


def first_run(now: Mapping[str, str]) -> dict[str, Any]:
    """The level that was found first in each case, and the commit at which the first of all were run."""
    path = RESULTS / "alarms.json"
    before = json.loads(path.read_text("utf-8"))["first"] if path.is_file() else {"commit": commit(), "found": {}}
    return {"commit": before["commit"], "found": {**now, **before["found"]}}


def halves(chosen: Sequence[Case], found: Mapping[str, str]) -> dict[str, Any]:
    """The figures of each half."""
    return {half: measured([Outcome(one, found[one.id]) for one in chosen if one.half == half]) for half in HALVES}


def measured(found: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of some cases; nothing that anybody says. Shares and intervals follow from hits and n."""
    return {
        "n": len(found),
        **{
            name: {
                key: {value: {"hits": rate.hits, "n": rate.n} for value, rate in rates(found, measure, group).items()}
                for key, group in GROUPS.items()
            }
            for name, measure in MEASURES.items()
        },
    }


def shown(name: str, figure: Mapping[str, int] | None) -> str:
    return f"{name} {figure['hits']}/{figure['n']}" if figure else f"{name} –"


if __name__ == "__main__":
    main()
