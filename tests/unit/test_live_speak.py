"""The voice of a live session: it starts early, says what is cleared in order, and nothing that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

import anyio
import numpy as np
import pytest

from tests.helpers.live_voice import LiveVoice, cleared, pressed, reopened, started, withdrawn
from voicedoc.core.audio import Samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    BackendSwitched,
    ClauseShown,
    ClauseSpoken,
    ClauseSynthesized,
    DeviceBack,
    DeviceLost,
    Event,
    FirstAudio,
    StageFailed,
    VoiceCancelled,
)
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed
from voicedoc.runtime.worker import ThreadWorker
from voicedoc.speak.live import first_words
from voicedoc.speak.reference import Reference
from voicedoc.speak.router import Quality, Voice, Voices
from voicedoc.speak.scripted import Tones

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

TWO_CLAUSES = "Take two tablets, with a glass of water."


class Breaking(Tones):
    """Fails after its first word, or gives far too little sound."""

    @property
    def voice(self) -> str:
        return "breaking"

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        yield next(iter(super().synthesize(text, language=language)))
        raise BackendFailed("it broke", remedy="mend it")


def spans(journal: list[Event]) -> list[Span]:
    return [event.span for event in journal if isinstance(event, ClauseSpoken)]


async def test_the_first_sound_is_played_before_the_clause_is_whole() -> None:
    live, working = LiveVoice(), []

    class Slow(Tones):
        """Needs a second for each word."""

        def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
            for chunk in super().synthesize(text, language=language):
                working.append(live.clock.now())
                yield chunk

    class Paced:
        async def call(self, function: object, /) -> object:
            await live.clock.sleep_until(live.clock.now() + 0.2)
            return function()  # type: ignore[operator]

        def run(self, function: object, /) -> object: ...
        def close(self) -> None: ...

    live.synthesizer, live.worker = Slow(), Paced()  # type: ignore[assignment]
    await live.through(cleared("Come back in one week please", at=1.0))
    first = next(event for event in live.heard(FirstAudio))
    synthesized = next(moment for moment, event in live.journal if isinstance(event, ClauseSynthesized))
    assert isinstance(first, FirstAudio)
    assert first.seconds == pytest.approx(0.4, abs=0.05)
    assert synthesized > 1.0 + first.seconds + 0.8


async def test_the_next_clause_is_made_while_one_is_played() -> None:
    live = LiveVoice()
    await live.through(cleared(TWO_CLAUSES), cleared("Come back soon.", 2))
    made = [moment for moment, event in live.journal if isinstance(event, ClauseSynthesized)]
    first, second, third = spans(live.heard())
    assert max(made) < first.end
    assert first.end == pytest.approx(second.start, abs=0.011)
    assert second.end == pytest.approx(third.start, abs=0.011)


async def test_what_is_played_is_what_was_made() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TWO_CLAUSES, at=0.5))
    made = np.concatenate([event.samples for event in journal if isinstance(event, ClauseSynthesized)])
    begin = round(spans(journal)[0].start * 16_000)
    assert np.array_equal(live.loudspeaker.played[begin : begin + made.size - 2400], made[:-2400])


async def test_what_is_withdrawn_falls_silent_and_is_not_repeated() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TWO_CLAUSES, critical=True), withdrawn(1, 0.8), pressed(Command.REPEAT, 2.0), until=4.0
    )
    assert not np.abs(live.loudspeaker.played[round(0.85 * 16_000) :]).any()
    (cancelled,) = [event for event in journal if isinstance(event, VoiceCancelled)]
    assert (cancelled.at, cancelled.reason, cancelled.heard) == (0.8, "the speaker said no", "Take two")


async def test_what_is_cleared_while_something_withdrawn_still_fades_is_said() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TWO_CLAUSES), withdrawn(1, 1.0), cleared("Come back.", 2, 1.0))
    assert [type(event) for event in journal if isinstance(event, VoiceCancelled | ClauseSpoken)] == [
        VoiceCancelled,
        ClauseSpoken,
    ]


async def test_what_is_cleared_after_a_withdrawal_is_said() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared("Take two tablets.", at=0.0),
        withdrawn(1, 0.3),
        cleared("Please say it again.", at=0.4, purpose="question"),
    )
    said = [event.utterance for event in journal if isinstance(event, ClauseSpoken)]
    assert said == [1]
    assert live.floor.sounded.said(Span(0.5, 9.0))[-1].text == "Please say it again."


async def test_a_result_from_before_the_utterance_was_reopened_is_not_said() -> None:
    live = LiveVoice()
    journal = await live.through(
        (2.0, reopened(1, 2.0)),
        (2.5, cleared("Take two.", at=1.5)),
        (4.0, cleared("Take two or three tablets.", at=4.0)),
    )
    assert [event.text for event in journal if isinstance(event, ClauseSynthesized)] == ["Take two or three tablets."]


async def test_a_reopened_utterance_falls_silent() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TWO_CLAUSES), reopened(1, 0.5), until=3.0)
    assert [event.reason for event in journal if isinstance(event, VoiceCancelled)] == ["reopened"]
    assert not np.abs(live.loudspeaker.played[round(0.55 * 16_000) :]).any()


async def test_the_key_says_the_last_translation_again() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared("Take two tablets."),
        cleared("Is that right?", 2, 0.5, purpose="question"),
        pressed(Command.REPEAT, 5.0),
    )
    assert [(event.utterance, event.clause) for event in journal if isinstance(event, ClauseSpoken)] == [
        (1, 0),
        (2, 0),
        (1, 0),
    ]
    assert spans(journal)[-1].start == pytest.approx(5.0, abs=0.05)
    assert len([event for event in journal if isinstance(event, FirstAudio)]) == 1  # of translations


async def test_a_voice_that_breaks_in_the_middle_is_replaced_and_the_clause_is_heard_whole() -> None:
    voices = [Voice(Breaking(), Quality.GOOD, 0.1), Voice(Tones(), Quality.USABLE, 0.1)]
    live = LiveVoice(voices=voices)
    journal = await live.through(cleared("Take two tablets."))
    assert [type(event) for event in journal] == [BackendSwitched, ClauseSynthesized, FirstAudio, ClauseSpoken]
    (span,) = spans(journal)
    synthesized = next(event for event in journal if isinstance(event, ClauseSynthesized))
    assert span.duration == pytest.approx(synthesized.duration, abs=0.011)


async def test_without_another_voice_the_clause_is_shown_and_the_next_one_said() -> None:
    live = LiveVoice(synthesizer=Breaking())
    journal = await live.through(cleared("Take two tablets."), cleared("Hello", 2, language="tr"))
    assert [type(event) for event in journal] == [StageFailed, ClauseShown, ClauseShown]
    assert live.floor.sayings == ()
    after = LiveVoice(synthesizer=Tones(fails_on="two"))
    journal = await after.through(cleared("Take two tablets."), cleared("Come back.", 2))
    assert [type(event) for event in journal[:3]] == [StageFailed, ClauseShown, ClauseSynthesized]
    assert isinstance(journal[-1], ClauseSpoken)


async def test_a_voice_at_work_on_something_withdrawn_is_stopped() -> None:
    live, closed = LiveVoice(), anyio.Event()

    class Endless:
        def __iter__(self) -> Endless:
            return self

        def __next__(self) -> Samples:
            raise AssertionError

        def close(self) -> None:
            closed.set()

    class Stuck(Tones):
        def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
            return Endless() if "two" in text else super().synthesize(text, language=language)

    class Busy:
        async def call(self, function: object, /) -> object:
            if "synthesize" not in repr(function) and "Endless" in repr(function):
                await anyio.sleep_forever()
            return function()  # type: ignore[operator]

        def run(self, function: object, /) -> object: ...
        def close(self) -> None: ...

    live.synthesizer, live.worker = Stuck(), Busy()  # type: ignore[assignment]
    journal = await live.through(cleared("Take two tablets."), withdrawn(1, 0.5), cleared("Come back.", 2, 0.6))
    assert closed.is_set()
    assert [event.utterance for event in journal if isinstance(event, ClauseSpoken)] == [2]


async def test_the_loudspeaker_is_unplugged_and_comes_back() -> None:
    live = LiveVoice()
    journal = await live.through(
        cleared(TWO_CLAUSES),
        (0.8, live.loudspeaker.unplug),
        cleared("This is lost.", 2, 1.2),
        cleared("Never without a doctor.", 3, 1.3, critical=True),
        (3.1, live.loudspeaker.plug),
        cleared("Good bye.", 4, 8.0),
    )
    (lost,), (back,) = live.heard(DeviceLost), live.heard(DeviceBack)
    assert isinstance(back, DeviceBack)
    assert lost.at == pytest.approx(0.8, abs=0.05)
    assert back.seconds == pytest.approx(3.0, abs=0.3)
    shown = [(event.utterance, event.text) for event in journal if isinstance(event, ClauseShown)]
    assert shown == [(1, TWO_CLAUSES), (2, "This is lost."), (3, "Never without a doctor.")]
    assert [event.utterance for event in journal if isinstance(event, ClauseSpoken)] == [3, 4]
    assert not live.floor.sounded.is_sounding(2.5)


async def test_a_session_ends_although_the_loudspeaker_stays_away() -> None:
    live = LiveVoice()
    live.loudspeaker.unplug()
    journal = await live.through(cleared("Take two tablets.", critical=True), until=1.0)
    assert {type(event) for event in journal} == {DeviceLost, ClauseSynthesized, ClauseShown, VoiceCancelled}


async def test_a_voice_that_is_paused_at_the_end_is_heard_to_its_end() -> None:
    live = LiveVoice()
    journal = await live.through(cleared(TWO_CLAUSES), started(2, 0.8), until=1.0)
    assert [event.clause for event in journal if isinstance(event, ClauseSpoken)] == [0, 1]


async def test_the_track_and_the_echo_cancellers_reference_hold_what_was_played_in_time() -> None:
    reference, track = Reference(), np.zeros(8 * 16_000, np.float32)
    ends = [0]

    def write(first_sample: int, samples: Samples) -> None:
        assert first_sample >= ends[-1]
        ends.append(first_sample + samples.size)
        track[first_sample : ends[-1]] = samples

    live = LiveVoice(play={"reference": reference, "on_played": write})
    await live.through(cleared("Take two tablets.", at=0.5), cleared("Come back.", 2, 4.0))
    played = live.loudspeaker.played
    error = track[: played.size] - played
    assert np.abs(error).max() < 0.02
    assert np.abs(reference.read(0, played.size) - played).max() < 0.02


async def test_another_rate_than_the_loudspeakers_is_converted() -> None:
    live = LiveVoice(synthesizer=Tones(rate=24_000))
    journal = await live.through(cleared(TWO_CLAUSES))
    made = [event.duration for event in journal if isinstance(event, ClauseSynthesized)]
    assert [span.duration for span in spans(journal)] == pytest.approx(made, abs=0.011)


async def test_a_thread_for_the_voice_changes_nothing_but_time() -> None:
    worker = ThreadWorker("speak")
    try:
        threaded = LiveVoice(worker=worker)
        one = [event for event in await threaded.through(cleared(TWO_CLAUSES)) if isinstance(event, ClauseSynthesized)]
    finally:
        worker.close()
    other = [event for event in await LiveVoice().through(cleared(TWO_CLAUSES)) if isinstance(event, ClauseSynthesized)]
    assert one == other


async def test_a_slow_voice_gets_a_short_first_clause() -> None:
    text = "Tome este comprimido com um copo de água cheio"
    for startup, expected in ((0.1, [text]), (1.3, ["Tome este comprimido", "com um copo de água cheio"])):
        live = LiveVoice(startup=startup)
        journal = await live.through(cleared(text, language="pt"))
        made = [event for event in journal if isinstance(event, ClauseSynthesized)]
        assert [event.text for event in made] == expected
        voices = Voices([Voice(Tones(), Quality.GOOD, startup)])
        voice, words = first_words(voices, text, "pt")
        assert (voice.name, words) == ("tones", made[0].spoken)
