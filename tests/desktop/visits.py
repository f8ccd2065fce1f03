"""Visits for the window: what a task tells of one, and view-models that have come so far."""

from __future__ import annotations

from collections.abc import Iterable

from voicedoc_desktop.state.visit_plan import VisitPlan
from voicedoc_desktop.tasks.devices import Levels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckLine,
    CheckStep,
    ConsentScript,
    ConsentWanted,
    HoldVisit,
    Loading,
    NoteLine,
    NoteSoFar,
    Opened,
    SoundFound,
    VisitEnded,
)
from voicedoc_desktop.viewmodels.visit import VisitViewModel

from tests.desktop.conftest import ScriptedDesk, ScriptedJob
from tests.helpers.live_events import SILENCE, doubted, held, opened, partial, started, turn
from voicedoc.core.events import (
    AlarmRaised,
    Cleared,
    ConflictFound,
    Event,
    Frame,
    LagReport,
    OfferedPhrase,
    PhrasesOffered,
    QuestionsOpen,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.view.state import Figures

ARABIC = {
    "morning": ("Good morning. Where does it hurt?", "صباح الخير. أين الألم؟"),
    "chest": ("صدري يؤلمني منذ يومين، خاصة عند صعود الدرج.", "My chest has hurt for two days, mostly on stairs."),
}
PORTUGUESE = {
    "morning": ("Good morning. Where does it hurt?", "Bom dia. Onde dói?"),
    "chest": (
        "Dói-me o peito há dois dias, sobretudo nas escadas.",
        "My chest has hurt for two days, mostly on stairs.",
    ),
}


def loaded(patient: str = "pt") -> Opened:
    return Opened("en", patient, "embedded", ("Yeti Nano",), "Loudspeaker", has_phrases=True, speaks_patient=True)


def check_found(*, is_well: bool = True) -> SoundFound:
    lines = [CheckLine(True, "microphone Yeti Nano: a voice 24 dB above the room")]
    if not is_well:
        lines = [CheckLine(False, "microphone Yeti Nano: nobody was heard, only the room (-52 dB). Is it muted?")]
    return SoundFound((*lines, CheckLine(True, "the voice can be interrupted by speaking")))


def consent_wanted(patient: str = "pt") -> ConsentWanted:
    words = {
        "en": ("I am speaking through a machine that translates. It can make mistakes.", "May we record this?"),
        "pt": ("Estou falando por meio de uma máquina que traduz. Ela pode cometer erros.", "Podemos gravar?"),
        "ar": ("أتحدث إليكم عبر جهاز ترجمة. وقد يخطئ هذا الجهاز.", "هل يمكننا التسجيل؟"),
    }
    status = "not reviewed by a lawyer or a professional translator"
    return ConsentWanted(ConsentScript("en", words["en"]), ConsentScript(patient, words[patient]), status, reads=True)


def talk(patient: str = "pt") -> list[Event]:
    """Two turns, a dose that is held, a doubt that is asked, and somebody who goes on."""
    said = ARABIC if patient == "ar" else PORTUGUESE
    morning, chest = said["morning"], said["chest"]
    about = turn(4, 15.0, Role.PATIENT, (patient, chest[0]), ("en", chest[1]))[:-4]
    return [
        *opened(patient=patient),
        *turn(1, 1.0, Role.DOCTOR, ("en", morning[0]), (patient, morning[1])),
        *turn(2, 6.0, Role.PATIENT, (patient, chest[0]), ("en", chest[1])),
        *held(3, 11.0),
        *about,
        doubted(4, 17.5),
        Cleared(
            at=17.5,
            utterance=UtteranceId(4),
            listener=Role.PATIENT,
            language=patient,
            text="Disse 2 dias?",
            purpose="question",
        ),
        started(5, 19.0),
        partial(5, 20.0, "And drink plenty", " of wat"),
    ]


def advice() -> list[Event]:
    return [
        AlarmRaised(
            at=9.0,
            utterance=UtteranceId(2),
            alarm="chest-pain",
            level="emergency",
            reason="Chest pain on exertion: rule out acute coronary syndrome now",
            signs=("chest-pain",),
            evidence=(UtteranceId(2),),
        ),
        ConflictFound(
            at=14.0,
            utterance=UtteranceId(3),
            kind="interaction",
            names=("warfarin", "ibuprofen"),
            severity="major",
            message="more bleeding",
            source="table",
            evidence=(UtteranceId(3),),
        ),
        QuestionsOpen(
            at=14.0, complaint="chest-pain", questions=("chest-pain.radiates", "common.smoking"), asked=("common.age",)
        ),
    ]


def offered(at: float) -> PhrasesOffered:
    phrase = OfferedPhrase("allergies.any", 0.9, "Are you allergic to anything?", "É alérgico a alguma coisa?")
    return PhrasesOffered(at=at, utterance=UtteranceId(1), phrases=(phrase,))


def note() -> NoteSoFar:
    return NoteSoFar(
        (
            NoteLine("Subjective", is_title=True),
            NoteLine(
                "Chest pain for two days, mostly on stairs, without shortness of breath or fever.",
                utterances=(UtteranceId(2),),
            ),
            NoteLine("Plan", is_title=True),
            NoteLine("50 mg twice a day.", is_doubtful=True, utterances=(UtteranceId(3),)),
        )
    )


def tick(at: float) -> Frame:
    return Frame(at=at, channel=0, first_sample=0, samples=SILENCE)


def late(at: float) -> LagReport:
    return LagReport(at=at, stage="recognize", seconds=2.4, measure="partials skipped")


PLAN = VisitPlan(doctor="en", patient="pt")
FIGURES = Figures(614.0, 42, 22, 20, 41, 2, 3, 0, (1.4, 1.9, 1.6))
ENDED = VisitEnded("7f3a9c2e", "finished", FIGURES)


def begun(desk: ScriptedDesk, *items: object, patient: str = "pt") -> tuple[VisitViewModel, ScriptedJob]:
    """A view-model whose visit has told `items`, and its job."""
    viewmodel = VisitViewModel(desk)
    viewmodel.begin(VisitPlan(doctor="en", patient=patient))
    job = desk.job(HoldVisit)
    if items:
        job.tell(*items)
    return viewmodel, job


def talking(
    desk: ScriptedDesk, events: Iterable[object] | None = None, *, patient: str = "pt"
) -> tuple[VisitViewModel, ScriptedJob]:
    """A view-model in the midst of a visit."""
    told = talk(patient) if events is None else events
    return begun(desk, loaded(patient), Began("7f3a9c2e", 1), *told, Levels((-23.0,)), patient=patient)


STAGES: dict[str, tuple[object, ...]] = {
    "opening": (Loading(2, 6, "recognize"),),
    "check-quiet": (loaded(), CheckStep("quiet")),
    "check-speak": (loaded(), CheckStep("speak")),
    "check-found": (loaded(), check_found(is_well=False)),
    "consent": (loaded(), consent_wanted()),
}
