"""How much better the answers in one language are than those in others, as a judge sees them.

Source: Jin et al. 2024, Better to Ask in English (arXiv 2310.13132), tables 2 and 3. The judge compares an answer with
an expert's and ends in one of four labels; see `read_judgement` in `answers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.answers import Judgement
from voicedoc.evaluate.scores import Counts, Figures
from voicedoc.evaluate.statistics import Interval, interval

Judged: TypeAlias = Mapping[str, Judgement | None]
"""One question: the judge's label by language, None where the judge gave none."""


def correctness_counts(judged: Judged, languages: Sequence[str]) -> Counts:
    """For each language: better than the expert's, contradicting it, all (those without a label, too)."""
    labels = [judged[language] for language in languages]
    return tuple(float(count) for label in labels for count in (label == "more", label == "contradicts", True))


def gap(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Percentage points by which the first language has more answers that are better, than the others on average."""
    better = _shares(counts, 0)
    return np.asarray(100.0 * (better[..., 0] - better[..., 1:].mean(-1)))


def contradiction_ratio(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times as often the other languages contradict, on average; NaN where the first never does."""
    wrong = _shares(counts, 1)
    first, others = wrong[..., 0], wrong[..., 1:].mean(-1)
    return np.asarray(np.divide(others, first, out=np.full(first.shape, np.nan), where=first > 0))


def correctness_figures(questions: Sequence[Judged], languages: Sequence[str]) -> Mapping[str, Interval]:
    """Gap and ratio of the first language against the others, over questions, which are drawn in all languages at once.

    Raises:
        KeyError: If a question was not judged in one of the languages.
        ValueError: If there are no questions, or fewer than two languages.
    """
    if len(languages) < 2:
        raise ValueError(f"a gap needs two languages, got {', '.join(languages) or 'none'}")
    table = [correctness_counts(judged, languages) for judged in questions]
    return {"gap": interval(table, gap), "contradiction-ratio": interval(table, contradiction_ratio)}


def over_datasets(sums: Mapping[str, Counts], figure: Figures) -> float:
    """The mean of a figure over data sets, each with the same weight whatever its size: as the paper states it."""
    return float(figure(np.asarray(list(sums.values()), dtype=np.float64)).mean())


def _shares(counts: NDArray[np.float64], which: int) -> NDArray[np.float64]:
    part, total = counts[..., which::3], counts[..., 2::3]
    return np.asarray(np.divide(part, total, out=np.full(total.shape, np.nan), where=total > 0))
