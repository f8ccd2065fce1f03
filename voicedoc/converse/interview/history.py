"""The history that an interview has taken, in the clinician's language: every line with the words that it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicedoc.converse.complaints.load import Packs
from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.converse.interview.amounts import amounts
from voicedoc.converse.interview.corrected import is_corrected, stands
from voicedoc.converse.interview.heard import heard
from voicedoc.converse.interview.policy import URGENCY, Plan
from voicedoc.converse.interview.read import CONTRADICTED, UNANSWERED, UNCLEAR
from voicedoc.converse.interview.state import AGE, COMPLAINT, Interview, replayed
from voicedoc.converse.interview.texts import CHECK, texts
from voicedoc.converse.signs.sign import names
from voicedoc.core.events import AlarmRaised, Event, FactNoted, InterpreterCalled, SessionOpened, Suspected
from voicedoc.core.languages import primary, same_language
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.errors import StoreError
from voicedoc.export.transcript import Transcript, transcript_of

_FEW_WORDS = 2

_NAME = re.compile("(?<=[a-z])-(?=[a-z])")
"""What stands in the name of a time: "last-year"."""

_AGES = ("child", "infant-under-3-months")
"""Signs that an age tells."""

_ASIDES = ("stop", "repeat", "meaning", "why", "unknown", "refuse")

MARKDOWN, DATA = "history.md", "history.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `value` is in the clinician's language where rules know how to say it; `words` are the patient's.

    `translated` is what `words` mean, "" where nobody translated them. `remarks` say how it was come by.
    """

    name: str
    label: str
    state: str
    value: str
    words: str
    translated: str
    utterance: int
    by: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An alarm for the reader. `level` is in the history's language."""

    alarm: str
    level: str
    reason: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What `words` may have meant, and `answers` to the questions for it: "Chest pain: no"; none: it was not asked."""

    concern: str
    reason: str
    words: str
    utterance: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What the patient said and no line has: their words, what they mean ("" if nobody knows), the utterance."""

    words: str
    translated: str
    utterance: int


@dataclass(frozen=True, slots=True)
class History:
    """What was told, by slot, in the order of `Slot`. `open` are the labels of must-ask questions without an answer."""

    language: str
    complaints: tuple[str, ...] = ()
    alarms: tuple[Told, ...] = ()
    suspicions: tuple[Meant, ...] = ()
    slots: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    ending: str = ""
    n_questions: int = 0
    unplaced: tuple[Unplaced, ...] = ()


def history_of(events: Iterable[Event], packs: Packs, language: str = "") -> History:
    """Read a journal. Without `language`, it is in the doctor's. What words said that a person has corrected since is
    left out; which complaints were gone into is not.

    Raises:
        UnsupportedLanguage: If there are no words for a history in that language.
    """
    journal = list(events)
    opened = next((event for event in journal if isinstance(event, SessionOpened)), None)
    visit = Visit(opened.doctor, opened.patient) if opened else Visit("en", "en")
    transcript = transcript_of(journal)
    kept = [event for event in journal if not isinstance(event, FactNoted) or _stands(event, transcript)]
    interview = replayed(Interview(visit), kept)
    person = any(isinstance(event, InterpreterCalled) for event in journal)
    writer = _Writer(Plan(packs), interview, transcript, language or visit.doctor)
    placed: dict[int, str] = {event.utterance: "" for event in kept if isinstance(event, FactNoted)}
    for event in kept:
        if isinstance(event, FactNoted):
            placed[event.utterance] = max(placed[event.utterance], event.words.strip(), key=len)
    return writer.history(placed, asked_for_a_person=person)


def _stands(fact: FactNoted, transcript: Transcript) -> bool:
    return fact.name == COMPLAINT or stands(fact, transcript.lines.get(fact.utterance))


