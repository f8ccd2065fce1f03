"""Two people with a microphone each: what one microphone hears of the other person is nobody's utterance."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.helpers.utterances import outcomes
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import AudioClosed, Event, Frame, NothingHeard, Utterance
from voicedoc.runtime.worker import InlineWorker
from voicedoc.segment.apart import REASON, SegmentApart
from voicedoc.segment.crosstalk import heard_through
from voicedoc.segment.endpoint import Endpointing
from voicedoc.segment.energy import Energy
from voicedoc.segment.stage import Segment

pytestmark = pytest.mark.unit

Sound = NDArray[np.float64]

TURNS = ((0, 1.0, 4.0), (1, 5.0, 8.0), (0, 9.0, 12.0), (1, 13.0, 16.0))
"""Channel, start, end in seconds."""

SECONDS = 18


def voice(seed: int, seconds: float) -> Sound:
    """Something with the ups and downs of speech, in each band its own: what one hears is told by them."""
    rng = np.random.default_rng(seed)
    n = round(seconds * SPEECH_RATE)
    spectrum = np.fft.rfft(rng.standard_normal(n))
    frequencies = np.fft.rfftfreq(n, 1 / SPEECH_RATE)
    sound = np.zeros(n)
    for low in (150, 400, 800, 1500, 2500):
        band = np.fft.irfft(spectrum * ((frequencies >= low) & (frequencies < 1.8 * low)), n)
        syllables = np.repeat(rng.uniform(0.02, 1.0, n // 2400 + 1), 2400)[:n]
        sound += band * np.convolve(syllables, np.ones(400) / 400, mode="same")
    return np.asarray(0.1 * sound / np.sqrt(np.mean(sound**2)))


def spoken(turns: tuple[tuple[int, float, float], ...] = TURNS) -> Sound:
    """What each person says, shape `(2, n_samples)`."""
    said = np.zeros((2, SECONDS * SPEECH_RATE))
    for number, (channel, start, end) in enumerate(turns):
        first = round(start * SPEECH_RATE)
        one = voice(number, end - start)
        said[channel, first : first + one.size] += one
    return said


def heard(said: Sound, bleed_db: float, *, gains: tuple[float, float] = (1.0, 1.0)) -> Sound:
    """What each microphone hears: its own person, the other across the room, and some noise."""
    rng = np.random.default_rng(7)
    room = np.concatenate([np.zeros(80), [1.0], 0.5 * rng.standard_normal(800) * np.exp(-np.arange(800) / 200) / 10])
    scale = 10 ** (bleed_db / 20)
    across = np.stack([np.convolve(other, room)[: said.shape[1]] * scale for other in said[::-1]])
    noise = 1e-4 * rng.standard_normal(said.shape)
    return np.asarray((said + across + noise) * np.array(gains)[:, np.newaxis])


def frames(channels: Sound) -> list[Event]:
    ends = range(4000, channels.shape[1] + 1, 4000)
    made: list[Event] = [
        Frame(at=end / SPEECH_RATE, channel=channel, first_sample=end - 4000, samples=as_samples(one[end - 4000 : end]))
        for end in ends
        for channel, one in enumerate(channels)
    ]
    return [*made, AudioClosed(at=SECONDS, spool="", duration=SECONDS)]


async def segmented(channels: Sound) -> list[Event]:
    segment = Segment(Energy(threshold_db=-50.0), InlineWorker(), Endpointing())
    return await outcomes(SegmentApart(segment), frames(channels))


def by_channel(events: list[Event]) -> list[tuple[int, int]]:
    return [(e.channel, round(e.span.start)) for e in events if isinstance(e, Utterance)]


@pytest.mark.anyio
@pytest.mark.parametrize("bleed_db", [-15.0, -20.0, -25.0])
@pytest.mark.parametrize("gains", [(1.0, 1.0), (0.6, 1.0)])
async def test_what_is_heard_through_is_told_and_is_no_utterance(bleed_db: float, gains: tuple[float, float]) -> None:
    events = await segmented(heard(spoken(), bleed_db, gains=gains))
    assert by_channel(events) == [(channel, round(start)) for channel, start, _ in TURNS]
    through = [event for event in events if isinstance(event, NothingHeard)]
    assert {event.reason for event in through} == {REASON}
    assert [round(event.span.start) for event in through] == [round(start) for _, start, _ in TURNS]
    numbers = [event.utterance for event in events if isinstance(event, (Utterance, NothingHeard))]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.anyio
async def test_without_cross_talk_nothing_is_changed() -> None:
    said = heard(spoken(), -90.0)
    segment = Segment(Energy(threshold_db=-50.0), InlineWorker(), Endpointing())
    plain, apart = await outcomes(segment, frames(said)), await outcomes(SegmentApart(segment), frames(said))
    assert plain == apart
    pairs = [(one, two) for one, two in zip(plain, apart, strict=True) if isinstance(one, Utterance)]
    assert pairs
    for one, two in pairs:
        assert isinstance(two, Utterance)
        assert np.array_equal(one.samples, two.samples)


@pytest.mark.anyio
async def test_who_speaks_at_the_same_time_is_heard_on_both_channels() -> None:
    both = ((0, 1.0, 5.0), (1, 2.0, 6.0), (0, 9.0, 14.0), (1, 10.5, 13.0))
    events = await segmented(heard(spoken(both), -20.0))
    own = [e for e in events if isinstance(e, Utterance)]
    assert {event.channel for event in own} == {0, 1}
    for channel, start, end in both:
        covering = [e for e in own if e.channel == channel and e.span.start < start + 0.3 and e.span.end > end - 0.3]
        assert covering, (channel, start)
        for one in covering:
            silent = np.mean(np.abs(one.samples) == 0.0)
            assert silent < 0.5


@pytest.mark.anyio
async def test_the_answer_right_after_a_question_keeps_its_words_and_loses_the_question() -> None:
    events = await segmented(heard(spoken(((0, 1.0, 4.0), (1, 4.2, 7.0))), -18.0))
    (answer,) = [e for e in events if isinstance(e, Utterance) and e.channel == 1]
    first = round((4.2 - answer.span.start) * SPEECH_RATE)
    question, said = answer.samples[: max(0, first - 3200)], answer.samples[first : first + 2 * SPEECH_RATE]
    assert question.size > SPEECH_RATE, "they are one utterance: the pause is short"
    assert np.mean(question == 0.0) > 0.9
    assert np.mean(said == 0.0) < 0.05


def test_soft_speech_into_anothers_loud_words_is_its_own() -> None:
    loud, soft = voice(1, 3.0), voice(2, 3.0) / 10 ** (12 / 20)
    assert not heard_through(as_samples(soft), [as_samples(loud)], noise=-60.0).is_all
    faint = as_samples(loud / 10 ** (12 / 20))
    assert heard_through(faint, [as_samples(loud)], noise=-60.0).is_all


def test_an_utterance_too_short_to_compare_is_its_own() -> None:
    assert heard_through(as_samples(np.zeros(300)), [as_samples(np.zeros(300))], noise=-90.0).parts == ()
    assert not heard_through(as_samples(np.zeros(0)), [as_samples(np.zeros(0))], noise=-90.0).is_all
