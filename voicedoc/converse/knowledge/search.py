"""Search: passages by their words (BM25), by their meaning (sentence vectors), or by both, ranks joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from voicedoc.converse.knowledge.distil import Query
from voicedoc.converse.knowledge.document import Passage
from voicedoc.converse.knowledge.store import KnowledgeStore
from voicedoc.phrases.role import SentenceEmbedder

Way: TypeAlias = Literal["words", "meaning", "both"]

LONG_LIST = 50
"""How far down each list is looked."""

_SMOOTHING = 60
"""Source: reciprocal rank fusion, Cormack, Clarke & Buettcher, SIGIR 2009: k = 60."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` orders; `near` is by how many standard deviations its meaning is nearer to the
    question than an average passage's; None where there are no vectors.
    """

    passage: Passage
    score: float
    near: float | None = None


class Search:
    """Searches a store. Without an embedder, by words alone."""

    def __init__(self, store: KnowledgeStore, embedder: SentenceEmbedder | None = None) -> None:
        self.store = store
        self._embedder = embedder
        self._numbers, self._vectors = store.vectors(embedder.name) if embedder else ([], np.zeros((0, 0), np.float32))

    @property
    def by_meaning(self) -> bool:
        """Whether there are vectors to search."""
        return bool(self._numbers)

    def find(self, query: Query, limit: int = 5, *, way: Way = "both", terminologies: bool = False) -> list[Hit]:
        """The best passages, best first. Where there are no vectors, "both" is "words"."""
        near = self._near(query.text) if way != "words" and self._numbers else {}
        lists: list[list[int]] = []
        if way != "meaning":
            lists.append([number for number, _ in self.store.by_words(query.words, LONG_LIST)])
        if terminologies:
            lists.append([number for number, _ in self.store.by_words(query.terms.words, LONG_LIST, entries=True)])
        if near:
            lists.append(sorted(near, key=lambda number: (-near[number], number))[:LONG_LIST])
        scores = _joined(lists)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        passages = self.store.passages(best)
        return [Hit(passage, scores[passage.id], near.get(passage.id)) for passage in passages]

    def _near(self, text: str) -> dict[int, float]:
        """How near each passage's meaning is, in standard deviations from the mean of all."""
        assert self._embedder is not None
        cosines = self._vectors @ self._embedder.embed([text])[0]
        spread = float(cosines.std()) or 1.0
        return dict(zip(self._numbers, ((cosines - cosines.mean()) / spread).tolist(), strict=True))


def _joined(lists: Sequence[Sequence[int]]) -> dict[int, float]:
    """Scores by reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, number in enumerate(ranked, start=1):
            scores[number] = scores.get(number, 0.0) + 1.0 / (_SMOOTHING + rank)
    return scores
