"""An hour of a live session in virtual time: what it needs, and how soon it answers, stay as they were."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import anyio
import numpy as np
import psutil
import pytest
from anyio.streams.memory import MemoryObjectReceiveStream

from tests.helpers.live_devices import ScriptedMicrophone
from tests.helpers.vault import vault_in
from tests.helpers.virtual_time import VirtualClock
from voicedoc.capture.backlog import Backlog
from voicedoc.capture.recorder import Pcm
from voicedoc.core.audio import Samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Event,
    FirstAudio,
    Frame,
    Held,
    LagReport,
    SessionClosed,
    SoundChecked,
    StageFailed,
    Utterance,
    UtteranceReopened,
    VoiceCancelled,
    VoicePaused,
)
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.live import SPOKEN, LiveSession, Room, Track, microphone
from voicedoc.profiles import load_profile
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.runner import INBOX_SIZE
from voicedoc.runtime.worker import InlineWorker
from voicedoc.speak.loudspeaker import Pull
from voicedoc.store.vault import Vault
from voicedoc.translate.compose import OneWay
from voicedoc.translate.router import Translators
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

RATE, MINUTE = 16_000, 60.0

STEP = 0.125
"""Seconds between looks of the microphone, the loudspeaker and what is played; of all at the same moments."""

GROWTH = 10_000_000
"""Bytes by which a session may grow from its 10th to its 60th minute. The samples of its utterances are four times as
many."""

SPEECH = (
    (0.5, 1.2),
    (6.0, 1.4),
    (12.0, 0.8),
    (13.3, 0.7),  # the same utterance goes on
    (19.0, 1.2),
    (20.9, 1.6),  # into the voice
    (27.0, 0.6),
    (32.0, 1.5),
    (38.0, 2.5),
    (45.0, 1.0),
    (50.5, 1.2),
    (55.5, 1.0),
)
"""When somebody speaks in each minute, and for how long, in seconds."""

KEYS = (
    (5.0, Command.REPEAT, ""),
    (10.0, Command.SPEAKER, "patient"),
    (18.5, Command.YES, ""),
    (25.0, Command.TALK, "doctor"),
    (29.0, Command.RELEASE, "doctor"),
    (34.2, Command.STOP, ""),
    (36.0, Command.PAUSE, ""),
    (37.0, Command.RESUME, ""),
    (42.5, Command.INTERPRETER, "a word"),
    (48.0, Command.TYPE, "doctor: Good morning."),
    (58.0, Command.TEACH_BACK, ""),
)
"""What is pressed in each minute."""


class Minutes:
    """One minute's sound, over and over: a `ScriptedMicrophone`'s sound that takes no memory."""

    def __init__(self) -> None:
        rng = np.random.default_rng(3)
        minute = rng.normal(0.0, 0.0005, round(MINUTE * RATE))
        for start, seconds in SPEECH:
            minute[round(start * RATE) :][: round(seconds * RATE)] += rng.normal(0.0, 0.2, round(seconds * RATE))
        self._minute = (np.clip(minute, -1, 1) * 32767).astype(np.int16)[:, None]

    def __getitem__(self, place: tuple[slice, list[int]]) -> Pcm:
        span, channels = place
        return self._minute[np.arange(span.start, span.stop) % len(self._minute)][:, channels]


class Loudspeaker:
    """Plays on the clock, and forgets what it played."""

    name, rate, n_gaps = "forgetful", RATE, 0

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def play(self, pull: Pull, ready: Callable[[], None]) -> None:
        ready()
        due = self._clock.now()
        while True:
            pull(round(STEP * RATE), self._clock.now())
            due += STEP
            await self._clock.sleep_until(due)


class NoEcho:
    """An `EchoCanceller` in a room without echo."""

    def cancel(self, heard: Samples, reference: Samples) -> Samples:
        return heard


def lines(n: int) -> dict[str, str]:
    """What is said, in the language that its first word tells, and what it means: each once, all as long to say."""
    said: dict[str, str] = {}
    for number in range(0, n, 2):
        name = "Ka" + "".join("bdfgklmnpr"[int(digit)] + "a" for digit in f"{number:03}")
        said[f"en: I have seen {name} today."] = f"Hoje vi o senhor {name}."
        said[f"pt: Amanhã vem a {name} comigo."] = f"Tomorrow {name} comes too."
    return said


@contextmanager
def engine_for(n_utterances: int) -> Iterator[Engine]:
    said = lines(n_utterances)
    recognizer = ScriptedRecognizer(script=list(said), numbered=True)
    translator = ScriptedTranslator(phrases={line.partition(": ")[2]: meant for line, meant in said.items()})
    pairs = (("en", "pt"), ("pt", "en"))
    with open_live_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        yield replace(
            engine,
            workers=dict.fromkeys(engine.workers, InlineWorker()),
            recognizer=recognizer,
            partial_recognizer=recognizer,
            translator=Translators([OneWay(translator, *pair) for pair in pairs]),
            embed=lambda samples: np.array([1.0, 0.0], np.float32),
        )


FULL_DUPLEX = Room(
    check=SoundChecked(
        at=0.0,
        microphone="",
        loudspeaker="",
        noise=-70.0,
        speech=-20.0,
        echo=-40.0,
        echo_delay=0.1,
        full_duplex=True,
        echo_loss=30.0,
        tail=0.1,
    )
)


@dataclass
class Course:
    """What a session was like as it went on."""

    counts: Counter[type[Event]] = field(default_factory=Counter)
    answered: list[tuple[float, float]] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    reports: list[Event] = field(default_factory=list)
    queues: list[deque[Any]] = field(default_factory=list)
    fullest: int = 0

    def watch(self, event: Event) -> None:
        self.counts[type(event)] += 1
        if isinstance(event, Frame):
            self.queues = self.queues or _queues()
        self.fullest = max([self.fullest, *map(len, self.queues)])
        if isinstance(event, FirstAudio):
            self.answered.append((event.at, event.seconds))
        if isinstance(event, (LagReport, StageFailed, SessionClosed)):
            self.reports.append(event)

    def look(self) -> None:
        """Note what is in memory."""
        gc.collect()
        self.memory.append(psutil.Process().memory_info().rss)

    def latencies(self, first: int, last: int) -> list[float]:
        """Seconds from the end of what was said to the first sound of what it means, in some of the minutes."""
        return sorted(seconds for at, seconds in self.answered if (first - 1) * MINUTE <= at < last * MINUTE)


def _queues() -> list[deque[Any]]:
    """Whatever events and keys wait in, of the one session that there is."""
    found = gc.get_objects()
    inboxes = [each._state.buffer for each in found if type(each) is MemoryObjectReceiveStream]
    return [*inboxes, *(each._events for each in found if type(each) is Backlog)]


async def course_of(engine: Engine, vault: Vault, room: Room, minutes: int, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Hold a session of so many minutes."""
    monkeypatch.setattr("voicedoc.capture.microphone.POLL", STEP)
    monkeypatch.setattr("voicedoc.speak.play._LOOK", STEP)
    monkeypatch.setattr("voicedoc.capture.chunks.SYNCED", 60.0)  # the disk's speed is none of the session's
    monkeypatch.setattr("voicedoc.capture.chunks._compressed", lambda block, rate: block.tobytes())  # as is FLAC's
    monkeypatch.setattr("voicedoc.live.WebRtcEcho", NoEcho)
    clock, course = VirtualClock(), Course()
    devices = ScriptedMicrophone(clock, Minutes(), rate=RATE)  # type: ignore[arg-type]  # as much as it asks of one
    with (
        vault.begin(doctor="en", patient="pt", profile="scripted") as stored,
        Track(stored.audio / SPOKEN, stored.cipher) as track,
    ):
        session = LiveSession(
            engine,
            room,
            stored.journal,
            microphone(engine, stored, room, devices),
            kept=track.put,
            loudspeaker=Loudspeaker(clock),
            watch=course.watch,
            clock=clock,
        )

        async def press() -> None:
            for minute in range(minutes):
                for second, command, argument in KEYS:
                    await clock.sleep_until(minute * MINUTE + second)
                    session.press(command, argument)
                await clock.sleep_until((minute + 1) * MINUTE)
                course.look()
            session.press(Command.END)

        async with clock.running(), anyio.create_task_group() as tasks:
            tasks.start_soon(press)
            await session.run()
    return course


