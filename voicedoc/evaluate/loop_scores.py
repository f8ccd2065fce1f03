"""Scores of the speech loop: what each stage keeps, and what each adds to the loss.

Critical items are those of the guard that may not be missing: numbers, doses, drugs, times, negation, … What came to
nothing has lost everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TypeAlias

from voicedoc.core.languages import primary
from voicedoc.evaluate.agreement import contradicts
from voicedoc.evaluate.blame import in_order, shapley
from voicedoc.evaluate.exchanges import ASR, DIALOGUE, MT, TTS, Chain, Looped
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import (
    Counts,
    Figures,
    Scorer,
    character_errors,
    chrf,
    chrf_counts,
    kept_items,
    ratio,
    share,
    whole,
    word_errors,
)
from voicedoc.evaluate.text import NO_SPACES, normalise

_Count: TypeAlias = Callable[[Looped, Row], Counts | None]

LOSSES = {
    "items": "critical items",
    "contradiction": "agreement with the reference answer",
    "meaning": "meaning",
    "words": "words",
}
"""What can be lost of the reference answer, in words: critical items; agreement, where something contradicts it (an
answer that says nothing does not); likeness in meaning (cosine); likeness in words (chrF2).
"""

STAGES = {TTS: "the voice", ASR: "the recogniser", MT: "the translator", DIALOGUE: "whoever answers"}
"""Each stage in words, in the order in which gold is put in: none is hidden by the gold before it, and what is read
need not be said in another language by another voice.
"""

BLAME, DROP, LOSS = "blame", "drop", "loss"
"""How scorers' names begin: what a stage adds by Shapley, what gold in its place saves in order, all."""


def _scorer(
    name: str, title: str, count: _Count, figure: Figures = share, *, lower: bool = False, unit: str = "%"
) -> Scorer:
    def counted(row: Row) -> Counts | None:
        return count(row.looped, row) if row.looped else None

    return Scorer(name, title, lower, whole(counted), figure, unit)


# --- stage by stage, of the chain with everything real


def _words(reference: str, hypothesis: str, language: str) -> Counts | None:
    if primary(language) in NO_SPACES or not reference:
        return None
    count = word_errors(normalise(reference, language), normalise(hypothesis, language))
    return (count.errors, count.total)


def _characters(reference: str, hypothesis: str, language: str) -> Counts | None:
    if not reference:
        return None
    count = character_errors(normalise(reference, language), normalise(hypothesis, language))
    return (count.errors, count.total)


def _heard_words(looped: Looped, row: Row) -> Counts | None:
    return _words(row.source, looped.chain().transcript, row.language)


def _heard_characters(looped: Looped, row: Row) -> Counts | None:
    return _characters(row.source, looped.chain().transcript, row.language)


def _heard_items(looped: Looped, row: Row) -> Counts | None:
    return kept_items(row.source, looped.chain().transcript, row.language, row.language)


def _items_heard(looped: Looped, row: Row) -> Counts | None:
    return kept_items(looped.chain().transcript, row.source, row.language, row.language)


def _asked(looped: Looped, _row: Row) -> Counts | None:
    return chrf_counts(looped.question, looped.chain().asked) if MT in looped.stages else None


def _asked_as_written(looped: Looped, _row: Row) -> Counts | None:
    return chrf_counts(looped.question, looped.chain(ASR).asked) if MT in looped.stages else None


def _asked_items(looped: Looped, row: Row) -> Counts | None:
    if MT not in looped.stages:
        return None
    return kept_items(row.source, looped.chain().asked, row.language, looped.inner)


def _items_asked(looped: Looped, row: Row) -> Counts | None:
    if MT not in looped.stages:
        return None
    return kept_items(looped.chain().asked, row.source, looped.inner, row.language)


def _answered_items(looped: Looped, _row: Row) -> Counts | None:
    return kept_items(looped.answer, looped.chain().answer, looped.inner, looped.inner)


def _told_items(looped: Looped, _row: Row) -> Counts | None:
    chain = looped.chain()
    return kept_items(chain.answer, chain.told, looped.inner, chain.language) if MT in looped.stages else None


def _spoken_items(looped: Looped, _row: Row) -> Counts | None:
    chain = looped.chain()
    return kept_items(chain.told, chain.heard, chain.language, chain.language)


def _items_spoken(looped: Looped, _row: Row) -> Counts | None:
    chain = looped.chain()
    return kept_items(chain.heard, chain.told, chain.language, chain.language)


def _spoken_characters(looped: Looped, _row: Row) -> Counts | None:
    chain = looped.chain()
    return _characters(chain.told, chain.heard, chain.language)


def _spoken_words(looped: Looped, _row: Row) -> Counts | None:
    chain = looped.chain()
    return _words(chain.told, chain.heard, chain.language)


def _arrived(looped: Looped, row: Row) -> Counts | None:
    return kept_items(row.reference, looped.chain().heard, row.language, looped.chain().language)


def _wrong(looped: Looped, row: Row) -> Counts | None:
    chain = looped.chain()
    return (float(_contradicts(row.reference, chain.heard, row.language)), 1.0) if chain.heard else None


def _arrived_words(looped: Looped, row: Row) -> Counts | None:
    return chrf_counts(row.reference, looped.chain().heard)


# --- beside the text route: the same question typed, the answer read


def _typed(looped: Looped) -> Chain:
    return looped.chain(ASR, TTS)


