"""Finding the phrases that say what somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.languages import primary
from voicedoc.core.speech import Role
from voicedoc.phrases.agreement import Marks
from voicedoc.phrases.amounts import in_digits
from voicedoc.phrases.letters import LetterIndex
from voicedoc.phrases.lexicon import Lexicon, any_of, lexicon_of
from voicedoc.phrases.normal import SLOT, normalised, normalised_wording
from voicedoc.phrases.role import DrugNames
from voicedoc.phrases.slots import DRUG, UNITS, Masked, fill, masked, slots_of, write_all
from voicedoc.phrases.vectors import Vectors

if TYPE_CHECKING:
    from voicedoc.phrases.bank import Phrase

OFFERED_FROM = 0.40
"""Score of the worst match that is offered, with an embedder or without. This, `LOOKS` and `UNRELATED` were chosen on
`tests/phrases/tuning.toml`."""

LOOKS = 0.5
"""How much the letters count where there is an embedder; the vectors count for the rest."""

UNRELATED = 0.86
"""Product of two vectors that counts as nothing: multilingual-e5-small gives 0.80 ± 0.02 for unrelated sentences."""

EMPTY_SLOT = 0.85
"""What the score is multiplied by for each slot without content."""

_SIGNS = {slot: chr(0xE000 + at) for at, slot in enumerate((*UNITS, DRUG))}

LONGEST = 300
"""Characters. No phrase is nearly as long; longer texts are not looked up."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that says what was said, with how sure that is, in [0, 1].

    `text` is what it says in the target's language, `source_text` in the source's, slots filled. `slots` holds what
    fills them in the target. `missing` names those without content, which stay in the text as "{dose}"; `unsure` those
    whose content is copied because nobody knows it in the target's language. A match with either is to be completed.
    """

    phrase: Phrase
    score: float
    source_text: str
    text: str
    slots: Mapping[str, str]
    missing: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether it can be said as it is."""
        return not self.missing and not self.unsure


class _Wording(NamedTuple):
    """One way of saying a phrase. `own`: the phrase's text, not another wording by which it is found."""

    phrase: Phrase
    text: str
    slots: frozenset[str]
    marks: Marks
    own: bool
    language: str


class _Candidate(NamedTuple):
    """A phrase, with how alike it is to what was said, masked as it was compared."""

    phrase: Phrase
    score: float
    query: Masked


class _Spoken(NamedTuple):
    """What was said: normalised, numbers in digits, and the drug that it speaks of, or ""."""

    text: str
    drug: str


class _KnownDrugs:
    """The drugs that are known in one language. `names`: as they are written, by their normalised spelling."""

    def __init__(self, drugs: DrugNames | None, lexicon: Lexicon) -> None:
        self.names = {normalised(name): name for name in drugs.drugs(lexicon.language)} if drugs else {}
        self._pattern = re.compile(lexicon.whole(any_of(tuple(name for name in self.names if name))))

    def said_in(self, text: str) -> str:
        """The longest one in a normalised text, or ""."""
        return max(self._pattern.findall(text), key=len, default="")