@dataclass(frozen=True)
class _Writer:
    plan: Plan
    interview: Interview
    transcript: Transcript
    language: str

    def history(self, placed: Mapping[int, str], *, asked_for_a_person: bool) -> History:
        open_ = self.interview.closed.open if self.interview.closed else self.plan.unanswered(self.interview)
        return History(
            language=self.language,
            complaints=tuple(self._in(pack.title) for pack in self.plan.packs_of(self.interview)),
            alarms=tuple(self._told(alarm) for alarm in self._alarms()),
            suspicions=tuple(self._meant(one) for one in self._suspicions()),
            slots={slot.value: found for slot in Slot if (found := tuple(self._entries(slot)))},
            open=tuple(self._label(name) for name in open_),
            ending=self._ending(asked_for_a_person=asked_for_a_person),
            n_questions=self.interview.n_asked,
            unplaced=tuple(self._unplaced(placed)),
        )

    def _unplaced(self, placed: Mapping[int, str]) -> Iterator[Unplaced]:
        """What was said and stands in no fact as a whole; `placed` is the most of it that does, by utterance."""
        for number, line in self.transcript.lines.items():
            words = line.text.strip()
            if line.role is Role.PATIENT and words != placed.get(number, "") and _says_more(words, line.language):
                yield Unplaced(words, self._meaning(number, words), number)

    def _alarms(self) -> list[AlarmRaised]:
        last = {alarm.alarm: alarm for alarm in self.interview.alarms}
        return sorted(last.values(), key=lambda alarm: -URGENCY.get(alarm.level, 0))  # type: ignore[call-overload]

    def _told(self, alarm: AlarmRaised) -> Told:
        level = texts(self.language).history.get(alarm.level, alarm.level)
        evidence = tuple(number for number in alarm.evidence if number)
        return Told(alarm.alarm, level, alarm.reason + self._since(evidence), evidence)

    def _suspicions(self) -> list[Suspected]:
        """What may have been meant: of each concern, what was said last."""
        return list({one.concern: one for one in self.interview.suspicions}.values())

    def _meant(self, one: Suspected) -> Meant:
        reason = one.reason + self._since((one.utterance,))
        return Meant(one.concern, reason, one.words, one.utterance, tuple(self._answers(one)))

    def _answers(self, one: Suspected) -> Iterator[str]:
        """What came of the questions for what may have been meant."""
        ours, known = texts(self.language).history, self.interview.known
        for sign in one.signs:
            if sign in known:
                state = {True: "present", False: "absent", None: "unknown"}[known[sign]]
                yield f"{self._label(sign)}: {ours[state]}"

    def _since(self, utterances: Iterable[int]) -> str:
        """A remark where it rests on words that a person has corrected."""
        corrected = any(is_corrected(self.transcript.lines.get(number)) for number in utterances)
        return f" ({texts(self.language).history['corrected']})" if corrected else ""

    def _entries(self, slot: Slot) -> Iterator[Entry]:
        for fact in self.interview.facts.values():
            if fact.slot == slot and fact.name != COMPLAINT and not self._says_less(fact):
                yield self._entry(fact)

    def _says_less(self, fact: FactNoted) -> bool:
        """Whether it only says that there is something which another line names: "Allergies: yes"."""
        age = self.interview.facts.get((Slot.PERSON, AGE))
        if fact.name in _AGES and (fact.state != "present" or (age is not None and age.state == "told")):
            return True
        is_sign = fact.slot == Slot.ALLERGIES and fact.name in names() and fact.state == "present"
        return is_sign and bool(self.plan.named(self.interview, fact.slot))

    def _entry(self, fact: FactNoted) -> Entry:
        return Entry(
            name=fact.name,
            label=self._label(fact.name, fact.question),
            state=fact.state,
            value=self._value(fact),
            words=fact.words,
            translated=self._translated(fact),
            utterance=fact.utterance,
            by=fact.by,
            remarks=tuple(self._remarks(fact)),
        )

    def _value(self, fact: FactNoted) -> str:
        """What was told, in the history's language; "" where only the patient's words say it."""
        ours = texts(self.language).history
        if fact.value in ("declined", UNANSWERED):
            return ours["declined"]
        if fact.value in (UNCLEAR, CONTRADICTED):
            return ours[fact.value]
        if fact.state == "unknown":
            return ours["unknown"]
        question = self._question(fact.name) or self._question(fact.question)
        if fact.state in ("present", "absent"):
            is_list = question is not None and question.expects not in ("yes-no", "place")
            return (
                ours["none"] if fact.state == "absent" and is_list and fact.name == fact.question else ours[fact.state]
            )
        if question and question.options:
            return self._options(question, fact.value)
        if fact.value == fact.words or (question and question.expects == "place" and primary(self.language) != "en"):
            return ""
        return amounts(fact.value, self.language, between=", ") or self._named(fact)

    def _named(self, fact: FactNoted) -> str:
        """Medicines by their international names; other values are English, and only for readers of that."""
        if fact.slot in (Slot.DRUGS, Slot.ALLERGIES):
            return fact.value
        return _NAME.sub(" ", fact.value) if primary(self.language) == "en" else ""

    def _options(self, question: Question, value: str) -> str:
        said = {option.id: option.said for option in question.options}
        chosen = [said[name] for name in value.split() if name in said]
        return ", ".join((words.get(primary(self.language)) or words["en"])[0] for words in chosen)

    def _remarks(self, fact: FactNoted) -> Iterator[str]:
        ours = texts(self.language).history
        if fact.by == "model":
            yield ours["model"]
        if not fact.question and fact.words:
            yield ours["unasked"]
        if is_corrected(self.transcript.lines.get(fact.utterance)):
            yield ours["corrected"]
        check = self.interview.facts.get((fact.slot, f"{CHECK}.{fact.slot}"))
        if check and check.state == "absent" and fact in self.plan.named(self.interview, fact.slot):
            yield f"{ours['unconfirmed']} «{_plain(check.words)}» [{check.utterance}]"

    def _translated(self, fact: FactNoted) -> str:
        """What the utterance means, where the words are all of it and it was translated and not held."""
        return self._meaning(fact.utterance, fact.words)

    def _meaning(self, utterance: int, words: str) -> str:
        line = self.transcript.lines.get(UtteranceId(utterance))
        if line is None or not line.hypothesis or same_language(line.language, self.language):
            return ""
        language = next((each for each in line.translations if same_language(each, self.language)), "")
        whole = line.text.strip() == words.strip()
        return line.translations[language].text if language and language not in line.held and whole else ""

    def _label(self, name: str, question: str = "") -> str:
        found = self._question(name) or self._asking_for(name) or self._question(question)
        if (wide := texts(self.language).signs.get(name)) and not question:
            return wide
        if found:
            return self._in(found.label)
        slots = texts(self.language).slots
        called = slots.get(name) or slots.get(name.partition(" ")[0]) or names().get(name, name)
        return called[:1].upper() + called[1:]

    def _question(self, name: str) -> Question | None:
        return self.plan.question(name) if name else None

    def _asking_for(self, sign: str) -> Question | None:
        return self.plan.asking_for(sign)

    def _in(self, words: Mapping[str, str]) -> str:
        return words.get(primary(self.language)) or words["en"]

    def _ending(self, *, asked_for_a_person: bool) -> str:
        ours = texts(self.language).history
        if self.interview.closed is None:
            return ours["unfinished"]
        reason = self.interview.closed.reason
        if reason == "emergency":
            return ours["ended_emergency"]
        return ours["person"] if asked_for_a_person and reason == "stopped" else ours[reason]


