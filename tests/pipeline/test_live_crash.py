"""A live session is killed, or loses its microphone, its memory or its disk: what was said stays, and it goes on."""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import numpy as np
import pytest

from tests.helpers.live import Sitting, held, pcm
from tests.helpers.mortal import RATE, Life, begin, given, hold, numbered_engine, paced_microphone
from tests.helpers.sounds import bursts
from tests.helpers.vault import keep_visit, vault_in
from voicedoc.capture.chunks import CHUNKS_NAME, ChunkWriter, as_pcm, read_blocks, survey
from voicedoc.capture.recorder import Pcm
from voicedoc.core.audio import Samples
from voicedoc.core.cipher import Cipher
from voicedoc.core.events import (
    AudioClosed,
    AudioOpened,
    ClauseSpoken,
    Cleared,
    DeviceBack,
    DeviceLost,
    Event,
    Notice,
    SessionClosed,
    StageFailed,
    TurnAttributed,
    Utterance,
)
from voicedoc.core.journal import Line
from voicedoc.core.speech import Hypothesis, Translation
from voicedoc.engine import Engine
from voicedoc.live import SPOKEN, LiveSession
from voicedoc.revise import close_stored
from voicedoc.speak.router import Quality, Voice, Voices
from voicedoc.speak.scripted import Tones
from voicedoc.store.database import shipped_schema
from voicedoc.store.stored_journal import lines_of
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit

MOST_LOST = 0.25
"""Seconds of sound that a kill may cost, beside those in which other programs had the processors."""

LASTS = 2.4
"""Seconds of a session that is not killed."""

MORE = "ALTER TABLE sessions ADD COLUMN lantern TEXT NOT NULL DEFAULT 'lit';\n"
"""What a later version of the store might add."""

CHAIN = ("Utterance", "TranscriptFinal", "TurnAttributed", "Translated", "Guarded", "Cleared", "ClauseSpoken")
"""What becomes of something said, in this order."""


class Loss(NamedTuple):
    """Seconds of sound that were lost, and those in which the session waited for a processor just before its end."""

    lost: float
    starved: float


@pytest.fixture
def older(tmp_path: Path) -> tuple[Path, str]:
    """A store of an older version, and the session that is in it."""
    with vault_in(tmp_path / "older") as vault:
        session = keep_visit(vault)
    return tmp_path / "older", session


