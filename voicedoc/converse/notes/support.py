"""Whether what a sentence rests on says it. Rules decide; vectors may only spare a sentence whose wording differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voicedoc.converse.notes.claims import (
    Claim,
    claims_of,
    claims_of_entry,
    denies,
    may_deny,
    n_denials,
    without_answer,
    without_denials,
)
from voicedoc.converse.notes.content import covered, stems
from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Support
from voicedoc.core.languages import same_language
from voicedoc.export.note import Entry, Statement
from voicedoc.guard.compare import compare_texts
from voicedoc.guard.lexicon import supported
from voicedoc.guard.policy import CHANGED, INVENTED
from voicedoc.guard.scope import Polarity
from voicedoc.phrases.role import SentenceEmbedder

STRICT = frozenset({"number", "dose", "frequency", "duration", "time", "drug", "allergy", "laterality", "pregnancy"})
"""Categories of which a sentence may name nothing that its evidence does not: what differs makes it unsupported."""

SOFT = frozenset({"date", "timing", "body", "symptom", "family", "severity", "modality"})
"""Those that people paraphrase: what differs is to be checked."""

ENOUGH, SOME = 0.5, 0.25
"""Shares of a sentence's content words that its evidence must have to be support, and to be some of it.

Chosen on the development set's consultations; see README.md.
"""

LIKE, SAME = 0.3, 0.75
"""Shares of the content words of two sentences together that both have: they may be, and are, about the same."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one sentence, with what speaks against it."""

    support: Support
    reasons: tuple[str, ...] = ()


class Checker:
    """Judges sentences by what was said in one session. `embedder` compares meanings across wordings and languages."""

    def __init__(self, material: Material, embedder: SentenceEmbedder | None = None) -> None:
        self._material, self._embedder = material, embedder

    def judge(self, text: str, language: str, utterances: Iterable[int]) -> Judgement:
        """Whether these utterances, with the questions that they answer, say what `text` says."""
        cited = set(utterances)
        said = [one for one in self._said if one.utterance in cited]
        entries = [entry for entry in self._entries if entry.statement.utterance in cited]
        if not said:
            return Judgement(Support.UNSUPPORTED, ("nothing that was said is named as its evidence",))
        if not entries:
            return Judgement(Support.UNSUPPORTED, ("only questions are named as its evidence",))
        if asks(text):
            return Judgement(Support.PARTLY, ("it asks, and says nothing",))
        asked = [question for entry in entries for question in entry.questions]
        evidence = _Evidence(tuple(dict.fromkeys([*said, *asked])), tuple(entries))
        wrong, doubtful = evidence.against(text, language)
        if wrong:
            return Judgement(Support.UNSUPPORTED, (*wrong, *doubtful))
        found = self._overlap(text, language, evidence)
        doubtful = (*doubtful, *found.reasons)
        if found.support is Support.UNSUPPORTED:
            return Judgement(Support.UNSUPPORTED, doubtful)
        return Judgement(Support.PARTLY if doubtful else Support.SUPPORTED, doubtful)

    def with_answers(self, utterances: Iterable[int]) -> tuple[int, ...]:
        """These utterances, and what answers those of them that only ask."""
        cited = tuple(dict.fromkeys(utterances))
        telling = {entry.statement.utterance for entry in self._entries}
        asking = {number for number in cited if number not in telling}
        answers = (
            entry.statement.utterance
            for entry in self._entries
            if any(question.utterance in asking for question in entry.questions)
        )
        return tuple(dict.fromkeys((*cited, *answers)))

    def _overlap(self, text: str, language: str, evidence: _Evidence) -> Judgement:
        if self._is_nearest(text, evidence):
            return Judgement(Support.SUPPORTED)
        if not any(same_language(one.language, language) for one in evidence.said):
            return Judgement(Support.PARTLY, ("what was said is in another language",))
        share = evidence.covers(text, language)
        if share is None or share >= ENOUGH:
            return Judgement(Support.SUPPORTED)
        reason = f"{share:.0%} of its words are in what was said"
        return Judgement(Support.PARTLY if share >= SOME else Support.UNSUPPORTED, (reason,))

    def _is_nearest(self, text: str, evidence: _Evidence) -> bool:
        """Whether, of all that was said in the session, what it rests on is nearest to it in meaning."""
        if self._embedder is None or not self._said:
            return False
        near = self._vectors @ self._embedder.embed([text])[0]
        own = [place for place, one in enumerate(self._said) if one in evidence.said]
        return bool(own) and int(np.argmax(near)) in own

    @cached_property
    def _vectors(self) -> np.ndarray:
        if self._embedder is None:
            return np.zeros((0, 0), np.float32)
        return self._embedder.embed([one.text for one in self._said])

    @cached_property
    def _said(self) -> list[Statement]:
        return self._material.said()

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        return self._material.entries("any")


