"""The bilingual transcript: what a journal says, gathered by utterance. Every document is a view of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from voicedoc.core.events import (
    AlarmRaised,
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    BackendSwitched,
    ClauseShown,
    ClauseSpoken,
    ClauseSynthesized,
    Cleared,
    ConflictFound,
    DeviceBack,
    DeviceLost,
    Diarized,
    Event,
    Finding,
    Held,
    InterpreterCalled,
    NothingHeard,
    Notice,
    NotTranslated,
    Reworded,
    RoleAssigned,
    SessionClosed,
    SessionDated,
    SessionOpened,
    StageFailed,
    Suspected,
    TextCorrected,
    TranscriptFinal,
    Translated,
    TurnAttributed,
    TurnCorrected,
    Utterance,
    UtteranceDivided,
    UtteranceEvent,
    VoiceCancelled,
)
from voicedoc.core.labels import one_line
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Hypothesis, Role, Translation
from voicedoc.core.time import Span, clock_text
from voicedoc.core.turns import SpeakerTurn
from voicedoc.export.corrected import retimed

LOW_CONFIDENCE = 0.5
"""Mean word probability below which a reading is marked as doubtful."""

OF_OLD_WORDS = " (of words that a person has corrected since)"
"""What is said beside a warning that rests on them."""


@dataclass
class Speaker:
    """Somebody who was told apart from the others. `label` is "S1", "C1", …; `name` what a person has given."""

    label: str
    role: Role = Role.UNKNOWN
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    name: str = ""

    @property
    def title(self) -> str:
        """What readers call this speaker: the name, the role where it is known, or the label. On one line."""
        if self.name:
            return one_line(self.name)
        known = (Role.DOCTOR, Role.PATIENT, Role.ASSISTANT)
        return self.role.value if self.role in known else one_line(self.label)


@dataclass
class Line:
    """One utterance, or the part of one that one speaker said, as both sides had it.

    `speaker` is a label of `Transcript.speakers`, "" where nobody was told apart. `translations` are by language.
    `warnings` are everything that a reader should know, `findings` those of the guard once more, with their places,
    `held` the translations that must not be spoken without a person's yes, by language. `stopped` is why the voice was
    cut short. `corrections` are a person's, afterwards: the texts are as they are since the last one. What was known
    before `reopened` followed from an earlier revision and has no place here.
    """

    utterance: int
    span: Span
    reopened: float = 0.0
    role: Role = Role.UNKNOWN
    speaker: str = ""
    hypothesis: Hypothesis | None = None
    translations: dict[str, Translation] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    clauses: dict[int, str] = field(default_factory=dict)
    spoken: dict[int, Span] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    stopped: str = ""
    seen: set[type[Event]] = field(default_factory=set)
    corrections: list[TextCorrected] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        """False for voice activity in which nothing was understood and nothing went wrong."""
        return self.hypothesis is not None or bool(self.warnings)

    @property
    def language(self) -> str:
        """The language that was heard; "" where nothing was."""
        return self.hypothesis.language if self.hypothesis else ""

    @property
    def text(self) -> str:
        """What was said; "" where nothing was understood."""
        return self.hypothesis.text if self.hypothesis else ""

    def text_in(self, language: str) -> str:
        """What was said, or its translation, in `language`; "" where there is none."""
        if self.hypothesis and same_language(self.hypothesis.language, language):
            return self.hypothesis.text
        return self.translations[language].text if language in self.translations else ""


@dataclass
class Transcript:
    """Everything of a session that a reader needs. `notices` concern the session as a whole.

    `heard` are the languages in which something was said. `alarms` are by their rules, `conflicts` between medicines
    by kind and names.
    """

    opened: SessionOpened | None = None
    began: str = ""
    source: str = ""
    source_sha256: str = ""
    duration: float = 0.0
    outcome: str = "unfinished"
    lines: dict[int, Line] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    turns: list[SpeakerTurn] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    nothing_heard: list[Span] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    alarms: dict[str, AlarmRaised] = field(default_factory=dict)
    suspicions: dict[str, Suspected] = field(default_factory=dict)
    conflicts: dict[tuple[str, tuple[str, str]], ConflictFound] = field(default_factory=dict)

    @property
    def n_failed(self) -> int:
        """Utterances in which a step failed."""
        return sum(StageFailed in line.seen for line in self.lines.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of this transcript, heard or translated into: a column each in bilingual views.

        In an interpreted session, both of the visit. Where nothing was heard, the first that might have been.
        """
        if self.opened is None:
            return ()
        if not self.opened.languages:
            return tuple(dict.fromkeys([self.opened.doctor, self.opened.patient, *self.opened.targets]))
        spoken = [tag for tag in self.opened.languages if any(same_language(tag, heard) for heard in self.heard)]
        return tuple(dict.fromkeys([*spoken, *self.opened.targets])) or self.opened.languages[:1]

    def line(self, utterance: int) -> Line:
        """The line of an utterance, made when first asked for."""
        return self.lines.setdefault(utterance, Line(utterance, Span(0.0, 0.0)))

    def in_time(self) -> list[Line]:
        """The lines that have something to show, by time."""
        return sorted((line for line in self.lines.values() if line.has_words), key=lambda line: line.span)

    def title(self, line: Line) -> str:
        """What readers call the speaker of a line."""
        if line.speaker in self.speakers:
            return self.speakers[line.speaker].title
        return one_line(line.speaker) or line.role.value


