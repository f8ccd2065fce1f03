"""The turns of a session, one below the other. Only those that have changed are drawn again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from voicedoc.core.speech import UtteranceId, Visit
from voicedoc.view.state import Line
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import named
from voicedoc_desktop.widgets.turn import Turn

TWO_COLUMNS_FROM = 640
"""Width, in pixels at 100 %, from which each language has its own column."""

AT_ONCE, FEW = 40, 3
"""Turns that are made at once, and then at a time while nothing else is to be done: each takes some milliseconds."""

_NEAR_END = 80
"""Pixels above the end within which one follows what is said."""


class Transcript(QScrollArea):
    """Shows lines. Whoever has not scrolled back follows the newest.

    Signals:
        decided: What a person decided about a line, and its number.
        followed: Whether the newest line is in sight.
    """

    decided = Signal(str, int)
    followed = Signal(bool)

    def __init__(self, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._turns: dict[UtteranceId, Turn] = {}
        self._order: list[UtteranceId] = []
        self.n_drawn = 0
        """How many turns have been drawn since the beginning, each time that one was."""
        paper = QWidget()
        paper.setProperty("role", "plain")
        self._column = QVBoxLayout(paper)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addStretch(1)
        self.setWidget(paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, self.tr("What is said"), self.tr("Arrow keys look back"))
        self._follows, self._is_live = True, True
        self._lines: Sequence[Line] = ()
        self._n_later, self._highest = 0, 0
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show_earlier)
        self.verticalScrollBar().rangeChanged.connect(self._grown)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        look().changed.connect(self._redraw)

    @property
    def turns(self) -> list[Turn]:
        """The turns that are shown, in their order."""
        return [self._turns[number] for number in self._order]

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, in this order. Where there are many at once, the earliest follow little by little."""
        self._lines = lines
        if not self._order and len(lines) > AT_ONCE:
            self._n_later = len(lines) - AT_ONCE
            self._later.start()
        self._show(lines[self._n_later :])

    def _show_earlier(self) -> None:
        """A few more of those that were left for later."""
        self._n_later = max(0, self._n_later - FEW)
        if not self._n_later:
            self._later.stop()
        self._show(self._lines[self._n_later :])

    def _show(self, lines: Sequence[Line]) -> None:
        wanted = [line.utterance for line in lines]
        kept = set(wanted)
        for gone in [number for number in self._order if number not in kept]:
            self._take_away(gone)
        for at, line in enumerate(lines):
            self._put(at, line)

    def set_live(self, *, is_live: bool) -> None:
        """Whether anything can be decided now."""
        if is_live != self._is_live:
            self._is_live = is_live
            for turn in self._turns.values():
                turn.set_live(is_live=is_live)

    def to_end(self) -> None:
        """Have the newest in sight, and follow it."""
        self._follows = True
        self._to_end()

    def show_line(self, number: UtteranceId) -> None:
        """Have a line in sight."""
        if number in self._turns:
            self.ensureWidgetVisible(self._turns[number], 0, 4 * GRID)

    def look_back(self, key: str) -> None:
        """Scroll: "up", "down", "page-up", "page-down"."""
        bar = self.verticalScrollBar()
        step = bar.pageStep() if key.startswith("page") else 6 * bar.singleStep()
        bar.setValue(bar.value() + (-step if key.endswith("up") else step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys are the page's."""
        event.ignore()

    def _put(self, at: int, line: Line) -> None:
        turn = self._turns.get(line.utterance)
        if turn is None:
            turn = self._turns[line.utterance] = Turn(self._visit)
            turn.set_narrow(is_narrow=self.is_narrow)
            turn.set_live(is_live=self._is_live)
            turn.decided.connect(self.decided)
            self._order.insert(at, line.utterance)
            self._column.insertWidget(at, turn)
        elif self._order[at] != line.utterance:
            self._order.remove(line.utterance)
            self._order.insert(at, line.utterance)
            self._column.removeWidget(turn)
            self._column.insertWidget(at, turn)
        if turn.line is not line:
            turn.show_line(line)
            self.n_drawn += 1

    def _take_away(self, number: UtteranceId) -> None:
        turn = self._turns.pop(number)
        self._order.remove(number)
        self._column.removeWidget(turn)
        turn.hide()
        turn.deleteLater()

    def _redraw(self) -> None:
        """The colours have changed, and rich text has its own."""
        for turn in self._turns.values():
            if turn.line is not None:
                turn.show_line(turn.line)

    # --- size and place

    @property
    def is_narrow(self) -> bool:
        """Whether what it means stands below what was said."""
        return self.viewport().width() < design().px(TWO_COLUMNS_FROM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        for turn in self._turns.values():
            turn.set_narrow(is_narrow=self.is_narrow)

    def _grown(self, _: int, highest: int) -> None:
        """The newest stays in sight; what is added above moves nothing."""
        bar = self.verticalScrollBar()
        if self._follows:
            QTimer.singleShot(0, self, self._to_end)
        elif self._later.isActive():
            bar.setValue(bar.value() + highest - self._highest)
        self._highest = highest

    def _to_end(self) -> None:
        if self._follows:  # still: somebody may have looked back meanwhile
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _scrolled(self, value: int) -> None:
        follows = value >= self.verticalScrollBar().maximum() - _NEAR_END
        if follows != self._follows:
            self._follows = follows
            self.followed.emit(follows)
