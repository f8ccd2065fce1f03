"""What the assistant does when the patient has said something: from a state and a turn, the events that follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.converse.interview.alarm import Alarm, Alarming, Message, no_alarms, of_trees
from voicedoc.converse.interview.family import family_told, without_family
from voicedoc.converse.interview.person import person_told
from voicedoc.converse.interview.policy import Ask, Close, Plan
from voicedoc.converse.interview.read import (
    CONTRADICTED,
    UNANSWERED,
    Answer,
    Reply,
    When,
    denies,
    in_own_words,
    read_reply,
    told_when,
)
from voicedoc.converse.interview.state import AGE, COMPLAINT, SEX, Interview, Person, Why, advance, age_in_years
from voicedoc.converse.interview.taken import Taken, belongs_to_others, joined, told_of_medicines
from voicedoc.converse.interview.texts import LANGUAGES, texts
from voicedoc.converse.signs.lexicon import kinds
from voicedoc.converse.signs.sign import Sign
from voicedoc.converse.suspicion.suspicion import Hunch, suspected
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
from voicedoc.core.speech import FIXED_WORDINGS, Hypothesis, Role, Translation, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.guard.questions import sentences
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

CRISIS = "mental-health-crisis"
"""A pack that goes first only where a sign of danger was told, not for a patient who is "a bit nervous"."""

REACTIONS = frozenset({"rash", "rash-not-fading", "rash-spreading-fast", "hives", "itching", "allergen-contact"})
"""Signs that an answer about allergies tells of another time."""

_NO_DANGER = frozenset({"low-mood", "anxious", "sleep-bad", "postpartum"})
"""Signs of the crisis's pack that are no danger by themselves."""

_NO_COMPLAINT = frozenset({"negation", "modality", "number", "unit"})
"""Kinds of items that tell of no complaint."""

_HISTORY = "history-"

_ALLERGY = "history-allergy"

_ABOUT_CHILD = "about-child"
"""The name of the fact that somebody speaks for a child."""

_THINGS = "{things}"
"""What stands in a question for what was told."""

_WHO = frozenset({"child", "infant-under-3-months", "pregnant", "postpartum"})
"""Signs that say who the patient is, and nothing of what began."""

