"""The outline of a recording, in which one can go to any moment, by mouse or key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from voicedoc.core.time import clock_text
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.state.review import Outline

_STEP, _PAGE = 5_000, 30_000
"""Milliseconds that a key moves."""


class OutlineBar(QSlider):
    """A recording from its beginning to its end. To screen readers it is a slider in milliseconds.

    Signals:
        sought: The second that somebody went to.
    """

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSingleStep(_STEP)
        self.setPageStep(_PAGE)
        self.setMinimumHeight(56)
        self._outline: Outline | None = None
        self._marks: tuple[float, ...] = ()
        self.show_duration(0.0)
        look().changed.connect(self._restyled)

    def _restyled(self, _: object) -> None:
        self.update()

    def show_duration(self, seconds: float) -> None:
        """How long the recording is."""
        self.setRange(0, max(1, round(seconds * 1000)))

    def show_outline(self, outline: Outline | None) -> None:
        """Draw it; None where it is not known yet."""
        self._outline = outline
        self.update()

    def show_marks(self, seconds: Sequence[float]) -> None:
        """Where something was found."""
        self._marks = tuple(seconds)
        self.update()

    def show_place(self, seconds: float) -> None:
        """Where the player is."""
        if not self.isSliderDown():
            self.setValue(round(seconds * 1000))
        self.setToolTip(clock_text(seconds))

    # --- going to a moment

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._go(event)
        self.setSliderDown(False)
        self.sought.emit(self.value() / 1000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self.sought.emit(self.value() / 1000)

    def _go(self, event: QMouseEvent) -> None:
        share = min(max(0.0, event.position().x() / max(1, self.width())), 1.0)
        self.setValue(round(self.maximum() * (1.0 - share if self.isRightToLeft() else share)))

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = design().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colours.focus if self.hasFocus() else colours.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(frame, 8, 8)
        self._draw_peaks(painter)
        painter.setPen(QPen(QColor(colours.bad), 3))
        for seconds in self._marks:
            x = self._x(round(seconds * 1000))
            painter.drawLine(round(x), self.height() - 9, round(x), self.height() - 4)
        painter.setPen(QPen(QColor(colours.text), 2))
        x = self._x(self.value())
        painter.drawLine(round(x), 4, round(x), self.height() - 4)
        painter.end()

    def _draw_peaks(self, painter: QPainter) -> None:
        colours, middle = design().palette, self.height() / 2
        n_bars = max(1, self.width() // 3)
        for bar in range(n_bars):
            height = max(1.0, self._peak(bar, n_bars) * (self.height() / 2 - 10))
            x = (n_bars - 1 - bar if self.isRightToLeft() else bar) * 3 + 1.5
            is_past = bar / n_bars <= self.value() / self.maximum()
            painter.setPen(QPen(QColor(colours.accent if is_past else colours.edge), 2))
            painter.drawLine(round(x), round(middle - height), round(x), round(middle + height))

    def _peak(self, bar: int, n_bars: int) -> float:
        """The loudest sample of a bar, from 0 to 1."""
        if self._outline is None or not self._outline.peaks:
            return 0.0
        peaks = self._outline.peaks
        first = bar * len(peaks) // n_bars
        return max(peaks[first : max(first + 1, (bar + 1) * len(peaks) // n_bars)]) / 255

    def _x(self, milliseconds: int) -> float:
        x = 2 + (self.width() - 4) * milliseconds / self.maximum()
        return self.width() - x if self.isRightToLeft() else x
