"""The frame of a screen: a title, what can be done, and a body that scrolls and is never wider than one reads well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named


class Page(QWidget):
    """A screen. `page.body` takes its parts; `page.add_action` puts a button beside the title."""

    def __init__(self, title: str, subtitle: str = "", *, widest: int = 1080) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        named(self, title, subtitle)
        self._inner = QWidget()
        self._inner.setProperty("role", "plain")
        self._inner.setMaximumWidth(widest)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(self._top(title, subtitle))
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        column.addLayout(self.body)
        column.addStretch(1)
        self._place()

    def _top(self, title: str, subtitle: str) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title, self.subtitle = label(title, "title"), label(subtitle, "muted")
        self.subtitle.setVisible(bool(subtitle))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GRID)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addLayout(self._actions)
        return top

    def _place(self) -> None:
        middle = QWidget()
        middle.setProperty("role", "plain")
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._inner, 1000)
        across.addStretch(1)
        self.area = QScrollArea()
        self.area.setProperty("role", "page")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def add_action(self, made: QPushButton) -> None:
        """A button beside the title."""
        self._actions.addWidget(made)
