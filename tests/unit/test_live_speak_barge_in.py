"""Barge-in: people stop the voice, coughs do not, what is critical is said in the end, and nobody waits for ever."""

from __future__ import annotations

from typing import Any

import anyio
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.live_voice import (
    LiveVoice,
    cleared,
    ended,
    final,
    nothing,
    partial,
    pressed,
    reopened,
    started,
    withdrawn,
)
from voicedoc.attribute.own_voice import OwnVoice
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    ClauseSpoken,
    ClauseSynthesized,
    Cleared,
    Event,
    UtteranceReopened,
    VoiceCancelled,
    VoicePaused,
    VoiceResumed,
    Withdrawn,
)
from voicedoc.core.time import Span

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

TEXT = "Take two tablets, with a glass of water."
"""As tones: a first clause of 1.05 s, a second one of 1.33 s."""


def told(journal: list[Event]) -> list[str]:
    """The voice's story in short."""
    lines = []
    for event in journal:
        match event:
            case ClauseSpoken():
                lines.append(f"said {event.utterance}.{event.clause}")
            case VoicePaused():
                lines.append(f"paused: {event.reason}")
            case VoiceResumed():
                lines.append(f"resumed: {event.reason}")
            case VoiceCancelled():
                lines.append(f"cancelled: {event.reason}: {event.heard}")
    return lines


def quiet(live: LiveVoice, start: float, end: float) -> bool:
    return not np.abs(live.loudspeaker.played[round(start * 16_000) : round(end * 16_000)]).any()


async def test_speech_silences_the_voice_at_once_and_a_cough_lets_it_go_on() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TEXT), started(2, 0.8), ended(2, 1.4), nothing(2, 1.4))
    assert told(journal) == ["paused: speech", "resumed: no words", "said 1.0", "said 1.1"]
    assert quiet(live, 0.84, 1.4)
    assert not quiet(live, 1.4, 1.6)


async def test_mm_hm_lets_it_go_on_where_it_was() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared("Take " + "very " * 8 + "much water"),
        started(2, 2.0),
        partial(2, 2.3, "Mm-hm"),
        ended(2, 2.5),
        (3.0, final(2, 2.5, "Mm-hm.")),
    )
    assert told(journal) == ["paused: speech", "resumed: nobody wants the floor", "said 1.0"]
    made = next(event.duration for event in journal if isinstance(event, ClauseSynthesized))
    (span,) = [event.span for event in journal if isinstance(event, ClauseSpoken)]
    pause = 1.0
    assert made + pause - 0.03 < span.duration < made + pause + 0.65  # a few words may be said again


async def test_words_of_the_listener_cancel_and_what_was_heard_is_known() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT),
        started(2, 1.9),
        partial(2, 2.4, "But I already"),
        ended(2, 3.4),
        final(2, 3.4, "But I already did"),
    )
    assert told(journal) == ["said 1.0", "paused: speech", "cancelled: words: Take two tablets, with a glass"]
    assert quiet(live, 1.95, 9.0)


async def test_the_voices_own_echo_does_not_cancel_it() -> None:
    script = [
        cleared(TEXT),
        started(2, 0.9),
        partial(2, 1.4, "Take two"),
        ended(2, 1.8),
        final(2, 1.8, "Take two tablets"),
    ]
    live = LiveVoice()
    live.options["echo"] = OwnVoice(live.floor.sounded).echoes
    assert told(await live.through(*script))[-2:] == ["said 1.0", "said 1.1"]
    without = LiveVoice()
    assert told(await without.through(*script))[-1].startswith("cancelled")


async def test_words_that_come_with_the_final_transcript_alone_cancel_too() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT), started(2, 0.9), ended(2, 2.0), (2.8, final(2, 2.0, "Stop please wait"))
    )
    assert told(journal) == ["paused: speech", "cancelled: words: Take two"]


async def test_words_of_the_one_who_is_interpreted_make_the_voice_wait_and_say_the_clause() -> None:
    script = [
        cleared(TEXT),
        started(2, 0.9),
        partial(2, 1.4, "e também", "pt"),
        ended(2, 2.5),
        final(2, 2.5, "E também", "pt"),
        (3.5, cleared("And rest.", 2, 2.5)),
    ]
    live = LiveVoice()
    journal = await live.through(*script)
    assert told(journal) == ["paused: speech", "resumed: they have finished", "said 1.0", "said 1.1", "said 2.0"]
    live = LiveVoice(options={"yields_to": "anyone"})
    assert told(await live.through(*script))[1] == "cancelled: words: Take two"


