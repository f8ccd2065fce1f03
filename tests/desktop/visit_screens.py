"""A visit and the patient's screen, in the states that they have."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.state.patient import Button
from voicedoc_desktop.tasks.visit import PhrasesFound
from voicedoc_desktop.tasks.wordings import ReadWordings, Wordings
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.views.patient import PatientWindow
from voicedoc_desktop.views.visit import VisitView

from tests.desktop import visits
from tests.desktop.screens import Studio, screen
from tests.desktop.visits import begun, talking
from voicedoc.core.commands import Command
from voicedoc.core.events import DeviceLost, InterpreterCalled, Pressed
from voicedoc.view.keys import Offered, Prompt

WORDS = Wordings(
    {
        "chest-pain.radiates": "Does the pain spread to your arm, neck or jaw?",
        "common.smoking": "Do you smoke, or did you?",
    },
    {"chest-pain": "Chest pain"},
)


class Placed(QWidget):
    """A view where the window would have it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)


def placed(viewmodel: VisitViewModel) -> QWidget:
    return Placed(VisitView(viewmodel))


@screen("visit")
def _visit(studio: Studio) -> QWidget:
    return placed(VisitViewModel(studio.desk))


@screen("visit-opening")
def _opening(studio: Studio) -> QWidget:
    return placed(begun(studio.desk, *visits.STAGES["opening"])[0])


@screen("visit-check")
def _check(studio: Studio) -> QWidget:
    return placed(begun(studio.desk, *visits.STAGES["check-speak"])[0])


@screen("visit-checked")
def _checked(studio: Studio) -> QWidget:
    return placed(begun(studio.desk, *visits.STAGES["check-found"])[0])


@screen("visit-consent")
def _consent(studio: Studio) -> QWidget:
    return placed(begun(studio.desk, visits.loaded("ar"), visits.consent_wanted("ar"), patient="ar")[0])


@screen("visit-talk")
def _talk(studio: Studio) -> QWidget:
    events = [*visits.talk(), *visits.advice(), visits.late(20.0)]
    viewmodel, _ = talking(studio.desk, events)
    studio.desk.job(ReadWordings).finish(WORDS)
    return placed(viewmodel)


@screen("visit-talk-arabic")
def _arabic(studio: Studio) -> QWidget:
    return placed(talking(studio.desk, patient="ar")[0])


@screen("visit-note")
def _note(studio: Studio) -> QWidget:
    viewmodel, job = talking(studio.desk)
    viewmodel.show_note(is_on=True)
    job.tell(visits.note())
    return placed(viewmodel)


@screen("visit-phrases")
def _phrases(studio: Studio) -> QWidget:
    viewmodel, job = talking(studio.desk, [*visits.talk(), visits.offered(19.0)])
    viewmodel.open_prompt(Prompt.PHRASE)
    viewmodel.type_text("allergic")
    found = (
        Offered("allergies.any", "Are you allergic to anything?", "É alérgico a alguma coisa?"),
        Offered("medication.dose", "Take {dose} a day.", "Tome {dose} por dia.", False),
    )
    job.tell(PhrasesFound("allergic", found))
    return placed(viewmodel)


@screen("visit-ending")
def _ending(studio: Studio) -> QWidget:
    viewmodel, _ = talking(studio.desk)
    viewmodel.key("q")
    return placed(viewmodel)


@screen("visit-trouble")
def _trouble(studio: Studio) -> QWidget:
    """The patient wants to stop, a microphone is gone, and a human interpreter has been called."""
    events = [
        *visits.talk(),
        DeviceLost(at=20.1, device="Yeti Nano", message="it was unplugged", remedy="plug it in again"),
        InterpreterCalled(at=20.2, reason="bad news"),
        Pressed(at=20.3, command=Command.PAUSE),
    ]
    viewmodel, _ = talking(studio.desk, events)
    viewmodel.patient_pressed(Button.STOP)
    return placed(viewmodel)


@screen("visit-died")
def _died(studio: Studio) -> QWidget:
    viewmodel, job = talking(studio.desk, [*visits.talk(), *visits.advice()])
    job.fail("the process ended", "", DIED)
    return placed(viewmodel)


@screen("visit-ended")
def _ended(studio: Studio) -> QWidget:
    viewmodel, job = talking(studio.desk)
    job.finish(visits.ENDED)
    return placed(viewmodel)


@screen("visit-broken")
def _broken(studio: Studio) -> QWidget:
    viewmodel, job = begun(studio.desk)
    job.fail("model whisper-small is not in the store", "voicedoc models pull whisper-small", "ModelMissing")
    return placed(viewmodel)


@screen("patient")
def _patient(studio: Studio) -> QWidget:
    return PatientWindow(talking(studio.desk)[0], "pt")


@screen("patient-arabic")
def _patient_arabic(studio: Studio) -> QWidget:
    return PatientWindow(talking(studio.desk, visits.talk("ar")[:20], patient="ar")[0], "ar")


@screen("patient-paused")
def _patient_paused(studio: Studio) -> QWidget:
    events = [*visits.talk(), Pressed(at=21.0, command=Command.PAUSE), InterpreterCalled(at=21.0, reason="")]
    return PatientWindow(talking(studio.desk, events)[0], "pt")
