"""Whether a passage is about what was asked, or only like it: where none is, the answer is "I do not know"."""

from __future__ import annotations

from collections.abc import Iterable

from voicedoc.converse.knowledge.distil import OF_PATIENTS, Query
from voicedoc.converse.knowledge.search import Hit
from voicedoc.converse.knowledge.store import KnowledgeStore
from voicedoc.converse.knowledge.terms import drug_term
from voicedoc.core.languages import same_language

FOREIGN = 0.5
"""The weight of a word that no topic knows where question and passage are in two languages: it may be translated."""

ENOUGH = 0.7
"""What a passage must reach: the share of what was asked that it says, weighted by rarity, and `NEAR_COUNTS` for each
standard deviation by which its meaning is nearer to the question than an average passage's, up to `NEAREST`."""

NEAR_COUNTS = 0.05
NEAREST = 4.0

ENOUGH_IN_WORDS = 0.6
"""The same where there are no vectors. All were set on `tests/challenge/knowledge/calibration.toml`."""


class Support:
    """Judges hits of one query."""

    def __init__(self, store: KnowledgeStore, query: Query) -> None:
        self._query = query
        terms = query.terms
        self._drugs = {drug_term(drug) for drug in terms.drugs}
        named = {f"topic_{topic}" for topic in terms.topics} | self._drugs
        of_patient = {f"topic_{topic}" for topic in terms.topics & OF_PATIENTS}
        self._must = self._drugs | of_patient if self._drugs else frozenset[str]()
        self._vague = not terms.topics and not terms.unknown and len(terms.drugs) < 2
        self._weights = store.rarity([*sorted(named), *sorted(terms.unknown)])
        self._named = named

    def covered(self, words: frozenset[str], language: str) -> float:
        """How much of what was asked `words` say, in [0, 1], weighted by rarity."""
        same = same_language(language, self._query.language)
        weights = {w: v * (1.0 if same or w in self._named else FOREIGN) for w, v in self._weights.items()}
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in words) / total if total else 0.0

    def is_about_other_drugs(self, drugs: Iterable[str]) -> bool:
        """Whether drugs were asked about and a document's `drugs` are others."""
        theirs = {drug_term(drug) for drug in drugs}
        return bool(theirs) and bool(self._drugs) and theirs.isdisjoint(self._drugs)

    def strays(self, words: frozenset[str]) -> int:
        """How many topics `words` have that were not asked about."""
        return sum(word.startswith("topic_") and word not in self._named for word in words)

    def holds(self, hit: Hit) -> bool:
        """Whether a passage may answer.

        It speaks of every drug that was asked about and for whom, of a topic where one was named, and of enough of the
        rest. A question that says nothing beside one drug's name is none: the answer depends on who takes it.
        """
        words = hit.passage.terms
        if self._vague or not self._must <= words or (self._named and self._named.isdisjoint(words)):
            return False
        covered = self.covered(words, hit.passage.document.language)
        if hit.near is None:
            return covered >= ENOUGH_IN_WORDS
        return covered + NEAR_COUNTS * min(hit.near, NEAREST) >= ENOUGH
