"""The bilingual transcript: a view of the journal, as data (JSON) and to read (Markdown)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from voicedoc.core.events import (
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    BackendSwitched,
    ClauseShown,
    ClauseSpoken,
    ClauseSynthesized,
    Event,
    Finding,
    NothingHeard,
    Notice,
    NotTranslated,
    SessionClosed,
    SessionOpened,
    StageFailed,
    TranscriptFinal,
    Translated,
    TurnAttributed,
    Utterance,
    UtteranceEvent,
)
from voicedoc.core.journal import to_json
from voicedoc.core.speech import Hypothesis, Role, Translation
from voicedoc.core.time import Span, clock_text
from voicedoc.errors import StoreError

LOW_CONFIDENCE = 0.5
"""Mean word probability below which a reading is marked as doubtful."""


@dataclass
class Line:
    """One utterance as both sides had it."""

    utterance: int
    span: Span
    speaker: Role = Role.UNKNOWN
    hypothesis: Hypothesis | None = None
    translation: Translation | None = None
    clauses: dict[int, str] = field(default_factory=dict)
    spoken: dict[int, Span] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    seen: set[type[Event]] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        """False for voice activity in which nothing was understood and nothing went wrong."""
        return self.hypothesis is not None or bool(self.warnings)


@dataclass
class Transcript:
    """Everything of a session that a reader needs. `notices` concern the session as a whole."""

    opened: SessionOpened | None = None
    source: str = ""
    duration: float = 0.0
    outcome: str = "unfinished"
    lines: dict[int, Line] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    nothing_heard: list[Span] = field(default_factory=list)

    @property
    def n_failed(self) -> int:
        """Utterances in which a step failed."""
        return sum(StageFailed in line.seen for line in self.lines.values())

    def line(self, utterance: int) -> Line:
        """The line of an utterance, made when first asked for."""
        return self.lines.setdefault(utterance, Line(utterance, Span(0.0, 0.0)))


def transcript_of(events: Iterable[Event]) -> Transcript:
    """Read a journal's events into a transcript."""
    transcript = Transcript()
    for event in events:
        transcript.duration = max(transcript.duration, event.at)
        _take(transcript, event)
    for line in transcript.lines.values():
        line.warnings += _unfinished(line)
    return transcript


def _unfinished(line: Line) -> list[str]:
    """What did not happen to an utterance because the session ended before: nothing is dropped in silence."""
    if not line.seen & {TranscriptFinal, NothingHeard, StageFailed}:
        return ["not recognised: the session ended first"]
    if StageFailed in line.seen or line.hypothesis is None:
        return []
    if not line.seen & {Translated, NotTranslated}:
        return ["not translated: the session ended first"]
    if line.translation is not None and not _is_whole(line, line.translation.text):
        return ["not spoken, or not to its end: the session ended first"]
    return []


def _is_whole(line: Line, text: str) -> bool:
    """Whether every clause of a translation was spoken or shown."""
    done = "".join(clause for number, clause in line.clauses.items() if number in line.spoken or number in line.shown)
    return "".join(done.split()) == "".join(text.split())


def _take(transcript: Transcript, event: Event) -> None:
    match event:
        case SessionOpened():
            transcript.opened = event
        case SessionClosed():
            transcript.outcome = event.reason
        case AudioOpened():
            transcript.source = event.source
        case AudioClosed():
            transcript.duration = event.duration
        case Notice():
            transcript.notices.append(_with_remedy(event.message, event.remedy))
        case BackendSwitched():
            transcript.notices.append(f"{event.role}: {event.after} instead of {event.before}: {event.reason}")
        case AudioDamaged():
            transcript.notices.append(_with_remedy(event.message, event.remedy))
        case UtteranceEvent():
            line = transcript.line(event.utterance)
            line.seen.add(type(event))
            _take_of_utterance(transcript, line, event)
        case _:
            pass  # further kinds of events concern other views


def _take_of_utterance(transcript: Transcript, line: Line, event: UtteranceEvent) -> None:
    match event:
        case Utterance():
            line.span = event.span
        case TranscriptFinal():
            line.hypothesis = event.hypothesis
            line.warnings += _doubts(event.hypothesis)
        case NothingHeard():
            transcript.nothing_heard.append(event.span)
            if event.discarded:
                line.warnings.append(f"not taken for speech ({event.reason}): “{event.discarded}”")
        case TurnAttributed():
            line.speaker = event.role
            line.warnings += _mismatch(transcript.opened, event)
        case Translated():
            line.translation = event.translation
            line.warnings += [f"translation: {doubt}" for doubt in event.translation.doubts]
        case NotTranslated():
            line.warnings.append(f"not translated: {event.reason}")
        case Finding():
            line.warnings.append(event.message)
        case ClauseSynthesized() | ClauseShown() | ClauseSpoken():
            _take_of_voice(line, event)
        case StageFailed():
            line.warnings.append(_with_remedy(f"{event.stage} failed: {event.message}", event.remedy))
        case _:
            pass  # further kinds of events concern other views


def _take_of_voice(line: Line, event: ClauseSynthesized | ClauseShown | ClauseSpoken) -> None:
    match event:
        case ClauseSynthesized():
            line.clauses[event.clause] = event.text
        case ClauseShown():
            line.clauses[event.clause] = event.text
            line.shown.add(event.clause)
            line.warnings.append(_with_remedy(f"not spoken: “{event.text}”: {event.reason}", event.remedy))
        case ClauseSpoken():
            line.spoken[event.clause] = event.span


