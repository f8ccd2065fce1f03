"""What to do next, decided by rules alone: the same state, the same move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from voicedoc.converse.complaints.load import Packs
from voicedoc.converse.complaints.pack import Level, Node, Pack, Question, Slot
from voicedoc.converse.complaints.tree import decision, next_sign
from voicedoc.converse.interview.state import AGE, SEX, Interview, Why
from voicedoc.converse.interview.texts import BLEEDING, CHECK, bleeding, checks, general_questions
from voicedoc.core.events import FactNoted

URGENCY: Mapping[Level, int] = {"emergency": 3, "urgent": 2, "soon": 1, "routine": 0}


SPARE = 2
"""Questions that are kept for answers of every interview that are not clear at once."""

UNIVERSAL = ("breathless", "chest-pain", "fainted", "bleeding-heavy", "wants-to-die")
"""Signs that are asked for, in the packs' words, where no pack is about the complaint: no emergency is missed."""

OF_CHILDREN = {"fever": "child-with-fever"}
"""Packs, and those that take their place where the patient is a child."""


class Ask(NamedTuple):
    """Ask this question."""

    question: Question
    why: Why


class Close(NamedTuple):
    """Ask no more. `reason` and `open` as in `InterviewClosed`."""

    reason: str
    open: tuple[str, ...]


class Verdict(NamedTuple):
    """How urgent a pack's tree says that it is, so far."""

    pack: Pack
    node: Node


