"""Choosing one of some: a box that keeps to what it is told, and says what somebody chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget


class Choice(NamedTuple):
    """Something that may be chosen, and what it is called."""

    value: str
    text: str


class ChoiceBox(QComboBox):
    """A box of choices. The wheel scrolls the page, and never changes a choice by accident.

    Signals:
        chosen: The value that somebody chose; never what `show_choices` shows.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _: self.chosen.emit(str(self.currentData())))

    def show_choices(self, choices: Sequence[Choice], value: str) -> None:
        """Show what may be chosen, and what is; a value that is not among them is shown as it is."""
        known = [choice.value for choice in choices]
        wanted = [*choices] if value in known else [*choices, Choice(value, value)]
        with QSignalBlocker(self):
            if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] != wanted:
                self.clear()
                for choice in wanted:
                    self.addItem(choice.text, choice.value)
            self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()
