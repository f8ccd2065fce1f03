"""The window: going places, what is under way is not left by accident, what must be seen is."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from voicedoc_desktop.app import PLACES, _watch, open_window
from voicedoc_desktop.process.task import PassphraseWanted
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.notices import Notice
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.tasks.keeping import DestroyExpired
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.views.navigation import PLACES as NAVIGATED
from voicedoc_desktop.views.passphrase import PassphraseDialog
from voicedoc_desktop.views.window import MainWindow, Making
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.question import Question
from voicedoc_desktop.words.load import speak

from tests.desktop.conftest import ScriptedDesk

pytestmark = pytest.mark.unit


class Plain(Screen):
    """A screen of nothing, which remembers how it was treated."""

    def __init__(self) -> None:
        super().__init__()
        self.treated: list[object] = []

    def arrive(self, go: Go) -> None:
        self.treated.append(go)

    def leave(self) -> None:
        self.treated.append("left")

    def close(self) -> None:
        self.treated.append("closed")


def plain() -> Making:
    return Making(lambda desk, settings: Plain(), lambda model: QLabel("words"))


@pytest.fixture(autouse=True)
def no_dialog_waits_for_ever(qapp: QApplication) -> Iterator[None]:
    """A dialog that a test does not answer is turned down, so that the test fails in place of hanging."""
    timer = QTimer(qapp)
    timer.timeout.connect(lambda: turned_down(QApplication.activeModalWidget()))
    timer.start(8000)
    yield
    timer.stop()
    timer.deleteLater()


def turned_down(shown: QWidget | None) -> None:
    if isinstance(shown, QDialog):
        shown.reject()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "desktop.toml")


@pytest.fixture
def window(qtbot: QtBot, desk: ScriptedDesk, settings: SettingsStore) -> MainWindow:
    made = MainWindow(desk, settings, dict.fromkeys(Place, plain))
    qtbot.addWidget(made, before_close_func=at_rest)
    made.show()
    made.go(Go(Place.HOME))
    return made


def at_rest(window: MainWindow) -> None:
    """A window that closes without a question."""
    for model in window.models.values():
        model.set_busy("")


def treated(window: MainWindow, place: Place) -> list[object]:
    model = window.models[place]
    assert isinstance(model, Plain)
    return model.treated


def answering(kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """When a dialog of this kind is shown, do something with it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def click(which: str) -> Callable[[QDialog], None]:
    return lambda dialog: getattr(dialog, which).click()


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def test_every_place_has_a_screen_and_a_way_to_it() -> None:
    assert set(PLACES) == set(Place)
    assert set(NAVIGATED) == set(Place) - {Place.WELCOME}


def test_a_place_is_made_when_somebody_first_goes_there_and_kept(window: MainWindow) -> None:
    assert set(window.models) == {Place.HOME}
    window.navigation.buttons[Place.MODELS].click()
    first = window.models[Place.MODELS]
    window.go(Go(Place.HOME))
    window.go(Go(Place.MODELS, session="x"))
    assert window.models[Place.MODELS] is first
    assert treated(window, Place.MODELS) == [Go(Place.MODELS), "left", Go(Place.MODELS, session="x")]


def test_a_screen_can_send_somebody_elsewhere(window: MainWindow) -> None:
    window.models[Place.HOME].wants.emit(Go(Place.REVIEW, session="aa11"))
    assert window.place is Place.REVIEW
    assert treated(window, Place.REVIEW) == [Go(Place.REVIEW, session="aa11")]
    assert window.navigation.buttons[Place.REVIEW].isChecked()


def test_what_is_under_way_is_left_only_on_purpose(window: MainWindow) -> None:
    window.go(Go(Place.VISIT))
    window.models[Place.VISIT].set_busy("A visit is under way")
    answering(Question, click("no"))
    window.navigation.buttons[Place.HOME].click()
    assert window.place is Place.VISIT
    assert window.navigation.buttons[Place.VISIT].isChecked()
    answering(Question, click("yes"))
    window.navigation.buttons[Place.HOME].click()
    assert window.place is Place.HOME
    assert window.busy_bar.isVisible()
    back = next(each for each in window.busy_bar.findChildren(QPushButton) if each.isVisible())
    back.click()
    assert window.place is Place.VISIT
    assert not window.busy_bar.isVisible()


