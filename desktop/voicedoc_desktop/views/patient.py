"""The patient's own screen: what is said to them, large, and four buttons. No advice, and nothing that is held."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voicedoc.core.events import NO_UTTERANCE
from voicedoc.view.bidi import plain
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.patient import Button, Doing, PatientScreen, Said
from voicedoc_desktop.state.patient_words import PatientWords, words_in
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
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
    """A window for the patient: whole on a second display where there is one. F11 and Esc change that.

    The keyboard is the clinician's: no button has its focus but by Tab, and keys go on to the window `keys_to`.
    """

    def __init__(self, viewmodel: VisitViewModel, language: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the app ends with its own window
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys_to: QWidget | None = None
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
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self._press(button))
        return made

    def _press(self, button: Button) -> None:
        self.setFocus()
        self._viewmodel.patient_pressed(button)

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
        self.setFocus()

    def show_patient(self, screen: PatientScreen) -> None:
        """What the patient may see now."""
        if screen == self._shown:
            return
        before, self._shown = self._shown, screen
        self._show_state(screen)
        if before is None or before.said != screen.said:
            self._show_said(screen.said)
        self.buttons[Button.STOP].setVisible(not screen.has_stopped)
        self.buttons[Button.GO_ON].setVisible(screen.has_stopped)
        cannot = {
            Button.YES: not screen.may_answer,
            Button.NO: not screen.may_answer,
            Button.NOT_UNDERSTOOD: screen.repeats == NO_UTTERANCE,
        }
        for button, made in self.buttons.items():
            made.setEnabled(screen.is_live and not cannot.get(button, False))
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

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes to the window anew has no button under the space bar."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11: the whole display, or a window; Esc: a window. Other keys are the clinician's."""
        if event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            self._pass_on(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """See `keyPressEvent`."""
        self._pass_on(event)

    def _pass_on(self, event: QKeyEvent) -> None:
        """As if the clinician's window had the keyboard."""
        if self.keys_to is not None:
            QCoreApplication.sendEvent(self.keys_to.focusWidget() or self.keys_to, event)
        event.accept()


class PatientDisplay(QObject):
    """The patient's window of a visit. It goes with its session; views, which a new language makes anew, do not own it.

    `window` is None where nobody has opened it.
    """

    def __init__(self, viewmodel: VisitViewModel) -> None:
        super().__init__(viewmodel)
        self._viewmodel = viewmodel
        self._session = ""
        self.window: PatientWindow | None = None
        viewmodel.changed.connect(self._follow)

    def open(self, over: QWidget) -> None:
        """Give the patient a screen of their own; `over` is the clinician's window."""
        visit = self._viewmodel.state.visit
        if visit is None:
            return
        if self.window is None:
            self._session = self._viewmodel.state.session
            self.window = PatientWindow(self._viewmodel, visit.patient)
        self.window.keys_to = over
        self.window.open()

    def _follow(self, screen: VisitScreen) -> None:
        """A session that goes on keeps it, and one that has ended tells so."""
        if self.window is not None and screen.session != self._session:
            self.window.close()
            self.window.deleteLater()
            self.window = None


def patient_display(viewmodel: VisitViewModel) -> PatientDisplay:
    """The one of a view-model."""
    found = viewmodel.findChild(PatientDisplay)
    return found if isinstance(found, PatientDisplay) else PatientDisplay(viewmodel)
