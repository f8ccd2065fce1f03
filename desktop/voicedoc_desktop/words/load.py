"""Speaks one of the interface's languages: its words, its direction, its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from voicedoc.core.languages import primary
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.look.icons import refresh_icons
from voicedoc_desktop.state.settings import LANGUAGES

FOLDER = Path(__file__).parent

_QT = {"pt": "pt_BR", "zh": "zh_CN"}
"""Qt's own words are under other names in some languages."""


def chosen(wanted: str, of_the_system: Sequence[str]) -> str:
    """The interface's language: the one that is `wanted`; where that is "", the first of the system's that we have."""
    if wanted in LANGUAGES:
        return wanted
    return next((primary(tag) for tag in of_the_system if primary(tag) in LANGUAGES), "en")


def speak(app: QApplication, wanted: str) -> str:
    """Use a language from now on; which one it is. What is shown already has to be made anew."""
    language = chosen(wanted, QLocale.system().uiLanguages())
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    qt_words = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install(app, f"qtbase_{_QT.get(language, language)}", qt_words)
    _install(app, f"voicedoc_{language}", str(FOLDER))
    QLocale.setDefault(QLocale(language))
    is_from_right = language in RIGHT_TO_LEFT
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_from_right else Qt.LayoutDirection.LeftToRight)
    refresh_icons()
    return language


def _install(app: QApplication, name: str, folder: str) -> None:
    """Words that are not there are left in English: Qt itself has none for English."""
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()
