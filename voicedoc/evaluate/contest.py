"""Two answers to one question, and what a judge wrote about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fought:
    """Two contestants' answers, and what the judge wrote: `forth` with the first one first, `back` the other way."""

    first: str
    second: str
    answers: tuple[str, ...]
    forth: str
    back: str
