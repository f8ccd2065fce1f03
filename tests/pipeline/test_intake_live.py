"""A spoken interview on scripted backends and devices, in virtual time: the real wiring and an encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.interviews import PACKS
from tests.helpers.live import Sitting, again, held
from tests.helpers.sounds import bursts
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AlarmRaised,
    AudioClosed,
    ClauseSpoken,
    Cleared,
    Event,
    FactNoted,
    InterviewClosed,
    QuestionAsked,
    SessionClosed,
    SessionOpened,
    StageFailed,
    Translated,
    TurnAttributed,
    Utterance,
)
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.export.transcript import transcript_of
from voicedoc.intake import Interviewing, as_before, was_intake
from voicedoc.live import LiveSession, Room
from voicedoc.profiles import load_profile
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.runtime.worker import InlineWorker
from voicedoc.translate.router import Translators
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt")
ROOM = Room(roles=(Role.PATIENT,))
INTERVIEWING = Interviewing(packs=PACKS)
GREETING = 10.0
"""Seconds more than a question takes."""

MEANT = {
    "Tenho dor no peito há três dias": "I have had chest pain for three days",
    "não": "no",
    "sim": "yes",
    "sete": "seven",
    "Pode repetir?": "Can you repeat?",
}


@contextmanager
def engine_that_hears(*lines: str) -> Iterator[Engine]:
    with open_live_engine(load_profile("scripted"), VISIT) as engine:
        hears = ScriptedRecognizer(script=[f"pt: {line}" for line in lines], numbered=True)
        yield replace(
            engine,
            recognizer=hears,
            partial_recognizer=None,
            translator=Translators([ScriptedTranslator(phrases=MEANT)]),
            workers=dict.fromkeys(engine.workers, InlineWorker()),
        )


def answers(n: int) -> Samples:
    """So many utterances: the first after the greeting and its question, each other one after a question."""
    greeting = np.zeros(round(GREETING * 16_000), np.float32)
    return as_samples(np.concatenate([greeting, bursts(n, seconds=1.0, pause=4.0)]))


async def interview(folder: Path, *lines: str, **more: object) -> Sitting:
    with engine_that_hears(*lines) as engine:
        sound = answers(len(lines))
        stage = INTERVIEWING.stage(VISIT)
        return await held(engine, folder, sound, room=ROOM, intake=stage, **more)  # type: ignore[arg-type]


async def test_the_assistant_asks_aloud_and_the_answers_lead_on(tmp_path: Path) -> None:
    session = await interview(tmp_path, "Tenho dor no peito há três dias", "não", "não", "sete")
    assert not session.of(StageFailed)
    asked = [event.question for event in session.of(QuestionAsked)]
    assert asked == ["common.complaint", "chest.pressure", "chest.arm", "chest.scale", "chest.course"]
    spoken = {clause.utterance for clause in session.of(ClauseSpoken)}
    assert {event.utterance for event in session.of(QuestionAsked)} <= spoken
    assert {clause.listener for clause in session.of(ClauseSpoken)} == {Role.PATIENT}
    values = {fact.name: fact.value for fact in session.of(FactNoted) if fact.state == "told"}
    assert values["chest.onset"] == "3 day" and values["chest.scale"] == "7"
    patients = [turn for turn in session.of(TurnAttributed) if turn.role is Role.PATIENT]
    assert next(turn.hypothesis.text for turn in patients) == "Tenho dor no peito há três dias"
    assert "seven" in [event.translation.text for event in session.of(Translated)]


async def test_nothing_is_spoken_to_the_doctor_and_the_transcript_has_all(tmp_path: Path) -> None:
    session = await interview(tmp_path, "Tenho dor no peito há três dias", "não")
    stored = session.vault.read(session.id)
    transcript = transcript_of(stored)
    assert was_intake(stored) and all(event.listener is Role.PATIENT for event in session.of(Cleared))
    lines = [(line.role.value, line.text_in("en")) for line in transcript.in_time()]
    assert lines[1:4] == [
        ("assistant", "What brings you here?"),
        ("patient", "I have had chest pain for three days"),
        ("assistant", "Is it a pressure?"),
    ]
    heard = [line for line in transcript.in_time() if line.role is Role.PATIENT]
    assert [line.warnings for line in heard] == [[], []]


async def test_an_emergency_is_said_and_ends_the_session_by_itself(tmp_path: Path) -> None:
    session = await interview(tmp_path, "Tenho dor no peito há três dias", "sim", "não", "não")
    assert "emergency" in [event.level for event in session.of(AlarmRaised)]
    (closed,) = session.of(InterviewClosed)
    assert closed.reason == "emergency"
    (ended,) = session.of(AudioClosed)
    assert ended.at < 30.0 < GREETING + 4 * 5.0 + 4.0  # the last two answers were not waited for
    message = [event for event in session.of(Cleared) if event.critical]
    assert len(message) == 1
    assert message[0].utterance in {clause.utterance for clause in session.of(ClauseSpoken)}
    assert session.of(SessionClosed)[0].reason == "finished"


async def test_who_asks_to_repeat_hears_it_again_and_so_does_the_key(tmp_path: Path) -> None:
    pressed: list[float] = []

    def act(session: LiveSession, event: Event) -> None:
        if isinstance(event, QuestionAsked) and event.act == "repeat" and not pressed:
            pressed.append(event.at)
            session.press(Command.REPEAT)

    session = await interview(tmp_path, "Tenho dor no peito há três dias", "Pode repetir?", "não", act=act)
    acts = [(event.question, event.act) for event in session.of(QuestionAsked)]
    assert acts[1:4] == [("chest.pressure", "ask"), ("chest.pressure", "repeat"), ("chest.pressure", "repeat")]
    assert acts[4:] == [("chest.arm", "ask")]


async def test_two_runs_and_a_replay_say_the_same(tmp_path: Path) -> None:
    lines = ("Tenho dor no peito há três dias", "não", "sete", "não")
    first = await interview(tmp_path / "1", *lines)
    second = await interview(tmp_path / "2", *lines)

    def kept(events: list[Event]) -> list[Event]:
        return sorted((event for event in events if event.journalled and not event.timing), key=repr)

    assert kept(first.events) == kept(second.events)
    stored = first.vault.read(first.id)
    with engine_that_hears(*lines) as engine:
        stage = as_before(stored, PACKS).stage(VISIT)
        replayed = await again(engine, first, ROOM, intake=stage)

    def told(events: list[Event]) -> list[Event]:
        kinds = (Utterance, TurnAttributed, QuestionAsked, FactNoted, Cleared, InterviewClosed)
        return sorted((event for event in events if isinstance(event, kinds)), key=repr)

    assert told(replayed) == told(first.events)
    opened = [event for event in stored if isinstance(event, SessionOpened)]
    assert "intake" in opened[0].stages and "confirm" not in opened[0].stages


async def test_a_session_that_goes_on_asks_what_was_open(tmp_path: Path) -> None:
    first = await interview(tmp_path, "Tenho dor no peito há três dias")
    before = first.vault.read(first.id)
    with engine_that_hears("nada", "não", "não") as engine, first.vault.resume(first.id) as stored:
        part = stored.before
        stage = as_before(before, PACKS).stage(VISIT, before, part=part)
        stored.journal.seal()
    assert stage.interview.open is not None and stage.interview.open.question == "chest.pressure"
    assert stage.interview.complaints == ("chest",)
    assert engine is not None
