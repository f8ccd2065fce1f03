"""Doctors who ask simulated patients: the interview, and what stands beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import voicedoc.converse
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Question
from voicedoc.converse.interview.alarm import of_rules
from voicedoc.converse.interview.interviewer import FIRST_ASKED
from voicedoc.converse.interview.interviewer import Interviewer as Assistant
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.read import Reply, read_reply
from voicedoc.converse.interview.state import Interview, advance
from voicedoc.core.events import Event, InterviewClosed, QuestionAsked, TurnAttributed
from voicedoc.core.languages import primary
from voicedoc.core.speech import Hypothesis, Role, UtteranceId
from voicedoc.core.speech import Visit as Languages
from voicedoc.core.time import Span
from voicedoc.evaluate.consult_cases import LEVELS, Case, Fact
from voicedoc.evaluate.consult_patient import InventingPatient, ScriptedPatient
from voicedoc.evaluate.consult_visit import Ask, Close, Interviewer, Move, Noted, Visit, visit

Doctor = Callable[[Case, int], Interviewer]
"""Makes a doctor for one visit, with a budget of questions."""

RECOMMENDATIONS: Mapping[str, str] = {
    "emergency": "Call the emergency number now.",
    "urgent": "See a doctor today.",
    "soon": "See a doctor within days.",
    "routine": "Make an appointment as planned.",
}
"""What each level comes to, in the words of the cases."""


class Interviewing:
    """The interview, by rules alone, typed: the patient's words go in as they are. It is told nothing of the case."""

    def __init__(self, case: Case, budget: int) -> None:
        self._languages = Languages(patient=case.language, doctor="en")
        self._plan = Plan(load_packs())
        self._assistant = Assistant(self._plan, self._languages, of_rules(Alarms()))
        self._numbers = count(FIRST_ASKED)
        self._n_heard = 0
        self._state = Interview(self._languages, budget)
        self._fold(self._assistant.begin(self._state, 0.0, self._numbers))

    def hear(self, text: str) -> Move:
        """The next question, or the end."""
        turn = self._turn(text)
        events = self._assistant.take(self._state, turn, self._numbers)
        self._fold([turn, *events])
        asked = next((event for event in reversed(events) if isinstance(event, QuestionAsked)), None)
        closed = next((event for event in events if isinstance(event, InterviewClosed)), None)
        if asked is None or closed is not None:
            return self._close(closed.reason if closed else "silent")
        words = {event.utterance: event.hypothesis.text for event in events if isinstance(event, TurnAttributed)}
        return Ask(words[asked.utterance], self._plan.question(asked.question), asked.act)

    def noted(self) -> Iterable[Noted]:
        """The facts of its state."""
        facts = self._state.facts.values()
        return [Noted(fact.slot, fact.name, fact.state, fact.value, fact.words) for fact in facts]

    def raised(self) -> Iterable[str]:
        """The levels of its alarms."""
        return [alarm.level for alarm in self._state.alarms]

    def _turn(self, text: str) -> TurnAttributed:
        self._n_heard += 1
        return TurnAttributed(
            at=float(self._n_heard),
            utterance=UtteranceId(self._n_heard),
            span=Span(self._n_heard, self._n_heard),
            role=Role.PATIENT,
            method="typed",
            confidence=1.0,
            hypothesis=Hypothesis(text, self._languages.patient, 1.0, 1.0),
        )

    def _fold(self, events: Iterable[Event]) -> None:
        for event in events:
            self._state = advance(self._state, event)

    def _close(self, reason: str) -> Close:
        packs = self._plan.packs_of(self._state)
        verdicts = [verdict.node.level for verdict in self._plan.verdicts(self._state)]
        levels = [*self.raised(), *verdicts]
        level = _soonest(levels)
        title = packs[0].title["en"] if packs else ""
        return Close(reason, level, packs[0].id if packs else "", title, RECOMMENDATIONS.get(level, ""))


def _soonest(levels: Iterable[str]) -> str:
    """The most urgent level; "" where there is none."""
    return min(levels, key=LEVELS.index, default="")


