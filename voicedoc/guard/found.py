"""An item as it was found in one text."""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc.core.speech import Critical
from voicedoc.guard.scope import Polarity
from voicedoc.guard.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """An item. A `lenient` one may match an item on the other side but is not missed there.

    `keys` are its normal forms: two items are equal where they share one. `numbers` and `unit` are what it is composed
    of; `polarity` whether it is denied; `beside` the body part that a side belongs to; `confidence` is in [0, 1].
    """

    item: Critical
    keys: frozenset[str]
    lenient: bool = False
    numbers: tuple[str, ...] = ()
    unit: str = ""
    polarity: Polarity = Polarity.OPEN
    beside: tuple[str, ...] = ()
    confidence: float = 1.0


def critical(kind: str, value: str, text: str, tokens: list[Token], first: int, stop: int) -> Critical:
    """The item that tokens `first` to `stop` say."""
    start, end = tokens[first].start, tokens[stop - 1].end
    return Critical(kind, value, text[start:end], start, end)
