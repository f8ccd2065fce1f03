"""A dialogue model on a machine of one's own: where it is, and what that means for what people say."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from voicedoc_desktop.state.address import host_of, leaves_this_machine
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.settings import SettingsState, SettingsViewModel
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import Card, field
from voicedoc_desktop.widgets.labels import label
from voicedoc_desktop.words.failures import failure_words


class ServerForm(Card):
    """Address and model; nothing is sent anywhere without them."""

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(QCoreApplication.translate("ServerForm", "Dialogue model on your own network"), "server")
        self._model = model
        self.address, self.name = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("http://192.168.1.20:8000/v1")
        self.warning, self.found = Banner(Notice("")), Banner(Notice(""))
        self.use = button(self.tr("Use it, and try it"), self._use, icon="check")
        text = self.tr("Drafts of notes can be written by a model. Without one, rules do it, on this machine.")
        self.body.addWidget(label(text, "muted"))
        self.body.addWidget(field(self.tr("Address"), self.address, self.tr("Up to and including /v1; empty is none.")))
        self.body.addWidget(field(self.tr("The model's name there"), self.name))
        self.body.addWidget(self.warning)
        self.body.addWidget(self.use)
        self.body.addWidget(self.found)
        self.address.textChanged.connect(self._check)
        self._check(self.address.text())
        self._first = True

    def _check(self, address: str) -> None:
        leaves = leaves_this_machine(address)
        self.warning.setVisible(leaves)
        if leaves:
            text = self.tr("What people say in a visit will leave this machine, and go to {host}.")
            remedy = self.tr("Use a machine that you trust with patients' words, on a network of your own.")
            self.warning.show_notice(Notice(text.format(host=host_of(address)), remedy))

    def _use(self) -> None:
        self._model.try_server(self.address.text(), self.name.text())

    def show_state(self, state: SettingsState) -> None:
        """Show it; what somebody is typing stays."""
        if self._first:
            self._first = False
            self.address.setText(state.settings.server)
            self.name.setText(state.settings.server_model)
        self.use.setEnabled(state.doing != "server")
        notice = self._notice(state)
        self.found.setVisible(notice is not None)
        if notice is not None:
            self.found.show_notice(notice)

    def _notice(self, state: SettingsState) -> Notice | None:
        if state.doing == "server":
            return Notice(self.tr("Asking …"), tone=Tone.INFO)
        if state.server_answers:
            return Notice(self.tr("It answers."), tone=Tone.GOOD)
        if state.server_failure is not None:
            words = failure_words(state.server_failure)
            return Notice(words.title, words.remedy, Tone.BAD)
        return None
