"""Resampling a stream: no delay, no drift, no seams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.recordings import lag, noise
from voicedoc.capture.resample import Block, Resampler

pytestmark = pytest.mark.unit


def resampled(samples: Block, source: int, target: int, cuts: list[int]) -> Block:
    resampler = Resampler(source, target, samples.shape[1])
    parts = [resampler.push(part) for part in np.split(samples, sorted(cuts))]
    return np.concatenate([*parts, resampler.finish()])


@settings(deadline=None, max_examples=30)
@given(
    cuts=st.lists(st.integers(0, 22_050), max_size=6), source=st.sampled_from([8000, 11_025, 16_000, 44_100, 96_000])
)
def test_blocks_of_any_size_give_the_same_samples(cuts: list[int], source: int) -> None:
    samples = noise(0.5, rate=source, n_channels=2)
    cuts = [min(cut, len(samples)) for cut in cuts]
    assert np.array_equal(resampled(samples, source, 16_000, cuts), resampled(samples, source, 16_000, []))


@pytest.mark.parametrize("target", [16_000, 24_000])
@pytest.mark.parametrize("source", [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_a_sample_stands_for_its_own_time(source: int, target: int) -> None:
    seconds = np.arange(2 * source) / source
    tone = np.sin(2 * np.pi * 440 * seconds).astype(np.float32)[:, np.newaxis]
    heard = resampled(tone, source, target, [1000, 5000])[:, 0]
    assert abs(heard.size - 2 * target) <= 1
    expected = np.sin(2 * np.pi * 440 * np.arange(heard.size) / target)
    inner = slice(target // 10, -target // 10)  # the filter rings at the ends
    assert np.abs(heard[inner] - expected[inner]).max() < 1e-3


def test_three_hours_do_not_drift_by_a_sample() -> None:
    source, target, hours = 11_025, 16_000, 3
    resampler = Resampler(source, target, 1)
    click = np.zeros((source, 1), np.float32)
    click[source // 2] = 1.0
    silence = np.zeros((60 * source, 1), np.float32)
    n_samples = 0
    for _ in range(hours * 60 - 1):
        n_samples += len(resampler.push(silence))
    tail = np.concatenate([resampler.push(click), resampler.finish()])
    expected = (hours * 60 - 1) * 60 * target + round(target * (source // 2) / source)
    assert n_samples + int(np.argmax(np.abs(tail[:, 0]))) == expected


def test_channels_stay_apart() -> None:
    samples = noise(1.0, n_channels=2)
    samples[:, 1] = 0.0
    heard = resampled(samples, 48_000, 16_000, [])
    assert np.abs(heard[:, 0]).max() > 0.05
    assert not heard[:, 1].any()


def test_the_rate_that_is_already_right_changes_nothing() -> None:
    samples = noise(0.5, rate=16_000)
    assert np.array_equal(resampled(samples, 16_000, 16_000, [100]), samples)


def test_noise_stays_in_its_place() -> None:
    samples = noise(2.0)
    there = resampled(samples, 48_000, 16_000, [])
    back = resampled(there, 16_000, 48_000, [])
    assert lag(back[:, 0], samples[:, 0]) == 0
