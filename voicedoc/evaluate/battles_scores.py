"""Scores of battles: ratings, who beats whom, and whether the judge looks at anything but place and length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from voicedoc.evaluate.arena import Battle, Winner, arena, read_scores
from voicedoc.evaluate.battles import winners
from voicedoc.evaluate.consistency import words_of
from voicedoc.evaluate.contest import Fought
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer, share, whole
from voicedoc.evaluate.tables import Cell, Heat, Table, Tabled, matrix, number


def _readable(row: Row) -> Counts | None:
    return None if row.fought is None else (float(len(winners(row.fought))), 2.0)


def _steady(row: Row) -> Counts | None:
    """Whether the winner is the same in both orders."""
    won = winners(row.fought) if row.fought else []
    return (float(won[0] == won[1]), 1.0) if len(won) == 2 else None


def _for_place(row: Row) -> Counts | None:
    """Of both orders together, the points of whoever was shown first: half of them, where place does not matter."""
    if row.fought is None:
        return None
    points = {"first": 1.0, "tie": 0.5, "second": 0.0}
    read = [winner for text in (row.fought.forth, row.fought.back) if (winner := read_scores(text))]
    return (sum(points[winner] for winner in read), float(len(read))) if len(read) == 2 else None


def _for_length(row: Row) -> Counts | None:
    """Of battles between answers of different length, the points of the longer one."""
    longer = _longer(row)
    won = winners(row.fought) if row.fought else []
    if longer == "tie" or not won:
        return None
    return (sum(1.0 if winner == longer else 0.5 * (winner == "tie") for winner in won), float(len(won)))


def _longer(row: Row) -> Winner:
    if row.fought is None:
        return "tie"
    first, second = (len(words_of(text, row.language)) for text in row.fought.answers)
    return "tie" if first == second else "first" if first > second else "second"


BATTLE_SCORERS = (
    Scorer("battles-readable", "judgements that could be read", False, whole(_readable), share),
    Scorer("battles-steady", "battles with the same winner in both orders", False, whole(_steady), share),
    Scorer("battles-first-shown", "points of the answer shown first: 50 where place does not matter", True,
           whole(_for_place), share),
    Scorer("battles-longer", "points of the longer answer", True, whole(_for_length), share),
)  # fmt: skip
"""Measures of battles."""


class _Judged(NamedTuple):
    """Two contestants' answers to a question, who won each battle that could be read, and whose is the longer."""

    fought: Fought
    won: list[Winner]
    longer: Winner
    question: str


def _battles(rows: Iterable[Row]) -> dict[str, list[_Judged]]:
    """Battles by language."""
    found: dict[str, list[_Judged]] = defaultdict(list)
    for row in rows:
        if row.fought is not None:
            found[row.slice].append(_Judged(row.fought, winners(row.fought), _longer(row), row.group))
    return found


def ratings(rows: Iterable[Row]) -> Iterator[Table]:
    """Elo of every contestant by language, by the judge and by length alone."""
    lines: list[tuple[Cell, ...]] = []
    for part, fought in _battles(rows).items():
        groups = [one.question for one in fought for _ in one.won]
        judged = [Battle(one.fought.first, one.fought.second, winner) for one in fought for winner in one.won]
        longer = [Battle(one.fought.first, one.fought.second, one.longer) for one in fought for _ in one.won]
        by_length = arena(longer, groups=groups) if longer else {}
        for name, found in arena(judged, groups=groups).items() if judged else ():
            figures = (number(found.value), number(found.low), number(found.high))
            lines.append((part, name, *figures, found.n, number(by_length[name].value)))
    if lines:
        columns = ("language", "contestant", "rating", "from", "to", "battles", "rating by length alone")
        note = "Elo with K = 4, median and 95 % interval of 1000 bootstrap samples of questions; all start at 1000."
        yield Table("ratings", "Ratings", columns, tuple(lines), note)


def wins(rows: Iterable[Row]) -> Iterator[Table]:
    """The points that each contestant won of each other, in percent."""
    for part, fought in _battles(rows).items():
        names = list(dict.fromkeys(name for one in fought for name in (one.fought.first, one.fought.second)))
        points, n = np.zeros((len(names), len(names))), np.zeros((len(names), len(names)))
        for one in fought:
            first, second = names.index(one.fought.first), names.index(one.fought.second)
            for winner in one.won:
                point = {"first": 1.0, "tie": 0.5, "second": 0.0}[winner]
                points[first, second] += point
                points[second, first] += 1.0 - point
                n[[first, second], [second, first]] += 1
        if n.any():
            shares = np.divide(100.0 * points, n, out=np.full(points.shape, np.nan), where=n > 0)
            title = f"Points won of each other, in percent: {part}"
            yield matrix(f"wins {part}", title, names, shares, Heat(0.0, 100.0), "Of the row against the column.")


BATTLE_TABLES: Mapping[str, Tabled] = MappingProxyType({"ratings": ratings, "wins": wins})
"""Tables of battles, by name."""
