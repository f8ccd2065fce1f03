"""Decision trees: the same one is perfect, and each kind of damage lowers the scores that it should, and only those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voicedoc_corpora import text2mdt
from voicedoc_corpora.rows import Node, intact

from tests.helpers.shared import shared_data
from voicedoc.evaluate.trees import TreeScore, score_tree, tree_figures

pytestmark = pytest.mark.unit

Tree = tuple[Node, ...]

DRY = ("ketoacidosis", "symptom", "dry")
SOUR = ("ketoacidosis", "symptom", "Sour")
SALINE = ("ketoacidosis", "drug", "saline")
MOUTH = ("saline", "route", "by mouth")
VEIN = ("saline", "route", "by vein")

MADE: Tree = (
    Node("C", (DRY, SOUR), "and"),
    Node("D", (SALINE, VEIN), "and"),
    Node("C", (DRY,), "null"),
    Node("D", (SALINE, MOUTH), "and"),
    Node("D", (), "null"),
)


def lowered(score: TreeScore) -> set[str]:
    """Which figures are not perfect."""
    figures = tree_figures([score])
    perfect = dict.fromkeys(figures, 100.0) | {"edit-distance": 0.0}
    return {name for name, figure in figures.items() if figure.value != perfect[name]}


def logic_turned(tree: Tree) -> Tree:
    return (replace(tree[0], logic="or"), *tree[1:])


def branches_swapped(tree: Tree) -> Tree:
    """The two leaves under the second condition change places."""
    return (*tree[:3], tree[4], tree[3])


def triple_lost(tree: Tree) -> Tree:
    return (*tree[:3], replace(tree[3], triples=(SALINE,)), tree[4])


def triple_moved(tree: Tree) -> Tree:
    """A triple goes from one node to another that does not have it."""
    return (replace(tree[0], triples=(DRY,)), tree[1], replace(tree[2], triples=(DRY, SOUR)), *tree[3:])


def empty_leaf_filled(tree: Tree) -> Tree:
    return (*tree[:4], replace(tree[4], triples=(SALINE,)))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (logic_turned, {"node-f1", "path-f1", "tree-accuracy", "edit-distance"}),
        (branches_swapped, {"path-f1", "tree-accuracy", "edit-distance"}),
        (triple_lost, {"triple-f1", "node-f1", "path-f1", "tree-accuracy", "edit-distance"}),
        (triple_moved, {"node-f1", "path-f1", "tree-accuracy", "edit-distance"}),
        (empty_leaf_filled, {"node-f1", "path-f1", "tree-accuracy", "edit-distance"}),
    ],
)
def test_each_damage_lowers_the_scores_that_it_should(damage: Callable[[Tree], Tree], expected: set[str]):
    assert lowered(score_tree(damage(MADE), MADE)) == expected


def test_what_does_not_matter_lowers_nothing():
    order = (replace(MADE[0], triples=(SOUR, DRY)), *MADE[1:])
    case = (replace(MADE[0], triples=(DRY, ("Ketoacidosis", "SYMPTOM", "sour"))), *MADE[1:])
    assert lowered(score_tree(order, MADE)) == lowered(score_tree(case, MADE)) == set()


def test_the_distance_counts_roles_logic_and_triples_of_a_branch_that_is_not_there():
    cut = (*MADE[:2], MADE[3])  # the second condition has become its branch "yes"
    score = score_tree(cut, MADE)
    # In its place: role, logic, three triples. Below: two nodes of role and logic, one with two triples.
    assert score.distance == (5 + 4 + 2, 1)
    assert score.paths == (1, 2, 3)
    assert score_tree(MADE, cut).distance == score.distance


def test_a_tree_that_does_not_close_still_has_triples_and_nodes_but_no_paths():
    for broken in (MADE[:-1], (*MADE, MADE[-1])):
        score = score_tree(broken, MADE)
        assert score.triples == (5, 5, 5) and score.nodes == (4, 4, 4)
        assert score.paths == (0, 0, 3) and score.right == (0, 1)
        assert score.distance[0] > score_tree((), MADE).distance[0]


def test_nothing_found_scores_nothing_and_is_a_wrong_tree_but_not_as_released():
    score = score_tree((), MADE)
    assert (score.triples, score.nodes, score.paths, score.right) == ((0, 0, 5), (0, 0, 4), (0, 0, 3), (0, 1))
    assert score.distance == (2 * 5 + 7, 1)
    assert score_tree((), MADE, as_released=True).right == (0, 0)


def test_a_node_that_is_there_twice_is_right_twice_and_as_released_four_times():
    twice = (MADE[0], MADE[1], MADE[1])
    assert score_tree(twice, twice).nodes == (3, 3, 3)
    assert score_tree(twice, twice, as_released=True).nodes == (5, 3, 3)


def test_a_wanted_tree_must_be_whole():
    with pytest.raises(ValueError, match="4 wanted nodes"):
        score_tree(MADE, MADE[:-1])


def test_a_very_deep_tree_is_no_trouble():
    deep = (*(MADE[0],) * 1100, *(MADE[1],) * 1101)
    assert lowered(score_tree(deep, deep)) == set()


LEAVES = st.sampled_from([(MADE[1],), (MADE[3],), (MADE[4],)])
TREES = st.recursive(
    LEAVES,
    lambda parts: st.tuples(st.sampled_from([MADE[0], MADE[2]]), parts, parts).map(lambda t: (t[0], *t[1], *t[2])),
)


@settings(deadline=None, max_examples=40)
@given(TREES, TREES)
def test_the_distance_is_symmetric_and_zero_only_for_the_same_tree(one: Tree, other: Tree):
    there, back = score_tree(one, other), score_tree(other, one)
    assert there.distance == back.distance
    assert (there.distance[0] == 0) == bool(there.right[0]) == (one == other)
    assert there.paths == (back.paths.both, back.paths.wanted, back.paths.found)


def test_gold_against_gold_is_perfect_on_every_published_tree():
    trees = list(intact(text2mdt.read(shared_data("text2mdt"))))
    assert len(trees) == 400
    imperfect = [tree.id for tree in trees if lowered(score_tree(tree.nodes, tree.nodes))]
    assert imperfect == []
    figures = tree_figures([score_tree(tree.nodes, tree.nodes) for tree in trees])
    assert [figure.value for figure in figures.values()] == [100.0, 100.0, 100.0, 100.0, 0.0]


def test_four_published_trees_have_a_node_twice_which_the_released_scorer_counts_too_often():
    trees = list(intact(text2mdt.read(shared_data("text2mdt"))))
    scores = [score_tree(tree.nodes, tree.nodes, as_released=True) for tree in trees]
    assert sum(score.nodes.both > score.nodes.wanted for score in scores) == 4