@pytest.mark.parametrize("anyio_backend", ["trio"])
@pytest.mark.timeout(1800)
async def test_an_hour_needs_no_more_memory_than_ten_minutes_and_answers_as_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: pytest.RecordProperty
) -> None:
    minutes = 60
    with vault_in(tmp_path) as vault, engine_for(len(SPEECH) * minutes) as engine:
        course = await course_of(engine, vault, FULL_DUPLEX, minutes, monkeypatch)
        (stored,) = vault.sessions()
    first, last = course.latencies(1, 10), course.latencies(51, 60)
    record_property("held", course.counts[Held])
    record_property("utterances", course.counts[Utterance])
    record_property("memory by minute", course.memory)
    record_property("median latency, first and last", (median(first), median(last)))
    record_property("fullest queue", course.fullest)
    assert stored.state == "closed"
    assert [type(report) for report in course.reports] == [SessionClosed]
    assert course.counts[Utterance] > 600
    assert min(course.counts[kind] for kind in (UtteranceReopened, VoicePaused, VoiceCancelled)) > 50
    assert course.memory[-1] - course.memory[9] < GROWTH
    assert median(last) == pytest.approx(median(first), abs=STEP / 2)
    assert quantiles(last, n=20)[-1] == pytest.approx(quantiles(first, n=20)[-1], abs=STEP)
    assert course.fullest <= INBOX_SIZE
