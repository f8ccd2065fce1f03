"""How much two texts say the same, token by token: BERTScore over the vectors that a model gives each token.

Source: Zhang et al. 2020, BERTScore (arXiv 1904.09675), equations for recall, precision and F1, without importance
weights and without rescaling, as XLingEval uses it. Of the same vectors the package `bert-score` makes the same
numbers; it takes those of English BERT, while VoiceDoc takes the last layer of multilingual E5, so that figures compare
runs of VoiceDoc with each other and not with published ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Likeness(NamedTuple):
    """Precision and recall of the first text's tokens beside the second's, and their F1; cosines, in [-1, 1]."""

    precision: float
    recall: float
    f1: float


def bertscore(first: NDArray[np.float32], second: NDArray[np.float32]) -> Likeness:
    """Compare two texts' token vectors of length 1, shape `(n_tokens, n_dimensions)`.

    The first and the last token are the marks of beginning and end: others may be nearest to them, but they themselves
    do not count.

    Raises:
        ValueError: If a text has no tokens but its marks.
    """
    if min(len(first), len(second)) < 3:
        raise ValueError(f"texts of {len(first)} and {len(second)} tokens, marks included, have nothing to compare")
    near = first @ second.T
    precision, recall = float(near.max(axis=1)[1:-1].mean()), float(near.max(axis=0)[1:-1].mean())
    total = precision + recall
    return Likeness(precision, recall, 2 * precision * recall / total if total else 0.0)


def between_all(texts: Sequence[NDArray[np.float32]]) -> Likeness | None:
    """The mean over all pairs; None where there is none."""
    found = [bertscore(one, other) for one, other in combinations([text for text in texts if len(text) > 2], 2)]
    if not found:
        return None
    return Likeness(*(fmean(column) for column in zip(*found, strict=True)))
