"""Scores of texts, as counts, so that sums over items and bootstrap intervals are right. See `scorers.py` for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.languages import primary
from voicedoc.evaluate.alignment import jiwer
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.text import NO_SPACES, normalise
from voicedoc.guard import LANGUAGES, compare_texts, extract
from voicedoc.guard.policy import KEPT, MISSING, holds
from voicedoc.registry import missing_package

Counts: TypeAlias = tuple[float, ...]
Figures: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]

CHRF_ORDER = 6
CHRF_BETA = 2.0


@dataclass(frozen=True, slots=True)
class Scorer:
    """A measure. `blocks` gives an item's counts, in parts where it is long; none where the measure does not apply.

    `figure` takes summed counts of shape `(…, n_counts)` and gives shape `(…)`, in `unit`; NaN where nothing was
    counted.
    """

    name: str
    title: str
    lower_is_better: bool
    blocks: Callable[[Row], Sequence[Counts]]
    figure: Figures
    unit: str = "%"

    def count(self, row: Row) -> Counts | None:
        """The item's counts as one; None where the measure does not apply."""
        blocks = self.blocks(row)
        return tuple(sum(column) for column in zip(*blocks, strict=True)) if blocks else None


def whole(count: Callable[[Row], Counts | None]) -> Callable[[Row], Sequence[Counts]]:
    """The `blocks` of a measure that takes each item as one."""

    def blocks(row: Row) -> Sequence[Counts]:
        counts = count(row)
        return [] if counts is None else [counts]

    return blocks


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """Edit operations between a reference of `total` words or characters and a hypothesis."""

    errors: int
    total: int

    def __add__(self, other: ErrorCount) -> ErrorCount:
        return ErrorCount(self.errors + other.errors, self.total + other.total)

    @property
    def rate(self) -> float:
        """Errors for each unit of the reference; NaN where it has none. Can be above 1."""
        return self.errors / self.total if self.total else float("nan")


def word_errors(reference: str, hypothesis: str) -> ErrorCount:
    """Substituted, deleted and inserted words. The texts are taken as they are; see `normalise`."""
    return _errors(jiwer().process_words(reference, hypothesis))


def character_errors(reference: str, hypothesis: str) -> ErrorCount:
    """Substituted, deleted and inserted characters, spaces included."""
    return _errors(jiwer().process_characters(reference, hypothesis))


def _errors(output: Any) -> ErrorCount:
    total = output.hits + output.substitutions + output.deletions
    return ErrorCount(output.substitutions + output.deletions + output.insertions, total)


def chrf_counts(reference: str, hypothesis: str) -> Counts:
    """For each order 1 to 6: character n-grams of the hypothesis, of the reference, and in both; 18 counts.

    Source: Popović 2015, https://aclanthology.org/W15-3049; as sacrebleu counts, without spaces.
    """
    ours, theirs = "".join(hypothesis.split()), "".join(reference.split())
    counts: list[int] = []
    for order in range(1, CHRF_ORDER + 1):
        have, want = _ngrams(ours, order), _ngrams(theirs, order)
        # sacrebleu counts no hypothesis n-grams of an order that the reference is too short for.
        counts += [have.total() if want else 0, want.total(), (have & want).total()]
    return tuple(counts)


def _ngrams(text: str, order: int) -> Counter[str]:
    return Counter(text[at : at + order] for at in range(len(text) - order + 1))


