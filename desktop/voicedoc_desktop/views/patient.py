"""The patient's own screen: what is said to them, large, and four buttons. No advice, and nothing that is held."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voicedoc.core.events import NO_UTTERANCE
from voicedoc.view.bidi import plain
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.patient import Button, Doing, PatientScreen, Said
from voicedoc_desktop.state.patient_words import PatientWords, words_in
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.views.visit_before import clear
from voicedoc_desktop.widgets.bubble import directed, direction_of
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named, retone
from voicedoc_desktop.widgets.language_names import language_name

_ICONS = {
    Button.YES: "check",
    Button.NO: "cross",
    Button.NOT_UNDERSTOOD: "question",
    Button.STOP: "stop",
    Button.GO_ON: "play",
}


class PatientWindow(QFrame):
    """A window for the patient: whole on a second display where there is one. F11 and Esc change that."""

    def __init__(self, viewmodel: VisitViewModel, language: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the app ends with its own window
        self._viewmodel = viewmodel
        self.words: PatientWords = words_in(language)
        self.setProperty("role", "patient-screen")
        self.setWindowTitle(f"VoiceDoc · {language_name(language)}")
        named(self, self.windowTitle())
        self.setLayoutDirection(direction_of(language))
        self.resize(900, 640)
        self._state_icon, self._state = QLabel(), label("", "")
        self._state.setProperty("role", "patient-state")
        self._said = QVBoxLayout()
        self._said.setSpacing(3 * GRID)
        self.buttons = {button: self._button(button) for button in Button}
        self._compose(language)
        self._shown: PatientScreen | None = None
        viewmodel.changed.connect(self._changed)
        self.show_patient(viewmodel.patient)

    def _compose(self, language: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self._state_icon)
        top.addWidget(self._state, 1)
        inner = QWidget()
        inner.setProperty("role", "plain")
        column = QVBoxLayout(inner)
        column.addStretch(1)
        column.addLayout(self._said)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        named(self._scroll, language_name(language))
        bottom = QHBoxLayout()
        bottom.setSpacing(2 * GRID)
        for made in self.buttons.values():
            bottom.addWidget(made, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        whole.setSpacing(3 * GRID)
        whole.addLayout(top)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(bottom)

    def _button(self, button: Button) -> QPushButton:
        texts = {
            Button.YES: self.words.yes,
            Button.NO: self.words.no,
            Button.NOT_UNDERSTOOD: self.words.not_understood,
            Button.STOP: self.words.stop,
            Button.GO_ON: self.words.go_on,
        }
        made = QPushButton(texts[button])
        made.setProperty("role", "patient")
        made.setProperty("tone", "bad" if button is Button.STOP else "")
        set_icon(made, _ICONS[button], "bad" if button is Button.STOP else "text", size=28)
        named(made, texts[button])
        made.clicked.connect(lambda: self._viewmodel.patient_pressed(button))
        return made

    def open(self) -> None:
        """Show it: on the second display all over, else as a window."""
        self.show_patient(self._viewmodel.patient)
        others = [one for one in QGuiApplication.screens() if one is not QGuiApplication.primaryScreen()]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()
        self.raise_()

    def show_patient(self, screen: PatientScreen) -> None:
        """What the patient may see now."""
        if screen == self._shown:
            return
        before, self._shown = self._shown, screen
        self._show_state(screen)
        if before is None or before.said != screen.said:
            self._show_said(screen.said)
        is_over = screen.doing is Doing.OVER
        self.buttons[Button.STOP].setVisible(not screen.has_stopped)
        self.buttons[Button.GO_ON].setVisible(screen.has_stopped)
        for button, made in self.buttons.items():
            made.setEnabled(not is_over and (button is not Button.NOT_UNDERSTOOD or screen.repeats != NO_UTTERANCE))
        for button in (Button.YES, Button.NO):
            retone(self.buttons[button], "accent" if screen.asked != NO_UTTERANCE else "")

    def _show_state(self, screen: PatientScreen) -> None:
        words, icon = self._doing(screen)
        if screen.was_called:
            words = f"{words} · {self.words.called}"
        self._state.setText(words)
        set_icon(self._state_icon, icon, "accent", size=32)

    def _doing(self, screen: PatientScreen) -> tuple[str, str]:
        match screen.doing:
            case Doing.LISTENING:
                return self.words.listening, "microphone"
            case Doing.SPEAK_NOW:
                return self.words.speak_now, "microphone"
            case Doing.SPEAKING:
                return self.words.speaking, "loudspeaker"
            case Doing.WAIT:
                return self.words.wait, "waiting"
            case Doing.PAUSED:
                told = f" {self.words.told}." if screen.was_told else ""
                return f"{self.words.paused}.{told}", "pause"
            case Doing.OVER:
                return self.words.over, "check"

    def _show_said(self, said: tuple[Said, ...]) -> None:
        clear(self._said)
        for at, one in enumerate(said):
            text = f"{self.words.you_said}: {plain(one.text)}" if one.mine else plain(one.text)
            words = label(text)
            words.setProperty("role", "patient-now" if at == len(said) - 1 else "patient-before")
            directed(words, one.language)
            self._said.addWidget(words)
        QTimer.singleShot(0, self, self._to_end)

    def _to_end(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _changed(self, _: object) -> None:
        if self.isVisible():
            self.show_patient(self._viewmodel.patient)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11: the whole display, or a window; Esc: a window."""
        if event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)
