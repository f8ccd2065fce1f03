"""Decision trees drawn from texts: by a dialogue model that is bound to their form, and by rules that read nothing."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voicedoc_corpora.rows import DecisionTree, Node

from voicedoc.converse.dialogue.role import Message, Sampling
from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.evaluate.asking import Speaks
from voicedoc.evaluate.consistency import jaccard
from voicedoc.registry import did_you_mean

LONGEST = 900
"""Tokens of a tree: the largest of Text2MDT need 800."""

_WORDINGS = Path(__file__).with_name("drawing.toml")

_NODE: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "role": {"enum": ["C", "D"]},
        "triples": {
            "type": "array",
            "maxItems": 6,
            "items": {"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 3},
        },
        "logic": {"enum": ["and", "or", "null"]},
    },
    "required": ["role", "triples", "logic"],
    "additionalProperties": False,
}

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"nodes": {"type": "array", "minItems": 1, "maxItems": 15, "items": _NODE}},
    "required": ["nodes"],
    "additionalProperties": False,
}
"""What a reply is bound to. Whether the nodes are a whole tree is not in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text, the tree that it tells, and that of the text in the same collection that is most like it."""

    text: str
    wanted: tuple[Node, ...]
    nearest: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a text. `reply` is word for word; `readable`: nodes could be read from it, whole tree or not."""

    wanted: tuple[Node, ...]
    found: tuple[Node, ...]
    reply: str = ""
    readable: bool = True


def drawing_fingerprint() -> str:
    """A digest over how trees are asked for."""
    return hashlib.sha256(_WORDINGS.read_bytes() + json.dumps(SCHEMA).encode()).hexdigest()


@cache
def _wordings(language: str) -> Mapping[str, str]:
    table: dict[str, dict[str, str]] = tomllib.loads(_WORDINGS.read_text("utf-8"))
    if primary(language) not in table:
        raise UnsupportedLanguage(
            f"nobody has written how to ask for a tree in '{language}'", remedy=f"there are {', '.join(sorted(table))}"
        )
    return table[primary(language)]


def draw(drawer: str, told: Told, language: str, speaks: Speaks) -> Drawn:
    """Have a text's tree drawn.

    Raises:
        BackendFailed: If the model gives no reply.
        UnsupportedLanguage: If there is no model, or nobody has written how to ask in the language.
    """
    return DRAWERS[drawer](told, language, speaks)


def _model(told: Told, language: str, speaks: Speaks) -> Drawn:
    words = _wordings(language)
    messages = (
        Message("system", words["system"].strip()),
        Message("user", words["example_text"]),
        Message("assistant", words["example_nodes"].strip()),
        Message("user", told.text),
    )
    reply = speaks.reply(messages, Sampling(max_tokens=LONGEST), schema=SCHEMA).text
    nodes = read_nodes(reply)
    return Drawn(told.wanted, nodes or (), reply, readable=nodes is not None)


def read_nodes(reply: str) -> tuple[Node, ...] | None:
    """The nodes of a reply; None where it is not JSON of the wanted form, such as one that was cut off."""
    try:
        return tuple(map(_node, json.loads(reply)["nodes"])) or None
    except (ValueError, KeyError, TypeError):
        return None


def _node(node: Mapping[str, Any]) -> Node:
    """Fewer than two triples are joined by nothing.

    Raises:
        ValueError: If something is not what the schema says: a server may take no notice of it.
    """
    wanted = _NODE["properties"]
    role, logic, triples = node["role"], node["logic"], tuple(map(_triple, node["triples"]))
    if role not in wanted["role"]["enum"] or logic not in wanted["logic"]["enum"]:
        raise ValueError(f"no node has the role {role} and the logic {logic}")
    return Node(role, triples, logic if len(triples) > 1 else "null")


def _triple(texts: Any) -> tuple[str, str, str]:
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{texts} is no list of texts")
    subject, relation, value = texts
    return subject, relation, value


def _nothing(told: Told, _language: str, _speaks: Speaks) -> Drawn:
    return Drawn(told.wanted, (Node("D", (), "null"),))


def _one_condition(told: Told, _language: str, _speaks: Speaks) -> Drawn:
    """The most frequent shape, without a word in it."""
    empty = (Node("C", (), "null"), Node("D", (), "null"), Node("D", (), "null"))
    return Drawn(told.wanted, empty)


def _nearest(told: Told, _language: str, _speaks: Speaks) -> Drawn:
    return Drawn(told.wanted, told.nearest)


DRAWERS: Mapping[str, Callable[[Told, str, Speaks], Drawn]] = MappingProxyType(
    {"model": _model, "one decision": _nothing, "one condition": _one_condition, "tree of the nearest text": _nearest}
)
"""Who draws, by name: the model under test, and rules."""


def told_by(trees: Sequence[DecisionTree]) -> Iterator[tuple[DecisionTree, Told]]:
    """Each tree with its text's neighbour."""
    grams = [_pairs(tree.text) for tree in trees]
    for place, tree in enumerate(trees):
        alike = [(jaccard(grams[place], own) or 0.0, -other) for other, own in enumerate(grams) if other != place]
        nearest = trees[-max(alike)[1]].nodes if alike else ()
        yield tree, Told(tree.text, tree.nodes, nearest)


def _pairs(text: str) -> set[tuple[str, ...]]:
    """Pairs of characters: words are not parted in every language."""
    return set(pairwise(text))


def check_drawers(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so."""
    for name in names:
        if name not in DRAWERS:
            raise ConfigError(f"nobody who draws trees is called '{name}'", remedy=did_you_mean(name, list(DRAWERS)))