def to_data(history: History) -> dict[str, Any]:
    """The history as plain data, for JSON."""
    return {
        "language": history.language,
        "complaints": list(history.complaints),
        "alarms": [
            {"alarm": one.alarm, "level": one.level, "reason": one.reason, "evidence": list(one.evidence)}
            for one in history.alarms
        ],
        "suspicions": [
            {
                "concern": one.concern,
                "reason": one.reason,
                "words": one.words,
                "utterance": one.utterance,
                "answers": list(one.answers),
            }
            for one in history.suspicions
        ],
        "slots": {slot: [_entry_data(entry) for entry in entries] for slot, entries in history.slots.items()},
        "open": list(history.open),
        "unplaced": [
            {"words": one.words, "translated": one.translated, "utterance": one.utterance} for one in history.unplaced
        ],
        "ending": history.ending,
        "n_questions": history.n_questions,
        "status": "draft, not reviewed",
    }


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "label": entry.label,
        "state": entry.state,
        "value": entry.value,
        "words": entry.words,
        "translated": entry.translated,
        "utterance": entry.utterance,
        "by": entry.by,
        "remarks": list(entry.remarks),
    }


def to_markdown(history: History) -> str:
    """The history to read: value, «the patient's words», and the number of the utterance in the transcript."""
    ours = texts(history.language)
    lines = [f"# {ours.history['title']}", "", f"*{ours.history['draft']}*", "", history.ending]
    if history.complaints:
        lines += ["", f"**{ours.history['complaint']}:** {', '.join(history.complaints)}"]
    if history.alarms:
        lines += ["", f"## {ours.history['alarms']}", ""]
        lines += [f"- **{told.level}**: {told.reason}{_numbers(told.evidence)}" for told in history.alarms]
    if history.suspicions:
        lines += ["", f"## {ours.history['suspected']}", ""]
        lines += [f"- {_meant(one, ours.history['not_asked'])}" for one in history.suspicions]
    shown: set[str] = set()
    quoted: set[tuple[int, str]] = set()
    for slot, entries in history.slots.items():
        lines += ["", f"## {ours.slots[slot]}", "", *(f"- {_told(entry, shown, quoted)}" for entry in entries)]
    if history.unplaced:
        lines += ["", f"## {ours.history['unplaced']}", "", *(f"- {_said(one)}" for one in history.unplaced)]
    if history.open:
        lines += ["", f"## {ours.history['open']}", "", *(f"- {label}" for label in history.open)]
    return "\n".join(lines) + "\n"


