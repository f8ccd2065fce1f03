"""What is wrong with a recording is told in few words, once, where it is."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.recordings import noise
from voicedoc.capture.channels import CANCEL, DIFFER, Advice, ChannelComparison
from voicedoc.capture.damage import KINDS, MERGE, Damages, Loudness, note_clipping
from voicedoc.capture.resample import Block
from voicedoc.core.time import Span

pytestmark = pytest.mark.unit

RATE = 16_000


def test_damage_that_lies_close_is_one_report() -> None:
    damages = Damages(RATE)
    for second in (1, 3, 8):
        damages.add("gap", second * RATE, second * RATE + 100, 100)
    assert damages.settled(9 * RATE) == []
    (report,) = damages.settled(20 * RATE)
    assert report.span == Span.from_samples(RATE, 8 * RATE + 100, RATE)
    assert report.at == 20.0
    assert report.message.startswith("300 samples")
    assert damages.settled(60 * RATE, finished=True) == []


def test_damage_that_lies_far_apart_is_told_apart() -> None:
    damages = Damages(RATE)
    far = round((MERGE + 1.0) * RATE)
    damages.add("gap", 0, 100, 100)
    damages.add("gap", far, far + 100, 100)
    assert [report.span.start for report in damages.settled(2 * far, finished=True)] == [0.0, far / RATE]


def test_kinds_do_not_mix() -> None:
    damages = Damages(RATE)
    damages.add("gap", 0, 100, 100)
    damages.add("clipped", 50, 150, 100)
    assert {report.kind for report in damages.settled(RATE, finished=True)} == {"gap", "clipped"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_message_and_a_remedy(kind: str) -> None:
    damages = Damages(RATE)
    damages.add(kind, 0, 1000, 1000)
    (report,) = damages.settled(RATE, finished=True)
    assert "1000" in report.message
    assert report.remedy


def _clipped(block: Block) -> int:
    damages = Damages(RATE)
    note_clipping(block, 0, RATE, damages)
    return len(damages.settled(len(block), finished=True))


def test_flat_tops_are_clipping_and_single_peaks_are_not() -> None:
    block = noise(1.0, rate=RATE)
    assert _clipped(block) == 0
    block[100:16_000:500] = 1.0
    assert _clipped(block) == 0
    for start in range(100, 16_000, 500):
        block[start : start + 5] = -1.0
    assert _clipped(block) == 1


def test_clipping_in_one_channel_of_two_is_found() -> None:
    block = noise(1.0, rate=RATE, n_channels=2)
    block[1000:1100, 1] = 1.0
    assert _clipped(block) == 1


def _silence(block: Block, *, each: bool) -> list[str]:
    loudness = Loudness(block.shape[1])
    for start in range(0, len(block), RATE):
        loudness.hear(block[start : start + RATE])
    return [report.message for report in loudness.silence(len(block) / RATE, each=each)]


@pytest.mark.parametrize("level", [0.0, 1e-6, 3e-4])
def test_a_recording_without_any_sound_is_silent(level: float) -> None:
    hiss = level * np.random.default_rng(1).standard_normal((3 * RATE, 1)).astype(np.float32)
    (message,) = _silence(hiss, each=False)
    assert "silent" in message


def test_one_second_of_speech_level_is_not_silent() -> None:
    block = np.zeros((5 * RATE, 1), np.float32)
    block[2 * RATE : 3 * RATE] = noise(1.0, rate=RATE, level=0.01)
    assert _silence(block, each=False) == []


def test_a_dead_channel_matters_where_channels_are_people() -> None:
    block = noise(2.0, rate=RATE, n_channels=2)
    block[:, 1] = 0.0
    assert _silence(block, each=False) == []
    (message,) = _silence(block, each=True)
    assert message.startswith("channel 2 of 2 is silent")


# --- channels


def _advice(block: Block) -> list[Advice]:
    comparison = ChannelComparison(block.shape[1])
    return [a for start in range(0, len(block), RATE) if (a := comparison.hear(block[start : start + RATE], RATE))]


def _conversation(crosstalk: float) -> Block:
    """Two people who take turns of 3 s, each before a microphone of their own."""
    people = noise(60.0, rate=RATE, n_channels=2)
    turn = (np.arange(len(people)) // (3 * RATE)) % 2
    people *= np.stack([turn == 0, turn == 1], axis=1)
    return (people + crosstalk * people[:, ::-1]).astype(np.float32)


@pytest.mark.parametrize("crosstalk", [0.0, 0.1, 0.2])
def test_two_microphones_at_two_people_are_noticed_once(crosstalk: float) -> None:
    assert _advice(_conversation(crosstalk)) == [DIFFER]


def test_a_room_heard_by_two_microphones_may_be_mixed() -> None:
    assert _advice(_conversation(0.6)) == []


def test_two_equal_channels_may_be_mixed() -> None:
    assert _advice(np.repeat(noise(30.0, rate=RATE), 2, axis=1)) == []


def test_a_channel_that_is_only_noise_floor_is_no_second_person() -> None:
    block = noise(30.0, rate=RATE, n_channels=2)
    block[:, 1] *= 0.001
    assert _advice(block) == []


def test_channels_that_cancel_each_other_out_are_noticed() -> None:
    one = noise(30.0, rate=RATE)
    assert _advice(np.concatenate([one, -one], axis=1)) == [CANCEL]


def test_one_channel_needs_no_advice() -> None:
    assert _advice(noise(30.0, rate=RATE)) == []
