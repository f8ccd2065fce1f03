"""Surfaces that belong together: a card with a title, a row with a caption, a line between."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.labels import label, named

GRID = 8
"""Pixels: every distance is a multiple."""


class Card(QFrame):
    """A surface with a title, and what is in it one below the other: `card.body` takes it."""

    def __init__(self, title: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 2 * GRID + 4, 3 * GRID, 2 * GRID + 4)
        outer.setSpacing(2 * GRID)
        self.head = QHBoxLayout()
        self.head.setSpacing(GRID)
        self.title = label(title, "heading")
        self._put_head(outer, title, icon)
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID + 4)
        outer.addLayout(self.body)

    def _put_head(self, outer: QVBoxLayout, title: str, icon: str) -> None:
        if icon:
            mark = QLabel()
            set_icon(mark, icon, "accent", size=22)
            self.head.addWidget(mark)
        self.head.addWidget(self.title, 1)
        if title:
            named(self, title)
            outer.addLayout(self.head)


def row(*widgets: QWidget, stretch_last: bool = False) -> QHBoxLayout:
    """Widgets beside each other, from where one begins to read."""
    made = QHBoxLayout()
    made.setSpacing(GRID)
    for widget in widgets:
        made.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    if stretch_last:
        made.setStretch(len(widgets) - 1, 1)
    else:
        made.addStretch(1)
    return made


def beside(first: QWidget, *others: QWidget) -> QHBoxLayout:
    """Widgets beside each other; the first one takes the room that is left."""
    made = QHBoxLayout()
    made.setSpacing(GRID)
    made.addWidget(first, 1)
    for widget in others:
        made.addWidget(widget)
    return made


def field(caption: str, control: QWidget, hint: str = "") -> QWidget:
    """A control under its caption, with a hint below; the control is named by the caption."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    over = label(caption, "subheading")
    over.setBuddy(control)
    named(control, caption.replace("&", ""), hint)
    column.addWidget(over)
    column.addWidget(control)
    if hint:
        column.addWidget(label(hint, "caption"))
    return whole


def line() -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    made.setProperty("role", "line")
    return made