def transcript_of(events: Iterable[Event]) -> Transcript:
    """Read a journal's events into a transcript."""
    transcript = Transcript()
    for event in events:
        transcript.duration = max(transcript.duration, event.at)
        _take(transcript, event)
    _mark_advice(transcript)
    for line in transcript.lines.values():
        _judge_speaker(transcript, line)
        line.warnings += [*_unfinished(line, transcript), *_outdated(line)]
    transcript.heard = {line.language for line in transcript.lines.values() if line.text}
    return transcript


def _unfinished(line: Line, transcript: Transcript) -> list[str]:
    """What did not happen to an utterance because the session ended before: nothing is dropped in silence."""
    if not line.seen & {TranscriptFinal, NothingHeard, StageFailed, TurnAttributed}:
        return ["not recognised: the session ended first"] if Utterance in line.seen else []
    if StageFailed in line.seen or line.hypothesis is None:
        return []
    if not (line.seen & {Translated, NotTranslated} or line.translations) and _is_wanted(transcript, line):
        return ["not translated: the session ended first"]
    if _speaks(transcript) and any(not _is_whole(line, text) for text in _to_be_spoken(transcript, line)):
        return [f"not spoken, or not to its end: {line.stopped or 'the session ended first'}"]
    return []


def _to_be_spoken(transcript: Transcript, line: Line) -> list[str]:
    """What the voice was to say of a line. Where the assistant asks, it alone is heard."""
    if line.role is Role.ASSISTANT:
        return [_as_heard(line, line.language, line.text)]
    if transcript.opened and "intake" in transcript.opened.stages:
        return []
    made = ((language, _as_heard(line, language, one.text)) for language, one in line.translations.items())
    return [text for language, text in made if text and language not in line.held]


def _as_heard(line: Line, language: str, text: str) -> str:
    """A text before any correction: what the voice had to say, and not what it should have."""
    return next((one.before for one in line.corrections if one.language == language), text)


def _outdated(line: Line) -> list[str]:
    """Translations of words that a person has corrected since."""
    last = {one.language: number for number, one in enumerate(line.corrections)}
    said = max((number for number, one in enumerate(line.corrections) if one.spoken), default=-1)
    old = [language for language in line.translations if last.get(language, -1) < said]
    return [f"the translation ({language}) is of the words before they were corrected" for language in old]


