"""What waits for a person: a translation that is held, or a question that was asked aloud."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from voicedoc.core.events import Asked
from voicedoc.core.speech import Role
from voicedoc.view.bidi import plain
from voicedoc.view.state import Line
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.bubble import directed
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.flow import flowing
from voicedoc_desktop.widgets.labels import label, named

SAY, REPHRASE, SKIP, YES, NO = "say", "rephrase", "skip", "yes", "no"
"""What a person may decide."""


class Decision(QFrame):
    """A card below the line that it is about.

    Signals:
        decided: One of the words above.
    """

    decided = Signal(str)

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        self._column.setSpacing(GRID)
        question = line.question
        if question is not None and question.kind != "hold":
            self._ask(question, line)
        else:
            self._hold(line)

    # --- a translation that is held

    def _hold(self, line: Line) -> None:
        title = self.tr("Held: the translation may not say what was said")
        self._title("held", title)
        differences = line.held.differences if line.held else line.question.items if line.question else ()
        for difference in differences:
            self._difference(difference)
        if line.held and line.held.back:
            self._field(self.tr("Translated back, it says"), line.held.back, line.language)
        named(self, title, "; ".join(differences))
        self._buttons(
            button(self.tr("Say it as it is"), lambda: self.decided.emit(SAY), icon="loudspeaker", description="S"),
            button(self.tr("Rephrase"), lambda: self.decided.emit(REPHRASE), icon="edit", role="primary"),
            button(self.tr("Leave it out"), lambda: self.decided.emit(SKIP), icon="cross", description="X"),
        )

    def _difference(self, difference: str) -> None:
        mark, words = QLabel(), label(plain(difference), "subheading", tone="bad")
        set_icon(mark, "warning", "bad", size=18)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(mark)
        row.addWidget(words, 1)
        self._column.addLayout(row)

    # --- a question that was asked aloud

    def _ask(self, question: Asked, line: Line) -> None:
        title = self._asked_words(question)
        if line.unclear:
            title = self.tr("{question}: the answer was not clear").format(question=title)
        self._title("question", title)
        self._field("", question.text, question.language)
        named(self, title, question.text)
        if question.kind == "teach-back":
            return
        self._buttons(
            button(self.tr("Yes"), lambda: self.decided.emit(YES), icon="check", role="primary", description="Y"),
            button(self.tr("No, say it again"), lambda: self.decided.emit(NO), icon="repeat", description="N"),
            button(self.tr("Leave it out"), lambda: self.decided.emit(SKIP), icon="cross", description="X"),
        )

    def _asked_words(self, question: Asked) -> str:
        is_patient = question.listener is Role.PATIENT
        match question.kind:
            case "read-back":
                return self.tr("Read back to the patient") if is_patient else self.tr("Read back to the doctor")
            case "teach-back":
                return self.tr("The patient is asked to say it in their own words")
            case _:
                return self.tr("Asked of the patient") if is_patient else self.tr("Asked of the doctor")

    # --- parts

    def _title(self, icon: str, text: str) -> None:
        mark, words = QLabel(), label(text, "subheading")
        set_icon(mark, icon, "warn", size=22)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(mark)
        row.addWidget(words, 1)
        self._column.addLayout(row)

    def _field(self, name: str, text: str, language: str) -> None:
        if name:
            self._column.addWidget(label(name, "caption"))
        words = label(plain(text))
        directed(words, language)
        self._column.addWidget(words)

    def _buttons(self, *buttons: QPushButton) -> None:
        for one in buttons:
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the visit
        self._column.addWidget(flowing(*buttons))
