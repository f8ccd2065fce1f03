"""Partial hypotheses and work done ahead: the newest counts, finals never wait, and nothing changes but time."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from tests.helpers.recordings import of_kind
from tests.helpers.utterances import utterance
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import (
    Event,
    LagReport,
    SpeechPaused,
    SpeechSoFar,
    TranscriptFinal,
    TranscriptPartial,
    Utterance,
)
from voicedoc.core.speech import Hypothesis, Translation, UtteranceId
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed
from voicedoc.recognize.memory import RememberingRecognizer
from voicedoc.recognize.partials import Partials
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.recognize.stage import Recognize
from voicedoc.runtime.newest import Newest
from voicedoc.runtime.speculate import Speculate, Step, utterance_of
from voicedoc.runtime.stage import Stage
from voicedoc.runtime.worker import InlineWorker, ThreadWorker
from voicedoc.speak.memory import RememberingSynthesizer
from voicedoc.translate.memory import RememberingTranslator

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

LANGUAGES = ("en", "pt")
T = TypeVar("T")


def sound(seconds: float, *, seed: int = 1) -> Samples:
    return as_samples(np.random.default_rng(seed).standard_normal(round(seconds * SPEECH_RATE)).astype(np.float32))


def so_far(seconds: float, *, number: int = 1, revision: int = 0, channel: int = 0) -> SpeechSoFar:
    return SpeechSoFar(
        at=seconds,
        utterance=UtteranceId(number),
        channel=channel,
        revision=revision,
        span=Span(0.0, seconds),
        samples=sound(seconds),
    )


def paused(seconds: float, *, number: int = 1, channel: int = 0) -> SpeechPaused:
    return SpeechPaused(
        at=seconds,
        utterance=UtteranceId(number),
        channel=channel,
        revision=0,
        span=Span(0.0, seconds),
        samples=sound(seconds),
    )


def over(seconds: float, *, number: int = 1, revision: int = 0) -> Utterance:
    return Utterance(
        at=seconds + 0.5,
        utterance=UtteranceId(number),
        channel=0,
        span=Span(0.0, seconds),
        reason="silence",
        revision=revision,
        samples=sound(seconds),
    )


async def run(stage: Stage, inbox: Sequence[Event | Callable[[], Awaitable[None]]]) -> list[Event]:
    """What a stage emits. A callable in the inbox is awaited in its turn."""
    emitted: list[Event] = []

    async def emit(event: Event, /) -> None:
        emitted.append(event)

    async def events() -> AsyncIterator[Event]:
        for one in inbox:
            if isinstance(one, Event):
                yield one
            else:
                await one()

    with anyio.fail_after(10):
        await stage.run(events(), emit)
    return emitted


async def settled() -> None:
    """Let everything happen that can happen at once."""
    for _ in range(40):
        await anyio.lowlevel.checkpoint()


def settling(*inbox: Event) -> list[Event | Callable[[], Awaitable[None]]]:
    """An inbox in which everything settles after each event."""
    return [one for event in inbox for one in (event, settled)]


class Gate(InlineWorker):
    """A worker that begins its work and finishes it when the gate is opened, from then on at once."""

    def __init__(self) -> None:
        self._open = anyio.Event()

    async def call(self, function: Callable[[], T], /) -> T:
        await self._open.wait()
        return function()

    async def open(self) -> None:
        self._open.set()
        await settled()


@dataclass
class Reader:
    """A quick recogniser that gives `texts` one after another and notes what it was asked."""

    texts: list[str]
    language: str = "pt"
    asked: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)

    def recognize_so_far(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        self.asked.append((utterance.span.end, languages))
        text = self.texts.pop(0)
        if text == "fail":
            raise BackendFailed("no")
        return Hypothesis(text, self.language, 0.9, 0.9)

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        return self.recognize_so_far(utterance, languages=languages)

    def check_languages(self, languages: tuple[str, ...]) -> None:
        del languages


def texts(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.stable, event.unstable) for event in of_kind(TranscriptPartial, events)]


async def test_words_appear_while_somebody_speaks_and_those_agreed_on_are_stable() -> None:
    reader = Reader(["Dói", "Dói-me o", "Dói-me o peito"])
    events = await run(
        Partials(reader, InlineWorker(), LANGUAGES), settling(so_far(1.0), so_far(1.5), so_far(2.0), over(2.2))
    )
    assert texts(events) == [("", "Dói"), ("", "Dói-me o"), ("Dói-me o", " peito")]
    assert {(event.utterance, event.revision, event.language) for event in of_kind(TranscriptPartial, events)} == {
        (1, 0, "pt")
    }
    assert [event.at for event in events] == [1.0, 1.5, 2.0]


async def test_the_language_stays_once_words_are_stable() -> None:
    reader = Reader(["a b", "a b c", "a b c d"])
    await run(Partials(reader, InlineWorker(), LANGUAGES), settling(so_far(1.0), so_far(1.5), so_far(2.0)))
    assert [languages for _, languages in reader.asked] == [LANGUAGES, LANGUAGES, ("pt",)]


async def test_a_reopened_utterance_and_the_next_one_begin_anew() -> None:
    reader = Reader(["a", "a", "b", "b", "c"])
    inbox = [so_far(1.0), so_far(1.5), over(1.5), so_far(2.0, revision=1), so_far(2.5, revision=1), so_far(1, number=2)]
    events = await run(Partials(reader, InlineWorker(), LANGUAGES), settling(*inbox))
    assert texts(events) == [("", "a"), ("a", ""), ("", "b"), ("b", ""), ("", "c")]


async def test_a_reading_that_fails_or_says_nothing_shows_nothing() -> None:
    reader = Reader(["fail", "", "yes"])
    events = await run(Partials(reader, InlineWorker(), LANGUAGES), settling(so_far(1.0), so_far(1.5), so_far(2.0)))
    assert texts(events) == [("", "yes")]


async def test_hardly_begun_speech_is_not_read() -> None:
    reader = Reader(["one"])
    await run(Partials(reader, InlineWorker(), LANGUAGES), settling(so_far(0.5), so_far(1.0)))
    assert [end for end, _ in reader.asked] == [1.0]


async def test_when_behind_the_older_are_skipped_and_the_first_time_is_reported() -> None:
    reader = Reader(["one", "two"])
    gate = Gate()
    inbox = [so_far(1.0), settled, so_far(1.5), so_far(2.0), so_far(2.5), gate.open]
    events = await run(Partials(reader, gate, LANGUAGES), inbox)
    assert [end for end, _ in reader.asked] == [1.0, 2.5]
    (lag,) = of_kind(LagReport, events)
    assert (lag.stage, lag.measure, lag.seconds) == ("partials", "partials skipped", 0.5)


async def test_what_waits_when_the_speaker_pauses_or_ends_is_never_read() -> None:
    for end in (paused(2.0), over(2.0)):
        reader = Reader(["one", "two"])
        gate = Gate()
        await run(Partials(reader, gate, LANGUAGES), [so_far(1.0), settled, so_far(1.5), end, gate.open])
        assert [asked for asked, _ in reader.asked] == [1.0]


async def test_a_partial_that_comes_after_its_utterance_is_over_is_not_shown() -> None:
    gate = Gate()
    assert await run(Partials(Reader(["one"]), gate, LANGUAGES), [so_far(1.0), settled, over(1.2), gate.open]) == []


async def test_a_final_waits_for_one_partial_at_most() -> None:
    """On one thread that both share: four partials are due when the final is asked for, one is being read."""
    order: list[str] = []

    class Slow(Reader):
        def recognize_so_far(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
            time.sleep(0.05)
            order.append("partial")
            return Hypothesis("one", "en", 0.9, 0.9)

        def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
            order.append("final")
            return Hypothesis("one", "en", 0.9, 0.9)

    worker, reader = ThreadWorker("test"), Slow([])
    inbox = [so_far(seconds) for seconds in (1.0, 1.5, 2.0, 2.5)] + [over(2.6)]
    finals: list[Event] = []
    try:
        with anyio.fail_after(5):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(run, Partials(reader, worker, LANGUAGES), inbox)
                await anyio.sleep(0.02)
                finals = await run(Recognize(reader, worker, LANGUAGES), [over(2.6)])
    finally:
        worker.close()
    assert len(of_kind(TranscriptFinal, finals)) == 1
    assert order.index("final") <= 1


async def test_a_numbered_script_reads_the_same_line_however_often_and_grows() -> None:
    script = ScriptedRecognizer(script=["pt: Dói-me o peito há dias.", "Since when?"], numbered=True)
    inbox = settling(so_far(1.0), so_far(1.6), so_far(3.0, number=2))
    events = await run(Partials(script, InlineWorker(), LANGUAGES), inbox)
    assert texts(events) == [("", "Dói-me o"), ("Dói-me o", " peito há"), ("", "Since when?")]
    for _ in range(2):
        assert script.recognize(utterance(number=2), languages=LANGUAGES).text == "Since when?"


# --- what waits


async def test_the_newest_takes_the_place_of_what_waits() -> None:
    newest: Newest[str] = Newest()
    assert [newest.put(0, "a"), newest.put(1, "b"), newest.put(0, "c")] == [None, None, "a"]
    assert newest.drop(1) == "b"
    newest.close()
    assert [await newest.take(), await newest.take()] == ["c", None]


async def test_taking_waits_for_something_to_come() -> None:
    newest: Newest[str] = Newest()
    taken: list[str | None] = []

    async def take() -> None:
        taken.append(await newest.take())

    with anyio.fail_after(5):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(take)
            await anyio.sleep(0.01)
            newest.put(0, "a")
    assert taken == ["a"]


# --- memory


@dataclass
class Counting:
    """Backends that count how often they work."""

    n: int = 0
    name: str = "counting"
    rate: int = 16_000
    languages: frozenset[str] = frozenset({"en"})
    voice: str = "counting"
    closed: int = 0

    def check_languages(self, languages: tuple[str, ...]) -> None:
        self.n += 100

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        self.n += 1
        if self.n == 1 and languages == ("fail",):
            raise BackendFailed("no")
        return Hypothesis(f"{self.n}", languages[0], 1.0, 1.0)

    def supports(self, source: str, target: str) -> bool:
        return source != target

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        self.n += 1
        return Translation(f"{text} {self.n}", source, target, ("counting",))

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        self.n += 1
        try:
            for part in range(3):
                yield as_samples(np.full(4, float(self.n + part), np.float32))
        finally:
            self.closed += 1


def test_the_same_sound_at_the_same_time_is_read_once() -> None:
    inner = Counting()
    recognizer = RememberingRecognizer(inner)
    pause = paused(1.0)
    ahead = recognizer.recognize(utterance_of(pause), languages=LANGUAGES)
    assert recognizer.recognize(over(1.0), languages=LANGUAGES) is ahead
    assert inner.n == 1
    others = [
        (over(1.1), LANGUAGES),
        (over(1.0), ("pt",)),
        (utterance(sound(1.0), start=5.0), LANGUAGES),
        (utterance(sound(1.0, seed=2)), LANGUAGES),
    ]
    for other, languages in others:
        recognizer.recognize(other, languages=languages)
    assert inner.n == 5


def test_a_memory_forgets_the_oldest_and_never_remembers_a_failure() -> None:
    inner = Counting()
    recognizer = RememberingRecognizer(inner, size=2)
    with pytest.raises(BackendFailed):
        recognizer.recognize(over(1.0), languages=("fail",))
    assert recognizer.recognize(over(1.0), languages=("fail",)).text == "2"
    for seconds in (1.0, 1.1, 1.2):
        recognizer.recognize(over(seconds), languages=LANGUAGES)
    assert recognizer.recognize(over(1.2), languages=LANGUAGES).text == "5"
    assert recognizer.recognize(over(1.0), languages=LANGUAGES).text == "6"
    recognizer.check_languages(LANGUAGES)
    assert inner.n == 106


def test_the_same_text_is_translated_once() -> None:
    inner = Counting()
    translator = RememberingTranslator(inner, size=2)
    first = translator.translate("a", source="en", target="pt")
    assert translator.translate("a", source="en", target="pt") is first
    assert translator.translate("a", source="en", target="es") != first
    translator.translate("b", source="en", target="pt")
    assert translator.translate("a", source="en", target="pt").text == "a 4"
    assert (translator.name, translator.supports("en", "en")) == ("counting", False)


def heard(chunks: Iterator[Samples]) -> list[float]:
    return [float(chunk[0]) for chunk in chunks]


def test_the_same_clause_is_spoken_once_with_the_same_sound() -> None:
    inner = Counting()
    voice = RememberingSynthesizer(inner)
    assert heard(voice.synthesize("yes", language="en")) == [1, 2, 3]
    assert heard(voice.synthesize("yes", language="en")) == [1, 2, 3]
    assert heard(voice.synthesize("no", language="en")) == [2, 3, 4]
    assert (voice.rate, voice.languages, voice.voice) == (16_000, frozenset({"en"}), "counting")


def test_a_clause_that_is_spoken_ahead_is_known_to_whoever_asked_before_it_was_done() -> None:
    inner = Counting()
    voice = RememberingSynthesizer(inner)
    ahead, wanted = voice.synthesize("yes", language="en"), voice.synthesize("yes", language="en")
    assert heard(ahead) == heard(wanted)
    assert inner.n == 1


def test_a_clause_that_was_stopped_is_not_remembered() -> None:
    inner = Counting()
    voice = RememberingSynthesizer(inner)
    chunks = voice.synthesize("yes", language="en")
    next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert (inner.closed, heard(chunks)) == (1, [])
    assert heard(voice.synthesize("yes", language="en")) == [2, 3, 4]


def test_sounds_are_forgotten_by_number_and_by_size() -> None:
    for voice in (RememberingSynthesizer(Counting(), size=1), RememberingSynthesizer(Counting(), max_mb=50 / 1e6)):
        for text in ("a", "b", "a"):
            heard(voice.synthesize(text, language="en"))
        assert heard(voice.synthesize("a", language="en")) == [3, 4, 5]


# --- work done ahead


async def test_what_is_done_at_a_first_silence_is_found_at_the_end() -> None:
    inner, translator = Counting(), RememberingTranslator(Counting())
    recognizer = RememberingRecognizer(inner)
    steps = [
        Step(InlineWorker(), lambda utterance: recognizer.recognize(utterance, languages=LANGUAGES)),
        Step(InlineWorker(), lambda heard: translator.translate(heard.text, source="en", target="pt")),
    ]
    assert await run(Speculate(steps), settling(paused(1.0), over(1.0))) == []
    assert inner.n == 1
    (final,) = await run(Recognize(recognizer, InlineWorker(), LANGUAGES), [over(1.0)])
    assert isinstance(final, TranscriptFinal)
    assert inner.n == 1
    assert final == (await run(Recognize(Counting(), InlineWorker(), LANGUAGES), [over(1.0)]))[0]


async def test_a_chain_ends_at_none_and_at_a_failure_and_the_next_silence_is_worked_on() -> None:
    done: list[float] = []

    def first(utterance: Utterance) -> float | None:
        if utterance.span.end == 2.0:
            raise BackendFailed("no")
        return None if utterance.span.end == 1.0 else utterance.span.end

    steps = [Step(InlineWorker(), first), Step(InlineWorker(), done.append)]
    await run(Speculate(steps), settling(paused(1.0), paused(2.0), paused(3.0)))
    assert done == [3.0]


@pytest.mark.parametrize("went_on", [so_far(2.0), paused(2.0)], ids=["speech", "another silence"])
async def test_when_the_speaker_goes_on_what_has_not_begun_is_given_up(went_on: SpeechSoFar | SpeechPaused) -> None:
    done: list[float] = []
    gate = Gate()
    steps = [Step(gate, lambda utterance: utterance.span.end), Step(InlineWorker(), done.append)]
    await run(Speculate(steps), [paused(1.0), settled, went_on, settled, gate.open])
    assert 1.0 not in done


async def test_one_channel_s_speech_does_not_stop_what_is_done_for_the_other() -> None:
    done: list[float] = []
    gate = Gate()
    steps = [Step(gate, lambda utterance: utterance.span.end), Step(InlineWorker(), done.append)]
    await run(Speculate(steps), [paused(1.0), settled, so_far(2.0, channel=1), over(1.0), gate.open])
    assert done == [1.0]


async def test_work_that_is_being_done_when_the_session_ends_does_not_hold_it_up() -> None:
    worker, release = ThreadWorker("test"), threading.Event()
    try:
        with anyio.fail_after(5):
            await run(Speculate([Step(worker, partial(_wait, release))]), settling(paused(1.0)))
    finally:
        release.set()
        worker.close()


def _wait(release: threading.Event, _: Utterance) -> None:
    release.wait(10)
