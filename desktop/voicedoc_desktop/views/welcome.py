"""The guide at the first start, one step on the screen at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from voicedoc_desktop.viewmodels.welcome import STEPS, Step, WelcomeState, WelcomeViewModel
from voicedoc_desktop.views.welcome_models import ModelsStep
from voicedoc_desktop.views.welcome_steps import LimitsStep, PracticeStep, SoundStep
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.page import Page


class WelcomeView(QWidget):
    """Shows a `WelcomeState`."""

    def __init__(self, model: WelcomeViewModel) -> None:
        super().__init__()
        self._model = model
        self.page = Page(self.tr("Welcome to VoiceDoc"), self.tr("Four steps, once."), widest=820)
        self.skip = button(self.tr("Skip the rest"), model.finish, icon="forward", role="quiet")
        self.page.add_action(self.skip)
        self._names = {
            Step.LIMITS: self.tr("What it is"),
            Step.MODELS: self.tr("Models"),
            Step.SOUND: self.tr("Sound"),
            Step.PRACTICE: self.tr("One sentence"),
        }
        self.marks = {step: Badge() for step in STEPS}
        self.steps: dict[Step, LimitsStep | ModelsStep | SoundStep | PracticeStep] = {
            Step.LIMITS: LimitsStep(model),
            Step.MODELS: ModelsStep(model),
            Step.SOUND: SoundStep(model),
            Step.PRACTICE: PracticeStep(model),
        }
        self.stack = QStackedWidget()
        for each in self.steps.values():
            self.stack.addWidget(each)
        self.back = button(self.tr("Back"), model.back, icon="back")
        self.forward = button(self.tr("Go on"), model.forward, icon="continue", role="primary", is_big=True)
        self._compose()
        model.changed.connect(self.show_state)
        self.show_state(model.state)

    def _compose(self) -> None:
        way = QHBoxLayout()
        way.setSpacing(GRID)
        for mark in self.marks.values():
            way.addWidget(mark)
        way.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.forward)
        self.page.body.addLayout(way)
        self.page.body.addWidget(self.stack)
        self.page.body.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)

    def show_state(self, state: WelcomeState) -> None:
        """Show it."""
        here = STEPS.index(state.step)
        for number, (step, mark) in enumerate(self.marks.items()):
            words = self.tr("{n}. {name}").format(n=number + 1, name=self._names[step])
            tone = "accent" if number == here else "good" if number < here else "plain"
            mark.show_state(words, {"accent": "forward", "good": "check"}.get(tone, "waiting"), tone)
        self.stack.setCurrentWidget(self.steps[state.step])
        self.back.setEnabled(here > 0)
        is_last = here == len(STEPS) - 1
        self.forward.setText(self.tr("To the first visit") if is_last else self.tr("Go on"))
        self.forward.setAccessibleName(self.forward.text())
        self.forward.setEnabled(not state.pulling)
        for each in self.steps.values():
            each.show_state(state)
