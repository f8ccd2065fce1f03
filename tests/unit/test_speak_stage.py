"""The stage that speaks: every clause is heard or shown, the floor is asked, a failing voice is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import anyio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.audio import Samples
from voicedoc.core.events import (
    BackendSwitched,
    ClauseShown,
    ClauseSynthesized,
    Event,
    FirstAudio,
    Guarded,
    StageFailed,
)
from voicedoc.core.speech import Role, Translation, UtteranceId
from voicedoc.errors import BackendUnavailable, Unspeakable
from voicedoc.runtime.clock import SteppingClock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.worker import InlineWorker, ThreadWorker, Worker
from voicedoc.speak.role import Synthesizer
from voicedoc.speak.router import Quality, Voice, Voices
from voicedoc.speak.scripted import Tones
from voicedoc.speak.stage import Speak

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


class Named(Tones):
    """Tones under another name, which may be told to fail."""

    def __init__(self, name: str, *, fails_on: str = "", error: Exception | None = None) -> None:
        super().__init__(fails_on=fails_on)
        self._name, self._error = name, error

    @property
    def voice(self) -> str:
        return self._name

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        if self._error is not None:
            raise self._error
        return super().synthesize(text, language=language)


class Loud(Tones):
    """Goes beyond full scale, with silence around."""

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        yield np.zeros(self.rate, np.float32)
        for chunk in super().synthesize(text, language=language):
            yield (chunk * 10).astype(np.float32)
        yield np.zeros(2 * self.rate, np.float32)


def guarded(text: str, language: str = "en", utterance: int = 1, at: float = 3.0) -> Guarded:
    translation = Translation(text, "pt", language, ("scripted",))
    return Guarded(at=at, utterance=UtteranceId(utterance), listener=Role.DOCTOR, translation=translation, n_findings=0)


def one(synthesizer: Synthesizer, quality: Quality = Quality.GOOD, startup: float = 0.1) -> Voice:
    return Voice(synthesizer, quality, startup)


async def spoken(
    items: Sequence[Guarded],
    voices: Sequence[Voice],
    *,
    floor: Floor | None = None,
    worker: Worker | None = None,
    clock: SteppingClock | None = None,
    level: str = "usable",
) -> list[Event]:
    journal: list[Event] = []

    async def emit(event: Event) -> None:
        journal.append(event)

    send, inbox = anyio.create_memory_object_stream[Guarded](len(items))
    for item in items:
        send.send_nowait(item)
    send.close()
    stage = Speak(
        Voices(voices, floor=level),
        worker or InlineWorker(),
        floor or Floor(),
        clock or SteppingClock(),
        paced=clock is not None,
    )
    with inbox:
        await stage.run(inbox, emit)
    assert {type(event) for event in journal} <= stage.emits
    return journal


async def test_each_clause_is_one_event_with_its_sound() -> None:
    journal = await spoken([guarded("Take 2.5 mg of it, twice a day.")], [one(Tones())])
    first, second = journal
    assert isinstance(first, ClauseSynthesized)
    assert isinstance(second, ClauseSynthesized)
    assert (first.clause, second.clause) == (0, 1)
    assert first.text == "Take 2.5 mg of it,"
    assert first.spoken == "Take two point five milligrams of it,"
    assert first.duration == first.samples.size / first.rate
    assert (first.at, first.utterance, first.listener, first.voice) == (3.0, 1, Role.DOCTOR, "tones")


async def test_sound_is_trimmed_and_never_beyond_full_scale() -> None:
    (event,) = await spoken([guarded("Hello there")], [one(Loud())])
    assert isinstance(event, ClauseSynthesized)
    assert float(np.abs(event.samples).max()) == 1.0
    assert event.duration < 1.5
    assert not event.samples.flags.writeable


async def test_a_text_that_cannot_be_read_out_is_shown_with_the_reason() -> None:
    (event,) = await spoken([guarded("Take it 🙂")], [one(Tones())])
    assert isinstance(event, ClauseShown)
    assert "no words for" in event.reason
    assert event.remedy


async def test_a_language_without_a_voice_is_shown_by_name() -> None:
    (event,) = await spoken([guarded("günaydın efendim", "tr")], [one(Tones())])
    assert isinstance(event, ClauseShown)
    assert "'tr'" in event.reason
    assert event.text == "günaydın efendim"


async def test_a_voice_below_the_floor_stays_silent_and_is_named() -> None:
    (event,) = await spoken([guarded("hello there")], [one(Named("rough"), Quality.DRAFT)])
    assert isinstance(event, ClauseShown)
    assert "rough" in event.reason
    assert "draft" in event.reason
    assert "usable" in event.reason


async def test_a_failing_voice_is_replaced_for_good_and_the_clause_is_said_whole() -> None:
    voices = [one(Named("best", fails_on="twice")), one(Named("second"), Quality.USABLE)]
    journal = await spoken([guarded("Take it with food, twice a day."), guarded("And rest.", utterance=2)], voices)
    assert [type(event).__name__ for event in journal] == [
        "ClauseSynthesized",
        "BackendSwitched",
        "ClauseSynthesized",
        "ClauseSynthesized",
    ]
    assert [event.voice for event in journal if isinstance(event, ClauseSynthesized)] == ["best", "second", "second"]
    switched = journal[1]
    assert isinstance(switched, BackendSwitched)
    assert (switched.before, switched.after) == ("best", "second")


@pytest.mark.parametrize("error", [None, BackendUnavailable("it has gone", remedy="install it")])
async def test_a_failing_voice_without_a_fallback_leaves_the_text_on_the_screen(error: Exception | None) -> None:
    journal = await spoken([guarded("Take two of it")], [one(Named("only", fails_on="two", error=error))])
    assert [type(event) for event in journal] == [StageFailed, ClauseShown]


async def test_a_text_that_a_voice_refuses_is_shown_and_the_voice_stays() -> None:
    refusing = Named("strict", error=Unspeakable("a word has no phonemes", remedy="read it"))
    journal = await spoken([guarded("hello there")], [one(refusing), one(Tones(), Quality.USABLE)])
    assert [type(event) for event in journal] == [ClauseShown]


async def test_a_voice_that_gives_no_sound_has_failed() -> None:
    class Mute(Tones):
        def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
            yield np.zeros(16_000, np.float32)

    journal = await spoken([guarded("hello there")], [one(Mute())])
    assert [type(event) for event in journal] == [StageFailed, ClauseShown]


async def test_a_cancelled_utterance_is_shown_and_the_next_one_is_spoken() -> None:
    floor = Floor()
    floor.cancel(1)
    first, second = await spoken(
        [guarded("hello there"), guarded("good bye", utterance=2)], [one(Tones())], floor=floor
    )
    assert isinstance(first, ClauseShown)
    assert first.reason == "interrupted"
    assert isinstance(second, ClauseSynthesized)


async def test_a_paused_floor_holds_the_voice_back() -> None:
    floor, journal = Floor(), list[Event]()
    floor.pause()

    async def speak() -> None:
        journal.extend(await spoken([guarded("hello there")], [one(Tones())], floor=floor))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(speak)
        await anyio.wait_all_tasks_blocked()
        assert journal == []
        floor.resume()
    assert [type(event) for event in journal] == [ClauseSynthesized]


async def test_the_first_sound_is_timed_once_per_utterance_when_paced() -> None:
    clock = SteppingClock()
    await clock.sleep_until(4.5)
    journal = await spoken([guarded("Take it with food, twice a day.")], [one(Tones())], clock=clock)
    assert [type(event) for event in journal] == [ClauseSynthesized, FirstAudio, ClauseSynthesized]
    assert journal[1] == FirstAudio(at=3.0, utterance=UtteranceId(1), seconds=1.5)


async def test_two_runs_give_the_same_journal() -> None:
    items = [guarded("Take 2.5 mg, twice a day.", utterance=n) for n in range(1, 4)]
    worker = ThreadWorker("speak")
    try:
        assert await spoken(items, [one(Tones())]) == await spoken(items, [one(Tones())], worker=worker)
    finally:
        worker.close()


async def test_cancelling_the_stage_closes_a_voice_in_the_middle_of_its_work() -> None:
    closed = anyio.Event()

    class Endless:
        def __iter__(self) -> Endless:
            return self

        def __next__(self) -> Samples:
            return np.zeros(1, np.float32)

        def close(self) -> None:
            closed.set()

    class Slow(Tones):
        def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
            return Endless()

    class Stuck:
        async def call(self, function: object, /) -> Samples:
            await anyio.sleep_forever()
            raise AssertionError

        def close(self) -> None: ...

    with anyio.move_on_after(0.05):
        await spoken([guarded("hello there")], [one(Slow())], worker=Stuck())  # type: ignore[arg-type]
    assert closed.is_set()


TEXTS = st.text("ab, .2:5!?%°🙂مé漢-'\n", max_size=60)


@given(st.lists(TEXTS, max_size=4), st.sampled_from(["en", "pt", "tr"]), st.sampled_from(["", "a", "b"]))
def test_no_text_is_ever_dropped(texts: list[str], language: str, fails_on: str) -> None:
    items = [guarded(text, language, utterance) for utterance, text in enumerate(texts, start=1)]
    voices = [one(Named("best", fails_on=fails_on)), one(Named("second"), Quality.USABLE)]

    async def run() -> list[Event]:
        return await spoken(items, voices)

    journal = anyio.run(run)
    for item in items:
        said = [
            e.text for e in journal if isinstance(e, ClauseSynthesized | ClauseShown) and e.utterance == item.utterance
        ]
        assert "".join("".join(said).split()) == "".join(item.translation.text.split())
