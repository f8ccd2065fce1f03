"""A draft of the consultation's note, made of sentences that were said: nothing is summarised, nothing is concluded.

No model takes part: cue words (`cues/`) say to which section a sentence belongs. A question and its answer stay
together.

`note.json` is an object of "status" ("draft"), "method" ("extractive"), "reviewed" (false), "language",
"without_cues" (languages in which nothing can be found), "n_sentences", "n_used", and "sections": a list of "name",
"title", "entries". An entry is what was said, and "questions": what it answers. What was said is "text" (word for word,
or its translation), "language", "original" ("text" and "language", or null), "utterance", "start", "end" (seconds on
the audio clock), "speaker", "role", "confidence", "warnings", "findings" (of the guard: "verdict", "message", "target",
"item").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from voicedoc.core.events import Finding
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role
from voicedoc.core.time import Span, clock_text
from voicedoc.export.cues.lexicon import Lexicon, lexicon_of
from voicedoc.export.escapes import in_markdown
from voicedoc.export.files import write_text
from voicedoc.export.reflow import clock_of
from voicedoc.export.transcript import Line, Transcript
from voicedoc.translate.sentences import has_words, sentences

TITLES = {
    "reason": "Reason for the visit",
    "present_illness": "History of present illness",
    "past_history": "Past history",
    "medications": "Medications",
    "allergies": "Allergies",
    "family": "Family history",
    "social": "Social history",
    "examination": "Examination and results",
    "assessment": "Assessment",
    "plan": "Plan",
    "safety_net": "Warnings and when to come back",
}
"""The sections by name, in the note's order."""

DRAFT = "DRAFT – extractive, not reviewed"

_EXPLAINED = (
    "Sentences of the transcript, word for word, put under headings by cue words; no model has read them. The draft "
    "may miss what matters and misplace what it has. Check each sentence with the recording before it becomes a note."
)
_BY_DOCTORS = frozenset({"examination", "assessment", "plan", "safety_net"})
_PRECEDENCE = (
    *("safety_net", "allergies", "family", "plan", "assessment", "examination"),
    *("medications", "social", "past_history", "present_illness"),
)
"""Where a sentence has as many cues of one section as of another, the first of them has it. "reason" is found apart."""

_ASKS = ("?", "？", "؟", ";?")
_SHORT_ANSWER = 4
"""Words. An answer of no more means nothing without its question."""

_LONGEST_REASON = 2
"""Sentences of an answer to "What brings you in?" that count as the reason."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that was said, with the evidence. `original` is what was said where `text` is a translation.

    `warnings` and `findings` are those of the whole utterance.
    """

    text: str
    language: str
    original: str
    original_language: str
    utterance: int
    span: Span
    speaker: str
    role: Role
    confidence: float
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_question(self) -> bool:
        """Whether it asks something."""
        return self.text.rstrip("\"'”’») ").endswith(_ASKS)

    @property
    def voice(self) -> str:
        """Who speaks; an utterance of its own where nobody is known."""
        return f"utterance {self.utterance}" if self.role is Role.UNKNOWN and not self.speaker else self.speaker


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in the note. `questions` are what it answers."""

    statement: Statement
    questions: tuple[Statement, ...] = ()


@dataclass(slots=True)
class Draft:
    """The note. `without_cues` are languages in which nothing can be found.

    `said` is everything that was said, `unsorted` what no section has, except questions.
    """

    language: str
    without_cues: tuple[str, ...]
    said: tuple[Statement, ...]
    sections: dict[str, list[Entry]] = field(default_factory=lambda: {name: [] for name in TITLES})
    unsorted: list[Entry] = field(default_factory=list)

    @property
    def n_sentences(self) -> int:
        """Sentences that were said."""
        return len(self.said)

    @property
    def n_used(self) -> int:
        """Sentences in the note, those that are quoted as a question too."""
        entries = [entry for section in self.sections.values() for entry in section]
        quoted = {id(said) for entry in entries for said in (entry.statement, *entry.questions)}
        return len(quoted)


def draft_of(transcript: Transcript, language: str = "") -> Draft:
    """The draft in `language`, or the clinician's, as far as there are translations."""
    language = language or clinicians_language(transcript)
    said = [statement for line in transcript.in_time() for statement in _statements(transcript, line, language)]
    draft = Draft(language, _without_cues(said), tuple(said))
    exchanges = list(_exchanges(said))
    reasons = _reasons(exchanges)
    draft.sections["reason"] = reasons
    for entry in exchanges:
        if entry not in reasons:
            section = _section(entry)
            (draft.sections[section] if section else draft.unsorted).append(entry)
    return draft


def clinicians_language(transcript: Transcript) -> str:
    """The doctor's language; "" where nobody said anything in any."""
    if transcript.opened and transcript.opened.doctor:
        return transcript.opened.doctor
    return next(iter(transcript.languages), "")


