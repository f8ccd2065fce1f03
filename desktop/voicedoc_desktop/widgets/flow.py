"""Widgets beside each other as words in a paragraph: what has no room goes into the next line."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from voicedoc_desktop.widgets.card import GRID


class Flow(QLayout):
    """A layout that wraps. It begins where one begins to read."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = GRID) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _placed(self, rect: QRect, *, is_trial: bool) -> int:
        """Put each in its place; the height that all of them take."""
        rows = self._rows(rect.width())
        top = rect.y()
        for row in rows:
            height = max(item.sizeHint().height() for item in row)
            if not is_trial:
                self._place_row(row, rect, top, height)
            top += height + self.spacing()
        return max(0, top - rect.y() - self.spacing()) if rows else 0

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needs = item.sizeHint().width()
            if not rows or taken + needs > width:
                rows.append([])
                taken = 0
            rows[-1].append(item)
            taken += needs + self.spacing()
        return rows

    def _place_row(self, row: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        parent = self.parentWidget()
        is_from_right = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = rect.x()
        for item in row:
            width = min(item.sizeHint().width(), rect.width())
            x = rect.right() + 1 - (left - rect.x()) - width if is_from_right else left
            item.setGeometry(QRect(x, top, width, height))
            left += width + self.spacing()


def flowing(*widgets: QWidget) -> QWidget:
    """Widgets in lines that wrap."""
    whole = QWidget()
    lines = Flow(whole)
    for widget in widgets:
        lines.addWidget(widget)
    return whole
