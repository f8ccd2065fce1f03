"""What the assistant does when the patient has said something: from a state and a turn, the events that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.converse.interview.alarm import Alarm, Alarming, Message, no_alarms, of_trees
from voicedoc.converse.interview.policy import Ask, Close, Plan
from voicedoc.converse.interview.read import WHEN, Answer, Reply, affirmed, denies, in_own_words, read_reply
from voicedoc.converse.interview.state import AGE, COMPLAINT, SEX, Interview, Person, Why, advance, age_in_years
from voicedoc.converse.interview.texts import LANGUAGES, general_questions, texts
from voicedoc.core.events import (
    NO_UTTERANCE,
    AlarmRaised,
    Cleared,
    Event,
    FactNoted,
    InterpreterCalled,
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    Translated,
    TurnAttributed,
)
from voicedoc.core.languages import primary, same_language
from voicedoc.core.speech import FIXED_WORDINGS, Critical, Hypothesis, Role, Translation, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.guard.questions import outermost
from voicedoc.guard.tokens import tokenise

FIRST_ASKED = 3_000_000
"""What the assistant says is numbered from here on."""

METHOD = "assistant"
"""How the assistant's own turns are attributed."""

MOST_REPEATS = 2
"""How often a question is said again because the patient asks for it. Then it counts as not understood."""

MOST_PACKS = 3
"""Complaints that are gone into."""

UNHEARD = 1.0
"""Seconds. Who begins to speak sooner after a question was put goes on with what they said before."""

_BEFORE = {"repeat": "", "why": "why", "cannot": "cannot"}
"""What is said before a question that is put again, by what the patient has asked."""

FEW_WORDS = 3
"""A complaint of so many words that no pack is about may be a greeting."""

SURE = 0.5
"""Mean word probability below which a yes or a no is asked for again."""


