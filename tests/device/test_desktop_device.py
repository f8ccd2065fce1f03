"""A visit through the app's own process: real models, PortAudio, a room on a virtual sound card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from voicedoc_desktop.process.client import Life, Process
from voicedoc_desktop.process.task import Task
from voicedoc_desktop.process.wire import Answer, Do, Done, Failed, Say, Stop, Told
from voicedoc_desktop.tasks.devices import Devices, Levels, ListDevices, WatchLevels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckStep,
    Consent,
    ConsentWanted,
    GoOn,
    HoldVisit,
    Loading,
    NoteSoFar,
    Opened,
    Press,
    Reading,
    SoundFound,
    VisitEnded,
    WatchNote,
)

from tests.helpers.live_program import with_stores
from tests.helpers.vault import PASSPHRASE
from tests.helpers.virtual_room import NOISE_DB, VirtualRoom, virtual_room
from voicedoc.capture.devices import Microphone
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.commands import Command
from voicedoc.core.events import ClauseSpoken, Event, SoundChecked, Translated, TurnAttributed
from voicedoc.core.speech import Role
from voicedoc.profiles import load_profile
from voicedoc.speak.hibari import Hibari
from voicedoc.speak.kokoro import Kokoro
from voicedoc.store.keys import Keys
from voicedoc.store.vault import Vault

pytestmark = [pytest.mark.device, pytest.mark.model]

Load = Callable[[str], LoadedModel]
T = TypeVar("T")

PATIENCE = 120.0
"""Seconds that a test waits on a busy machine."""


class App:
    """A process, its tasks one after another, and what the last one has told."""

    def __init__(self) -> None:
        self._process = Process("visit", self._hear)
        self._news = threading.Condition()
        self._items: list[object] = []
        self._end: Answer | None = None
        self._job = 0

    def __enter__(self) -> App:
        return self

    def __exit__(self, *_: object) -> None:
        if (life := self._process.end()) is not None:
            life.wait()

    def do(self, task: Task[Any]) -> None:
        self._job, self._items, self._end = self._job + 1, [], None
        self._process.life.send(Do(self._job, task))

    def say(self, item: object) -> None:
        self._process.life.send(Say(self._job, item))

    def stop(self) -> None:
        self._process.life.send(Stop(self._job))

    def until(self, kind: type[T], n: int = 1) -> T:
        with self._news:
            enough = self._news.wait_for(lambda: len(self.of(kind)) >= n or self._end is not None, PATIENCE)
            assert enough and len(self.of(kind)) >= n, (kind, self._end, self._items[-5:])
        return self.of(kind)[n - 1]

    def result(self) -> Any:
        with self._news:
            assert self._news.wait_for(lambda: self._end is not None, PATIENCE), self._items[-5:]
        assert isinstance(self._end, Done), self._end
        return self._end.result

    def of(self, kind: type[T]) -> list[T]:
        return [item for item in self._items if isinstance(item, kind)]

    def _hear(self, life: Life, answer: Answer) -> None:
        del life
        with self._news:
            if isinstance(answer, Told):
                self._items.append(answer.item)
            elif isinstance(answer, Done | Failed):
                self._end = answer
            self._news.notify_all()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualRoom]:
    with virtual_room(tmp_path) as opened:
        for name, value in with_stores(opened.environment, tmp_path / "sessions").items():
            monkeypatch.setenv(name, value)
        yield opened


def loud(samples: Samples) -> Samples:
    return as_samples((0.3 * samples / np.abs(samples).max()).astype(np.float32))


def wait_for_voice(room: VirtualRoom, before: int) -> None:
    """Until the loudspeaker has played half a second more than before."""
    until = time.monotonic() + PATIENCE
    while np.count_nonzero(room.played()) < before + SPEECH_RATE // 2:
        assert time.monotonic() < until, "nothing is read out"
        time.sleep(0.2)


def test_a_visit_is_held_in_the_apps_process(room: VirtualRoom, loaded_model: Load, tmp_path: Path) -> None:
    for name in load_profile("embedded").models:
        loaded_model(name)
    doctor, patient = Hibari(loaded_model("hibari-en")), Kokoro(
        loaded_model("kokoro"), languages=["pt"], voice="pm_alex", threads=1
    )  # fmt: skip
    asks = loud(np.concatenate(list(doctor.synthesize("Please tell me where the pain is.", language="en"))))
    answers = loud(
        np.concatenate(list(patient.synthesize("Tenho uma dor forte no estômago desde ontem.", language="pt")))
    )
    with App() as app:
        app.do(ListDevices())
        found: Devices = app.result()
        assert found.microphones and found.loudspeakers

        app.do(WatchLevels((Microphone(),)))
        app.until(Levels, 8)
        assert app.of(Levels)[-1].values[0] == pytest.approx(NOISE_DB, abs=4.0)
        app.stop()
        app.result()

        app.do(HoldVisit("en", "pt"))
        app.until(Opened)
        loading = app.of(Loading)
        assert [step.n_done for step in loading] == list(range(len(loading)))
        assert len(loading) - 1 <= loading[0].n_all <= len(loading), "what finds phrases by meaning is not counted"
        while app.until(CheckStep, len(app.of(CheckStep)) or 1).step != "speak":
            app.until(CheckStep, len(app.of(CheckStep)) + 1)
        room.say(asks, doctor.rate)
        assert app.until(SoundFound).is_well, app.of(SoundFound)
        app.say(GoOn())

        assert app.until(ConsentWanted).reads
        wait_for_voice(room, np.count_nonzero(room.played()))
        app.say(Consent(True))
        app.until(Began)
        assert app.until(Reading, 2) == Reading(False)
        app.until(Event, 5)
        time.sleep(1.0)
        for number, (sound, rate) in enumerate(((asks, doctor.rate), (answers, patient.rate)), start=1):
            room.say(sound, rate)
            app.until(Translated, number)
            app.until(ClauseSpoken, number)
            time.sleep(1.5)
        app.say(WatchNote(True))
        note = app.until(NoteSoFar)
        assert any("stomach" in line.text for line in note.lines), note
        app.say(Press(Command.END))
        ended: VisitEnded = app.result()
    assert ended.reason == "finished"
    assert {turn.role for turn in app.of(TurnAttributed)} == {Role.DOCTOR, Role.PATIENT}
    assert app.of(SoundChecked)
    with Vault(tmp_path / "sessions", Keys("passphrase", given=lambda: PASSPHRASE)) as vault:
        (kept,) = vault.sessions()
        assert (kept.id, kept.state, kept.agreed, kept.profile) == (ended.session, "closed", True, "embedded")
        assert any(
            "stomach" in event.translation.text for event in vault.read(kept.id) if isinstance(event, Translated)
        )
