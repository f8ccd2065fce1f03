"""Two columns beside each other where there is room, else one below the other."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from voicedoc_desktop.look.apply import design
from voicedoc_desktop.widgets.card import GRID


class Columns(QWidget):
    """`left` and `right` take widgets. Below `narrow` units of width they stand one below the other."""

    def __init__(self, *, narrow: int = 860, shares: tuple[int, int] = (3, 2)) -> None:
        super().__init__()
        self._narrow = narrow
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(2 * GRID)
        for column, share in zip((self.left, self.right), shares, strict=True):
            column.setSpacing(2 * GRID)
            whole = QVBoxLayout()
            whole.addLayout(column)
            whole.addStretch(1)
            self._across.addLayout(whole, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside or below each other."""
        super().resizeEvent(event)
        is_narrow = self.width() < design().px(self._narrow)
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._across.direction() is not wanted:
            self._across.setDirection(wanted)
