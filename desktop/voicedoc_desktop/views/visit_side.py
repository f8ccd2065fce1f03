"""Beside a visit: what the rules warn of, what is worth asking, and the note so far. For the clinician alone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from voicedoc.core.events import AlarmRaised, ConflictFound
from voicedoc.view.bidi import plain
from voicedoc.view.state import State
from voicedoc_desktop.look.apply import design
from voicedoc_desktop.look.icons import icon
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.views.visit_before import clear
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.bubble import directed
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.step_words import level_sign

MOST_QUESTIONS = 6
"""Questions that are shown at once."""


class Side(QTabWidget):
    """Advice, and the note so far.

    Signals:
        wants_line: The number of an utterance that shall be in sight.
    """

    wants_line = Signal(int)

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self.tabBar().setDrawBase(False)
        named(self, self.tr("Advice and note"))
        self.advice, self.note = Advice(viewmodel), NoteSoFar()
        self.addTab(self.advice, self.tr("Advice"))
        self.addTab(self.note, self.tr("Note so far"))
        self.advice.wants_line.connect(self.wants_line)
        self.note.wants_line.connect(self.wants_line)
        self.currentChanged.connect(lambda at: viewmodel.show_note(is_on=at == 1))

    def show_screen(self, screen: VisitScreen) -> None:
        """As it is now."""
        at = 1 if screen.board.note else 0
        if self.currentIndex() != at:
            self.setCurrentIndex(at)
        self.advice.show_state(screen.talk)
        self.note.show_screen(screen)


class Advice(QScrollArea):
    """Warnings, the gravest first; then what is worth asking.

    Signals:
        wants_line: The number of an utterance that a warning rests on.
    """

    wants_line = Signal(int)

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        inner = QWidget()
        inner.setProperty("role", "plain")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID + 4)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        named(self, self.tr("Advice"))
        self._shown: tuple[object, ...] = (None,)
        self._state = State()
        viewmodel.worded.connect(self._worded)

    def show_state(self, state: State) -> None:
        """What the advisor has found so far."""
        shown = (tuple(state.red_flags), tuple(state.disagreeing), state.asking_about)
        self._state = state
        if shown != self._shown:
            self._shown = shown
            self._draw()

    def _worded(self, _: object) -> None:
        self._draw()

    def _draw(self) -> None:
        clear(self._column)
        warnings: list[AlarmRaised | ConflictFound] = [*self._state.red_flags, *self._state.disagreeing]
        for warning in warnings:
            self._column.addWidget(self._warning(warning))
        asks = self._questions()
        if not warnings and not asks:
            self._column.addWidget(label(self.tr("Nothing to warn of. What the rules find appears here."), "muted"))
        for part in asks:
            self._column.addWidget(part)
        note = self.tr("By rules that no clinician has reviewed. Only you see this.")
        self._column.addWidget(label(note, "caption"))
        self._column.addStretch(1)

    def _warning(self, warning: AlarmRaised | ConflictFound) -> QFrame:
        level = warning.level if isinstance(warning, AlarmRaised) else warning.severity
        sign = level_sign(level)
        card = QFrame()
        card.setProperty("role", "banner")
        card.setProperty("tone", sign.tone)
        column = QVBoxLayout(card)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(4)
        column.addWidget(Badge(sign.word, sign.icon, sign.tone))
        if isinstance(warning, ConflictFound):
            column.addWidget(label(plain(" + ".join(dict.fromkeys(warning.names))), "subheading"))
        text = plain(warning.reason if isinstance(warning, AlarmRaised) else warning.message)
        column.addWidget(label(text, "subheading" if isinstance(warning, AlarmRaised) else ""))
        named(card, sign.word, text)
        if warning.evidence:
            shows = button(self.tr("Show where"), lambda: self.wants_line.emit(warning.evidence[-1]), role="quiet")
            shows.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            shows.setAccessibleDescription(text)
            row = QHBoxLayout()
            row.addWidget(shows)
            row.addStretch(1)
            column.addLayout(row)
        return card

    def _questions(self) -> list[QLabel]:
        last = self._state.asking_about
        if last is None or not last.questions:
            return []
        words = self._viewmodel.wordings
        complaint = words.complaints.get(last.complaint, last.complaint)
        title = label(self.tr("Worth asking: {complaint}").format(complaint=complaint), "subheading")
        asked = [label("• " + words.questions.get(name, name)) for name in last.questions[:MOST_QUESTIONS]]
        visit = self._viewmodel.state.visit
        for one in asked:
            directed(one, visit.doctor if visit else "en")
        more = len(last.questions) - len(asked)
        rest = [label(self.tr("{n} more").format(n=more), "caption")] if more else []
        return [title, *asked, *rest]


class NoteSoFar(QWidget):
    """What a note of the visit would say by now.

    Signals:
        wants_line: The number of an utterance that a sentence rests on.
    """

    wants_line = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_Wrapped(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        named(self.list, self.tr("Note so far"), self.tr("Enter shows what a sentence rests on"))
        self._empty = label(self.tr("Nothing has been said yet that a note would hold."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(label(self.tr("A draft by rules. It is finished and signed in Review."), "caption"))
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        self._shown: tuple[object, ...] = (None,)

    def show_screen(self, screen: VisitScreen) -> None:
        """The note as it was told last."""
        if screen.note == self._shown:
            return
        self._shown = screen.note
        self.list.clear()
        self._empty.setVisible(not screen.note)
        self.list.setVisible(bool(screen.note))
        for line in screen.note:
            item = QListWidgetItem(plain(line.text))
            if line.is_title:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            if line.is_doubtful:
                item.setIcon(icon("warning", "warn"))
                item.setToolTip(self.tr("Doubtful: look at what was said"))
            item.setData(Qt.ItemDataRole.UserRole, int(line.utterances[0]) if line.utterances else 0)
            self.list.addItem(item)

    def _activated(self, item: QListWidgetItem) -> None:
        if number := item.data(Qt.ItemDataRole.UserRole):
            self.wants_line.emit(number)


class _Wrapped(QStyledItemDelegate):
    """Items as high as their wrapped words need: Qt does not reckon with a style sheet's padding."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        usual = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QListWidget):
            return usual
        padding = 2 * design().px(GRID) + 4
        mark = design().px(24) if index.data(Qt.ItemDataRole.DecorationRole) else 0
        width = max(1, view.viewport().width() - padding - mark)
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        words = QFontMetrics(font).boundingRect(
            QRect(0, 0, width, 1), Qt.TextFlag.TextWordWrap, str(index.data(Qt.ItemDataRole.DisplayRole))
        )
        return QSize(view.viewport().width(), words.height() + padding)
