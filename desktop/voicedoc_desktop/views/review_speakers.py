"""Who the speakers of a session are, and what else is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.review import Opened, Voice
from voicedoc_desktop.views.review_list import when_text
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, beside, field
from voicedoc_desktop.widgets.labels import label, named

ROLES = ("doctor", "patient", "other")


def role_word(role: str) -> str:
    """A role in a word."""
    words = {
        "doctor": QCoreApplication.translate("SpeakersPanel", "doctor"),
        "patient": QCoreApplication.translate("SpeakersPanel", "patient"),
        "other": QCoreApplication.translate("SpeakersPanel", "somebody else"),
    }
    return words.get(role, role)


class SpeakersPanel(QWidget):
    """Roles and names.

    Signals:
        named: A speaker's label, and the role or name that somebody gives.
    """

    named = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, self.tr("Speakers"))
        self.editor = QLineEdit()
        self.editor.setPlaceholderText(self.tr("Your name"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GRID)
        inner = QWidget()
        inner.setProperty("role", "plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, GRID, GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(self._cards)
        column.addWidget(
            field(self.tr("Corrections are signed with"), self.editor, self.tr("The history says who corrected what."))
        )
        column.addStretch(1)
        _scrolled(self, inner)
        self._voices: tuple[Voice, ...] | None = None
        self._may_change = False

    def show_voices(self, voices: Sequence[Voice], *, may_change: bool) -> None:
        """Show these speakers."""
        if (tuple(voices), may_change) == (self._voices, self._may_change):
            return
        self._voices, self._may_change = tuple(voices), may_change
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for voice in voices:
            self._cards.addWidget(self._card(voice))
        if not voices:
            text = self.tr("Nobody was told apart by voice. Each line says who spoke: doctor or patient.")
            self._cards.addWidget(label(text, "muted"))

    def _card(self, voice: Voice) -> QWidget:
        card = Card(f"{voice.label}  ·  {role_word(voice.title)}", "person")
        role, name = QComboBox(), QLineEdit(voice.name)
        for one in ROLES:
            role.addItem(role_word(one), one)
        role.setCurrentIndex(role.findData(voice.role))
        named(role, self.tr("Role of {label}").format(label=voice.label))
        named(name, self.tr("Name of {label}").format(label=voice.label))
        name.setPlaceholderText(self.tr("Name, such as Ana Silva"))
        role.activated.connect(lambda number: self.named.emit(voice.label, role.itemData(number)))
        apply = button(self.tr("Name"), partial(self._name, voice.label, name.text), icon="check")
        name.returnPressed.connect(partial(self._name, voice.label, name.text))
        for made in (role, name, apply):
            made.setEnabled(self._may_change)
        card.body.addWidget(role)
        card.body.addLayout(beside(name, apply))
        if voice.why:
            card.body.addWidget(label(voice.why, "caption"))
        return card

    def _name(self, speaker: str, text: Callable[[], str]) -> None:
        if text().strip():
            self.named.emit(speaker, text().strip())


class AboutPanel(QWidget):
    """What else is known: how long it is kept, consent, notices, what the rules warned of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, self.tr("About the session"))
        inner = QWidget()
        inner.setProperty("role", "plain")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, GRID, GRID, GRID)
        self._column.setSpacing(GRID)
        _scrolled(self, inner)

    def show_opened(self, opened: Opened) -> None:
        """Show what is known of a session."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text in self._facts(opened):
            self._column.addWidget(label(text))
        for alarm in opened.alarms:
            self._column.addWidget(Banner(Notice(alarm, tone=Tone.BAD)))
        for notice in (*opened.notices, *opened.damaged):
            self._column.addWidget(Banner(Notice(notice, tone=Tone.WARN)))
        self._column.addStretch(1)

    def _facts(self, opened: Opened) -> list[str]:
        known = opened.known
        consent = {
            True: self.tr("Consent to the recording: yes"),
            False: self.tr("Consent to the recording: no"),
            None: self.tr("Consent to the recording: not recorded"),
        }[known.agreed]
        if known.is_folder:
            return [self.tr("In the folder {folder}").format(folder=known.id)]
        until = when_text(known.keep_until)
        kept = self.tr("Kept until {when}").format(when=until) if until else self.tr("Kept until somebody destroys it")
        return [consent, kept]


def _scrolled(whole: QWidget, inner: QWidget) -> None:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area)
