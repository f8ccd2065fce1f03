"""A sign: something about a person's health that was said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sign:
    """`name` is one of `names()`. `present` is False where it is denied ("no chest pain").

    `start` and `end` are the places of `words` in the text.
    """

    name: str
    present: bool
    words: str
    start: int
    end: int


@cache
def names() -> Mapping[str, str]:
    """Every sign that rules know, with what it means when it is present, in English."""
    groups = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    return {name: meaning for group in groups.values() for name, meaning in group.items()}
