"""Whether groups differ by more than chance, as papers test it: ANOVA, Tukey's pairs, t-tests. By scipy.

Intervals of this package's own figures are bootstrapped, see `statistics.py`; these tests stand beside published ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from voicedoc.registry import missing_package

CONFIDENCE = 0.95


class Anova(NamedTuple):
    """One-way analysis of variance: F with its degrees of freedom, between and within groups, and p."""

    f: float
    between: int
    within: int
    p: float


class Pair(NamedTuple):
    """First minus second: the means' difference with its 95 % interval, and p."""

    first: str
    second: str
    difference: float
    low: float
    high: float
    p: float


def anova(groups: Mapping[str, Sequence[float]]) -> Anova | None:
    """Whether any of the groups' means differs. None where no group varies, or one has fewer than two values."""
    values = _testable(groups)
    if values is None:
        return None
    found = _scipy().f_oneway(*values)
    f = float(found.statistic)
    # Of equal means rounding may make F a little less than 0, for which scipy has no p.
    return Anova(
        max(f, 0.0), len(values) - 1, sum(map(len, values)) - len(values), float(found.pvalue) if f > 0 else 1.0
    )


def tukey(groups: Mapping[str, Sequence[float]]) -> list[Pair]:
    """Each pair of groups by Tukey's honestly significant difference, whose p and intervals hold for all pairs at once.

    Nothing where `anova` tests nothing.
    """
    values = _testable(groups)
    if values is None:
        return []
    found = _scipy().tukey_hsd(*values)
    reach = found.confidence_interval(CONFIDENCE)
    return [
        Pair(
            first=first,
            second=second,
            difference=float(found.statistic[one, other]),
            low=float(reach.low[one, other]),
            high=float(reach.high[one, other]),
            p=float(found.pvalue[one, other]),
        )
        for (one, first), (other, second) in combinations(enumerate(groups), 2)
    ]


def t_test(groups: Mapping[str, Mapping[str, float]], *, paired: bool = True) -> list[Pair]:
    """Each pair of groups by Student's t, uncorrected for their number. Values are named: by question.

    Paired, over what both have: in several languages the questions are the same, which unpaired tests do not know. Left
    out are pairs with fewer than two values, or without any variance.
    """
    found = (_t(first, groups[first], second, groups[second], paired) for first, second in combinations(groups, 2))
    return [pair for pair in found if pair is not None]


def _t(first: str, ours: Mapping[str, float], second: str, theirs: Mapping[str, float], paired: bool) -> Pair | None:
    both = [name for name in ours if name in theirs]
    one = [ours[name] for name in both] if paired else list(ours.values())
    other = [theirs[name] for name in both] if paired else list(theirs.values())
    if min(len(one), len(other)) < 2 or not _can_differ(one, other, paired):
        return None
    found = _scipy().ttest_rel(one, other) if paired else _scipy().ttest_ind(one, other)
    reach = found.confidence_interval(CONFIDENCE)
    difference = sum(one) / len(one) - sum(other) / len(other)
    return Pair(first, second, difference, float(reach.low), float(reach.high), float(found.pvalue))


def _can_differ(one: Sequence[float], other: Sequence[float], paired: bool) -> bool:
    if paired:
        return len({round(a - b, 12) for a, b in zip(one, other, strict=True)}) > 1
    return _varies([one, other])


def _testable(groups: Mapping[str, Sequence[float]]) -> list[Sequence[float]] | None:
    values = list(groups.values())
    return values if len(values) > 1 and min(map(len, values)) > 1 and _varies(values) else None


def _varies(groups: Sequence[Sequence[float]]) -> bool:
    """Whether the values of any group differ from each other: without that, no test divides by anything but zero."""
    return any(max(values) - min(values) > 1e-12 for values in groups)


def _scipy() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    return stats
