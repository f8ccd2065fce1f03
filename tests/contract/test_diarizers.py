"""What every diarizer promises, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.conftest import ROOT
from voicedoc.attribute.diarizer import Diarization, Diarizer
from voicedoc.capture.spool import stream_mono
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed
from voicedoc.registry import backend, backends

MODELS = {"pyannote": "pyannote-campplus", "scripted": None}

SAMPLE = ROOT / "corpora" / "samples" / "consultation-en-pt.ogg"


class Told(NamedTuple):
    """A diarizer, a consultation of two, and what the diarizer says of it."""

    diarizer: Diarizer
    sound: Samples
    found: Diarization


@pytest.fixture(
    scope="module",
    params=[pytest.param(n, marks=pytest.mark.model if m else pytest.mark.unit) for n, m in sorted(MODELS.items())],
)
def told(request: pytest.FixtureRequest, loaded_model: Callable[[str], LoadedModel]) -> Told:
    card = MODELS[request.param]
    diarizer: Diarizer = backend("diarizers", request.param)(loaded_model(card) if card else None)
    sound = as_samples(np.concatenate(list(stream_mono(SAMPLE, SPEECH_RATE))))
    return Told(diarizer, sound, diarizer.diarize(sound))


@pytest.mark.unit
def test_the_contract_covers_every_diarizer() -> None:
    assert set(backends("diarizers")) == set(MODELS)


def test_turns_are_in_the_order_of_time_and_within_the_recording(told: Told) -> None:
    spans = [turn.span for turn in told.found.turns]
    assert spans == sorted(spans)
    assert all(span.duration > 0 for span in spans)
    assert spans[-1].end <= told.sound.size / SPEECH_RATE


def test_speakers_are_numbered_by_first_appearance_and_each_has_a_voice(told: Told) -> None:
    labels = list(dict.fromkeys(turn.speaker for turn in told.found.turns))
    assert labels == ["S1", "S2"]
    assert set(told.found.voices) == set(labels)
    for voice in told.found.voices.values():
        assert voice.dtype == np.float32
        assert voice.ndim == 1
        assert np.linalg.norm(voice) == pytest.approx(1.0, abs=1e-5)


def test_nobody_speaks_twice_at_once(told: Told) -> None:
    for label in told.found.voices:
        own = [turn.span for turn in told.found.turns if turn.speaker == label]
        assert all(first.end <= second.start for first, second in pairwise(own))


def test_the_same_audio_gives_the_same_turns(told: Told) -> None:
    again = told.diarizer.diarize(told.sound)
    assert again.turns == told.found.turns
    assert all(np.array_equal(again.voices[label], voice) for label, voice in told.found.voices.items())


def test_samples_on_the_disk_are_as_good_as_in_memory(told: Told, tmp_path: Path) -> None:
    told.sound.tofile(tmp_path / "samples")
    mapped = np.memmap(tmp_path / "samples", np.float32, mode="r")
    assert told.diarizer.diarize(mapped).turns == told.found.turns


def test_one_speaker_still_has_turns(told: Told) -> None:
    found = told.diarizer.diarize(told.sound, n_speakers=1)
    assert {turn.speaker for turn in found.turns} == {"S1"}
    assert set(found.voices) == {"S1"}


@pytest.mark.parametrize("n_speakers", [2, 5])
def test_there_are_never_more_speakers_than_are_said_to_be(told: Told, n_speakers: int) -> None:
    found = told.diarizer.diarize(told.sound, n_speakers=n_speakers)
    assert 2 <= len(found.voices) <= n_speakers


@pytest.mark.parametrize("n_samples", [0, 1, 100, 4000])
def test_next_to_nothing_is_no_trouble(told: Told, n_samples: int) -> None:
    found = told.diarizer.diarize(as_samples(np.zeros(n_samples, np.float32)))
    assert set(found.voices) == {turn.speaker for turn in found.turns}
    assert all(turn.span.end <= n_samples / SPEECH_RATE for turn in found.turns)


def test_a_voice_is_like_those_of_turns(told: Told) -> None:
    spans = [turn.span for turn in told.found.turns if turn.speaker == "S1"]
    parts = [told.sound[round(span.start * SPEECH_RATE) : round(span.end * SPEECH_RATE)] for span in spans]
    voice = told.diarizer.voice(as_samples(np.concatenate(parts)[: 12 * SPEECH_RATE]))
    assert voice.shape == told.found.voices["S1"].shape
    assert np.linalg.norm(voice) == pytest.approx(1.0, abs=1e-5)


def test_too_little_speech_for_a_voice_is_said(told: Told) -> None:
    with pytest.raises(BackendFailed) as caught:
        told.diarizer.voice(as_samples(np.zeros(SPEECH_RATE // 2, np.float32)))
    assert caught.value.remedy


def test_the_samples_are_left_alone(told: Told) -> None:
    before = told.sound.copy()
    told.diarizer.diarize(told.sound)
    assert np.array_equal(told.sound, before)
