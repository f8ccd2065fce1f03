"""The first screen: setting up a visit by keyboard, what is told of it, and where one goes from here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import VISIT
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.outlook import Lack
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.state.visit_plan import Sharing
from voicedoc_desktop.tasks.devices import Levels, ListDevices, WatchLevels
from voicedoc_desktop.tasks.outlook import LookAhead
from voicedoc_desktop.tasks.sessions import CloseSession
from voicedoc_desktop.viewmodels.sound_devices import SoundDevices
from voicedoc_desktop.views.home import HomeView
from voicedoc_desktop.widgets.buttons import QPushButton

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.home_screens import AROUND, DEVICES, SESSIONS, home, outlook
from tests.desktop.screens import Studio

pytestmark = pytest.mark.unit


@pytest.fixture
def studio(desk: ScriptedDesk, tmp_path: Path) -> Studio:
    return Studio(desk, SettingsStore(tmp_path / "desktop.toml"), tmp_path)


def shown(qtbot: QtBot, view: HomeView) -> HomeView:
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    settle()
    return view


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def gone_to(view: HomeView) -> list[Go]:
    goes: list[Go] = []
    view._model.wants.connect(goes.append)
    return goes


def words(view: HomeView) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


def test_a_visit_is_set_up_and_begun_by_keyboard_alone(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio))
    goes = gone_to(view)
    view.setup.doctor.setFocus()
    qtbot.keyClicks(view.setup.doctor, "Span")
    settle()
    assert studio.settings.now.doctor == "es"
    assert studio.desk.tasks(LookAhead)[-1].doctor == "es"
    qtbot.keyClick(view.setup.doctor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(goes))
    assert [(go.place, go.plan and go.plan.doctor) for go in goes] == [(Place.VISIT, "es")]


def test_a_visit_cannot_begin_before_its_models_are_there(qtbot: QtBot, studio: Studio) -> None:
    lack = Lack("whisper-base", "recognize", 147_000_000, "MIT", False)
    view = shown(qtbot, home(studio, LookAhead=outlook((lack,))))
    goes = gone_to(view)
    assert not view.setup.start.isEnabled()
    assert "147 MB" in words(view)
    view.setup.fetch.click()
    assert [go.place for go in goes] == [Place.WELCOME]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, "until somebody destroys them"),
        (0, "destroyed soon after the visit"),
        (30, "destroyed 30 days after the visit"),
    ],
)
def test_it_says_how_long_a_visit_is_kept(qtbot: QtBot, studio: Studio, days: int | None, expected: str) -> None:
    view = shown(qtbot, home(studio, LookAround=replace(AROUND, keep_days=days)))
    assert expected.replace("30 days", "30 day(s)") in words(view) or expected in words(view)


def test_a_pair_that_is_not_served_is_told_with_what_to_do(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio, LookAhead=outlook(problem="no translator")))
    assert not view.setup.start.isEnabled()
    assert "does not interpret between these two languages" in words(view)
    assert "--profile workstation" in words(view)


def test_what_was_not_measured_is_said_and_few_recordings_too(qtbot: QtBot, studio: Studio) -> None:
    text = words(shown(qtbot, home(studio)))
    assert "2.6 of 100 words misheard (recordings: 23)" in text
    assert "(recordings: 1): too few to rely on" in text
    assert "time to the voice not measured" in text


def test_the_levels_of_the_chosen_microphones_are_shown_and_listening_ends_with_the_screen(
    qtbot: QtBot, studio: Studio
) -> None:
    view = shown(qtbot, home(studio))
    meters = view.setup.devices.meters
    assert (meters[0].word, meters[1].isVisibleTo(view)) == ("heard", False)
    view._model.devices.choose(sharing=Sharing.CHANNELS)
    settle()
    second = studio.desk.job(WatchLevels)
    assert second.task.microphones[0].channels == (0, 1)
    second.tell(Levels((-60.5, -1.0)))
    assert [meter.word for meter in meters] == ["silence", "too loud"]
    assert meters[1].isVisibleTo(view)
    view._model.leave()
    assert second.is_stopped


def test_nobody_listens_once_the_screen_is_left_though_the_devices_are_told_only_then(
    qtbot: QtBot, studio: Studio
) -> None:
    devices = SoundDevices(studio.desk, studio.settings)
    devices.find()
    asked = studio.desk.job(ListDevices)
    devices.rest()
    asked.finish(DEVICES)
    assert studio.desk.tasks(WatchLevels) == []


def test_a_visit_has_its_microphone_for_itself(qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio.desk, "is_at_work", lambda process: process == VISIT)
    shown(qtbot, home(studio))
    assert studio.desk.tasks(ListDevices) and studio.desk.tasks(WatchLevels) == []


def test_a_microphone_that_was_unplugged_is_named(qtbot: QtBot, studio: Studio) -> None:
    studio.settings.change(microphone="Conference unit")
    assert "Conference unit is not plugged in." in words(shown(qtbot, home(studio)))


def test_without_any_microphone_no_visit_begins(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio, ListDevices=DEVICES.__class__((), DEVICES.loudspeakers)))
    assert not view.setup.start.isEnabled()
    assert "This machine has no microphone." in words(view)


def test_a_visit_that_was_cut_off_is_continued_with_one_click(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio))
    goes = gone_to(view)
    button(view, "Continue").click()
    assert goes == [Go(Place.VISIT, session="aa11")]


def test_a_visit_that_was_cut_off_can_be_ended_instead(qtbot: QtBot, studio: Studio) -> None:
    ended = Known(id="aa11", state="closed", began=SESSIONS[0].began, languages=("en", "pt"))
    studio.desk.answer(CloseSession, result=ended)
    view = shown(qtbot, home(studio))
    button(view, "End it").click()
    settle()
    assert "A visit was cut off" not in words(view)


def test_sessions_that_cannot_be_read_are_told(qtbot: QtBot, studio: Studio) -> None:
    refused = Failure("the disk is full", "make room", "StoreError")
    assert "make room" in words(shown(qtbot, home(studio, ListSessions=refused)))


def test_recordings_that_are_dropped_go_to_be_transcribed(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio))
    goes = gone_to(view)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/recordings/a.wav"), QUrl("https://example.org/b.wav")])
    spot = QPointF(5, 5)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    view.drop.dropEvent(QDropEvent(spot, copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert goes == [Go(Place.RECORDINGS, files=("/recordings/a.wav",))]


def test_swapping_the_languages_asks_anew_what_can_be_expected(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio))
    button(view, "Swap the two languages").click()
    settle()
    assert (studio.settings.now.doctor, studio.settings.now.patient) == ("pt", "en")
    assert studio.desk.tasks(LookAhead)[-1].doctor == "pt"


def test_the_wheel_changes_no_choice(qtbot: QtBot, studio: Studio) -> None:
    view = shown(qtbot, home(studio))
    before = view.setup.doctor.currentIndex()
    for step in (120, -120):
        QApplication.sendEvent(view.setup.doctor, wheel(step))
    assert view.setup.doctor.currentIndex() == before


def wheel(step: int) -> QWheelEvent:
    spot, none = QPointF(5, 5), Qt.MouseButton.NoButton
    phase, modifier = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    return QWheelEvent(spot, spot, QPoint(), QPoint(0, step), none, modifier, phase, False)


def button(view: HomeView, name: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if each.accessibleName() == name)