def _alike(looped: Looped, _row: Row) -> Counts | None:
    return None if looped.agreement is None else (100.0 * looped.agreement, 1.0)


def _same_items(looped: Looped, _row: Row) -> Counts | None:
    typed, spoken = _typed(looped), looped.chain()
    return kept_items(typed.told, spoken.heard, typed.language, spoken.language)


def _against(looped: Looped, _row: Row) -> Counts | None:
    typed, spoken = _typed(looped), looped.chain()
    if not (typed.told and spoken.heard):
        return None
    return (float(bool(contradicts(typed.told, spoken.heard, typed.language, spoken.language))), 1.0)


_BY_STAGE = (
    _scorer("loop-wer", "words of the question misheard", _heard_words, lower=True),
    _scorer("loop-cer", "characters of the question misheard", _heard_characters, lower=True),
    _scorer("loop-items-heard", "critical items of the question that were heard", _heard_items),
    _scorer("loop-precision-heard", "critical items heard that are in the question", _items_heard),
    _scorer("loop-chrf-asked", "chrF2 of the question as translated", _asked, chrf),
    _scorer("loop-chrf-asked-written", "the same, had it been heard right", _asked_as_written, chrf),
    _scorer("loop-items-asked", "critical items of the question that reach whoever answers", _asked_items),
    _scorer("loop-precision-asked", "critical items that reach whoever answers, of the question", _items_asked),
    _scorer("loop-items-answered", "critical items of the reference answer that were answered", _answered_items),
    _scorer("loop-items-told", "critical items of the answer that its translation has", _told_items),
    _scorer("loop-items-spoken", "critical items of it that were heard when it was spoken", _spoken_items),
    _scorer("loop-wer-spoken", "words of it misheard when it was spoken", _spoken_words, lower=True),
    _scorer("loop-cer-spoken", "characters of it misheard when it was spoken", _spoken_characters, lower=True),
    _scorer("loop-precision-spoken", "critical items heard when it was spoken that are in it", _items_spoken),
    _scorer("loop-items-arrived", "critical items of the reference answer that arrive in the end", _arrived),
    _scorer("loop-wrong", "answers heard that contradict the reference answer", _wrong, lower=True),
    _scorer("loop-chrf-arrived", "chrF2 of what arrives, beside the reference answer", _arrived_words, chrf),
    _scorer("loop-agrees", "likeness in meaning to the text route's answer (cosine)", _alike, ratio),
    _scorer("loop-agrees-items", "critical items of the text route's answer that arrive", _same_items),
    _scorer("loop-contradicts", "answers that contradict the text route's", _against, lower=True),
)


# --- blame


def loss_of(chain: Chain, looped: Looped, row: Row, what: str) -> float | None:
    """How much of the reference answer is lost, 0 to 1; None where there is nothing to lose, or nothing tells."""
    reference = row.reference if chain.language == row.language else looped.answer
    if what == "meaning":
        return None if chain.alike is None else 1.0 - chain.alike
    if what == "words":
        return 1.0 - _likeness(reference, chain.heard)
    if what == "contradiction":
        return float(_contradicts(reference, chain.heard, chain.language))
    kept = kept_items(reference, chain.heard, chain.language, chain.language)
    return None if kept is None else 1.0 - kept[0] / kept[1]


@lru_cache(maxsize=4096)
def _contradicts(reference: str, heard: str, language: str) -> bool:
    return bool(heard) and bool(contradicts(reference, heard, language, language))


@lru_cache(maxsize=4096)
def _likeness(reference: str, heard: str) -> float:
    import numpy as np

    return float(chrf(np.asarray(chrf_counts(reference, heard), np.float64))) / 100.0


def losses_of(looped: Looped, row: Row, what: str) -> dict[frozenset[str], float] | None:
    """The loss with each set of stages real; None where one of them cannot be told."""
    found = {frozenset(chain.real): loss_of(chain, looped, row, what) for chain in looped.chains}
    told = {real: loss for real, loss in found.items() if loss is not None}
    return told if len(told) == len(found) else None


def _lost(what: str, looped: Looped, row: Row) -> Counts | None:
    losses = losses_of(looped, row, what)
    return None if losses is None else (100.0 * losses[frozenset(looped.stages)], 1.0)


def _blamed(what: str, stage: str, ordered: bool, looped: Looped, row: Row) -> Counts | None:
    losses = losses_of(looped, row, what)
    if losses is None or stage not in looped.stages:
        return None
    stages = [one for one in STAGES if one in looped.stages]
    added = in_order(losses, stages) if ordered else shapley(losses, stages)
    return (100.0 * added[stage], 1.0)


def _blame_scorers() -> Iterator[Scorer]:
    for what, unit in LOSSES.items():
        lost = f"loss of {unit}, from question to answer heard"
        yield _scorer(f"{LOSS}-{what}", lost, partial(_lost, what), ratio, lower=True, unit="points")
        for stage, who in STAGES.items():
            for prefix, how in ((BLAME, "Shapley"), (DROP, "gold put in one after the other")):
                title = f"loss of {unit} by {who} ({how})"
                count = partial(_blamed, what, stage, prefix == DROP)
                yield _scorer(f"{prefix}-{what}-{stage}", title, count, ratio, lower=True, unit="points")


LOOP_SCORERS = (*_BY_STAGE, *_blame_scorers())
"""Everything that is scored of speech loops."""
