"""How the application looks: puts colours, text size and icons on everything that is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from voicedoc_desktop.look.palette import DARK, LIGHT, Palette

BASE = 15
"""Pixels of plain text at 100 %."""

TEXT_SIZES = (100, 125, 150, 175, 200)
"""Per cent that one can choose."""

THEMES = ("system", "light", "dark")

_STYLE = Path(__file__).with_name("style.qss")
_ICONS = Path(__file__).with_name("icons")
_UNIT = re.compile(r"\b(\d+(?:\.\d+)?)u\b")


@dataclass(frozen=True, slots=True)
class Design:
    """The colours and the size of text that are in force."""

    palette: Palette
    text_size: int = 100

    @property
    def is_dark(self) -> bool:
        """Whether light stands on dark."""
        return self.palette is DARK

    def px(self, units: float) -> int:
        """Pixels of a length that grows with the text."""
        return round(units * self.text_size / 100)


class Look(QObject):
    """The one look of an application.

    Signals:
        changed: The new `Design`; whoever paints by hand paints anew.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme = "system"
        self.design = Design(LIGHT)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def apply(self, theme: str, text_size: int) -> None:
        """Put it on: `theme` is one of `THEMES`, `text_size` per cent."""
        self._theme = theme
        wanted = Design(_palette_for(theme), text_size)
        if wanted == self.design and self._app.styleSheet():
            return
        self.design = wanted
        font = QFont(self._app.font())
        font.setPixelSize(self.design.px(BASE))
        self._app.setFont(font)
        self._app.setPalette(_qt_palette(self.design.palette))
        self._app.setStyleSheet(style_sheet(self.design))
        self.changed.emit(self.design)

    def _system_changed(self) -> None:
        if self._theme == "system":
            self.apply("system", self.design.text_size)


def look() -> Look:
    """The look of the running application; made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no QApplication yet")
    found = app.findChild(Look)
    return found if isinstance(found, Look) else Look(app)


def design() -> Design:
    """What is in force now."""
    return look().design


def _palette_for(theme: str) -> Palette:
    if theme == "system":
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def style_sheet(wanted: Design) -> str:
    """The style sheet: `$name` is a colour, `8u` eight pixels at 100 %."""
    filled = Template(_STYLE.read_text("utf-8")).substitute(
        wanted.palette.as_dict(), icons=_ICONS.as_posix(), shade="dark" if wanted.is_dark else "light"
    )
    return _UNIT.sub(lambda found: f"{wanted.px(float(found[1]))}px", filled)


def _qt_palette(colours: Palette) -> QPalette:
    """For what the style sheet does not reach: dialogs of the system, selections, links."""
    palette, role = QPalette(), QPalette.ColorRole
    for part, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
    }.items():
        palette.setColor(part, QColor(colour))
    for part in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours.muted))
    return palette
