"""Scores of decision trees that were drawn from texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from voicedoc.evaluate.drawing import Drawn
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Figures, Scorer, f1, ratio, share, whole
from voicedoc.evaluate.tables import Cell, Table, Tabled, number
from voicedoc.evaluate.trees import TreeScore, score_tree


def _score(drawn: Drawn) -> TreeScore:
    return score_tree(drawn.found, drawn.wanted)


def _of_tree(count: Callable[[TreeScore], Counts]) -> Callable[[Row], Counts | None]:
    def counted(row: Row) -> Counts | None:
        return None if row.drawn is None else count(_score(row.drawn))

    return counted


def _readable(row: Row) -> Counts | None:
    return None if row.drawn is None else (float(row.drawn.readable), 1.0)


def _scorer(
    name: str,
    title: str,
    count: Callable[[TreeScore], Counts],
    figure: Figures,
    *,
    lower: bool = False,
    unit: str = "%",
) -> Scorer:
    return Scorer(name, title, lower, whole(_of_tree(count)), figure, unit)


TREE_SCORERS = (
    _scorer("triple-f1", "triples of trees (F1)", lambda score: score.triples, f1),
    _scorer("node-f1", "nodes of trees (F1)", lambda score: score.nodes, f1),
    _scorer("path-f1", "paths from root to leaf (F1)", lambda score: score.paths, f1),
    _scorer("tree-accuracy", "trees that are right as a whole", lambda score: score.right, share),
    _scorer("edit-distance", "edits for each tree", lambda score: score.distance, ratio, lower=True, unit="edits"),
    Scorer("tree-readable", "replies that could be read", False, whole(_readable), share),
)
"""Measures of drawn trees; see `trees.py`."""


def shapes(rows: Iterable[Row]) -> Iterator[Table]:
    """How large the trees are that each drew, beside the wanted ones, and how many are whole trees."""
    sizes: dict[str, list[tuple[int, int, bool]]] = {}
    for row in rows:
        if row.drawn is not None:
            size = (len(row.drawn.found), len(row.drawn.wanted), _is_whole(row.drawn))
            sizes.setdefault(row.slice, []).append(size)
    lines: list[tuple[Cell, ...]] = []
    for part, own in sizes.items():
        n = len(own)
        found, wanted = (number(sum(size[place] for size in own) / n) for place in (0, 1))
        lines.append((part, n, found, wanted, round(100.0 * sum(size[2] for size in own) / n, 1)))
    if lines:
        columns = ("drawn by", "texts", "nodes drawn", "nodes wanted", "whole trees %")
        yield Table("shapes", "Shapes of the trees", columns, tuple(lines))


def _is_whole(drawn: Drawn) -> bool:
    """Whether the nodes are one tree: every condition has both of its branches."""
    open_ends = 1
    for node in drawn.found:
        if open_ends == 0:
            return False
        open_ends += 1 if node.role == "C" else -1
    return open_ends == 0


TREE_TABLES: Mapping[str, Tabled] = MappingProxyType({"shapes": shapes})
"""Tables of drawn trees, by name."""
