"""The interpreter's echo is told by its rise and fall, whatever words are read into it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.utterances import utterance
from voicedoc.attribute.own_sound import ALIKE, EXPLAINED, FURTHEST, OwnSound, echo_likeness, echo_share
from voicedoc.capture.gate import Gate
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.time import Span
from voicedoc.speak.reference import Reference

pytestmark = pytest.mark.unit

REACH = round(FURTHEST * SPEECH_RATE)


def speech(seed: int, seconds: float) -> Samples:
    """Noise in syllables of random lengths and loudness, with pauses."""
    rng = np.random.default_rng(seed)
    parts: list[np.ndarray] = []
    while sum(part.size for part in parts) < seconds * SPEECH_RATE:
        loudness = rng.choice([0.0, 0.002, 0.05, 0.2, 0.4])
        parts.append(loudness * rng.standard_normal(rng.integers(1200, 4800)))
    return as_samples(np.concatenate(parts)[: round(seconds * SPEECH_RATE)].astype(np.float32))


def echo_of(played: Samples, delay: int, level: float) -> Samples:
    """What a room returns: later, quieter, with a tail and some noise."""
    rng = np.random.default_rng(9)
    tail = np.concatenate([[1.0], 0.05 * rng.standard_normal(3000) * np.exp(-np.arange(3000) / 900)])
    heard = np.convolve(np.concatenate([np.zeros(delay), played]), tail)[: played.size]
    return as_samples((level * heard + 0.0005 * rng.standard_normal(played.size)).astype(np.float32))


@pytest.mark.parametrize("level", [0.02, 0.1, 0.8])
@pytest.mark.parametrize("delay", [0, 800, 3200])
def test_an_echo_is_alike_however_quiet_and_late(delay: int, level: float) -> None:
    for seed in range(5):
        played = speech(seed, 3.0)
        padded = as_samples(np.pad(played, REACH))
        assert echo_likeness(echo_of(played, delay, level), padded) > ALIKE


def test_other_speech_over_the_voice_is_not_alike() -> None:
    for seed in range(10):
        played = as_samples(np.pad(speech(seed, 4.0), REACH))
        assert echo_likeness(speech(seed + 100, 4.0), played) < ALIKE


@pytest.mark.parametrize("level", [0.02, 0.8])
@pytest.mark.parametrize("seconds", [0.4, 0.7, 3.0])
@pytest.mark.parametrize("delay", [0, 800, 3200])
def test_the_waveform_of_an_echo_is_that_of_the_voice_in_a_room(delay: int, seconds: float, level: float) -> None:
    played = as_samples(np.clip(speech(4, 6.0)[16_000:][: round(seconds * SPEECH_RATE)], -1.0, 1.0))
    assert echo_share(echo_of(played, delay, level), as_samples(np.pad(played, REACH))) > EXPLAINED


def test_who_speaks_louder_than_the_echo_is_no_echo() -> None:
    for seed in range(10):
        voice, person = speech(seed, 2.0), speech(seed + 50, 2.0)
        over_it = person + echo_of(voice, 400, 0.5 * float(np.std(person) / np.std(voice)))
        assert echo_share(as_samples(over_it.astype(np.float32)), as_samples(np.pad(voice, REACH))) < EXPLAINED


def test_where_the_voice_was_silent_nothing_is_its_echo() -> None:
    heard = speech(1, 3.0)
    silence = as_samples(np.zeros(heard.size + 2 * REACH, np.float32))
    assert echo_share(heard, silence) == echo_share(as_samples(0.0 * heard), silence) == 0.0
    assert echo_share(speech(1, 0.2), as_samples(np.pad(speech(1, 0.2), REACH))) == 0.0, "too short to say"
    assert echo_likeness(heard, as_samples(np.zeros(heard.size + 2 * REACH, np.float32))) == 0.0
    assert echo_likeness(speech(1, 0.4), as_samples(np.pad(speech(1, 0.4), REACH))) == 0.0, "too short to say"


def test_an_utterance_is_compared_with_what_was_played_at_its_time() -> None:
    reference, played = Reference(), speech(3, 4.0)
    reference.write(5 * SPEECH_RATE, played)
    is_own = OwnSound(reference.read)
    assert is_own(utterance(echo_of(played, 400, 0.1), start=5.0))
    assert not is_own(utterance(echo_of(played, 400, 0.1), start=12.0))


def test_a_gate_that_was_open_for_the_voice_can_be_shut_to_it() -> None:
    gate, voice = Gate(None), Span(1.0, 2.0)
    assert not gate.shut(Span(1.2, 1.3))
    assert gate.keep_out(lambda span: [voice] if span.start < 2.0 else [])
    assert not gate.keep_out(lambda span: []), "once is enough"
    assert gate.shut(Span(1.2, 1.3))
    assert not gate.shut(Span(2.5, 2.6))
