"""A live session on scripted backends and devices, in virtual time: the real wiring and a real, encrypted store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.live import again, held
from tests.helpers.sounds import bursts
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AudioClosed,
    ClauseSpoken,
    Cleared,
    Event,
    InterpreterCalled,
    Muted,
    SessionClosed,
    SessionOpened,
    SoundChecked,
    StageFailed,
    TranscriptFinal,
    Translated,
    TurnAttributed,
    Utterance,
)
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.live import LiveSession, Room
from voicedoc.profiles import load_profile
from voicedoc.runtime.worker import InlineWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

WAITS = bursts(4, seconds=1.0, pause=6.0)
"""Four people's utterances, each with time for its interpretation."""


@contextmanager
def scripted_engine() -> Iterator[Engine]:
    """A new one, whose script begins anew. All work is inline, so that virtual time waits for it."""
    with open_live_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        yield replace(engine, workers=dict.fromkeys(engine.workers, InlineWorker()))


@pytest.fixture
def engine() -> Iterator[Engine]:
    with scripted_engine() as engine:
        yield engine


async def test_what_is_said_at_the_microphone_is_translated_and_spoken_to_the_other(
    engine: Engine, tmp_path: Path
) -> None:
    session = await held(engine, tmp_path, WAITS)
    assert not session.of(StageFailed)
    assert [turn.role for turn in session.of(TurnAttributed)] == ["doctor", "patient", "doctor", "patient"]
    spoken = {clause.utterance: clause for clause in session.of(ClauseSpoken)}
    assert sorted(spoken) == [1, 2, 3, 4]
    assert [spoken[n].listener for n in (1, 2, 3, 4)] == [Role.PATIENT, Role.DOCTOR, Role.PATIENT, Role.DOCTOR]
    for clause in session.of(ClauseSpoken):  # each is heard from the loudspeaker where the journal says
        where = session.played[round(clause.span.start * 16_000) + 400 : round(clause.span.end * 16_000) - 400]
        assert np.abs(where).max() > 0.01
    assert session.of(SessionClosed)[0].reason == "finished"


async def test_the_stored_journal_is_what_happened(engine: Engine, tmp_path: Path) -> None:
    session = await held(engine, tmp_path, WAITS)
    stored = session.vault.read(session.id)
    assert isinstance(stored[0], SessionOpened) and isinstance(stored[-1], SessionClosed)
    told = {Utterance, TranscriptFinal, TurnAttributed, Translated, Cleared, ClauseSpoken, Muted}
    happened = [event for event in session.events if type(event) in told]
    assert len([event for event in stored if type(event) in told]) == len(happened)
    assert session.vault.sessions()[0].state == "closed"


async def test_the_microphone_does_not_hear_the_interpreters_voice(engine: Engine, tmp_path: Path) -> None:
    session = await held(engine, tmp_path, WAITS)
    muted = [event.span for event in session.of(Muted)]
    for clause in session.of(ClauseSpoken):
        middle = (clause.span.start + clause.span.end) / 2
        assert any(span.start <= middle < span.end for span in muted)


async def test_full_duplex_with_headphones_needs_no_echo_canceller(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "livekit.rtc", None)
    check = SoundChecked(
        at=0.0, microphone="mic", loudspeaker="headphones", noise=-60.0, speech=None, echo=None, echo_delay=None,
        full_duplex=True,
    )  # fmt: skip
    session = await held(engine, tmp_path, WAITS, room=Room(check=check))
    assert session.of(SessionClosed)[0].reason == "finished"
    assert {clause.utterance for clause in session.of(ClauseSpoken)} == {1, 2, 3, 4} and session.of(Muted) == []


async def test_a_replay_of_the_spool_understands_the_same(engine: Engine, tmp_path: Path) -> None:
    session = await held(engine, tmp_path, WAITS)
    with scripted_engine() as another:
        replayed = await again(another, session)

    def told(events: list[Event]) -> list[Event]:
        kinds = (Utterance, TranscriptFinal, TurnAttributed, Cleared)
        return sorted((event for event in events if isinstance(event, kinds)), key=repr)

    assert told(replayed) == told(session.events)
    assert len(told(replayed)) == 16


async def test_two_runs_give_the_same_journal(engine: Engine, tmp_path: Path) -> None:
    first = await held(engine, tmp_path / "1", WAITS)
    with scripted_engine() as another:
        second = await held(another, tmp_path / "2", WAITS)

    def kept(events: list[Event]) -> list[Event]:
        return sorted((event for event in events if event.journalled and not event.timing), key=repr)

    assert kept(first.events) == kept(second.events)


async def test_a_key_calls_a_human_interpreter_with_time_and_reason(engine: Engine, tmp_path: Path) -> None:
    def act(session: LiveSession, event: Event) -> None:
        if isinstance(event, Translated) and event.utterance == 1:
            session.press(Command.INTERPRETER, "bad news")

    session = await held(engine, tmp_path, WAITS, act=act)
    (called,) = session.of(InterpreterCalled)
    assert called.reason == "bad news" and 7.0 < called.at < 9.0


async def test_what_is_typed_is_interpreted_like_what_is_said(engine: Engine, tmp_path: Path) -> None:
    def act(session: LiveSession, event: Event) -> None:
        if isinstance(event, Translated) and event.utterance == 1:
            session.press(Command.TYPE, "doctor: Take 2.5 mg twice a day.")

    session = await held(engine, tmp_path, WAITS, act=act)
    typed = [event for event in session.of(Cleared) if event.utterance >= 1_000_000]
    assert [event.text for event in typed] == ["Tome 2,5 mg duas vezes por dia."]


async def test_a_session_without_a_voice_shows_and_does_not_speak(engine: Engine, tmp_path: Path) -> None:
    session = await held(engine, tmp_path, WAITS, room=Room(speaking=False))
    assert len(session.of(Cleared)) == 4
    assert session.of(ClauseSpoken) == [] and session.of(Muted) == []


async def test_ending_waits_for_what_is_being_understood_and_said(engine: Engine, tmp_path: Path) -> None:
    session = await held(engine, tmp_path, WAITS, until=7.9)  # 0.1 s after the first utterance's end
    (closed,) = session.of(AudioClosed)
    assert closed.at == pytest.approx(7.9, abs=0.3)
    assert [event.utterance for event in session.of(Cleared)] == [1]
    assert session.of(ClauseSpoken)


async def test_a_session_that_goes_on_counts_on_and_keeps_the_audio_clock(engine: Engine, tmp_path: Path) -> None:
    first = await held(engine, tmp_path, bursts(1, seconds=1.0, pause=3.0))
    with scripted_engine() as another:
        second = await held(another, tmp_path, bursts(1, seconds=1.0, pause=3.0), continues=first.id)
    assert [event.utterance for event in first.of(Utterance)] == [1]
    assert [event.utterance for event in second.of(Utterance)] == [2]
    assert second.of(Utterance)[0].span.start > first.of(AudioClosed)[0].at
    stored = second.vault.read(first.id)
    assert [event.utterance for event in stored if isinstance(event, Utterance)] == [1, 2]
    assert sum(isinstance(event, SessionOpened) for event in stored) == 2