def _mismatch(opened: SessionOpened | None, turn: TurnAttributed) -> list[str]:
    """A speaker who speaks the other's language: rare, so rather a mistake about who it was."""
    if turn.role is Role.UNKNOWN:
        return ["nobody is known to speak here"]
    own = {Role.DOCTOR: opened.doctor, Role.PATIENT: opened.patient}[turn.role] if opened else turn.hypothesis.language
    return [] if turn.hypothesis.language == own else [f"the {turn.role.value} speaks {turn.hypothesis.language} here"]


def _doubts(hypothesis: Hypothesis) -> list[str]:
    doubts = list(hypothesis.doubts)
    if hypothesis.confidence < LOW_CONFIDENCE and "low confidence" not in doubts:
        doubts.append("low confidence")
    return [f"doubtful: {doubt}" for doubt in doubts]


def _with_remedy(message: str, remedy: str) -> str:
    return f"{message} → {remedy}" if remedy else message


def to_data(transcript: Transcript) -> dict[str, object]:
    """The transcript as plain JSON data. Times in seconds on the audio clock."""
    opened = transcript.opened
    return {
        "source": transcript.source,
        "duration": transcript.duration,
        "outcome": transcript.outcome,
        "profile": opened.profile if opened else "",
        "languages": {"doctor": opened.doctor, "patient": opened.patient} if opened else {},
        "models": [to_json(model) for model in opened.models] if opened else [],
        "notices": transcript.notices,
        "nothing_heard": to_json(transcript.nothing_heard),
        "utterances": [_line_data(line) for line in transcript.lines.values() if line.has_words],
    }


def _line_data(line: Line) -> dict[str, object]:
    hypothesis, translation = line.hypothesis, line.translation
    return {
        "utterance": line.utterance,
        "start": line.span.start,
        "end": line.span.end,
        "speaker": line.speaker.value,
        "language": hypothesis.language if hypothesis else None,
        "text": hypothesis.text if hypothesis else "",
        "confidence": hypothesis.confidence if hypothesis else None,
        "words": to_json(hypothesis.words) if hypothesis else [],
        "translation": to_json(translation) if translation else None,
        "spoken": [to_json(span) for span in line.spoken.values()],
        "warnings": line.warnings,
    }


def to_markdown(transcript: Transcript) -> str:
    """The transcript to read. Each text is isolated, so that right-to-left scripts do not disturb their line."""
    opened = transcript.opened
    head = [f"# Transcript of {Path(transcript.source).name or 'a session'}", ""]
    if opened:
        head += [
            f"Doctor: {opened.doctor} · patient: {opened.patient} · {clock_text(transcript.duration)} · "
            f"{transcript.outcome} · profile {opened.profile}",
            "",
        ]
    head += ["Machine interpretation, not reviewed by a person. It does not replace a qualified interpreter.", ""]
    notices = [f"> ⚠ {notice}" for notice in transcript.notices]
    lines = [_line_markdown(line) for line in transcript.lines.values() if line.has_words]
    body = lines or ["No words were understood in this recording."]
    foot = _foot(transcript)
    return "\n".join([*head, *notices, *([""] if notices else []), *body, *foot]) + "\n"


def _line_markdown(line: Line) -> str:
    hypothesis = line.hypothesis
    confidence = f" · {hypothesis.confidence:.0%}" if hypothesis else ""
    rows = [f"**{clock_text(line.span.start)} {line.speaker.value}**{confidence}  "]
    if hypothesis:
        rows.append(f"{hypothesis.language}: {_isolated(hypothesis.text)}  ")
    if line.translation:
        rows.append(f"{line.translation.target}: *{_isolated(line.translation.text)}*  ")
    rows += [f"⚠ {warning}  " for warning in line.warnings]
    return "\n".join(rows) + "\n"


def _foot(transcript: Transcript) -> list[str]:
    rows = [""]
    if transcript.nothing_heard:
        where = ", ".join(_span_text(span) for span in transcript.nothing_heard)
        rows += [f"Voice activity without words: {where}.", ""]
    if transcript.opened:
        rows += ["| step | model | sha256 | licence |", "| --- | --- | --- | --- |"]
        rows += [f"| {m.role} | {m.name} | {m.sha256[:12]} | {m.licence} |" for m in transcript.opened.models]
    return rows


def _span_text(span: Span) -> str:
    return f"{clock_text(span.start)}–{clock_text(span.end)}"


def _isolated(text: str) -> str:
    """`text` between Unicode's first-strong isolate and its end."""
    return f"\u2068{text}\u2069"


def write_transcript(events: Iterable[Event], folder: Path) -> Transcript:
    """Write `transcript.md` and `transcript.json` into `folder`.

    Raises:
        StoreError: If the disk is full.
    """
    transcript = transcript_of(events)
    data = json.dumps(to_data(transcript), ensure_ascii=False, indent=1)
    try:
        (folder / "transcript.md").write_text(to_markdown(transcript), "utf-8")
        (folder / "transcript.json").write_text(data + "\n", "utf-8")
    except OSError as error:
        raise StoreError(
            f"cannot write the transcript into {folder}: {error.strerror}",
            remedy="free some disk space, then run again; the journal has everything",
        ) from error
    return transcript
