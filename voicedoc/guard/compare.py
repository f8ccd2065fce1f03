"""What is on both sides of a translation, what is lost, changed and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from voicedoc.guard.concept_pairs import concept_pairs
from voicedoc.guard.extract import Reading, read
from voicedoc.guard.lexicon import CATEGORIES
from voicedoc.guard.names import VisitNames
from voicedoc.guard.negation_pairs import negation_pairs, scope_pairs
from voicedoc.guard.policy import KEPT
from voicedoc.guard.quantity_pairs import Quantities
from voicedoc.guard.verdicts import Comparison, Pair, Verdict

__all__ = ["Comparison", "Verdict", "compare_texts"]

_CONCEPTS = (
    "timing",
    "date",
    "drug",
    "allergy",
    "laterality",
    "body",
    "symptom",
    "severity",
    "modality",
    "family",
    "pregnancy",
)


def compare_texts(
    source_text: str, target_text: str, *, source: str, target: str, names: VisitNames | None = None
) -> Comparison:
    """Compare what a text and its translation say. Pure; a few milliseconds at most for a sentence.

    Only categories that both languages support are compared. `names` are the visit's own drugs and allergens.

    Raises:
        UnsupportedLanguage: If the guard does not know one of the languages (BCP 47 tags).
    """
    before, after = read(source_text, source, names), read(target_text, target, names)
    both = before.lexicon.supports & after.lexicon.supports
    pairs = [pair for pair in _pairs(before, after) if pair.category in both]
    equal: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: CATEGORIES.index(pair.category)):
        equal[pair.key].append(pair)
    return Comparison(tuple(same[0].verdict(len(same)) for same in equal.values()))


def _pairs(before: Reading, after: Reading) -> Iterator[Pair]:
    yield from Quantities(before, after).pairs()
    for category in _CONCEPTS:
        yield from concept_pairs(category, before, after)
    negations = [*negation_pairs(before, after)]
    yield from negations
    if all(pair.kind == KEPT for pair in negations):
        yield from scope_pairs(before, after)
