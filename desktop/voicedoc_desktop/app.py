"""The app: starts quickly, and leaves everything heavy to its processes."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from voicedoc import __version__
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.look.apply import look
from voicedoc_desktop.look.icons import icon
from voicedoc_desktop.settings import SettingsStore, settings_path
from voicedoc_desktop.state.notices import Notice
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.views.window import MainWindow, Making
from voicedoc_desktop.words.load import speak

M = TypeVar("M", bound=Screen)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app. `arguments` are those of the command line; the exit status."""
    multiprocessing.freeze_support()  # a bundled app starts its processes by itself
    given = _parser().parse_args(arguments)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("voicedoc")
    app.setApplicationDisplayName("VoiceDoc")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("voicedoc")
    desk = Desk()
    window = open_window(app, desk, SettingsStore(settings_path()))
    window.closed.connect(app.quit)  # whatever other window, such as the patient's, is still there
    if given.recordings:
        files = tuple(str(Path(path).absolute()) for path in given.recordings)
        QTimer.singleShot(0, window, lambda: window.go(Go(Place.RECORDINGS, files=files)))
    return app.exec()


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
    first = Place.HOME if settings.now.welcomed else Place.WELCOME
    if settings.now.maximized:
        window.showMaximized()
    else:
        window.show()
    QTimer.singleShot(0, window, lambda: window.go(Go(first)))
    if settings.broken:
        window.notice(_broken(app, settings))
    return window


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
