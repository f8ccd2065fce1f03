"""A transcript as one list: each line has its texts in their own directions, words to click, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from voicedoc.core.languages import primary
from voicedoc.core.time import clock_text
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.state.review import Correction, Marked, Passage, Row
from voicedoc_desktop.widgets.labels import named

Index = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole)

_GAP, _PAD = 6, 12
"""Pixels between two lines, and inside of one."""


class LinesModel(QAbstractListModel):
    """The lines of a transcript, for a view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Other lines. Those that are as many, in the same order, are changed where they stand."""
        if [row.utterance for row in rows] != [row.utterance for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        before, self.rows = self.rows, rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return read_out(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def index_of(self, utterance: int) -> QModelIndex:
        """Where the line of an utterance is."""
        for number, row in enumerate(self.rows):
            if row.utterance == utterance:
                return self.index(number)
        return QModelIndex()


def read_out(row: Row) -> str:
    """A line as a screen reader says it."""
    texts = (f"{one.language}: {one.text}" for one in row.passages)
    told = (*(found.message for found in row.findings), *row.warnings)
    return ". ".join((clock_text(row.start), row.who, *texts, *told))


class LinesView(QListView):
    """Shows lines. Enter plays the current one, Space pauses, F2 corrects it, Shift+F2 its translation.

    Signals:
        wanted: A second that somebody wants to hear.
        paused: Somebody wants a pause, or to go on.
        corrected: An utterance, a language, and the text as it shall be.
        typing: Whether somebody is typing a correction. Where not `may_change`, nobody can.
    """

    wanted = Signal(float)
    paused = Signal()
    corrected = Signal(int, str, str)
    typing = Signal(bool)

    def __init__(self, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.painter = LinePainter(words, self)
        self.setModel(self.lines)
        self.setItemDelegate(self.painter)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(8)
        self.setSpacing(0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else lines move when it comes
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.may_change = True
        self.painter.corrected.connect(self.corrected)
        self.painter.typing.connect(self.typing)
        self.painter.closeEditor.connect(self._typed)
        self.lines.modelReset.connect(self._typed)
        look().changed.connect(self._again)

    # --- what is shown

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other lines, or the same ones corrected."""
        self.painter.forget()
        self.lines.show_rows(rows)

    def heard(self, utterance: int, word: int, *, follows: bool) -> None:
        """Mark the word that is heard now; `follows`: keep its line in view."""
        if (utterance, word) == self.painter.heard:
            return
        before, self.painter.heard = self.painter.heard, (utterance, word)
        for each in {before[0], utterance}:
            self.update(self.lines.index_of(each))
        if follows and utterance != before[0] and (index := self.lines.index_of(utterance)).isValid():
            self.scrollTo(index)

    def show_line(self, utterance: int) -> None:
        """Make a line the current one, and bring it into view."""
        if (index := self.lines.index_of(utterance)).isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def mark(self, utterances: Sequence[int]) -> None:
        """Mark the lines on which something rests, or in which something was found."""
        self.painter.marked = frozenset(utterances)
        self.viewport().update()

    @property
    def row(self) -> Row | None:
        """The current line."""
        index = self.currentIndex()
        return self.lines.rows[index.row()] if index.isValid() else None

    # --- what one does with it

    def edit_text(self, *, translation: bool = False) -> None:
        """Correct the current line in its place: what was said, or its first translation."""
        row = self.row
        if row is None or not self.may_change:
            return
        passages = row.translations if translation else row.passages[:1]
        if passages:
            self.painter.language = passages[0].language
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row:
            self.wanted.emit(row.start)
        elif event.key() == Qt.Key.Key_Space:
            self.paused.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_text(translation=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self._second_at(event)
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.wanted.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setCurrentIndex(index)
            language = self.painter.language_at(index, self._inside(index, event))
            if language and self.may_change:
                self.painter.language = language
                self.edit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_word = self._second_at(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_word else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.painter.forget()
        super().resizeEvent(event)

    def _second_at(self, event: QMouseEvent) -> float | None:
        index = self.indexAt(event.position().toPoint())
        return self.painter.second_at(index, self._inside(index, event)) if index.isValid() else None

    def _inside(self, index: QModelIndex, event: QMouseEvent) -> QPointF:
        return event.position() - QPointF(self.visualRect(index).topLeft())

    def _typed(self, *_: object) -> None:
        self.typing.emit(False)

    def _again(self, _: object) -> None:
        self.painter.forget()
        self.scheduleDelayedItemsLayout()


class LinePainter(QStyledItemDelegate):
    """Draws a line as a small document, and edits one of its texts where it stands."""

    corrected = Signal(int, str, str)
    typing = Signal(bool)

    def __init__(self, words: Mapping[str, str], view: LinesView) -> None:
        super().__init__(view)
        self._words, self._view = words, view
        self._documents: dict[tuple[int, int], QTextDocument] = {}
        self.heard = (0, -1)
        self.marked: frozenset[int] = frozenset()
        self.language = ""

    def forget(self) -> None:
        """Lay everything out anew."""
        self._documents.clear()

    # --- drawing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        width = self._width()
        document = self._document(index.data(ROW), width)
        return QSize(width, round(document.size().height()) + 2 * _PAD + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        is_current = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_card(painter, QRectF(rect), row, is_current=is_current)
        painter.translate(rect.topLeft() + QPointF(2 * _PAD, _PAD + _GAP / 2).toPoint())
        document = self._document(row, self._width()) if self.heard[0] != row.utterance else self._now(row)
        document.drawContents(painter)
        painter.restore()

    def _draw_card(self, painter: QPainter, rect: QRectF, row: Row, *, is_current: bool) -> None:
        colours = design().palette
        inner = rect.adjusted(4, _GAP / 2, -4, -_GAP / 2)
        fill = colours.accent_soft if row.utterance in self.marked else colours.surface
        edge = colours.focus if is_current and self._view.hasFocus() else colours.edge if is_current else colours.line
        painter.setPen(QPen(QColor(edge), 2.0 if is_current else 1.0))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(inner, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_tone(row.role)))
        from_right = self._view.isRightToLeft()
        bar = QRectF(inner.right() - 9 if from_right else inner.left() + 5, inner.top() + 10, 4, inner.height() - 20)
        painter.drawRoundedRect(bar, 2, 2)

    def _document(self, row: Row, width: int) -> QTextDocument:
        key = (row.utterance, width)
        if key not in self._documents:
            self._documents[key] = self._made(row, width, word=-1)
        return self._documents[key]

    def _now(self, row: Row) -> QTextDocument:
        return self._made(row, self._width(), word=self.heard[1])

    def _made(self, row: Row, width: int, *, word: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._view.font())
        option = document.defaultTextOption()
        option.setTextDirection(self._view.layoutDirection())
        document.setDefaultTextOption(option)
        document.setHtml(html_of(row, self._words, word=word, from_right=self._view.isRightToLeft()))
        document.setTextWidth(width - 4 * _PAD)
        return document

    def _width(self) -> int:
        return self._view.viewport().width()

    # --- places

    def second_at(self, index: Index, place: QPointF) -> float | None:
        """The second of the word, or of the line's time, at a place in it."""
        row: Row = index.data(ROW)
        kind, _, number = self._anchor(row, place).partition(":")
        if kind == "line":
            return row.start
        if kind == "word" and row.said:
            return row.said.words[int(number)].start
        return None

    def language_at(self, index: Index, place: QPointF) -> str:
        """The language of the text at a place in a line; "" where there is none."""
        row: Row = index.data(ROW)
        for language, rect in self._text_rects(row).items():
            if rect.contains(place):
                return language
        return ""

    def _anchor(self, row: Row, place: QPointF) -> str:
        return self._document(row, self._width()).documentLayout().anchorAt(place - self._origin())

    def _origin(self) -> QPointF:
        return QPointF(2 * _PAD, _PAD + _GAP / 2)

    def _text_rects(self, row: Row) -> dict[str, QRectF]:
        """Where each text of a line is, relative to the line."""
        document = self._document(row, self._width())
        layout = document.documentLayout()
        blocks = (document.findBlockByNumber(number) for number in range(1, 1 + len(row.passages)))
        rects = (layout.blockBoundingRect(block).translated(self._origin()) for block in blocks)
        return {passage.language: rect for passage, rect in zip(row.passages, rects, strict=True)}

    # --- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option, index
        editor = QPlainTextEdit(parent)
        editor.setProperty("language", self.language)
        named(editor, self._words["correct"], self._words["keys"])
        editor.setToolTip(self._words["keys"])
        is_rtl = primary(self.language) in RIGHT_TO_LEFT
        editor.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
        editor.setTabChangesFocus(True)
        self.typing.emit(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row: Row = index.data(ROW)
        passage = row.passage(str(editor.property("language")))
        if isinstance(editor, QPlainTextEdit) and not editor.document().isModified():
            editor.setPlainText(passage.text if passage else "")
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row: Row = index.data(ROW)
        place = self._text_rects(row).get(str(editor.property("language")), QRectF())
        height = max(round(place.height()) + 26, 3 * editor.fontMetrics().height())
        editor.setGeometry(rect.left() + _PAD, rect.top() + round(place.top()) - 8, rect.width() - 2 * _PAD, height)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model
        row: Row = index.data(ROW)
        if isinstance(editor, QPlainTextEdit):
            text = " ".join(editor.toPlainText().split())
            self.corrected.emit(row.utterance, str(editor.property("language")), text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
        if event.type() == QEvent.Type.FocusOut:
            return False  # looking elsewhere neither keeps nor loses what was typed
        return super().eventFilter(watched, event)


# --- a line in words


def html_of(row: Row, words: Mapping[str, str], *, word: int = -1, from_right: bool = False) -> str:
    """A line as Qt's HTML: its head, its texts, what is doubtful, what was corrected."""
    parts = [_head(row, words, from_right=from_right)]
    if row.said:
        parts.append(_paragraph(_said(row.said, word), row.said.language, design().palette.text))
    for one in row.translations:
        parts.append(_paragraph(_marked(one.text, 0, one.marks), one.language, design().palette.muted))
    colours = design().palette
    for found in row.findings:
        parts.append(_note(f"⚠ {words[found.verdict]}: {found.message}", colours.bad, from_right=from_right))
    for warning in row.warnings:
        parts.append(_note(f"⚠ {warning}", colours.warn, from_right=from_right))
    for correction in row.corrections:
        parts.append(_note(_correction(correction, words), colours.muted, from_right=from_right))
    return "".join(parts)


def _head(row: Row, words: Mapping[str, str], *, from_right: bool) -> str:
    colours = design().palette
    play = "◀" if from_right else "▶"
    time = f'<a href="line:" style="color:{colours.accent};text-decoration:none">{play} {clock_text(row.start)}</a>'
    who = f'<b style="color:{_tone(row.role)}">{escape(words.get(row.who, row.who))}</b>'
    return f'<p dir="{_direction(from_right)}" style="margin:0 0 2px 0">{time}&nbsp;&nbsp; {who}</p>'


def _paragraph(html: str, language: str, colour: str) -> str:
    direction = _direction(primary(language) in RIGHT_TO_LEFT)
    tag = f'<span style="color:{design().palette.muted};font-size:small">{escape(language)}</span>&nbsp; '
    return f'<p dir="{direction}" style="margin:2px 0;color:{colour}">{tag}{html}</p>'


def _note(text: str, colour: str, *, from_right: bool) -> str:
    size = design().px(13)
    style = f"margin:2px 0;color:{colour};font-size:{size}px"
    return f'<p dir="{_direction(from_right)}" style="{style}">{escape(text)}</p>'


def _correction(one: Correction, words: Mapping[str, str]) -> str:
    by = one.editor or words["somebody"]
    return words["was"].format(before=f"\u2068{one.before}\u2069", by=by, when=one.when[:16].replace("T", " "))


def _direction(from_right: bool) -> str:
    return "rtl" if from_right else "ltr"


def _said(passage: Passage, heard: int) -> str:
    """What was said, each word a link; the one that is heard now is underlined on another ground."""
    made, cursor = [], 0
    colours = design().palette
    for number, word in enumerate(passage.words):
        made.append(_marked(passage.text[cursor : word.first], cursor, passage.marks))
        style = f"color:{colours.text};text-decoration:none"
        if number == heard:
            style = f"color:{colours.text};background-color:{colours.accent_soft};text-decoration:underline"
        elif word.doubtful:
            style = f"color:{colours.warn};text-decoration:underline"
        inner = _marked(passage.text[word.first : word.stop], word.first, passage.marks)
        made.append(f'<a href="word:{number}" style="{style}">{inner}</a>')
        cursor = word.stop
    made.append(_marked(passage.text[cursor:], cursor, passage.marks))
    return "".join(made)


def _marked(text: str, first: int, marks: Sequence[Marked]) -> str:
    """A stretch of a text that begins at character `first`, with the parts that the guard has marked."""
    edges = {0, len(text)}
    for mark in marks:
        edges |= {min(max(0, mark.first - first), len(text)), min(max(0, mark.stop - first), len(text))}
    pieces = pairwise(sorted(edges))
    return "".join(_piece(text[start:stop], first + start, first + stop, marks) for start, stop in pieces)


def _piece(text: str, first: int, stop: int, marks: Sequence[Marked]) -> str:
    if not any(mark.first <= first and stop <= mark.stop for mark in marks):
        return escape(text)
    colours = design().palette
    style = f"background-color:{colours.bad_soft};color:{colours.text};font-weight:600;text-decoration:underline"
    return f'<span style="{style}">{escape(text)}</span>'


def _tone(role: str) -> str:
    colours = design().palette
    return {"doctor": colours.doctor, "patient": colours.patient}.get(role, colours.muted)
