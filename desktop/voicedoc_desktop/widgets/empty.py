"""What a place shows that has nothing to show: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.card import GRID, row
from voicedoc_desktop.widgets.labels import label, named


class EmptyState(QWidget):
    """An icon, a title, a sentence and buttons, in the middle."""

    def __init__(
        self, icon: str, title: str, text: str = "", buttons: Sequence[QPushButton] = (), *, tone: str = "muted"
    ) -> None:
        super().__init__()
        named(self, title, text)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(GRID)
        column.addStretch(1)
        mark = QLabel()
        set_icon(mark, icon, tone, size=40)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (label(title, "heading"), label(text, "muted")):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setVisible(bool(words.text()))
            column.addWidget(words)
        if buttons:
            beside = row(*buttons)
            beside.insertStretch(0, 1)
            column.addSpacing(GRID)
            column.addLayout(beside)
        column.addStretch(1)


class Loading(QWidget):
    """Something is being fetched: what, and a bar that says that it goes on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        named(self, text)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        words = label(text, "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setMaximumWidth(240)
        named(bar, text)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
