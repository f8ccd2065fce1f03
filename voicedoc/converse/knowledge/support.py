"""Whether a passage is about what was asked, or only like it: where none is, the answer is "I do not know"."""

from __future__ import annotations

from collections.abc import Iterable

from voicedoc.converse.knowledge.distil import OF_PATIENTS, Query
from voicedoc.converse.knowledge.pairs import pairs_in
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
"""The same where there are no vectors. All were set on `pipelines/evaluate/data/knowledge/calibration.toml`."""

_CASES = frozenset({"topic_alcohol", "topic_child", "topic_pregnancy", "topic_breastfeeding"})


class Support:
    """Judges hits of one query."""

    def __init__(self, store: KnowledgeStore, query: Query) -> None:
        self._query = query
        terms = query.terms
        self._drugs = {drug_term(drug) for drug in terms.drugs}
        self._said_as = tuple((f"topic_{topic}", words) for topic, words in terms.said_as if words)
        named = {f"topic_{topic}" for topic in terms.topics} | self._drugs
        of_patient = {f"topic_{topic}" for topic in terms.topics & OF_PATIENTS}
        self._must = self._drugs | of_patient if self._drugs else frozenset[str]()
        self._vague = not terms.topics and not terms.unknown and len(terms.drugs) < 2
        self._weights = store.rarity([*sorted(named), *sorted(terms.unknown)])
        self._named = named
        self._of_patient = of_patient
        self.pair = terms.drugs if len(terms.drugs) > 1 else frozenset[str]()
        """The drugs asked about, where they are several: what is quoted names two of them."""

    def covered(self, words: frozenset[str], language: str) -> float:
        """How much of what was asked `words` say, in [0, 1], weighted by rarity."""
        same = same_language(language, self._query.language)
        words = self._with_forms(words, language)
        weights = {w: v * (1.0 if same or w in self._named else FOREIGN) for w, v in self._weights.items()}
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in words) / total if total else 0.0

    def named_in(self, words: frozenset[str], language: str) -> frozenset[str]:
        """Which of the topics and drugs that were asked about `words` have."""
        return self._with_forms(words, language) & self._named

    def _with_forms(self, words: frozenset[str], language: str) -> frozenset[str]:
        """With the topics that they name as the question does, in another form of the same word."""
        if not same_language(language, self._query.language):
            return words
        return words | {topic for topic, said in self._said_as if said <= words}

    def same_thing(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether two sentences, by what `named_in` has of them, speak of the same drug and topic asked about."""
        both = one & other
        topics = self._named - self._drugs
        return bool(both) and all(not kind or not both.isdisjoint(kind) for kind in (self._drugs, topics))

    def is_about_other_drugs(self, drugs: Iterable[str]) -> bool:
        """Whether drugs were asked about and a document's `drugs` are others."""
        theirs = {drug_term(drug) for drug in drugs}
        return bool(theirs) and bool(self._drugs) and theirs.isdisjoint(self._drugs)

    def is_another_case(self, words: frozenset[str]) -> bool:
        """Whether `words` are about a drink, a child or a pregnancy that was not asked about."""
        return not (words & _CASES) <= self._named

    def strays(self, words: frozenset[str]) -> int:
        """How many topics `words` have that were not asked about."""
        return sum(word.startswith("topic_") and word not in self._named for word in words)

    def holds(self, hit: Hit) -> bool:
        """Whether a passage may answer.

        It speaks of the drug that was asked about and for whom, of a topic where one was named, and of enough of the
        rest; of several drugs, a sentence of it names two. A question that says nothing beside one drug's name is
        none: the answer depends on who takes it.
        """
        language = hit.passage.document.language
        words = self._with_forms(hit.passage.terms, language)
        if self.pair:
            return self._of_patient <= words and pairs_in(hit.passage, self.pair)
        if self._vague or not self._must <= words or (self._named and self._named.isdisjoint(words)):
            return False
        covered = self.covered(words, language)
        if hit.near is None:
            return covered >= ENOUGH_IN_WORDS
        return covered + NEAR_COUNTS * min(hit.near, NEAREST) >= ENOUGH
