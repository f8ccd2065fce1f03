"""Blame over a chain's stages, and agreement between languages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from voicedoc.evaluate.agreement import agreement, contradicts
from voicedoc.evaluate.blame import blame, coalitions, shapley

pytestmark = pytest.mark.unit

STAGES = ("asr", "mt", "dialogue", "tts")


def added_up(own: dict[str, float]) -> dict[frozenset[str], float]:
    return {real: sum(own[stage] for stage in real) for real in coalitions(STAGES)}


def test_stages_that_lose_on_their_own_are_blamed_for_just_that() -> None:
    own = {"asr": 0.3, "mt": 0.1, "dialogue": 0.0, "tts": 0.05}
    assert shapley(added_up(own), STAGES) == pytest.approx(own)


def test_two_that_only_lose_together_share_the_blame() -> None:
    losses = {real: float({"asr", "mt"} <= real) for real in coalitions(STAGES)}
    assert shapley(losses, STAGES) == pytest.approx({"asr": 0.5, "mt": 0.5, "dialogue": 0.0, "tts": 0.0})


@given(st.lists(st.floats(0.0, 1.0), min_size=16, max_size=16))
def test_the_blame_is_the_whole_loss_and_no_more(drawn: list[float]) -> None:
    losses = dict(zip(coalitions(STAGES), drawn, strict=True))
    whole = losses[frozenset(STAGES)] - losses[frozenset()]
    assert sum(shapley(losses, STAGES).values()) == pytest.approx(whole, abs=1e-9)


def test_a_set_of_stages_that_was_not_run_is_named() -> None:
    with pytest.raises(ValueError, match="mt"):
        shapley({frozenset(): 0.0, frozenset({"asr"}): 0.1}, ("asr", "mt"))


def test_blame_over_questions_has_intervals_and_the_worst_first() -> None:
    chance = np.random.default_rng(1)
    questions = [
        added_up({"asr": 0.2 + 0.1 * chance.random(), "mt": 0.1 * chance.random(), "dialogue": 0.0, "tts": 0.0})
        for _ in range(40)
    ]
    worst, second, *rest = blame(questions, STAGES)
    assert (worst.stage, second.stage, worst.n) == ("asr", "mt", 40)
    assert worst.low is not None and worst.high is not None and worst.low < worst.loss < worst.high
    assert {one.loss for one in rest} == {0.0}


# --- between languages


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """By the first letters: a stand-in for meaning that tells these sentences apart."""
    vectors = np.array([[1.0, float(len(text) % 7)] for text in texts], np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


ANSWERS = {
    "q1": {"en": "Yes, take 500 mg twice a day.", "es": "Sí, tome 500 mg dos veces al día.", "pt": ""},
    "q2": {"en": "Yes, you can.", "es": "No, no puede.", "pt": "Sim, pode."},
    "q3": {"en": "Take 400 mg.", "es": "Tome 200 mg.", "pt": "Tome 400 mg."},
}


def test_contradictions_are_found_between_languages_and_what_is_left_out_is_none() -> None:
    found = agreement(ANSWERS, embed)
    assert found.languages == ("en", "es", "pt")
    assert set(found.found) == {("q2", "en", "es"), ("q2", "es", "pt"), ("q3", "en", "es"), ("q3", "es", "pt")}
    table = found.matrix("contradiction")
    assert table[0, 1] == table[1, 0] == pytest.approx(2 / 3)
    assert table[0, 2] == 0.0 and table[0, 0] == 0.0
    assert {(b.first, b.second): b.n for b in found.meaning} == {("en", "es"): 3, ("en", "pt"): 2, ("es", "pt"): 2}


@pytest.mark.parametrize(
    ("first", "second", "language", "other", "expected"),
    [
        ("Take 500 mg.", "Tome 500 mg con comida.", "en", "es", False),
        ("Take it every 8 hours.", "Tome cada 12 horas.", "en", "es", True),
        ("Yes.", "不是。", "en", "zh", True),
        ("Yes, it is.", "Ndiyo.", "en", "sw", False),
        ("Drink water and rest.", "Beba agua.", "en", "es", False),
        ("Honey contains bee venom.", "Pode causar reações alérgicas.", "en", "pt", False),
        ("Take ibuprofen.", "Tome paracetamol.", "en", "es", False),
        ("Not for a baby under 12 months of age.", "Not for a baby under 12 months of age.", "en", "es", False),
        ("It takes two weeks to work.", "Tome uma vez por dia.", "en", "pt", False),
        ("否。", "Yes.", "zh", "en", True),
        ("不可以，有危险。", "Sim, pode.", "zh", "pt", True),
    ],
)
def test_rules_tell_contradictions(first: str, second: str, language: str, other: str, expected: bool) -> None:
    assert bool(contradicts(first, second, language, other)) is expected


def test_answers_in_one_language_agree_with_nobody() -> None:
    with pytest.raises(ValueError, match="two languages"):
        agreement({"q": {"en": "Yes."}}, embed)
