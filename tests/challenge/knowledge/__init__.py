"""Questions for the knowledge store and the sheets that answer them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the sheets of the starter set that answer it; none where nothing there does."""

    text: str
    language: str
    sheets: frozenset[str]


def questions(name: str = "questions") -> tuple[Question, ...]:
    """Those of `questions.toml`, which nothing was tuned on, or of `calibration.toml`."""
    table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    return tuple(Question(one["text"], one["language"], frozenset(one["sheets"])) for one in table["question"])
