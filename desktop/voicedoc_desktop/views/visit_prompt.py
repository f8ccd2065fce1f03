"""What is being typed in a visit: a phrase to find, the doctor's words, the reason for an interpreter, or the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voicedoc.view.bidi import plain
from voicedoc.view.keys import LONGEST, Board, Offered, Prompt, chooses
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.views.visit_before import clear
from voicedoc_desktop.widgets.bubble import directed
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, row
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.words.hints import hint_words


class PromptPanel(QFrame):
    """One line to type in, and what was found for it. Hidden while keys are commands."""

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self.setProperty("role", "card")
        self._title, self._hint = label("", "subheading"), label("", "caption", tone="warn")
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.textEdited.connect(viewmodel.type_text)
        self.line.installEventFilter(self)
        self._enter = button(" ", lambda: viewmodel.key("enter"), icon="send", role="primary")
        self._back = button(self.tr("Back"), lambda: viewmodel.key("escape"), icon="cross", description="Esc")
        self._typing = QHBoxLayout()
        self._typing.setSpacing(GRID)
        self._typing.addWidget(self.line, 1000)
        self._typing.addWidget(self._enter)
        self._typing.addWidget(self._back)
        self._typing.addStretch(1)
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addLayout(self._typing)
        column.addLayout(self._found)
        column.addWidget(self._hint)
        self._shown = Board()
        self.hide()

    def show_screen(self, screen: VisitScreen) -> None:
        """What is asked for now."""
        board = screen.board
        if board == self._shown:
            return
        opens = board.prompt is not self._shown.prompt
        if opens:
            self._show_prompt(board.prompt)
        if self.line.text() != board.typed:
            self.line.setText(board.typed)
        if opens or board.offered != self._shown.offered:
            self._show_offered(board.offered, screen)
        hint = hint_words(board.hint)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._shown = board
        self.setVisible(board.prompt is not Prompt.NONE)
        if opens and board.prompt is not Prompt.NONE:
            (self._enter if board.prompt is Prompt.END else self.line).setFocus()

    def _show_prompt(self, prompt: Prompt) -> None:
        words = {
            Prompt.NONE: ("", ""),
            Prompt.REASON: (self.tr("Why is a human interpreter called?"), self.tr("Call")),
            Prompt.PHRASE: (self.tr("Find a reviewed phrase: type what you want to say"), self.tr("Search")),
            Prompt.WORDS: (self.tr("The doctor says (it is translated and spoken):"), self.tr("Say it")),
            Prompt.END: (self.tr("End the visit? What is left to say is said first."), self.tr("End the visit")),
        }
        title, enter = words[prompt]
        self._title.setText(title)
        named(self, title)
        named(self.line, title)
        self._enter.setText(enter)
        named(self._enter, enter)
        set_icon(self._enter, "stop" if prompt is Prompt.END else "send", "on_accent")
        self.line.setVisible(prompt is not Prompt.END)
        back = self.tr("Go on with it") if prompt is Prompt.END else self.tr("Back")
        self._back.setText(back)
        named(self._back, back)

    def _show_offered(self, offered: tuple[Offered, ...], screen: VisitScreen) -> None:
        clear(self._found)
        for number, one in enumerate(offered, start=1):
            self._found.addLayout(row(self._phrase(number, one), self._meaning(one, screen), stretch_last=True))

    def _phrase(self, number: int, one: Offered) -> QPushButton:
        text = f"{number}  {plain(one.text)}"
        tip = "" if one.is_ready else self.tr("Something is to be filled in: it is put into the line to be typed")
        made = button(text, lambda: self._choose(one), role="quiet", description=tip, icon="phrase")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _meaning(self, one: Offered, screen: VisitScreen) -> QWidget:
        words = label(plain(one.translation), "muted")
        visit = screen.visit
        directed(words, visit.patient if visit else "")
        return words

    def _choose(self, one: Offered) -> None:
        if one.is_ready:
            self._viewmodel.choose(one.id)
        else:
            self._viewmodel.open_prompt(Prompt.WORDS, one.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Esc and digits mean in the line what they mean in a visit."""
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            name = self._meant(event)
            if name:
                self._viewmodel.key(name)
                return True
        return super().eventFilter(watched, event)

    def _meant(self, event: QKeyEvent) -> str:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return "enter"
            case Qt.Key.Key_Escape:
                return "escape"
        return event.text() if chooses(self._viewmodel.state.board, event.text()) else ""