async def test_a_listener_whose_first_words_are_taken_for_the_other_language_cancels_with_the_last() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT),
        started(2, 0.9),
        partial(2, 1.4, "ai vi queima", "pt"),
        ended(2, 2.0),
        (2.8, final(2, 2.0, "I have a question")),
    )
    assert told(journal) == ["paused: speech", "cancelled: words: Take two"]


async def test_what_is_critical_begins_again_at_its_clause() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT, critical=True),
        started(2, 2.2),
        partial(2, 2.6, "But I already did"),
        ended(2, 3.0),
        final(2, 3.0, "But I already did"),
    )
    assert told(journal) == ["said 1.0", "paused: speech", "resumed: they have finished", "said 1.1"]
    synthesized = [event.duration for event in journal if isinstance(event, ClauseSynthesized)]
    last = [event.span for event in journal if isinstance(event, ClauseSpoken)][-1]
    assert last.start == pytest.approx(3.0, abs=0.03)
    assert last.duration == pytest.approx(synthesized[1], abs=0.011)


async def test_the_voice_waits_for_whoever_speaks_already() -> None:
    live = LiveVoice()
    journal = await live.through(
        started(2, 0.2), (0.5, cleared(TEXT, at=0.1)), ended(2, 3.0), final(2, 3.0, "I see a doctor")
    )
    assert told(journal) == ["said 1.0", "said 1.1"]
    first = next(event.span for event in journal if isinstance(event, ClauseSpoken))
    assert first.start == pytest.approx(3.0, abs=0.03)


async def test_who_begins_with_the_voice_does_not_cancel_it() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT),
        started(2, 0.3),
        partial(2, 0.7, "Then there is"),
        ended(2, 1.5),
        final(2, 1.5, "Then there is more"),
    )
    assert told(journal)[-2:] == ["said 1.0", "said 1.1"]


async def test_the_stop_key_cancels_all_that_it_has_to_say() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT), cleared("And rest.", 2, 0.1), pressed(Command.STOP, 0.9), cleared("Come back.", 3, 2.0)
    )
    assert told(journal) == ["cancelled: key: Take two", "cancelled: key: ", "said 3.0"] or told(journal) == [
        "cancelled: key: ",
        "cancelled: key: Take two",
        "said 3.0",
    ]
    assert quiet(live, 0.93, 2.0)


async def test_the_stop_key_delays_what_is_critical_and_twice_ends_it() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TEXT, critical=True), pressed(Command.STOP, 0.8), until=12.0)
    assert told(journal) == ["paused: key", "resumed: that took too long", "said 1.0", "said 1.1"]
    assert quiet(live, 0.83, 5.7)
    live = LiveVoice()
    twice = await live.through(
        cleared(TEXT, critical=True), pressed(Command.STOP, 0.8), pressed(Command.STOP, 2.0), until=12.0
    )
    assert told(twice) == ["paused: key", "cancelled: key: Take two"]


async def test_push_to_talk_cancels_and_holds_the_voice_until_they_have_finished() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TEXT),
        pressed(Command.TALK, 0.9, "doctor"),
        started(2, 1.0),
        (1.5, cleared("And rest.", 3, 0.2)),
        pressed(Command.RELEASE, 3.0),
        ended(2, 3.1),
    )
    assert told(journal) == ["cancelled: key: Take two", "said 3.0"]
    assert [event.span.start for event in journal if isinstance(event, ClauseSpoken)] == [pytest.approx(3.1, abs=0.03)]


async def test_a_key_that_acts_at_once_does_not_act_twice() -> None:
    live = LiveVoice()
    stop = pressed(Command.STOP, 0.8)
    stages: list[Any] = []
    original = live.stages

    def remembered(*arguments: Any) -> list[Any]:
        stages.extend(original(*arguments))
        return stages

    live.stages = remembered  # type: ignore[method-assign]
    journal = await live.through(
        cleared(TEXT, critical=True), (0.8, lambda: stages[-1].press(stop)), (0.9, stop), until=12.0
    )
    assert told(journal)[-1] == "said 1.1"


async def test_a_noise_without_end_does_not_silence_the_voice_for_ever() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TEXT), started(2, 0.8), until=10.0)
    assert told(journal) == ["paused: speech", "resumed: that took too long", "said 1.0", "said 1.1"]
    live = LiveVoice(options={"longest": 8.0})
    journal = await live.through(started(2, 0.2), (0.5, cleared(TEXT)), until=12.0)
    assert told(journal) == ["said 1.0", "said 1.1"]


