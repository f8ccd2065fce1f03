"""How a visit's room is kept: replayed and continued without being told again; a full disk costs it no word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.live import Sitting, again, held
from tests.helpers.sounds import bursts
from voicedoc.capture.chunks import CHUNKS_NAME, ChunkWriter, read_blocks, survey
from voicedoc.capture.devices import Microphone
from voicedoc.capture.recorder import Pcm
from voicedoc.capture.replay import unheld
from voicedoc.cli.replayed import compare
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AudioOpened,
    ClauseSpoken,
    Event,
    MicrophoneUsed,
    Muted,
    Notice,
    Pressed,
    RoomOpened,
    SessionClosed,
    TranscriptFinal,
    TurnAttributed,
    Utterance,
)
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.errors import StoreError
from voicedoc.live import SPOKEN, Room, opened_room
from voicedoc.profiles import load_profile
from voicedoc.runtime.worker import InlineWorker
from voicedoc.visit.room import room_of

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

WAITS = bursts(4, seconds=1.0, pause=6.0)
"""Somebody speaks from second 6, 13, 20 and 27 on."""

SIDES = np.stack([WAITS * (np.arange(WAITS.size) // 112_000 % 2 == side) for side in (0, 1)], axis=1)
"""The same; the first and the third on one channel, the others on another."""

TWO = Room(microphones=(Microphone("Yeti", (0, 1)),), roles=(Role.DOCTOR, Role.PATIENT), push_to_talk=True)

KEYS = [
    (5.5 + 1 / 3e4, Command.TALK, "doctor"),  # between two samples, and two times that the journal can tell
    (7.5, Command.RELEASE, ""),
    (12.5, Command.TALK, "patient"),
    (14.5, Command.RELEASE, ""),
    (26.5, Command.TALK, "patient"),
    (28.5, Command.RELEASE, ""),
]


@contextmanager
def scripted_engine() -> Iterator[Engine]:
    with open_live_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        yield replace(engine, workers=dict.fromkeys(engine.workers, InlineWorker()))


async def sitting(folder: Path, room: Room, sound: np.ndarray = WAITS, **how: object) -> Sitting:
    with scripted_engine() as engine:
        return await held(engine, folder, sound, room=room, **how)  # type: ignore[arg-type]  # those of `held`


async def replayed(of: Sitting, room: Room, events: list[Event] | None = None) -> list[Event]:
    with scripted_engine() as engine:
        return await again(engine, of, room, events)


def told(events: list[Event]) -> list[Event]:
    kinds = (Utterance, TranscriptFinal, TurnAttributed)
    return sorted((event for event in events if isinstance(event, kinds)), key=repr)


# --- the room in the journal


async def test_the_journal_tells_the_room_before_anything_is_heard(tmp_path: Path) -> None:
    kept = await sitting(tmp_path, TWO, SIDES, until=1.0)
    (opened,) = kept.of(RoomOpened)
    assert opened == RoomOpened(
        at=0.0,
        microphones=(MicrophoneUsed("Yeti", (0, 1)),),
        roles=(Role.DOCTOR, Role.PATIENT),
        loudspeaker="",
        loudspeaker_name="scripted",
        speaking=True,
        push_to_talk=True,
        full_duplex=False,
        tail=0.3,
    )
    assert opened in kept.vault.read(kept.id)
    assert room_of(kept.vault.read(kept.id)) == TWO


async def test_without_a_voice_there_is_no_loudspeaker(tmp_path: Path) -> None:
    kept = await sitting(tmp_path, Room(speaking=False, loudspeaker="HDMI"), until=1.0)
    (opened,) = kept.of(RoomOpened)
    assert (opened.loudspeaker, opened.loudspeaker_name, opened.speaking) == ("", "", False)


async def test_push_to_talk_with_a_channel_for_each_is_replayed_from_the_journal_alone(tmp_path: Path) -> None:
    kept = await sitting(tmp_path, TWO, SIDES, keys=KEYS)
    begins = [event.span.start for event in kept.of(Utterance)]
    assert begins == pytest.approx([5.5, 12.5, 26.5], abs=0.3)  # nobody held a button at 20
    assert [turn.role for turn in kept.of(TurnAttributed)] == [Role.DOCTOR, Role.PATIENT, Role.PATIENT]
    events = kept.vault.read(kept.id)
    happened = await replayed(kept, room_of(events))
    assert told(happened) == told(kept.events)
    assert compare(events, happened).differences == ()


async def test_an_old_journal_without_a_room_is_still_replayed(tmp_path: Path) -> None:
    kept = await sitting(tmp_path, replace(TWO, push_to_talk=False), SIDES)
    old = [event for event in kept.vault.read(kept.id) if not isinstance(event, RoomOpened)]
    assert room_of(old).roles == (Role.DOCTOR, Role.PATIENT)
    assert told(await replayed(kept, room_of(old))) == told(kept.events)


async def test_with_push_to_talk_a_silence_that_a_crash_left_untold_is_not_heard_in_the_replay(tmp_path: Path) -> None:
    early = [(5.5, Command.TALK, "doctor"), (6.6, Command.RELEASE, ""), *KEYS[2:]]  # in the middle of a word
    kept = await sitting(tmp_path, replace(TWO, speaking=False), SIDES, keys=early)
    events = [event for event in kept.vault.read(kept.id) if not isinstance(event, Muted)]
    assert told(await replayed(kept, room_of(events), events)) == told(kept.events)


def test_nobody_holds_the_button_between_its_presses_and_at_the_beginning_of_each_part() -> None:
    def at(seconds: float) -> AudioOpened:
        return AudioOpened(at=seconds, source="mic", codec="pcm_s16le", rate=16_000, n_channels=1, duration=None)

    def press(seconds: float, command: Command) -> Pressed:
        return Pressed(at=seconds, command=command)

    pushes, listens = opened_room(Room(push_to_talk=True)), opened_room(Room())
    talk, release = press(2.0, Command.TALK), press(3.0, Command.RELEASE)
    spans = unheld([pushes, at(0.0), talk, release, pushes, at(6.0), press(7.0, Command.TALK), listens, at(9.0)], 20.0)
    assert [(span.start, span.end) for span in spans] == [
        pytest.approx(ends) for ends in ((0.0, 2.0), (3.25, 6.0), (6.0, 7.0))
    ]
    assert unheld([listens, at(0.0), talk, release], 20.0) == []
    assert [span.end for span in unheld([pushes, at(0.0)], 20.0)] == [20.0]


# --- a disk that takes the voice's track no more


def refuse(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    """A disk that refuses the voice's track, the first `n` times."""
    genuine, left = ChunkWriter.write, [None] * n

    def write(writer: ChunkWriter, block: Pcm) -> None:
        if writer.path.name == SPOKEN and left:
            left.pop()
            raise StoreError(f"cannot write {writer.path}: No space left on device", remedy="free space on that disk")
        genuine(writer, block)

    monkeypatch.setattr(ChunkWriter, "write", write)