def chrf(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """chrF2 in percent from summed `chrf_counts`: precision and recall, averaged over the orders that exist."""
    have, want, both = (counts[..., part::3] for part in range(3))
    exists = (have > 0) & (want > 0)
    n_orders = np.maximum(exists.sum(-1), 1)
    precision = np.where(exists, both / np.maximum(have, 1), 0.0).sum(-1) / n_orders
    recall = np.where(exists, both / np.maximum(want, 1), 0.0).sum(-1) / n_orders
    weighted = CHRF_BETA**2 * precision + recall
    score = np.divide(
        (1 + CHRF_BETA**2) * precision * recall, weighted, out=np.zeros_like(weighted), where=weighted > 0
    )
    return np.asarray(100.0 * score)


def bleu_counts(reference: str, hypothesis: str, language: str) -> Counts:
    """Lengths of the hypothesis and of the reference, then for each order 1 to 4 n-grams in both, then those of the
    hypothesis; 10 counts, taken by sacrebleu.

    Source: Papineni et al. 2002, https://aclanthology.org/P02-1040; Post 2018 for sacrebleu.
    """
    found = _bleu(bleu_tokens(language)).sentence_score(hypothesis, [reference])
    return tuple(map(float, (found.sys_len, found.ref_len, *found.counts, *found.totals)))


def bleu_tokens(language: str) -> str:
    """What sacrebleu parts texts of a language by: its "13a", or characters where writing does not part words."""
    tag = primary(language)
    return "zh" if tag in ("zh", "yue") else "char" if tag in NO_SPACES else "13a"


@cache
def _bleu(tokens: str) -> Any:
    try:
        from sacrebleu.metrics.bleu import BLEU
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    return BLEU(tokenize=tokens)


def bleu(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """BLEU in percent from summed `bleu_counts`, smoothed as sacrebleu does ("exp")."""
    ours, theirs, both, have = counts[..., 0], counts[..., 1], counts[..., 2:6], counts[..., 6:]
    n_empty = np.cumsum(both == 0, axis=-1)  # each order without a match halves what it is taken to have
    taken = np.where(both > 0, both, 0.5**n_empty) / np.maximum(have, 1.0)
    mean = np.exp(np.log(taken).mean(-1))
    short = np.exp(np.minimum(0.0, 1.0 - theirs / np.maximum(ours, 1.0)))
    return np.asarray(np.where((have > 0).all(-1) & (both > 0).any(-1), 100.0 * short * mean, 0.0))


def bleu_signature(languages: Iterable[str]) -> str:
    """What sacrebleu calls this BLEU in each of the languages, with its version."""
    return "; ".join(dict.fromkeys(map(_bleu_signature, map(bleu_tokens, languages))))


def _bleu_signature(tokens: str) -> str:
    metric = _bleu(tokens)
    metric.corpus_score(["a"], [["a"]])
    return str(metric.get_signature())


def chrf_signature() -> str:
    """What sacrebleu calls this chrF, with its version."""
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    metric = CHRF()
    metric.corpus_score(["a"], [["a"]])
    return str(metric.get_signature())


def share(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """First count for each second, in percent; NaN where the second is 0."""
    return 100.0 * ratio(counts)


def ratio(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """First count for each second; NaN where the second is 0."""
    part, total = counts[..., 0], counts[..., 1]
    return np.asarray(np.divide(part, total, out=np.full(total.shape, np.nan), where=total > 0))


def f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 in percent from what is in both, what was found and what was wanted; NaN where the latter are both 0."""
    return share(np.stack([2.0 * counts[..., 0], counts[..., 1] + counts[..., 2]], axis=-1))


def _words(row: Row) -> Counts | None:
    if primary(row.language) in NO_SPACES:
        return None
    count = word_errors(normalise(row.reference, row.language), normalise(row.output, row.language))
    return (count.errors, count.total)


def _matches(row: Row) -> Counts | None:
    """Errors, and all steps of the alignment, inserted words among them."""
    if primary(row.language) in NO_SPACES:
        return None
    texts = (normalise(row.reference, row.language), normalise(row.output, row.language))
    steps = jiwer().process_words(*texts)
    errors = steps.substitutions + steps.deletions + steps.insertions
    return (errors, steps.hits + errors)


def _raw_words(row: Row) -> Counts | None:
    if primary(row.language) in NO_SPACES:
        return None
    count = word_errors(row.reference, row.output)
    return (count.errors, count.total)


def _characters(row: Row) -> Counts:
    count = character_errors(normalise(row.reference, row.language), normalise(row.output, row.language))
    return (count.errors, count.total)


def _recall(kind: str) -> Callable[[Row], Counts | None]:
    """Critical items of one kind: (those that the output has, those of the reference), from texts as they are."""

    def count(row: Row) -> Counts | None:
        if primary(row.language) not in LANGUAGES:
            return None
        wanted = Counter(item.value for item in extract(row.reference, row.language) if item.kind == kind)
        if not wanted:
            return None
        present = Counter(item.value for item in extract(row.output, row.language) if item.kind == kind)
        return ((wanted & present).total(), wanted.total())

    return count


def _precision(kind: str) -> Callable[[Row], Counts | None]:
    """The same the other way: (those that the reference has, those of the output)."""

    def count(row: Row) -> Counts | None:
        return _recall(kind)(replace(row, reference=row.output, output=row.reference))

    return count


@lru_cache(maxsize=4096)
def kept_items(source: str, target: str, language: str, other: str) -> Counts | None:
    """Of the critical items of a text, those that another text has, too, and all; None where there are none."""
    if not {primary(language), primary(other)} <= set(LANGUAGES):
        return None
    verdicts = compare_texts(source, target, source=language, target=other).verdicts
    there = [one.kind for one in verdicts if one.source is not None and holds(one.source.kind, MISSING)]
    return (float(there.count(KEPT)), float(len(there))) if there else None


def _translated_items(row: Row) -> Counts | None:
    return kept_items(row.source, row.output, row.source_language, row.language)


def _items_translated(row: Row) -> Counts | None:
    return kept_items(row.output, row.source, row.language, row.source_language)


def _alarms(row: Row) -> Counts | None:
    """Sentences that the guard would hold, because the output differs from the source in something critical."""
    return _alarm(row, row.output)


def _human_alarms(row: Row) -> Counts | None:
    """The same for the human reference: the guard's false alarms, the baseline of `alarms`."""
    return _alarm(row, row.reference)


def _alarm(row: Row, text: str) -> Counts | None:
    if primary(row.language) not in LANGUAGES or primary(row.source_language) not in LANGUAGES:
        return None
    found = compare_texts(row.source, text, source=row.source_language, target=row.language).held
    return (float(bool(found)), 1.0)


def _strays(row: Row) -> bool | None:
    """Whether the output differs from the human translation, in the same language, in something that would be held.

    None where the human translation itself would be held, or the guard does not know the languages. It is no human's
    judgement: free wording counts, too.
    """
    human = _human_alarms(row)
    if human is None or human[0]:
        return None
    return bool(compare_texts(row.reference, row.output, source=row.language, target=row.language).held)


def _straying(row: Row) -> Counts | None:
    strays = _strays(row)
    return None if strays is None else (float(strays), 1.0)


def _held_of(strays: bool) -> Callable[[Row], Counts | None]:
    """Of the outputs that stray from the human translation, or of the others: those that the guard holds."""

    def count(row: Row) -> Counts | None:
        return _alarms(row) if _strays(row) is strays else None

    return count


def _chrf(row: Row) -> Counts:
    return chrf_counts(row.reference, row.output)


def _bleu_of(row: Row) -> Counts:
    return bleu_counts(row.reference, row.output, row.language)


def _copied(row: Row) -> Counts:
    """The baseline: the source handed on untranslated."""
    return chrf_counts(row.reference, row.source)


def _failed(row: Row) -> Counts:
    return (float(bool(row.error)), 1.0)


TEXT_SCORERS = (
    Scorer("wer", "word error rate, normalised", True, whole(_words), share),
    Scorer("mer", "match error rate, normalised: errors of all words, inserted ones among them", True,
           whole(_matches), share),
    Scorer("wer-raw", "word error rate, as written", True, whole(_raw_words), share),
    Scorer("cer", "character error rate, normalised", True, whole(_characters), share),
    Scorer("numbers", "numbers heard right", False, whole(_recall("number")), share),
    Scorer("units", "units heard right", False, whole(_recall("unit")), share),
    Scorer("negations", "negations heard right", False, whole(_recall("negation")), share),
    Scorer("numbers-precision", "numbers heard that were said", False, whole(_precision("number")), share),
    Scorer("units-precision", "units heard that were said", False, whole(_precision("unit")), share),
    Scorer("negations-precision", "negations heard that were said", False, whole(_precision("negation")), share),
    Scorer("items", "critical items of the source that its translation has", False, whole(_translated_items), share),
    Scorer("items-precision", "critical items of the translation that its source has", False,
           whole(_items_translated), share),
    Scorer("bleu", "BLEU", False, whole(_bleu_of), bleu, "points"),
    Scorer("chrf", "chrF2", False, whole(_chrf), chrf),
    Scorer("chrf-copied", "chrF2 of the source left untranslated", False, whole(_copied), chrf),
    Scorer("alarms", "sentences with a finding of the guard", True, whole(_alarms), share),
    Scorer("alarms-human", "the same for human translations", True, whole(_human_alarms), share),
    Scorer("strays", "outputs that differ critically from the human translation", True, whole(_straying), share),
    Scorer("caught", "of these, held by the guard", False, whole(_held_of(True)), share),
    Scorer("held-others", "of the other outputs, held by the guard", True, whole(_held_of(False)), share),
    Scorer("failed", "items that failed", True, whole(_failed), share),
)  # fmt: skip
"""Measures of texts, and of whether there is one."""
