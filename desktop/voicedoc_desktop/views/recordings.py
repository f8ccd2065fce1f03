"""Recordings: drop them, say how they are to be transcribed, and see how far each has come."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
)

from voicedoc.core.time import clock_text
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.recordings import AGAIN, WITH_RESULT, Item, QueueState, Stage, Wish
from voicedoc_desktop.tasks.transcribe import Choices
from voicedoc_desktop.viewmodels.recordings import RecordingsViewModel
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, field
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.drop import DropZone
from voicedoc_desktop.widgets.elided import Elided
from voicedoc_desktop.widgets.flow import Flow
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import language_choices, name_here
from voicedoc_desktop.widgets.page import Page

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt", "ru", "zh")
"""Languages that may be heard in a recording."""

STAGE_ICONS = {
    Stage.WAITING: "waiting", Stage.WORKING: "sparkle", Stage.DONE: "check", Stage.ALREADY: "check",
    Stage.SAME: "check", Stage.FAILED: "error", Stage.STOPPED: "stop",
}  # fmt: skip
STAGE_TONES = {
    Stage.WAITING: "plain", Stage.WORKING: "accent", Stage.DONE: "good", Stage.ALREADY: "good",
    Stage.SAME: "good", Stage.FAILED: "bad", Stage.STOPPED: "warn",
}  # fmt: skip


class RecordingsView(Page):
    """The screen."""

    def __init__(self, model: RecordingsViewModel) -> None:
        title = QCoreApplication.translate("RecordingsView", "Recordings")
        text = QCoreApplication.translate(
            "RecordingsView",
            "Recorded consultations: who said what, when, in both languages. Nothing is sent.",
        )
        super().__init__(title, text)
        self._model = model
        self.drop = DropZone(self.tr("Drop recordings or folders here"), self.tr("Any common format of audio or video"))
        self.drop.dropped.connect(model.add)
        self.wish = WishCard(model)
        self.queue = QueueCard(model)
        self.problem = Banner(Notice("", tone=Tone.WARN))
        self.how = label("", "caption")
        for part in (self.problem, self.drop, self.how, self.queue, self.wish):
            self.body.addWidget(part)
        model.changed.connect(self.show_state)
        model.wish_changed.connect(self.show_wish)
        self.show_state(model.state)
        self.show_wish(model.wish)

    def show_wish(self, wish: Wish) -> None:
        """Say how the next ones are transcribed, and why none can be."""
        problem = wish.problem if self._model.choices else ""
        self.drop.setEnabled(not problem)
        languages = ", ".join(map(name_here, wish.languages))
        told = self.tr("The next ones are transcribed as {languages}, profile {profile}. Change that below.")
        lacks = {
            "languages": self.tr("Choose a language below first."),
            "formats": self.tr("Choose a kind of document below first."),
            "out": self.tr("Choose a folder for the results below first."),
        }
        self.how.setText(lacks.get(problem) or told.format(languages=languages, profile=wish.profile))

    def show_state(self, state: QueueState) -> None:
        """Show the queue."""
        self.problem.setVisible(bool(state.problem))
        self.problem.show_notice(Notice(state.problem, state.remedy, Tone.WARN))
        self.queue.show_state(state)


class WishCard(Card):
    """How the next recordings are to be transcribed."""

    def __init__(self, model: RecordingsViewModel) -> None:
        super().__init__(QCoreApplication.translate("WishCard", "How they are transcribed"), "settings")
        self._model = model
        self.doctor, self.patient, self.profile = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.into = {which: QCheckBox() for which in ("doctor", "patient")}
        self.speakers = ChoiceBox()
        self.out = QLineEdit()
        self.formats: dict[str, QCheckBox] = {}
        self.lacks = Banner(Notice("", tone=Tone.WARN))
        self._models = button(
            self.tr("Models"), partial(model.go_to_models), icon="models", description=self.tr("Fetch what is missing")
        )
        self.lacks.add_action(self._models)
        self._compose()
        self._connect()
        if model.choices:
            self._show_choices(model.choices)
        self.show_wish(model.wish)

    def _compose(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        grid.addWidget(field(self.tr("Doctor's language"), self.doctor), 0, 0)
        grid.addWidget(field(self.tr("Patient's language"), self.patient), 0, 1)
        grid.addWidget(field(self.tr("Profile"), self.profile), 1, 0)
        grid.addWidget(field(self.tr("How many speak"), self.speakers), 1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(label(self.tr("Translate into"), "subheading"))
        into = Flow(spacing=2 * GRID)
        for box in self.into.values():
            into.addWidget(box)
        self.body.addLayout(into)
        self.body.addWidget(label(self.tr("Documents"), "subheading"))
        self._formats = Flow(spacing=2 * GRID)
        self.body.addLayout(self._formats)
        self.body.addWidget(label(self.tr("Results go into"), "subheading"))
        where = QHBoxLayout()
        where.setSpacing(GRID)
        named(self.out, self.tr("Results go into"), self.tr("Each recording gets a folder of its own in it"))
        where.addWidget(self.out, 1)
        where.addWidget(button(self.tr("Choose …"), self._choose_folder, icon="folder"))
        self.body.addLayout(where)
        self.body.addWidget(
            label(self.tr("Results are not encrypted: whoever can open the folder can read them."), "caption")
        )
        self.body.addWidget(self.lacks)

    def _connect(self) -> None:
        model = self._model
        self.doctor.chosen.connect(lambda tag: self._speak(tag, model.wish.languages[-1]))
        self.patient.chosen.connect(lambda tag: self._speak(model.wish.languages[0], tag))
        self.profile.chosen.connect(lambda name: model.change(profile=name))
        self.speakers.chosen.connect(lambda number: model.change(n_speakers=int(number)))
        self.out.editingFinished.connect(lambda: model.change(out=self.out.text().strip()))
        for box in self.into.values():
            box.clicked.connect(lambda _: self._translate())
        model.choices_known.connect(self._show_choices)
        model.wish_changed.connect(self.show_wish)

    # --- what is shown

    def show_wish(self, wish: Wish) -> None:
        """Show how it is."""
        tags = language_choices(LANGUAGES)
        self.doctor.show_choices(tags, wish.languages[0])
        self.patient.show_choices(tags, wish.languages[-1])
        for which, tag in zip(("doctor", "patient"), (wish.languages[0], wish.languages[-1]), strict=True):
            box = self.into[which]
            box.setText(name_here(tag))
            named(box, self.tr("Translate into {language}").format(language=name_here(tag)))
            box.setChecked(tag in wish.targets)
        numbers = [Choice("0", self.tr("found out")), *(Choice(str(n), str(n)) for n in range(1, 9))]
        self.speakers.show_choices(numbers, str(wish.n_speakers))
        if not self.out.hasFocus():
            self.out.setText(wish.out)
        for name, box in self.formats.items():
            box.setChecked(name in wish.formats)
        self._show_profiles()

    def _show_choices(self, choices: Choices) -> None:
        for one in choices.formats:
            if one.name not in self.formats:
                box = QCheckBox(_format_word(one.name))
                box.setToolTip(one.what)
                named(box, _format_word(one.name), one.what)
                box.clicked.connect(lambda _: self._choose_formats())
                self.formats[one.name] = box
                self._formats.addWidget(box)
        self.show_wish(self._model.wish)

    def _show_profiles(self) -> None:
        choices, wish = self._model.choices, self._model.wish
        if choices is None:
            self.profile.show_choices([], wish.profile)
            self.lacks.hide()
            return
        self.profile.show_choices([Choice(one.name, one.name) for one in choices.profiles], wish.profile)
        chosen = next((one for one in choices.profiles if one.name == wish.profile), None)
        lacking = chosen.lacking if chosen else ()
        self.profile.setToolTip(chosen.description if chosen else "")
        self.lacks.setVisible(bool(lacking))
        text = self.tr("Models of this profile are missing: {names}").format(names=", ".join(lacking))
        self.lacks.show_notice(Notice(text, self.tr("What needs them fails until they are there."), Tone.WARN))

    # --- what one does

    def _speak(self, doctor: str, patient: str) -> None:
        ticked = [box.isChecked() for box in self.into.values()]
        targets = tuple(dict.fromkeys(tag for tag, on in zip((doctor, patient), ticked, strict=True) if on))
        self._model.change(languages=tuple(dict.fromkeys((doctor, patient))), targets=targets)

    def _translate(self) -> None:
        languages = self._model.wish.languages
        ticked = zip((languages[0], languages[-1]), self.into.values(), strict=True)
        self._model.change(targets=tuple(dict.fromkeys(tag for tag, box in ticked if box.isChecked())))

    def _choose_formats(self) -> None:
        self._model.change(formats=tuple(name for name, box in self.formats.items() if box.isChecked()))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where do results go?"), self.out.text())
        if folder:
            self._model.change(out=folder)


def _format_word(name: str) -> str:
    words = {
        "md": "Markdown", "note": QCoreApplication.translate("WishCard", "Note"), "fhir": "FHIR",
        "html": QCoreApplication.translate("WishCard", "Listening page"), "docx": "Word",
        "deid": QCoreApplication.translate("WishCard", "De-identified"),
    }  # fmt: skip
    return words.get(name, name.upper())


class QueueCard(Card):
    """The queue: a row for each recording."""

    def __init__(self, model: RecordingsViewModel) -> None:
        super().__init__(QCoreApplication.translate("QueueCard", "Queue"), "recordings")
        self._model = model
        self.pause = button(self.tr("Pause"), model.pause, icon="pause", checkable=True)
        self.retry = button(self.tr("Try failed ones again"), self._retry_all, icon="repeat")
        self.clear = button(self.tr("Take out what is done"), model.clear, icon="check", role="quiet")
        self.summary = label("", "caption")
        self.all = QProgressBar()
        self.all.setRange(0, 1000)
        named(self.all, self.tr("All recordings"))
        self._rows: dict[str, QueueRow] = {}
        self._empty = label(self.tr("Nothing is waiting. Drop a recording above to begin."), "muted")
        tools = Flow()
        for made in (self.pause, self.retry, self.clear):
            tools.addWidget(made)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.all)
        self.body.addWidget(self.summary)
        self.body.addLayout(tools)
        self.body.addLayout(self._list)

    def show_state(self, state: QueueState) -> None:
        """Show the queue. Only rows that have changed are drawn again."""
        has_items = bool(state.items)
        for made in (self.all, self.summary, self.pause, self.retry, self.clear):
            made.setVisible(has_items)
        self._empty.setVisible(not has_items)
        self._empty.setText(
            self.tr("Looking what is there …")
            if state.is_looking
            else self.tr("Nothing is waiting. Drop a recording above to begin.")
        )
        self.all.setValue(round(1000 * state.share))
        self.summary.setText(self._summed(state))
        self.pause.setChecked(state.is_paused)
        self.pause.setText(self.tr("Go on") if state.is_paused else self.tr("Pause"))
        named(self.pause, self.pause.text())
        self.pause.setEnabled(state.is_running or state.is_paused or state.n_waiting > 0)
        self.retry.setEnabled(any(one.stage in AGAIN for one in state.items))
        self.clear.setEnabled(any(one.stage in WITH_RESULT for one in state.items))
        self._show_rows(state)

    def _summed(self, state: QueueState) -> str:
        done = self.tr("{done} of {all} done").format(done=state.n_over, all=len(state.items))
        if state.is_paused:
            return done + "  ·  " + self.tr("paused")
        if state.is_loading:
            return done + "  ·  " + self.tr("loading models …")
        return done + "  ·  " + self.tr("looking what is there …") if state.is_looking else done

    def _show_rows(self, state: QueueState) -> None:
        wanted = [one.path for one in state.items]
        for path in [path for path in self._rows if path not in wanted]:
            gone = self._rows.pop(path)
            gone.hide()
            gone.deleteLater()
        for place, item in enumerate(state.items):
            if item.path not in self._rows:
                self._rows[item.path] = QueueRow(self._model, item)
            made = self._rows[item.path]
            if self._list.indexOf(made) != place:
                self._list.insertWidget(place, made)
            made.show_item(item, is_paused=state.is_paused)

    def _retry_all(self) -> None:
        self._model.retry(one.path for one in self._model.state.items if one.stage in AGAIN)


class QueueRow(QFrame):
    """One recording: its name, its state in a word, how far it has come, and what can be done."""

    def __init__(self, model: RecordingsViewModel, item: Item) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._shown: tuple[Item, bool] | None = None
        path = item.path
        name = Path(path).name
        named(self, name, path)
        self._name = Elided(name, "subheading")
        self._name.setToolTip(path)
        self.badge = Badge()
        self._facts, self._why = label("", "caption"), label("", "caption", tone="bad")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        named(self.bar, self.tr("Progress of {name}").format(name=name))
        self.open = button(self.tr("Open"), partial(model.open, path), icon="review", role="primary")
        self.again = button(self.tr("Try again"), partial(model.retry, (path,)), icon="repeat")
        self.stop = button(self.tr("Stop"), partial(model.stop, path), icon="stop")
        self.out = button(self.tr("Take out"), partial(model.remove, (path,)), icon="cross", role="icon")
        for made in (self.open, self.again, self.stop):
            named(made, f"{made.text()}: {name}")
        named(self.out, self.tr("Take out of the list: {name}").format(name=name))
        self._compose()
        self.show_item(item, is_paused=False)

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._name)
        top.addWidget(self.badge)
        top.addStretch(1)
        for made in (self.open, self.again, self.stop, self.out):
            top.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(4)
        column.addLayout(top)
        for part in (self.bar, self._facts, self._why):
            column.addWidget(part)

    def show_item(self, item: Item, *, is_paused: bool) -> None:
        """Show how it stands."""
        if (item, is_paused) == self._shown:
            return
        self._shown = (item, is_paused)
        word = self.tr("paused") if is_paused and item.stage is Stage.WORKING else self._word(item.stage)
        self.badge.show_state(word, STAGE_ICONS[item.stage], STAGE_TONES[item.stage])
        self.bar.setVisible(item.stage is Stage.WORKING)
        self.bar.setValue(round(1000 * item.share))
        self._facts.setText(self._told(item))
        self._facts.setVisible(bool(self._facts.text()))
        why = ". ".join(part for part in (item.message, item.remedy) if part)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.open.setVisible(item.stage in WITH_RESULT)
        self.again.setVisible(item.stage in AGAIN)
        self.stop.setVisible(item.stage in (Stage.WORKING, Stage.WAITING))
        self.out.setVisible(item.stage is not Stage.WORKING)

    def _word(self, stage: Stage) -> str:
        return {
            Stage.WAITING: self.tr("waiting"),
            Stage.WORKING: self.tr("being transcribed"),
            Stage.DONE: self.tr("done"),
            Stage.ALREADY: self.tr("was done before"),
            Stage.SAME: self.tr("same as another"),
            Stage.FAILED: self.tr("failed"),
            Stage.STOPPED: self.tr("stopped"),
        }[stage]

    def _told(self, item: Item) -> str:
        length = clock_text(item.duration) if item.duration else ""
        if item.stage is Stage.WORKING:
            return self.tr("{heard} of {length}").format(heard=clock_text(item.heard), length=length or "?")
        if item.stage not in WITH_RESULT:
            return length
        facts = [length, self.tr("{n} lines").format(n=item.n_utterances)]
        if item.n_findings:
            facts.append(self.tr("{n} findings").format(n=item.n_findings))
        if item.n_failed:
            facts.append(self.tr("{n} lines failed").format(n=item.n_failed))
        return "  ·  ".join(part for part in facts if part)
