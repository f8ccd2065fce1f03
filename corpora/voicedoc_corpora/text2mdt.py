"""Text2MDT: sentences of Chinese guidelines and textbooks, and the decision trees that they tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, json_entries, over
from voicedoc_corpora.rows import Broken, DecisionTree, Node

CARD = CorpusCard(
    name="text2mdt",
    description="500 texts with their binary decision trees: 300 to train, 100 to develop, 100 to test",
    languages=("zh",),
    sources=(Source("*.json", "Stardust-hyx/Generative_Text2DT", "MIT", True),),
    attribution="Zhu et al. 2024, Text2MDT: Extracting Medical Decision Trees from Medical Texts (arXiv 2401.02034)",
    fields={
        "(line)": "id: the file's name and the line where the entry begins",
        "text": "text",
        "tree": "nodes in pre-order: role C or D, triples of three texts, logical_rel and, or, null",
    },
    certainty="reads the real train and dev files, 400 trees",
)


def read(path: Path) -> Iterator[DecisionTree | Broken]:
    """The trees of a file, or of all files of a folder. One whose nodes are too few or too many is broken.

    Raises:
        CorpusError: If there is no `.json` file.
    """
    return over(path, lambda file: each(json_entries(file), _tree), "*.json")


def _tree(record: Record) -> DecisionTree:
    nodes = tuple(_node(node, place) for place, node in enumerate(record.items("tree"), start=1))
    open_ends = 1
    for place, node in enumerate(nodes, start=1):
        if open_ends == 0:
            raise Malformed(f"node {place} has no place in the tree")
        open_ends += 1 if node.role == "C" else -1
    if open_ends:
        raise Malformed(f"{open_ends} branches of the tree have no node")
    return DecisionTree(f"{record.file.stem}:{record.line}", "zh", record.text("text"), nodes)


def _node(node: Any, place: int) -> Node:
    if not isinstance(node, dict) or node.get("role") not in ("C", "D"):
        raise Malformed(f"node {place} has neither the role C nor D")
    triples, logic = node.get("triples"), node.get("logical_rel")
    if not isinstance(triples, list) or not all(_is_triple(triple) for triple in triples):
        raise Malformed(f"node {place} has something else than triples of text")
    if logic not in ("and", "or", "null"):
        raise Malformed(f"node {place} joins its triples by neither and, or, nor null")
    return Node(node["role"], tuple((t[0], t[1], t[2]) for t in triples), logic)


def _is_triple(triple: Any) -> bool:
    return isinstance(triple, list) and len(triple) == 3 and all(isinstance(part, str) for part in triple)
