"""What patients say, with how soon somebody must see them: emergencies, urgent cases, and what only sounds like one."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HALVES = ("dev", "held")
LEVELS = ("emergency", "urgent", "none")
"""The emergency number now; to be seen today; neither."""


@dataclass(frozen=True, slots=True)
class Case:
    """What one patient, or whoever speaks for them, says in one or more utterances.

    `condition` is what it is or, for level "none", what it is not; `kind` how it is said, or why it is nothing.
    """

    id: str
    language: str
    level: str
    condition: str
    kind: str
    said: tuple[str, ...]
    note: str

    @property
    def half(self) -> str:
        """By a digest of the id: it stays where it is, whatever is added."""
        return HALVES[hashlib.sha256(self.id.encode()).digest()[4] % 2]


@cache
def cases(half: str = "") -> tuple[Case, ...]:
    """All cases of a half, or of both."""
    folder = Path(__file__).parent
    found = (case for path in sorted(folder.glob("*.toml")) for case in _read(path))
    return tuple(case for case in found if half in (case.half, ""))


def _read(path: Path) -> list[Case]:
    table = tomllib.loads(path.read_text("utf-8"))
    return [Case(**{**row, "said": tuple(row["said"])}, language=path.stem) for row in table["case"]]
