"""Silero on real speech and on what is no speech."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.nonspeech import NONSPEECH
from voicedoc.capture.spool import stream_mono
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt
from voicedoc.segment.endpoint import Endpoint, Endpointer, Endpointing
from voicedoc.segment.silero import FILE, Silero

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def silero(loaded_model: Callable[[str], LoadedModel]) -> Silero:
    return Silero(loaded_model("silero-vad"))


def found_in(silero: Silero, sound: Samples, **options: float) -> list[Endpoint]:
    endpointer = Endpointer(Endpointing(**options))
    return [*endpointer.push(silero.track().probabilities(sound)), *endpointer.finish(sound.size)]


def read(path: Path) -> Samples:
    return as_samples(np.concatenate(list(stream_mono(path, SPEECH_RATE))))


@pytest.mark.parametrize("level", [0.003, 0.03, 0.3])
@pytest.mark.parametrize("sound", NONSPEECH)
def test_what_is_no_speech_makes_no_utterance(sound: str, level: float, silero: Silero) -> None:
    assert found_in(silero, NONSPEECH[sound](20.0, level)) == []


@pytest.mark.parametrize("level", [0.003, 0.03])
@pytest.mark.parametrize("sound", ["silence", "white", "pink", "tone", "hum"])
def test_not_even_with_the_threshold_lowered_far(sound: str, level: float, silero: Silero) -> None:
    assert found_in(silero, NONSPEECH[sound](20.0, level), threshold=0.15) == []


def test_every_utterance_of_the_development_set_is_heard(silero: Silero, devset: Path) -> None:
    lines = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    unheard, shares = [], []
    for item in (line for line in lines if line["kind"] in ("utterance", "word")):
        sound = read(devset / item["audio"])
        covered = sum(e.stop_sample - e.start_sample for e in found_in(silero, sound))
        shares.append(covered / sound.size)
        unheard += [] if covered else [item["id"]]
    assert unheard == []
    assert len(shares) >= 50
    assert np.median(shares) > 0.85


@pytest.mark.parametrize("gain_db", [-30.0, -20.0, 0.0])
def test_quiet_speech_is_heard_as_well(gain_db: float, silero: Silero, devset: Path) -> None:
    sound = read(devset / "audio/consult/CAR0001.mp3")[: 120 * SPEECH_RATE]
    loud = sum(e.stop_sample - e.start_sample for e in found_in(silero, as_samples(sound.copy())))
    quiet = as_samples((sound * 10 ** (gain_db / 20)).astype(np.float32))
    assert sum(e.stop_sample - e.start_sample for e in found_in(silero, quiet)) > 0.9 * loud


def test_a_consultation_falls_into_sentences(silero: Silero, devset: Path) -> None:
    found = found_in(silero, read(devset / "audio/consult/CAR0001.mp3"))
    lengths = [(e.stop_sample - e.start_sample) / SPEECH_RATE for e in found]
    assert 120 <= len(found) <= 200, "121 turns, some of several sentences"
    assert 2.0 <= np.median(lengths) <= 4.0
    assert max(lengths) <= 20.0
    assert [e.reason for e in found].count("length") <= 2


def test_speech_in_a_noisy_room_is_told_from_the_noise(silero: Silero, devset: Path) -> None:
    speech = read(devset / "audio/consult/CAR0001.mp3")[: 20 * SPEECH_RATE]
    level = float(np.sqrt(np.mean(speech**2)))
    room = np.array(NONSPEECH["pink"](40.0, level / 5.6))  # 15 dB below
    room[: speech.size] += speech
    clean, noisy = found_in(silero, as_samples(speech.copy())), found_in(silero, as_samples(room))
    assert noisy
    assert all(e.start_sample < speech.size for e in noisy)
    seconds = [sum(e.stop_sample - e.start_sample for e in found) for found in (clean, noisy)]
    assert seconds[1] > 0.8 * seconds[0]


def test_a_damaged_model_is_named_with_what_to_type(tmp_path: Path) -> None:
    for content in (None, b"", b"junk" * 100):
        if content is not None:
            (tmp_path / FILE).write_bytes(content)
        with pytest.raises(ModelCorrupt, match=FILE) as caught:
            Silero(LoadedModel("silero-vad", tmp_path, ""))
        assert caught.value.remedy == "voicedoc models pull silero-vad"


def test_it_needs_a_model() -> None:
    with pytest.raises(ConfigError, match="needs a model"):
        Silero(None)