def _told(entry: Entry, shown: set[str], quoted: set[tuple[int, str]]) -> str:
    """One line. What is quoted or translated is so once; of a mere yes or no, its value is the translation."""
    many = len(entry.words.split()) > _FEW_WORDS
    is_quoted = (entry.utterance, entry.words) in quoted and bool(entry.value)
    said = f"«{_plain(entry.words)}»" if entry.words and not is_quoted else ""
    quoted.update({(entry.utterance, entry.words)} if many else ())
    is_new = entry.translated not in shown and (entry.state == "told" or many)
    shown.add(entry.translated)
    meaning = f"({_plain(entry.translated)})" if entry.translated and is_new else ""
    remarks = f"({', '.join(entry.remarks)})" if entry.remarks else ""
    parts = [f"{entry.label}:", entry.value, said, meaning, remarks]
    return " ".join(part for part in parts if part) + _numbers((entry.utterance,) if entry.utterance else ())


def _meant(one: Meant, not_asked: str) -> str:
    asked = "; ".join(one.answers) or not_asked
    return f"{one.reason}: «{_plain(one.words)}» ({asked}){_numbers((one.utterance,))}"


def _said(one: Unplaced) -> str:
    meaning = f" ({_plain(one.translated)})" if one.translated else ""
    return f"«{_plain(one.words)}»{meaning}{_numbers((one.utterance,))}"


def _says_more(words: str, language: str) -> bool:
    """Whether something is said beside an answer, and it is no mere request of the assistant."""
    said = heard(words, language)
    if said.is_question and said.request not in ("", "person"):
        return False
    return not any(said.is_(kind) for kind in _ASIDES) and any(token.kind != "mark" for token in said.rest)


def _numbers(utterances: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in utterances)


def _plain(words: str) -> str:
    """On one line, and no markup."""
    return re.sub(r"([\\`*_#\[\]<>|])", r"\\\1", " ".join(words.split()))


def write_history(history: History, folder: Path) -> None:
    """Write `MARKDOWN` and `DATA` into a session's folder.

    Raises:
        StoreError: If the disk is full, or the folder may not be written.
    """
    try:
        (folder / MARKDOWN).write_text(to_markdown(history), "utf-8")
        (folder / DATA).write_text(json.dumps(to_data(history), ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise StoreError(
            f"cannot write the history into {folder}: {error.strerror}",
            remedy="free some disk space; the journal has it",
        ) from error
