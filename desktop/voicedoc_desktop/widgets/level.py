"""How loud it is at a microphone, as a bar and a word."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named, retone

QUIET, LOUD, TOO_LOUD = -50.0, -9.0, -3.0
"""dB relative to full scale: below the first nothing is heard, above the last it distorts."""

_LOWEST = -60.0


class LevelMeter(QWidget):
    """A level from -60 to 0 dB. `name` says whose it is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar, self._word = QProgressBar(), label("", "caption", wraps=False)
        self._bar.setRange(0, 60)
        self._bar.setTextVisible(False)
        words = (self._words(level)[0] for level in (None, -120.0, -20.0, -5.0, 0.0))
        self._word.setMinimumWidth(max(self._word.fontMetrics().horizontalAdvance(word) for word in words))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self._bar, 1)
        whole.addWidget(self._word)
        named(self._bar, self.tr("Level of {name}").format(name=name))
        named(self, self.tr("Level of {name}").format(name=name))
        self.show_level(None)

    @property
    def word(self) -> str:
        """What the bar says, in a word."""
        return self._word.text()

    def show_level(self, level: float | None) -> None:
        """Show a level in dB; None where nothing listens."""
        self._bar.setValue(0 if level is None else round(max(level, _LOWEST) - _LOWEST))
        word, tone = self._words(level)
        if word != self._word.text():
            self._word.setText(word)
            self._bar.setAccessibleDescription(word)
            retone(self._bar, tone)

    def _words(self, level: float | None) -> tuple[str, str]:
        if level is None:
            return self.tr("not listening"), "plain"
        if level < QUIET:
            return self.tr("silence"), "plain"
        if level > TOO_LOUD:
            return self.tr("too loud"), "bad"
        return (self.tr("loud"), "warn") if level > LOUD else (self.tr("heard"), "good")
