"""A state in a word, with an icon and a colour: three ways to see it, so that no one of them is needed."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.labels import label, named, retone

_INKS = {"plain": "muted", "": "muted"}


class Badge(QFrame):
    """A small pill. `tone` is one of `Tone`, or "accent", "doctor", "patient"."""

    def __init__(self, text: str = "", icon: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self._icon, self._label = QLabel(), label(wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 10, 3)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_state(text, icon, tone)

    def show_state(self, text: str, icon: str = "", tone: str = "plain") -> None:
        """Show another state."""
        self._label.setText(text)
        self._icon.setVisible(bool(icon))
        if icon:
            set_icon(self._icon, icon, _INKS.get(tone, tone), size=16)
        retone(self, tone)
        named(self, text)