# --- what was said


def _statements(transcript: Transcript, line: Line, language: str) -> Iterator[Statement]:
    """The sentences of a line, in `language` where it has them."""
    if line.hypothesis is None:
        return
    heard = _placed(line)
    shown = line.text_in(language)
    is_translated = bool(shown) and not same_language(line.language, language)
    pairs = _paired(sentences(shown), heard, line) if is_translated else [(text, text, span) for text, span in heard]
    for text, original, span in pairs:
        if has_words(text):
            yield Statement(
                text=text,
                language=language if is_translated else line.language,
                original=original if is_translated else "",
                original_language=line.language if is_translated else "",
                utterance=line.utterance,
                span=span,
                speaker=_speaker(transcript, line),
                role=line.role,
                confidence=line.hypothesis.confidence,
                warnings=_warnings(line, language, is_translated),
                findings=tuple(line.findings),
            )


def _placed(line: Line) -> list[tuple[str, Span]]:
    """The sentences as they were said, and when."""
    said = clock_of(line.text, line.span, line.hypothesis.words if line.hypothesis else ())
    placed, position = [], 0
    for sentence in sentences(line.text):
        start = line.text.index(sentence, position)
        position = start + len(sentence)
        placed.append((sentence, said(start, position)))
    return placed


def _paired(translated: list[str], heard: list[tuple[str, Span]], line: Line) -> list[tuple[str, str, Span]]:
    """Each translated sentence with what it translates: its own sentence, or all of them where the numbers differ."""
    if len(translated) == len(heard):
        return [(text, original, span) for text, (original, span) in zip(translated, heard, strict=True)]
    return [(text, line.text, line.span) for text in translated]


def _speaker(transcript: Transcript, line: Line) -> str:
    title = transcript.title(line)
    return line.speaker if title == Role.UNKNOWN.value else title


def _warnings(line: Line, language: str, is_translated: bool) -> tuple[str, ...]:
    warnings = list(line.warnings)
    is_foreign = not is_translated and not same_language(line.language, language)
    if is_foreign and not any(warning.startswith("not translated") for warning in warnings):
        warnings.append(f"not translated into {language}")
    return tuple(warnings)


def _without_cues(said: list[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.language for statement in said if _cues(statement) is None))


def _cues(statement: Statement) -> tuple[Lexicon, str] | None:
    """A lexicon, and the words to look into: as shown, or as said where only that language has cues."""
    for language, text in ((statement.language, statement.text), (statement.original_language, statement.original)):
        if lexicon := lexicon_of(language):
            return lexicon, text
    return None


# --- what belongs together


def _exchanges(said: list[Statement]) -> Iterator[Entry]:
    """Everything that is not a question, each with the questions that it answers."""
    exchange = _Exchange()
    for statement in said:
        if statement.is_question:
            exchange.ask(statement)
        else:
            yield Entry(statement, exchange.answered_by(statement))


@dataclass(slots=True)
class _Exchange:
    """The questions that somebody has asked in a row, until the same one speaks again after an answer."""

    asked: list[Statement] = field(default_factory=list)
    answerer: str = ""

    def ask(self, question: Statement) -> None:
        """Add a question; one of another speaker, or after an answer, begins anew."""
        if self.answerer or (self.asked and self.asked[-1].voice != question.voice):
            self.asked, self.answerer = [], ""
        self.asked.append(question)

    def answered_by(self, statement: Statement) -> tuple[Statement, ...]:
        """The questions, where `statement` answers them: the first other speaker does; a third only with yes or no."""
        if not self.asked:
            return ()
        if statement.voice == self.asked[0].voice:
            if self.answerer:
                self.asked, self.answerer = [], ""
            return ()
        self.answerer = self.answerer or statement.voice
        return tuple(self.asked) if statement.voice == self.answerer or _affirms_or_denies(statement) else ()


def _affirms_or_denies(statement: Statement) -> bool:
    cues = _cues(statement)
    return cues is not None and cues[0].is_answer(cues[1])


def _reasons(entries: list[Entry]) -> list[Entry]:
    """What was answered to why somebody has come; else the first that says it, or that tells of an illness."""
    told = [entry for entry in entries if entry.statement.role not in (Role.DOCTOR, Role.ASSISTANT)]
    answers = [entry for entry in told if any(_opens(question) for question in entry.questions)]
    long_enough = [entry for entry in answers if len(entry.statement.text.split()) >= _SHORT_ANSWER]
    if long_enough:
        first = long_enough[0].questions
        return [entry for entry in long_enough if entry.questions == first][:_LONGEST_REASON]
    for section, from_whom in (("reason", entries), ("present_illness", told)):
        for entry in from_whom:
            if _n_cues(entry.statement, section):
                return [entry]
    return []