@dataclass(frozen=True)
class Interviewer:
    """Asks, reads, stops. Pure but for the numbers of its own utterances, which `numbers` yields.

    `alarms` are rules over what is known; they are asked after every answer.
    """

    plan: Plan
    visit: Visit
    alarms: Alarming = no_alarms

    def begin(self, interview: Interview, at: float, numbers: Iterator[int], known: Begun | None = None) -> list[Event]:
        """Greet and put the first question; one that goes on puts its open question once more."""
        step = _Step(self, interview, at, numbers)
        if interview.closed:
            return []
        if interview.open and (question := self.plan.question(interview.open.question)):
            step.ask(question, "repeat")
            return step.events
        packs = tuple(f"{pack.id} {pack.version}" for pack in self.plan.packs.packs.values())
        step.open(interview.budget, packs)
        if known:
            step.note_known(known)
        step.say("hello")
        step.go_on()
        return step.events

    def take(
        self, interview: Interview, turn: TurnAttributed, numbers: Iterator[int], read: Answer | None = None
    ) -> list[Event]:
        """What follows from a turn of the patient's. `read` is what a model made of what rules cannot read."""
        step = _Step(self, advance(interview, turn), turn.at, numbers, turn)
        if interview.closed is None:
            step.hear(read)
        return step.events

    def needs_reading(self, interview: Interview, turn: TurnAttributed) -> Question | None:
        """The question to which rules find no answer in a turn: a model may be asked."""
        question = self.plan.question(interview.open.question) if interview.open else None
        if interview.closed or question is None:
            return None
        reply = read_reply(question, turn.hypothesis.text, turn.hypothesis.language)
        clear = reply.answer or reply.request or reply.conflicts
        return None if clear or question.expects not in ("yes-no", "choice") else question

    def again(self, interview: Interview, at: float, numbers: Iterator[int]) -> list[Event]:
        """The open question once more, as somebody at the desk wishes."""
        step = _Step(self, interview, at, numbers)
        question = self.plan.question(interview.open.question) if interview.open else None
        if question and interview.closed is None:
            step.ask(question, "repeat")
        return step.events


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known before the first question: the packs of the complaint, and who the patient is."""

    complaints: tuple[str, ...] = ()
    person: Person = field(default_factory=Person)


@dataclass
class _Step:
    """One turn being worked on: the events so far, and the state after them."""

    who: Interviewer
    state: Interview
    at: float
    numbers: Iterator[int]
    turn: TurnAttributed | None = None
    events: list[Event] = field(default_factory=list)

    def open(self, budget: int, packs: tuple[str, ...]) -> None:
        """The first event of an interview."""
        self._add(InterviewOpened(at=self.at, n_questions=budget, packs=packs))

    # --- hearing

    def hear(self, read: Answer | None) -> None:
        """Take in what was said, then do what comes next."""
        turn = self._turn()
        question = self._open_question()
        reply = read_reply(question, turn.hypothesis.text, turn.hypothesis.language)
        early = self._is_early()
        self._volunteered(reply, None if early else question)
        if self._alarmed():
            return
        if reply.request in ("person", "stop"):
            self._leave(reply.request)
        elif question is None or (self._complaint_found(reply, question) and question in general_questions()):
            self.go_on()
        elif early:
            self._once_more(question, reply)
        else:
            self._answered(question, reply, read)

    def _answered(self, question: Question, reply: Reply, read: Answer | None) -> None:
        asks_back = "cannot" if reply.is_question else reply.request
        if asks_back in _BEFORE and self.state.n_times(question.id, "repeat") < MOST_REPEATS:
            self.ask(question, "repeat", before=_BEFORE[asks_back])
            return
        may_ask = self.state.left > 0 or question in self.who.plan.closing
        if question is self.who.plan.opening and self._may_be_a_greeting(reply):
            reply = replace(reply, answer=None)
        clarified = not may_ask or self.state.n_times(question.id, "clarify", "confirm") > 0
        if reply.answer and (clarified or self._is_sure(question)):
            self._note_answer(question, reply.answer, "rule")
        elif read and not reply.conflicts and not _is_red_flag(question):
            self._note_answer(question, read, "model")
        elif not clarified:
            before = "" if reply.request else "unsure"
            self.ask(question, "confirm" if read else "clarify", before=before, hint=True)
            return
        else:
            self._settle(question, reply, read)
        if not self._alarmed():
            self.go_on()

    def _may_be_a_greeting(self, reply: Reply) -> bool:
        is_short = sum(token.kind in ("word", "digits") for token in tokenise(reply.text)) <= FEW_WORDS
        return is_short and not reply.signs and not self._packs_in(reply) and not self.state.complaints

    def _settle(self, question: Question, reply: Reply, read: Answer | None) -> None:
        """Asked twice, and no clear answer: what was said stands in the history; a danger that a model read holds."""
        if read and read.state == "present" and not reply.conflicts:
            self._note_answer(question, read, "model")
        elif reply.request:
            self._note_answer(question, Answer("unknown"), "rule")
        else:
            self._note_answer(question, in_own_words(question, reply), "rule")

    def _once_more(self, question: Question, reply: Reply) -> None:
        """They went on with what they said before, and have not heard the question."""
        del reply
        if self.state.n_times(question.id, "repeat") < MOST_REPEATS:
            self.ask(question, "repeat")

    def _is_early(self) -> bool:
        waits, turn = self.state.open, self._turn()
        return (
            waits is not None and turn.method != "typed" and turn.span.start < waits.since + UNHEARD and waits.since > 0
        )

    def _is_sure(self, question: Question) -> bool:
        """A yes or no to what must be asked counts only if it was heard well."""
        heard = self._turn().hypothesis
        return question.expects != "yes-no" or (heard.confidence >= SURE and not heard.doubts)

    def _leave(self, request: str) -> None:
        if request == "person":
            self._add(InterpreterCalled(at=self.at, reason="the patient asks for a person"))
        self.say("person" if request == "person" else "stopped")
        self._close(Close("stopped", self.who.plan.unanswered(self.state)))

    # --- facts

    def note_known(self, known: Begun) -> None:
        """What is known beforehand, without words of the patient's."""
        if known.complaints:
            self._note(Slot.CHIEF_COMPLAINT, COMPLAINT, "told", " ".join(known.complaints), "")
        if known.person.age is not None:
            self._note(Slot.PERSON, AGE, "told", f"{known.person.age:g}", "", question=AGE)
            self._age(f"{known.person.age:g}", "")
        if known.person.sex:
            self._note(Slot.PERSON, SEX, "told", known.person.sex, "", question=SEX)

    def _volunteered(self, reply: Reply, question: Question | None) -> None:
        """Every sign that is told beside the answer. Where one is told and denied in one breath, it is there."""
        own = question.sign if question and (reply.answer or reply.conflicts) else ""
        told: dict[str, bool] = {}
        words: dict[str, str] = {}
        for sign in reply.signs:
            if sign.name != own and not told.get(sign.name, False):
                told[sign.name], words[sign.name] = sign.present, reply.words_of(sign)
        known = self.state.known
        for name, present in told.items():
            if known.get(name) is not present:
                self._note(self.who.plan.slot_of(name), name, "present" if present else "absent", "", words[name])
        if question is None or question.expects not in ("drugs", "allergies"):
            self._drugs_told(reply)

    def _drugs_told(self, reply: Reply) -> None:
        """Medicines that are named unasked; those of before stay."""
        named = affirmed(reply.text, reply.language, [item for item in outermost(reply.items) if item.kind == "drug"])
        before = self.state.facts.get((Slot.DRUGS, Slot.DRUGS))
        earlier = before.value.split("; ") if before else []
        values = list(dict.fromkeys([*earlier, *(item.value for item in named)]))
        if len(values) > len(earlier):
            self._note(Slot.DRUGS, Slot.DRUGS, "told", "; ".join(values), reply.text.strip())

    def _note_answer(self, question: Question, answer: Answer, by: str) -> None:
        text = self._turn().hypothesis.text.strip()
        name = question.sign if question.sign and question.expects == "yes-no" else question.id
        value = "declined" if answer.declined else answer.value
        slot = self.who.plan.slot_of(name) if name == question.sign else question.slot
        self._note(slot, name, answer.state, value, text, by=by, question=question.id)
        if question.sign and question.expects != "yes-no":
            self._note(
                self.who.plan.slot_of(question.sign), question.sign, _as_sign(answer, self._turn()), "", text, by=by
            )
        if question.id == AGE:
            self._age(answer.value, text)
        if question is self.who.plan.opening or question in self.who.plan.closing:
            self._find_complaints(answer)

    def _age(self, value: str, words: str) -> None:
        """Whether the patient is a child follows from the age."""
        years = age_in_years(value)
        if years is None:
            return
        for sign, below in (("child", 16.0), ("infant-under-3-months", 0.25)):
            self._note(self.who.plan.slot_of(sign), sign, "present" if years < below else "absent", "", words)

    def _find_complaints(self, answer: Answer) -> None:
        """Which packs are about what was said; those that are at work already stay first."""
        if answer.state != "told":
            return
        turn = self._turn()
        reply = read_reply(None, turn.hypothesis.text, turn.hypothesis.language)
        self._note_complaints(reply)
        self._begun_told(reply)

    def _complaint_found(self, reply: Reply, question: Question) -> bool:
        """Whether a complaint is named only now, in place of an answer: the general questions are then not needed."""
        if self.state.complaints or question is self.who.plan.opening or reply.answer:
            return False
        return self._note_complaints(reply)

    def _note_complaints(self, reply: Reply) -> bool:
        names = list(dict.fromkeys([*self.state.complaints, *self._packs_in(reply)]))[:MOST_PACKS]
        if tuple(names) == self.state.complaints:
            return False
        self._note(Slot.CHIEF_COMPLAINT, COMPLAINT, "told", " ".join(names), reply.text.strip())
        return True

    def _packs_in(self, reply: Reply) -> list[str]:
        """The packs that an utterance is about, the most dangerous first."""
        plan = self.who.plan
        found = plan.packs.find(reply.text, reply.language, reply.signs)[:MOST_PACKS]
        return [pack.id for pack in plan.by_danger(found)]

    def _begun_told(self, reply: Reply) -> None:
        """When it began, where the complaint says so: the question about it need not be asked."""
        when = [item for item in outermost(reply.items) if item.kind in WHEN and not _may_be_an_age(item)]
        asking = next(self.who.plan.about_onset(self.state), None)
        other = any(item.kind in ("drug", "frequency", "dose") for item in reply.items)
        if asking and 0 < len(when) <= 2 and not other:
            self._note(asking.slot, asking.id, "told", "; ".join(item.value for item in when), reply.text.strip())

    def _note(
        self, slot: str, name: str, state: str, value: str, words: str, *, by: str = "rule", question: str = ""
    ) -> None:
        utterance = self.turn.utterance if self.turn else NO_UTTERANCE
        self._add(
            FactNoted(
                at=self.at,
                utterance=utterance,
                slot=str(slot),
                name=str(name),
                state=state,
                value=value,
                words=words,
                by=by,
                question=question,
            )
        )

    # --- alarms

    def _alarmed(self) -> bool:
        """Tell what cannot wait; whether it ends the interview."""
        raised = {alarm.alarm: alarm.level for alarm in self.state.alarms}
        found = [*self.who.alarms(self.state), *of_trees(self.who.plan, self.state)]
        new = [alarm for alarm in found if raised.get(alarm.id) != alarm.level]
        for alarm in new:
            self._add(self._raised(alarm))
        emergency = next((alarm for alarm in new if alarm.level == "emergency"), None)
        if emergency is None:
            return False
        self._speak(_after(emergency.say, "emergency"), critical=True)
        self._close(Close("emergency", self.who.plan.unanswered(self.state)))
        return True

    def _raised(self, alarm: Alarm) -> AlarmRaised:
        facts = [fact for fact in self.state.facts.values() if fact.name in alarm.signs]
        return AlarmRaised(
            at=self.at,
            utterance=self.turn.utterance if self.turn else NO_UTTERANCE,
            alarm=alarm.id,
            level=alarm.level,
            reason=alarm.reason,
            signs=alarm.signs,
            evidence=tuple(sorted({fact.utterance for fact in facts})),
        )

    # --- speaking

    def go_on(self) -> None:
        """Ask the next question, or close."""
        match self.who.plan.next(self.state):
            case Ask(question, why):
                self.ask(question, why)
            case Close() as close:
                self.say("thanks")
                self._close(close)

    def ask(self, question: Question, why: Why, *, before: str = "", hint: bool = False) -> None:
        """Put a question. `before` names a sentence that goes before it; `hint` says how it can be answered."""
        number = UtteranceId(next(self.numbers))
        self._add(QuestionAsked(at=self.at, utterance=number, question=question.id, act=why))
        patient, doctor = (
            _worded(question, language, before, hint=hint)
            for language in (self.who.visit.patient, self.who.visit.doctor)
        )
        self._said(number, patient, doctor, "question")

    def say(self, name: str) -> None:
        """Say one of the fixed sentences."""
        self._speak(_ours(name))

    def _speak(self, message: Message, *, critical: bool = False) -> None:
        visit = self.who.visit
        patient, doctor = (_in(message, language) for language in (visit.patient, visit.doctor))
        self._said(UtteranceId(next(self.numbers)), patient, doctor, "statement", critical=critical)

    def _said(self, number: UtteranceId, patient: str, doctor: str, purpose: str, *, critical: bool = False) -> None:
        visit = self.who.visit
        self._add(
            TurnAttributed(
                at=self.at,
                utterance=number,
                span=Span(self.at, self.at),
                role=Role.ASSISTANT,
                method=METHOD,
                confidence=1.0,
                hypothesis=Hypothesis(patient, visit.patient, 1.0, 1.0),
            )
        )
        if not same_language(visit.patient, visit.doctor):
            translation = Translation(doctor, visit.patient, visit.doctor, FIXED_WORDINGS)
            self._add(
                Translated(
                    at=self.at, utterance=number, listener=Role.DOCTOR, source_text=patient, translation=translation
                )
            )
        self._add(
            Cleared(
                at=self.at,
                utterance=number,
                listener=Role.PATIENT,
                language=visit.patient,
                text=patient,
                purpose=purpose,
                critical=critical,
            )
        )

    def _close(self, close: Close) -> None:
        self._add(InterviewClosed(at=self.at, reason=close.reason, n_questions=self.state.n_asked, open=close.open))

    # --- small things

    def _add(self, event: Event) -> None:
        self.events.append(event)
        self.state = advance(self.state, event)

    def _turn(self) -> TurnAttributed:
        if self.turn is None:
            raise ValueError("nobody has said anything in this step")
        return self.turn

    def _open_question(self) -> Question | None:
        return self.who.plan.question(self.state.open.question) if self.state.open else None


