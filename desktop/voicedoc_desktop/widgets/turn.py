"""One utterance as both sides have it: what was said in one column, what it means in the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from voicedoc.core.speech import Visit
from voicedoc.core.time import clock_text
from voicedoc.view.bidi import plain
from voicedoc.view.state import Line, Step
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.pieces import is_doctors_side, original_pieces, text_of, translation_pieces
from voicedoc_desktop.widgets.bubble import Bubble, BubbleKind
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.decision import Decision
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.step_words import Sign, role_sign, step_sign

_EARLY = frozenset({Step.SPEAKING, Step.UNDERSTANDING})
_WITHHELD = frozenset({Step.HELD, Step.ASKED, Step.WITHDRAWN, Step.CHECKING})
_TELLS_WHY = frozenset({Step.CUT, Step.WITHDRAWN, Step.PAUSED})


class Turn(QWidget):
    """A line of the session; `show_line` changes only what differs from what is shown.

    Signals:
        decided: What a person decided about it (see `widgets.decision`), and its number.
    """

    decided = Signal(str, int)

    def __init__(self, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self.line: Line | None = None
        self.is_narrow = False
        self._is_live = True
        self.original, self.translation = Bubble(), Bubble()
        self.decision: Decision | None = None
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(4)
        self._shown_warnings: tuple[str, ...] = ()
        self._columns = QGridLayout()
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setHorizontalSpacing(2 * GRID)
        self._columns.setVerticalSpacing(GRID)
        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(GRID)
        self._below.addLayout(self._columns)
        self._below.addLayout(self._warnings)
        self._is_left: bool | None = None

    def show_line(self, line: Line) -> None:
        """Show it as it is now."""
        before, self.line = self.line, line
        self._place(is_left=is_doctors_side(line, self._visit))
        self._show_original(line)
        self._show_translation(line)
        self._show_warnings(line.warnings)
        asked = (line.held, line.question, line.unclear)
        if before is None or asked != (before.held, before.question, before.unclear):
            self._show_decision(line)
        named(self, self._heard_name(line), text_of(translation_pieces(line)))

    def set_live(self, *, is_live: bool) -> None:
        """Whether anything can be decided now."""
        self._is_live = is_live
        if self.decision is not None:
            self.decision.setEnabled(is_live)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Whether there is no room for two columns: what it means then stands below what was said."""
        if is_narrow != self.is_narrow:
            self.is_narrow, is_left, self._is_left = is_narrow, self._is_left, None
            if is_left is not None:
                self._place(is_left=is_left)

    def _place(self, *, is_left: bool) -> None:
        """The doctor's language stands first."""
        if is_left == self._is_left:
            return
        self._is_left = is_left
        first, second = (0, 1) if is_left else (1, 0)
        for bubble in (self.original, self.translation):
            self._columns.removeWidget(bubble)
        if self.is_narrow:
            self._columns.addWidget(self.original, 0, 0)
            self._columns.addWidget(self.translation, 1, 0)
        else:
            self._columns.addWidget(self.original, 0, first)
            self._columns.addWidget(self.translation, 0, second)
        self._columns.setColumnStretch(0, 1)
        self._columns.setColumnStretch(1, 0 if self.is_narrow else 1)

    def _show_original(self, line: Line) -> None:
        pieces = original_pieces(line)
        sign = step_sign(line.step) if line.step in _EARLY else None
        language = line.language or self._visit.language_of(line.role)
        who = role_sign(line.role)
        caption = f"{who.word} · {clock_text(line.began).partition('.')[0]}"
        self.original.show_text(pieces, language, caption=caption, kind="original", tone=who.tone or "other", sign=sign)
        self.original.setVisible(bool(pieces) or line.step in _EARLY)

    def _show_translation(self, line: Line) -> None:
        pieces = translation_pieces(line)
        if line.step in _EARLY and not pieces:
            self.translation.hide()
            return
        language = line.target or self._visit.other(line.language or self._visit.doctor)
        caption = self.tr("Translation") if line.text else self.tr("Reviewed phrase")
        kind: BubbleKind = "withheld" if line.step in _WITHHELD and pieces else "translation"
        self.translation.show_text(
            pieces, language, caption=caption if pieces else "", kind=kind, tone="other", sign=_sign_of(line)
        )
        self.translation.show()

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        for text in warnings[len(self._shown_warnings) :] if self._is_longer(warnings) else self._all(warnings):
            self._warnings.addLayout(_warning(text))
        self._shown_warnings = warnings

    def _is_longer(self, warnings: tuple[str, ...]) -> bool:
        return warnings[: len(self._shown_warnings)] == self._shown_warnings

    def _all(self, warnings: tuple[str, ...]) -> tuple[str, ...]:
        """All of them, what is shown taken away."""
        while (item := self._warnings.takeAt(0)) is not None:
            row = item.layout()
            while row is not None and (part := row.takeAt(0)) is not None:
                if (widget := part.widget()) is not None:
                    widget.deleteLater()
        return warnings

    def _show_decision(self, line: Line) -> None:
        if self.decision is not None:
            if self.decision.isAncestorOf(QApplication.focusWidget() or self):
                self.setFocus()  # else the next control would take it, and the space bar with it
            self._below.removeWidget(self.decision)
            self.decision.hide()
            self.decision.deleteLater()
            self.decision = None
        if line.held is None and line.question is None:
            return
        self.decision = Decision(line)
        self.decision.setEnabled(self._is_live)
        self.decision.decided.connect(lambda what: self.decided.emit(what, int(line.utterance)))
        self._below.addWidget(self.decision)

    def _heard_name(self, line: Line) -> str:
        """What a screen reader says of the line."""
        words = (role_sign(line.role).word, text_of(original_pieces(line)), _sign_of(line).word)
        return ", ".join(word for word in words if word)


def _sign_of(line: Line) -> Sign:
    sign = step_sign(line.step)
    if line.why and line.step in _TELLS_WHY:
        return sign._replace(word=f"{sign.word}: {plain(line.why)}")
    return sign


def _warning(text: str) -> QHBoxLayout:
    mark, words = QLabel(), label(plain(text), "caption", tone="warn")
    set_icon(mark, "warning", "warn", size=16)
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(mark)
    row.addWidget(words, 1)
    return row
