"""Sentences written by hand in ten languages, each correct and with one planted error: `sentences/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from tests.challenge.pairs import CORRECT, Pair, Planted
from tests.challenge.slots import HERE, LANGUAGES

SETS = tuple(sorted(path.stem for path in (HERE / "sentences").glob("*.toml")))


def handwritten(name: str) -> list[Pair]:
    """All pairs of a set between English and each other language, both ways: correct ones, and planted ones."""
    rows = tomllib.loads((HERE / "sentences" / f"{name}.toml").read_text("utf-8"))["sentence"]
    return [pair for row in rows for other in LANGUAGES if other != "en" for pair in _pairs(name, row, other)]


def _pairs(name: str, row: dict[str, object], other: str) -> Iterator[Pair]:
    for source, target in (("en", other), (other, "en")):
        said, shown = row[source], row[target]
        assert isinstance(said, list) and isinstance(shown, list)
        for kind, text in ((CORRECT, shown[0]), (str(row["kind"]), shown[1])):
            places = None if kind == CORRECT else Planted(((0, len(said[0])),), ((0, len(text)),), said[0], text)
            yield Pair(source, target, said[0], text, kind, places, str(row["id"]), name, 0)