_OF_TODAY = frozenset({"today", "now", "evening", "morning", "night", "noon", "afternoon"})
"""Times that say of most sentences only that they are about today, unless "since" stands beside them."""

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
        self,
        interview: Interview,
        turn: TurnAttributed,
        numbers: Iterator[int],
        read: Answer | None = None,
        hunches: Sequence[Hunch] = (),
    ) -> list[Event]:
        """What follows from a turn of the patient's. `read` is what a model made of what rules cannot read; `hunches`
        are what the turn may be about by its meaning, and are asked for.
        """
        step = _Step(self, advance(interview, turn), turn.at, numbers, turn)
        if interview.closed is None:
            step.hear(read, hunches)
        return step.events

    def needs_reading(self, interview: Interview, turn: TurnAttributed) -> Question | None:
        """The question to which rules find no answer in a turn: a model may be asked."""
        question = self.plan.question(interview.open.question) if interview.open else None
        if interview.closed or question is None:
            return None
        reply = read_reply(question, turn.hypothesis.text, turn.hypothesis.language)
        clear = reply.answer or reply.request or reply.conflicts
        return None if clear or question.expects not in ("yes-no", "choice") else question

    def unread(self, interview: Interview, turn: TurnAttributed, numbers: Iterator[int]) -> list[Event]:
        """What follows from a turn that no rule could be applied to: its words are kept, and it goes on."""
        step = _Step(self, advance(interview, turn), turn.at, numbers, turn)
        question = self.plan.question(interview.open.question) if interview.open else None
        if interview.closed is None and question:
            words = turn.hypothesis.text.strip()
            answer = Answer("told", words) if question.expects == "text" else Answer("unknown", UNANSWERED)
            step.keep(question, answer)
            step.go_on()
        return step.events

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

    def hear(self, read: Answer | None, hunches: Sequence[Hunch] = ()) -> None:
        """Take in what was said, then do what comes next."""
        turn = self._turn()
        question = self._open_question()
        reply = read_reply(question, turn.hypothesis.text, turn.hypothesis.language)
        early = self._is_early()
        self._volunteered(reply, None if early else question)
        if question is self.who.plan.opening and not early and self._has_a_complaint(reply):
            self._note_answer(question, Answer("told", reply.text.strip()), "rule")
        if self._alarmed():
            return
        suspects = self._suspects(hunches)
        if reply.request in ("person", "stop"):
            self._leave(reply.request)
            return
        if suspects and question is self.who.plan.opening and self._says_nothing(reply):
            self._keep_opening(question, reply)
            reply = replace(reply, answer=None)
        turns_aside = suspects and reply.answer is None
        if turns_aside or question is None or self._is_dealt_with(reply, question):
            self.go_on()
        elif early:
            self._once_more(question, reply)
        else:
            self._answered(question, reply, read)

    def _suspects(self, hunches: Iterable[Hunch]) -> bool:
        """Take in what may have been meant, unless it was told; whether there is anything to ask.

        What was denied before is not asked again, but the clinician hears of it.
        """
        turn, known, before = self._turn(), self.state.known, set(self.state.suspected)
        open_ = False
        for one in hunches:
            to_ask = set(one.concern.ask) - {*known, *before}
            if to_ask or not any(known.get(sign) for sign in one.concern.ask):
                self._add(suspected(one, turn, self.who.visit.doctor))
            open_ = open_ or bool(to_ask)
        return open_

    def _is_dealt_with(self, reply: Reply, question: Question) -> bool:
        """Whether the question is answered already, or not needed: the complaint is named only now."""
        if question is self.who.plan.opening and question.id in self.state.answered:
            return True
        return self._complaint_found(reply, question) and self.who.plan.is_general(question)

    def _answered(self, question: Question, reply: Reply, read: Answer | None) -> None:
        if question is self.who.plan.opening and reply.is_question:
            reply = replace(reply, is_question=False)
        asks_back = "cannot" if reply.is_question else reply.request
        if asks_back in _BEFORE and self.state.n_times(question.id, "repeat") < MOST_REPEATS:
            self.ask(question, "repeat", before=_BEFORE[asks_back])
            return
        may_ask = self.who.plan.may_clarify(self.state, question)
        if question is self.who.plan.opening and self._says_nothing(reply):
            self._keep_opening(question, reply)
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

    def _keep_opening(self, question: Question, reply: Reply) -> None:
        """What rules know nothing of is the complaint if nothing clearer is told when it is asked for again."""
        told = reply.answer is not None and reply.answer.state == "told" and not reply.is_question
        if told and question.id not in self.state.answered:
            words = reply.text.strip()
            self._note(question.slot, question.id, "told", words, words)

    def _has_a_complaint(self, reply: Reply) -> bool:
        return any(sign.present for sign in reply.signs) or bool(self._packs_in(reply))

    def _says_nothing(self, reply: Reply) -> bool:
        """Whether an opening tells of nothing that rules know: a greeting, a question, an insult, "I don't know"."""
        tells = not reply.is_question and any(item.kind not in _NO_COMPLAINT for item in reply.items)
        return not tells and not self._has_a_complaint(reply) and not self.state.complaints

    def _settle(self, question: Question, reply: Reply, read: Answer | None) -> None:
        """Asked twice, and no clear answer: what was said stands in the history; a danger that a model read holds."""
        before = self.state.facts.get((question.slot, question.id))
        if before and question is self.who.plan.opening:
            self._add(replace(before, at=self.at, question=question.id))
        elif read and read.state == "present" and not reply.conflicts:
            self._note_answer(question, read, "model")
        elif reply.request:
            self._note_answer(question, Answer("unknown", UNANSWERED), "rule")
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
        elif known.person.child is not None:
            state = "present" if known.person.child else "absent"
            self._note(self.who.plan.slot_of("child"), "child", state, "", "")
        if known.person.sex:
            self._note(Slot.PERSON, SEX, "told", known.person.sex, "", question=SEX)

    def _volunteered(self, reply: Reply, question: Question | None) -> None:
        """Every sign that is told beside the answer. Where one is told and denied in one breath, it is there."""
        own = question.sign if question and (reply.answer or reply.conflicts) else ""
        told: dict[str, bool] = {}
        words: dict[str, str] = {}
        medicines = told_of_medicines(reply.text, reply.language, reply.items)
        for sign in reply.signs:
            if _only_follows(sign, reply.signs):
                continue
            if sign.name == _ALLERGY and not sign.present and (medicines.borne or medicines.allergens):
                continue  # no allergy to penicillin is not no allergy
            if sign.name != own and not _is_of_another_time(sign.name, question) and not told.get(sign.name, False):
                told[sign.name], words[sign.name] = sign.present, reply.words_of(sign)
        known = self.state.known
        for name, present in told.items():
            if known.get(name) is not present:
                self._note(self.who.plan.slot_of(name), name, "present" if present else "absent", "", words[name])
        if question is None or question.expects != "drugs":
            about_allergies = question is not None and question.slot is Slot.ALLERGIES
            taken = [one for one in medicines.medicines if one.is_marked or not about_allergies]
            self._named_unasked(Slot.DRUGS, taken, reply)
        if question is None or question.expects != "allergies":
            read_back = question is not None and question.slot is Slot.ALLERGIES and self.who.plan.is_check(question)
            named = [one for one in medicines.medicines if read_back and not one.is_marked]  # "Yes, and also aspirin"
            allergens = [*medicines.allergens, *named]
            self._named_unasked(Slot.ALLERGIES, allergens, reply)
            if allergens and self.state.known.get(_ALLERGY) is not True:
                self._note(self.who.plan.slot_of(_ALLERGY), _ALLERGY, "present", "", reply.text.strip())

    def _named_unasked(self, slot: Slot, named: Sequence[Taken], reply: Reply) -> None:
        """Medicines or allergens that are named unasked: a fact for each utterance, so that its words say them."""
        earlier = {name for fact in self.who.plan.named(self.state, slot) for name in fact.value.split("; ")}
        new = [one for one in named if one.name not in earlier]
        if new:
            name = f"{slot} {self._turn().utterance}" if (slot, slot) in self.state.facts else slot
            self._note(slot, name, "told", joined(new), reply.words_at([one.start for one in new]))

    def _against_what_was_told(self, question: Question, answer: Answer) -> bool:
        """Whether a "no" to what is taken, or not borne, contradicts what was told unasked."""
        if answer.state != "absent" or question is not self.who.plan.naming(question.slot):
            return False
        return bool(self.who.plan.named(self.state, question.slot)) or bool(self.state.known.get(question.sign))

    def keep(self, question: Question, answer: Answer) -> None:
        """Note an answer without looking into it."""
        words = self._turn().hypothesis.text.strip()
        self._note(question.slot, question.id, answer.state, answer.value, words, question=question.id)

    def _note_answer(self, question: Question, answer: Answer, by: str) -> None:
        text = self._turn().hypothesis.text.strip()
        if self._against_what_was_told(question, answer):
            self._note(question.slot, question.id, "unknown", CONTRADICTED, text, by=by, question=question.id)
            return
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
        asked_about = question.sign in self.state.suspected or self.who.plan.is_general(question)
        if answer.state == "present" and asked_about:
            self._note_packs(self._packs_of_sign(question.sign), text)
        if question is self.who.plan.opening or question in self.who.plan.closing:
            self._find_complaints(answer)

    def _age(self, value: str, words: str) -> None:
        """Whether the patient is a child follows from the age."""
        years = age_in_years(value)
        if years is None:
            return
        for sign, below in (("child", 16.0), ("infant-under-3-months", 0.25)):
            self._note(self.who.plan.slot_of(sign), sign, "present" if years < below else "absent", "", words)
        self._note_packs((), words)

    def _find_complaints(self, answer: Answer) -> None:
        """Which packs are about what was said; those that are at work already stay first."""
        if answer.state != "told":
            return
        turn = self._turn()
        reply = read_reply(None, turn.hypothesis.text, turn.hypothesis.language)
        self._family_told(reply)
        places = self._person_told(reply)
        self._note_complaints(reply)
        self._begun_told(reply, places)

    def _family_told(self, reply: Reply) -> None:
        """What relatives have or had."""
        told = " ".join(family_told(reply))
        if told:
            before = self.state.facts.get((Slot.FAMILY, Slot.FAMILY))
            value = "; ".join(dict.fromkeys([*(before.value.split("; ") if before else []), told]))
            self._note(Slot.FAMILY, Slot.FAMILY, "told", value, told)

    def _complaint_found(self, reply: Reply, question: Question) -> bool:
        """Whether a complaint is named only now, in place of an answer: the general questions are then not needed."""
        if self.state.complaints or question is self.who.plan.opening or reply.answer:
            return False
        return self._note_complaints(reply)

    def _note_complaints(self, reply: Reply) -> bool:
        return self._note_packs(self._packs_in(reply), reply.text.strip())

    def _note_packs(self, found: Iterable[str], words: str) -> bool:
        """Whether there is something new to go into."""
        names = self.who.plan.of_person([*self.state.complaints, *found], self.state)[:MOST_PACKS]
        if names == self.state.complaints:
            return False
        self._note(Slot.CHIEF_COMPLAINT, COMPLAINT, "told", " ".join(names), words)
        return True

    def _packs_of_sign(self, sign: str) -> list[str]:
        found = self.who.plan.packs.find("", self.who.visit.patient, [Sign(sign, True, "", 0, 0)])
        return [pack.id for pack in found[:1]]

    def _packs_in(self, reply: Reply) -> list[str]:
        """The packs that an utterance is about, the most dangerous first."""
        plan = self.who.plan
        found = plan.packs.find(without_family(reply), reply.language, reply.signs)[:MOST_PACKS]
        ids = [pack.id for pack in plan.by_danger(found)]
        if CRISIS in ids and not self._is_in_danger(CRISIS, reply):
            ids = [*(name for name in ids if name != CRISIS), CRISIS]
        return ids

    def _is_in_danger(self, name: str, reply: Reply) -> bool:
        """Whether a sign was told by which a pack's tree can come to something that cannot wait at all."""
        pack = self.who.plan.packs.packs[name]
        told = {sign.name for sign in reply.signs if sign.present}
        return bool(told & {*pack.signs, *(sign for node in pack.tree for sign in node.signs)} - _NO_DANGER)

    def _begun_told(self, reply: Reply, places: Iterable[tuple[int, int]]) -> None:
        """When it began, where the complaint says so: the questions about it need not be asked.

        `places` are those of ages. What is told of others, of past illnesses and of medicines says nothing of it.
        """
        when: list[str] = []
        ages = tuple(places)
        for row in sentences(tokenise(reply.text)):
            items = [item for item in reply.items if row[0].start <= item.start < row[-1].end]
            if any(item.kind in ("drug", "frequency", "dose") for item in items):
                continue
            signs = [sign for sign in reply.signs if row[0].start <= sign.start < row[-1].end and sign.present]
            told = [one for one in told_when(reply.text, reply.language, items) if (one.start, one.end) not in ages]
            if not belongs_to_others(row, reply.language, [one.start for one in told]):
                when += [one.value for one in told if self._may_be_onset(one, {sign.name for sign in signs})]
        values = list(dict.fromkeys(when))
        if 0 < len(values) <= 2:
            for asking in list(self.who.plan.about_onset(self.state)):
                self._note(asking.slot, asking.id, "told", "; ".join(values), reply.text.strip())

    def _may_be_onset(self, when: When, signs: Collection[str]) -> bool:
        """Whether a time can be when the complaint began, by what its sentence tells."""
        unit = when.value.partition(" ")[2]
        now = [name for name in signs if not name.startswith(_HISTORY) and name not in _WHO]
        if when.since:
            return bool(now) or (unit != "year" and not any(name.startswith(_HISTORY) for name in signs))
        if unit == "year" or (unit and self.state.person.belongs("child")):
            return False
        return bool(now) and "pregnant" not in signs and when.value not in _OF_TODAY

    def _person_told(self, reply: Reply) -> tuple[tuple[int, int], ...]:
        """Who the patient is, where the complaint says so without a doubt; where ages are told."""
        child, pregnant = self.state.person.belongs("child") is True, bool(self.state.known.get("pregnant"))
        told = person_told(reply, self.who.plan.question(SEX), child=child, pregnant=pregnant)
        words = reply.text.strip()
        asking = self.who.plan.question("pregnancy.weeks")
        if asking and told.weeks and not self.state.is_settled(asking):
            self._note(asking.slot, asking.id, "told", told.weeks, words)
        if told.age and AGE not in self.state.answered:
            self._note(Slot.PERSON, AGE, "told", told.age, words, question=AGE)
            self._age(told.age, words)
        if told.sex and SEX not in self.state.answered:
            self._note(Slot.PERSON, SEX, "told", told.sex, words, question=SEX)
        return told.places

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
        if self._is_asked_for_a_child():
            self._note(Slot.PERSON, _ABOUT_CHILD, "present", "", self.state.facts[self._child].words)
            self.say("about_child")
        match self.who.plan.next(self.state):
            case Ask(question, why):
                self.ask(question, why)
            case Close() as close:
                self.say("thanks")
                self._close(close)

    @property
    def _child(self) -> tuple[str, str]:
        return str(self.who.plan.slot_of("child")), "child"

    def _is_asked_for_a_child(self) -> bool:
        """Whether somebody speaks for a child, as they have just said themselves."""
        told = self.state.facts.get(self._child)
        unasked = told is not None and told.state == "present" and bool(told.words) and AGE not in self.state.asked
        return unasked and (Slot.PERSON, _ABOUT_CHILD) not in self.state.facts

    def ask(self, question: Question, why: Why, *, before: str = "", hint: bool = False) -> None:
        """Put a question. `before` names a sentence that goes before it; `hint` says how it can be answered."""
        number = UtteranceId(next(self.numbers))
        self._add(QuestionAsked(at=self.at, utterance=number, question=question.id, act=why))
        of_child = question.id == AGE and self.state.person.belongs("child") is True
        patient, doctor = (
            _worded(question, language, before, self._hint(question, language) if hint else "", of_child=of_child)
            for language in (self.who.visit.patient, self.who.visit.doctor)
        )
        if self.who.plan.is_check(question):
            told = list(self._told_of(question.slot))
            patient = patient.replace(_THINGS, ", ".join(one.words for one in told))
            doctor = doctor.replace(_THINGS, ", ".join(one.name for one in told))
        self._said(number, patient, doctor, "question")

    def _told_of(self, slot: str) -> Iterator[Taken]:
        """What was named, as the patient said it."""
        seen: set[str] = set()
        for fact in self.who.plan.named(self.state, slot):
            reply = read_reply(None, fact.words, self.who.visit.patient)
            told = told_of_medicines(fact.words, self.who.visit.patient, reply.items)
            said = {one.name: one.words for one in (told.medicines if slot == Slot.DRUGS else told.allergens)}
            for name in fact.value.split("; "):
                if name not in seen:
                    seen.add(name)
                    yield Taken(name, said.get(name, name))

    def _hint(self, question: Question, language: str) -> str:
        """How it can be answered; to who has named no complaint, some are named."""
        if question is not self.who.plan.opening:
            return _hint(question, language)
        titles = (pack.title.get(primary(language)) or pack.title["en"] for pack in self.who.plan.packs.packs.values())
        return texts(language).hint["choice"].replace("{options}", ", ".join(titles))

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


