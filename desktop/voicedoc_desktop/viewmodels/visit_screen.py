"""What the window knows of a visit, from its opening to its end. Pure: `advance(screen, item)`, without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from voicedoc.core.commands import Command
from voicedoc.core.events import Event, Pressed
from voicedoc.core.speech import Visit
from voicedoc.view.advance import advance as move
from voicedoc.view.keys import Board, found
from voicedoc.view.state import LET_GO, Line, State, Step
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.visit_plan import VisitPlan
from voicedoc_desktop.tasks.devices import Levels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckStep,
    ConsentWanted,
    Earlier,
    Loading,
    NoteLine,
    NoteSoFar,
    Opened,
    PhrasesFound,
    Purged,
    Reading,
    SoundFound,
    VisitEnded,
)

CUT_OFF = "the session was cut off"
"""Why a line that was under way when the engine ended came no further."""


class Stage(StrEnum):
    """How far a visit has come. `BROKEN`: it ended before it began, and `trouble` says why."""

    NONE = "none"
    OPENING = "opening"
    CHECK = "check"
    CONSENT = "consent"
    TALK = "talk"
    ENDED = "ended"
    BROKEN = "broken"


class PatientSays(StrEnum):
    """What the patient told the clinician by a button of their own screen."""

    NOTHING = ""
    NOT_UNDERSTOOD = "not understood"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitScreen:
    """A visit. `talk` is the session as its events tell it; `board` the keyboard's own state.

    `plan` is None where a stored session goes on. `trouble` in `Stage.TALK`: the engine is gone, the session `session`
    is safe and may be gone on with. `reading`: the consent text is being read out. `was_heard`: the clinician has seen
    what the patient says, which a stop goes on to be until people go on.
    """

    stage: Stage = Stage.NONE
    plan: VisitPlan | None = None
    loading: Loading | None = None
    opened: Opened | None = None
    step: CheckStep | None = None
    sound: SoundFound | None = None
    consent: ConsentWanted | None = None
    reading: bool = False
    reading_trouble: str = ""
    session: str = ""
    talk: State = field(default_factory=State)
    board: Board = field(default_factory=Board)
    levels: tuple[float, ...] = ()
    note: tuple[NoteLine, ...] = ()
    purged: tuple[Purged, ...] = ()
    patient_says: PatientSays = PatientSays.NOTHING
    was_heard: bool = False
    trouble: Failure | None = None
    ended: VisitEnded | None = None

    @property
    def visit(self) -> Visit | None:
        """Whose languages they are, once that is known."""
        if self.opened is not None:
            return Visit(self.opened.doctor, self.opened.patient)
        return Visit(self.plan.doctor, self.plan.patient) if self.plan else None

    @property
    def is_live(self) -> bool:
        """Whether there is a session to which keys can be told."""
        return self.stage is Stage.TALK and self.trouble is None and not self.talk.closed


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened in an earlier part of the session."""

    event: Event


@dataclass(frozen=True, slots=True)
class PastIsOver:
    """All of the earlier parts has been told."""


def parts_of(item: object) -> Iterable[object]:
    """What a task told, in pieces of which each is quickly taken in: the past of a session may be long."""
    return (*map(Past, item.events), PastIsOver()) if isinstance(item, Earlier) else (item,)


def advance(screen: VisitScreen, item: object) -> VisitScreen:
    """The screen after something that the task told."""
    match item:
        case Event():
            return _happened(screen, item)
        case Levels():
            return replace(screen, levels=item.values)
        case PhrasesFound():
            return replace(screen, board=found(screen.board, item.text, item.offered))
        case NoteSoFar():
            return replace(screen, note=item.lines)
        case VisitEnded():
            return replace(screen, stage=Stage.ENDED, ended=item, session=item.session, levels=())
        case _:
            return _before_talk(screen, item)


def _happened(screen: VisitScreen, event: Event) -> VisitScreen:
    """Once people go on, the patient's stop is over."""
    goes_on = isinstance(event, Pressed) and event.command == Command.RESUME
    says = PatientSays.NOTHING if goes_on else screen.patient_says
    return replace(screen, talk=move(screen.talk, event), patient_says=says)


def _before_talk(screen: VisitScreen, item: object) -> VisitScreen:
    match item:
        case Loading():
            return replace(screen, stage=Stage.OPENING, loading=item)
        case Purged():
            return replace(screen, purged=(*screen.purged, item))
        case Opened():
            return replace(screen, opened=item, session=item.session or screen.session)
        case CheckStep():
            return replace(screen, stage=Stage.CHECK, step=item, sound=None)
        case SoundFound():
            return replace(screen, stage=Stage.CHECK, step=None, sound=item)
        case ConsentWanted():
            return replace(screen, stage=Stage.CONSENT, consent=item, reading=item.reads)
        case Reading():
            return replace(screen, reading=item.is_on, reading_trouble=item.trouble)
        case Past():
            return replace(screen, talk=move(screen.talk, item.event))
        case PastIsOver():
            return replace(screen, talk=_before(screen.talk))
        case Began():
            return replace(screen, stage=Stage.TALK, session=item.session, trouble=None)
        case _:
            return screen


def failed(screen: VisitScreen, failure: Failure) -> VisitScreen:
    """The screen after the task came to nothing: what was said stays in sight."""
    stage = Stage.TALK if screen.stage is Stage.TALK else Stage.BROKEN
    return replace(screen, stage=stage, trouble=failure, levels=(), board=Board())


def _before(talk: State) -> State:
    """A session as its earlier parts left it: its lines are kept, and none of them is under way."""
    lines = {number: _ended(line) for number, line in talk.lines.items() if line.has_words}
    return replace(talk, lines=lines, talking=None, resting=False, ending=False, closed="", lost=(), lags={})


def _ended(line: Line) -> Line:
    if not line.is_open:
        return line
    step = Step.CUT if line.step in LET_GO else Step.WITHDRAWN
    over = replace(line, text=line.text or line.stable, stable="", unstable="", step=step, why=CUT_OFF)
    return replace(over, held=None, question=None, sayings={})
