"""What two sentences of one language that say the same have in common: amounts, negation, words with opposites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from voicedoc.phrases.amounts import Amount
from voicedoc.phrases.lexicon import Lexicon, any_of, lexicon_of


@dataclass(frozen=True, slots=True)
class Marks:
    """Two texts with different marks do not say the same, however alike they look.

    `contrasts` names those of before and after, left and right, start and stop, … that are in the text.
    """

    amounts: tuple[tuple[str, ...], ...]
    denies: bool
    contrasts: frozenset[str]


def marks(text: str, amounts: Iterable[Amount], language: str) -> Marks:
    """The marks of a normalised text whose amounts (but those in slots) are `amounts`."""
    patterns = _patterns(lexicon_of(language).language)
    return Marks(
        tuple(sorted(amount.key for amount in amounts)),
        bool(patterns.negation.search(patterns.not_negation.sub(" ", text))),
        frozenset(name for name, pattern in patterns.contrasts.items() if pattern.search(text)),
    )


@dataclass(frozen=True, slots=True)
class _Patterns:
    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    contrasts: dict[str, re.Pattern[str]]


@cache
def _patterns(language: str) -> _Patterns:
    lexicon = lexicon_of(language)
    return _Patterns(
        re.compile("|".join(_cue(cue, lexicon) for cue in lexicon.negations)),
        re.compile(lexicon.whole(any_of(lexicon.not_negations))),
        {name: re.compile(lexicon.whole(any_of(words))) for name, words in lexicon.contrasts.items()},
    )


def _cue(cue: str, lexicon: Lexicon) -> str:
    """A negation's pattern: "*n't" ends a word, "n'" begins one, others are words."""
    if cue.startswith("*"):
        return rf"{re.escape(cue[1:])}\b"
    return rf"\b{re.escape(cue)}" if cue.endswith("'") else lexicon.whole(re.escape(cue))
