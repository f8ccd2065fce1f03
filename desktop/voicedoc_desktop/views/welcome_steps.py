"""The steps of the guide: what this is and is not, the sound, one practice sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from voicedoc.core.languages import primary
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.practice import Hearing, Practised, Preparing, Understanding, sentence_in
from voicedoc_desktop.state.settings import LANGUAGES
from voicedoc_desktop.viewmodels.home_screen import VISIT_LANGUAGES
from voicedoc_desktop.viewmodels.welcome import WelcomeState, WelcomeViewModel
from voicedoc_desktop.views.devices import DevicesForm
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, field, row
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import both_names, language_choices
from voicedoc_desktop.widgets.language_names import language_name
from voicedoc_desktop.words.failures import failure_words


class Step(QWidget):
    """One step: cards below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * GRID)


class LimitsStep(Step):
    """What VoiceDoc does and does not, and which languages are spoken here."""

    def __init__(self, model: WelcomeViewModel) -> None:
        super().__init__()
        self.language, self.doctor, self.patient = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.language.chosen.connect(lambda tag: model.change(language=tag))
        self.doctor.chosen.connect(lambda tag: model.change(doctor=tag))
        self.patient.chosen.connect(lambda tag: model.change(patient=tag))
        warning = self.tr("It is no qualified interpreter and no medical device.")
        remedy = self.tr("Machine translation makes errors that matter. Have a person at hand who can check.")
        self.column.addWidget(Banner(Notice(warning, remedy)))
        self.column.addWidget(self._about())
        self.column.addWidget(self._languages())
        self.column.addStretch(1)

    def _about(self) -> Card:
        card = Card(self.tr("What it does"), "visit")
        for text in (
            self.tr("It listens to a doctor and a patient, writes down what each says, translates and speaks it."),
            self.tr("It holds a translation that changed a dose, a drug, a side or a “not”, and asks you."),
            self.tr("It keeps everything encrypted on this machine. Nothing leaves it."),
            self.tr("It warns, and drafts notes; a person decides, and signs."),
        ):
            card.body.addWidget(label(f"•  {text}"))
        return card

    def _languages(self) -> Card:
        card = Card(self.tr("Languages"), "language")
        card.body.addWidget(field(self.tr("Language of the app"), self.language))
        card.body.addWidget(field(self.tr("The doctor speaks"), self.doctor))
        card.body.addWidget(field(self.tr("The patient speaks"), self.patient))
        return card

    def show_state(self, state: WelcomeState) -> None:
        """Show it."""
        system = Choice("", self.tr("As the system"))
        choices = [system, *(Choice(tag, language_name(tag)) for tag in LANGUAGES)]
        self.language.show_choices(choices, state.settings.language)
        languages = language_choices(VISIT_LANGUAGES)
        self.doctor.show_choices(languages, state.settings.doctor)
        self.patient.show_choices(languages, state.settings.patient)


class SoundStep(Step):
    """The devices, with how loud it is."""

    def __init__(self, model: WelcomeViewModel) -> None:
        super().__init__()
        card = Card(self.tr("Microphones and loudspeaker"), "microphone")
        text = self.tr("Say a few words: the bar moves. Before each visit the sound is checked, with the loudspeaker.")
        card.body.addWidget(label(text, "muted"))
        self.devices = DevicesForm(model.devices)
        card.body.addWidget(self.devices)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def show_state(self, state: WelcomeState) -> None:
        """The form follows its own state."""


class PracticeStep(Step):
    """A sentence to read out, and what became of it."""

    def __init__(self, model: WelcomeViewModel) -> None:
        super().__init__()
        self._model = model
        self.sentence = label("", "heading")
        self.busy, self.doing = QProgressBar(), label("", "muted")
        self.busy.setRange(0, 0)
        named(self.busy, self.tr("The practice is under way"))
        self.begin = button(self.tr("Listen to me"), model.practise, icon="microphone", role="primary")
        self.stop = button(self.tr("Stop"), model.stop_practice, icon="stop")
        self.trouble = Banner(Notice(""))
        self.heard, self.translated = _Result(self.tr("Understood")), _Result(self.tr("Translated"))
        card = Card(self.tr("Read this sentence out"), "microphone")
        card.body.addWidget(label(self.tr("Nothing of it is kept."), "muted"))
        card.body.addWidget(self.sentence)
        card.body.addLayout(row(self.begin, self.stop))
        for widget in (self.doing, self.busy, self.trouble, self.heard, self.translated):
            card.body.addWidget(widget)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def show_state(self, state: WelcomeState) -> None:
        """Show it."""
        doctor, patient = state.settings.doctor, state.settings.patient
        self.sentence.setText(sentence_in(doctor))
        can_begin = state.outlook is not None and state.outlook.can_start
        self.begin.setEnabled(can_begin and not state.is_practising)
        self.stop.setVisible(state.is_practising)
        self.busy.setVisible(state.is_practising)
        self.doing.setText(self._words(state))
        self.doing.setVisible(bool(self.doing.text()))
        notice = self._trouble(state, can_begin=can_begin)
        self.trouble.setVisible(notice is not None)
        if notice is not None:
            self.trouble.show_notice(notice)
        found = state.practice if isinstance(state.practice, Practised) else Practised("", "", is_spoken=False)
        self.heard.show_text(found.heard, doctor)
        self.translated.show_text(found.translation, patient)

    def _words(self, state: WelcomeState) -> str:
        match state.practice:
            case Preparing():
                return self.tr("Loading the models …")
            case Hearing(seconds):
                return self.tr("Read it out now. Listening for {n} seconds …").format(n=round(seconds))
            case Understanding():
                return self.tr("Understanding …")
            case _:
                return ""

    def _trouble(self, state: WelcomeState, *, can_begin: bool) -> Notice | None:
        if state.practice_failure is not None:
            words = failure_words(state.practice_failure)
            return Notice(words.title, words.remedy, Tone.BAD)
        if state.outlook is not None and not can_begin:
            return Notice(self.tr("The models are not there yet."), self.tr("Go back, and fetch them."), Tone.INFO)
        if isinstance(state.practice, Practised):
            if not state.practice.heard:
                return Notice(self.tr("Nothing was understood."), self.tr("Come closer, and try again."))
            if state.practice.trouble:
                return Notice(self.tr("It was not spoken."), state.practice.trouble)
            return Notice(self.tr("That works."), self.tr("Compare it with what you said."), Tone.GOOD)
        return None


class _Result(QFrame):
    """A text in its own direction, under what it is."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._title, self._over, self._text = title, label("", "caption"), label("", "subheading")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.addWidget(self._over)
        column.addWidget(self._text)

    def show_text(self, text: str, language: str) -> None:
        """Show a text; nothing where there is none."""
        self.setVisible(bool(text))
        from_right = primary(language) in RIGHT_TO_LEFT
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight)
        self._over.setText(f"{self._title} · {both_names(language)}")
        self._text.setText(text)
        named(self, self._over.text(), text)
