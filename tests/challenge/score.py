"""What the guard makes of the challenge set: planted errors caught, false alarms, by language and kind of error.

A planted error is *caught* when a verdict that holds the sentence names it: its category is one of `EXPECTED`, and it
overlaps what was planted on at least one side. Where the guard's policy only shows such a difference (`SHOWN`), a
verdict that does not hold is enough. *Anything* is the looser count: any verdict that holds (is shown), whatever it
names. A *false alarm* is any verdict that holds on a correct pair.

A pair counts for both of its languages; an error counts only where `support` claims one of its categories in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.challenge.pairs import CORRECT, Pair, Place, Planted
from voicedoc.core.speech import Critical
from voicedoc.guard import LANGUAGES, Verdict, compare_texts, support

EXPECTED: dict[str, frozenset[str]] = {
    "tenfold-dose": frozenset({"dose", "number"}),
    "changed-unit": frozenset({"dose", "number", "duration"}),
    "changed-number": frozenset({"number", "dose", "duration", "time", "date"}),
    "changed-duration": frozenset({"duration", "number", "dose"}),
    "wrong-frequency": frozenset({"frequency", "number", "duration"}),
    "changed-timing": frozenset({"timing"}),
    "dropped-timing": frozenset({"timing"}),
    "changed-time": frozenset({"time", "timing", "date"}),
    "changed-date": frozenset({"date", "time"}),
    "missing-drug": frozenset({"drug"}),
    "substituted-drug": frozenset({"drug"}),
    "changed-allergen": frozenset({"allergy", "drug"}),
    "dropped-allergy": frozenset({"allergy"}),
    "invented-allergy": frozenset({"allergy"}),
    "dropped-negation": frozenset({"negation", "allergy", "modality"}),
    "added-negation": frozenset({"negation", "allergy", "modality"}),
    "swapped-side": frozenset({"laterality"}),
    "changed-body": frozenset({"laterality", "body"}),
    "changed-family": frozenset({"family"}),
    "dropped-pregnancy": frozenset({"pregnancy"}),
    "invented-pregnancy": frozenset({"pregnancy"}),
    "changed-modality": frozenset({"modality", "negation"}),
    "changed-severity": frozenset({"severity"}),
}
"""Kind of error → the guard's categories that name it."""

SHOWN = frozenset({"dropped-timing"})
"""What the guard's policy shows without holding the sentence (voicedoc/guard/README.md): a verdict is enough."""

Z = 1.96


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guard said of a pair. For a correct one `named` is False and `anything` a false alarm."""

    pair: Pair
    named: bool
    anything: bool
    differs: bool
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `n`; the interval is Wilson's, 95 %. Source: Wilson 1927, https://doi.org/10.2307/2276774."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        middle = self.value + Z**2 / (2 * self.n)
        spread = Z * (self.value * (1 - self.value) / self.n + Z**2 / (4 * self.n**2)) ** 0.5
        return max(0.0, (middle - spread) / (1 + Z**2 / self.n)), min(1.0, (middle + spread) / (1 + Z**2 / self.n))


def claimed(pair: Pair) -> bool:
    """Whether the guard says that it checks this in both languages."""
    if not {pair.source_language, pair.target_language} <= set(LANGUAGES):
        return False
    if pair.kind == CORRECT:
        return True
    both = (support(pair.source_language), support(pair.target_language))
    return any(all(categories.get(category) for categories in both) for category in EXPECTED[pair.kind])


def outcomes(pairs: Iterable[Pair]) -> Iterator[Outcome]:
    """Run the guard over the pairs that it claims."""
    return (outcome(pair) for pair in pairs if claimed(pair))


def outcome(pair: Pair) -> Outcome:
    """Run the guard over one pair."""
    found = compare_texts(pair.source, pair.target, source=pair.source_language, target=pair.target_language)
    counted = found.differences if pair.kind in SHOWN else found.held
    named = pair.planted is not None and any(_names(verdict, pair.kind, pair.planted) for verdict in counted)
    return Outcome(pair, named, bool(counted), bool(found.differences), tuple(found.differences))


def _names(verdict: Verdict, kind: str, planted: Planted) -> bool:
    sides = ((verdict.source, planted.source_places), (verdict.target, planted.target_places))
    items = [(item, places) for item, places in sides if item is not None]
    return any(item.kind in EXPECTED[kind] and _overlaps(item, places) for item, places in items)


def _overlaps(item: Critical, places: tuple[Place, ...]) -> bool:
    return any(item.start < end and start < item.end for start, end in places)


def rates(
    found: Iterable[Outcome], groups: Callable[[Pair], Iterable[str]], hit: Callable[[Outcome], bool]
) -> dict[str, Rate]:
    """How many are hits in each group; a pair may be in several."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in found:
        for group in groups(one.pair):
            counts[group][0] += hit(one)
            counts[group][1] += 1
    return {group: Rate(*count) for group, count in sorted(counts.items())}


def by_language(pair: Pair) -> tuple[str, ...]:
    return (pair.source_language, pair.target_language)


def by_route(pair: Pair) -> tuple[str, ...]:
    return (f"{pair.source_language}→{pair.target_language}",)


def by_kind(pair: Pair) -> tuple[str, ...]:
    return (pair.kind,)


def by_cell(pair: Pair) -> tuple[str, ...]:
    return tuple(f"{language} {pair.kind}" for language in by_language(pair))


def everything(_: Pair) -> tuple[str, ...]:
    return ("all",)


def correct(found: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in found if one.pair.kind == CORRECT]


def planted(found: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in found if one.pair.kind != CORRECT]
