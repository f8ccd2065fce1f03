"""What a note is made of: what was said, sentence by sentence, and what the interview has concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.corrected import stands
from voicedoc.converse.interview.heard import heard
from voicedoc.core.events import (
    Cleared,
    Event,
    FactNoted,
    InterviewClosed,
    QuestionAsked,
    QuestionsOpen,
    TurnAttributed,
)
from voicedoc.core.languages import primary
from voicedoc.core.speech import Role
from voicedoc.export.note import Draft, Entry, Statement, clinicians_language, draft_of
from voicedoc.export.transcript import Line, Transcript, transcript_of
from voicedoc.guard.tokens import tokenise
from voicedoc.translate.languages import WITHOUT_SPACES

_QUOTED = (Slot.DRUGS, Slot.ALLERGIES)
"""Slots whose facts are written with the sentences that they were read from."""

_SHORT = 6
"""Words. An answer of no more says nothing beside the facts that were read from it."""


@dataclass(slots=True)
class Interview:
    """What an assistant's interview came to. `facts` are by slot and name, in the order in which they were first noted.

    `open` are ids of questions without an answer, `was_held`: an assistant asked at all; `is_held`: and still does.
    `answers` are the utterances of others while it did.
    """

    facts: dict[tuple[str, str], FactNoted] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    was_held: bool = False
    answers: set[int] = field(default_factory=set)
    is_held: bool = False

    def has(self, said: Statement) -> bool:
        """Whether a patient said it to the assistant."""
        return said.utterance in self.answers and said.role not in (Role.DOCTOR, Role.ASSISTANT)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of a session that notes are made of, in the language of one note."""

    language: str
    transcript: Transcript
    draft: Draft
    interview: Interview

    def line(self, utterance: int) -> Line | None:
        """What was said in an utterance; None where the journal has no words of it."""
        line = self.transcript.lines.get(utterance)
        return line if line and line.hypothesis else None

    def entries(self, source: str) -> Sequence[Entry]:
        """The sentences under a heading of the extractive draft, "any" for all, in time. An assistant's are none."""
        sections = self.draft.sections
        everything = [*(entry for section in sections.values() for entry in section), *self.draft.unsorted]
        said = everything if source == "any" else sections[source]
        found = [entry for entry in said if entry.statement.role is not Role.ASSISTANT]
        return sorted(found, key=lambda entry: (entry.statement.span, entry.statement.utterance))

    def said(self) -> list[Statement]:
        """Everything that people said, and what an assistant asked."""
        return [one for one in self.draft.said if one.role is not Role.ASSISTANT or one.is_question]

    def is_told(self, statement: Statement) -> bool:
        """Whether the interview's facts hold all that a sentence says: it is a short answer, or stands in one whole.

        So do mere requests to the assistant, and that somebody does not know or does not want to say.
        """
        said = statement.original or statement.text
        language = statement.original_language or statement.language
        facts = [fact for fact in self.interview.facts.values() if fact.utterance == statement.utterance]
        told = [fact for fact in facts if fact.state == "told"]
        if any(said in fact.value or (fact.slot in _QUOTED and said in fact.words) for fact in told):
            return True
        if self.interview.has(statement) and says_nothing(said, language):
            return True
        line = self.line(statement.utterance)
        is_short = _is_short(line.text if line else said, language)
        return any(is_short and fact.state != "unknown" for fact in facts)


def _is_short(text: str, language: str) -> bool:
    most = _SHORT * (2 if primary(language) in WITHOUT_SPACES else 1)
    return sum(token.kind != "mark" for token in tokenise(text)) <= most


def says_nothing(text: str, language: str) -> bool:
    """Whether an answer has nothing for a history beside what it answers: "yes", "I don't know", "say that again"."""
    said = heard(text, language)
    return bool(said.request) or said.is_("unknown") or said.is_("refuse") or not said.rest


def gather(events: Iterable[Event], *, language: str = "", reader: str = "doctor") -> Material:
    """Read a journal. Without `language`, it is the reader's."""
    journal = list(events)
    transcript = transcript_of(journal)
    wanted = language or _language_of(reader, transcript)
    draft = draft_of(transcript, wanted)
    if held := set(_held(journal, transcript, wanted)):
        draft = _as_said(draft, held)
        for number in held:
            del transcript.lines[number].translations[wanted]
    return Material(wanted, transcript, draft, interview_of(journal, transcript.lines))


def _held(journal: Iterable[Event], transcript: Transcript, language: str) -> Iterator[int]:
    """Utterances whose translation the guard has held, and nobody cleared: no note may have it."""
    cleared = {
        (event.utterance, event.language): event.at
        for event in journal
        if isinstance(event, Cleared) and event.purpose == "translation"
    }
    for number, line in transcript.lines.items():
        held = line.held.get(language)
        if held and language in line.translations and cleared.get((held.utterance, language), -1.0) < held.at:
            yield number


def _as_said(draft: Draft, held: set[int]) -> Draft:
    """A draft in which these utterances stand as they were said, under the headings where they were."""
    known = {id(one): _original(one) if one.utterance in held else one for one in draft.said}

    def entry_of(entry: Entry) -> Entry:
        return Entry(known[id(entry.statement)], tuple(known[id(one)] for one in entry.questions))

    sections = {name: [entry_of(entry) for entry in section] for name, section in draft.sections.items()}
    said = tuple(known[id(one)] for one in draft.said)
    return replace(draft, said=said, sections=sections, unsorted=[entry_of(entry) for entry in draft.unsorted])


def _original(said: Statement) -> Statement:
    """A sentence without its translation."""
    if not said.original:
        return said
    return replace(said, text=said.original, language=said.original_language, original="", original_language="")


def _language_of(reader: str, transcript: Transcript) -> str:
    opened = transcript.opened
    if reader == "patient" and opened and opened.patient:
        return opened.patient
    return clinicians_language(transcript) or "en"


def interview_of(events: Iterable[Event], lines: Mapping[int, Line]) -> Interview:
    """What was asked and noted. Facts of an utterance that was said otherwise, or by somebody else, are left."""
    interview = Interview()
    for event in events:
        match event:
            case FactNoted():
                _note(interview, event, lines)
            case QuestionAsked():
                interview.was_held = interview.is_held = True
            case TurnAttributed() if interview.is_held and event.role is not Role.ASSISTANT:
                interview.answers.add(event.utterance)
            case InterviewClosed():
                interview.open, interview.was_held, interview.is_held = event.open, True, False
            case QuestionsOpen():
                interview.open = event.questions
            case _:
                pass
    return interview


def _note(interview: Interview, fact: FactNoted, lines: Mapping[int, Line]) -> None:
    line = lines.get(fact.utterance)
    if line and (fact.at < line.reopened or line.role is Role.DOCTOR):
        return
    if not stands(fact, line):
        return
    interview.facts[fact.slot, fact.name] = fact
