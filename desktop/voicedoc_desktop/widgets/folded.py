"""Something that most people need rarely: a line that unfolds it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID


class Folded(QWidget):
    """A title that shows and hides `inner`."""

    def __init__(self, title: str, inner: QWidget, *, is_open: bool = False) -> None:
        super().__init__()
        self.inner = inner
        self.title = button(title, icon="forward", role="quiet", checkable=True)
        self.title.setProperty("fold", "true")
        self.title.setChecked(is_open)
        self.title.toggled.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(inner)
        self._toggle(is_open)

    def _toggle(self, is_open: bool) -> None:
        self.inner.setVisible(is_open)
        set_icon(self.title, "down" if is_open else "forward", "accent")
        words = self.tr("unfolded") if is_open else self.tr("folded")
        self.title.setAccessibleDescription(words)
