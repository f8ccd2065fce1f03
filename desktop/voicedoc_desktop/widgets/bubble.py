"""What somebody said, or what it means, in the direction of its language."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from voicedoc.core.languages import primary
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.look.apply import design
from voicedoc_desktop.state.pieces import Look, Piece, text_of
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named, retone
from voicedoc_desktop.widgets.step_words import Sign

BubbleKind = Literal["original", "translation", "withheld"]


def direction_of(language: str) -> Qt.LayoutDirection:
    """Which way a language is written."""
    is_right_to_left = primary(language) in RIGHT_TO_LEFT
    return Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight


def directed(text: QLabel, language: str) -> None:
    """Have a label's text run the way of its language, whatever way the window runs."""
    text.setLayoutDirection(direction_of(language))
    text.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


def html_of(pieces: Iterable[Piece]) -> str:
    """Pieces as rich text: what may change is slanted and pale; what differs is bold, underlined and on a ground."""
    return "".join(_html(piece) for piece in pieces)


def _html(piece: Piece) -> str:
    text, colours = escape(piece.text), design().palette
    match piece.look:
        case Look.UNSURE:
            return f'<span style="font-style:italic; font-weight:400; color:{colours.muted}">{text}</span>'
        case Look.DIFFERS:
            ground = f"color:{colours.bad}; background-color:{colours.bad_soft}"
            return f'<span style="font-weight:700; text-decoration:underline; {ground}">{text}</span>'
        case Look.SURE:
            return text


class Bubble(QFrame):
    """One text under a caption, with a badge that says how far it has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bubble")
        self._caption, self._text, self.badge = label("", "caption", wraps=False), QLabel(), Badge()
        self._text.setProperty("role", "words")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._caption)
        top.addStretch(1)
        top.addWidget(self.badge)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID + 2)
        stack.setSpacing(4)
        stack.addLayout(top)
        stack.addWidget(self._text)
        self._shown: tuple[object, ...] = ()

    @property
    def html(self) -> str:
        """What is shown, as rich text."""
        return self._text.text()

    @property
    def runs_from_right(self) -> bool:
        """Whether the text does."""
        return self._text.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def show_text(
        self,
        pieces: tuple[Piece, ...],
        language: str,
        *,
        caption: str,
        kind: BubbleKind,
        tone: str = "other",
        sign: Sign | None = None,
    ) -> None:
        """Show a text in `language`; the caption and the sign are in the window's. `tone`: who said it."""
        html = html_of(pieces)
        if (shown := (html, language, caption, kind, tone, sign)) == self._shown:
            return
        self._shown = shown
        retone(self, kind, "kind")
        retone(self, tone)
        directed(self._text, language)
        self._text.setText(html)
        self._text.setVisible(bool(html))
        self._caption.setText(caption)
        if sign is not None:
            self.badge.show_state(*sign)
        self.badge.setVisible(sign is not None)
        named(self, ", ".join(part for part in (caption, sign.word if sign else "") if part), text_of(pieces))
