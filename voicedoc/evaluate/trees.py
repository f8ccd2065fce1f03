"""Decision trees beside the ones that people drew: triples, nodes, paths, whole trees, and how far apart they are.

Source: Zhu et al. 2022, Text2DT (CHIP-2022, task 3), and Zhu et al. 2024, Text2MDT (arXiv 2401.02034). Of their
released scorer `as_released` keeps three errors: nodes that a tree has twice count four times, paths that a found tree
has twice are right twice, and an empty tree is not counted among the trees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from voicedoc_corpora.rows import Node

from voicedoc.evaluate.scores import Counts, f1, ratio, share
from voicedoc.evaluate.statistics import Interval, interval

Triple: TypeAlias = tuple[str, str, str]
_Part = TypeVar("_Part", bound=Hashable)


class Overlap(NamedTuple):
    """How many are in both trees, how many were found, how many were wanted."""

    both: float
    found: float
    wanted: float


class TreeScore(NamedTuple):
    """The counts of one tree. `right` is (1 or 0, trees), `distance` (edits, trees)."""

    triples: Overlap
    nodes: Overlap
    paths: Overlap
    right: Counts
    distance: Counts


class _Key(NamedTuple):
    """What makes two nodes the same."""

    role: str
    logic: str
    triples: frozenset[Triple]


_NOTHING = _Key("", "", frozenset())
_Placed: TypeAlias = dict[str, _Key]
"""Nodes by their way from the root: "" for it, "L" for its branch "yes", "LR" for that one's branch "no"."""


def score_tree(found: Sequence[Node], wanted: Sequence[Node], *, as_released: bool = False) -> TreeScore:
    """Compare a found tree with the wanted one, both in pre-order; letters' case does not count.

    A found tree with too few or too many nodes has no paths, and all of its nodes are edits beside all wanted ones.

    Raises:
        ValueError: If the wanted nodes are no whole tree.
    """
    ours, theirs = [_key(node) for node in found], [_key(node) for node in wanted]
    placed, place = _grow(ours), _grow(theirs)
    if place is None:
        raise ValueError(f"the {len(wanted)} wanted nodes are no whole tree")
    n_trees = 0.0 if as_released and not found else 1.0
    distance = _distance(placed, place) if placed is not None else _weight(ours) + _weight(theirs)
    return TreeScore(
        triples=_shared(_triples(ours), _triples(theirs)),
        nodes=_nodes(ours, theirs, as_released),
        paths=_paths(placed or {}, place, as_released),
        right=(float(placed == place), n_trees),
        distance=(float(distance), n_trees),
    )


def tree_figures(scores: Sequence[TreeScore]) -> Mapping[str, Interval]:
    """F1 of triples, nodes and paths and the share of right trees in percent, and edits for each tree.

    Raises:
        ValueError: If there are no scores.
    """
    return {
        "triple-f1": interval([score.triples for score in scores], f1),
        "node-f1": interval([score.nodes for score in scores], f1),
        "path-f1": interval([score.paths for score in scores], f1),
        "tree-accuracy": interval([score.right for score in scores], share),
        "edit-distance": interval([score.distance for score in scores], ratio),
    }


def _key(node: Node) -> _Key:
    return _Key(node.role, node.logic, frozenset((a.lower(), b.lower(), c.lower()) for a, b, c in node.triples))


def _grow(nodes: Sequence[_Key]) -> _Placed | None:
    """Each node's place; None where nodes are left over or lacking. No nodes are a tree, too: the empty one."""
    placed: _Placed = {}
    open_ends = [""] if nodes else []
    for node in nodes:
        if not open_ends or node.role not in ("C", "D"):
            return None
        way = open_ends.pop()
        placed[way] = node
        open_ends += [way + "R", way + "L"] if node.role == "C" else []
    return None if open_ends else placed


def _distance(found: _Placed, wanted: _Placed) -> int:
    """Edits place by place: of the role, of the logic, and of each triple. A place without a node is an empty one."""
    ways = found.keys() | wanted.keys()
    return sum(_edits(found.get(way, _NOTHING), wanted.get(way, _NOTHING)) for way in ways)


def _edits(one: _Key, other: _Key) -> int:
    return (one.role != other.role) + (one.logic != other.logic) + len(one.triples ^ other.triples)


def _weight(nodes: Iterable[_Key]) -> int:
    return sum(_edits(node, _NOTHING) for node in nodes)


def _triples(nodes: Iterable[_Key]) -> Counter[Triple]:
    """Each triple once, wherever in the tree it is."""
    return Counter({triple for node in nodes for triple in node.triples})


def _nodes(ours: Sequence[_Key], theirs: Sequence[_Key], as_released: bool) -> Overlap:
    """Nodes that say something, wherever in the tree they are."""
    found, wanted = (Counter(node for node in nodes if node.triples) for nodes in (ours, theirs))
    shared = _shared(found, wanted)
    return shared._replace(both=sum(found[key] * wanted[key] for key in found)) if as_released else shared


def _paths(ours: _Placed, theirs: _Placed, as_released: bool) -> Overlap:
    found, wanted = Counter(_ways_down(ours)), Counter(_ways_down(theirs))
    shared = _shared(found, wanted)
    return shared._replace(both=sum(found[key] for key in wanted)) if as_released else shared


def _ways_down(placed: _Placed) -> Iterable[Hashable]:
    """From the root to each leaf: the turns taken and the nodes passed."""
    leaves = (way for way, node in placed.items() if node.role == "D")
    return ((way, tuple(placed[way[:depth]] for depth in range(len(way) + 1))) for way in leaves)


def _shared(found: Counter[_Part], wanted: Counter[_Part]) -> Overlap:
    return Overlap((found & wanted).total(), found.total(), wanted.total())
