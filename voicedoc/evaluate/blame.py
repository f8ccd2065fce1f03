"""Which stage broke it: what each of a chain's stages adds to the loss, by Shapley values over swapped-in gold.

For every set of stages the chain is run with those stages as they are and gold in the place of the others; its loss is
what that costs. A stage's blame is what it adds to the loss, averaged over all orders in which stages could be put in.
Source: Shapley 1953, A value for n-person games.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb, fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.statistics import interval

Losses = Mapping[frozenset[str], float]
"""What the chain loses with these stages real and gold in the place of the others; one entry for each set."""


class Blame(NamedTuple):
    """What a stage adds to the mean loss over `n` questions, with its 95 % interval over groups of them."""

    stage: str
    loss: float
    low: float | None
    high: float | None
    n: int


def coalitions(stages: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every set of stages that has to be run, the empty one first: 16 for four."""
    for size in range(len(stages) + 1):
        yield from map(frozenset, combinations(stages, size))


def shapley(losses: Losses, stages: Sequence[str]) -> dict[str, float]:
    """What each stage adds to the loss. They sum up to the loss of the whole chain above that with gold everywhere.

    Raises:
        ValueError: If the loss of a set of stages is not known.
    """
    if missing := [sorted(known) for known in coalitions(stages) if known not in losses]:
        raise ValueError(f"the loss is not known with {missing[0]} real")
    return {stage: _added(losses, stage, [other for other in stages if other != stage]) for stage in stages}


def in_order(losses: Losses, stages: Sequence[str]) -> dict[str, float]:
    """What the loss falls by when gold takes the place of the first of `stages`, then of the second too, and so on.

    In a chain this is the other way to lay blame. Where gold hides what came before it, Shapley values share an early
    stage's loss with the later ones whose gold would have hidden it; here each comes before those that would hide it.
    Both sum up to the same whole.

    Raises:
        ValueError: If the loss of a set of stages is not known.
    """
    sets = [frozenset(stages[place:]) for place in range(len(stages) + 1)]
    if missing := [sorted(known) for known in sets if known not in losses]:
        raise ValueError(f"the loss is not known with {missing[0]} real")
    return {stage: losses[one] - losses[other] for stage, one, other in zip(stages, sets[:-1], sets[1:], strict=True)}


def _added(losses: Losses, stage: str, others: Sequence[str]) -> float:
    n = len(others) + 1
    return fsum(
        (losses[before | {stage}] - losses[before]) / (n * comb(n - 1, len(before))) for before in coalitions(others)
    )


def _mean(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = sums[..., 0] / sums[..., 1]
    return mean


def blame(questions: Sequence[Losses], stages: Sequence[str], groups: Sequence[str] | None = None) -> list[Blame]:
    """The blame of every stage over many questions, the most to blame first. `groups` are drawn as one.

    Raises:
        ValueError: If there are no questions, or a loss is not known.
    """
    if not questions:
        raise ValueError("nobody is to blame for no questions")
    added = [shapley(losses, stages) for losses in questions]
    found = []
    for stage in stages:
        table = [(own[stage], 1.0) for own in added]
        between = interval(table, _mean, groups=groups)
        found.append(Blame(stage, between.value, between.low, between.high, len(questions)))
    return sorted(found, key=lambda one: -one.loss)
