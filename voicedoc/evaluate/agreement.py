"""Whether the same question gets the same answer in every language: between languages, not within one.

Two matrices over languages, averaged over questions: how alike in meaning the answers are, and in how many questions
they contradict each other. A contradiction is a rule's word, never a model's alone: one says yes where the other says
no, or the guard finds that an amount, a time or a side in one is another in the other. What is only missing from one
contradicts nothing. A model for natural language inference would see more; none comes in a package, and the embedded
dialogue model tells contradictions across languages hardly better than chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.errors import UnsupportedLanguage
from voicedoc.evaluate.answers import read_verdict
from voicedoc.evaluate.drift import language_of
from voicedoc.evaluate.statistics import interval
from voicedoc.guard import compare_texts

Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts of any language to vectors of length 1, shape `(n_texts, n_dimensions)`."""

Near: TypeAlias = Callable[[str, str, str], float | None]
"""A question and two languages to the cosine of the answers' meanings; None where nothing measures it."""

Contradicts: TypeAlias = Callable[[str, str, str, str], tuple[str, ...]]
"""Two answers and their languages to what they contradict each other in; () for nothing."""

CHANGED = "changed"
"""The guard's verdict on what is there on both sides, and not the same."""

AMOUNTS = frozenset({"dose", "frequency", "duration", "time", "laterality"})
"""Kinds of critical items of which two that differ, in free answers to one question, contradict each other. Answers may
well name different medicines, or count different things.
"""


class Between(NamedTuple):
    """Two languages: a mean over `n` questions with both answers, and its 95 % interval over questions."""

    first: str
    second: str
    value: float
    low: float | None
    high: float | None
    n: int


class Agreement(NamedTuple):
    """`meaning`: mean cosine of the answers, in [-1, 1]. `contradiction`: share of questions, in [0, 1].

    `found` is what contradicts, by question and pair of languages.
    """

    languages: tuple[str, ...]
    meaning: tuple[Between, ...]
    contradiction: tuple[Between, ...]
    found: Mapping[tuple[str, str, str], tuple[str, ...]]

    def matrix(self, of: str) -> NDArray[np.float64]:
        """`of` "meaning" or "contradiction", shape `(n_languages, n_languages)`; NaN where nothing was compared."""
        table = np.full((len(self.languages),) * 2, np.nan)
        np.fill_diagonal(table, 1.0 if of == "meaning" else 0.0)
        for between in self.meaning if of == "meaning" else self.contradiction:
            places = self.languages.index(between.first), self.languages.index(between.second)
            table[places] = table[places[::-1]] = between.value
        return table


_MOST_KNOWN = 100_000
_KNOWN: dict[bytes, tuple[str, ...]] = {}
"""What was found of pairs of answers, by a digest over them: scores and tables ask the same again."""


def contradicts(first: str, second: str, language: str, other: str) -> tuple[str, ...]:
    """What two answers contradict each other in, by rules. Languages that the guard does not know: yes and no alone.

    Each is read in the language that it is in, which is not always the one that was asked.
    """
    key = sha256("\0".join((first, second, language, other)).encode()).digest()
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = _contradicts(first, second, language, other)
    return _KNOWN[key]


def _contradicts(first: str, second: str, language: str, other: str) -> tuple[str, ...]:
    one, two = read_verdict(first), read_verdict(second)
    found = [f"{one} – {two}"] if one and two and one != two else []
    try:
        spoken, heard = language_of(first) or language, language_of(second) or other
        verdicts = compare_texts(first, second, source=spoken, target=heard).verdicts
    except UnsupportedLanguage:
        return tuple(found)
    pairs = [(v.source, v.target) for v in verdicts if v.kind == CHANGED and v.source and v.target]
    return (*found, *(f"{one.text} – {other.text}" for one, other in pairs if one.kind == other.kind in AMOUNTS))


def agreement(
    answers: Mapping[str, Mapping[str, str]], embed: Embed, *, contradicts: Contradicts = contradicts
) -> Agreement:
    """Compare the answers to each question, by language, with one another. Empty answers are left out.

    Raises:
        ValueError: If no question has answers in two languages.
    """
    given = _given(answers)
    vectors = {
        question: dict(zip(own, embed(list(own.values())), strict=True)) for question, own in given.items() if own
    }

    def near(question: str, first: str, second: str) -> float:
        return float(vectors[question][first] @ vectors[question][second])

    return compared(given, near, contradicts=contradicts)


def compared(
    answers: Mapping[str, Mapping[str, str]], near: Near, *, contradicts: Contradicts = contradicts
) -> Agreement:
    """The same where it is known how near the answers are in meaning.

    Raises:
        ValueError: If no question has answers in two languages.
    """
    given = _given(answers)
    languages = tuple(dict.fromkeys(tag for own in answers.values() for tag in own))
    meaning: list[Between] = []
    contradiction: list[Between] = []
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for first, second in combinations(languages, 2):
        both = [question for question, own in given.items() if first in own and second in own]
        if not both:
            continue
        for question in both:
            if against := contradicts(given[question][first], given[question][second], first, second):
                found[question, first, second] = against
        alike = [cosine for question in both if (cosine := near(question, first, second)) is not None]
        if alike:
            meaning.append(_between(first, second, alike))
        contradiction.append(_between(first, second, [(question, first, second) in found for question in both]))
    if not contradiction:
        raise ValueError("no question has answers in two languages")
    return Agreement(languages, tuple(meaning), tuple(contradiction), found)


def _given(answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The answers that are not empty."""
    return {question: {tag: text for tag, text in own.items() if text.strip()} for question, own in answers.items()}


def _between(first: str, second: str, values: Sequence[float]) -> Between:
    mean = interval([(float(value), 1.0) for value in values], lambda sums: sums[..., 0] / sums[..., 1])
    return Between(first, second, mean.value, mean.low, mean.high, len(values))