@dataclass(frozen=True)
class _Evidence:
    """What a sentence rests on: sentences that were said, questions too, and who answered what."""

    said: tuple[Statement, ...]
    entries: tuple[Entry, ...]

    def against(self, text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What speaks against a sentence: what makes it wrong, and what makes it doubtful."""
        if not supported(language) or not self._texts:
            return (), ("the rules do not know its language, or that of what was said",)
        wrong: list[str] = []
        doubtful: list[str] = []
        for category, words in self._foreign(text, language):
            (wrong if category in STRICT else doubtful).append(f"{category} “{words}” is not in what was said")
        contradicted = [reason for claim in claims_of(text, language) if (reason := self._claimed(claim))]
        wrong += contradicted
        if not contradicted:
            certain, likely = self._denied_otherwise(text, language)
            wrong, doubtful = wrong + certain, doubtful + likely
        return tuple(dict.fromkeys(wrong)), tuple(dict.fromkeys(doubtful))

    def covers(self, text: str, language: str) -> float | None:
        """The share of its content words that were said, in its own language; None where it has none."""
        own = [one.text for one in self.said if same_language(one.language, language)]
        return covered(without_denials(text, language), stems(" ".join(own), language), language)

    @cached_property
    def _texts(self) -> dict[str, str]:
        """All that was said, by language, as far as the rules know it."""
        texts: dict[str, list[str]] = {}
        for one in self.said:
            if supported(one.language):
                texts.setdefault(one.language, []).append(one.text)
        return {language: "\n".join(several) for language, several in texts.items()}

    def _foreign(self, text: str, language: str) -> list[tuple[str, str]]:
        """Items of a sentence that are in nothing that was said, in whatever language."""
        found = [set(_foreign_items(text, language, said, spoken)) for spoken, said in self._texts.items()]
        return sorted(set.intersection(*found))

    @cached_property
    def _claims(self) -> dict[str, set[Polarity]]:
        claims: dict[str, set[Polarity]] = {}
        everything = [claim for entry in self.entries for claim in claims_of_entry(entry)]
        for claim in everything:
            claims.setdefault(claim.thing, set()).add(claim.polarity)
        return claims

    def _claimed(self, claim: Claim) -> str:
        """What speaks against a claim; "" where nothing does."""
        said = self._claims.get(claim.thing, set())
        opposite = Polarity.DENIED if claim.polarity is Polarity.AFFIRMED else Polarity.AFFIRMED
        if claim.polarity is Polarity.OPEN or claim.polarity in said or opposite not in said:
            return ""
        return f"“{claim.words}” was {opposite.value}"

    def _denied_otherwise(self, text: str, language: str) -> tuple[list[str], list[str]]:
        """Where a sentence denies and what was said most like it does not, or the other way about: wrong, doubtful."""
        nearest, alike = self._nearest(text, language)
        if nearest is None or (alike < LIKE and any(may_deny(one.text, one.language) for one in self.said)):
            return [], []
        if denies(text, language):
            if any(may_deny(one.text, one.language) for one in self.said):  # an answer's "no" counts, too
                return [], [] if may_deny(nearest.text, nearest.language) else ["what is most like it denies nothing"]
            return ["it denies something, and nothing that was said does"], []
        reason = ["what was said denies something"]
        before = without_answer(nearest)
        if alike >= SAME:
            return (reason, []) if n_denials(text, language) < n_denials(before, nearest.language) else ([], [])
        is_lost = denies(before, nearest.language) and not may_deny(text, language)
        return [], reason if is_lost else []

    def _nearest(self, text: str, language: str) -> tuple[Statement | None, float]:
        """What was said most like a sentence, with the share of their content words that both have."""
        own = stems(text, language)
        best, alike = None, -1.0
        for one in self.said:
            other = stems(one.text, one.language)
            share = len(own & other) / max(1, len(own | other))
            if not one.is_question and share > alike:
                best, alike = one, share
        return best, alike


def asks(text: str) -> bool:
    """Whether a text is a question."""
    return text.rstrip("\"'”’») ").endswith(("?", "？", "؟"))


def _foreign_items(text: str, language: str, said: str, spoken: str) -> Iterator[tuple[str, str]]:
    compared = compare_texts(said, text, source=spoken, target=language)
    for verdict in compared.differences:
        if verdict.kind in (CHANGED, INVENTED) and verdict.target and verdict.item.kind in STRICT | SOFT:
            yield verdict.target.kind, verdict.target.text
