from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.evaluate.scores import share
from voicedoc.evaluate.statistics import Interval, _draws, interval, paired_difference

pytestmark = pytest.mark.unit

COUNTS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=20)


def low(found: Interval) -> float:
    assert found.low is not None
    return found.low


def high(found: Interval) -> float:
    assert found.high is not None
    return found.high


@given(COUNTS)
def test_the_interval_is_ordered_and_the_same_every_time(counts: list[tuple[int, int]]):
    found = interval(counts, share, n_resamples=50)
    if found.low is None or found.high is None:
        assert found.n_groups == 1
    else:
        assert found.low <= found.high
    assert found == interval(counts, share, n_resamples=50)
    assert found.value == pytest.approx(100 * sum(e for e, _ in counts) / sum(t for _, t in counts))
    assert (found.n, found.n_groups) == (len(counts), len(counts))


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    generator, truth, hits = np.random.default_rng(3), 0.2, 0
    for _ in range(200):
        errors = generator.binomial(10, truth, size=60)
        found = interval([(int(e), 10) for e in errors], share, n_resamples=300)
        hits += low(found) <= 100 * truth <= high(found)
    assert 180 <= hits <= 199


def test_items_of_one_consultation_are_drawn_together():
    counts = [(0, 10)] * 20 + [(10, 10)] * 20
    alone = interval(counts, share)
    together = interval(counts, share, groups=["a"] * 20 + ["b"] * 20)
    assert together.n_groups == 2 and together.n == 40
    assert together.value == alone.value == 50.0
    assert high(together) - low(together) > high(alone) - low(alone)


def test_a_small_but_steady_difference_is_seen_by_pairing():
    generator = np.random.default_rng(1)
    hard = generator.integers(0, 9, size=80)
    first, second = [(int(h), 10) for h in hard], [(int(h) + 1, 10) for h in hard]
    found = paired_difference(first, second, share)
    assert found.value == pytest.approx(-10.0)
    assert found.high < 0.0 and found.p < 0.01
    same = paired_difference(first, first, share)
    assert (same.value, same.low, same.high, same.p) == (0.0, 0.0, 0.0, 1.0)


def test_pairs_need_the_same_items():
    with pytest.raises(ValueError, match="3 and 2"):
        paired_difference([(1, 1)] * 3, [(1, 1)] * 2, share)


def test_nothing_has_no_interval():
    with pytest.raises(ValueError, match="no items"):
        interval([], share)
    with pytest.raises(ValueError, match="2 items have 1 groups"):
        interval([(1, 2), (1, 2)], share, groups=["a"])


def test_one_consultation_alone_has_no_interval():
    found = interval([(1, 4), (2, 4)], share, groups=["a", "a"])
    assert (found.value, found.low, found.high, found.n, found.n_groups) == (37.5, None, None, 2, 1)


def test_resamples_without_any_reference_are_left_out():
    found = interval([(0, 0), (1, 2)], share, n_resamples=200)
    assert (found.value, found.low, found.high) == (50.0, 50.0, 50.0)


def test_many_groups_are_drawn_as_few_are_and_all_at_once(monkeypatch: pytest.MonkeyPatch):
    generator = np.random.default_rng(5)
    counts = np.column_stack([generator.integers(0, 9, 300), generator.integers(1, 9, 300)]).astype(np.float64)
    whole = interval(counts, share, groups=[str(n // 2) for n in range(300)])
    monkeypatch.setattr("voicedoc.evaluate.statistics._BLOCK", 1000)
    _draws.cache_clear()
    in_blocks = interval(counts, share, groups=[str(n // 2) for n in range(300)])
    _draws.cache_clear()
    assert in_blocks.n_groups == 150
    assert (in_blocks.low, in_blocks.high) == pytest.approx((whole.low, whole.high), rel=1e-12)