class Search:
    """Finds phrases in every language of the bank; a language's index is made when it is first needed."""

    def __init__(
        self, phrases: Sequence[Phrase], vectors: Vectors | None = None, drugs: DrugNames | None = None
    ) -> None:
        self._phrases, self._vectors, self._drugs = phrases, vectors, drugs
        self._languages: dict[str, _Language] = {}
        self._known: dict[str, _KnownDrugs] = {}

    def find(self, text: str, language: str, target: str, speaker: Role | None) -> list[Match]:
        """See `PhraseBank.find`."""
        lexicon_of(target)
        index = self._language(language)
        if len(text) > LONGEST:
            return []
        best: dict[str, _Candidate] = {}
        for candidate in self._candidates(text, index, language, target):
            phrase = candidate.phrase
            if _may_say(phrase, target, speaker) and (phrase.id not in best or candidate.score > best[phrase.id].score):
                best[phrase.id] = candidate
        offered = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.phrase.id))
        return [self._match(text, candidate, language, target) for candidate in offered]

    def exact(self, text: str, language: str, target: str, speaker: Role | None) -> Match | None:
        """See `PhraseBank.exact`."""
        lexicon_of(target)
        index = self._language(language)
        if len(text) > LONGEST:
            return None
        spoken = self._spoken(text, index, language, sure=True)
        for slots, wordings in index.by_slots.items():
            query = _query(spoken, slots, language)
            for wording in wordings:
                phrase = wording.phrase
                if wording.own and wording.text == query.text and _may_say(phrase, target, speaker):
                    match = self._match(text, _Candidate(phrase, 1.0, query), language, target)
                    if match.is_complete:
                        return match
        return None

    def _candidates(self, text: str, index: _Language, language: str, target: str) -> Iterator[_Candidate]:
        """Every wording that is alike enough and agrees. What was said is masked for each set of slots anew."""
        likenesses: dict[str, NDArray[np.float32]] = {}
        spoken = self._spoken(text, index, language)
        for slots, wordings in index.by_slots.items():
            query = _query(spoken, slots, language)
            if query.text not in likenesses:
                likenesses[query.text] = index.likeness(query.text)
            empty = EMPTY_SLOT ** len(slots - query.filled)
            scores = (likenesses[query.text][index.places[slots]] * empty).tolist()
            for score, wording in zip(scores, wordings, strict=True):
                if score >= OFFERED_FROM and query.marks == wording.marks and self._drug_fits(query, wording):
                    yield _Candidate(wording.phrase, score, query)

    def _drug_fits(self, query: Masked, wording: _Wording) -> bool:
        """Whether the drug stands next to the same word as in the wording; one that is known may stand anywhere."""
        if not query.drug or query.drug in self._drugs_in(wording.language).names:
            return True
        here, there = _beside_drug(query.text), _beside_drug(wording.text)
        return any(word and word == other for word, other in zip(here, there, strict=True))

    def _spoken(self, text: str, index: _Language, language: str, *, sure: bool = False) -> _Spoken:
        """Its drug is one that is known, else, unless it must be `sure`, the only words that the bank does not have."""
        plain = normalised(text)
        drug = self._drugs_in(language).said_in(plain)
        return _Spoken(in_digits(plain, language), drug if drug or sure else index.stranger(plain))

    def _drugs_in(self, language: str) -> _KnownDrugs:
        lexicon = lexicon_of(language)
        if lexicon.language not in self._known:
            self._known[lexicon.language] = _KnownDrugs(self._drugs, lexicon)
        return self._known[lexicon.language]

    def _name_of(self, drug: str, language: str, target: str) -> str | None:
        """What a drug, normalised, is called in the target's language."""
        name = self._drugs_in(language).names.get(drug)
        return self._drugs.drug(name, language, target) if self._drugs and name else None

    def _match(self, text: str, candidate: _Candidate, language: str, target: str) -> Match:
        phrase, score, query = candidate
        slots = slots_of(phrase.text[primary(language)])
        here, there = write_all(query.amounts, language), write_all(query.amounts, target)
        unsure: tuple[str, ...] = ()
        if query.drug:
            here[DRUG] = _as_written(query.drug, text)
            name = self._name_of(query.drug, language, target)
            there[DRUG] = name or here[DRUG]
            unsure = () if name else (DRUG,)
        return Match(
            phrase,
            score,
            fill(phrase.text[primary(language)], here),
            fill(phrase.text[primary(target)], there),
            there,
            tuple(sorted(slots - there.keys())),
            unsure,
        )

    def _language(self, language: str) -> _Language:
        lexicon = lexicon_of(language)
        if lexicon.language not in self._languages:
            phrases = [phrase for phrase in self._phrases if phrase.has(language)]
            self._languages[lexicon.language] = _Language(phrases, lexicon, self._vectors)
        return self._languages[lexicon.language]


