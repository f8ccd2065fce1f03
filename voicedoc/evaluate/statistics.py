"""Bootstrap intervals over items or, where items belong together, over groups such as consultations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.scores import Counts, Figures

N_RESAMPLES = 1000
SEED = 1

Table: TypeAlias = Sequence[Counts] | NDArray[np.float64]
"""The counts of each item, as tuples or of shape `(n_items, n_counts)`."""

_BLOCK = 1 << 22
"""Numbers of draws that are multiplied at once: of many groups, all of them would not fit into memory."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bootstrap interval over `n` items in `n_groups` groups; None where there is one group.

    An interval of no width means that no item differs from the others: the true one is wider.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    n_groups: int


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second on the same items, with its 95 % interval; `p` is the two-sided paired bootstrap's."""

    value: float
    low: float
    high: float
    p: float
    n: int
    n_groups: int


def interval(
    counts: Table, figure: Figures, *, groups: Sequence[str] | None = None, n_resamples: int = N_RESAMPLES
) -> Interval:
    """The figure over all items and its percentile bootstrap interval; the same counts give the same interval.

    Source: Efron & Tibshirani 1993, ch. 13; Bisani & Ney 2004 for word errors.

    Raises:
        ValueError: If there are no counts, or `groups` has another length.
    """
    sums = _grouped(counts, groups)
    value = float(figure(sums.sum(0)))
    if len(sums) == 1:
        return Interval(value, None, None, len(counts), 1)
    low, high = _percentiles(figure(_drawn(sums, n_resamples)))
    return Interval(value, low, high, len(counts), len(sums))


def paired_difference(
    first: Table,
    second: Table,
    figure: Figures,
    *,
    groups: Sequence[str] | None = None,
    n_resamples: int = N_RESAMPLES,
) -> Difference:
    """How much better or worse the first system is than the second on the same items, which are drawn together.

    Source: Koehn 2004, https://aclanthology.org/W04-3250.

    Raises:
        ValueError: If the systems have different numbers of items, or none.
    """
    if len(first) != len(second):
        raise ValueError(f"paired systems need the same items, got {len(first)} and {len(second)}")
    ours, theirs = _grouped(first, groups), _grouped(second, groups)
    differences = figure(_drawn(ours, n_resamples)) - figure(_drawn(theirs, n_resamples))
    low, high = _percentiles(differences)
    value = float(figure(ours.sum(0)) - figure(theirs.sum(0)))
    return Difference(value, low, high, _two_sided(differences), len(first), len(ours))


def _grouped(counts: Table, groups: Sequence[str] | None) -> NDArray[np.float64]:
    """Summed counts of each group, shape `(n_groups, n_counts)`."""
    if len(counts) == 0:
        raise ValueError("no items to draw from")
    table = np.asarray(counts, dtype=np.float64)
    if groups is None:
        return table
    if len(groups) != len(counts):
        raise ValueError(f"{len(counts)} items have {len(groups)} groups")
    names, places = np.unique(np.asarray(groups), return_inverse=True)
    sums = np.zeros((len(names), table.shape[1]))
    np.add.at(sums, places, table)
    return sums


def _drawn(sums: NDArray[np.float64], n_resamples: int) -> NDArray[np.float64]:
    """The summed counts of each resample of groups, shape `(n_resamples, n_counts)`."""
    draws = _draws(len(sums), n_resamples)
    step = max(1, _BLOCK // len(sums))
    blocks = [draws[at : at + step].astype(np.float64) @ sums for at in range(0, n_resamples, step)]
    return blocks[0] if len(blocks) == 1 else np.concatenate(blocks)


@lru_cache(maxsize=4)
def _draws(n: int, n_resamples: int) -> NDArray[np.unsignedinteger]:
    """How often each of `n` groups is drawn in each resample, shape `(n_resamples, n)`. Measures share them."""
    generator, step = np.random.default_rng(SEED), max(1, _BLOCK // n)
    shares = np.full(n, 1.0 / n)
    blocks = []
    for at in range(0, n_resamples, step):
        drawn = generator.multinomial(n, shares, size=min(step, n_resamples - at))
        blocks.append(drawn.astype(np.min_scalar_type(drawn.max())))
    return np.concatenate(blocks)


def _percentiles(drawn: NDArray[np.float64]) -> tuple[float, float]:
    present = drawn[~np.isnan(drawn)]
    if present.size == 0:
        return (float("nan"), float("nan"))
    low, high = np.percentile(present, [2.5, 97.5])
    return (float(low), float(high))


def _two_sided(differences: NDArray[np.float64]) -> float:
    present = differences[~np.isnan(differences)]
    if present.size == 0:
        return float("nan")
    tails = (np.count_nonzero(present <= 0), np.count_nonzero(present >= 0))
    return min(1.0, 2 * (min(tails) + 1) / (present.size + 1))
