"""The advisor: what each thing that is said adds to what the clinician should know. No thread, no time of its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from voicedoc.converse.advice.asked import QuestionFinder
from voicedoc.converse.advice.heard import Heard, heard
from voicedoc.converse.advice.picture import Picture, Said, evidence_of, picture_of
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import Packs, load_packs
from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.converse.medicines.check import Conflict, conflicts, unlisted
from voicedoc.converse.suspicion.suspicion import Suspicion, suspected
from voicedoc.core.events import (
    AlarmRaised,
    ConflictFound,
    Event,
    FactNoted,
    QuestionsOpen,
    Suspected,
    TurnAttributed,
    TurnCorrected,
)
from voicedoc.core.languages import primary
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.errors import UnsupportedLanguage

UNLISTED = "not in the interaction table"
"""What is noted beside a medicine that no table speaks of: nothing found does not mean that it is safe."""

MOST_COMPLAINTS = 3
"""Complaints whose questions are followed: the first that were told."""

_SLOTS = {"medicine": Slot.DRUGS, "allergy": Slot.ALLERGIES}

_ALCOHOL = "drinks-alcohol"

_News = FactNoted | AlarmRaised | ConflictFound


class Advisor:
    """Reads what is said and tells what is new: facts, alarms, conflicts, questions that are open.

    `language` is the clinician's. What was read from an utterance that turns out to be another's, or to say something
    else, is forgotten, and told again where it still holds. `suspicion` reads the patient's words by their meaning.
    """

    def __init__(self, packs: Packs, alarms: Alarms, language: str, suspicion: Suspicion | None = None) -> None:
        self._packs, self._alarms, self._language = packs, alarms, primary(language)
        self._suspicion = suspicion
        self._suspected: dict[str, UtteranceId] = {}
        self._finder = QuestionFinder(packs)
        self._turns: dict[UtteranceId, TurnAttributed] = {}
        self._heard: dict[UtteranceId, Heard] = {}
        self._told: dict[Hashable, frozenset[UtteranceId]] = {}
        self._open: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        asked = (*packs.common, *(question for pack in packs.packs.values() for question in pack.questions))
        self._about = {question.sign: question for question in reversed(asked) if question.sign}

    def prepare(self, language: str) -> None:
        """Make what the first question in `language` needs, so that it need not wait; nothing where it is not known."""
        with suppress(UnsupportedLanguage):
            self._finder.asked("?", language)

    def hear(self, turn: TurnAttributed) -> list[Event]:
        """What an utterance adds. A second one of the same number takes the first one's place.

        Raises:
            UnsupportedLanguage: If signs cannot be read in its language.
        """
        self._turns[turn.utterance] = turn
        return self._read(turn, turn.at)

    def correct(self, event: TurnCorrected) -> list[Event]:
        """What changes where it was somebody else who spoke."""
        if (turn := self._turns.get(event.utterance)) is None or turn.role is event.role:
            return []
        self._turns[event.utterance] = replace(turn, role=event.role)
        return self._read(self._turns[event.utterance], event.at)

    def _read(self, turn: TurnAttributed, at: float) -> list[Event]:
        self._told = {key: said for key, said in self._told.items() if turn.utterance not in said}
        self._suspected = {name: said for name, said in self._suspected.items() if said != turn.utterance}
        self._heard.pop(turn.utterance, None)
        if turn.hypothesis.text.strip():
            self._heard[turn.utterance] = heard(turn, turn.role, self._packs, self._finder)
        picture = picture_of(self._heard.values())
        return [*self._news(picture, at), *self._suspicions(turn, picture)]

    def _suspicions(self, turn: TurnAttributed, picture: Picture) -> Iterator[Suspected]:
        """What the patient may have meant, once each, unless they told it; what they denied before is told."""
        if self._suspicion is None or turn.role is not Role.PATIENT:
            return
        for hunch in self._suspicion.hunches(turn.hypothesis.text):
            asks = hunch.concern.ask
            told = all(picture.knows(sign) for sign in asks) and not set(asks).isdisjoint(picture.present)
            if hunch.concern.name in self._suspected or told:
                continue
            self._suspected[hunch.concern.name] = turn.utterance
            yield suspected(hunch, turn, self._language)

    def _news(self, picture: Picture, at: float) -> Iterator[Event]:
        """What has not been told yet. What no longer holds may be told anew when it does again."""
        found: list[_News] = [
            *self._facts(picture, at),
            *self._alarms_of(picture, at),
            *self._conflicts_of(picture, at),
        ]
        by_key = {_key(event): event for event in found}
        yield from (event for key, event in by_key.items() if key not in self._told)
        self._told = {key: self._told.get(key) or _rests_on(event) for key, event in by_key.items()}
        yield from self._questions(picture, at)

    # --- facts

    def _facts(self, picture: Picture, at: float) -> Iterator[FactNoted]:
        lacking = set(unlisted(picture.drugs))
        for fact in picture.facts:
            about = self._about.get(fact.name) if fact.kind == "sign" else None
            slot = _SLOTS.get(fact.kind) or (about.slot if about else Slot.ASSOCIATED)
            yield FactNoted(
                at=at,
                utterance=fact.utterance,
                slot=slot.value,
                name=fact.name,
                state="present" if fact.present else "absent",
                value=UNLISTED if fact.kind == "medicine" and fact.name in lacking else "",
                words=fact.words,
                by="rule",
                question=about.id if about and fact.answers else "",
            )

    # --- what cannot wait

    def _alarms_of(self, picture: Picture, at: float) -> Iterator[AlarmRaised]:
        signs = {name: present for name, (present, _) in picture.signs.items()}
        for alarm in self._alarms.raised(signs):
            evidence = evidence_of(alarm.signs, picture.signs)
            yield AlarmRaised(
                at=at,
                utterance=evidence[-1],
                alarm=alarm.id,
                level=alarm.level,
                reason=alarm.reason.get(self._language) or alarm.reason["en"],
                signs=alarm.signs,
                evidence=evidence,
            )

    # --- medicines

    def _conflicts_of(self, picture: Picture, at: float) -> Iterator[ConflictFound]:
        for conflict in conflicts(_drugs(picture), picture.allergies, picture.present):
            yield ConflictFound(
                at=at,
                utterance=conflict.evidence[-1],
                kind=conflict.kind,
                names=conflict.names,
                severity=conflict.severity,
                message=conflict.message(self._language),
                source=_cited(conflict),
                evidence=conflict.evidence,
            )

    # --- what is worth asking

    def _questions(self, picture: Picture, at: float) -> Iterator[QuestionsOpen]:
        """The questions that must be asked of each complaint, those that are certain to concern this patient first."""
        for complaint in list(picture.complaints)[:MOST_COMPLAINTS]:
            musts = [one for one in self._packs.pack(complaint).questions if one.must and _concerns(one, picture)]
            done = tuple(one.id for one in musts if one.id in picture.asked or picture.knows(one.sign))
            wanted = [one for one in musts if one.id not in done]
            open_ = tuple(one.id for one in sorted(wanted, key=_is_for_some))
            if self._open.get(complaint) != (open_, done):
                self._open[complaint] = (open_, done)
                yield QuestionsOpen(at=at, complaint=complaint, questions=open_, asked=done)


def _drugs(picture: Picture) -> dict[str, Said]:
    """What is taken, with alcohol, which a sign may tell of."""
    alcohol = {"alcohol": picture.present[_ALCOHOL]} if _ALCOHOL in picture.present else {}
    return alcohol | picture.drugs


def _concerns(question: Question, picture: Picture) -> bool:
    """Whether a question is to be asked as far as anybody knows."""
    present = picture.present
    if question.only_if and not any(sign in present for sign in question.only_if):
        return False
    if any(sign in present for sign in question.unless):
        return False
    return "adult" not in question.only_for or "child" not in present


def _is_for_some(question: Question) -> bool:
    """Whether it is asked only of some patients: nobody knows here who this one is."""
    return bool(question.only_for)


def _cited(conflict: Conflict) -> str:
    source = conflict.source
    year = f" ({source.year})" if source.year else ""
    return f"{source.publisher}: {source.title}{year}, {source.url}"


def _rests_on(event: _News) -> frozenset[UtteranceId]:
    return frozenset({event.utterance}) if isinstance(event, FactNoted) else frozenset(event.evidence)


def _key(event: _News) -> Hashable:
    """What makes two events one piece of news."""
    match event:
        case FactNoted():
            return (event.utterance, event.slot, event.name, event.state, event.value)
        case AlarmRaised():
            return (event.alarm, event.level)
        case ConflictFound():
            return (event.kind, event.names)


def advisor_for(visit: Visit, earlier: Iterable[Event] = (), suspicion: Suspicion | None = None) -> Advisor:
    """The advisor for a visit, with VoiceDoc's own packs and rules, ready to read the doctor's language.

    `earlier` is what happened in earlier parts of the visit: it is known, and has been told.
    """
    advisor = Advisor(load_packs(), Alarms(), visit.doctor, suspicion)
    advisor.prepare(visit.doctor)
    for event in earlier:
        with suppress(UnsupportedLanguage):
            _know(advisor, event)
    return advisor


def _know(advisor: Advisor, event: Event) -> None:
    match event:
        case TurnAttributed():
            advisor.hear(event)
        case TurnCorrected():
            advisor.correct(event)
        case _:
            pass  # nothing that was said
