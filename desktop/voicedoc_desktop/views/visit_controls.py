"""The big controls of a visit."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from voicedoc.core.speech import Role
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.widgets.buttons import button, describe
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.flow import flowing
from voicedoc_desktop.widgets.labels import named, retone

HELD_MS = 400
"""Milliseconds from which a press is a hold: it ends as it is let go. A shorter one stays until the next."""


class TalkButton(QPushButton):
    """Push-to-talk of one person: held down, or pressed once to begin and once more to let go."""

    def __init__(self, role: Role, viewmodel: VisitViewModel) -> None:
        super().__init__()
        self._role, self._viewmodel = role, viewmodel
        self._since = QElapsedTimer()
        self._begins = False
        self.setProperty("role", "talk")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pressed.connect(self._down)
        self.released.connect(self._up)
        self.show_talking(is_on=False)

    def show_talking(self, *, is_on: bool) -> None:
        """Whether this person has the button."""
        is_doctor = self._role is Role.DOCTOR
        wants = self.tr("Doctor talks") if is_doctor else self.tr("Patient talks")
        words = self.tr("Let go") if is_on else wants
        self.setText(words)
        set_icon(self, self._role.value, "on_accent" if is_on else self._role.value, size=24)
        key = self._viewmodel.shortcut("talk-doctor" if is_doctor else "talk-patient")
        describe(self, words, self.tr("Hold it while speaking, or press it once before and once after"), key)
        retone(self, "true" if is_on else "false", "on")

    def _down(self) -> None:
        self._begins = self._viewmodel.state.talk.talking is None
        self._since.start()
        if self._begins:
            self._viewmodel.talk(self._role)

    def _up(self) -> None:
        if not self._begins or self._since.elapsed() >= HELD_MS:
            self._viewmodel.let_go()


class Controls(QFrame):
    """All that can be pressed, each with its key in its tip."""

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self.setProperty("role", "visit-bar")
        named(self, self.tr("Controls"))
        self.doctor, self.patient = TalkButton(Role.DOCTOR, viewmodel), TalkButton(Role.PATIENT, viewmodel)
        self.pause = self._big("m", "pause", self.tr("Pause"), "pause")
        self.end = self._big("q", "end", self.tr("End"), "stop")
        retone(self.end, "danger", "role")
        self.interpreter = self._big("h", "interpreter", self.tr("Human interpreter"), "interpreter")
        self.interpreter.setToolTip(self.tr("Call a human interpreter, with the reason"))
        self.small = self._small()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addWidget(flowing(self.doctor, self.patient, self.pause, self.interpreter, self.end))
        column.addWidget(flowing(*self.small.values()))
        self._shown: tuple[object, ...] = ()
        self._is_compact = False

    def set_compact(self, *, is_compact: bool) -> None:
        """Whether there is room for icons only, but on the talk buttons. Tips and screen readers have the words."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for one in (self.pause, self.interpreter, self.end, *self.small.values()):
                one.setText("" if is_compact else one.accessibleName())

    def show_screen(self, screen: VisitScreen) -> None:
        """What can be pressed now, and what it does."""
        state = screen.talk
        shown = (screen.is_live, state.talking, state.resting, state.ending, bool(screen.board.prompt.value))
        if shown == self._shown:
            return
        self._shown = shown
        self.doctor.show_talking(is_on=state.talking is Role.DOCTOR)
        self.patient.show_talking(is_on=state.talking is Role.PATIENT)
        words = self.tr("Listen again") if state.resting else self.tr("Pause")
        self.pause.setText("" if self._is_compact else words)
        set_icon(self.pause, "play" if state.resting else "pause", size=22)
        describe(self.pause, words, self._pause_tip(is_resting=state.resting), self._viewmodel.shortcut("pause"))
        can_press = screen.is_live and not state.ending
        for one in (self.doctor, self.patient, self.pause, self.interpreter, self.end, *self.small.values()):
            one.setEnabled(can_press)

    def _pause_tip(self, *, is_resting: bool) -> str:
        return self.tr("Listen again") if is_resting else self.tr("Nothing is listened to until you go on")

    def _small(self) -> dict[str, QPushButton]:
        wanted = (
            ("repeat", "r", "repeat", self.tr("Repeat"), self.tr("Say the last translation again")),
            ("silence", ".", "silent", self.tr("Stop the voice"), self.tr("The voice is silent at once")),
            ("was-doctor", "d", "doctor", self.tr("Was the doctor"), self.tr("Whoever spoke last was the doctor")),
            ("was-patient", "p", "patient", self.tr("Was the patient"), self.tr("Whoever spoke last was the patient")),
            ("find-phrase", "/", "phrase", self.tr("Phrases"), self.tr("Find a reviewed phrase")),
            ("type", "w", "keyboard", self.tr("Type"), self.tr("Type what the doctor says")),
            ("teach-back", "t", "undo", self.tr("Teach-back"), self.tr("Have the last instruction repeated")),
        )
        return {name: self._key_button(name, key, icon, text, tip) for name, key, icon, text, tip in wanted}

    def _key_button(self, name: str, key: str, icon: str, text: str, tip: str) -> QPushButton:
        made = button(text, lambda: self._viewmodel.key(key), icon=icon)
        describe(made, text, tip, self._viewmodel.shortcut(name))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _big(self, key: str, name: str, text: str, icon: str) -> QPushButton:
        made = button(text, lambda: self._viewmodel.key(key), icon=icon, is_big=True)
        describe(made, text, "", self._viewmodel.shortcut(name))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
