"""The app: starts quickly, and leaves everything heavy to its processes."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from voicedoc import __version__
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.look.apply import look
from voicedoc_desktop.look.icons import icon
from voicedoc_desktop.mistakes import Mistakes
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore, settings_path
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.tasks.keeping import DestroyExpired
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.views.window import MainWindow, Making
from voicedoc_desktop.words.failures import failure_words
from voicedoc_desktop.words.load import speak

M = TypeVar("M", bound=Screen)

SOON, HOUR = 2_000, 3_600_000
"""Milliseconds until visits that are over their time are first looked for, and between two looks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app. `arguments` are those of the command line; the exit status."""
    multiprocessing.freeze_support()  # a bundled app starts its processes by itself
    given = _parser().parse_args(arguments)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("voicedoc")
    app.setApplicationDisplayName("VoiceDoc")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("voicedoc")
    app.setQuitOnLastWindowClosed(False)  # what its processes must still keep is waited for with no window shown
    desk = Desk()
    window = open_window(app, desk, SettingsStore(settings_path()))
    window.closed.connect(app.quit)
    _watch(window)
    if given.recordings:
        files = tuple(str(Path(path).absolute()) for path in given.recordings)
        QTimer.singleShot(0, window, lambda: window.go(Go(Place.RECORDINGS, files=files)))
    status = app.exec()
    desk.close()  # where the system ended the app, not its window
    return status


def _watch(window: MainWindow) -> None:
    """Tell mistakes in the program that nothing catches."""
    mistakes = Mistakes(window)
    mistakes.made.connect(window.notice, Qt.ConnectionType.QueuedConnection)  # from any thread
    mistakes.watch()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="voicedoc-desktop", description="VoiceDoc in a window.")
    parser.add_argument("recordings", nargs="*", metavar="RECORDING", help="Recordings to transcribe.")
    parser.add_argument("--version", action="version", version=f"VoiceDoc {__version__}")
    return parser


def open_window(app: QApplication, desk: Desk, settings: SettingsStore) -> MainWindow:
    """The window, shown, in the look and the language that are set. Asks its processes for nothing before that."""
    look().apply(settings.now.theme, settings.now.text_size)
    speak(app, settings.now.language)
    app.setWindowIcon(icon("visit", "accent", size=64))
    window = MainWindow(desk, settings, PLACES)
    _follow(app, window, settings)
    _destroy_expired(desk, window)
    first = Place.HOME if settings.now.welcomed else Place.WELCOME
    if settings.now.maximized:
        window.showMaximized()
    else:
        window.show()
    QTimer.singleShot(0, window, lambda: window.go(Go(first)))
    if settings.broken:
        window.notice(_broken(app, settings))
    return window


def _destroy_expired(desk: Desk, window: MainWindow) -> None:
    """Destroy the visits that are over their time, soon and every hour; what is refused is told."""

    def destroy() -> None:
        again.start(HOUR)
        desk.do(DestroyExpired()).failed.connect(refused)

    def refused(failure: Failure) -> None:
        words = failure_words(failure)
        window.notice(Notice(words.title, words.remedy, Tone.BAD, "expired"))

    again = QTimer(window)
    again.timeout.connect(destroy)
    again.start(SOON)


def _broken(app: QApplication, settings: SettingsStore) -> Notice:
    text = app.translate("App", "The settings could not be read, so everything is as at first.")
    remedy = app.translate("App", "The old file is kept as {name}: {why}")
    return Notice(text, remedy.format(name=settings.path.with_suffix(".broken").name, why=settings.broken))


def _follow(app: QApplication, window: MainWindow, settings: SettingsStore) -> None:
    """Look and speak as the settings say, whenever they change."""
    before = settings.now

    def changed(now: Settings) -> None:
        nonlocal before
        earlier, before = before, now
        if (now.theme, now.text_size) != (earlier.theme, earlier.text_size):
            look().apply(now.theme, now.text_size)
        if now.language != earlier.language:
            speak(app, now.language)
            QTimer.singleShot(0, window, window.rebuild)  # not while a view that will go is at it

    settings.changed.connect(changed)


# --- the places: what is needed for one is imported when somebody first goes there


def _home() -> Making:
    from voicedoc_desktop.viewmodels.home import HomeViewModel
    from voicedoc_desktop.views.home import HomeView

    return Making(HomeViewModel, _of(HomeViewModel, HomeView))


def _visit() -> Making:
    from voicedoc_desktop.viewmodels.visit import VisitViewModel
    from voicedoc_desktop.views.visit import VisitView

    return Making(VisitViewModel, _of(VisitViewModel, VisitView))


def _review() -> Making:
    from voicedoc_desktop.viewmodels.review import ReviewViewModel
    from voicedoc_desktop.views.review import ReviewView

    return Making(ReviewViewModel, _of(ReviewViewModel, ReviewView))


def _recordings() -> Making:
    from voicedoc_desktop.viewmodels.recordings import RecordingsViewModel
    from voicedoc_desktop.views.recordings import RecordingsView

    return Making(RecordingsViewModel, _of(RecordingsViewModel, RecordingsView))


def _models() -> Making:
    from voicedoc_desktop.viewmodels.models import ModelsViewModel
    from voicedoc_desktop.views.models import ModelsView

    return Making(ModelsViewModel, _of(ModelsViewModel, ModelsView))


def _settings() -> Making:
    from voicedoc_desktop.viewmodels.settings import SettingsViewModel
    from voicedoc_desktop.views.settings import SettingsView

    return Making(SettingsViewModel, _of(SettingsViewModel, SettingsView))


def _welcome() -> Making:
    from voicedoc_desktop.viewmodels.welcome import WelcomeViewModel
    from voicedoc_desktop.views.welcome import WelcomeView

    return Making(WelcomeViewModel, _of(WelcomeViewModel, WelcomeView))


def _of(kind: type[M], view: Callable[[M], QWidget]) -> Callable[[Screen], QWidget]:
    """A view that wants its own kind of view-model."""

    def made(model: Screen) -> QWidget:
        if not isinstance(model, kind):
            raise TypeError(f"{view} shows a {kind.__name__}, not a {type(model).__name__}")
        return view(model)

    return made


PLACES: Mapping[Place, Callable[[], Making]] = {
    Place.HOME: _home,
    Place.VISIT: _visit,
    Place.REVIEW: _review,
    Place.RECORDINGS: _recordings,
    Place.MODELS: _models,
    Place.SETTINGS: _settings,
    Place.WELCOME: _welcome,
}
"""Every place, by what imports and makes it."""