class AsksAll:
    """Asks the questions it was given, one after the other, until there is an emergency by the alarms' rules.

    It writes answers down as the interview does, and concludes nothing but what an alarm says.
    """

    def __init__(self, questions: Iterable[Question], language: str, budget: int) -> None:
        self._left = list(questions)
        self._language, self._budget = language, budget
        self._open: Question | None = None
        self._noted: dict[tuple[str, str], Noted] = {}
        self._n_asked = 0
        self._raised: dict[str, str] = {}

    def hear(self, text: str) -> Move:
        """Write it down and ask the next."""
        self._note(self._open, read_reply(self._open, text, self._language))
        self._alarm()
        if "emergency" in self._raised.values():
            return self._close("emergency")
        if not self._left:
            return self._close("complete")
        if self._n_asked == self._budget:
            return self._close("budget")
        self._open = self._left.pop(0)
        self._n_asked += 1
        return Ask(self._open.text[primary(self._language)], self._open)

    def noted(self) -> Iterable[Noted]:
        """The last of each thing."""
        return self._noted.values()

    def raised(self) -> Iterable[str]:
        """The levels of its alarms, in the order in which they came."""
        return self._raised.values()

    def _alarm(self) -> None:
        signs = {noted.name: noted.state == "present" for noted in self._noted.values() if Fact(noted.name).is_sign}
        self._raised |= {alarm.id: alarm.level for alarm in Alarms().raised(signs) if alarm.id not in self._raised}

    def _close(self, reason: str) -> Close:
        level = _soonest(self.raised())
        return Close(reason, level, recommendation=RECOMMENDATIONS.get(level, ""))

    def _note(self, question: Question | None, reply: Reply) -> None:
        found = [Noted("", sign.name, _state(sign.present), "", sign.words) for sign in reply.signs]
        if question is not None and reply.answer is not None:
            name = question.sign if question.sign and question.expects == "yes-no" else question.id
            found.append(Noted(question.slot.value, name, reply.answer.state, reply.answer.value, reply.text))
        self._noted |= {(noted.slot, noted.name): noted for noted in found}


def _state(present: bool) -> str:
    return "present" if present else "absent"


def _nothing(case: Case, budget: int) -> Interviewer:
    return AsksAll((), case.language, budget)


def _every_interviews(case: Case, budget: int) -> Interviewer:
    """The questions of every interview, in their order."""
    return AsksAll(load_packs().common, case.language, budget)


def _in_order(case: Case, budget: int) -> Interviewer:
    """Told the complaint: its questions in the order of the pack, then those of every interview."""
    return AsksAll(_questions(case), case.language, budget)


def _at_random(case: Case, budget: int) -> Interviewer:
    """Told the complaint: the same questions in an order drawn for the case."""
    drawn = _questions(case)
    Random(case.id).shuffle(drawn)
    return AsksAll(drawn, case.language, budget)


def _questions(case: Case) -> list[Question]:
    packs = load_packs()
    return list({question.id: question for question in (*packs.pack(case.complaint).questions, *packs.common)}.values())


INVENTING, LOOSE = "interview, inventing patient", "interview, loose answers"

DOCTORS: Mapping[str, Doctor] = {
    "interview": Interviewing,
    LOOSE: Interviewing,
    INVENTING: Interviewing,
    "in order": _in_order,
    "at random": _at_random,
    "common": _every_interviews,
    "nothing": _nothing,
}
"""By the name that a task uses. Two differ by the patient: one who does not say yes and no plainly, and one who makes
answers up, to see whether that is noticed."""


def consult(doctor: str, case: Case, budget: int) -> Visit:
    """The visit of a case with a doctor of `DOCTORS`.

    Raises:
        UnsupportedLanguage: If doctor or patient do not speak the case's language.
    """
    asking = DOCTORS[doctor](case, budget)
    if doctor == INVENTING:
        return replace(visit(case, asking, InventingPatient(case), budget), patient="inventing")
    return visit(case, asking, ScriptedPatient(case, loose=doctor == LOOSE), budget)


def doctors_fingerprint() -> str:
    """A digest over what doctors and patients say and read: packs, signs, rules, wordings."""
    folders = (Path(voicedoc.converse.__file__).parent, Path(__file__).parent)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".toml", ".py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
