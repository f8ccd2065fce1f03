"""Ratings from battles in pairs: which of two answers a judge prefers.

Source: Elo 1978, as PULSE-EVAL and Chatbot Arena (Zheng et al. 2023, arXiv 2306.05685) use it: battles change ratings
one after the other, so their order matters; the median over bootstrap samples of the battles takes that away.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.statistics import N_RESAMPLES, SEED

Winner: TypeAlias = Literal["first", "second", "tie"]

K = 4.0
SCALE = 400.0
BASE = 10.0
START = 1000.0
"""What the published ratings were made with."""

_NUMBER = r"(\d+(?:\.\d+)?)"
_TWO_SCORES = re.compile(rf"\s*{_NUMBER}\s*[\s,;]\s*{_NUMBER}\s*\.?\s*")


class Battle(NamedTuple):
    """Two models' answers to one question, and whose is better."""

    first: str
    second: str
    winner: Winner


class Rating(NamedTuple):
    """The median over bootstrap samples of the battles, with the 95 % interval; `n` battles were fought."""

    value: float
    low: float
    high: float
    n: int


def read_scores(reply: str) -> Winner | None:
    """Who wins by a judge's first line, which holds two scores ("8 7"); None where it does not.

    "8/10" is no pair of scores.
    """
    found = _TWO_SCORES.fullmatch(reply.strip().partition("\n")[0])
    if found is None:
        return None
    first, second = float(found[1]), float(found[2])
    return "tie" if first == second else "first" if first > second else "second"


def expected(own: float, other: float) -> float:
    """The share of points that a model with rating `own` should win against `other`, from 0 to 1."""
    return 1.0 / (1.0 + math.pow(BASE, (other - own) / SCALE))


def elo(battles: Sequence[Battle]) -> Mapping[str, float]:
    """Ratings after the battles, in their order. The ratings' sum never changes."""
    ratings = dict.fromkeys((name for battle in battles for name in (battle.first, battle.second)), START)
    for battle in battles:
        change = K * (_points(battle.winner) - expected(ratings[battle.first], ratings[battle.second]))
        ratings[battle.first] += change
        ratings[battle.second] -= change
    return ratings


def arena(
    battles: Sequence[Battle],
    *,
    groups: Sequence[str] | None = None,
    n_resamples: int = N_RESAMPLES,
    seed: int = SEED,
) -> Mapping[str, Rating]:
    """Every model's rating, the best first; the same battles, in any order, and the same seed give the same ratings.

    `groups` holds what belongs together, such as all battles over one question: they are drawn as one. As published,
    every battle is drawn by itself.

    Raises:
        ValueError: If there are no battles, `groups` has another length, or a model fights itself.
    """
    if not battles:
        raise ValueError("no battles to rate by")
    if alone := [battle.first for battle in battles if battle.first == battle.second]:
        raise ValueError(f"{alone[0]} fights itself")
    placed = sorted(zip(groups or [""] * len(battles), battles, strict=True))
    fought = [battle for _, battle in placed]
    together = _together([group for group, _ in placed]) if groups else np.arange(len(fought))[:, None]
    names = sorted({name for battle in fought for name in (battle.first, battle.second)})
    drawn = _resampled(fought, together, names, n_resamples, seed)
    low, value, high = np.percentile(drawn, [2.5, 50.0, 97.5], axis=0)
    n = {name: sum(name in battle[:2] for battle in fought) for name in names}
    ratings = {
        name: Rating(float(value[place]), float(low[place]), float(high[place]), n[name])
        for place, name in enumerate(names)
    }
    return dict(sorted(ratings.items(), key=lambda named: (-named[1].value, named[0])))


def _together(groups: Sequence[str]) -> NDArray[np.intp]:
    """The places of each group's battles, shape `(n_groups, most battles of one)`; -1 where there is no more."""
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    table = np.full((len(places), max(map(len, places.values()))), -1)
    for line, own in zip(table, places.values(), strict=True):
        line[: len(own)] = own
    return table


def _resampled(
    battles: Sequence[Battle], together: NDArray[np.intp], names: Sequence[str], n_resamples: int, seed: int
) -> NDArray[np.float64]:
    """Ratings of each sample, shape `(n_resamples, n_models)`. All samples are fought at once, battle by battle.

    A model that a sample leaves out keeps the rating that it started with.
    """
    places = {name: place for place, name in enumerate(names)}
    firsts = np.asarray([places[battle.first] for battle in battles])
    seconds = np.asarray([places[battle.second] for battle in battles])
    points = np.asarray([_points(battle.winner) for battle in battles])
    ratings = np.full((n_resamples, len(names)), START)
    samples = np.arange(n_resamples)
    for picked in np.random.default_rng(seed).integers(len(together), size=(len(together), n_resamples)):
        for drawn in together[picked].T:
            first, second = firsts[drawn], seconds[drawn]
            ahead = ratings[samples, second] - ratings[samples, first]
            change = K * (points[drawn] - 1.0 / (1.0 + BASE ** (ahead / SCALE))) * (drawn >= 0)
            ratings[samples, first] += change
            ratings[samples, second] -= change
    return ratings


def _points(winner: Winner) -> float:
    return {"first": 1.0, "tie": 0.5, "second": 0.0}[winner]
