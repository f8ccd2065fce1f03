"""What a note is made of: what was said, sentence by sentence, and what the interview has concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voicedoc.core.events import (
    Event,
    FactNoted,
    InterviewClosed,
    QuestionAsked,
    QuestionsOpen,
)
from voicedoc.core.languages import primary
from voicedoc.core.speech import Role
from voicedoc.export.note import Draft, Entry, Statement, clinicians_language, draft_of
from voicedoc.export.transcript import Line, Transcript, transcript_of
from voicedoc.guard.tokens import tokenise
from voicedoc.translate.languages import WITHOUT_SPACES

_SHORT = 6
"""Words. An answer of no more says nothing beside the facts that were read from it."""


@dataclass(slots=True)
class Interview:
    """What an assistant's interview came to. `facts` are by slot and name, in the order in which they were first noted.

    `open` are ids of questions without an answer, `was_held`: an assistant asked at all.
    """

    facts: dict[tuple[str, str], FactNoted] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    was_held: bool = False


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
        """Whether the interview's facts hold all that a sentence says: it is a short answer, or stands in one whole."""
        facts = [fact for fact in self.interview.facts.values() if fact.utterance == statement.utterance]
        said = statement.original or statement.text
        language = statement.original_language or statement.language
        most = _SHORT * (2 if primary(language) in WITHOUT_SPACES else 1)
        is_short = sum(token.kind != "mark" for token in tokenise(said)) <= most
        return any(is_short or said in fact.value for fact in facts)


def gather(events: Iterable[Event], *, language: str = "", reader: str = "doctor") -> Material:
    """Read a journal. Without `language`, it is the reader's."""
    journal = list(events)
    transcript = transcript_of(journal)
    wanted = language or _language_of(reader, transcript)
    return Material(wanted, transcript, draft_of(transcript, wanted), interview_of(journal, transcript.lines))


def _language_of(reader: str, transcript: Transcript) -> str:
    opened = transcript.opened
    if reader == "patient" and opened and opened.patient:
        return opened.patient
    return clinicians_language(transcript) or "en"


def interview_of(events: Iterable[Event], lines: Mapping[int, Line]) -> Interview:
    """What was asked and noted. Facts of an utterance that was said again otherwise, or by somebody else, are left."""
    interview = Interview()
    for event in events:
        match event:
            case FactNoted():
                _note(interview, event, lines)
            case QuestionAsked():
                interview.was_held = True
            case InterviewClosed():
                interview.open, interview.was_held = event.open, True
            case QuestionsOpen():
                interview.open = event.questions
            case _:
                pass
    return interview


def _note(interview: Interview, fact: FactNoted, lines: Mapping[int, Line]) -> None:
    line = lines.get(fact.utterance)
    if line and (fact.at < line.reopened or line.role is Role.DOCTOR):
        return
    interview.facts[fact.slot, fact.name] = fact
