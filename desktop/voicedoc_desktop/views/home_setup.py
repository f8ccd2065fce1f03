"""Setting up a visit: languages, what can be expected of them, devices, what people are told and what is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.places import Place
from voicedoc_desktop.viewmodels.home import HomeViewModel
from voicedoc_desktop.viewmodels.home_screen import VISIT_LANGUAGES, HomeState
from voicedoc_desktop.views.devices import DevicesForm
from voicedoc_desktop.views.expectation import Expectation
from voicedoc_desktop.views.told import ToldBefore
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, field, line
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.folded import Folded
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import language_choices
from voicedoc_desktop.words.failures import failure_words


class VisitSetup(Card):
    """The form of a new visit."""

    def __init__(self, model: HomeViewModel) -> None:
        super().__init__(QCoreApplication.translate("VisitSetup", "New visit"), "visit")
        self._model = model
        self.doctor, self.patient, self.profile = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.expectation, self.devices, self.told = Expectation(), DevicesForm(model.devices), ToldBefore()
        self.trouble = Banner(Notice(""))
        self.fetch = button(self.tr("Fetch what is missing"), self._fetch, icon="download", role="primary")
        self.trouble.add_action(self.fetch)
        self.options = self._options()
        self.folded = (
            Folded(self.tr("More choices"), self.options),
            Folded(self.tr("What both are told before"), self.told),
        )
        self.kept = label("", "muted")
        self.start = button(
            self.tr("Start the visit"),
            model.start,
            icon="microphone",
            role="primary",
            is_big=True,
            shortcut="Ctrl+Return",
            description=self.tr("Loads the models, checks the sound and asks both for consent; then people talk."),
        )
        self._compose()
        self._connect()

    def _compose(self) -> None:
        self.body.addLayout(self._languages())
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.expectation)
        self.body.addWidget(line())
        self.body.addWidget(self.devices)
        self.body.addWidget(line())
        for folded in self.folded:
            self.body.addWidget(folded)
        self.body.addWidget(self.kept)

    def _languages(self) -> QGridLayout:
        swap = button(self.tr("Swap the two languages"), self._model.swap_languages, icon="swap", role="icon")
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.addWidget(field(self.tr("The doctor speaks"), self.doctor), 0, 0)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(swap)
        grid.addLayout(middle, 0, 1)
        grid.addWidget(field(self.tr("The patient speaks"), self.patient), 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _options(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.push_to_talk = _check(
            self.tr("Push to talk"), self.tr("People are heard only while a button or the space bar is pressed.")
        )
        self.silent = _check(self.tr("Show only"), self.tr("Translations are shown and never spoken."))
        self.checks = _check(
            self.tr("Check the sound first"), self.tr("Without it, speaking does not interrupt the voice.")
        )
        self.advises = _check(
            self.tr("Advice beside the visit"),
            self.tr("Rules warn the clinician of red flags and of medicines that do not go together."),
        )
        for box in (self.push_to_talk, self.silent, self.checks, self.advises):
            column.addWidget(box)
            column.addWidget(label(box.accessibleDescription(), "caption"))
        hint = self.tr("Which models are used, and on which machine they run well.")
        column.addWidget(field(self.tr("Profile"), self.profile, hint))
        return whole

    def _connect(self) -> None:
        model = self._model
        self.doctor.chosen.connect(lambda tag: model.choose(doctor=tag))
        self.patient.chosen.connect(lambda tag: model.choose(patient=tag))
        self.profile.chosen.connect(lambda name: model.choose(profile=name))
        self.push_to_talk.clicked.connect(lambda on: model.choose(push_to_talk=on))
        self.silent.clicked.connect(lambda on: model.choose(silent=on))
        self.checks.clicked.connect(lambda on: model.choose(checks=on))
        self.advises.clicked.connect(lambda on: model.choose(advises=on))

    # --- showing

    def show_state(self, state: HomeState) -> None:
        """Show it."""
        plan = state.plan
        languages = language_choices(VISIT_LANGUAGES)
        self.doctor.show_choices(languages, plan.doctor)
        self.patient.show_choices(languages, plan.patient)
        profiles = state.around.profiles if state.around else ()
        self.profile.show_choices([Choice(each.name, each.name) for each in profiles], plan.profile)
        for box, on in self._switches(state).items():
            box.setChecked(on)
        self.expectation.show_outlook(state.outlook, waits=state.outlook is None and state.outlook_failure is None)
        self.told.show_outlook(state.outlook)
        self.kept.setText(self._what_is_kept(state))
        self._show_trouble(state)
        self.start.setEnabled(state.can_start)

    def _switches(self, state: HomeState) -> dict[QCheckBox, bool]:
        plan = state.plan
        return {
            self.push_to_talk: plan.push_to_talk,
            self.silent: plan.silent,
            self.checks: plan.checks,
            self.advises: plan.advises,
        }

    def _show_trouble(self, state: HomeState) -> None:
        notice, lacks = self._trouble(state), state.outlook is not None and bool(state.outlook.lacks)
        self.trouble.setVisible(notice is not None)
        self.fetch.setVisible(lacks)
        if notice is not None:
            self.trouble.show_notice(notice)

    def _trouble(self, state: HomeState) -> Notice | None:
        if state.outlook_failure is not None:
            words = failure_words(state.outlook_failure)
            return Notice(words.title, words.remedy, Tone.BAD)
        found = state.outlook
        if found is None:
            return None
        if state.plan.doctor == state.plan.patient:
            return Notice(self.tr("Choose two different languages."))
        if found.problem:
            text = self.tr("The profile {name} does not interpret between these two languages.")
            return Notice(text.format(name=found.profile), found.remedy)
        if found.lacks:
            text = self.tr("%n model(s) must be fetched before the first visit.", "", len(found.lacks))
            return Notice(text, self.tr("{size} to download, once.").format(size=_size(found.size)), Tone.INFO)
        return None

    def _what_is_kept(self, state: HomeState) -> str:
        where = self.tr("Sound, words and translations are kept encrypted on this machine, and nowhere else.")
        if state.around is None:
            return where
        days = state.around.keep_days
        if days is None:
            how_long = self.tr("They are kept until somebody destroys them.")
        elif days == 0:
            how_long = self.tr("They are destroyed soon after the visit.")
        else:
            how_long = self.tr("They are destroyed %n day(s) after the visit.", "", days)
        return f"{where} {how_long}"

    def _fetch(self) -> None:
        self._model.open_place(Place.WELCOME)


def _check(text: str, description: str) -> QCheckBox:
    box = QCheckBox(text)
    named(box, text, description)
    return box


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.0f} MB"
