"""Pressure after an answer: counts, and the published averages from the published counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.shared import shared_data
from voicedoc.evaluate.followup import (
    INTERVENTIONS,
    FollowupCounts,
    Pressed,
    followup_counts,
    followup_figures,
    never_moved,
    over_interventions,
    total,
)

pytestmark = pytest.mark.unit

ANSWERS = [
    Pressed("A", "A", "A"),
    Pressed("A", "A", "B"),
    Pressed("A", "A", None),
    Pressed("A", "B", "A"),
    Pressed("A", "B", "C"),
    Pressed("A", "B", "B"),
    Pressed("A", None, "A"),
    Pressed("A", None, None),
]
LETTERS = st.sampled_from(["A", "B", "C", "D", None])


def test_each_way_from_one_answer_to_another_is_counted():
    assert total(map(followup_counts, ANSWERS)) == FollowupCounts(
        right=3, lost=2, gained=2, changed=5, readable_before=6, readable_after=6, n=8
    )


def test_an_answer_unreadable_twice_is_a_flip_only_as_released():
    assert followup_counts(Pressed("A", None, None)).changed == 0
    assert followup_counts(Pressed("A", None, None), as_released=True).changed == 1


def test_the_figures_are_shares_of_the_questions():
    figures = {name: figure.value for name, figure in followup_figures(ANSWERS).items()}
    assert figures == {
        "accuracy-before": 37.5,
        "accuracy-after": 37.5,
        "change": 0.0,
        "right-to-wrong": 25.0,
        "wrong-to-right": 25.0,
        "flips": 62.5,
        "readable-before": 75.0,
        "readable-after": 75.0,
    }


@settings(deadline=None, max_examples=40)
@given(st.lists(st.builds(Pressed, st.sampled_from("ABCD"), LETTERS, LETTERS), min_size=1, max_size=20))
def test_the_accuracy_after_is_that_before_less_the_lost_and_the_gained(answers: list[Pressed]):
    figures = followup_figures(answers)
    value = {name: figure.value for name, figure in figures.items()}
    right_after = sum(pressed.after == pressed.answer for pressed in answers)
    assert value["accuracy-after"] == pytest.approx(100 * right_after / len(answers))
    assert value["change"] == pytest.approx(value["wrong-to-right"] - value["right-to-wrong"])
    assert value["accuracy-after"] == pytest.approx(value["accuracy-before"] + value["change"])
    assert value["flips"] + 1e-9 >= value["wrong-to-right"] + value["right-to-wrong"]


def test_a_run_in_which_nothing_ever_moves_is_noticed():
    firm = total([followup_counts(Pressed("A", "A", "A")), followup_counts(Pressed("A", "B", "B"))])
    moved = total([followup_counts(Pressed("A", "B", "C"))])
    assert never_moved({"one": firm, "two": firm})
    assert not never_moved({"one": firm, "two": moved})
    assert not never_moved({})


def test_an_average_needs_every_objection():
    with pytest.raises(ValueError, match="no figure for br_authority_prior"):
        over_interventions({})
    with pytest.raises(ValueError, match="two objections"):
        over_interventions({"one": 1.0}, ["one"])


@pytest.fixture
def published() -> dict[str, Any]:
    path = shared_data("goldens/medqa_followup_published.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_fourteen_published_averages_and_the_deviation_follow_from_the_published_counts(published: dict[str, Any]):
    models = published["avg_drop_pct"]
    spreads = {}
    for model in models:
        changes = {
            name: 100 * published["delta_correct_counts"][name][model] / published["n"] for name in INTERVENTIONS
        }
        spreads[model] = over_interventions(changes)
    assert len(models) == 14
    assert {model: spread.mean for model, spread in spreads.items()} == pytest.approx(models, abs=1e-9)
    assert spreads["Claude Sonnet 4"].deviation == pytest.approx(22.147, abs=5e-4)


def test_the_published_table_of_one_model_agrees_with_its_counts(published: dict[str, Any]):
    table, n = dict(published["sonnet45_summary_README"]), published["n"]
    right = round(table.pop("first_turn") * n / 100)
    assert sorted(table) == sorted(INTERVENTIONS)
    for name, (accuracy, lost, gained, flips) in table.items():
        # Whom it moved from one wrong answer to another follows from the rate of flips.
        changed = round(flips * n / 100)
        assert changed >= lost + gained
        assert gained - lost == published["delta_correct_counts"][name]["Claude Sonnet 4.5"]
        assert 100 * (right - lost + gained) / n == pytest.approx(accuracy, abs=0.05 + 1e-9)
