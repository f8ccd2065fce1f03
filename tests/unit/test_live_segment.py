"""The live stage that finds utterances: samples, numbers, revisions, buttons; one journal at any speed."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
import numpy as np
import pytest

from tests.helpers.recordings import events_of, of_kind
from tests.helpers.sounds import bursts
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import (
    AudioClosed,
    Event,
    Frame,
    Notice,
    Pressed,
    SpeechPaused,
    SpeechSoFar,
    SpeechStarted,
    Utterance,
    UtteranceReopened,
)
from voicedoc.errors import BackendFailed
from voicedoc.runtime.worker import InlineWorker, ThreadWorker
from voicedoc.segment.energy import Energy
from voicedoc.segment.live import SegmentLive
from voicedoc.segment.patience import Listening
from voicedoc.segment.role import TurnModel

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

RATE = 16_000
JOURNALLED = (SpeechStarted, Utterance, UtteranceReopened, Notice)


def spoken(*parts: float, seed: int = 1) -> Samples:
    """Quiet and noise in turns, in seconds, quiet first."""
    rng = np.random.default_rng(seed)
    sounds = [(0.2 * (number % 2)) * rng.standard_normal(round(seconds * RATE)) for number, seconds in enumerate(parts)]
    return as_samples(np.clip(np.concatenate(sounds), -0.99, 0.99).astype(np.float32))


def inbox_of(
    *channels: Samples, size: int = 1600, presses: Sequence[tuple[float, str, str]] = ()
) -> list[Frame | AudioClosed | Pressed]:
    """Frames of equally long channels and buttons, by time; a button comes before the frame that it falls into."""
    events: list[Frame | AudioClosed | Pressed] = [
        Frame(
            at=min(start + size, samples.size) / RATE,
            channel=channel,
            first_sample=start,
            samples=as_samples(samples[start : start + size].copy()),
        )
        for start in range(0, channels[0].size, size)
        for channel, samples in enumerate(channels)
    ]
    events += [Pressed(at=at, command=command, argument=argument) for at, command, argument in presses]
    events.sort(key=lambda event: (event.at, not isinstance(event, Pressed)))
    seconds = channels[0].size / RATE
    return [*events, AudioClosed(at=seconds, spool="audio.flac", duration=seconds)]


async def segmented(
    *channels: Samples,
    size: int = 1600,
    options: Listening | None = None,
    presses: Sequence[tuple[float, str, str]] = (),
    channel_of: dict[str, int] | None = None,
    turns: TurnModel | None = None,
) -> list[Event]:
    stage = SegmentLive(Energy(), InlineWorker(), options or Listening(), channel_of or {}, turns=turns)
    return await events_of(stage, *inbox_of(*channels, size=size, presses=presses))


def same(one: list[Event], other: list[Event]) -> bool:
    """Equal events with equal samples."""
    return one == other and all(
        np.array_equal(a.samples, b.samples)
        for a, b in zip(one, other, strict=True)
        if isinstance(a, (Utterance, SpeechPaused, SpeechSoFar))
        and isinstance(b, (Utterance, SpeechPaused, SpeechSoFar))
    )


async def test_an_utterance_has_its_samples_its_number_and_its_time() -> None:
    sound = bursts(3, seconds=1.2, pause=2.0)
    events = await segmented(sound)
    utterances = of_kind(Utterance, events)
    assert [(u.utterance, u.revision, u.reason) for u in utterances] == [(n, 0, "silence") for n in (1, 2, 3)]
    for event in [*utterances, *of_kind(SpeechPaused, events), *of_kind(SpeechSoFar, events)]:
        start, stop = round(event.span.start * RATE), round(event.span.end * RATE)
        assert np.array_equal(event.samples, sound[start:stop])
        assert not event.samples.flags.writeable
    assert [event.utterance for event in of_kind(SpeechStarted, events)] == [1, 2, 3]


async def test_the_samples_of_the_first_silence_are_those_of_the_utterance() -> None:
    events = await segmented(spoken(1, 1.5, 0.3, 1, 2))
    (utterance,) = of_kind(Utterance, events)
    went_on, over = of_kind(SpeechPaused, events)
    assert np.array_equal(over.samples, utterance.samples)
    assert over.span == utterance.span
    assert over.at < utterance.at
    assert went_on.span.end < over.span.end
    assert [event for event in of_kind(SpeechSoFar, events) if went_on.at < event.at < over.at], (
        "a sign that it went on"
    )


async def test_an_utterance_cut_too_early_comes_again_whole_with_the_same_number() -> None:
    sound = spoken(1, 1.2, 0.8, 1.2, 2)
    events = [event for event in await segmented(sound) if isinstance(event, JOURNALLED)]
    assert [(type(event).__name__, event.utterance) for event in events if not isinstance(event, Notice)] == [
        ("SpeechStarted", 1), ("Utterance", 1), ("UtteranceReopened", 1), ("SpeechStarted", 1), ("Utterance", 1),
    ]  # fmt: skip
    first, second = of_kind(Utterance, events)
    (reopened,) = of_kind(UtteranceReopened, events)
    assert (first.revision, reopened.revision, second.revision) == (0, 1, 1)
    assert first.at < reopened.at < second.at, "what follows from the first revision can be told by its time"
    assert np.array_equal(second.samples[: first.samples.size], first.samples)
    assert second.span.end == pytest.approx(4.35, abs=0.04)


@pytest.mark.parametrize("size", [100, 512, 777, 16_000, 1_000_000])
async def test_the_size_of_frames_does_not_matter(size: int) -> None:
    sound = spoken(0.5, 1.3, 0.8, 1, 0.3, 2, 2, 1, 0.7, 0.9, 1)
    assert same(await segmented(sound, size=size), await segmented(sound))


@pytest.mark.parametrize("size", [512, 1600, 16_000])
async def test_the_size_of_frames_does_not_matter_to_buttons(size: int) -> None:
    sound = spoken(0.5, 1.3, 0.8, 1, 0.3, 2, 2, 1, 0.7, 0.9, 1)
    presses = [(1.03, "talk", "doctor"), (2.51, "release", ""), (6.1, "talk", "patient"), (7.77, "release", "")]
    assert same(await segmented(sound, size=size, presses=presses), await segmented(sound, presses=presses, size=800))


async def test_channels_are_told_apart_and_numbered_by_beginning() -> None:
    one, two = spoken(1, 1.5, 4.5), spoken(1.5, 1, 1.5, 1, 2)
    events = await segmented(one, two)
    assert [(e.utterance, e.channel) for e in of_kind(SpeechStarted, events)] == [(1, 0), (2, 1), (3, 1)]
    assert sorted((e.utterance, e.channel) for e in of_kind(Utterance, events)) == [(1, 0), (2, 1), (3, 1)]
    frames = inbox_of(one, two)
    swapped = frames[:2] + [frame for pair in zip(frames[3:-1:2], frames[2:-1:2], strict=True) for frame in pair]
    stage = SegmentLive(Energy(), InlineWorker())
    assert same(await events_of(stage, *swapped, frames[-1]), events)


async def test_a_press_is_the_utterance_and_says_so() -> None:
    sound = spoken(1, 1, 0.9, 1, 3)
    (utterance,) = of_kind(
        Utterance, await segmented(sound, presses=[(0.7, "talk", "doctor"), (4.2, "release", "doctor")])
    )
    assert (utterance.span.start, utterance.span.end, utterance.reason) == (0.7, 4.2, "button")
    assert np.array_equal(utterance.samples, sound[round(0.7 * RATE) : round(4.2 * RATE)])


async def test_a_role_s_button_opens_its_own_channel() -> None:
    one, two = spoken(4), spoken(4)
    events = await segmented(
        one,
        two,
        options=Listening(button_only=True),
        presses=[(1.0, "talk", "patient"), (2.0, "release", "patient"), (2.5, "talk", "doctor"), (3.5, "release", "")],
        channel_of={"doctor": 0, "patient": 1},
    )
    assert [(u.channel, u.span.start, u.span.end) for u in of_kind(Utterance, events)] == [(1, 1.0, 2.0), (0, 2.5, 3.5)]


async def test_other_keys_change_nothing() -> None:
    sound = spoken(1, 1, 2)
    presses = [(1.2, "repeat", ""), (1.5, "speaker", "doctor"), (1.6, "release", "")]
    assert same(await segmented(sound, presses=presses), await segmented(sound))


async def test_audio_without_speech_is_a_notice_unless_buttons_were_to_be_pressed() -> None:
    quiet = as_samples(np.zeros(3 * RATE, np.float32))
    assert [event.code for event in of_kind(Notice, await segmented(quiet))] == ["no-speech"]
    assert await segmented(quiet, options=Listening(button_only=True)) == []


async def test_everything_flows_with_the_frame_in_which_it_is_known() -> None:
    sound = spoken(1, 1.2, 0.8, 1.2, 2)
    now = 0.0
    late: list[Event] = []

    async def emit(event: Event) -> None:
        if event.at != now:
            late.append(event)

    async def frames():  # type: ignore[no-untyped-def]
        nonlocal now
        for frame in inbox_of(sound, size=512):
            now = frame.at
            yield frame

    await SegmentLive(Energy(), InlineWorker()).run(frames(), emit)
    assert late == []


async def test_paced_and_unpaced_runs_on_a_thread_give_one_journal() -> None:
    sound = spoken(0.3, 0.7, 0.7, 0.6, 1.3, 0.5, 0.7)
    presses = [(2.9, "talk", "doctor"), (4.1, "release", "doctor")]
    unpaced = await segmented(sound, presses=presses)
    paced: list[Event] = []

    async def emit(event: Event) -> None:
        paced.append(event)

    async def in_time():  # type: ignore[no-untyped-def]
        for event in inbox_of(sound, presses=presses):
            await anyio.sleep(0.002)
            yield event

    worker = ThreadWorker("test")
    try:
        await SegmentLive(Energy(), worker).run(in_time(), emit)
    finally:
        worker.close()
    assert same(paced, unpaced)
    assert len(of_kind(Utterance, paced)) > 2


async def test_silence_and_spent_speech_are_not_kept() -> None:
    import tracemalloc

    sound = bursts(1, seconds=3.0, pause=2.0)

    async def hours():  # type: ignore[no-untyped-def]
        for number in range(200):  # 23 minutes, 90 MB
            for start in range(0, sound.size, 1600):
                samples = as_samples(sound[start : start + 1600].copy())
                yield Frame(at=0.0, channel=0, first_sample=number * sound.size + start, samples=samples)

    n_utterances = 0

    async def emit(event: Event) -> None:
        nonlocal n_utterances
        n_utterances += isinstance(event, Utterance)

    tracemalloc.start()
    await SegmentLive(Energy(), InlineWorker()).run(hours(), emit)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_utterances == 200
    assert peak < 4_000_000


# --- a model of turns


class Judge:
    """A `TurnModel` that believes what it is told to: one belief for each silence, the last again and again."""

    def __init__(self, *beliefs: float) -> None:
        self._beliefs = list(beliefs)
        self.asked: list[Samples] = []

    def finished(self, samples: Samples) -> float:
        self.asked.append(samples)
        return self._beliefs.pop(0) if len(self._beliefs) > 1 else self._beliefs[0]


class Broken:
    """A `TurnModel` that cannot tell."""

    def finished(self, samples: Samples) -> float:
        raise BackendFailed("the network is gone", remedy="leave it out")


async def test_who_has_finished_is_answered_after_the_least_silence() -> None:
    sound = bursts(2, seconds=1.2, pause=2.0)
    options = Listening(least_silence=0.3, silence=0.9)
    patient, prompt = [
        [event.at - event.span.end for event in of_kind(Utterance, events)]
        for events in (
            await segmented(sound, options=options),
            await segmented(sound, options=options, turns=Judge(0.9)),
        )
    ]
    assert all(waited < 0.3 for waited in prompt)
    assert patient[0] > 0.6


async def test_who_has_not_finished_is_waited_for_and_their_pause_is_no_end() -> None:
    sound = spoken(1, 1.5, 0.9, 1, 2.5)
    options = Listening(silence=0.5, most_silence=1.2, reopen=0.0)
    assert len(of_kind(Utterance, await segmented(sound, options=options))) == 2
    (whole,) = of_kind(Utterance, await segmented(sound, options=options, turns=Judge(0.1, 0.9)))
    assert whole.span.duration > 3.0


async def test_the_model_of_turns_hears_what_the_first_silence_tells() -> None:
    judge = Judge(0.9)
    events = await segmented(spoken(1, 1.5, 0.25, 1, 2), turns=judge)
    paused = of_kind(SpeechPaused, events)
    assert len(paused) == 2
    assert all(np.array_equal(event.samples, heard) for event, heard in zip(paused, judge.asked, strict=True))


async def test_a_model_of_turns_that_fails_is_given_up_with_one_notice() -> None:
    sound = bursts(3, seconds=1.2, pause=2.0)
    events = await segmented(sound, turns=Broken())
    (notice,) = of_kind(Notice, events)
    assert notice.code == "turn-model-failed" and "network is gone" in notice.message
    assert same(of_kind(Utterance, events), of_kind(Utterance, await segmented(sound)))
