"""Whole visits through a process of their own, on scripted backends: from the devices to the end, and after a death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import VISIT, Desk
from voicedoc_desktop.process.task import DIED, Failure
from voicedoc_desktop.tasks.devices import Levels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckAgain,
    CheckStep,
    Consent,
    ConsentWanted,
    Earlier,
    FallSilent,
    FindPhrases,
    GoOn,
    HoldVisit,
    NoteSoFar,
    Opened,
    PhrasesFound,
    Press,
    Purged,
    ReadAloud,
    Reading,
    SoundFound,
    VisitEnded,
    WatchNote,
)

from tests.conftest import ROOT
from tests.helpers.desktop_visit import FileSound, GuardedVisit, file_sound, scripted_profile
from tests.helpers.vault import PASSPHRASE, keep_visit, vault_in
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    ClauseSpoken,
    Cleared,
    Consented,
    Event,
    Frame,
    Held,
    SessionClosed,
    SpeechStarted,
    TranscriptFinal,
    Translated,
    Utterance,
    Withdrawn,
)
from voicedoc.core.speech import Role
from voicedoc.visit.room import RoomWanted

pytestmark = pytest.mark.unit

PATIENCE = 60_000
"""Milliseconds that a test waits on a busy machine."""

T = TypeVar("T")


class Window:
    """What a window would know of a visit, and how a test has it wait for that."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self._desk, self._qtbot = desk, qtbot
        self.items: list[object] = []
        self.end: VisitEnded | Failure | None = None

    def hold(self, task: HoldVisit) -> None:
        self.items, self.end = [], None
        self.job = self._desk.do(task, process=VISIT)
        self.job.told.connect(self.items.extend)
        self.job.done.connect(self._over)
        self.job.failed.connect(self._over)

    def _over(self, end: VisitEnded | Failure) -> None:
        self.end = end

    def of(self, kind: type[T]) -> list[T]:
        return [item for item in self.items if isinstance(item, kind)]

    def until(self, kind: type[T], n: int = 1, that: Callable[[T], bool] = lambda item: True) -> T:
        """Wait for the n-th thing of a kind (`that` holds of)."""

        def found() -> list[T]:
            assert self.end is None or len([item for item in self.of(kind) if that(item)]) >= n, self.end
            return [item for item in self.of(kind) if that(item)]

        self._qtbot.waitUntil(lambda: len(found()) >= n, timeout=PATIENCE)
        return found()[n - 1]

    def until_end(self) -> Any:
        self._qtbot.waitUntil(lambda: self.end is not None, timeout=PATIENCE)
        return self.end

    def press(self, command: Command, argument: str = "", utterance: int = 0) -> None:
        self.job.say(Press(command, argument, utterance))  # type: ignore[arg-type]

    def place(self, kind: type) -> int:
        """Where the first thing of a kind stands among all that was told."""
        return next(place for place, item in enumerate(self.items) if isinstance(item, kind))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    desk = Desk()
    yield Window(desk, qtbot)
    desk.close()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session store of the test's own."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    return tmp_path / "sessions"


@pytest.fixture
def sound(tmp_path: Path) -> FileSound:
    return file_sound(tmp_path)


@pytest.fixture
def planned(tmp_path: Path, sound: FileSound, store: Path) -> Callable[..., HoldVisit]:
    """A visit, of which a test says what is special."""
    profile = scripted_profile(tmp_path)

    def plan(**options: Any) -> HoldVisit:
        usual: dict[str, Any] = {"doctor": "en", "patient": "pt", "profile": profile, "sound": sound, "checks": False}
        return GuardedVisit(**{**usual, **options})

    return plan


