"""A notice where it concerns: what is the matter, what to do, and perhaps a button that does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, row
from voicedoc_desktop.widgets.labels import label, named, retone

ICONS = {Tone.PLAIN: "info", Tone.INFO: "info", Tone.GOOD: "check", Tone.WARN: "warning", Tone.BAD: "error"}
"""What stands before a notice."""


class Banner(QFrame):
    """A notice, in its colour, with its icon. `add_action` adds a button.

    Signals:
        put_away: Somebody has put it away; only where it can be.
    """

    put_away = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None, *, can_be_put_away: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._mark, self._text, self._remedy = QLabel(), label("", "subheading"), label()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._remedy)
        self._words = words
        self._actions: QHBoxLayout | None = None
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID + 4, GRID + 4, GRID + 4)
        whole.setSpacing(GRID + 4)
        whole.addWidget(self._mark)
        whole.addLayout(words, 1)
        self._away = button(self.tr("Put away"), self.put_away.emit, icon="cross", role="icon")
        self._away.setVisible(can_be_put_away)
        whole.addWidget(self._away)
        self.show_notice(notice)

    def show_notice(self, notice: Notice) -> None:
        """Show another one."""
        tone = Tone(notice.tone)
        set_icon(self._mark, ICONS[tone], "muted" if tone is Tone.PLAIN else tone.value, size=22)
        self._text.setText(notice.text)
        self._remedy.setText(notice.remedy)
        self._remedy.setVisible(bool(notice.remedy))
        retone(self, tone.value)
        named(self, notice.text, notice.remedy)

    def add_action(self, made: QPushButton) -> None:
        """A button that does something about it."""
        if self._actions is None:
            self._actions = row()
            self._words.addSpacing(GRID)
            self._words.addLayout(self._actions)
        self._actions.insertWidget(self._actions.count() - 1, made)