def _opens(statement: Statement) -> bool:
    cues = _cues(statement)
    return cues is not None and cues[0].opens(cues[1])


def _section(entry: Entry) -> str:
    """Where an entry belongs; "" where nothing says so. A short answer belongs where its question does."""
    own = _best(entry.statement, entry.statement.role)
    asked = next(filter(None, (_best(question, entry.statement.role) for question in entry.questions[::-1])), "")
    return (asked or own) if leans(entry) else (own or asked)


def leans(entry: Entry) -> bool:
    """Whether a statement needs its question to be understood."""
    is_short = len(entry.statement.text.split()) <= _SHORT_ANSWER
    return bool(entry.questions) and (is_short or _affirms_or_denies(entry.statement))


def _best(statement: Statement, role: Role) -> str:
    """The section with most cues that somebody in `role` can tell of; "" where there are none.

    What doctors alone tell counts twice: in their sentences, the words of an illness mostly belong to a plan about it.
    """
    allowed = [name for name in _PRECEDENCE if name not in _BY_DOCTORS or role in (Role.DOCTOR, Role.UNKNOWN)]
    weight = {name: _n_cues(statement, name) * (2 if name in _BY_DOCTORS else 1) for name in allowed}
    best = max(allowed, key=weight.__getitem__)
    return best if weight[best] else ""


def _n_cues(statement: Statement, section: str) -> int:
    cues = _cues(statement)
    return len(cues[0].found(section, cues[1])) if cues else 0


# --- files


def write_note(transcript: Transcript, folder: Path) -> None:
    """Write `note.md` and `note.json`."""
    draft = draft_of(transcript)
    write_text(folder / "note.md", to_markdown(draft))
    write_text(folder / "note.json", json.dumps(to_data(draft), ensure_ascii=False, indent=1) + "\n")


def to_data(draft: Draft) -> dict[str, object]:
    """The draft as plain JSON data; its form is this module's docstring's."""
    return {
        "status": "draft",
        "method": "extractive",
        "reviewed": False,
        "language": draft.language,
        "without_cues": list(draft.without_cues),
        "n_sentences": draft.n_sentences,
        "n_used": draft.n_used,
        "sections": [
            {"name": name, "title": TITLES[name], "entries": [_entry_data(entry) for entry in entries]}
            for name, entries in draft.sections.items()
        ],
    }


def _entry_data(entry: Entry) -> dict[str, object]:
    questions = [_statement_data(question) for question in entry.questions]
    return _statement_data(entry.statement) | {"questions": questions}


def _statement_data(said: Statement) -> dict[str, object]:
    original = {"text": said.original, "language": said.original_language} if said.original else None
    return {
        "text": said.text,
        "language": said.language,
        "original": original,
        "utterance": said.utterance,
        "start": said.span.start,
        "end": said.span.end,
        "speaker": said.speaker,
        "role": said.role.value,
        "confidence": round(said.confidence, 5),
        "warnings": list(said.warnings),
        "findings": [
            {"verdict": f.verdict, "message": f.message, "target": f.target, "item": f.item.text} for f in said.findings
        ],
    }


def to_markdown(draft: Draft) -> str:
    """The draft to read; each text is isolated, so that right-to-left scripts do not disturb their line."""
    rows = [f"# {DRAFT}", "", _EXPLAINED, ""]
    for language in draft.without_cues:
        rows += [f"⚠ There are no cue words for '{language}': what was said in it is not in this draft.", ""]
    for name, entries in draft.sections.items():
        rows += [f"## {TITLES[name]}", ""]
        rows += [row for entry in entries for row in _entry_rows(entry)] or ["nothing said, or nothing found"]
        rows.append("")
    rows.append(f"{draft.n_used} of {draft.n_sentences} sentences are in this draft; the transcript has all of them.")
    return "\n".join(rows) + "\n"


def _entry_rows(entry: Entry) -> list[str]:
    said = entry.statement
    rows = [f"- {_quoted(said.text)} — {_evidence(said)}"]
    rows += [f"  - as said ({said.original_language}): {_quoted(said.original)}"] if said.original else []
    for question in entry.questions:
        rows.append(f"  - asked: {_quoted(question.text)} — {_evidence(question)}")
    warnings = [warning for statement in (said, *entry.questions) for warning in statement.warnings]
    return rows + [f"  - ⚠ {in_markdown(warning)}" for warning in dict.fromkeys(warnings)]


def _quoted(text: str) -> str:
    return f"“\u2068{in_markdown(text)}\u2069”"


def _evidence(said: Statement) -> str:
    span = f"{clock_text(said.span.start)}–{clock_text(said.span.end)}"
    return f"{in_markdown(said.speaker) or 'nobody known'}, {span}, utterance {said.utterance}"
