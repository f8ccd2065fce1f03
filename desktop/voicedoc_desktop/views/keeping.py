"""How visits are kept: for how long, and under which key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QProgressBar

from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.stored import StoreFacts
from voicedoc_desktop.viewmodels.settings import SettingsState, SettingsViewModel
from voicedoc_desktop.views.passphrase import PassphraseDialog
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import Card, field, row
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.question import Question, asked
from voicedoc_desktop.words.failures import failure_words

DAYS = (0, 1, 7, 30, 90, 365)
"""Choices of how long visits are kept; none of them is for ever."""


class Keeping(Card):
    """Retention and encryption."""

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(QCoreApplication.translate("Keeping", "How visits are kept"), "lock")
        self._model = model
        self.days, self.kind, self.where = ChoiceBox(), Badge(), label("", "caption")
        self.trouble, self.expired = Banner(Notice("")), Banner(Notice(""))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        named(self.busy, self.tr("The visits are put under the new key"))
        self.passphrase = button(self.tr("Use a passphrase …"), self._ask_passphrase, icon="key")
        self.keyring = button(self.tr("Use the computer's keyring"), self._use_keyring, icon="lock")
        self.expired.add_action(button(self.tr("Destroy them now"), self._destroy, icon="trash", role="danger"))
        self.days.chosen.connect(lambda days: model.keep_for(None if days == "" else int(days)))
        self._compose()

    def _compose(self) -> None:
        self.body.addWidget(self.trouble)
        hint = self.tr("Holds for visits to come. Those over their time are destroyed when the next one begins.")
        self.body.addWidget(field(self.tr("Destroy a visit"), self.days, hint))
        self.body.addWidget(self.expired)
        self.body.addWidget(label(self.tr("Encryption"), "subheading"))
        self.body.addLayout(row(self.kind))
        self.body.addWidget(self.where)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.keyring)

    def show_state(self, state: SettingsState) -> None:
        """Show it."""
        self.trouble.setVisible(state.store_failure is not None)
        if state.store_failure is not None:
            words = failure_words(state.store_failure)
            self.trouble.show_notice(Notice(words.title, words.remedy, Tone.BAD))
        self.busy.setVisible(state.doing == "key")
        store = state.store
        for control in (self.days, self.passphrase, self.keyring):
            control.setEnabled(store is not None and not state.doing)
        self.days.show_choices(self._choices(), _days_of(store))
        self.expired.setVisible(store is not None and store.n_expired > 0)
        if store is None:
            self.kind.show_state(self.tr("looking …"), "waiting")
            return
        self._show_store(store)

    def _show_store(self, store: StoreFacts) -> None:
        words = {
            "keyring": self.tr("encrypted, key in the computer's keyring"),
            "passphrase": self.tr("encrypted, key made of a passphrase"),
            "": self.tr("the first visit makes the key"),
        }
        self.kind.show_state(words[store.key_kind], "lock", "good" if store.key_kind else "plain")
        count = self.tr("%n visit(s) in {folder}", "", store.n_sessions)
        self.where.setText(count.format(folder=store.folder))
        if store.n_expired:
            self.expired.show_notice(Notice(self.tr("%n visit(s) are over their time.", "", store.n_expired)))

    def _choices(self) -> list[Choice]:
        first = {0: self.tr("when the next one begins"), 1: self.tr("after a day")}
        days = [Choice(str(n), first.get(n) or self.tr("after {n} days").format(n=n)) for n in DAYS]
        return [Choice("", self.tr("never; somebody does it")), *days]

    def _ask_passphrase(self) -> None:
        dialog = PassphraseDialog(self, is_new=True)
        dialog.exec()
        if dialog.text is not None:
            self._model.change_key("passphrase", dialog.text)

    def _use_keyring(self) -> None:
        self._model.change_key("keyring")

    def _destroy(self) -> None:
        question = Question(
            self,
            self.tr("Destroy these visits?"),
            self.tr("What was said in them, their sound and their notes can never be read again."),
            yes=self.tr("Destroy them"),
            no=self.tr("Keep them"),
            is_danger=True,
        )
        if asked(question):
            self._model.destroy_expired()


def _days_of(store: StoreFacts | None) -> str:
    return "" if store is None or store.keep_days is None else str(store.keep_days)