def _is_red_flag(question: Question) -> bool:
    return question.must and question.sign != ""


def _as_sign(answer: Answer, turn: TurnAttributed) -> str:
    """What an answer that names something says of the question's sign: there where something is named."""
    if answer.state != "told":
        return answer.state
    text, language = turn.hypothesis.text.strip(), turn.hypothesis.language
    return "unknown" if answer.value == text and denies(text, language) else "present"


def _may_be_an_age(item: Critical) -> bool:
    return item.kind == "duration" and item.value.partition(" ")[2] in ("week", "month", "year")


def _worded(question: Question, language: str, before: str, *, hint: bool) -> str:
    """A question in its fixed words."""
    ours = texts(language)
    parts = [ours.say[before]] if before else []
    parts.append(question.text[primary(language)])
    if hint:
        shown = ", ".join(option.said[primary(language)][0] for option in question.options)
        parts.append(ours.hint[question.expects].replace("{options}", shown))
    return _joined(parts, language)


def _joined(parts: Iterable[str], language: str) -> str:
    return ("" if primary(language) == "zh" else " ").join(parts)


def _ours(name: str) -> Message:
    return {language: texts(language).say[name] for language in LANGUAGES}


def _after(message: Message, name: str) -> Message:
    """A message with one of our sentences after it."""
    return {
        language: _joined([*filter(None, [message.get(language)]), ours], language)
        for language, ours in _ours(name).items()
    }


def _in(message: Mapping[str, str], language: str) -> str:
    return message.get(primary(language)) or message["en"]
