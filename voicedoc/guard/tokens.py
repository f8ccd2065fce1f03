"""A text cut into words, digits and marks, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATTERN = re.compile(
    r"(?P<code>(?<!\d)[^\W\d_]+[-‑–]?\d[\w‑-]*)"  # COVID-19, B12, H1N1: names, not numbers
    r"|(?P<digits>\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+['’´`ʼ]?)"
    r"|(?P<break>\n)"
    r"|(?P<mark>[^\w\s]|_)"
)
_APOSTROPHES = str.maketrans("’´`ʼ", "''''")
_HYPHENS = frozenset("-‑–")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case ("n'", "avalez"), digits, a code such as "B12", or a mark, with its place in characters."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def ends_sentence(self) -> bool:
        return self.kind == "break" or self.text in {".", "!", "?", ";", "…", "。"}

    @property
    def ends_clause(self) -> bool:
        return self.ends_sentence or self.text in {",", ":", "(", ")", "—"}


def tokenise(text: str) -> list[Token]:
    """Every token of `text` in order. Hyphens inside words are left out, so "vingt-deux" is two words side by side."""
    found = [
        Token(match.lastgroup or "", match.group().lower().translate(_APOSTROPHES), match.start(), match.end())
        for match in _PATTERN.finditer(text)
    ]
    return [token for at, token in enumerate(found) if not _joins(found, at)]


def _joins(tokens: list[Token], at: int) -> bool:
    if tokens[at].text not in _HYPHENS or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    touching = before.end == tokens[at].start and tokens[at].end == after.start
    return touching and "word" in (before.kind, after.kind)
