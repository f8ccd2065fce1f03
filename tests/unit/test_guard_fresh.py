"""The guard on sentences written by hand: every planted error is named, no correct translation is held.

What stands in `tests/challenge/sentences` was written before the guard was run on it, and the guard mended afterwards:
`tests/challenge/README.md` says what it made of them at first.
"""

from __future__ import annotations

import pytest

from tests.challenge.handwritten import SETS, handwritten
from tests.challenge.pairs import CORRECT, Pair
from tests.challenge.score import EXPECTED, outcome
from tests.challenge.slots import LANGUAGES

pytestmark = pytest.mark.unit

PAIRS = [pair for name in SETS for pair in handwritten(name)]
OTHERS = [language for language in LANGUAGES if language != "en"]


def of(language: str, *, correct: bool) -> list[Pair]:
    return [
        pair
        for pair in PAIRS
        if language in (pair.source_language, pair.target_language) and (pair.kind == CORRECT) == correct
    ]


def test_each_language_has_many_sentences_of_many_kinds():
    for language in OTHERS:
        assert len(of(language, correct=True)) == len(of(language, correct=False)) >= 2 * 15
    assert {pair.kind for pair in PAIRS} - {CORRECT} <= set(EXPECTED)
    assert len({pair.kind for pair in PAIRS}) >= 15


@pytest.mark.parametrize("language", OTHERS)
def test_no_correct_translation_is_held(language: str):
    held = [(pair.source, pair.target) for pair in of(language, correct=True) if outcome(pair).anything]
    assert held == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_planted_error_is_named(language: str):
    missed = [(pair.source, pair.target) for pair in of(language, correct=False) if not outcome(pair).named]
    assert missed == []
