"""What replies took: how many there were, their tokens, and what those cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """What a model, by its identity, was asked and wrote. A reply that was kept counts as one that is asked for."""

    model: str
    n_replies: int
    n_prompt_tokens: int
    n_tokens: int


@dataclass(frozen=True, slots=True)
class Bill:
    """The same of a model as reports call it, with the price in `currency`; None where nobody has named one."""

    model: str
    n_replies: int
    n_prompt_tokens: int
    n_tokens: int
    cost: float | None = None
    currency: str = ""


def added_up(used: Iterable[Used]) -> tuple[Used, ...]:
    """One for each model."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for one in used:
        for counted, n in zip(counts, (one.n_replies, one.n_prompt_tokens, one.n_tokens), strict=True):
            counted[one.model] += n
    return tuple(Used(model, *(counted[model] for counted in counts)) for model in counts[0])
