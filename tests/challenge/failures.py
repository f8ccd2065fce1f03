"""The guard's failures on the half "dev": `python -m tests.challenge.failures [--language fr] [--kind missing-drug]`.

There is no option for the held half, on purpose.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tests.challenge.pairs import CORRECT, challenge
from tests.challenge.score import Outcome, outcomes


def failures(language: str, kind: str, *, rounds: int = 1) -> Iterator[Outcome]:
    """Errors that were not caught and correct pairs that were held; "" stands for any language or kind."""
    for one in outcomes(challenge("dev", rounds=rounds)):
        wanted = language in (one.pair.source_language, one.pair.target_language, "") and kind in (one.pair.kind, "")
        if wanted and (one.anything if one.pair.kind == CORRECT else not one.named):
            yield one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="", help="one of the pair's languages")
    parser.add_argument("--kind", default="", help='"correct" or a kind of error')
    parser.add_argument("--most", type=int, default=40, help="how many to show")
    options = parser.parse_args()
    found = list(failures(options.language, options.kind))
    for one in found[: options.most]:
        pair = one.pair
        print(f"\n{pair.kind} · {pair.template} · {pair.source_language}→{pair.target_language}")
        print(f"  {pair.source}\n  {pair.target}")
        if pair.planted:
            print(f"  planted: {pair.planted.source_text!r} → {pair.planted.target_text!r}")
        for verdict in one.verdicts:
            print(f"  {'held ' if verdict.held else 'shown'} {verdict.item.kind}: {verdict.message}")
    print(f"\n{len(found)} failures")


if __name__ == "__main__":
    main()
