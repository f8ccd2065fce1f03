"""What an interview knows, as a fold over the journal's events: the same events, the same state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from voicedoc.converse.complaints.pack import Group, Question, Slot
from voicedoc.converse.signs.lexicon import kinds
from voicedoc.core.events import (
    AlarmRaised,
    Event,
    FactNoted,
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    Suspected,
    TurnAttributed,
    UtteranceReopened,
)
from voicedoc.core.speech import Role, UtteranceId, Visit

COMPLAINT = "complaint"
"""The name of the facts that say which packs the complaint is of, in the slot of the chief complaint."""

AGE, SEX = "common.age", "common.sex"
"""The questions that say who the patient is."""

BUDGET = 35
"""Questions that an interview asks at most, closing ones apart."""

_CHILD, _OLD = 16, 50
_CHILDBEARING = range(12, 56)


class Act(StrEnum):
    """What a turn does, in the terms of ReMeDi's intents, which both sides share.

    The assistant inquires (asks a question), confirms (has an answer repeated, or put more clearly), informs (says why
    it asks, what happens next, or an alarm's message) and chats (greets, thanks). It never recommends a treatment: what
    it may recommend is to call for help, in an alarm's fixed words. The patient informs, confirms (yes, no), inquires
    (what does that mean? why? a person, please) and chats.

    Source: Yan et al. 2022, ReMeDi: Resources for Multi-domain, Multi-service, Medical Dialogues (SIGIR '22).
    """

    INFORM = "inform"
    INQUIRE = "inquire"
    CONFIRM = "confirm"
    RECOMMEND = "recommend"
    CHITCHAT = "chitchat"


Why = Literal["ask", "clarify", "confirm", "repeat", "close"]
"""Why a question was asked: `QuestionAsked.act`. A closing one does not count against the budget, however often."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the patient is, as far as it is known. `age` in years; `sex` "female", "male", "other" or "".

    `child`: what was told of it where no age was.
    """

    age: float | None = None
    sex: str = ""
    child: bool | None = None

    def belongs(self, group: Group) -> bool | None:
        """Whether they are in a group of `Question.only_for`; None where that is not known."""
        match group:
            case "female" | "male":
                return None if self.sex in ("", "other") else self.sex == group
            case "child" | "adult":
                is_child = self.child if self.age is None else self.age < _CHILD
                return None if is_child is None else is_child == (group == "child")
            case "over-50":
                if self.age is None:
                    return False if self.child else None
                return self.age >= _OLD
            case "childbearing":
                may_be = self.age is None or int(self.age) in _CHILDBEARING
                if self.sex == "male" or not may_be:
                    return False
                return None if self.age is None or self.sex in ("", "other") else True


@dataclass(frozen=True, slots=True)
class Open:
    """The question that waits for its answer. `since` is when it was asked, on the audio clock."""

    question: str
    why: Why
    utterance: UtteranceId
    since: float


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that is known of an interview. Nothing in it is ever mutated; `advance` makes the next one.

    `facts` are by slot and name, the last one of each; `asked` says how often each question was asked, for whatever
    reason; `answered` are the questions that were answered, in whichever way. `n_asked` counts what the budget counts.
    `suspicions` are what something said may be about: its signs are asked for before all others.
    """

    visit: Visit
    budget: int = BUDGET
    facts: Mapping[tuple[str, str], FactNoted] = field(default_factory=dict)
    asked: Mapping[str, tuple[Why, ...]] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    alarms: tuple[AlarmRaised, ...] = ()
    suspicions: tuple[Suspected, ...] = ()
    open: Open | None = None
    n_asked: int = 0
    closed: InterviewClosed | None = None

    @property
    def known(self) -> dict[str, bool | None]:
        """What is known of signs: present, absent, or None where the patient does not know. What is denied denies its
        cases, too.
        """
        states = {"present": True, "absent": False, "unknown": None}
        known = {fact.name: states[fact.state] for fact in self.facts.values() if fact.state in states}
        for name in [name for name, present in known.items() if present is False]:
            for case in kinds().within.get(name, ()):  # who has no headache has no sudden one
                known.setdefault(case, False)
        return known

    @property
    def person(self) -> Person:
        """Who the patient is."""
        age, sex = self.facts.get((Slot.PERSON, AGE)), self.facts.get((Slot.PERSON, SEX))
        known = self.known
        years = age_in_years(age.value) if age else None
        if years is None and known.get("infant-under-3-months"):
            years = 0.0
        said = sex.value if sex else ""
        if not said and known.get("pregnant"):
            said = "female"
        return Person(years, said if said in ("female", "male", "other") else "", known.get("child"))

    @property
    def complaints(self) -> tuple[str, ...]:
        """The ids of the packs that the complaint is of, in the order in which they are worked through."""
        fact = self.facts.get((Slot.CHIEF_COMPLAINT, COMPLAINT))
        return tuple(fact.value.split()) if fact else ()

    @property
    def suspected(self) -> tuple[str, ...]:
        """The signs that something said may be about, in the order in which they came up."""
        return tuple(dict.fromkeys(sign for one in self.suspicions for sign in one.signs))

    @property
    def left(self) -> int:
        """Questions that may still be asked, closing ones apart."""
        return max(0, self.budget - self.n_asked)

    @property
    def is_emergency(self) -> bool:
        """Whether something was told that cannot wait at all."""
        return any(alarm.level == "emergency" for alarm in self.alarms)

    def is_settled(self, question: Question) -> bool:
        """Whether it need not be asked: it was answered, or what it asks was told already."""
        told = question.id in self.answered or (question.slot, question.id) in self.facts
        return told or (question.sign != "" and question.sign in self.known)

    def n_times(self, question: str, *why: Why) -> int:
        """How often a question was asked, for these reasons."""
        return sum(each in why for each in self.asked.get(question, ()))


def age_in_years(value: str) -> float | None:
    """The age that a fact has as its value, "45" or "8 month", in years; None where it is none.

    >>> age_in_years("6 month")
    0.5
    """
    number, _, unit = value.partition(" ")
    try:
        years = float(number) / {"": 1, "year": 1, "month": 12, "week": 52.18, "day": 365.25}[unit]
    except (ValueError, KeyError):
        return None
    return years if 0 <= years < 130 else None


def advance(interview: Interview, event: Event) -> Interview:
    """The state after an event. Events that do not concern it leave it as it is."""
    match event:
        case QuestionAsked():
            return _asked(interview, event)
        case FactNoted():
            return _noted(interview, event)
        case AlarmRaised():
            return replace(interview, alarms=(*interview.alarms, event))
        case Suspected():
            return replace(interview, suspicions=(*interview.suspicions, event))
        case InterviewClosed():
            return replace(interview, closed=event, open=None)
        case InterviewOpened():
            return replace(interview, budget=event.n_questions)
        case _:
            return interview


def replayed(begun: Interview, events: Iterable[Event]) -> Interview:
    """The state that a journal's events lead to, from a state that has only the visit.

    What followed from the first reading of an utterance that was reopened later counts no more.
    """
    known = list(events)
    withdrawn = _withdrawn(known)
    state = begun
    for event in known:
        if not (isinstance(event, QuestionAsked | FactNoted | Suspected) and event.at in withdrawn):
            state = advance(state, event)
    return state


def _withdrawn(events: Iterable[Event]) -> set[float]:
    """The moments from which nothing stands: of patients' turns that were reopened, unless that closed it all."""
    turns: dict[int, float] = {}
    moments: set[float] = set()
    for event in events:
        if isinstance(event, TurnAttributed) and event.role is Role.PATIENT:
            turns[event.utterance] = event.at
        elif isinstance(event, UtteranceReopened) and event.utterance in turns:
            moments.add(turns.pop(event.utterance))
        elif isinstance(event, InterviewClosed):
            turns.clear()
    return moments


def _asked(interview: Interview, event: QuestionAsked) -> Interview:
    why: Why = event.act if event.act in ("clarify", "confirm", "repeat", "close") else "ask"  # type: ignore[assignment]
    before = interview.asked.get(event.question, ())
    counts = why not in ("close", "repeat") and "close" not in before
    asked = {**interview.asked, event.question: (*before, why)}
    return replace(
        interview,
        asked=asked,
        open=Open(event.question, why, event.utterance, event.at),
        n_asked=interview.n_asked + counts,
    )


def _noted(interview: Interview, fact: FactNoted) -> Interview:
    answers = {fact.question} if fact.question else set()
    waits = interview.open if interview.open and interview.open.question not in answers else None
    return replace(
        interview,
        facts={**interview.facts, (fact.slot, fact.name): fact},
        answered=interview.answered | answers,
        open=waits,
    )