def test_escape_is_the_harmless_answer(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Go(Place.VISIT))
    window.models[Place.VISIT].set_busy("A visit is under way")
    answering(Question, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert not window.close()
    assert window.isVisible()
    assert "closed" not in treated(window, Place.VISIT)


def test_what_goes_on_whatever_is_shown_is_left_without_a_word_but_not_closed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go(Go(Place.RECORDINGS))
    told: list[str] = []

    def stay(dialog: QDialog) -> None:
        told.append(texts(dialog))
        click("no")(dialog)

    with monkeypatch.context() as patched:  # over before the window is closed for good
        patched.setattr(Plain, "runs", "2 recordings are not transcribed yet")
        window.go(Go(Place.HOME))
        assert window.place is Place.HOME
        answering(Question, stay)
        assert not window.close()
    assert "2 recordings" in told[0]


def test_closing_ends_every_screen_and_keeps_the_size(window: MainWindow, settings: SettingsStore) -> None:
    window.resize(1010, 700)
    assert window.close()
    assert treated(window, Place.HOME)[-1] == "closed"
    assert (settings.now.width, settings.now.height) == (1010, 700)


def test_nothing_is_shown_while_what_must_be_kept_is_waited_for(
    window: MainWindow, desk: ScriptedDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    patients = QLabel("patient")
    qtbot.addWidget(patients)
    patients.show()
    monkeypatch.setattr(desk, "end", lambda: None)  # it takes its time
    assert window.close()
    assert not window.isVisible() and not patients.isVisible() and closed == []
    desk.ended.emit()
    assert closed == [True]
    assert window.close()  # again does nothing
    assert treated(window, Place.HOME).count("closed") == 1


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


@pytest.mark.usefixtures("hooks")
def test_a_mistake_that_nothing_catches_is_told_once_and_logged_without_a_patients_words(
    window: MainWindow, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    _watch(window)

    def err() -> None:
        raise RuntimeError("a dor no peito")

    for _ in range(2):
        try:
            err()
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=err)
    thread.start()
    thread.join()
    assert "mistake" not in window._notices  # not before the window is at rest
    qtbot.waitUntil(lambda: "mistake" in window._notices)
    assert "test_window.py" in window._notices["mistake"].remedy
    assert len(caplog.records) == 3
    assert "dor" not in caplog.text + window._notices["mistake"].text + window._notices["mistake"].remedy


def test_visits_that_are_over_their_time_are_destroyed_soon_after_the_start(
    qtbot: QtBot, qapp: QApplication, desk: ScriptedDesk, settings: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicedoc_desktop.app.SOON", 0)
    window = open_window(qapp, desk, settings)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: len(desk.tasks(DestroyExpired)) == 1)
    desk.job(DestroyExpired).fail("the disk is full", kind="StoreError")
    assert "expired" in window._notices


def test_a_dangerous_question_wants_its_word_typed(qtbot: QtBot) -> None:
    question = Question(None, "Destroy?", "For good.", yes="Destroy", no="Keep", is_danger=True, typed="aa11")
    qtbot.addWidget(question)
    assert not question.yes.isEnabled()
    qtbot.keyClicks(question.typed, "aa1")
    assert not question.yes.isEnabled()
    qtbot.keyClicks(question.typed, "1")
    assert question.yes.isEnabled()


def test_a_notice_stays_until_it_is_put_away_and_takes_the_place_of_an_older_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.notice(Notice("first", code="x"))
    window.notice(Notice("second", code="x"))
    window.notice(Notice("other"))
    QApplication.processEvents()
    shown = [banner for banner in window.findChildren(Banner) if banner.isVisible() and banner is not window.busy_bar]
    assert [banner.accessibleName() for banner in shown] == ["second", "other"]
    shown[0].put_away.emit()
    QApplication.processEvents()
    assert "second" not in texts(window)
    assert "other" in texts(window)


def test_a_process_that_died_is_told_in_words(window: MainWindow, desk: ScriptedDesk) -> None:
    desk.died.emit("visit")
    QApplication.processEvents()
    assert "What was said is kept" in texts(window)


def test_a_toast_says_what_was_done(window: MainWindow) -> None:
    window.models[Place.HOME].said.emit("It is done.")
    assert (window.toasts.text, window.toasts.isVisible()) == ("It is done.", True)


def test_the_navigation_folds_where_there_is_little_room(window: MainWindow) -> None:
    window.resize(1200, 800)
    QApplication.processEvents()
    wide = window.navigation.width()
    window.resize(700, 700)
    QApplication.processEvents()
    assert window.navigation.width() < wide
    assert window.navigation.buttons[Place.MODELS].text() == ""
    assert window.navigation.buttons[Place.MODELS].accessibleName() == "Models"


def test_places_are_reached_by_keyboard_folded_or_not(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for folded, key, place in ((False, Qt.Key.Key_5, Place.MODELS), (True, Qt.Key.Key_3, Place.REVIEW)):
        window.navigation.fold(folded=folded)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda place=place: window.place is place)


def test_a_passphrase_is_asked_for_and_handed_on(window: MainWindow, desk: ScriptedDesk, qtbot: QtBot) -> None:
    def type_it(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        qtbot.keyClicks(dialog.first, "correct horse")
        dialog.ok.click()

    answering(PassphraseDialog, type_it)
    desk.passphrase_wanted.emit(PassphraseWanted("", twice=False))
    answering(PassphraseDialog, lambda dialog: dialog.reject())
    desk.passphrase_wanted.emit(PassphraseWanted("", twice=False))
    assert desk.passphrases == ["correct horse", None]


@pytest.mark.parametrize(
    ("first", "second", "is_taken"),
    [
        ("short", "short", False),
        ("long enough", "other words", False),
        ("", "", False),
        ("long enough", "long enough", True),
    ],
)
def test_a_new_passphrase_is_long_and_typed_twice(qtbot: QtBot, first: str, second: str, is_taken: bool) -> None:
    dialog = PassphraseDialog(None, is_new=True)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.first, first)
    qtbot.keyClicks(dialog.second, second)
    dialog.ok.click()
    assert (dialog.text == first) is is_taken
    assert bool(dialog.wrong.text()) is not is_taken


def test_another_language_makes_the_views_anew_and_mirrors_them(
    qtbot: QtBot, qapp: QApplication, desk: ScriptedDesk, settings: SettingsStore
) -> None:
    settings.change(welcomed=True, language="en")
    window = open_window(qapp, desk, settings)
    qtbot.addWidget(window)
    QApplication.processEvents()
    english, model = window.views[Place.HOME], window.models[Place.HOME]
    settings.change(language="ar")
    QApplication.processEvents()
    QApplication.processEvents()
    arabic = window.views[Place.HOME]
    assert arabic is not english
    assert window.models[Place.HOME] is model
    assert arabic.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert window.navigation.mapTo(window, window.navigation.rect().topLeft()).x() > window.width() // 2
    settings.change(language="en")
    QApplication.processEvents()
    speak(qapp, "en")


def test_settings_that_could_not_be_read_are_told_at_the_start(
    qtbot: QtBot, qapp: QApplication, desk: ScriptedDesk, tmp_path: Path
) -> None:
    path = tmp_path / "desktop.toml"
    path.write_text("theme = mauve")
    window = open_window(qapp, desk, SettingsStore(path))
    qtbot.addWidget(window)
    QApplication.processEvents()
    assert "The settings could not be read" in texts(window)
    assert window.place is Place.WELCOME
