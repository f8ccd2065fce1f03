"""The step of the guide in which models are fetched: sizes, licences, progress, stop and go on."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.models import Work, size_text
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.outlook import Lack
from voicedoc_desktop.viewmodels.welcome import WelcomeState, WelcomeViewModel
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, line, row
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.words.failures import failure_words


class ModelsStep(QWidget):
    """What is missing for the two languages, and fetching it."""

    def __init__(self, model: WelcomeViewModel) -> None:
        super().__init__()
        self._model = model
        self._shown: object = ()
        self.rows: dict[str, ModelLine] = {}
        self.summary = Banner(Notice(""))
        self.fetch = button("", model.fetch, icon="download", role="primary")
        self.stop = button(self.tr("Stop"), model.stop_fetching, icon="stop")
        self.card = Card(self.tr("Models"), "models")
        text = self.tr(
            "They understand, translate and speak. They are fetched once, checked against their known hashes, and work "
            "on this machine. This is the only time that VoiceDoc connects to anything."
        )
        self.card.body.addWidget(label(text, "muted"))
        self.card.body.addWidget(self.summary)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID + 4)
        self.card.body.addLayout(self._list)
        self.card.body.addLayout(row(self.fetch, self.stop))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)

    def show_state(self, state: WelcomeState) -> None:
        """Show it."""
        lacks = state.outlook.lacks if state.outlook else ()
        if lacks != self._shown:
            self._shown = lacks
            self._make_rows(lacks)
        for name, line_ in self.rows.items():
            line_.show_state(state, state.failures.get(name))
        self.summary.show_notice(self._summary(state))
        self.fetch.setVisible(bool(state.lacks) and not state.pulling)
        self.stop.setVisible(bool(state.pulling))
        words = self.tr("Try again") if state.failures else self.tr("Fetch {size}").format(size=size_text(state.size))
        self.fetch.setText(words)
        self.fetch.setAccessibleName(words)
        self.fetch.setEnabled(len(state.unconfirmed) < len(state.lacks))

    def _make_rows(self, lacks: tuple[Lack, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {lack.name: ModelLine(lack, self._model) for lack in lacks}
        for number, each in enumerate(self.rows.values()):
            if number:
                self._list.addWidget(line())
            self._list.addWidget(each)

    def _summary(self, state: WelcomeState) -> Notice:
        found = state.outlook
        if state.outlook_failure is not None:
            words = failure_words(state.outlook_failure)
            return Notice(words.title, words.remedy, Tone.BAD)
        if found is None:
            return Notice(self.tr("Looking which models are there …"), tone=Tone.PLAIN)
        if found.problem:
            text = self.tr("The profile {name} does not interpret between these two languages.")
            return Notice(text.format(name=found.profile), found.remedy)
        if state.lacks:
            return self._missing(state)
        return Notice(self.tr("All models for these two languages are there and verified."), tone=Tone.GOOD)

    def _missing(self, state: WelcomeState) -> Notice:
        text = self.tr("%n model(s) are missing: {size} to download.", "", len(state.lacks))
        remedy = self.tr("Some have no settled licence; read it, and accept it where you may.")
        return Notice(text.format(size=size_text(state.size)), remedy if state.unconfirmed else "", Tone.INFO)


class ModelLine(QWidget):
    """One model: what it is, its size and licence, how far it is."""

    def __init__(self, lack: Lack, model: WelcomeViewModel) -> None:
        super().__init__()
        self._lack = lack
        self.state, self.bar, self.note = Badge(), QProgressBar(), label("", "caption")
        self.bar.setRange(0, 1000)
        named(self.bar, self.tr("Progress of {name}").format(name=lack.name))
        licence = self.tr("Its licence is not settled ({licence}). I accept that.").format(licence=lack.licence)
        self.accept = QCheckBox(licence)
        named(self.accept, self.tr("Accept the licence of {name}").format(name=lack.name), licence)
        self.accept.clicked.connect(lambda on: model.accept(lack.name, accepted=on))
        self._compose()

    def _compose(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self._lack.name, "subheading"))
        words.addWidget(label(f"{size_text(self._lack.size)} · {self._lack.licence}", "caption"))
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.accept)
        column.addWidget(self.bar)
        column.addWidget(self.note)

    def show_state(self, state: WelcomeState, failure: Failure | None) -> None:
        """Show it."""
        name = self._lack.name
        is_pulled = state.pulling == name
        self.accept.setVisible(self._lack.must_confirm and name not in state.fetched)
        self.accept.setEnabled(not state.pulling)
        self.accept.setChecked(name in state.accepted)
        self.bar.setVisible(is_pulled)
        self.note.setVisible(is_pulled or failure is not None)
        if is_pulled:
            self._show_work(state.work)
        self.state.show_state(*self._words(state, failure))
        if failure is not None:
            self.note.setText(failure_words(failure).details)

    def _show_work(self, work: Work | None) -> None:
        share = work.share if work else -1.0
        self.bar.setRange(0, 0 if share < 0 else 1000)
        self.bar.setValue(max(0, round(share * 1000)))
        if work is None or not work.what:
            self.note.setText(work.note if work else "")
            return
        progress = self.tr("{done} of {total}").format(done=size_text(work.done), total=size_text(work.total or None))
        self.note.setText(f"{work.what}: {progress}")

    def _words(self, state: WelcomeState, failure: Failure | None) -> tuple[str, str, str]:
        name = self._lack.name
        if name in state.fetched:
            return self.tr("verified"), "check", "good"
        if state.pulling == name:
            return self.tr("fetching"), "download", "info"
        if failure is not None:
            return self.tr("failed"), "error", "bad"
        if self._lack.is_in_package:
            return self.tr("part of a package"), "warning", "warn"
        return (self.tr("waiting"), "waiting", "plain") if state.pulling else (self.tr("missing"), "download", "plain")
