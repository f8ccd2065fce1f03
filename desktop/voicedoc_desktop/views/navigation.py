"""The way between places, at the side of the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from voicedoc_desktop.look.apply import BASE, design, look
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.places import Place
from voicedoc_desktop.widgets.buttons import button, describe
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named, retone

PLACES = (Place.HOME, Place.VISIT, Place.REVIEW, Place.RECORDINGS, Place.MODELS, Place.SETTINGS)

_ICONS: Mapping[Place, str] = {place: place.value for place in PLACES}


class Navigation(QFrame):
    """Buttons for the places; folded, their icons alone.

    Signals:
        chosen: A `Place` that somebody wants.
        folded: Whether it is folded now, because somebody wanted that.
    """

    chosen = Signal(object)
    fold_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        from_right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._side = "right" if from_right else "left"
        self.setProperty("side", self._side)
        named(self, self.tr("Places"))
        self.is_folded = False
        self._words = self._names()
        self._group = QButtonGroup(self)
        self.buttons = {place: self._button(place, number) for number, place in enumerate(PLACES, start=1)}
        self._title = label("VoiceDoc", "heading", wraps=False)
        self._fold = button(self.tr("Fold"), self._toggle, icon="menu", role="icon")
        self._compose()
        look().changed.connect(self._resize)
        self._resize()

    def _names(self) -> dict[Place, str]:
        return {
            Place.HOME: self.tr("Home"),
            Place.VISIT: self.tr("Visit"),
            Place.REVIEW: self.tr("Review"),
            Place.RECORDINGS: self.tr("Recordings"),
            Place.MODELS: self.tr("Models"),
            Place.SETTINGS: self.tr("Settings"),
        }

    def _button(self, place: Place, number: int) -> QPushButton:
        made = button(self._words[place], shortcut=f"Ctrl+{number}", checkable=True)
        made.setProperty("role", "place")
        made.clicked.connect(lambda: self._choose(place))
        set_icon(made, _ICONS[place], "text", size=22)
        self._group.addButton(made)
        return made

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(4)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(GRID)
        for place in PLACES[:-1]:
            column.addWidget(self.buttons[place])
        column.addStretch(1)
        column.addWidget(self.buttons[Place.SETTINGS])

    def show_place(self, place: Place) -> None:
        """Mark where one is; a place that is not in the list marks none."""
        self._group.setExclusive(False)
        for each, made in self.buttons.items():
            made.setChecked(each is place)
            set_icon(made, _ICONS[each], "accent" if each is place else "text", size=22)
        self._group.setExclusive(True)

    def fold(self, *, folded: bool) -> None:
        """Show icons alone, or words with them."""
        self.is_folded = folded
        self._title.setVisible(not folded)
        for number, (place, made) in enumerate(self.buttons.items(), start=1):
            made.setText("" if folded else self._words[place])
            made.setShortcut(QKeySequence(f"Ctrl+{number}"))  # a new text takes the old one's shortcut along
            describe(made, self._words[place], shortcut=f"Ctrl+{number}")
            retone(made, "true" if folded else "false", "folded")
        self._resize()

    def _choose(self, place: Place) -> None:
        self.chosen.emit(place)

    def _toggle(self) -> None:
        self.fold(folded=not self.is_folded)
        self.fold_wanted.emit(self.is_folded)

    def _resize(self) -> None:
        bold = QFont(self.font())
        bold.setPixelSize(design().px(BASE))
        bold.setWeight(QFont.Weight.DemiBold)  # as the place where one is
        words = max(QFontMetrics(bold).horizontalAdvance(word) for word in self._words.values())
        narrow = design().px(22) + 2 * design().px(8) + 4 + 2 * GRID
        self.setFixedWidth(narrow if self.is_folded else max(words + design().px(22 + 2 * 12 + 16) + 3 * GRID, 160))
