"""Settings: cards below each other, each for one matter; what is changed holds at once."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from voicedoc_desktop.state.places import Place
from voicedoc_desktop.state.settings import LANGUAGES, TEXT_SIZES, THEMES
from voicedoc_desktop.viewmodels.home_screen import VISIT_LANGUAGES
from voicedoc_desktop.viewmodels.settings import SettingsState, SettingsViewModel
from voicedoc_desktop.views.devices import DevicesForm
from voicedoc_desktop.views.hot_keys import HotKeys
from voicedoc_desktop.views.keeping import Keeping
from voicedoc_desktop.views.server import ServerForm
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import Card, field
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.columns import Columns
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import language_choices
from voicedoc_desktop.widgets.language_names import language_name
from voicedoc_desktop.widgets.page import Page


class SettingsView(QWidget):
    """Shows a `SettingsState`."""

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__()
        self._model = model
        self.page = Page(self.tr("Settings"), self.tr("What is changed here holds at once."), widest=1240)
        self.language, self.theme, self.text_size = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.doctor, self.patient, self.profile = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.switches = self._switches()
        self.keys, self.keeping, self.server = HotKeys(model), Keeping(model), ServerForm(model)
        columns = Columns(shares=(1, 1))
        for card in (self._looks(), self._sound(), self._conversation()):
            columns.left.addWidget(card)
        for card in (self.keeping, self.server, self.keys, self._about()):
            columns.right.addWidget(card)
        self.page.body.addWidget(columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self._connect()
        model.changed.connect(self.show_state)
        self.show_state(model.state)

    # --- cards

    def _looks(self) -> Card:
        card = Card(self.tr("Language and look"), "language")
        card.body.addWidget(field(self.tr("Language of the app"), self.language))
        card.body.addWidget(field(self.tr("Colours"), self.theme))
        card.body.addWidget(field(self.tr("Size of text"), self.text_size))
        return card

    def _sound(self) -> Card:
        card = Card(self.tr("Microphones and loudspeaker"), "device")
        card.body.addWidget(DevicesForm(self._model.devices))
        return card

    def _conversation(self) -> Card:
        card = Card(self.tr("Visits"), "visit")
        card.body.addWidget(field(self.tr("The doctor speaks"), self.doctor))
        card.body.addWidget(field(self.tr("The patient speaks"), self.patient))
        hint = self.tr("Which models are used, and on which machine they run well.")
        card.body.addWidget(field(self.tr("Profile"), self.profile, hint))
        for box in self.switches.values():
            card.body.addWidget(box)
            card.body.addWidget(label(box.accessibleDescription(), "caption"))
        return card

    def _about(self) -> Card:
        card = Card(self.tr("About"), "info")
        text = self.tr(
            "VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that "
            "matter: have a person at hand who can check."
        )
        card.body.addWidget(label(text, "muted"))
        again = self.tr("Show the introduction")
        card.body.addWidget(button(again, lambda: self._model.open_place(Place.WELCOME), icon="info"))
        return card

    def _switches(self) -> dict[str, QCheckBox]:
        return {
            "push_to_talk": _check(
                self.tr("Push to talk"), self.tr("People are heard only while a button or the space bar is pressed.")
            ),
            "silent": _check(self.tr("Show only"), self.tr("Translations are shown and never spoken.")),
            "checks": _check(
                self.tr("Check the sound first"), self.tr("Without it, speaking does not interrupt the voice.")
            ),
            "advises": _check(
                self.tr("Advice beside the visit"),
                self.tr("Rules warn the clinician of red flags and of medicines that do not go together."),
            ),
        }

    def _connect(self) -> None:
        change = self._model.change
        self.language.chosen.connect(lambda tag: change(language=tag))
        self.theme.chosen.connect(lambda name: change(theme=name))
        self.text_size.chosen.connect(lambda size: change(text_size=int(size)))
        self.doctor.chosen.connect(lambda tag: change(doctor=tag))
        self.patient.chosen.connect(lambda tag: change(patient=tag))
        self.profile.chosen.connect(lambda name: change(profile=name))
        for name, box in self.switches.items():
            box.clicked.connect(lambda on, name=name: change(**{name: on}))

    # --- showing

    def show_state(self, state: SettingsState) -> None:
        """Show it."""
        now = state.settings
        system = Choice("", self.tr("As the system"))
        self.language.show_choices([system, *(Choice(tag, language_name(tag)) for tag in LANGUAGES)], now.language)
        self.theme.show_choices([Choice(name, self._theme(name)) for name in THEMES], now.theme)
        sizes = [Choice(str(size), self.tr("{n} %").format(n=size)) for size in TEXT_SIZES]
        self.text_size.show_choices(sizes, str(now.text_size))
        languages = language_choices(VISIT_LANGUAGES)
        self.doctor.show_choices(languages, now.doctor)
        self.patient.show_choices(languages, now.patient)
        self.profile.show_choices([Choice(name, name) for name in state.profiles], now.profile)
        for name, box in self.switches.items():
            box.setChecked(bool(getattr(now, name)))
        self.keys.show_state(state)
        self.keeping.show_state(state)
        self.server.show_state(state)

    def _theme(self, name: str) -> str:
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        return names[name]


def _check(text: str, description: str) -> QCheckBox:
    box = QCheckBox(text)
    named(box, text, description)
    return box
