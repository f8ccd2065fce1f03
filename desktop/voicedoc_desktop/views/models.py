"""Models: a card for each, with what it is for, its licence, whether it is there, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.models import ModelRow, ModelsState, Told, Work, size_text
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.models import ModelsViewModel
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.empty import EmptyState, Loading
from voicedoc_desktop.widgets.flow import Flow
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.page import Page
from voicedoc_desktop.widgets.question import Question, asked

STATE_ICONS = {"installed": "check", "missing": "download", "outdated": "clock", "damaged": "error"}
STATE_TONES = {"installed": "good", "missing": "plain", "outdated": "warn", "damaged": "bad"}

ROLES = ("segment", "recognize", "attribute", "translate", "speak", "embed", "dialogue", "knowledge", "any")
"""The order of the groups: that in which sound becomes words, and words become sound."""


def role_word(role: str) -> str:
    """What a model does, in words."""
    translate = QCoreApplication.translate
    words = {
        "segment": translate("ModelsView", "Hears where somebody speaks"),
        "recognize": translate("ModelsView", "Understands speech"),
        "attribute": translate("ModelsView", "Tells voices apart"),
        "translate": translate("ModelsView", "Translates"),
        "speak": translate("ModelsView", "Speaks"),
        "embed": translate("ModelsView", "Compares meanings"),
        "dialogue": translate("ModelsView", "Words questions and notes"),
        "knowledge": translate("ModelsView", "Knowledge"),
        "any": translate("ModelsView", "Others"),
    }
    return words.get(role, role)


class ModelsView(Page):
    """The screen."""

    def __init__(self, model: ModelsViewModel) -> None:
        title = QCoreApplication.translate("ModelsView", "Models")
        text = QCoreApplication.translate(
            "ModelsView", "They run on this computer. Only fetching them connects to anything."
        )
        super().__init__(title, text)
        self._model = model
        self.profile = ChoiceBox()
        named(self.profile, self.tr("Models of which profile"))
        self.profile.setMinimumWidth(220)
        self.profile.chosen.connect(model.choose_profile)
        self.lacking = Banner(Notice("", tone=Tone.INFO))
        self.pull_all = button(self.tr("Fetch all of them"), self._pull_all, icon="download", role="primary")
        self.lacking.add_action(self.pull_all)
        self.problem = Banner(Notice("", tone=Tone.BAD))
        self._loading = Loading(self.tr("Looking which models there are …"))
        self._none = EmptyState("models", self.tr("No models"), self.tr("This profile needs none that are known here."))
        self._cards: dict[str, ModelCard] = {}
        self._heads: dict[str, QLabel] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        bar = QHBoxLayout()
        bar.addWidget(self.profile)
        bar.addStretch(1)
        bar.addWidget(button(self.tr("Look again"), model.look_again, icon="repeat", role="quiet"))
        self.body.addLayout(bar)
        for part in (self.problem, self.lacking, self._loading, self._none):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        model.changed.connect(self.show_state)
        self.show_state(model.state)

    def show_state(self, state: ModelsState) -> None:
        """Show what there is. Only cards that have changed are drawn again."""
        everything = Choice("", self.tr("All models"))
        named_profiles = [Choice(name, self.tr("Profile {name}").format(name=name)) for name in state.profiles]
        self.profile.show_choices([everything, *named_profiles], state.profile)
        self.problem.setVisible(bool(state.problem))
        self.problem.show_notice(Notice(state.problem, state.remedy, Tone.BAD))
        self._loading.setVisible(state.is_listing and not state.rows)
        self._none.setVisible(not state.shown and not state.is_listing and not state.problem)
        self._show_lacking(state)
        self._show_cards(state)

    def _show_lacking(self, state: ModelsState) -> None:
        lacking = state.lacking if state.profile else ()
        self.lacking.setVisible(bool(lacking))
        names = ", ".join(row.name for row in lacking)
        self.lacking.show_notice(
            Notice(
                self.tr("Profile {name} lacks {n} models, {size}").format(
                    name=state.profile, n=len(lacking), size=size_text(state.bytes_lacking)
                ),
                names,
                Tone.INFO,
            )
        )

    def _show_cards(self, state: ModelsState) -> None:
        if [row.name for row in state.rows] != list(self._cards):
            self._make_cards(state)
        shown = {row.name for row in state.shown}
        for row in state.rows:
            card = self._cards[row.name]
            card.setVisible(row.name in shown)
            card.show_row(row, state.work.get(row.name), state.told.get(row.name), waits=row.name in state.wanted)
        for role, head in self._heads.items():
            head.setVisible(any(row.role == role for row in state.shown))

    def _make_cards(self, state: ModelsState) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._cards, self._heads = {row.name: ModelCard(self._model, row) for row in state.rows}, {}
        roles = dict.fromkeys((*ROLES, *(row.role for row in state.rows)))
        for role in roles:
            rows = [row for row in state.rows if row.role == role]
            if rows:
                head = self._heads[role] = label(role_word(role), "heading")
                self._list.addWidget(head)
                for row in rows:
                    self._list.addWidget(self._cards[row.name])

    def _pull_all(self) -> None:
        lacking = self._model.state.lacking
        unsettled = [row for row in lacking if row.asks]
        if unsettled and not _accepts(self, unsettled):
            lacking = tuple(row for row in lacking if not row.asks)
        self._model.pull((row.name for row in lacking), accepts=bool(unsettled))


def _accepts(parent: QWidget, rows: list[ModelRow]) -> bool:
    """Whether somebody accepts licences that are not settled."""
    translate = QCoreApplication.translate
    text = translate("ModelCard", "The licence of these weights is not settled. You may use them if you accept that:")
    told = "\n\n".join(f"{row.name}: {row.licence}\n{row.provenance}" for row in rows)
    return asked(
        Question(
            parent,
            translate("ModelCard", "Accept this licence?"),
            f"{text}\n\n{told}",
            yes=translate("ModelCard", "Accept and fetch"),
            no=translate("ModelCard", "Do not fetch"),
        )
    )


class ModelCard(QFrame):
    """One model."""

    def __init__(self, model: ModelsViewModel, row: ModelRow) -> None:
        super().__init__()
        self.setProperty("role", "card")
        named(self, row.name, row.description)
        self._model, self._row = model, row
        self._shown: tuple[ModelRow, Work | None, Told | None, bool] | None = None
        self.badge, self._size = Badge(), label("", "caption", wraps=False)
        self._facts = label("", "caption")
        self._more = label("", "caption")
        self._more.hide()
        self.bar = QProgressBar()
        named(self.bar, self.tr("Progress of {name}").format(name=row.name))
        self._doing, self._news = label("", "caption"), Banner(Notice("", tone=Tone.GOOD))
        self._make_buttons(row.name)
        self._compose(row)

    def _make_buttons(self, name: str) -> None:
        self.pull = button(self.tr("Fetch"), self._pull, icon="download", role="primary")
        self.stop = button(self.tr("Stop"), partial(self._model.stop, name), icon="stop")
        self.verify = button(self.tr("Verify"), partial(self._model.verify, name), icon="shield")
        self.remove = button(self.tr("Remove"), self._remove, icon="trash")
        self.more = button(self.tr("Details"), icon="info", role="quiet", checkable=True)
        self.more.toggled.connect(self._more.setVisible)
        for made in (self.pull, self.stop, self.verify, self.remove, self.more):
            named(made, f"{made.text()}: {name}")

    def _compose(self, row: ModelRow) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        mark = QLabel()
        set_icon(mark, "models", "accent", size=20)
        for shown in (mark, label(row.name, "subheading", wraps=False), self.badge, self._size):
            top.addWidget(shown)
        top.addStretch(1)
        tools = Flow()
        for made in (self.pull, self.stop, self.verify, self.remove, self.more):
            tools.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(label(row.description))
        for part in (self._facts, self.bar, self._doing, self._news, self._more):
            column.addWidget(part)
        column.addLayout(tools)

    def show_row(self, row: ModelRow, work: Work | None, news: Told | None, *, waits: bool) -> None:
        """Show how it stands."""
        now = (row, work, news, waits)
        if now == self._shown:
            return
        self._shown, self._row = now, row
        self.badge.show_state(self._word(row), STATE_ICONS[row.state], STATE_TONES[row.state])
        self._size.setText(size_text(row.size))
        self._facts.setText(self._told(row))
        self._more.setText(self._details(row))
        self._show_work(work, waits=waits)
        self._news.setVisible(news is not None)
        if news:
            self._news.show_notice(Notice(news.text, news.remedy, Tone.GOOD if news.is_good else Tone.WARN))
        is_free = work is None and not waits
        self.pull.setVisible(is_free and not row.is_there and not row.inside)
        self.pull.setText(self.tr("Fetch again") if row.state in ("damaged", "outdated") else self.tr("Fetch"))
        self.stop.setVisible(waits or (work is not None and work.kind == "pull"))
        self.verify.setVisible(is_free and row.state in ("installed", "damaged"))
        self.remove.setVisible(is_free and row.state != "missing" and not row.inside)

    def _show_work(self, work: Work | None, *, waits: bool) -> None:
        self.bar.setVisible(work is not None)
        self._doing.setVisible(work is not None or waits)
        if work is None:
            self._doing.setText(self.tr("waiting for the one before") if waits else "")
            return
        self.bar.setRange(0, 1000 if work.share >= 0.0 else 0)
        if work.share >= 0.0:
            self.bar.setValue(round(1000 * work.share))
        self._doing.setText(self._work_words(work))

    def _work_words(self, work: Work) -> str:
        if work.kind == "verify":
            return self.tr("computing every hash anew …")
        if work.kind == "remove":
            return self.tr("being removed …")
        arrived = self.tr("{done} of {total}").format(done=size_text(work.done), total=size_text(work.total or None))
        words = f"{work.what}  ·  {arrived}" if work.what else self.tr("beginning …")
        return f"{words}\n{work.note}" if work.note else words

    def _word(self, row: ModelRow) -> str:
        if row.inside and row.is_there:
            return self.tr("comes with a library")
        return {
            "installed": self.tr("there"),
            "missing": self.tr("not there"),
            "outdated": self.tr("an older one"),
            "damaged": self.tr("damaged"),
        }[row.state]

    def _told(self, row: ModelRow) -> str:
        facts = [self.tr("Licence: {licence}").format(licence=row.licence)]
        if row.asks:
            facts[0] += " (" + self.tr("to be accepted once") + ")"
        if row.languages:
            facts.append(self.tr("Languages: {tags}").format(tags=", ".join(row.languages)))
        if row.profiles:
            facts.append(self.tr("Profiles: {names}").format(names=", ".join(row.profiles)))
        return "  ·  ".join(facts)

    def _details(self, row: ModelRow) -> str:
        parts = [row.provenance, *row.sources, self.tr("{n} files").format(n=row.n_files)]
        parts.append(self.tr("Measured: {figures}").format(figures=row.measured or self.tr("not measured")))
        if row.inside:
            parts.append(self.tr("Part of the library {name}: it comes and goes with that.").format(name=row.inside))
        return "\n".join(part for part in parts if part)

    # --- what one does

    def _pull(self) -> None:
        if self._row.asks and not _accepts(self, [self._row]):
            return
        self._model.pull([self._row.name], accepts=self._row.asks, force=self._row.state == "damaged")

    def _remove(self) -> None:
        used = ", ".join(self._row.profiles)
        text = self.tr("It can be fetched again.")
        if used:
            text = self.tr("These profiles need it: {names}.").format(names=used) + " " + text
        question = Question(
            self,
            self.tr("Remove {name}?").format(name=self._row.name),
            text,
            yes=self.tr("Remove"),
            no=self.tr("Keep"),
            is_danger=True,
        )
        if asked(question):
            self._model.remove(self._row.name)
