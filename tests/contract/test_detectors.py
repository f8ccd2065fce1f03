"""What every voice activity detector must do, over all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.registry import backend, backends
from voicedoc.segment.role import WINDOW, VoiceDetector

MODELS = {"silero": "silero-vad", "energy": None}

ALL = [pytest.param(n, marks=pytest.mark.model if m else pytest.mark.unit) for n, m in sorted(MODELS.items())]


@pytest.fixture(params=ALL)
def detector(request: pytest.FixtureRequest, loaded_model: Callable[[str], LoadedModel]) -> VoiceDetector:
    card = MODELS[request.param]
    made: VoiceDetector = backend("detectors", request.param)(loaded_model(card) if card else None)
    return made


def some_sound(n_samples: int) -> Samples:
    rng = np.random.default_rng(5)
    swell = np.abs(np.sin(np.arange(n_samples) / 5000))
    return as_samples((0.2 * swell * rng.standard_normal(n_samples)).astype(np.float32))


@pytest.mark.unit
def test_the_contract_covers_every_detector() -> None:
    assert set(backends("detectors")) == set(MODELS)


def test_there_is_one_probability_for_each_whole_window(detector: VoiceDetector) -> None:
    probabilities = detector.track().probabilities(some_sound(10 * WINDOW + 7))
    assert probabilities.shape == (10,)
    assert probabilities.dtype == np.float32
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


@pytest.mark.parametrize("size", [1, 100, WINDOW, 4000, 20_000])
def test_the_size_of_blocks_does_not_matter(detector: VoiceDetector, size: int) -> None:
    n_samples = 3000 if size == 1 else 40_000
    sound = some_sound(n_samples)
    track = detector.track()
    parts = [track.probabilities(as_samples(sound[i : i + size].copy())) for i in range(0, n_samples, size)]
    assert np.array_equal(np.concatenate(parts), detector.track().probabilities(sound))


def test_too_little_for_a_window_gives_nothing_yet(detector: VoiceDetector) -> None:
    assert detector.track().probabilities(some_sound(WINDOW - 1)).shape == (0,)
    assert detector.track().probabilities(some_sound(0)).shape == (0,)


def test_tracks_do_not_disturb_one_another(detector: VoiceDetector) -> None:
    sound, other = some_sound(20_000), as_samples(np.zeros(20_000, np.float32))
    alone = detector.track().probabilities(sound)
    one, two = detector.track(), detector.track()
    parts = []
    for start in range(0, 20_000, 4000):
        parts.append(one.probabilities(as_samples(sound[start : start + 4000].copy())))
        two.probabilities(as_samples(other[start : start + 4000].copy()))
    assert np.array_equal(np.concatenate(parts), alone)


def test_silence_is_no_speech(detector: VoiceDetector) -> None:
    assert detector.track().probabilities(as_samples(np.zeros(32_000, np.float32))).max() < 0.1


def test_it_leaves_its_input_alone(detector: VoiceDetector) -> None:
    sound = some_sound(5000)
    before = sound.copy()
    detector.track().probabilities(sound)
    assert np.array_equal(sound, before)