def _is_wanted(transcript: Transcript, line: Line) -> bool:
    """Whether a translation of this line was to be made."""
    opened = transcript.opened
    if line.role is Role.ASSISTANT:  # its questions are written in both languages
        return False
    if opened is None or not opened.languages:
        return True
    return any(not same_language(line.language, target) for target in opened.targets)


def _speaks(transcript: Transcript) -> bool:
    return transcript.opened is None or "speak" in transcript.opened.stages


def _is_whole(line: Line, text: str) -> bool:
    """Whether every clause of a translation was spoken or shown."""
    done = "".join(clause for number, clause in line.clauses.items() if number in line.spoken or number in line.shown)
    return "".join(done.split()) == "".join(text.split())


_STOPPED = {"key": "it was stopped by a key", "words": "somebody spoke"}
"""Reasons of a `VoiceCancelled` that do not speak for themselves."""


def _take(transcript: Transcript, event: Event) -> None:
    match event:
        case SessionOpened():
            transcript.opened = event
        case SessionClosed():
            transcript.outcome = event.reason
        case SessionDated():
            transcript.began = event.began
        case AudioOpened():
            transcript.source, transcript.source_sha256 = event.source, event.sha256
        case AudioClosed():
            transcript.duration = event.duration
        case Notice() | BackendSwitched() | AudioDamaged() | DeviceLost() | DeviceBack() | InterpreterCalled():
            transcript.notices.append(_told(event))
        case Diarized():
            transcript.turns += event.turns
        case RoleAssigned():
            transcript.speakers[event.speaker] = Speaker(
                event.speaker, event.role, event.confidence, event.reasons, event.name
            )
        case StageFailed(utterance=0):
            transcript.notices.append(_with_remedy(f"{event.stage} failed: {event.message}", event.remedy))
        case UtteranceEvent():
            _take_of_utterance(transcript, event)
        case _:
            pass  # further kinds of events concern other views


def _told(
    event: Notice | BackendSwitched | AudioDamaged | DeviceLost | DeviceBack | InterpreterCalled,
) -> str:
    """What a reader should know of the session as a whole."""
    match event:
        case Notice() | AudioDamaged():
            return _with_remedy(event.message, event.remedy)
        case BackendSwitched():
            return f"{event.role}: {event.after} instead of {event.before}: {event.reason}"
        case DeviceLost():
            return _with_remedy(f"{clock_text(event.at)} {event.message}", event.remedy)
        case DeviceBack():
            return f"{clock_text(event.at)} {event.device} is back, after {event.seconds:.1f} s"
        case InterpreterCalled():
            return f"{clock_text(event.at)} a human interpreter was called" + (f": {event.reason}" * bool(event.reason))


def _take_of_utterance(transcript: Transcript, event: UtteranceEvent) -> None:
    line = transcript.line(event.utterance)
    if _is_otherwise(line, event):
        _forget_advice(transcript, line.utterance)
    if isinstance(event, Utterance) and event.revision > 0:
        line = transcript.lines[event.utterance] = Line(event.utterance, event.span, reopened=event.at)
    if event.at < line.reopened:
        return
    line.seen.add(type(event))
    match event:
        case Utterance() | TranscriptFinal() | NothingHeard() | UtteranceDivided() | TurnAttributed():
            _take_of_speech(transcript, line, event)
        case TurnCorrected() | TextCorrected():
            _take_of_person(line, event)
        case Translated() | NotTranslated():
            _take_of_translation(line, event)
        case Finding() | Held() | Reworded():
            _take_of_guard(line, event)
        case ClauseSynthesized() | ClauseShown() | ClauseSpoken() | VoiceCancelled():
            _take_of_voice(line, event)
        case Cleared(purpose="phrase"):
            _take_of_phrase(line, event)
        case AlarmRaised() | ConflictFound() | Suspected():
            _take_of_advice(transcript, event)
        case StageFailed():
            line.warnings.append(_with_remedy(f"{event.stage} failed: {event.message}", event.remedy))
        case _:
            pass  # further kinds of events concern other views


