"""Whether a model says yes to answers that fit a question and no to others; and whether printed figures can be true.

Source: Jin et al. 2024, Better to Ask in English (arXiv 2310.13132), table 4, and repository claws-lab/XLingEval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.answers import Verdict
from voicedoc.evaluate.scores import share
from voicedoc.evaluate.statistics import Interval, interval


class VerdictCounts(NamedTuple):
    """Answers that fit and were called so (`hits`) or not (`misses`), others called fitting (`alarms`) or not."""

    hits: int
    misses: int
    alarms: int
    rejections: int
    readable: int
    n: int


def verdict_counts(fits: bool, verdict: Verdict | None, *, as_released: bool = False) -> VerdictCounts:
    """The counts of one answer. A verdict that could not be read is a wrong one; as released, it is left out."""
    said_yes = verdict == "yes" if verdict else not fits
    counted = verdict is not None or not as_released
    return VerdictCounts(
        hits=int(counted and fits and said_yes),
        misses=int(counted and fits and not said_yes),
        alarms=int(counted and not fits and said_yes),
        rejections=int(counted and not fits and not said_yes),
        readable=int(verdict is not None),
        n=1,
    )


def accuracy(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Right verdicts, in percent."""
    hits, misses, alarms, rejections = _table(counts)
    return share(np.stack([hits + rejections, hits + misses + alarms + rejections], axis=-1))


def macro_precision(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Precision of "yes" and of "no", averaged, in percent; 0 for one that was never said."""
    hits, misses, alarms, rejections = _table(counts)
    return _mean(_of(hits, hits + alarms), _of(rejections, rejections + misses))


def macro_recall(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Recall of fitting and of other answers, averaged, in percent: of yes and no also the area under the ROC."""
    hits, misses, alarms, rejections = _table(counts)
    return _mean(_of(hits, hits + misses), _of(rejections, rejections + alarms))


def macro_f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 of "yes" and of "no", averaged, in percent."""
    hits, misses, alarms, rejections = _table(counts)
    wrong = misses + alarms
    return _mean(_of(2 * hits, 2 * hits + wrong), _of(2 * rejections, 2 * rejections + wrong))


def verifiability_figures(counts: Sequence[VerdictCounts]) -> Mapping[str, Interval]:
    """All figures with intervals, in percent.

    Raises:
        ValueError: If there are no counts.
    """
    figures = {"precision": macro_precision, "recall": macro_recall, "f1": macro_f1, "accuracy": accuracy}
    found = {name: interval(counts, figure) for name, figure in figures.items()}
    return found | {"auc": found["recall"], "readable": interval([count[-2:] for count in counts], share)}


class Implied(NamedTuple):
    """What accuracy and macro recall say of the verdicts, where a known share of the answers fits. From 0 to 1."""

    recall_yes: float
    recall_no: float
    precision: float
    f1: float

    @property
    def possible(self) -> bool:
        """Whether there are verdicts of which this is true."""
        return 0.0 <= self.recall_yes <= 1.0 and 0.0 <= self.recall_no <= 1.0


def implied(accuracy: float, recall: float, prevalence: float) -> Implied:
    """The recalls, macro precision and macro F1 that follow, all from 0 to 1; `prevalence` is the share that fits.

    With prevalence p and recalls y and n of "yes" and "no": accuracy = p y + (1 - p) n, macro recall = (y + n) / 2. So
    printed figures must agree with one another, and tell which data they were taken on.

    Raises:
        ValueError: If `prevalence` is not between 0 and 1, or is a half, where recall and accuracy are the same.
    """
    if not 0.0 < prevalence < 1.0 or prevalence == 0.5:
        raise ValueError(f"nothing follows where the share of fitting answers is {prevalence}")
    recall_no = (accuracy - 2 * prevalence * recall) / (1 - 2 * prevalence)
    recall_yes = 2 * recall - recall_no
    hits, rejections = prevalence * recall_yes, (1 - prevalence) * recall_no
    cells = np.asarray([hits, prevalence - hits, 1 - prevalence - rejections, rejections, 1, 1])
    return Implied(recall_yes, recall_no, float(macro_precision(cells)) / 100, float(macro_f1(cells)) / 100)


def _table(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    return tuple(counts[..., place] for place in range(4))


def _of(part: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 where there is no total, as scikit-learn has it."""
    total = np.asarray(total)
    return np.asarray(np.divide(part, total, out=np.zeros(total.shape), where=total > 0))


def _mean(yes: NDArray[np.float64], no: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(50.0 * (yes + no))