def _only_follows(sign: Sign, told: Iterable[Sign]) -> bool:
    """Whether nobody said it: it is denied because something that it is a case of is."""
    wider = (one.name for one in told if not one.present and (one.start, one.end) == (sign.start, sign.end))
    return not sign.present and any(sign.name in kinds().within.get(name, ()) for name in wider)


def _is_red_flag(question: Question) -> bool:
    return question.must and question.sign != ""


def _as_sign(answer: Answer, turn: TurnAttributed) -> str:
    """What an answer that names something says of the question's sign: there where something is named."""
    if answer.state != "told":
        return answer.state
    text, language = turn.hypothesis.text.strip(), turn.hypothesis.language
    return "unknown" if answer.value == text and denies(text, language) else "present"


def _is_of_another_time(sign: str, question: Question | None) -> bool:
    """Whether what is told in answer to a question is not about now: the rash of an allergy, a feared illness."""
    if question is None:
        return False
    if question.slot is Slot.ALLERGIES:
        return sign in REACTIONS
    return question.slot is Slot.CONCERN and sign.startswith(_HISTORY)


def _worded(question: Question, language: str, before: str, hint: str, *, of_child: bool = False) -> str:
    """A question in its fixed words."""
    ours = texts(language)
    parts = [ours.say[before]] if before else []
    parts.append(ours.say["child_age"] if of_child else question.text[primary(language)])
    parts += [hint] if hint else []
    return _joined(parts, language)


def _hint(question: Question, language: str) -> str:
    shown = ", ".join(option.said[primary(language)][0] for option in question.options)
    is_length = question.expects == "duration" and question.slot is Slot.COURSE
    return texts(language).hint["length" if is_length else question.expects].replace("{options}", shown)


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