def _take_of_speech(
    transcript: Transcript,
    line: Line,
    event: Utterance | TranscriptFinal | NothingHeard | UtteranceDivided | TurnAttributed,
) -> None:
    match event:
        case Utterance():
            line.span = event.span
        case TranscriptFinal():
            line.hypothesis = event.hypothesis
        case NothingHeard():
            transcript.nothing_heard.append(event.span)
            if event.discarded:
                line.warnings.append(f"not taken for speech ({event.reason}): “{event.discarded}”")
        case UtteranceDivided():
            for part in event.parts:
                transcript.line(part).seen.add(TranscriptFinal)
        case TurnAttributed():
            line.role, line.speaker, line.span = event.role, event.speaker, event.span
            line.hypothesis = event.hypothesis


def _take_of_translation(line: Line, event: Translated | NotTranslated) -> None:
    match event:
        case Translated():
            line.translations[event.translation.target] = event.translation
            line.warnings += [f"translation: {doubt}" for doubt in event.translation.doubts]
        case NotTranslated():
            line.warnings.append(f"not translated: {event.reason}")


def _take_of_advice(transcript: Transcript, event: AlarmRaised | ConflictFound | Suspected) -> None:
    match event:
        case AlarmRaised():
            transcript.alarms[event.alarm] = event
        case Suspected():
            transcript.suspicions[event.concern] = event
        case ConflictFound():
            transcript.conflicts[event.kind, event.names] = event


def _is_otherwise(line: Line, event: UtteranceEvent) -> bool:
    """Whether the words turn out to be another's, or to be others."""
    if isinstance(event, Utterance):
        return event.revision > 0
    if isinstance(event, TurnAttributed):
        return (line.role, line.text) != (event.role, event.hypothesis.text)
    return isinstance(event, TurnCorrected) and line.role is not event.role


def _forget_advice(transcript: Transcript, utterance: int) -> None:
    """What followed from words that were not so. It comes again where it still holds."""
    alarms, conflicts = transcript.alarms, transcript.conflicts
    transcript.alarms = {key: event for key, event in alarms.items() if utterance not in event.evidence}
    transcript.conflicts = {key: event for key, event in conflicts.items() if utterance not in event.evidence}
    transcript.suspicions = {key: one for key, one in transcript.suspicions.items() if one.utterance != utterance}


def _mark_advice(transcript: Transcript) -> None:
    """Warnings of words that a person has corrected since stay, and say so: nobody has read the new ones."""
    lines = transcript.lines.values()
    corrected = {line.utterance for line in lines if any(one.spoken for one in line.corrections)}
    for rule, alarm in transcript.alarms.items():
        if not corrected.isdisjoint(alarm.evidence):
            transcript.alarms[rule] = replace(alarm, reason=alarm.reason + OF_OLD_WORDS)
    for concern, one in transcript.suspicions.items():
        if one.utterance in corrected:
            transcript.suspicions[concern] = replace(one, reason=one.reason + OF_OLD_WORDS)
    for names, conflict in transcript.conflicts.items():
        if not corrected.isdisjoint(conflict.evidence):
            transcript.conflicts[names] = replace(conflict, message=conflict.message + OF_OLD_WORDS)


def _take_of_phrase(line: Line, event: Cleared) -> None:
    """A reviewed sentence that a person chose: nobody said it, and the listener heard it as it is."""
    line.role = Role.DOCTOR if event.listener is Role.PATIENT else Role.PATIENT
    line.span = Span(event.at, event.at)
    line.hypothesis = Hypothesis(event.text, event.language, 1.0, 1.0)


def _take_of_guard(line: Line, event: Finding | Held | Reworded) -> None:
    match event:
        case Finding():
            line.findings.append(event)
            line.warnings.append(event.message)
        case Held():
            line.held[event.translation.target] = event
            line.warnings.append(_held_text(event))
        case Reworded():
            line.translations[event.translation.target] = event.translation
            line.warnings.append(f"translated again, {event.way}: “{event.before}” had lost or changed something")


