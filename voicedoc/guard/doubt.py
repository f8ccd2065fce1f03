"""What the recogniser was not sure of, among that which matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicedoc.core.speech import Critical, Hypothesis
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import supported

DOUBT_BELOW = 0.4
"""Word confidence, chosen on whisper-base. In a recorded consultation (162 utterances, 26 items) it asks once, about
the one item that was misheard ("8 out" for "eat out"); 0.5 would ask about three right ones. In 250 sentences read by a
synthetic voice in noise of 30 to -5 dB, with other readings counted too, it asks about 18 of the 169 utterances whose
items are right and 25 of the 43 with a wrong one; at 5 dB or more, about 5 of 131 and 6 of 18."""

DOUBTED = frozenset({"number", "dose", "frequency", "duration", "timing", "time", "date", "drug", "allergy"}) | {
    "laterality",
    "pregnancy",
}
"""Kinds that are asked back. Not negation: a short "No." has a low confidence whether it is right or wrong."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An item that may not have been said. `confidence` is that of its least sure word, 1.0 where no word tells.

    `other` is what another reading has in its place; "" where all readings agree.
    """

    item: Critical
    confidence: float
    other: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int
    confidence: float


def find_doubts(hypothesis: Hypothesis, *, below: float = DOUBT_BELOW) -> tuple[Doubt, ...]:
    """The critical items with a word less sure than `below`, and those that another reading has otherwise.

    None where the guard does not know the language.
    """
    if not supported(hypothesis.language):
        return ()
    words = list(_placed(hypothesis))
    items = [item for item in extract(hypothesis.text, hypothesis.language) if item.kind in DOUBTED]
    others = [
        [item for item in extract(text, hypothesis.language) if item.kind in DOUBTED]
        for text in hypothesis.alternatives
    ]
    doubts = (Doubt(item, _confidence(item, words), _otherwise(item, items, others)) for item in items)
    return tuple(doubt for doubt in doubts if doubt.other or doubt.confidence < below)


def _placed(hypothesis: Hypothesis) -> Iterator[_Placed]:
    """Where each word stands in the text. One that is written otherwise there is left out."""
    at = 0
    for word in hypothesis.words:
        start = hypothesis.text.find(word.text, at)
        if start >= 0:
            at = start + len(word.text)
            yield _Placed(start, at, word.confidence)


def _confidence(item: Critical, words: Sequence[_Placed]) -> float:
    return min((word.confidence for word in words if word.start < item.end and item.start < word.end), default=1.0)


def _otherwise(item: Critical, items: Sequence[Critical], others: Sequence[Sequence[Critical]]) -> str:
    """What stands in the place of `item` in a reading that has as many of its kind, but not its value.

    A reading that merely lacks it says little: on whisper-base such ones came with right items as often as with wrong.
    """
    for reading in others:
        same = [other for other in reading if other.kind == item.kind]
        instead = [other for other in same if all(own.value != other.value for own in items if own.kind == other.kind)]
        n_own = sum(own.kind == item.kind for own in items)
        if instead and len(same) >= n_own and all(other.value != item.value for other in same):
            return instead[0].text
    return ""
