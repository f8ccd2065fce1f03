"""Short words on what was done, over the window's foot, gone by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named

SHOWN_MS = 5000


class Toasts(QFrame):
    """One toast at a time over the foot of `over`; a new one takes the place of the last. Never takes the focus."""

    def __init__(self, window: QWidget, over: QWidget) -> None:
        super().__init__(window)
        self._over = over
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._text = label(wraps=False)
        mark = QLabel()
        set_icon(mark, "check", "good")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        whole.setSpacing(GRID)
        whole.addWidget(mark)
        whole.addWidget(self._text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, or was last."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show a few words for some seconds."""
        self._text.setText(text)
        named(self, text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            spot = self._over.mapTo(window, self._over.rect().bottomLeft())
            aside = (self._over.width() - self.width()) // 2
            self.move(spot.x() + aside, spot.y() - self.height() - 2 * GRID)
