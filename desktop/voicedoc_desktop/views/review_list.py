"""The sessions to choose from, with a search."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from voicedoc.core.time import clock_text
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.look.icons import pixmap
from voicedoc_desktop.state.review import Known, ReviewState
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.empty import EmptyState, Loading
from voicedoc_desktop.widgets.labels import named

Index = QModelIndex | QPersistentModelIndex

KNOWN = int(Qt.ItemDataRole.UserRole)


def when_text(began: str) -> str:
    """A moment for people, by this machine's clock and habits."""
    if not began:
        return ""
    moment = QDateTime.fromString(began, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


class SessionList(QWidget):
    """Sessions, the last one first.

    Signals:
        chosen: The id of the session that somebody wants to see.
        searched: What somebody searches for.
    """

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, self.tr("Sessions"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search: date, language, id"))
        self.search.setClearButtonEnabled(True)
        named(self.search, self.tr("Search the sessions"), self.tr("By date, language, state or id"))
        self.search.textChanged.connect(self.searched)
        self.model = _Sessions(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_SessionPainter(self.view))
        named(self.view, self.tr("Sessions"), self.tr("Enter opens one"))
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)
        self._pages = QStackedWidget()
        self._empty = EmptyState("review", self.tr("No sessions yet"), self.tr("What is said in a visit is kept here."))
        self._none = EmptyState("search", self.tr("Nothing found"), self.tr("No session has all of these words."))
        self._loading = Loading(self.tr("Looking for sessions …"))
        for page in (self.view, self._empty, self._none, self._loading):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self._pages, 1)

    def show_state(self, state: ReviewState) -> None:
        """Show what there is, and which one is open."""
        self.model.show_sessions(state.found)
        is_first = state.is_listing and not state.sessions
        page = self._loading if is_first else self._empty if not state.sessions else self._none
        self._pages.setCurrentWidget(self.view if state.found else page)
        wanted = state.opening or (state.opened.known.id if state.opened else "")
        self.view.setCurrentIndex(self.model.index_of(wanted))

    def _open(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(KNOWN).id)


class _Sessions(QAbstractListModel):
    """The sessions, for the list."""

    def __init__(self, parent: SessionList) -> None:
        super().__init__(parent)
        self._sessions: tuple[Known, ...] = ()

    def show_sessions(self, sessions: tuple[Known, ...]) -> None:
        if sessions != self._sessions:
            self.beginResetModel()
            self._sessions = sessions
            self.endResetModel()

    def index_of(self, session: str) -> QModelIndex:
        for number, one in enumerate(self._sessions):
            if one.id == session:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._sessions)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one = self._sessions[index.row()]
        if role == KNOWN:
            return one
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            languages = " – ".join(one.languages)
            state = state_word(one.state)
            return f"{when_text(one.began)}, {languages}, {clock_text(one.seconds)}, {state}, {one.id}"
        return None


def state_word(state: str) -> str:
    """The state of a session in a word."""
    words = {
        "open": QCoreApplication.translate("SessionList", "going on"),
        "crashed": QCoreApplication.translate("SessionList", "cut off"),
        "closed": QCoreApplication.translate("SessionList", "ended"),
        "purging": QCoreApplication.translate("SessionList", "being destroyed"),
        "folder": QCoreApplication.translate("SessionList", "recording"),
    }
    return words.get(state, state)


STATE_ICONS = {
    "open": "microphone", "crashed": "warning", "closed": "check", "purging": "trash", "folder": "recordings",
}  # fmt: skip
STATE_TONES = {"open": "info", "crashed": "warn", "closed": "good", "purging": "bad", "folder": "plain"}


class _SessionPainter(QStyledItemDelegate):
    """Draws a session: when, which languages, and its state as an icon and a word."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        look().changed.connect(self._again)

    def _again(self, _: object) -> None:
        self._view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(design().px(200), 2 * self._view.fontMetrics().height() + design().px(24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Known = index.data(KNOWN)
        wanted, colours = design(), design().palette
        rect = option.rect.adjusted(4, 3, -4, -3)
        state = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(QColor(colours.accent_soft if is_chosen else colours.sunken if hovered else colours.surface))
        painter.drawRoundedRect(rect, 8, 8)
        text = rect.adjusted(wanted.px(10), wanted.px(6), -wanted.px(10), -wanted.px(6))
        painter.setPen(QColor(colours.text))
        bold = self._view.font()
        bold.setBold(True)
        painter.setFont(bold)
        align = Qt.AlignmentFlag.AlignLeading
        title = when_text(one.began) or one.id
        painter.drawText(text, int(align | Qt.AlignmentFlag.AlignTop), self._fit(painter, title, text.width()))
        painter.setFont(self._view.font())
        painter.setPen(QColor(colours.muted))
        under = f"{' – '.join(one.languages)}  ·  {clock_text(one.seconds)}"
        self._under(painter, text, one, under)
        painter.restore()

    def _under(self, painter: QPainter, text: Any, one: Known, under: str) -> None:
        """The second line: the state at its end, and what else there is room for."""
        wanted, from_right = design(), self._view.isRightToLeft()
        ink = STATE_TONES.get(one.state, "plain")
        token = "muted" if ink == "plain" else ink
        word, size = state_word(one.state), wanted.px(16)
        word_width = painter.fontMetrics().horizontalAdvance(word) + 4
        top = text.bottom() - size + 1
        icon_x = text.left() + word_width if from_right else text.right() - word_width - size - 4
        painter.drawPixmap(icon_x, top - 2, pixmap(STATE_ICONS.get(one.state, "info"), token, 16))
        start, end = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        room = text.width() - word_width - size - 12
        painter.drawText(text, int(start | Qt.AlignmentFlag.AlignBottom), self._fit(painter, under, room))
        painter.setPen(QColor(str(getattr(wanted.palette, token))))
        painter.drawText(text, int(end | Qt.AlignmentFlag.AlignBottom), word)

    def _fit(self, painter: QPainter, text: str, width: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(width, 20))
