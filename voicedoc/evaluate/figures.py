"""Figures with intervals, from counts that are taken row by row: no row is held."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.report import interval_text
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer
from voicedoc.evaluate.statistics import interval


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on one slice, in `unit`, with its 95 % interval. `counts` are the sums it comes from.

    `n` items were measured. The interval is over `n_groups` which were drawn: groups of items or, of one recording
    alone, blocks of it. In the latter case it says nothing about other recordings.
    """

    slice: str
    scorer: str
    title: str
    lower_is_better: bool
    unit: str
    value: float
    low: float | None
    high: float | None
    n: int
    n_groups: int
    drawn: str
    counts: tuple[float, ...]

    @property
    def interval(self) -> str:
        """The interval as text: "12.0 to 15.3", or a dash."""
        return interval_text(self.low, self.high)


def figures_of(scorers: Sequence[Scorer], rows: Iterable[Row], *, overall: str = "") -> Iterator[Figure]:
    """The figures of each measure for each slice and, where `overall` names that, for all of them together."""
    slices: dict[str, list[_Counted]] = {}
    together = [_Counted() for _ in scorers]
    for row in rows:
        own = slices.setdefault(row.slice, [])
        own += [_Counted() for _ in scorers[len(own) :]]
        for scorer, counted, all_counted in zip(scorers, own, together, strict=True):
            blocks = scorer.blocks(row)
            counted.add(row.group, blocks)
            if overall:
                all_counted.add(row.group, blocks)
    parts = slices | ({overall: together} if overall else {})
    for place, scorer in enumerate(scorers):
        for part, counts in parts.items():
            if (figure := counts[place].figure(scorer, part)) is not None:
                yield figure


@dataclass(slots=True)
class _Counted:
    """The counts of one measure over the rows of one slice, in blocks."""

    n: int = 0
    width: int = 0
    groups: list[str] = field(default_factory=list)
    flat: array[float] = field(default_factory=lambda: array("d"))

    def add(self, group: str, blocks: Sequence[Counts]) -> None:
        """Take in a row; nothing where the measure does not apply to it."""
        self.n += bool(blocks)
        for counts in blocks:
            self.width = len(counts)
            self.flat.extend(counts)
            self.groups.append(intern(group))

    def figure(self, scorer: Scorer, part: str) -> Figure | None:
        """None where nothing was counted, or what was counted gives no number: there is nothing to divide by."""
        table: NDArray[np.float64] = np.frombuffer(self.flat, dtype=np.float64).reshape(-1, self.width or 1)
        if not table.any():
            return None
        alone = self.n == 1
        found = interval(table, scorer.figure, groups=None if alone else self.groups)
        if math.isnan(found.value):
            return None
        return Figure(
            slice=part,
            scorer=scorer.name,
            title=scorer.title,
            lower_is_better=scorer.lower_is_better,
            unit=scorer.unit,
            value=found.value,
            low=found.low,
            high=found.high,
            n=self.n,
            n_groups=found.n_groups,
            drawn="blocks of one recording" if alone else "groups",
            counts=tuple(table.sum(0).tolist()),
        )