async def test_words_after_a_long_noise_still_cancel() -> None:
    live = LiveVoice(options={"patience": 1.0})
    journal = await live.through(
        cleared(TEXT),
        started(2, 0.6),
        partial(2, 3.0, "I want to ask"),
        ended(2, 4.0),
        final(2, 4.0, "I want to ask"),
        until=6.0,
    )
    assert told(journal)[-1].startswith("cancelled: words")


async def test_the_gate_covers_all_sound_and_opens_after_the_tail() -> None:
    live = LiveVoice()
    await live.through(cleared("Take two tablets.", at=0.5), started(2, 1.3), ended(2, 2.0), nothing(2, 2.0))
    log, played = live.floor.sounded, live.loudspeaker.played
    for block in range(0, played.size, 160):
        if np.abs(played[block : block + 160]).any():
            span = Span.from_samples(block, block + 160, 16_000)
            (muted,) = log.muted(span)
            assert muted.duration == pytest.approx(span.duration)
    assert log.muted(Span(0.0, 0.49)) == ()
    assert log.muted(Span(1.32 + log.tail + 0.03, 1.99)) == ()
    assert log.quiet_from() == pytest.approx(played.size / 16_000 + log.tail, abs=0.2)


MOMENTS = st.floats(0.0, 12.0).map(lambda seconds: round(seconds, 2))
PEOPLE = st.sampled_from(["started", "ended", "nothing", "final", "mm-hm", "partial", "other side"])


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[float, Event]]:
    """What people do in twelve seconds, in any order, possible or not."""
    events: list[Event] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        events.append(
            cleared(f"Take {'very ' * number}much of it.", number, draw(MOMENTS), critical=draw(st.booleans()))
        )
        if draw(st.integers(0, 3)) == 0:
            events.append(draw(st.sampled_from([withdrawn, reopened]))(number, draw(MOMENTS)))
    makers = {
        "started": started,
        "ended": ended,
        "nothing": nothing,
        "final": lambda who, at: final(who, at, "but I already did"),
        "mm-hm": lambda who, at: final(who, at, "mm-hm"),
        "partial": lambda who, at: partial(who, at, "but I already"),
        "other side": lambda who, at: partial(who, at, "e também", "pt"),
    }
    for what, who, at in draw(st.lists(st.tuples(PEOPLE, st.integers(11, 13), MOMENTS), max_size=10)):
        events.append(makers[what](who, at))
    for command, at in draw(
        st.lists(st.tuples(st.sampled_from([Command.STOP, Command.TALK, Command.RELEASE]), MOMENTS), max_size=4)
    ):
        events.append(pressed(command, at))
    return sorted(((event.at, event) for event in events), key=lambda timed: timed[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts(), st.sampled_from(["asyncio", "trio"]))
def test_whatever_people_do_nothing_critical_is_lost_and_nothing_withdrawn_is_said(
    script: list[tuple[float, Event]], backend: str
) -> None:
    live = LiveVoice(options={"patience": 1.0, "longest": 4.0})

    async def run() -> list[Event]:
        return await live.through(*script, (30.0, lambda: silent.append(live.floor.paused)), until=30.0)

    silent: list[bool] = []

    journal = anyio.run(run, backend=backend)
    assert silent == [False]
    assert live.loudspeaker.played.size < 29 * 16_000
    assert live.floor.sayings == ()
    cancelled = [event for event in journal if isinstance(event, VoiceCancelled)]
    gone = {event.utterance: event.at for _, event in script if isinstance(event, Withdrawn | UtteranceReopened)}
    twice = sum(event.command == Command.STOP for _, event in script if hasattr(event, "command")) > 1
    for _, event in script:
        if not isinstance(event, Cleared):
            continue
        spoken = [fact for fact in journal if isinstance(fact, ClauseSpoken) and fact.utterance == event.utterance]
        voided = gone.get(event.utterance, -1.0)
        if voided >= event.at:
            assert all(fact.span.end <= voided + 0.03 for fact in spoken)
        elif event.critical and not twice:
            stale = any(isinstance(fact, UtteranceReopened) and event.at < fact.at for _, fact in script)
            assert spoken or stale
        ends = len(spoken) + sum(fact.utterance == event.utterance for fact in cancelled)
        assert ends == 1
