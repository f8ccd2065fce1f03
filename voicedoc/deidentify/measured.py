"""How many identifiers were found on the held-out half of the test set. By `tests/bench/bench_deidentify.py`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "measured.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares in [0, 1], with the recall's 95 % bootstrap interval, over `n` identifiers in `n_sentences` sentences."""

    recall: float
    low: float
    high: float
    precision: float
    n: int
    n_sentences: int


@cache
def measured() -> dict[str, Measured]:
    """The figures by language, and under "all"."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    return {language: Measured(**figures) for language, figures in table.items()}
