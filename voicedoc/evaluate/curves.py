"""Figures along a line, with intervals: how a share grows with each question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Figures
from voicedoc.evaluate.statistics import interval


@dataclass(frozen=True, slots=True)
class Curve:
    """A measure of each row at several places of `along`: `points` gives its counts there, none where it has none.

    Every row with points has the same number of them.
    """

    name: str
    title: str
    along: str
    points: Callable[[Row], Sequence[Counts]]
    figure: Figures
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Line:
    """A curve over one slice: at each place the value and its 95 % interval; None where there is one group only."""

    slice: str
    curve: str
    title: str
    along: str
    unit: str
    values: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    n: int


def line_of(curve: Curve, part: str, rows: Sequence[Row]) -> Line | None:
    """The curve over rows, drawn by their groups; None where it applies to none of them."""
    measured = [(row.group, points) for row in rows if (points := curve.points(row))]
    if not measured:
        return None
    groups = [group for group, _ in measured]
    columns = zip(*(points for _, points in measured), strict=True)
    found = [interval(column, curve.figure, groups=groups) for column in columns]
    return Line(
        slice=part,
        curve=curve.name,
        title=curve.title,
        along=curve.along,
        unit=curve.unit,
        values=tuple(one.value for one in found),
        low=tuple(one.low for one in found),
        high=tuple(one.high for one in found),
        n=len(measured),
    )
