"""Which voice prints are one voice, and how windows become one timeline."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voicedoc.attribute import clusters
from voicedoc.attribute.clusters import assign, speakers_in, unit
from voicedoc.attribute.overlap import Run, runs, speaking, window_starts

pytestmark = pytest.mark.unit

pytest.importorskip("scipy")

N_DIMENSIONS = 64


def prints_of(*counts: int, spread: float = 0.4, seed: int = 0) -> tuple[NDArray[np.float32], list[int]]:
    """So many prints of each of some people, mixed, and whose they are."""
    rng = np.random.default_rng(seed)
    people = rng.standard_normal((len(counts), N_DIMENSIONS))
    whose = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    noisy = people[whose] + spread * rng.standard_normal((whose.size, N_DIMENSIONS))
    return np.stack([unit(print_.astype(np.float32)) for print_ in noisy]), whose.tolist()


def told_apart(voices: NDArray[np.float32], whose: list[int], speakers: NDArray[np.float32]) -> bool:
    """Whether each of `speakers` has exactly one person's prints."""
    nearest = np.argmax(voices @ speakers.T, axis=1).tolist()
    return len(set(zip(nearest, whose, strict=True))) == len(speakers) == len(set(whose))


def found(voices: NDArray[np.float32], seconds: float = 5.0, **options: int) -> NDArray[np.float32]:
    return speakers_in(voices, np.full(len(voices), seconds), threshold=0.6, least_seconds=4.0, **options)


@pytest.mark.parametrize("counts", [(1,), (9,), (20, 20), (40, 3), (12, 7, 30)])
@pytest.mark.parametrize("known", [True, False])
def test_people_are_told_apart_whether_or_not_their_number_is_known(counts: tuple[int, ...], known: bool) -> None:
    voices, whose = prints_of(*counts)
    speakers = found(voices, n_speakers=len(counts)) if known else found(voices)
    assert told_apart(voices, whose, speakers)
    assert np.allclose(np.linalg.norm(speakers, axis=1), 1.0, atol=1e-5)


def test_one_voice_is_not_made_two_because_two_were_expected() -> None:
    voices, _ = prints_of(30)
    assert len(found(voices, n_speakers=2)) == 1


def test_an_outlier_is_no_speaker() -> None:
    voices, _ = prints_of(20, 20, 1)
    seconds = np.full(41, 3.0)
    assert len(speakers_in(voices, seconds, threshold=0.6, least_seconds=4.0)) == 2
    assert len(speakers_in(voices, seconds, threshold=0.6, least_seconds=4.0, n_speakers=2)) == 2


def test_rough_prints_found_no_speaker_where_there_are_clear_ones() -> None:
    clear, _ = prints_of(10)
    rough, _ = prints_of(10, seed=9)
    seconds = np.array([5.0] * 10 + [0.4] * 10)
    assert len(speakers_in(np.concatenate([clear, rough]), seconds, threshold=0.6, least_seconds=1.0)) == 1


def test_two_heard_at_once_are_two_even_where_little_is_heard_of_one() -> None:
    voices, whose = prints_of(20, 1)
    seconds = np.full(21, 2.0)
    assert len(speakers_in(voices, seconds, threshold=0.6, least_seconds=4.0)) == 1
    assert told_apart(voices, whose, speakers_in(voices, seconds, threshold=0.6, least_seconds=4.0, at_least=2))


@pytest.mark.parametrize("at_most", [1, 2, 3])
def test_there_are_never_more_than_at_most(at_most: int) -> None:
    voices, _ = prints_of(9, 9, 9, 9)
    assert len(found(voices, at_most=at_most)) <= at_most


def test_the_prints_of_hours_are_told_apart_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    voices, whose = prints_of(3000, 9000)
    speakers = found(voices)
    assert told_apart(voices, whose, speakers)
    monkeypatch.setattr(clusters, "MAX_COMPARED", 50)
    assert told_apart(voices, whose, found(voices))


def test_who_is_heard_at_once_gets_different_speakers_the_most_alike_first() -> None:
    likeness = np.array([[0.8, 0.5], [0.9, 0.1]], np.float32)
    apart, together = np.zeros((2, 2), bool), ~np.eye(2, dtype=bool)
    assert assign(likeness, apart).tolist() == [0, 0]
    assert assign(likeness, together).tolist() == [1, 0]
    assert assign(likeness[:, :1], together).tolist() == [0, 0], "there is only one"


@given(st.integers(0, 400), st.integers(1, 50), st.integers(1, 50))
def test_windows_cover_every_sample_and_none_is_superfluous(n_samples: int, window: int, step: int) -> None:
    step = min(step, window)
    starts = window_starts(n_samples, window, step)
    covered = {sample for start in starts for sample in range(start, start + window)}
    assert set(range(n_samples)) <= covered
    assert all(start == 0 or start - step + window < n_samples for start in starts)


@settings(max_examples=50)
@given(st.integers(1, 6), st.integers(1, 3), st.integers(1, 4), st.randoms(use_true_random=False))
def test_no_more_speak_than_are_heard(n_windows: int, n_local: int, n_speakers: int, random: object) -> None:
    rng = np.random.default_rng(random.randrange(1 << 30))  # type: ignore[attr-defined]
    active = rng.random((n_windows, 10, n_local)) < 0.5
    labels = rng.integers(-1, n_speakers, (n_windows, n_local))
    flags = speaking(active, labels, np.arange(n_windows) * 4, n_speakers)
    assert flags.shape == ((n_windows - 1) * 4 + 10, n_speakers)
    heard = np.zeros(len(flags), int)
    for window, here in enumerate(active):
        heard[window * 4 : window * 4 + 10] = np.maximum(heard[window * 4 : window * 4 + 10], here.sum(axis=1))
    assert (flags.sum(axis=1) <= heard).all()
    assert set(np.flatnonzero(flags.any(axis=0)).tolist()) <= set(labels.ravel().tolist())


def test_windows_that_agree_become_one_timeline() -> None:
    truth = np.zeros((14, 2), bool)
    truth[1:6, 0] = truth[4:12, 1] = True
    active = np.stack([truth[:10], truth[4:][:, ::-1]])  # the second window calls them the other way round
    flags = speaking(active, np.array([[0, 1], [1, 0]]), np.array([0, 4]), 2)
    assert np.array_equal(flags, truth)
    assert list(runs(flags)) == [Run(1, 6, 0), Run(4, 12, 1)]
    assert list(runs(flags, least=6)) == [Run(4, 12, 1)]
