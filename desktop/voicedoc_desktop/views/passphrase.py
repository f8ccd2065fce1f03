"""Asks for the passphrase of the stored visits."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, field
from voicedoc_desktop.widgets.dialog import Dialog
from voicedoc_desktop.widgets.labels import label, named, retone

SHORTEST = 8
"""Letters of a new passphrase, as `voicedoc.store.keys` wants them; a test compares the two."""


class PassphraseDialog(Dialog):
    """Asks for a passphrase; a new one is typed twice. `text` is what was typed, None if somebody would not."""

    def __init__(self, parent: QWidget | None, *, is_new: bool) -> None:
        super().__init__(parent)
        self._is_new = is_new
        title = self._title()
        self.setWindowTitle(title)
        self.first, self.second, self.wrong = _secret(), _secret(), label("", "caption", tone="bad")
        self.ok = button(self.tr("Unlock") if not is_new else self.tr("Use it"), self._accept, role="primary")
        self.ok.setDefault(True)
        named(self, title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addStrut(440)  # no minimum of the dialog's own: larger letters need more
        whole.addWidget(label(title, "heading"))
        whole.addWidget(label(self._why(), "muted"))
        whole.addWidget(field(self.tr("Passphrase"), self.first))
        if is_new:
            whole.addWidget(field(self.tr("The same again"), self.second))
        whole.addWidget(self.wrong)
        whole.addLayout(self._answers())

    @property
    def text(self) -> str | None:
        """What was typed."""
        return self.first.text() if self.result() == QDialog.DialogCode.Accepted else None

    def _title(self) -> str:
        if self._is_new:
            return self.tr("New passphrase for the stored visits")
        return self.tr("Passphrase of the stored visits")

    def _why(self) -> str:
        if self._is_new:
            return self.tr("Visits are kept encrypted. Without this passphrase nobody can read them again.")
        return self.tr("Visits are kept encrypted on this machine. It is asked for once, until the app closes.")

    def _answers(self) -> QHBoxLayout:
        answers = QHBoxLayout()
        answers.setSpacing(GRID)
        answers.addStretch(1)
        answers.addWidget(button(self.tr("Cancel"), self.reject))
        answers.addWidget(self.ok)
        return answers

    def _accept(self) -> None:
        wrong = self._problem()
        self.wrong.setText(wrong)
        self.grow()
        for each in (self.first, self.second):
            retone(each, "true" if wrong else "false", "wrong")
        if not wrong:
            self.accept()

    def _problem(self) -> str:
        if not self.first.text():
            return self.tr("Type the passphrase.")
        if not self._is_new:
            return ""
        if len(self.first.text()) < SHORTEST:
            return self.tr("Use {n} letters or more; several words are good.").format(n=SHORTEST)
        return self.tr("The two are not the same.") if self.first.text() != self.second.text() else ""


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
