"""How alike texts look: cosine of character n-grams, weighted by how rare they are in the bank."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_LENGTHS = (2, 3, 4)
_LENGTHS_WITHOUT_SPACES = (1, 2, 3)


class LetterIndex:
    """An index over `texts`, normalised. `spaced`: whether the language writes spaces between words."""

    def __init__(self, texts: Sequence[str], *, spaced: bool) -> None:
        self._lengths = _LENGTHS if spaced else _LENGTHS_WITHOUT_SPACES
        counts = [self._grams(text) for text in texts]
        n_with = Counter(gram for grams in counts for gram in grams)
        self._n_texts = len(texts)
        self._rarity = {gram: math.log((1 + self._n_texts) / (1 + n)) + 1 for gram, n in n_with.items()}
        self._unknown = math.log(1 + self._n_texts) + 1
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, grams in enumerate(counts):
            for gram, weight in self._weighted(grams).items():
                self._postings[gram].append((at, weight))

    def likeness(self, text: str) -> NDArray[np.float32]:
        """How alike `text` and each indexed text look, in [0, 1], shape `(n_texts,)`."""
        found = np.zeros(self._n_texts, np.float32)
        for gram, weight in self._weighted(self._grams(text)).items():
            for at, other in self._postings.get(gram, ()):
                found[at] += weight * other
        return found

    def _grams(self, text: str) -> Counter[str]:
        padded = f" {text} "
        return Counter(padded[at : at + n] for n in self._lengths for at in range(len(padded) - n + 1))

    def _weighted(self, grams: Counter[str]) -> dict[str, float]:
        """Weights of length 1. What the bank has nowhere counts as its rarest: it makes a text less alike."""
        weights = {g: (1 + math.log(n)) * self._rarity.get(g, self._unknown) for g, n in grams.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