def _held_text(event: Held) -> str:
    back = f"; translated back it says “{event.back}”" if event.back else ""
    return f"held, to be confirmed before it is used{back}"


def _take_of_voice(line: Line, event: ClauseSynthesized | ClauseShown | ClauseSpoken | VoiceCancelled) -> None:
    match event:
        case ClauseSynthesized():
            line.clauses[event.clause] = event.text
        case ClauseShown():
            line.clauses[event.clause] = event.text
            line.shown.add(event.clause)
            line.warnings.append(_with_remedy(f"not spoken: “{event.text}”: {event.reason}", event.remedy))
        case ClauseSpoken():
            line.spoken[event.clause] = event.span
        case VoiceCancelled():
            line.stopped = _STOPPED.get(event.reason, event.reason)


def _take_of_person(line: Line, event: TurnCorrected | TextCorrected) -> None:
    match event:
        case TurnCorrected():
            line.role, line.speaker = event.role, ""
        case TextCorrected():
            _take_of_correction(line, event)


def _take_of_correction(line: Line, event: TextCorrected) -> None:
    """The words as a person has corrected them. What was found and doubted of the ones before concerns them no more."""
    old = [finding for finding in line.findings if event.spoken or finding.target in ("", event.language)]
    _forget(line, [finding.message for finding in old])
    line.findings = [finding for finding in line.findings if finding not in old]
    if event.spoken:
        line.hypothesis = _corrected(line, event)
    else:
        _retranslate(line, event)
    line.corrections.append(event)


def _corrected(line: Line, event: TextCorrected) -> Hypothesis:
    before = line.hypothesis or Hypothesis("", event.language, 1.0, 1.0)
    words = retimed(event.text, event.language, before.text, before.words, line.span)
    return Hypothesis(event.text, before.language, before.language_confidence, 1.0, words)


def _retranslate(line: Line, event: TextCorrected) -> None:
    before, held = line.translations.get(event.language), line.held.pop(event.language, None)
    _forget(line, [f"translation: {doubt}" for doubt in (before.doubts if before else ())])
    _forget(line, [_held_text(held)] if held else [])
    _forget(line, [warning for warning in line.warnings if warning.startswith("not translated: ")])
    line.translations[event.language] = Translation(event.text, line.language, event.language, ("a person",))


def _forget(line: Line, warnings: list[str]) -> None:
    for warning in warnings:
        if warning in line.warnings:
            line.warnings.remove(warning)


def _judge_speaker(transcript: Transcript, line: Line) -> None:
    """Once all is read: the speaker's role as last assigned, and what is doubtful about the words and who said them."""
    if line.speaker in transcript.speakers:
        line.role = transcript.speakers[line.speaker].role
    if line.hypothesis is not None:
        line.warnings = [*_doubts(line.hypothesis), *_mismatch(transcript, line), *line.warnings]


def _mismatch(transcript: Transcript, line: Line) -> list[str]:
    """A speaker who speaks the other's language: when interpreting rather a mistake about who it was."""
    if TurnAttributed not in line.seen:
        return []
    if line.role is Role.UNKNOWN and not line.speaker:
        return ["nobody is known to speak here"]
    opened = transcript.opened
    if opened is None or opened.languages or line.role not in (Role.DOCTOR, Role.PATIENT):
        return []
    own = opened.doctor if line.role is Role.DOCTOR else opened.patient
    return [] if same_language(line.language, own) else [f"the {line.role.value} speaks {line.language} here"]


def _doubts(hypothesis: Hypothesis) -> list[str]:
    doubts = list(hypothesis.doubts)
    if hypothesis.confidence < LOW_CONFIDENCE and "low confidence" not in doubts:
        doubts.append("low confidence")
    return [f"doubtful: {doubt}" for doubt in doubts]


def _with_remedy(message: str, remedy: str) -> str:
    return f"{message} → {remedy}" if remedy else message