def test_a_visit_from_the_sound_check_to_the_last_word(
    window: Window,
    planned: Callable[..., HoldVisit],
    store: Path,
    sound: FileSound,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with vault_in(store) as vault:
        keep_visit(vault, keep_days=0)
    window.hold(planned(checks=True))
    known = window.until(Opened)
    assert (known.doctor, known.patient, known.channels, known.loudspeaker) == ("en", "pt", ("Yeti",), "Speaker")
    assert known.has_phrases and known.speaks_patient and known.session == ""
    assert [purged.trouble for purged in window.of(Purged)] == [""]

    first = window.until(SoundFound)
    assert [step.step for step in window.of(CheckStep)] == ["quiet", "speak"]
    assert any("a voice" in line.text for line in first.lines)
    window.job.say(CheckAgain())
    window.until(SoundFound, 2)
    window.job.say(GoOn())

    wanted = window.until(ConsentWanted)
    assert wanted.reads and "Posso gravar esta conversa?" in wanted.patient.sentences
    assert "May I record this conversation?" in wanted.doctor.sentences and "not reviewed" in wanted.status
    window.until(Reading, 2)
    assert len(sound.said.read_text().split()) == len(wanted.patient.sentences)
    window.job.say(ReadAloud())
    window.until(Reading, 3)
    window.job.say(FallSilent())
    window.until(Reading, 4)
    assert [(reading.is_on, reading.trouble) for reading in window.of(Reading)] == [(True, ""), (False, "")] * 2
    assert not window.of(Began)
    window.job.say(Consent(True))

    began = window.until(Began)
    assert began.part == 1
    window.job.say(FindPhrases("Where does it hurt?"))
    window.job.say(WatchNote(True))
    found = window.until(PhrasesFound)
    assert "Onde dói?" in [offered.translation for offered in found.offered]
    window.press(Command.PHRASE, found.offered[0].id)
    window.until(Cleared, 1, lambda cleared: cleared.purpose == "phrase")
    heard = window.until(TranscriptFinal, 2)
    window.press(Command.SPEAKER, Role.DOCTOR.value, heard.utterance)
    note = window.until(NoteSoFar, 1, lambda note: any("chest" in line.text for line in note.lines))
    assert {line.is_title for line in note.lines} == {True, False}
    assert any(heard.utterance in line.utterances for line in note.lines)
    window.until(ClauseSpoken, 2)
    assert window.until(Levels).values
    window.press(Command.END)
    ended = window.until_end()

    assert (ended.session, ended.reason) == (began.session, "finished")
    assert ended.figures.n_translated >= 2
    frames = window.of(Frame)
    assert all(event.samples is None for event in (*frames, *window.of(Utterance)))
    assert len(frames) <= 10 * frames[-1].at + 2, "the clock comes ten times a second"
    order = [window.place(kind) for kind in (Purged, Opened, CheckStep, SoundFound, ConsentWanted, Began, Consented)]
    assert order == sorted(order)
    with vault_in(store) as vault:
        (kept,) = vault.sessions()
        events = vault.read(kept.id)
    assert (kept.id, kept.state, kept.agreed) == (began.session, "closed", True)
    told = [type(event).__name__ for event in window.of(Event) if event.journalled]
    assert set(told) <= {type(event).__name__ for event in events}
    for kind in (Utterance, Translated, ClauseSpoken, SessionClosed):
        assert len(window.of(kind)) == len([event for event in events if isinstance(event, kind)])
    logged = capfd.readouterr().err
    assert not [word for word in ("pain", "dor", "peito", "chest", "2.5 mg") if word in logged], logged


def test_consent_that_is_refused_leaves_no_sound(
    window: Window, planned: Callable[..., HoldVisit], store: Path
) -> None:
    window.hold(planned(room=RoomWanted(silent=True)))
    assert not window.until(ConsentWanted).reads
    assert window.of(Opened)[0].loudspeaker == ""
    window.job.say(Consent(False))
    ended = window.until_end()
    assert (ended.reason, ended.figures) == ("declined", None)
    with vault_in(store) as vault:
        (kept,) = vault.sessions()
        assert (kept.id, kept.reason, kept.agreed) == (ended.session, "declined", False)
        assert list(vault.sound(kept.id).folder.iterdir()) == []


def test_a_visit_that_is_given_up_before_it_begins_leaves_nothing(
    window: Window, planned: Callable[..., HoldVisit], store: Path
) -> None:
    window.hold(planned())
    window.until(ConsentWanted)
    window.job.stop()
    assert window.until_end() == VisitEnded("", "given up")
    with vault_in(store) as vault:
        assert vault.sessions() == []


def test_a_microphone_that_fails_in_the_sound_check_is_told_and_may_be_tried_again(
    window: Window, planned: Callable[..., HoldVisit], sound: FileSound, tmp_path: Path
) -> None:
    window.hold(planned(checks=True, sound=FileSound(tmp_path / "nothing", sound.said)))
    found = window.until(SoundFound)
    assert not found.is_well and found.lines[0].text and found.remedy
    window.job.say(CheckAgain())
    assert window.until(SoundFound, 2) == found
    window.job.say(GoOn())  # all the same
    window.until(ConsentWanted)
    window.job.say(Consent(True))
    failure = window.until_end()
    assert isinstance(failure, Failure) and failure.kind == "BackendUnavailable"


def test_what_is_held_waits_for_the_clinicians_key_and_a_stop_ends_as_the_end_key_does(
    window: Window, planned: Callable[..., HoldVisit], tmp_path: Path
) -> None:
    wrong = {"Tome 2,5 mg duas vezes por dia.": "Tome 25 mg duas vezes por dia."}
    profile = scripted_profile(tmp_path, ["en: Take 2.5 mg twice a day."] * 20, wrong)
    window.hold(planned(consented=True, profile=profile))
    held = window.until(Held)
    window.press(Command.SKIP, utterance=held.utterance)
    assert window.until(Withdrawn).utterance == held.utterance
    assert not window.of(ConsentWanted) and not window.of(SoundFound)
    window.job.stop()
    ended = window.until_end()
    assert (ended.reason, ended.figures.n_held) == ("finished", len(window.of(Held)))


def test_a_visit_whose_process_is_killed_is_there_and_goes_on(
    window: Window, planned: Callable[..., HoldVisit], store: Path, qtbot: QtBot
) -> None:
    window.hold(planned(consented=True))
    session = window.until(Began).session
    window.until(TranscriptFinal)
    with vault_in(store) as vault:
        pid = next(each.pid for each in vault.sessions())
    before = len(window.of(TranscriptFinal))
    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    assert window.until_end().kind == DIED
    noticed = time.monotonic() - began
    assert noticed < PATIENCE / 1000
    with vault_in(store) as vault:
        assert [each.id for each in vault.unfinished()] == [session]

    window.hold(planned(doctor="", patient="", continued=session))
    assert window.until(Opened).session == session
    assert window.until(Began) == Began(session, 2)
    assert not window.of(ConsentWanted), "they have agreed before"
    (earlier,) = window.of(Earlier)
    assert len([event for event in earlier.events if isinstance(event, TranscriptFinal)]) >= before
    window.until(TranscriptFinal)
    window.press(Command.END)
    assert window.until_end().reason == "finished"
    with vault_in(store) as vault:
        (kept,) = vault.sessions()
        heard = [event.utterance for event in vault.read(session) if isinstance(event, TranscriptFinal)]
    assert (kept.state, kept.parts) == ("closed", 2)
    assert len(set(heard)) > before


def test_a_visit_that_cannot_begin_says_why_and_the_next_one_can(
    window: Window, planned: Callable[..., HoldVisit], store: Path
) -> None:
    for wrong, kind in (
        (planned(continued="ffff"), "ConfigError"),
        (planned(profile="no-such-profile"), "ConfigError"),
        (planned(patient="en-GB"), "ConfigError"),
        (planned(room=RoomWanted(microphone="no such device")), "ConfigError"),
        (planned(glossary="/no/such/file.csv"), "ConfigError"),
    ):
        window.hold(wrong)
        failure = window.until_end()
        assert (type(failure), failure.kind) == (Failure, kind), failure
        assert failure.message
    with vault_in(store) as vault:
        assert vault.sessions() == []
    window.hold(planned())
    window.until(ConsentWanted)


WINDOW = """
import sys, time
from pathlib import Path
from voicedoc_desktop.process.client import Process
from voicedoc_desktop.process.wire import Do
from voicedoc_desktop.tasks.visit import Began
from tests.helpers.desktop_visit import GuardedVisit, file_sound, scripted_profile
from voicedoc.core.events import SpeechStarted

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    def hear(life, answer):
        if isinstance(getattr(answer, "item", None), SpeechStarted):
            print("speaks", flush=True)
    life = Process("visit", hear).life
    visit = GuardedVisit("en", "pt", scripted_profile(folder), checks=False, consented=True, sound=file_sound(folder))
    life.send(Do(1, visit))
    time.sleep(600)
"""


def test_a_window_that_is_killed_ends_its_visit_which_is_whole(store: Path, tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    program = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None and program.stdout.readline() == "speaks\n"
    program.kill()
    program.communicate()
    until = time.monotonic() + PATIENCE / 1000
    with vault_in(store) as vault:
        while vault.sessions()[0].state == "open" and time.monotonic() < until:
            time.sleep(0.1)
        (kept,) = vault.sessions()
        events = vault.read(kept.id)
    assert (kept.state, kept.reason) == ("closed", "interrupted")
    assert isinstance(events[-1], SessionClosed)
    assert any(isinstance(event, SpeechStarted) for event in events)
