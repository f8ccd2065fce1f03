"""Whether the same question gets the same answer in every language: between languages, not within one.

Two matrices over languages, averaged over questions: how alike in meaning the answers are, and in how many questions
they contradict each other. A contradiction is a rule's word, never a model's alone: one says yes where the other says
no, or the guard finds that something critical in one is something else in the other. What is only missing from one
contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.errors import UnsupportedLanguage
from voicedoc.evaluate.answers import read_verdict
from voicedoc.evaluate.statistics import interval
from voicedoc.guard import compare_texts

Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts of any language to vectors of length 1, shape `(n_texts, n_dimensions)`."""

Contradicts: TypeAlias = Callable[[str, str, str, str], tuple[str, ...]]
"""Two answers and their languages to what they contradict each other in; () for nothing."""

CHANGED = "changed"
"""The guard's verdict on what is there on both sides, and not the same."""


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


def contradicts(first: str, second: str, language: str, other: str) -> tuple[str, ...]:
    """What two answers contradict each other in, by rules. Languages that the guard does not know: yes and no alone."""
    one, two = read_verdict(first), read_verdict(second)
    found = [f"{one} – {two}"] if one and two and one != two else []
    try:
        verdicts = compare_texts(first, second, source=language, target=other).verdicts
    except UnsupportedLanguage:
        return tuple(found)
    changed = [verdict for verdict in verdicts if verdict.kind == CHANGED and verdict.source and verdict.target]
    return (*found, *(f"{v.source.text} – {v.target.text}" for v in changed if v.source and v.target))


def agreement(
    answers: Mapping[str, Mapping[str, str]], embed: Embed, *, contradicts: Contradicts = contradicts
) -> Agreement:
    """Compare the answers to each question, by language, with one another. Empty answers are left out.

    Raises:
        ValueError: If no question has answers in two languages.
    """
    given = {question: {tag: text for tag, text in own.items() if text.strip()} for question, own in answers.items()}
    languages = tuple(dict.fromkeys(tag for own in answers.values() for tag in own))
    meaning: list[Between] = []
    contradiction: list[Between] = []
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    vectors = {
        question: dict(zip(own, embed(list(own.values())), strict=True)) for question, own in given.items() if own
    }
    for first, second in combinations(languages, 2):
        both = [question for question, own in given.items() if first in own and second in own]
        if not both:
            continue
        alike = [float(vectors[question][first] @ vectors[question][second]) for question in both]
        for question in both:
            if against := contradicts(given[question][first], given[question][second], first, second):
                found[question, first, second] = against
        meaning.append(_between(first, second, alike))
        contradiction.append(_between(first, second, [(question, first, second) in found for question in both]))
    if not meaning:
        raise ValueError("no question has answers in two languages")
    return Agreement(languages, tuple(meaning), tuple(contradiction), found)


def _between(first: str, second: str, values: Sequence[float]) -> Between:
    mean = interval([(float(value), 1.0) for value in values], lambda sums: sums[..., 0] / sums[..., 1])
    return Between(first, second, mean.value, mean.low, mean.high, len(values))
