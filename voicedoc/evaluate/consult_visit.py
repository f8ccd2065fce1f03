"""A visit: a doctor who asks, a patient who answers, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from voicedoc.converse.complaints.pack import Question
from voicedoc.evaluate.consult_cases import Case, asked_for
from voicedoc.evaluate.consult_patient import Patient

LIMIT = 80
"""Questions after which a visit ends, whatever the doctor's own budget is."""


class Ask(NamedTuple):
    """The doctor's next question. `question` is a pack's, None for free words; `act` as in `QuestionAsked`."""

    text: str
    question: Question | None
    act: str = "ask"


class Close(NamedTuple):
    """The doctor asks no more. `reason` as in `InterviewClosed`; what it comes to is "" where nothing is concluded."""

    reason: str
    level: str = ""
    complaint: str = ""
    conclusion: str = ""
    recommendation: str = ""


Move: TypeAlias = Ask | Close


@dataclass(frozen=True, slots=True)
class Noted:
    """What a doctor wrote down of one thing; fields as in `FactNoted`."""

    slot: str
    name: str
    state: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm. `turn` counts the questions that had been answered before; 0: the opening was enough."""

    level: str
    turn: int


class Interviewer(Protocol):
    """A doctor under test. It hears the patient's words only; one for each visit."""

    def hear(self, text: str) -> Move:
        """What to do after the patient's opening, or answer."""
        ...

    def noted(self) -> Iterable[Noted]:
        """What it has written down so far, the last of each thing."""
        ...

    def raised(self) -> Iterable[str]:
        """The levels of the alarms that it has raised so far."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer. `asks` are the signs and slots that it is for; `kind` and `fact` are the reply's.

    `sign` is what a yes would mean, "" where the question is not answered by yes or no; `expects` is the question's.
    """

    question: str
    asks: tuple[str, ...]
    sign: str
    expects: str
    act: str
    text: str
    answer: str
    kind: str
    fact: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A whole visit with what was true of it. `budget` is the number of questions that were allowed.

    `patient` is "honest", or "inventing" for one who makes answers up on purpose.
    """

    case: Case
    budget: int
    exchanges: tuple[Exchange, ...]
    noted: tuple[Noted, ...]
    raised: tuple[Raised, ...]
    reason: str
    level: str
    complaint: str
    conclusion: str
    recommendation: str
    patient: str = "honest"

    @property
    def alarm(self) -> Raised | None:
        """The first alarm that said "emergency"."""
        return next((alarm for alarm in self.raised if alarm.level == "emergency"), None)


def visit(case: Case, doctor: Interviewer, patient: Patient, budget: int) -> Visit:
    """Let the doctor ask until it closes, or until `LIMIT`."""
    exchanges: list[Exchange] = []
    raised: list[Raised] = []
    move = _heard(doctor, case.opening, 0, raised)
    while isinstance(move, Ask) and len(exchanges) < LIMIT:
        exchanges.append(_exchange(move, patient))
        move = _heard(doctor, exchanges[-1].answer, len(exchanges), raised)
    close = Close("endless") if isinstance(move, Ask) else move
    return Visit(case, budget, tuple(exchanges), tuple(doctor.noted()), tuple(raised), *close)


def _heard(doctor: Interviewer, text: str, turn: int, raised: list[Raised]) -> Move:
    move = doctor.hear(text)
    levels = list(doctor.raised())
    raised.extend(Raised(level, turn) for level in levels[len(raised) :])
    return move


def _exchange(ask: Ask, patient: Patient) -> Exchange:
    reply, question = patient.answer(ask.question), ask.question
    return Exchange(
        question=question.id if question else "",
        asks=asked_for(question) if question else (),
        sign=question.sign if question and question.expects == "yes-no" else "",
        expects=question.expects if question else "text",
        act=ask.act,
        text=ask.text,
        answer=reply.text,
        kind=reply.kind,
        fact=reply.fact,
    )
