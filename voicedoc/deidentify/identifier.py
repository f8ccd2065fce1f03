"""What a recogniser of identifiers finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "place", "street", "date", "age", "number", "email", "url"]
"""`street` is the name of a street; `number` are the digits of a telephone, record, house, plate or postcode."""


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """Characters `[start, end)` of a text, which may say who somebody is."""

    start: int
    end: int
    kind: Kind


def without_overlaps(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """By place, each character once: of two that overlap the longer one stays, of equals the one named first."""
    kept: list[Identifier] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept))
