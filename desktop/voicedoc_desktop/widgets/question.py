"""Asking before something that cannot be undone, or would be sad to lose."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.dialog import Dialog
from voicedoc_desktop.widgets.labels import label, named


class Question(Dialog):
    """A question with two answers. Escape and closing are the harmless one, which has the focus.

    `typed` must be typed before the other one can be chosen, where it is given.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        *,
        yes: str,
        no: str,
        is_danger: bool = False,
        typed: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        named(self, title, text)
        self.setModal(True)
        self.yes = button(yes, self.accept, role="danger" if is_danger else "primary")
        self.no = button(no, self.reject)
        self.typed = QLineEdit()
        self._wanted = typed
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addStrut(420)  # no minimum of the dialog's own: larger letters need more
        whole.addLayout(self._head(title, is_danger=is_danger))
        whole.addWidget(label(text))
        if typed:
            self._ask_to_type(whole)
        answers = QHBoxLayout()
        answers.setSpacing(GRID)
        answers.addStretch(1)
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        whole.addLayout(answers)
        (self.typed if typed else self.no).setFocus()

    def _head(self, title: str, *, is_danger: bool) -> QHBoxLayout:
        mark = QLabel()
        set_icon(mark, "warning" if is_danger else "question", "bad" if is_danger else "accent", size=28)
        head = QHBoxLayout()
        head.setSpacing(GRID + 4)
        head.addWidget(mark)
        head.addWidget(label(title, "heading"), 1)
        return head

    def _ask_to_type(self, whole: QVBoxLayout) -> None:
        prompt = self.tr("Type {word} to go on").format(word=self._wanted)
        named(self.typed, prompt)
        whole.addWidget(label(prompt, "subheading"))
        whole.addWidget(self.typed)
        self.yes.setEnabled(False)
        self.typed.textChanged.connect(lambda text: self.yes.setEnabled(text.strip() == self._wanted))


def asked(question: Question) -> bool:
    """Show it; whether the answer is yes."""
    return question.exec() == QDialog.DialogCode.Accepted
