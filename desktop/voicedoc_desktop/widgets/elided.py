"""A line of words that gives way: where there is little room, its middle is left out, and its tip has all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

from voicedoc_desktop.widgets.labels import TextRole

LEAST = 60
"""Pixels of width below which it never shrinks."""


class Elided(QLabel):
    """A label on one line. Screen readers get all of it."""

    def __init__(self, text: str = "", role: TextRole = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(room, int(align | Qt.AlignmentFlag.AlignAbsolute), shown)
        painter.end()