async def test_a_disk_without_room_for_the_voices_track_is_told_once_and_the_visit_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, 10_000)
    kept = await sitting(tmp_path, Room())
    (notice,) = [event for event in kept.of(Notice) if event.code == "voice-not-kept"]
    assert "No space left" in notice.message and "the microphones are" in notice.message and notice.remedy
    assert kept.of(SessionClosed)[0].reason == "finished"
    assert {event.utterance for event in kept.of(ClauseSpoken)} == {1, 2, 3, 4}
    folder, cipher = kept.vault.sound(kept.id)
    assert survey(folder / CHUNKS_NAME, cipher).duration == pytest.approx(WAITS.size / 16_000, abs=0.3)


async def test_where_the_disk_takes_it_again_the_track_goes_on_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, 1)
    kept = await sitting(tmp_path, Room())
    folder, cipher = kept.vault.sound(kept.id)
    track = np.concatenate(list(read_blocks(folder / SPOKEN, cipher)))[:, 0]
    for clause in kept.of(ClauseSpoken)[1:]:
        assert np.abs(track[round(clause.span.start * 16_000) : round(clause.span.end * 16_000)]).max() > 300


async def test_a_track_that_cannot_even_be_begun_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def take_up(path: Path, cipher: object, **_: object) -> ChunkWriter:
        if path.name == SPOKEN:
            raise StoreError(f"cannot write {path}: Read-only file system", remedy="mend it")
        return genuine(path, cipher, **_)  # type: ignore[arg-type]

    genuine = ChunkWriter.take_up
    monkeypatch.setattr(ChunkWriter, "take_up", take_up)
    kept = await sitting(tmp_path, Room())
    assert kept.of(SessionClosed)[0].reason == "finished"
    assert len([event for event in kept.of(Notice) if event.code == "voice-not-kept"]) == 1


async def test_a_track_that_is_refused_at_its_very_end_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def close(writer: ChunkWriter) -> None:
        genuine(writer)
        if writer.path.name == SPOKEN:
            raise StoreError(f"cannot write {writer.path}: Input/output error", remedy="")

    genuine = ChunkWriter.close
    monkeypatch.setattr(ChunkWriter, "close", close)
    kept = await sitting(tmp_path, Room())
    assert kept.of(SessionClosed)[0].reason == "finished"
    assert "the recording of the voice is not whole" in caplog.text