class _Language:
    """The wordings of one language, grouped by their slots, and what they are compared with.

    `places` are each group's positions in the order of `by_slots`.
    """

    def __init__(self, phrases: Sequence[Phrase], lexicon: Lexicon, vectors: Vectors | None) -> None:
        self._lexicon, self._vectors = lexicon, vectors
        self.by_slots = _grouped(phrases, lexicon.language)
        self.places: dict[frozenset[str], slice] = {}
        texts: list[str] = []
        for slots, group in self.by_slots.items():
            self.places[slots] = slice(len(texts), len(texts) + len(group))
            texts += [wording.text for wording in group]
        self._index = LetterIndex([_with_signs(text) for text in texts], spaced=lexicon.spaced)
        self._of_bank = vectors.of_bank([_in_words(text) for text in texts]) if vectors else None
        self._vocabulary = {word for text in texts for word in text.split()}

    def likeness(self, text: str) -> NDArray[np.float32]:
        """How alike `text` and each wording are, in the order of `by_slots`."""
        looks = self._index.likeness(_with_signs(text))
        if self._vectors is None or self._of_bank is None:
            return looks
        near = self._of_bank @ self._vectors.of_query(_in_words(text))
        means = np.clip((near - UNRELATED) / (1.0 - UNRELATED), 0.0, 1.0)
        return np.asarray(LOOKS * looks + (1.0 - LOOKS) * means, np.float32)

    def stranger(self, text: str) -> str:
        """The one run of at most three words that the bank does not have; "" where there are several or none."""
        if not self._lexicon.spaced:
            runs = re.findall(r"[A-Za-z][A-Za-z0-9-]+", text)
            return runs[0] if len(runs) == 1 else ""
        runs = [[""]]
        for word in text.split():
            if word in self._vocabulary or word in self._known_to_lexicon or not word[0].isalpha():
                runs.append([])
            else:
                runs[-1].append(word)
        found = [run for run in runs if any(run)]
        return " ".join(found[0]).strip() if len(found) == 1 and len(found[0]) <= 3 else ""

    @cached_property
    def _known_to_lexicon(self) -> frozenset[str]:
        lexicon = self._lexicon
        phrases = (
            *lexicon.words,
            *lexicon.numbers,
            *lexicon.times,
            *lexicon.halves,
            *lexicon.and_half,
            *lexicon.ranges,
        )
        return frozenset(word for phrase in phrases for word in phrase.split())


def _query(spoken: _Spoken, slots: frozenset[str], language: str) -> Masked:
    return masked(spoken.text, slots, language, drug=spoken.drug if DRUG in slots else "")


def _beside_drug(text: str) -> tuple[str, str]:
    """The words, or slots, or in unspaced scripts the letters, before and after the drug's slot."""
    before, _, after = text.partition(f"{{{DRUG}}}")
    return (before.split() or [""])[-1], (after.split() or [""])[0]


def _may_say(phrase: Phrase, target: str, speaker: Role | None) -> bool:
    """Whether there is the phrase in the target's language, and `speaker` says such things."""
    return phrase.has(target) and phrase.speaker in (None, speaker or phrase.speaker)


def _grouped(phrases: Sequence[Phrase], language: str) -> dict[frozenset[str], list[_Wording]]:
    groups: dict[frozenset[str], list[_Wording]] = {}
    for phrase in phrases:
        for at, wording in enumerate(phrase.wordings(language)):
            made = _wording(phrase, wording, language, own=at == 0)
            groups.setdefault(made.slots, []).append(made)
    return groups


def _wording(phrase: Phrase, wording: str, language: str, *, own: bool) -> _Wording:
    slots = slots_of(wording)
    text = in_digits_around_slots(normalised_wording(wording), language)
    rest = masked(text, frozenset(), language)
    return _Wording(phrase, rest.text, slots, rest.marks, own, language)


def in_digits_around_slots(text: str, language: str) -> str:
    """As `in_digits`, of a wording: text2num must not see the braces."""
    pieces = re.split(r"(\{\w+\})", text)
    return " ".join(
        piece if piece.startswith("{") else in_digits(piece.strip(), language) for piece in pieces if piece.strip()
    )


def _with_signs(text: str) -> str:
    """Each slot as one sign, so that its name does not count as letters."""
    return SLOT.sub(lambda slot: _SIGNS[slot[1]], text)


def _in_words(text: str) -> str:
    """Each slot as a plain word, for models of language."""
    return SLOT.sub(lambda slot: slot[1], text)


def _as_written(name: str, text: str) -> str:
    """`name`, normalised, as it is in `text`."""
    found = re.search(r"\W+".join(re.escape(word) for word in name.split()), text, re.IGNORECASE)
    return found.group() if found else name