@pytest.mark.parametrize(
    ("phase", "longest", "n_kills"), [("born", 0.25, 14), ("listening", LASTS, 26), ("ending", 0.6, 10)]
)
def test_a_session_that_is_killed_at_any_moment_is_there_whole_and_goes_on_or_is_closed(
    phase: str,
    longest: float,
    n_kills: int,
    older: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: pytest.RecordProperty,
) -> None:
    newer = (*shipped_schema(), MORE)
    monkeypatch.setattr("voicedoc.store.database.shipped_schema", lambda: newer)
    sound = as_pcm(bursts(12, seconds=0.4, pause=0.6)[:, None])
    sound.tofile(tmp_path / "sound")
    chance, losses, n_lived = random.Random(phase), list[Loss](), 0
    while len(losses) < n_kills:
        number = len(losses) + n_lived
        folder = tmp_path / f"{number}"
        if number % 2:  # opening it brings it up to date
            shutil.copytree(older[0], folder)
        life = begin(
            folder, tmp_path / "sound", seconds=LASTS, backend=("asyncio", "trio")[number // 2 % 2], schema=newer
        )
        assert life.until(phase)
        if life.kill(chance.uniform(0.0, longest)):
            losses.append(Loss(_check(life, folder, sound, goes_on=number % 4 < 2), life.starved))
        else:
            n_lived += 1
            assert life.process.exitcode == 0
        if number % 2:
            with vault_in(folder) as vault:
                assert len(vault.read(older[1])) == 7, "the sessions of before are as they were"
        assert n_lived < n_kills
        shutil.rmtree(folder)
    record_property("losses in ms", " ".join(f"{1000 * lost:.0f}/{1000 * starved:.0f}" for lost, starved in losses))
    assert max(lost - starved for lost, starved in losses) <= MOST_LOST, losses


def _check(life: Life, folder: Path, sound: Pcm, *, goes_on: bool) -> float:
    """What a dead session left. How many seconds of sound were lost."""
    with vault_in(folder) as vault:
        found = [each for each in vault.sessions() if each.profile == "scripted" and each.pid == life.process.pid]
        if not found:
            assert not life.session
            assert not life.n_given
            return 0.0
        (session,) = found
        assert life.session in (session.id, "")
        lines = [line for line in lines_of(vault._db, session.id, vault._cipher(session.id)) if isinstance(line, dict)]
        has_ended = bool(lines) and lines[-1]["type"] == "SessionClosed"
        assert session.state == ("closed" if has_ended else "crashed")
        assert vault.check() == []
        _check_lines(lines, life)
        heard = _heard(vault, session.id)
        assert np.array_equal(heard, sound[: len(heard)]), "every sample as it was"
        _go_on(folder, session.id, heard, lines) if goes_on else _close(vault, session.id, lines)
    return 0.0 if has_ended else max(0, life.n_given - len(heard)) / RATE


def _check_lines(lines: list[Line], life: Life) -> None:
    """All that was told before the kill was written before, in this order, and nothing else but what was at hand."""
    written = [(line["type"], line["at"]) for line in lines]
    told = [(kind, round(at, 5)) for kind, at in life.lines if kind != "SessionClosed"]  # that comes with the seal
    assert written[: len(told)] == told
    assert len(written) <= len(told) + 1
    assert [kind for kind, _ in written[:2]] == ["SessionOpened", "SessionDated"][: len(written)]
    said = _said(lines)
    assert said == list(range(1, len(said) + 1))
    for utterance in said:
        happened = [line["type"] for line in lines if line.get("utterance") == utterance]
        first = [happened.index(kind) for kind in CHAIN if kind in happened]
        assert first == sorted(first)
        assert len(first) == len(CHAIN) or len(set(CHAIN[: len(first)]) & set(happened)) == len(first)


def _said(lines: list[Line]) -> list[int]:
    """The numbers of what was said, each once: one that went on after all comes again."""
    return list(dict.fromkeys(line["utterance"] for line in lines if line["type"] == "Utterance"))


def _heard(vault: Vault, session: str) -> Pcm:
    folder, cipher = vault.sound(session)
    path = folder / CHUNKS_NAME
    blocks = read_blocks(path, cipher) if path.exists() and path.stat().st_size else []
    return np.concatenate([np.empty((0, 1), np.int16), *blocks])


def _close(vault: Vault, session: str, lines: list[Line]) -> None:
    close_stored(vault, session)
    assert vault.find(session).state == "closed"
    assert vault.check() == []
    last = vault.lines(session)[-1]
    assert last["type"] == "SessionClosed"
    assert last["at"] >= max([0.0, *(line["at"] for line in lines)])
    assert last["reason"] != "failed" or last["n_utterances"] == len(_said(lines))


def _go_on(folder: Path, session: str, heard: Pcm, lines: list[Line]) -> None:
    """One more person says something."""
    more = bursts(1, seconds=0.5, pause=2.0, seed=9)
    with numbered_engine(inline=True) as engine:
        again: Sitting = anyio.run(partial(held, engine, folder, more, continues=session))
    (said,) = again.of(Utterance)
    assert said.utterance == 1 + len(_said(lines))
    with again.vault as vault:
        assert vault.find(session).state == "closed"
        assert vault.check() == []
        assert _heard(vault, session)[: len(heard)].tobytes() == heard.tobytes()
        for name in (CHUNKS_NAME, SPOKEN):
            assert survey(vault.sound(session).folder / name, vault.sound(session).cipher).closed


# --- a part of it dies


NOISE = 3
"""The greatest sample of the noise in which nobody speaks: so that silence that stands in for sound is told from it."""


def noisy(sound: Pcm) -> Pcm:
    noise = np.random.default_rng(5).integers(1, NOISE + 1, sound.shape)
    return np.where(np.abs(sound) <= NOISE, noise, sound).astype(np.int16)


@pytest.mark.anyio
async def test_a_microphones_process_that_is_killed_costs_a_second_of_the_same_recording(tmp_path: Path) -> None:
    sound = noisy(as_pcm(bursts(12, seconds=0.6, pause=0.9)[:, None]))
    sound.tofile(tmp_path / "sound")
    events: list[Event] = []

    def of(kind: type[Event]) -> list[Any]:
        return [event for event in events if isinstance(event, kind)]

    def watch(event: Event) -> None:
        events.append(event)
        if isinstance(event, Utterance) and event.utterance == 1:
            os.kill(given(tmp_path / "log")[0][0], signal.SIGKILL)

    with vault_in(tmp_path / "store") as vault, numbered_engine() as engine:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as stored, anyio.fail_after(60):
            open_input = paced_microphone(tmp_path / "sound", tmp_path / "log")
            await hold(engine, stored, open_input, until=lambda session: len(of(Cleared)) >= 3, watch=watch)
        heard = _heard(vault, stored.id)[:, 0]
        assert vault.find(stored.id).state == "closed"
    assert (len(of(DeviceLost)), len(of(DeviceBack)), len(of(AudioOpened)), len(of(AudioClosed))) == (1, 1, 1, 1)
    assert of(DeviceLost)[0].remedy
    assert len(heard) == pytest.approx(of(AudioClosed)[0].duration * RATE, abs=1)
    silent = np.flatnonzero(heard == 0)
    first, last = int(silent[0]), int(silent[-1])
    assert len(silent) == last - first + 1, "one silence stands in for what nobody heard"
    assert np.array_equal(heard[:first], sound[:first, 0])
    again = heard[last + 1 :]
    begins = np.flatnonzero(sound[: 2 * RATE, 0] == again[0])
    assert any(np.array_equal(again, sound[begin : begin + len(again), 0]) for begin in begins)
    assert [event.utterance for event in of(Utterance)] == list(range(1, len(of(Utterance)) + 1))


WAITS = bursts(4, seconds=1.0, pause=4.0)
"""Four utterances, each with time for its interpretation."""

NO_MEMORY = [MemoryError(), RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")]


class Exhausted:
    """A backend for which there is no memory at one item: that with `word` in what it is given or gives."""

    def __init__(self, backend: Any, error: Exception, word: str) -> None:
        self._backend, self._error, self._word = backend, error, word

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        read: Hypothesis = self._backend.recognize(utterance, languages=languages)
        self._allocate(read.text)
        return read

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        self._allocate(text)
        made: Translation = self._backend.translate(text, source=source, target=target)
        return made

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        self._allocate(text)
        yield from self._backend.synthesize(text, language=language)

    def _allocate(self, text: str) -> None:
        if self._word in text:
            raise self._error


def without_memory(engine: Engine, stage: str, error: Exception) -> Engine:
    """An engine that has none for the second utterance in one of its stages."""
    if stage == "recognize":
        return replace(engine, recognizer=Exhausted(engine.recognizer, error, "peito"))
    if stage == "translate":
        return replace(engine, translator=Exhausted(engine.translator, error, "peito"))
    voice = Voice(Exhausted(Tones(), error, "chest"), Quality.GOOD, 0.0)
    return replace(engine, voices=Voices([voice]))


@pytest.mark.anyio
@pytest.mark.parametrize("error", NO_MEMORY, ids=["MemoryError", "RuntimeError"])
@pytest.mark.parametrize("stage", ["recognize", "translate", "speak"])
async def test_a_model_without_memory_fails_at_one_utterance_and_the_session_goes_on(
    stage: str, error: Exception, tmp_path: Path
) -> None:
    with numbered_engine(inline=True) as engine:
        session = await held(without_memory(engine, stage, error), tmp_path, WAITS)
    (failed,) = session.of(StageFailed)
    assert (failed.stage, failed.utterance) == (stage, 2)
    assert "memory" in failed.message and failed.remedy
    assert {clause.utterance for clause in session.of(ClauseSpoken)} == {1, 3, 4}
    assert session.of(SessionClosed)[0].reason == "finished"


@pytest.mark.anyio
@pytest.mark.parametrize("error", NO_MEMORY, ids=["MemoryError", "RuntimeError"])
async def test_a_voice_print_for_which_there_is_no_memory_costs_no_words(error: Exception, tmp_path: Path) -> None:
    def embed(samples: Samples) -> None:
        raise error

    with numbered_engine(inline=True) as engine:
        session = await held(replace(engine, embed=embed), tmp_path, WAITS)
    assert [turn.role for turn in session.of(TurnAttributed)] == ["doctor", "patient", "doctor", "patient"]
    assert {clause.utterance for clause in session.of(ClauseSpoken)} == {1, 2, 3, 4}


class Full(io.FileIO):
    """A file on a disk that can be full: the beginning of what is written still fits."""

    full = False

    def write(self, data: Any, /) -> int:
        if not self.full:
            return super().write(data)
        if len(data) > 100:
            return super().write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.anyio
async def test_a_disk_that_is_full_for_a_while_is_told_and_the_recording_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[Full] = []
    create = ChunkWriter.create

    def on_full_disk(path: Path, cipher: Cipher, *, rate: int, n_channels: int) -> ChunkWriter:
        writer = create(path, cipher, rate=rate, n_channels=n_channels)
        if path.name == CHUNKS_NAME:
            writer._file.close()
            writer._file = Full(path, "r+b")
            writer._file.seek(0, os.SEEK_END)
            files.append(writer._file)
        return writer

    def act(session: LiveSession, event: Event) -> None:
        if isinstance(event, Utterance) and event.utterance in (1, 3):
            files[0].full = event.utterance == 1

    monkeypatch.setattr(ChunkWriter, "create", on_full_disk)
    with numbered_engine(inline=True) as engine:
        session = await held(engine, tmp_path, WAITS, act=act)
    assert [notice.code for notice in session.of(Notice)] == ["not-recording", "recording-again"]
    assert session.of(Notice)[0].remedy
    assert {clause.utterance for clause in session.of(ClauseSpoken)} == {1, 2, 3, 4}
    heard = _heard(session.vault, session.id)
    assert np.array_equal(heard, pcm(WAITS)[: len(heard)])
    assert len(heard) / RATE == pytest.approx(session.of(AudioClosed)[0].duration)
