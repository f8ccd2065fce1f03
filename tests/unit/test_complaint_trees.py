"""Trees over signs: walking one ends, asks nothing twice, and comes to what plain recursion comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voicedoc_corpora import text2mdt
from voicedoc_corpora.rows import DecisionTree, intact
from voicedoc_corpora.rows import Node as Published

from tests.helpers.shared import shared_data
from voicedoc.converse.complaints.pack import Node, Pack, Question, Slot
from voicedoc.converse.complaints.tree import (
    check_tree,
    decision,
    from_text2mdt,
    next_sign,
    path,
    possible,
    sign_triples,
    to_text2mdt,
)
from voicedoc.errors import ConfigError
from voicedoc.evaluate.trees import score_tree

pytestmark = pytest.mark.unit

SIGNS = ("fever", "rash", "cough", "headache", "neck-stiff", "vomiting")
LEVELS = ("emergency", "urgent", "soon", "routine")

EMERGENCY = Node("D", level="emergency", reason={"en": "may be meningitis"}, advice="emergency.go-now")
SOON = Node("D", level="soon", reason={"en": "fever with a rash"})
ROUTINE = Node("D", level="routine", reason={"en": "nothing alarming"})
TREE = (
    Node("C", ("neck-stiff", "headache"), "and"),
    EMERGENCY,
    Node("C", ("fever", "rash"), "or"),
    SOON,
    ROUTINE,
)


@st.composite
def conditions(draw: st.DrawFn) -> Node:
    signs = draw(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=3, unique=True))
    return Node("C", tuple(signs), draw(st.sampled_from(("and", "or"))) if len(signs) > 1 else "null")


DECISIONS = st.builds(
    Node,
    st.just("D"),
    level=st.sampled_from(LEVELS),
    reason=st.text(min_size=1, max_size=5).map(lambda text: {"en": text}),
    advice=st.sampled_from(("", "emergency.go-now")),
)
TREES = st.recursive(
    DECISIONS.map(lambda node: (node,)),
    lambda branches: st.tuples(conditions(), branches, branches).map(lambda parts: (parts[0], *parts[1], *parts[2])),
    max_leaves=12,
)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(SIGNS, st.sampled_from((True, False, None))))


def recursively(tree: Sequence[Node], known: Mapping[str, bool | None]) -> tuple[Node, Sequence[Node]]:
    """What the tree comes to, evaluated branch by branch, and the nodes after it: the plain reference."""
    node, rest = tree[0], tree[1:]
    if node.role == "D":
        return node, rest
    yes, rest = recursively(rest, known)
    no, rest = recursively(rest, known)
    established = [known[sign] is True for sign in node.signs]
    return (yes if (any if node.relation == "or" else all)(established) else no), rest


def asked_of(tree: Sequence[Node], answers: Mapping[str, bool | None]) -> tuple[list[str], dict[str, bool | None]]:
    """The signs asked until the tree decides, and what is known then."""
    asked, known = list[str](), dict[str, bool | None]()
    while (sign := next_sign(tree, known)) is not None:
        asked.append(sign)
        known[sign] = answers[sign]
        assert len(asked) <= len(answers)
    return asked, known


@given(TREES, ANSWERS)
def test_a_walk_ends_asks_no_sign_twice_and_decides_what_plain_recursion_decides(
    tree: tuple[Node, ...], answers: dict[str, bool | None]
):
    asked, known = asked_of(tree, answers)
    assert len(set(asked)) == len(asked)
    assert decision(tree, known) is recursively(tree, answers)[0]


@given(TREES, ANSWERS)
def test_what_was_not_asked_would_have_changed_nothing(tree: tuple[Node, ...], answers: dict[str, bool | None]):
    _, known = asked_of(tree, answers)
    assert decision(tree, known) is decision(tree, answers)
    assert [step.node for step in path(tree, known)] == [step.node for step in path(tree, answers)]


@given(TREES, ANSWERS)
def test_there_is_a_decision_exactly_where_there_is_nothing_to_ask(
    tree: tuple[Node, ...], answers: dict[str, bool | None]
):
    known: dict[str, bool | None] = {}
    for sign, answer in answers.items():
        assert (decision(tree, known) is None) == (next_sign(tree, known) is not None)
        known[sign] = answer
    assert decision(tree, known) is not None


@given(TREES, ANSWERS)
def test_an_answer_that_was_unknown_and_could_matter_is_on_the_path(
    tree: tuple[Node, ...], answers: dict[str, bool | None]
):
    listed = {sign for step in path(tree, answers) for sign in step.unknown}
    assert listed <= {sign for sign, answer in answers.items() if answer is None}
    if not listed:
        for present in (True, False):
            known = {sign: present if answer is None else answer for sign, answer in answers.items()}
            assert decision(tree, known) is decision(tree, answers)


@given(TREES, ANSWERS, ANSWERS)
def test_whatever_becomes_known_later_is_among_what_is_possible(
    tree: tuple[Node, ...], answers: dict[str, bool | None], later: dict[str, bool | None]
):
    known = {sign: later[sign] if answer is None else answer for sign, answer in answers.items()}
    among = [id(node) for node in possible(tree, answers)]
    assert id(decision(tree, known)) in among
    assert {id(node) for node in possible(tree, known)} <= set(among)
    assert len(possible(tree, {})) == sum(node.role == "D" for node in tree)


@given(TREES, ANSWERS)
def test_each_step_is_settled_by_signs_with_the_answer_it_says(tree: tuple[Node, ...], answers: dict[str, bool | None]):
    for step in path(tree, answers):
        assert {answers[sign] for sign in step.signs} <= {step.yes}
        assert {answers[sign] for sign in step.unknown} <= {None}
        assert step.signs or step.unknown


def test_one_yes_settles_an_or_and_one_no_settles_an_and():
    assert next_sign(TREE, {}) == "neck-stiff"
    assert next_sign(TREE, {"neck-stiff": False}) == "fever"
    assert decision(TREE, {"neck-stiff": False, "fever": True}) is SOON
    assert decision(TREE, {"neck-stiff": True, "headache": True}) is EMERGENCY


def test_a_patient_who_does_not_know_is_not_taken_for_yes_and_not_passed_over():
    known = {"neck-stiff": None, "fever": False, "rash": None}
    assert decision(TREE, known) is ROUTINE
    assert [step.unknown for step in path(TREE, known)] == [("neck-stiff",), ("rash",)]
    assert possible(TREE, known) == (EMERGENCY, SOON, ROUTINE)


def test_an_unknown_answer_that_could_change_nothing_is_not_listed():
    known = {"neck-stiff": None, "headache": False, "fever": None, "rash": True}
    assert decision(TREE, known) is SOON
    assert [step.unknown for step in path(TREE, known)] == [(), ()]
    assert possible(TREE, known) == (SOON,)


def test_the_path_says_which_signs_led_there():
    steps = path(TREE, {"neck-stiff": False, "headache": True, "fever": True})
    assert [(step.node, step.yes, step.signs) for step in steps] == [
        (TREE[0], False, ("neck-stiff",)),
        (TREE[2], True, ("fever",)),
    ]


CROOKED = {
    "0 nodes": (),
    "node 2 has no place": (ROUTINE, SOON),
    "2 branches without a node": (TREE[0],),
    "1 branches without a node": TREE[:-1],
    "node 1 has 0 signs": (Node("C"), SOON, ROUTINE),
    "node 1 has 1 signs": (Node("C", ("fever",), "or"), SOON, ROUTINE),
    "node 1 has 2 signs": (Node("C", ("fever", "rash")), SOON, ROUTINE),
    "names a sign twice": (Node("C", ("fever", "fever"), "or"), SOON, ROUTINE),
    "is a decision that has signs": (Node("D", ("fever",)),),
    "decides 'later'": (replace(ROUTINE, level="later"),),
    "has the role 'X'": (replace(ROUTINE, role="X"),),
    "joins its signs by 'xor'": (replace(TREE[0], relation="xor"), SOON, ROUTINE),
}


@pytest.mark.parametrize("says", CROOKED)
def test_a_tree_that_is_not_whole_is_refused_with_the_place(says: str):
    with pytest.raises(ConfigError, match=r"^rash\.toml: ") as refused:
        check_tree(CROOKED[says], "rash.toml")
    assert says in str(refused.value)


@given(TREES)
def test_a_whole_tree_is_accepted_and_one_without_its_last_node_is_not(tree: tuple[Node, ...]):
    check_tree(tree, "here")
    with pytest.raises(ConfigError):
        check_tree(tree[:-1], "here")
    with pytest.raises(ConfigError):
        check_tree((*tree, ROUTINE), "here")


def pack_of(tree: tuple[Node, ...]) -> Pack:
    questions = tuple(
        Question(f"made.{sign}", Slot.ASSOCIATED, "yes-no", {"en": f"{sign}?"}, {"en": f"Has {sign}"}, sign=sign)
        for sign in SIGNS
    )
    return Pack("made", {"en": "Made up"}, {}, ("fever",), questions, tree, (), 1)


def published(entry: Mapping[str, object]) -> list[Published]:
    nodes = entry["tree"]
    assert isinstance(nodes, list)
    return [
        Published(node["role"], tuple((a, b, c) for a, b, c in node["triples"]), node["logical_rel"]) for node in nodes
    ]


@settings(deadline=None)
@given(TREES)
def test_a_tree_that_goes_to_text2mdt_and_comes_back_is_the_same(tree: tuple[Node, ...]):
    pack = pack_of(tree)
    entry = to_text2mdt(pack, "en")
    assert from_text2mdt(entry, sign_triples(pack, "en"), language="en", level="routine") == tree
    assert score_tree(published(entry), published(entry)).right == (1.0, 1.0)


def test_a_changed_tree_scores_less_than_the_same_one():
    changed = (replace(TREE[0], relation="or"), *TREE[1:])
    entries = [published(to_text2mdt(pack_of(tree), "en")) for tree in (TREE, changed)]
    assert score_tree(entries[1], entries[0]).right == (0.0, 1.0)
    assert score_tree(entries[1], entries[0]).distance == (1.0, 1.0)


def entry_of(tree: DecisionTree) -> dict[str, object]:
    nodes = [
        {"role": node.role, "triples": [list(triple) for triple in node.triples], "logical_rel": node.logic}
        for node in tree.nodes
    ]
    return {"text": tree.text, "tree": nodes}


def test_every_published_tree_of_text2mdt_can_be_walked_with_any_knowledge():
    trees = list(intact(text2mdt.read(shared_data("text2mdt"))))
    assert len(trees) == 400
    for tree in trees:
        signs = {triple: " ".join(triple) for node in tree.nodes for triple in node.triples}
        ours = from_text2mdt(entry_of(tree), signs, language="zh", level="soon")
        assert [node.role for node in ours] == [node.role for node in tree.nodes]
        names = sorted({sign for node in ours for sign in node.signs})
        for answers in (
            dict.fromkeys(names, True),
            dict.fromkeys(names, False),
            dict.fromkeys(names),
            {name: place % 2 == 0 for place, name in enumerate(names)},
        ):
            asked, known = asked_of(ours, answers)
            assert len(set(asked)) == len(asked)
            assert decision(ours, known) is recursively(ours, answers)[0]


def test_a_published_decision_keeps_what_it_says_and_gets_the_level_that_the_caller_chose():
    triple = ["patient", "drug", "saline"]
    entry = {"text": "t", "tree": [{"role": "D", "triples": [triple], "logical_rel": "null"}]}
    assert from_text2mdt(entry, {}, language="en", level="soon") == (
        Node("D", level="soon", reason={"en": "patient drug saline"}),
    )


def test_a_triple_without_a_sign_is_named_in_the_error():
    entry = to_text2mdt(pack_of(TREE), "en")
    signs = {triple: sign for triple, sign in sign_triples(pack_of(TREE), "en").items() if sign != "neck-stiff"}
    with pytest.raises(ConfigError, match="Has neck-stiff"):
        from_text2mdt(entry, signs, language="en", level="routine")


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "t"},
        {"text": "t", "tree": [{"role": "D", "triples": [["a", "b"]], "logical_rel": "null"}]},
        {"text": "t", "tree": [{"role": "D", "triples": None, "logical_rel": "null"}]},
        {"text": "t", "tree": [{"triples": [], "logical_rel": "null"}]},
        {"text": "t", "tree": ["D"]},
        {"text": "t", "tree": []},
        {"text": "t", "tree": [{"role": "C", "triples": [], "logical_rel": "null"}]},
    ],
)
def test_what_is_no_entry_of_text2mdt_is_refused(entry: dict[str, object]):
    with pytest.raises(ConfigError) as refused:
        from_text2mdt(entry, {}, language="en", level="routine")
    assert refused.value.remedy


def test_two_signs_of_one_label_are_told_apart_by_their_names():
    pack = pack_of(TREE)
    same = tuple(replace(question, label={"en": "Same"}) for question in pack.questions)
    signs = sign_triples(replace(pack, questions=same), "en")
    assert len(signs) == len(SIGNS)
    entry = to_text2mdt(replace(pack, questions=same), "en")
    assert from_text2mdt(entry, signs, language="en", level="routine") == TREE
