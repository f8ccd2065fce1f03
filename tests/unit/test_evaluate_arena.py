"""Elo ratings: one battle by hand, and what holds of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.evaluate.arena import START, Battle, Winner, arena, elo, expected, read_scores

pytestmark = pytest.mark.unit

NAMES = st.sampled_from(["a", "b", "c"])
WINNERS: st.SearchStrategy[Winner] = st.sampled_from(["first", "second", "tie"])
BATTLES = st.lists(
    st.builds(Battle, NAMES, NAMES, WINNERS).filter(lambda battle: battle.first != battle.second),
    min_size=1,
    max_size=30,
)


def test_between_equals_a_win_is_worth_half_of_k():
    assert elo([Battle("a", "b", "first")]) == {"a": 1002.0, "b": 998.0}
    assert elo([Battle("a", "b", "tie")]) == {"a": 1000.0, "b": 1000.0}
    assert elo([Battle("a", "b", "second")]) == {"a": 998.0, "b": 1002.0}


def test_ten_to_one_is_expected_at_400_points():
    assert expected(1400, 1000) == pytest.approx(10 / 11)
    assert expected(1000, 1000) == 0.5
    again = elo([Battle("a", "b", "first")] * 2)
    assert again["a"] == pytest.approx(1002 + 4 * (1 - 1 / (1 + 10 ** (-4 / 400))))


@settings(deadline=None, max_examples=30)
@given(BATTLES)
def test_points_are_neither_made_nor_lost(battles: list[Battle]):
    ratings = elo(battles)
    assert sum(ratings.values()) == pytest.approx(START * len(ratings))


@settings(deadline=None, max_examples=20)
@given(BATTLES, st.randoms(use_true_random=False))
def test_the_order_of_the_battles_does_not_matter_and_the_interval_is_ordered(battles: list[Battle], random):
    mixed = list(battles)
    random.shuffle(mixed)
    found = arena(battles, n_resamples=50)
    assert list(found.items()) == list(arena(mixed, n_resamples=50).items())
    assert all(rating.low <= rating.value <= rating.high for rating in found.values())
    values = [rating.value for rating in found.values()]
    assert values == sorted(values, reverse=True)
    assert sum(rating.n for rating in found.values()) == 2 * len(battles)


def test_the_samples_fought_at_once_are_the_samples_fought_one_by_one():
    battles = sorted([Battle("a", "b", "first")] * 6 + [Battle("b", "c", "tie")] * 3 + [Battle("c", "a", "first")] * 2)
    picks = np.random.default_rng(7).integers(len(battles), size=(len(battles), 40))
    one_by_one = [elo([battles[pick] for pick in column]) for column in picks.T]
    found = arena(battles, n_resamples=40, seed=7)
    for name, rating in found.items():
        assert rating.value == pytest.approx(np.median([ratings.get(name, START) for ratings in one_by_one]))


def test_the_better_model_comes_first_and_another_seed_gives_nearly_the_same():
    battles = [Battle("good", "bad", "first")] * 60 + [Battle("bad", "good", "first")] * 20
    battles += [Battle("bad", "worse", "first")] * 60 + [Battle("bad", "worse", "second")] * 20
    found, other = arena(battles), arena(battles, seed=2)
    assert list(found) == ["good", "bad", "worse"]
    assert found["good"].low > found["worse"].high
    assert found == arena(battles) != other
    assert {name: rating.value for name, rating in other.items()} == pytest.approx(
        {name: rating.value for name, rating in found.items()}, abs=3.0
    )


def test_battles_over_one_question_are_drawn_as_one():
    battles = [Battle("a", "b", "first")] * 20 + [Battle("a", "b", "second")] * 10
    groups = [f"q{place // 5}" for place in range(30)]
    alone, together = arena(battles)["a"], arena(battles, groups=groups)["a"]
    assert together.high - together.low > 1.5 * (alone.high - alone.low)
    assert together.value == pytest.approx(alone.value, abs=4.0) and together.n == 30
    singles = arena(battles, groups=[f"{place:02}" for place in range(30)])["a"]
    assert singles.value == pytest.approx(alone.value, abs=2.0)


def test_groups_of_different_size_are_fought_to_their_end():
    battles = [Battle("a", "b", "first"), Battle("a", "b", "first"), Battle("a", "b", "tie")]
    found = arena(battles, groups=["q", "q", "q"])
    assert found["a"].low == found["a"].high == pytest.approx(elo(sorted(battles))["a"])
    assert arena([*battles, Battle("a", "b", "first")], groups=["q", "q", "q", "r"])["a"].n == 4


def test_a_battle_needs_two():
    with pytest.raises(ValueError, match="no battles"):
        arena([])
    with pytest.raises(ValueError, match="a fights itself"):
        arena([Battle("a", "a", "tie")])


@pytest.mark.parametrize(
    ("reply", "winner"),
    [
        ("8 7\nThe first is more complete.", "first"),
        ("7.5 8", "second"),
        ("9, 9", "tie"),
        ("8/10", None),
        ("\n10 9.5.", "first"),
        ("Both deserve 8 and 7.", None),
        ("8", None),
        ("87", None),
        ("", None),
    ],
)
def test_the_judges_first_line_decides(reply: str, winner: str | None):
    assert read_scores(reply) == winner
