"""Verdicts on a translation, and the pairs of items that they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicedoc.core.speech import Critical
from voicedoc.guard.found import Found
from voicedoc.guard.policy import CHANGED, INVENTED, KEPT, MISSING, holds

SURE, WORDED_OTHERWISE = 1.0, 0.8
"""Confidence in what is said on both sides in the same way, and in other ways."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is "kept", "missing" (in the source only), "changed" or "invented" (in the target only).

    `source` and `target` are the items, None on the side that has none. `confidence` in [0, 1]. Equal ones are one.
    """

    kind: str
    source: Critical | None
    target: Critical | None
    confidence: float
    held: bool
    message: str

    @property
    def item(self) -> Critical:
        """The source's item; the target's where it is invented."""
        item = self.source or self.target
        if item is None:
            raise ValueError("a verdict is about an item of one side or of both")
        return item

    @property
    def other(self) -> Critical | None:
        """The other side's item, where there are both."""
        return self.target if self.source else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdicts on one pair of texts, in the order of `CATEGORIES`."""

    verdicts: tuple[Verdict, ...]

    @property
    def differences(self) -> tuple[Verdict, ...]:
        """What is not kept."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind != KEPT)

    @property
    def held(self) -> tuple[Verdict, ...]:
        """The differences that hold the sentence."""
        return tuple(verdict for verdict in self.verdicts if verdict.held)


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of an item. `note` is what the other side has instead, in words, where it is no item."""

    kind: str
    source: Critical | None
    target: Critical | None
    confidence: float = SURE
    note: str = ""

    @property
    def category(self) -> str:
        item = self.source or self.target
        return item.kind if item else ""

    @property
    def key(self) -> tuple[object, ...]:
        sides = [(item.kind, item.value, item.text.lower()) if item else None for item in (self.source, self.target)]
        return self.kind, *sides, self.note

    def verdict(self, n: int) -> Verdict:
        held = self.kind != KEPT and holds(self.category, self.kind)
        return Verdict(self.kind, self.source, self.target, self.confidence, held, self._message(n))

    def _message(self, n: int) -> str:
        times = f" ({n} times)" if n > 1 else ""
        said, shown = _named(self.source), _named(self.target)
        if self.kind == MISSING:
            return f"{said}{times} was said; the translation {self.note or f'has no {self.category}'}"
        if self.kind == INVENTED:
            return f"the translation says {shown}{times}; what was said {self.note or f'has no {self.category}'}"
        if self.kind == CHANGED:
            return f"{said}{times} was said; the translation has {self.note or shown}"
        if self.source and self.target:
            return f"{said}{times} is {shown}"
        return f"{_named(self.source or self.target)}{times} is on both sides, worded otherwise"


def _named(item: Critical | None) -> str:
    if item is None:
        return "nothing"
    return f'"{item.text}"' if item.value == "not" else f'{item.kind} {item.value} ("{item.text}")'


def differences(sources: Iterable[Found], targets: Iterable[Found], *, both_lenient: bool = False) -> Iterator[Pair]:
    """What is left of one category: changed while both sides have something, then missing or invented.

    Strict ones are paired first; a lenient one says what a strict one became. With `both_lenient` it may also become
    another lenient one: "daily", which need not be said, is not "weekly".
    """
    lost = sorted(sources, key=lambda one: one.lenient)
    added = sorted(targets, key=lambda one: one.lenient)
    n_both = min(len(lost), len(added))
    for one, other in zip(lost, added, strict=False):
        if both_lenient or not (one.lenient and other.lenient):
            yield Pair(CHANGED, one.item, other.item, min(one.confidence, other.confidence))
    yield from (Pair(MISSING, one.item, None, one.confidence) for one in lost[n_both:] if not one.lenient)
    yield from (Pair(INVENTED, None, one.item, one.confidence) for one in added[n_both:] if not one.lenient)
