"""How much alike several answers to one question are: words in common, and their lengths.

Source: Jin et al. 2024, Better to Ask in English (arXiv 2310.13132), and repository claws-lab/XLingEval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from statistics import fmean, pstdev
from typing import NamedTuple
from unicodedata import category

from voicedoc.core.languages import primary
from voicedoc.evaluate.text import NO_SPACES

_RELEASED_WORD = re.compile(r"\b\w\w+\b")


class Consistency(NamedTuple):
    """Means over pairs of answers, from 0 to 1, None where no answer has so many words; lengths in words.

    `length_deviation` is the population's.
    """

    unigrams: float | None
    bigrams: float | None
    length: float
    length_deviation: float
    n_answers: int


def consistency(answers: Sequence[str], language: str, *, as_released: bool = False) -> Consistency:
    """Jaccard similarity of the words and pairs of words, over all pairs of answers.

    As released, words are scikit-learn's: of two letters or more, which tears Hindi apart and leaves out "I" and "a".
    It is meant for English, into which the released code translates first. Lengths are in the same words, while the
    published ones count NLTK's, which are more.

    Raises:
        ValueError: If there are fewer than two answers.
    """
    if len(answers) < 2:
        raise ValueError(f"consistency needs two answers, got {len(answers)}")
    words = [_RELEASED_WORD.findall(text.lower()) if as_released else words_of(text, language) for text in answers]
    lengths = [len(own) for own in words]
    return Consistency(_alike(words, 1), _alike(words, 2), fmean(lengths), pstdev(lengths), len(answers))


def words_of(text: str, language: str) -> list[str]:
    """Words without case and punctuation; single characters in languages that write without spaces."""
    plain = "".join(char if _belongs(char) else " " for char in text.casefold()).split()
    return [char for word in plain for char in word] if primary(language) in NO_SPACES else plain


def jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float | None:
    """What both have, of what either has; None where neither has anything."""
    union = one | other
    return len(one & other) / len(union) if union else None


def _belongs(char: str) -> bool:
    """Letters, digits, and the marks that letters carry: vowels in Hindi."""
    return category(char)[0] in "LMN"


def _alike(words: Sequence[list[str]], length: int) -> float | None:
    grams = [set(zip(*(own[start:] for start in range(length)), strict=False)) for own in words]
    found = [score for one, other in combinations(grams, 2) if (score := jaccard(one, other)) is not None]
    return fmean(found) if found else None
