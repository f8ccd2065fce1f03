"""Interviews without a session: a patient's lines in, events out; and small complaint packs to hold them with."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from voicedoc.converse.complaints.load import Packs
from voicedoc.converse.complaints.pack import Expects, Node, Option, Pack, Question, Slot
from voicedoc.converse.interview.alarm import Alarming, no_alarms
from voicedoc.converse.interview.interviewer import FIRST_ASKED, Begun, Interviewer
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.read import Answer
from voicedoc.converse.interview.state import Interview, advance
from voicedoc.core.events import Event, FactNoted, QuestionAsked, TurnAttributed
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span

LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru")


def question(name: str, slot: Slot, expects: Expects, en: str, **more: Any) -> Question:
    """A question whose wording is the same in every language, but for what `more["text"]` has."""
    text = dict.fromkeys(LANGUAGES, en) | more.pop("text", {})
    return Question(name, slot, expects, text, dict.fromkeys(LANGUAGES, name), **more)


def _option(name: str, *said: str) -> Option:
    return Option(name, dict.fromkeys(LANGUAGES, said))


def _tree(*levels: tuple[str, str]) -> tuple[Node, ...]:
    """A chain: each sign leads to its level; none, to "routine"."""
    nodes = []
    for sign, level in levels:
        reason = {"en": f"because of {sign}"}
        nodes += [Node("C", (sign,), "null"), Node("D", level=level, reason=reason)]  # type: ignore[arg-type]
    return (*nodes, Node("D", level="routine", reason={"en": "nothing found"}))


CHEST = Pack(
    id="chest",
    title={"en": "Chest pain", "pt": "Dor no peito"},
    said={"en": ("chest hurts", "chest pain"), "pt": ("dor no peito",), "es": ("dolor en el pecho",), "zh": ("胸痛",)},
    signs=("chest-pain",),
    questions=(
        question("chest.pressure", Slot.CHARACTER, "yes-no", "Is it a pressure?", must=True, sign="chest-pressure"),
        question("chest.arm", Slot.SITE, "yes-no", "Does it go into an arm?", must=True, sign="pain-spreads-arm"),
        question("chest.onset", Slot.ONSET, "duration", "When did it begin?", must=True),
        question("chest.scale", Slot.SEVERITY, "scale", "How bad, from 0 to 10?", must=True),
        question(
            "chest.course",
            Slot.COURSE,
            "choice",
            "Is it better, worse, or the same?",
            must=True,
            options=(_option("better", "better"), _option("worse", "worse"), _option("same", "the same", "same")),
        ),
        question("chest.touch", Slot.INFLUENCES, "yes-no", "Does it hurt to touch?", sign="pain-on-touch"),
    ),
    tree=_tree(("chest-pressure", "emergency"), ("pain-spreads-arm", "emergency")),
    sources=(),
    version=1,
)

HEAD = Pack(
    id="head",
    title={"en": "Headache"},
    said={"en": ("headache",), "pt": ("dor de cabeça",)},
    signs=("headache",),
    questions=(
        question("head.sudden", Slot.ONSET, "yes-no", "Was it sudden?", must=True, sign="headache-thunderclap"),
        question("head.where", Slot.SITE, "place", "Where does it hurt?", must=True),
        question("head.neck", Slot.ASSOCIATED, "yes-no", "Is your neck stiff?", must=True, sign="neck-stiff"),
        question(
            "head.birth", Slot.PREGNANCY, "yes-no", "Did you give birth lately?", must=True, sign="postpartum",
            only_for=("childbearing",),
        ),
    ),
    tree=_tree(("headache-thunderclap", "urgent")),
    sources=(),
    version=2,
)  # fmt: skip

COMMON = (
    question("common.complaint", Slot.CHIEF_COMPLAINT, "text", "What brings you here?", must=True),
    question("common.age", Slot.PERSON, "number", "How old are you?", must=True, unit="year"),
    question(
        "common.sex",
        Slot.PERSON,
        "choice",
        "Are you a woman or a man?",
        must=True,
        options=(_option("female", "woman", "mulher", "mujer", "女"), _option("male", "man", "homem", "hombre", "男")),
    ),
    question("common.drugs", Slot.DRUGS, "drugs", "What medicines do you take?", must=True),
    question("common.allergies", Slot.ALLERGIES, "allergies", "Any allergies?", must=True, sign="history-allergy"),
    question("common.reaction", Slot.ALLERGIES, "text", "What happened?", must=True, only_if=("history-allergy",)),
    question("common.work", Slot.SOCIAL, "text", "What is your work?"),
    question("common.worry", Slot.CONCERN, "text", "What worries you most?", must=True),
    question("common.else", Slot.CONCERN, "text", "What else?", must=True),
)

PACKS = Packs({"chest": CHEST, "head": HEAD}, COMMON)


def turn(text: str, number: int, language: str = "en", **changes: Any) -> TurnAttributed:
    """What the patient typed, at second `number`."""
    at = float(number)
    typed = TurnAttributed(
        at=at,
        utterance=UtteranceId(number),
        span=Span(at, at),
        role=Role.PATIENT,
        method="typed",
        confidence=1.0,
        hypothesis=Hypothesis(text, language, 1.0, 1.0),
    )
    return replace(typed, **changes)


@dataclass
class Talk:
    """An interview that goes on. `events` are all of it, the patient's turns too."""

    visit: Visit = field(default_factory=lambda: Visit("pt", "en"))
    packs: Packs = PACKS
    alarms: Alarming = no_alarms
    known: Begun | None = None
    budget: int = 30
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.who = Interviewer(Plan(self.packs), self.visit, self.alarms)
        self.state = Interview(self.visit, budget=self.budget)
        self.numbers = itertools.count(FIRST_ASKED)
        self.n_turns = 0
        self.follow(self.who.begin(self.state, 0.0, self.numbers, self.known))

    def says(self, *lines: str, read: Answer | None = None, **changes: Any) -> Talk:
        """The patient says these lines, one after the other."""
        for line in lines:
            self.n_turns += 1
            said = turn(line, self.n_turns, self.visit.patient, **changes)
            self.follow([said])
            self.follow(self.who.take(self.state, said, self.numbers, read))
        return self

    def answers(self, answer: Callable[[str], str], most: int = 200) -> Talk:
        """The patient answers every question (by its id) until the interview closes, or `most` times."""
        for _ in range(most):
            if self.state.open is None:
                break
            self.says(answer(self.state.open.question))
        return self

    @property
    def asked(self) -> list[str]:
        """The ids of the questions, as they were asked."""
        return [event.question for event in self.of(QuestionAsked)]

    @property
    def said(self) -> list[str]:
        """What the assistant said."""
        turns = self.of(TurnAttributed)
        return [event.hypothesis.text for event in turns if event.role is Role.ASSISTANT]

    def fact(self, name: str) -> FactNoted:
        """The last fact of this name."""
        return next(fact for fact in reversed(self.of(FactNoted)) if fact.name == name)

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def follow(self, events: Iterable[Event]) -> None:
        """Take these events in."""
        for event in events:
            self.state = advance(self.state, event)
            self.events.append(event)
