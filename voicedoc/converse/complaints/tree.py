"""Walking a decision tree over signs: which one must be known next, what it comes to, and why. Pure functions.

Knowledge is a mapping from signs to True (told or answered yes), False (denied) or None (asked; the patient does not
know). A sign that is not in it was not asked yet. One that the patient does not know is not established: it makes no
condition true. It is never passed over in silence: the `Step` lists it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, get_args

from voicedoc.converse.complaints.pack import Level, Node, Pack
from voicedoc.errors import ConfigError

Known: TypeAlias = Mapping[str, bool | None]
Triple: TypeAlias = tuple[str, str, str]

_RELATIONS = ("and", "or", "null")

_SIGN = "sign"
_LEVEL = "level"
_REASON = "reason"
_ADVICE = "advice"


class Step(NamedTuple):
    """A condition on the way. `yes` is the branch taken, `signs` are those that settled it.

    `unknown` are signs of which the patient could not tell: had they been present, the other branch might be right.
    """

    node: Node
    yes: bool
    signs: tuple[str, ...]
    unknown: tuple[str, ...]


def next_sign(tree: Sequence[Node], known: Known) -> str | None:
    """The sign that must be known to walk on; None where a decision is reached. Never one that `known` has."""
    node = tree[_walk(tree, known)[0]]
    return next((sign for sign in node.signs if sign not in known), None)


def decision(tree: Sequence[Node], known: Known) -> Node | None:
    """The decision that what is known leads to; None where another sign must be known first."""
    node = tree[_walk(tree, known)[0]]
    return node if node.role == "D" else None


def path(tree: Sequence[Node], known: Known) -> tuple[Step, ...]:
    """The conditions that are settled, from the root on: the reason of the decision, or how far it is."""
    return _walk(tree, known)[1]


def possible(tree: Sequence[Node], known: Known) -> tuple[Node, ...]:
    """Every decision that is not excluded, in the tree's order, if what is not known could be either way.

    One decision: nothing that is still unknown can change it.
    """
    return _possible(tree, 0, known)


def check_tree(tree: Sequence[Node], where: str) -> None:
    """Say whether the nodes are one full binary tree in preorder: a branch for yes and one for no at each condition.

    Raises:
        ConfigError: If nodes are left over or lacking, or one is neither a whole condition nor a decision.
    """
    open_ends = 1
    for number, node in enumerate(tree, start=1):
        if open_ends == 0:
            raise _broken(where, f"node {number} has no place: the tree is complete without it")
        if wrong := _wrong(node):
            raise _broken(where, f"node {number} {wrong}")
        open_ends += 1 if node.role == "C" else -1
    if open_ends:
        raise _broken(where, f"the tree of {len(tree)} nodes has {open_ends} branches without a node")


def to_text2mdt(pack: Pack, language: str) -> dict[str, Any]:
    """The pack's tree as an entry of Text2MDT, in the words of `language`: `text` and `tree`.

    Source: the released files of Zhu et al. 2024, Text2MDT (arXiv 2401.02034).
    """
    title = pack.title[language]
    words = {sign: triple for triple, sign in sign_triples(pack, language).items()}
    return {"text": title, "tree": [_entry(_told(node, title, language, words), node) for node in pack.tree]}


def sign_triples(pack: Pack, language: str) -> dict[Triple, str]:
    """The signs of the pack by the triples that stand for them in `to_text2mdt`.

    A sign is told by the label of its question; by its own name where no question of the pack asks for it.
    """
    asked = {question.sign: question.label[language] for question in reversed(pack.questions) if question.sign}
    labels = {sign: sign for node in pack.tree for sign in node.signs} | asked
    times = Counter(labels.values())
    return {(pack.title[language], _SIGN, label if times[label] == 1 else sign): sign for sign, label in labels.items()}


def from_text2mdt(
    entry: Mapping[str, Any], signs: Mapping[Triple, str], *, language: str, level: Level
) -> tuple[Node, ...]:
    """The tree of an entry of Text2MDT, to be walked. `signs` says what each triple of a condition is in our names.

    A decision that `to_text2mdt` wrote is read back. Any other is of `level`, and what it says becomes its reason.

    Raises:
        ConfigError: If a condition's triple has no sign, the nodes are no whole tree, or it is no entry at all.
    """
    where = str(entry.get("text", ""))[:40]
    try:
        tree = tuple(_node(node, signs, language, level, where) for node in entry["tree"])
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            f"{where}: this is no entry of Text2MDT ({error!r})",
            remedy="each node of its tree has a role, triples of three texts, and a logical_rel",
        ) from error
    check_tree(tree, where)
    return tree


def _walk(tree: Sequence[Node], known: Known) -> tuple[int, tuple[Step, ...]]:
    """The place of the decision, or of the condition that is not settled, and the steps that led there."""
    at, steps = 0, list[Step]()
    while tree[at].role == "C":
        step = _step(tree[at], known)
        if step is None:
            break
        steps.append(step)
        at = at + 1 if step.yes else _end(tree, at + 1)
    return at, tuple(steps)


def _step(node: Node, known: Known) -> Step | None:
    """How the condition is settled; None where it is not. One yes settles an "or", one that is no yes an "and"."""
    present = tuple(sign for sign in node.signs if known.get(sign) is True)
    denied = tuple(sign for sign in node.signs if known.get(sign) is False)
    unknown = tuple(sign for sign in node.signs if sign in known and known[sign] is None)
    all_asked = len(present) + len(denied) + len(unknown) == len(node.signs)
    if node.relation == "and":
        if denied or unknown:
            return Step(node, yes=False, signs=denied, unknown=() if denied else unknown)
        return Step(node, yes=True, signs=present, unknown=()) if all_asked else None
    if present:
        return Step(node, yes=True, signs=present, unknown=())
    return Step(node, yes=False, signs=denied, unknown=unknown) if all_asked else None


def _end(tree: Sequence[Node], at: int) -> int:
    """The place after the branch that begins at `at`."""
    open_ends = 1
    while open_ends:
        open_ends += 1 if tree[at].role == "C" else -1
        at += 1
    return at


def _possible(tree: Sequence[Node], at: int, known: Known) -> tuple[Node, ...]:
    if tree[at].role == "D":
        return (tree[at],)
    step = _step(tree[at], known)
    settled = step is not None and not step.unknown
    branches = {True: at + 1, False: _end(tree, at + 1)}
    taken = [step.yes] if step is not None and settled else [True, False]
    return tuple(node for yes in taken for node in _possible(tree, branches[yes], known))


def _wrong(node: Node) -> str:
    """What is wrong with a node by itself; empty where nothing is."""
    if node.role not in ("C", "D"):
        return f"has the role '{node.role}', which is neither C nor D"
    if node.role == "D":
        return "is a decision that has signs" if node.signs else _wrong_level(node.level)
    if node.relation not in _RELATIONS:
        return f"joins its signs by '{node.relation}', which is none of {', '.join(_RELATIONS)}"
    if len(set(node.signs)) != len(node.signs):
        return f"names a sign twice: {', '.join(node.signs)}"
    if (len(node.signs) == 1) != (node.relation == "null") or not node.signs:
        return f"has {len(node.signs)} signs joined by '{node.relation}'; null is for one, and/or for more"
    return ""


def _wrong_level(level: str) -> str:
    levels = get_args(Level)
    return "" if level in levels else f"decides '{level}', which is none of {', '.join(levels)}"


def _broken(where: str, what: str) -> ConfigError:
    return ConfigError(
        f"{where}: {what}", remedy="write the tree in preorder: a condition, its whole branch for yes, then that for no"
    )


def _told(node: Node, title: str, language: str, words: Mapping[str, Triple]) -> list[Triple]:
    if node.role == "C":
        return [words[sign] for sign in node.signs]
    triples: list[Triple] = [(title, _LEVEL, node.level)]
    if node.reason:
        triples.append((title, _REASON, node.reason[language]))
    return [*triples, (title, _ADVICE, node.advice)] if node.advice else triples


def _entry(triples: Sequence[Triple], node: Node) -> dict[str, Any]:
    logic = node.relation if node.role == "C" else "and" if len(triples) > 1 else "null"
    return {"role": node.role, "triples": [list(triple) for triple in triples], "logical_rel": logic}


def _node(entry: Mapping[str, Any], signs: Mapping[Triple, str], language: str, level: Level, where: str) -> Node:
    triples = [(str(a), str(b), str(c)) for a, b, c in entry["triples"]]
    if entry["role"] != "C":
        return _decided(entry["role"], triples, language, level)
    if unnamed := [triple for triple in triples if triple not in signs]:
        raise ConfigError(f"{where}: no sign is named for {unnamed}", remedy="map each triple of a condition to a sign")
    named = tuple(dict.fromkeys(signs[triple] for triple in triples))
    return Node("C", named, entry["logical_rel"] if len(named) > 1 else "null")


def _decided(role: Any, triples: Sequence[Triple], language: str, level: Level) -> Node:
    said = {relation: text for _, relation, text in triples}
    if said.get(_LEVEL) not in get_args(Level):
        reason = "; ".join(" ".join(triple) for triple in triples)
        return Node(role, level=level, reason={language: reason} if reason else None)
    ours: Any = said[_LEVEL]
    return Node(
        role, level=ours, reason={language: said[_REASON]} if _REASON in said else None, advice=said.get(_ADVICE, "")
    )
