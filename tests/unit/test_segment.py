"""The stage that finds utterances: the right samples, one order of numbers, little memory."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pytest

from tests.helpers.recordings import events_of, of_kind
from tests.helpers.sounds import bursts
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import AudioClosed, Event, Frame, Notice, Utterance
from voicedoc.runtime.worker import InlineWorker, ThreadWorker
from voicedoc.segment.endpoint import Endpointing
from voicedoc.segment.energy import Energy
from voicedoc.segment.stage import Segment

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

RATE = 16_000


def frames_of(*channels: Samples, size: int = 4000) -> list[Frame]:
    """Frames of equally long channels, by time, then channel."""
    return [
        Frame(
            at=min(start + size, samples.size) / RATE,
            channel=channel,
            first_sample=start,
            samples=as_samples(samples[start : start + size].copy()),
        )
        for start in range(0, channels[0].size, size)
        for channel, samples in enumerate(channels)
    ]


def closed(samples: Samples) -> AudioClosed:
    return AudioClosed(at=samples.size / RATE, spool="audio.flac", duration=samples.size / RATE)


def told(events: list[Event]) -> list[Utterance]:
    return of_kind(Utterance, events)


async def segmented(*channels: Samples, size: int = 4000, options: Endpointing | None = None) -> list[Utterance]:
    stage = Segment(Energy(), InlineWorker(), options or Endpointing())
    return told(await events_of(stage, *frames_of(*channels, size=size), closed(channels[0])))


async def test_each_burst_is_an_utterance_with_its_samples_and_its_time() -> None:
    sound = bursts(3)
    utterances = await segmented(sound)
    assert [u.utterance for u in utterances] == [1, 2, 3]
    for number, utterance in enumerate(utterances):
        start, stop = round(utterance.span.start * RATE), round(utterance.span.end * RATE)
        assert np.array_equal(utterance.samples, sound[start:stop])
        assert not utterance.samples.flags.writeable
        assert utterance.span.start == pytest.approx(1 + 2 * number - 0.2, abs=0.04)
        assert utterance.span.end == pytest.approx(2 + 2 * number + 0.2, abs=0.04)
        assert utterance.span.end <= utterance.at <= utterance.span.end + 0.4
        assert utterance.reason == "silence"


@pytest.mark.parametrize("size", [100, 512, 777, 16_000, 1_000_000])
async def test_the_size_of_frames_does_not_matter(size: int) -> None:
    sound = bursts(4)
    expected = await segmented(sound)
    heard = await segmented(sound, size=size)
    assert heard == expected
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(heard, expected, strict=True))


async def test_speech_up_to_the_end_is_kept_whole() -> None:
    sound = bursts(1)[: round(1.7 * RATE)]
    (utterance,) = await segmented(sound)
    assert utterance.reason == "end"
    assert utterance.span.end == utterance.at == sound.size / RATE


async def test_channels_are_numbered_by_endpoint_then_channel_whatever_order_frames_come_in() -> None:
    one, two = bursts(4, seed=1), bursts(4, seed=2)
    late = as_samples(np.concatenate([np.zeros(RATE, np.float32), two[:-RATE]]))
    expected = await segmented(one, late)
    assert [u.channel for u in expected] == [0, 1] * 4
    assert [u.utterance for u in expected] == list(range(1, 9))
    assert [(u.at, u.channel) for u in expected] == sorted((u.at, u.channel) for u in expected)

    frames = frames_of(one, late)
    shuffled = frames[:2] + _interleaved(frames[2::2], frames[3::2])
    stage = Segment(Energy(), InlineWorker())
    assert told(await events_of(stage, *shuffled, closed(one))) == expected
    assert await segmented(one, late, size=1600) == expected


def _interleaved(one: list[Frame], other: list[Frame]) -> list[Frame]:
    """Each channel in order, the two mixed at random."""
    choose = random.Random(3)
    queues = [list(one), list(other)]
    mixed: list[Frame] = []
    while queue := choose.choice([q for q in queues if q] or [[]]):
        mixed.append(queue.pop(0))
    return mixed


async def test_endpoints_at_one_time_go_by_channel() -> None:
    sound = bursts(2)
    assert [(u.utterance, u.channel) for u in await segmented(sound, sound)] == [(1, 0), (2, 1), (3, 0), (4, 1)]


async def test_an_utterance_flows_as_soon_as_it_is_decided() -> None:
    sound = bursts(1)
    seen: list[tuple[float, float]] = []
    now = 0.0

    async def emit(event: Event) -> None:
        seen.append((event.at, now))

    async def frames():  # type: ignore[no-untyped-def]
        nonlocal now
        for frame in frames_of(sound, size=512):
            now = frame.at
            yield frame

    await Segment(Energy(), InlineWorker()).run(frames(), emit)
    assert len(seen) == 1
    assert seen[0][0] == seen[0][1], "decided with this frame, emitted with this frame"


async def test_audio_without_speech_is_a_notice_with_a_remedy() -> None:
    sound = as_samples(np.zeros(3 * RATE, np.float32))
    (notice,) = await events_of(Segment(Energy(), InlineWorker()), *frames_of(sound), closed(sound))
    assert isinstance(notice, Notice)
    assert notice.code == "no-speech"
    assert notice.at == 3.0
    assert notice.remedy


async def test_audio_without_samples_is_a_notice_too() -> None:
    none = as_samples(np.zeros(0, np.float32))
    (notice,) = await events_of(Segment(Energy(), InlineWorker()), closed(none))
    assert isinstance(notice, Notice)


async def test_a_missing_frame_is_a_bug_that_does_not_go_unnoticed() -> None:
    frames = frames_of(bursts(2))
    with pytest.raises(ValueError, match="goes on at sample 8000, expected 4000"):
        await events_of(Segment(Energy(), InlineWorker()), frames[0], frames[2])


async def test_it_runs_on_a_thread_as_well() -> None:
    sound = bursts(2)
    worker = ThreadWorker("test")
    try:
        events = await events_of(Segment(Energy(), worker), *frames_of(sound), closed(sound))
    finally:
        worker.close()
    assert told(events) == await segmented(sound)


@dataclass
class Weighing:
    """A detector that hears nothing, and the most samples that anybody kept."""

    def track(self) -> Weighing:
        return self

    def probabilities(self, samples: Samples) -> np.ndarray:
        return np.zeros(samples.size // 512, np.float32)


async def test_silence_is_not_kept() -> None:
    import tracemalloc

    block = as_samples(np.zeros(5120, np.float32))

    async def hours():  # type: ignore[no-untyped-def]
        for number in range(5000):  # 27 minutes, 102 MB
            yield Frame(at=0.0, channel=0, first_sample=number * 5120, samples=as_samples(block.copy()))

    async def emit(event: Event) -> None:
        pytest.fail(f"{event} from silence")

    tracemalloc.start()
    await Segment(Weighing(), InlineWorker()).run(hours(), emit)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