@dataclass(frozen=True)
class Plan:
    """Every question there is, and what is asked of them when.

    The order: whatever something said may be about, by its meaning; the complaint in the patient's own words; what each
    pack's decision tree needs, the most dangerous pack
    first; the packs' must-ask questions, as long as the budget has room for those of every interview; these; what is
    left of the trees; at last what worries the patient and what else there is, even where the budget is used up,
    and so what may be meant there.
    Where no pack is about it: the dangers of every complaint, then a general history.
    """

    packs: Packs

    @cached_property
    def opening(self) -> Question:
        """The question with which it begins."""
        return next(question for question in self.packs.common if question.slot is Slot.CHIEF_COMPLAINT)

    @cached_property
    def closing(self) -> tuple[Question, ...]:
        """The questions with which it ends."""
        return tuple(question for question in self.packs.common if question.slot is Slot.CONCERN)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        of_packs = [question for pack in self.packs.packs.values() for question in pack.questions]
        return {
            question.id: question
            for question in reversed((*self.packs.common, *of_packs, *general_questions(), *checks(), bleeding()))
        }

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        slots: dict[str, Counter[Slot]] = defaultdict(Counter)
        for question in self._by_id.values():
            slots[question.sign][question.slot] += 1
        return {sign: slots[sign].most_common(1)[0][0] for sign in slots}

    @cached_property
    def universal(self) -> tuple[Question, ...]:
        """The dangers that are asked for where no pack is about the complaint."""
        found = (self.asking_about(sign) for sign in UNIVERSAL)
        return tuple(replace(one, must=True, only_if=(), unless=(), only_for=()) for one in found if one)

    def is_general(self, question: Question) -> bool:
        """Whether it is asked because no pack is about the complaint."""
        return question in general_questions() or question.id in {one.id for one in self.universal}

    def of_person(self, names: Iterable[str], interview: Interview) -> tuple[str, ...]:
        """The packs' ids, a child's in the place of an adult's where the patient is a child."""
        named = tuple(names)
        is_child = interview.person.belongs("child") is True
        replaced = (
            OF_CHILDREN[name] if name in OF_CHILDREN and (is_child or OF_CHILDREN[name] in named) else name
            for name in named
        )
        return tuple(dict.fromkeys(name for name in replaced if name in self.packs.packs))

    def question(self, name: str) -> Question | None:
        """The question of this id."""
        return self._by_id.get(name)

    def asking_for(self, sign: str) -> Question | None:
        """A question that tells whether a sign is present."""
        return next((question for question in self._by_id.values() if question.sign == sign), None)

    def asking_about(self, sign: str) -> Question | None:
        """The same, in words that fit whatever the complaint is."""
        return self._by_id.get(BLEEDING) if sign == "bleeding-heavy" else self.asking_for(sign)

    def slot_of(self, sign: str) -> Slot:
        """Where a history has a sign: always in one slot, whoever tells it."""
        return self._slots.get(sign, Slot.ASSOCIATED)

    def by_danger(self, found: Iterable[Pack]) -> tuple[Pack, ...]:
        """Packs, the most dangerous first: by how many ways there are to an emergency. Equals keep their order."""
        return tuple(sorted(found, key=lambda pack: -sum(node.level == "emergency" for node in _decisions(pack))))

    def packs_of(self, interview: Interview) -> tuple[Pack, ...]:
        """The packs of the complaint, in the order in which they are worked through."""
        return tuple(self.packs.packs[name] for name in interview.complaints if name in self.packs.packs)

    def next(self, interview: Interview) -> Ask | Close:
        """What to do now, when nothing is left open."""
        if interview.is_emergency:
            return Close("emergency", self.unanswered(interview))
        if feared := next(self._of_suspicions(interview), None):
            return Ask(feared, "ask" if interview.left > 0 else "close")
        if self.opening.id not in interview.answered:
            return Ask(self.opening, "ask")
        if interview.left > 0 and (question := next(self._wanted(interview), None)):
            return Ask(self._first_who(interview, question), "ask")
        for question in (*self._to_read_back(interview), *self.closing):
            if not interview.is_settled(question):
                return Ask(question, "close")
        rest = self.unanswered(interview)
        return Close("budget" if rest else "complete", rest)

    def unanswered(self, interview: Interview) -> tuple[str, ...]:
        """The must-ask questions that have no answer yet."""
        must = [question for question in self._questions(interview) if question.must]
        closing = [question for question in self.closing if question.must]
        wanted = [*([self.opening] if self.opening.must else []), *must, *closing]
        return tuple(dict.fromkeys(q.id for q in wanted if not interview.is_settled(q) and self.concerns(interview, q)))

    def _to_read_back(self, interview: Interview) -> Iterator[Question]:
        """What was told of medicines and of allergies, before the interview closes."""
        for question in checks():
            if self.named(interview, question.slot):
                yield question

    def named(self, interview: Interview, slot: str) -> list[FactNoted]:
        """The facts of a slot that name something: the medicines that are taken, what is not borne."""
        told = [fact for fact in interview.facts.values() if fact.slot == slot and fact.state == "told"]
        return [fact for fact in told if fact.name.partition(" ")[0] == slot or self._asks_for_names(fact.name, slot)]

    def _asks_for_names(self, name: str, slot: str) -> bool:
        question = self.question(name)
        return question is not None and question.expects == slot

    def is_check(self, question: Question) -> bool:
        """Whether it reads back what was told."""
        return question.id.startswith(f"{CHECK}.")

    def naming(self, slot: str) -> Question | None:
        """The question of every interview that has a slot's things named."""
        asking = (one for one in self.packs.common if one.slot == slot and one.expects == slot)
        return next(asking, None)

    def may_clarify(self, interview: Interview, question: Question) -> bool:
        """Whether there is room to ask again: what every interview asks keeps its places."""
        if question in self.closing or self.is_check(question):
            return True
        kept = [one for one in self._always() if one is not question and self._is_wanted(interview, one)]
        return interview.left > min(len(kept), interview.budget // 2)

    def about_onset(self, interview: Interview) -> Iterator[Question]:
        """The complaint's questions about when it began that have no answer yet."""
        for question in self._questions(interview):
            if question.slot is Slot.ONSET and question.expects == "duration" and not interview.is_settled(question):
                yield question

    def concerns(self, interview: Interview, question: Question) -> bool:
        """Whether a question is to be asked of this patient, as far as it is known."""
        known = interview.known
        if question.only_if and not any(known.get(sign) for sign in question.only_if):
            return False
        if any(known.get(sign) for sign in question.unless):
            return False
        return self._may_concern(interview, question)

    def verdicts(self, interview: Interview) -> Iterator[Verdict]:
        """What the trees of the complaint come to, where they have come to an end."""
        for pack in self.packs_of(interview):
            node = decision(pack.tree, self.known_for(interview, pack)) if pack.tree else None
            if node:
                yield Verdict(pack, node)

    def _wanted(self, interview: Interview) -> Iterator[Question]:
        """What is still to be asked, in order."""
        always = [one for one in self._always() if self._is_wanted(interview, one)]
        if interview.left > min(len(always) + SPARE if always else 0, interview.budget // 2):
            yield from self._of_trees(interview)
        if interview.left > (len(always) + SPARE if always else 0):
            yield from (one for one in self._of_complaint(interview) if self._is_wanted(interview, one))
        yield from always
        yield from self._of_trees(interview)

    def _is_wanted(self, interview: Interview, question: Question) -> bool:
        return question.must and not interview.is_settled(question) and self.concerns(interview, question)

    def _questions(self, interview: Interview) -> Iterator[Question]:
        """The questions of the complaint, then those of every interview; not how it begins and ends."""
        yield from self._of_complaint(interview)
        yield from self._always()

    def _of_complaint(self, interview: Interview) -> Iterator[Question]:
        packs = self.packs_of(interview)
        for pack in packs:
            yield from pack.questions
        if not packs:
            yield from self.universal
            yield from general_questions()

    def _always(self) -> Iterator[Question]:
        yield from (one for one in self.packs.common if one not in self.closing and one is not self.opening)

    def _of_suspicions(self, interview: Interview) -> Iterator[Question]:
        """The questions that tell whether what is suspected is there."""
        for sign in interview.suspected:
            question = self.asking_about(sign)
            if question and not interview.is_settled(question) and self._may_concern(interview, question):
                yield question

    def _may_concern(self, interview: Interview, question: Question) -> bool:
        """Whether the question is for somebody like this patient."""
        return not any(interview.person.belongs(group) is False for group in question.only_for)

    def _of_trees(self, interview: Interview) -> Iterator[Question]:
        for pack in self.packs_of(interview):
            if not pack.tree:
                continue
            sign = next_sign(pack.tree, self.known_for(interview, pack))
            question = self._asking_for(sign, pack) if sign else None
            if question and question.id not in interview.answered:
                yield question

    def _asking_for(self, sign: str, pack: Pack) -> Question | None:
        """The question that tells whether a sign is present. A child is known by its age."""
        if sign in ("child", "infant-under-3-months"):
            return self.question(AGE)
        return next((one for one in (*pack.questions, *self.packs.common) if one.sign == sign), None)

    def known_for(self, interview: Interview, pack: Pack) -> dict[str, bool | None]:
        """What is known, and absent what is not asked of this patient, or was asked and is no sign after all."""
        known = interview.known
        for question in (*pack.questions, *self.packs.common):
            if question.sign and question.sign not in known:
                if not self.concerns(interview, question):
                    known[question.sign] = False
                elif question.id in interview.answered:
                    known[question.sign] = None
        if AGE in interview.answered:
            for sign in ("child", "infant-under-3-months"):
                known.setdefault(sign, None)
        return known

    def _first_who(self, interview: Interview, question: Question) -> Question:
        """Who the patient is goes before a question that is only for some."""
        for name in (AGE, SEX) if question.only_for else ():
            asking = self.question(name)
            needed = any(interview.person.belongs(group) is None for group in question.only_for)
            if asking and needed and name not in interview.answered and _tells(name, question):
                return asking
        return question


def _tells(name: str, question: Question) -> bool:
    """Whether age or sex decides on a question's groups."""
    by_sex = {"female", "male", "childbearing"}
    by_age = {"child", "adult", "over-50", "childbearing"}
    return bool((by_sex if name == SEX else by_age) & set(question.only_for))


def _decisions(pack: Pack) -> Sequence[Node]:
    return [node for node in pack.tree if node.role == "D"]
