"""`advance(state, event) -> state`: what each kind of event changes. Pure; every kind is here or in `IGNORED`."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

from voicedoc.core.commands import Command
from voicedoc.core.events import (
    NO_UTTERANCE,
    AlarmRaised,
    Answered,
    Asked,
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    BackendSwitched,
    ClauseShown,
    ClauseSound,
    ClauseSpoken,
    ClauseSynthesized,
    Cleared,
    ConflictFound,
    Consented,
    DeviceBack,
    DeviceLost,
    Diarized,
    Event,
    FactNoted,
    Finding,
    FirstAudio,
    Frame,
    Guarded,
    Held,
    InterpreterCalled,
    InterviewClosed,
    InterviewOpened,
    LagReport,
    Muted,
    NoteSigned,
    NothingHeard,
    Notice,
    NotTranslated,
    PhrasesOffered,
    Pressed,
    QuestionAsked,
    QuestionsOpen,
    Reworded,
    RoleAssigned,
    RoomOpened,
    SessionClosed,
    SessionDated,
    SessionOpened,
    SoundChecked,
    SpeechPaused,
    SpeechSoFar,
    SpeechStarted,
    StageFailed,
    StageTimed,
    Suspected,
    TaughtBack,
    TextCorrected,
    TranscriptFinal,
    TranscriptPartial,
    Translated,
    TurnAttributed,
    TurnCorrected,
    Utterance,
    UtteranceDivided,
    UtteranceEvent,
    UtteranceReopened,
    VoiceCancelled,
    VoicePaused,
    VoiceResumed,
    Withdrawn,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.view.state import MOST_NOTES, TEACH_BACK, Line, Note, Saying, State, Step

OF_OLD_WORDS = " (of words that a person has corrected since)"
"""What is said beside a warning that rests on them."""

IGNORED: frozenset[type[Event]] = frozenset(
    {
        AudioOpened,  # the sound check and the devices have been shown before
        Frame,  # moves the clock, as every event does
        SpeechSoFar,  # its partial transcript is shown
        SpeechPaused,  # it is not known yet whether the speaker has finished
        ClauseSound,  # made, not heard yet
        StageTimed,  # a figure for benchmarks
        Diarized,  # batch jobs only
        UtteranceDivided,  # batch jobs only
        InterviewOpened,  # its first question is a line
        QuestionAsked,  # its words are a line
        NoteSigned,  # after the session
    }
)
"""Kinds that change nothing on a screen but the clock, and why."""

OWN_VOICE = "own voice"
"""The reason of a `NothingHeard` that concerns nobody: the microphone heard the interpreter's own voice."""

QUESTION_OVER = ("answered", "asked again")
"""The reasons of a `VoiceCancelled` that ends a question about an utterance, not its translation."""


def advance(state: State, event: Event) -> State:
    """The state after `event`. One about an earlier revision of its utterance changes nothing."""
    if not is_stale(state, event):
        state = _take(event, state)
    return replace(state, position=event.at) if event.at > state.position else state


def taken() -> frozenset[type[Event]]:
    """The kinds of events that change what is shown."""
    return frozenset(kind for kind in _take.registry if kind not in (object, Event))


def is_stale(state: State, event: Event) -> bool:
    """Whether `event` follows from a revision of its utterance that a later one has replaced."""
    if not isinstance(event, UtteranceEvent) or event.utterance not in state.lines:
        return False
    return event.at < state.lines[event.utterance].since


@singledispatch
def _take(event: Any, state: State) -> State:
    return state


def _line(state: State, event: UtteranceEvent) -> Line:
    """The utterance's line as it is, or a new one."""
    return state.lines.get(event.utterance) or Line(utterance=event.utterance, began=event.at)


def _with(state: State, line: Line, **changes: Any) -> State:
    return replace(state, lines={**state.lines, line.utterance: replace(line, **changes)})


def _change(state: State, event: UtteranceEvent, **changes: Any) -> State:
    """Change the line of the utterance that `event` is about."""
    return _with(state, _line(state, event), **changes)


def _warn(state: State, event: UtteranceEvent, text: str, remedy: str = "", **changes: Any) -> State:
    line = _line(state, event)
    warning = f"{text} → {remedy}" if remedy else text
    return _with(state, line, warnings=(*line.warnings, warning), **changes)


def _note(state: State, event: Event, kind: str, text: str, remedy: str = "", code: str = "") -> State:
    notes = (*state.notes, Note(event.at, kind, text, remedy, code))
    return replace(state, notes=notes[-MOST_NOTES:], n_notes=state.n_notes + 1)


# --- the session


@_take.register
def _session_opened(event: SessionOpened, state: State) -> State:
    return replace(state, opened=event)


@_take.register
def _session_dated(event: SessionDated, state: State) -> State:
    return replace(state, began=state.began or event.began)


@_take.register
def _session_closed(event: SessionClosed, state: State) -> State:
    return replace(state, closed=event.reason, talking=None)


@_take.register
def _notice(event: Notice, state: State) -> State:
    return _note(state, event, "notice", event.message, event.remedy, event.code)


@_take.register
def _sound_checked(event: SoundChecked, state: State) -> State:
    return replace(state, check=event)


@_take.register
def _consented(event: Consented, state: State) -> State:
    return replace(state, agreed=event.agreed)


@_take.register
def _backend_switched(event: BackendSwitched, state: State) -> State:
    return _note(state, event, "trouble", f"{event.role}: {event.after} instead of {event.before}: {event.reason}")


@_take.register
def _lag_report(event: LagReport, state: State) -> State:
    return replace(state, lags={**state.lags, event.stage: event})


# --- devices


@_take.register
def _room_opened(event: RoomOpened, state: State) -> State:
    return replace(state, push_to_talk=event.push_to_talk)


@_take.register
def _device_lost(event: DeviceLost, state: State) -> State:
    others = tuple(lost for lost in state.lost if lost.device != event.device)
    lost = replace(state, lost=(*others, event))
    return _note(lost, event, "trouble", f"{event.device}: {event.message}", event.remedy)


@_take.register
def _device_back(event: DeviceBack, state: State) -> State:
    """Another device may serve in the lost one's place: which one that was, the time tells."""
    since = event.at - event.seconds
    gone = min(state.lost, key=lambda lost: (lost.device != event.device, abs(lost.at - since)), default=None)
    kept = tuple(note for note in state.notes if gone is None or (note.kind, note.at) != ("trouble", gone.at))
    back = replace(state, lost=tuple(lost for lost in state.lost if lost is not gone), notes=kept)
    place = f" in place of {gone.device}" if gone and gone.device != event.device else ""
    return _note(back, event, "done", f"{event.device} serves again{place}, after {event.seconds:.1f} s")


@_take.register
def _audio_damaged(event: AudioDamaged, state: State) -> State:
    return _note(state, event, "trouble", event.message, event.remedy)


@_take.register
def _audio_closed(event: AudioClosed, state: State) -> State:
    return replace(state, ending=True, talking=None)


@_take.register
def _muted(event: Muted, state: State) -> State:
    return replace(state, muted=event.span)


# --- what people press


@_take.register
def _pressed(event: Pressed, state: State) -> State:
    state = replace(state, pressed=event)
    match event.command:
        case Command.TALK:
            return replace(state, talking=_role(event.argument))
        case Command.RELEASE:
            return replace(state, talking=None)
        case Command.PAUSE:
            return replace(state, resting=True)
        case Command.RESUME:
            return replace(state, resting=False)
        case Command.END:
            return replace(state, ending=True, talking=None)
        case _:
            return state  # what comes of it has an event of its own


def _role(name: str) -> Role:
    return next((role for role in Role if role.value == name), Role.UNKNOWN)


@_take.register
def _interpreter_called(event: InterpreterCalled, state: State) -> State:
    reason = f": {event.reason}" if event.reason else ""
    return _note(replace(state, called=event.reason), event, "done", f"human interpreter called{reason}")


# --- what is heard


@_take.register
def _speech_started(event: SpeechStarted, state: State) -> State:
    return _change(state, event, channel=event.channel, step=Step.SPEAKING)


@_take.register
def _utterance_reopened(event: UtteranceReopened, state: State) -> State:
    """All that followed from the earlier revision is gone; its words stay in sight until there are others."""
    state, line = _without_advice(state, event.utterance), _line(state, event)
    again = Line(
        utterance=line.utterance,
        began=line.began,
        since=event.at,
        revision=event.revision,
        channel=event.channel,
        role=line.role,
        speaker=line.speaker,
        language=line.language,
        unstable=line.text,
    )
    return _with(state, again)


@_take.register
def _transcript_partial(event: TranscriptPartial, state: State) -> State:
    line = _line(state, event)
    if line.text or event.revision < line.revision:
        return state
    return _with(state, line, stable=event.stable, unstable=event.unstable, language=event.language)


@_take.register
def _utterance(event: Utterance, state: State) -> State:
    line = _line(state, event)
    if event.revision < line.revision:
        return state
    changes = {"channel": event.channel, "revision": event.revision, "span": event.span}
    return _with(state, line, **changes, began=event.span.start, step=Step.UNDERSTANDING)


@_take.register
def _transcript_final(event: TranscriptFinal, state: State) -> State:
    said = event.hypothesis
    heard = _change(state, event, text=said.text, language=said.language, stable="", unstable="", span=event.span)
    return _change(heard, event, step=Step.TRANSLATING, warnings=tuple(f"doubtful: {doubt}" for doubt in said.doubts))


@_take.register
def _nothing_heard(event: NothingHeard, state: State) -> State:
    nothing = {"text": "", "stable": "", "unstable": "", "translation": "", "step": Step.NOTHING, "why": event.reason}
    state = _change(state, event, **nothing, warnings=())
    if not event.discarded or event.reason == OWN_VOICE:
        return state
    return _warn(state, event, f"not taken for speech ({event.reason}): “{event.discarded}”")


@_take.register
def _turn_attributed(event: TurnAttributed, state: State) -> State:
    """A second one stands in the place of the first: with other words, all that followed from those is gone."""
    line, said = _line(state, event), event.hypothesis
    if line.translation and (line.text, line.language) != (said.text, said.language):
        line = replace(line, translation="", findings=(), held=None, question=None, sayings={}, step=Step.TRANSLATING)
    step = Step.TRANSLATING if line.step in (Step.SPEAKING, Step.UNDERSTANDING) else line.step
    changes = {"role": event.role, "speaker": event.speaker, "text": said.text, "language": said.language}
    if line.text and (line.text, line.role) != (said.text, event.role):
        state = _without_advice(state, event.utterance)
    return _with(state, line, **changes, span=event.span, stable="", unstable="", step=step)


@_take.register
def _turn_corrected(event: TurnCorrected, state: State) -> State:
    return _change(_without_advice(state, event.utterance), event, role=event.role)


@_take.register
def _text_corrected(event: TextCorrected, state: State) -> State:
    """Marks lie in the text as it was: they go with it."""
    if event.spoken:
        return _change(_with_marks(state, event.utterance), event, text=event.text, findings=())
    return _change(state, event, translation=event.text, findings=())


@_take.register
def _role_assigned(event: RoleAssigned, state: State) -> State:
    lines = {
        number: replace(line, role=event.role) if line.speaker == event.speaker else line
        for number, line in state.lines.items()
    }
    return replace(state, lines=lines)


# --- translated, guarded, confirmed


@_take.register
def _translated(event: Translated, state: State) -> State:
    line, made = _line(state, event), event.translation
    doubts = tuple(f"translation: {doubt}" for doubt in made.doubts)
    changes = {"listener": event.listener, "target": made.target, "translation": made.text}
    return _with(state, line, **changes, findings=(), warnings=(*line.warnings, *doubts), step=Step.CHECKING)


@_take.register
def _not_translated(event: NotTranslated, state: State) -> State:
    return _warn(state, event, f"not translated: {event.reason}", step=Step.UNTRANSLATED, why=event.reason)


@_take.register
def _finding(event: Finding, state: State) -> State:
    line = _line(state, event)
    if event.held:  # told once, with what is held
        return _with(state, line, findings=(*line.findings, event))
    return _warn(state, event, event.message, findings=(*line.findings, event))


@_take.register
def _reworded(event: Reworded, state: State) -> State:
    text = f"translated again, {event.way}: “{event.before}” had lost or changed something"
    return _warn(state, event, text, translation=event.translation.text, findings=())


@_take.register
def _held(event: Held, state: State) -> State:
    counted = replace(state, n_held=state.n_held + 1)
    changes = {"listener": event.listener, "target": event.translation.target, "translation": event.translation.text}
    return _change(counted, event, **changes, held=event, step=Step.HELD)


@_take.register
def _guarded(event: Guarded, state: State) -> State:
    changes = {"listener": event.listener, "target": event.translation.target, "translation": event.translation.text}
    return _change(state, event, **changes, step=Step.WAITING)


@_take.register
def _asked(event: Asked, state: State) -> State:
    counted = replace(state, n_asked=state.n_asked + 1)
    step = Step.HELD if event.kind == "hold" else Step.ASKED
    return _change(counted, event, question=event, unclear=False, step=step)


@_take.register
def _answered(event: Answered, state: State) -> State:
    if event.kind == TEACH_BACK:
        return _taught(state, event.utterance)  # nobody repeated it, and the talk goes on
    if event.answer not in ("yes", "no"):
        return _change(state, event, unclear=True)
    return _change(state, event, question=None, held=None, unclear=False, step=Step.WAITING)


@_take.register
def _cleared(event: Cleared, state: State) -> State:
    line = _line(state, event)
    saying = Saying(event.text, event.language, event.purpose)
    said = {"sayings": {**line.sayings, event.listener: saying}}
    if event.purpose == "question":
        return _with(state, line, **said)
    if event.purpose == "phrase":
        return _phrase(state, event, line, saying)
    step = Step.WAITING if state.speaks else Step.SHOWN
    return _with(state, line, **said, question=None, held=None, unclear=False, step=step)


def _phrase(state: State, event: Cleared, line: Line, saying: Saying) -> State:
    """A reviewed sentence that somebody chose has a line of its own. Nobody said it, so it has no original."""
    speaker = Role.DOCTOR if event.listener is Role.PATIENT else Role.PATIENT
    changes = {"role": speaker, "listener": event.listener, "target": event.language, "translation": event.text}
    step = Step.WAITING if state.speaks else Step.SHOWN
    said = _with(state, line, **changes, sayings={event.listener: saying}, step=step)
    return replace(said, offered=None)


@_take.register
def _phrases_offered(event: PhrasesOffered, state: State) -> State:
    return replace(state, offered=event)


@_take.register
def _withdrawn(event: Withdrawn, state: State) -> State:
    gone: dict[str, Any] = {"question": None, "held": None, "unclear": False, "sayings": {}}
    return _change(state, event, **gone, step=Step.WITHDRAWN, why=event.reason)


@_take.register
def _taught_back(event: TaughtBack, state: State) -> State:
    parts = (("kept", event.kept), ("missing", event.missing), ("changed", event.changed), ("added", event.added))
    found = "; ".join(f"{name}: {', '.join(words)}" for name, words in parts if words)
    trouble = event.missing or event.changed or event.added
    for instruction in event.instruction:
        state = _taught(state, instruction)
    return _note(state, event, "trouble" if trouble else "done", f"taught back — {found or 'nothing critical in it'}")


def _taught(state: State, instruction: UtteranceId) -> State:
    """An instruction that was to be repeated is what it was before: something that has been said."""
    line = state.lines.get(instruction)
    if line is None or line.question is None or line.question.kind != TEACH_BACK:
        return state
    return _with(state, line, question=None, unclear=False, step=Step.SAID if state.speaks else Step.SHOWN)


# --- the history, and what the clinician should know of it


def _without_advice(state: State, utterance: UtteranceId) -> State:
    """Nothing that rests on an utterance that turns out to be another's, or to say something else."""
    facts = {key: fact for key, fact in state.facts.items() if fact.utterance != utterance}
    alarms = {key: alarm for key, alarm in state.alarms.items() if utterance not in alarm.evidence}
    conflicts = {key: found for key, found in state.conflicts.items() if utterance not in found.evidence}
    suspicions = {key: found for key, found in state.suspicions.items() if found.utterance != utterance}
    return replace(state, facts=facts, alarms=alarms, suspicions=suspicions, conflicts=conflicts)


def _with_marks(state: State, utterance: UtteranceId) -> State:
    """Warnings of words that a person has corrected stay, and say so: nobody has read the new ones."""

    def marked(text: str, evidence: tuple[UtteranceId, ...]) -> str:
        return text if utterance not in evidence or text.endswith(OF_OLD_WORDS) else text + OF_OLD_WORDS

    alarms = {key: replace(one, reason=marked(one.reason, one.evidence)) for key, one in state.alarms.items()}
    suspicions = {
        key: replace(one, reason=marked(one.reason, (one.utterance,))) for key, one in state.suspicions.items()
    }
    conflicts = {key: replace(one, message=marked(one.message, one.evidence)) for key, one in state.conflicts.items()}
    return replace(state, alarms=alarms, suspicions=suspicions, conflicts=conflicts)


@_take.register
def _fact_noted(event: FactNoted, state: State) -> State:
    return replace(state, facts={**state.facts, (event.slot, event.name): event})


@_take.register
def _alarm_raised(event: AlarmRaised, state: State) -> State:
    return replace(state, alarms={**state.alarms, event.alarm: event})


@_take.register
def _suspected(event: Suspected, state: State) -> State:
    return replace(state, suspicions={**state.suspicions, event.concern: event})


@_take.register
def _conflict_found(event: ConflictFound, state: State) -> State:
    return replace(state, conflicts={**state.conflicts, (event.kind, event.names): event})


@_take.register
def _questions_open(event: QuestionsOpen, state: State) -> State:
    """The complaint that was spoken of last stands last."""
    others = {complaint: known for complaint, known in state.questions.items() if complaint != event.complaint}
    return replace(state, questions={**others, event.complaint: event})


@_take.register
def _interview_closed(event: InterviewClosed, state: State) -> State:
    left = f", {len(event.open)} that must be asked have no answer" if event.open else ""
    text = f"the interview is over ({event.reason}): {event.n_questions} questions{left}"
    return _note(state, event, "trouble" if event.open or event.reason == "emergency" else "done", text)


# --- the voice


@_take.register
def _clause_synthesized(event: ClauseSynthesized, state: State) -> State:
    line = _line(state, event)
    saying = line.sayings.get(event.listener) or Saying(line.translation, event.language, "translation")
    if event.clause == 0:  # said once more, from its beginning
        saying = replace(saying, clauses={}, heard=frozenset(), shown=frozenset())
    saying = replace(saying, clauses={**saying.clauses, event.clause: event.text})
    return _with(state, line, sayings={**line.sayings, event.listener: saying})


@_take.register
def _clause_shown(event: ClauseShown, state: State) -> State:
    line = _line(state, event)
    saying = line.sayings.get(event.listener) or Saying(event.text, event.language, "translation")
    clauses = {**saying.clauses, event.clause: event.text}
    saying = replace(saying, clauses=clauses, shown=saying.shown | {event.clause})
    state = _warn(state, event, f"not spoken: “{event.text}”: {event.reason}", event.remedy)
    return _after_clause(state, event.utterance, event.listener, saying)


@_take.register
def _clause_spoken(event: ClauseSpoken, state: State) -> State:
    line = _line(state, event)
    saying = line.sayings.get(event.listener) or Saying(line.translation, line.target, "translation")
    saying = replace(saying, heard=saying.heard | {event.clause})
    return _after_clause(_with(state, line), event.utterance, event.listener, saying)


def _after_clause(state: State, utterance: UtteranceId, listener: Role, saying: Saying) -> State:
    line = state.lines[utterance]
    said = {"sayings": {**line.sayings, listener: saying}}
    if saying.purpose == "question" or not line.is_open or line.question:
        return _with(state, line, **said)
    if not saying.is_whole:
        return _with(state, line, **said, step=Step.SAYING)
    return _with(state, line, **said, step=Step.SAID if saying.heard else Step.SHOWN)


@_take.register
def _first_audio(event: FirstAudio, state: State) -> State:
    """It counts from the endpoint; people wait from the end of speech. What was typed has no such end."""
    line = _line(state, event)
    step = Step.SAYING if line.step is Step.WAITING else line.step
    if line.delay is not None or line.span is None or line.span.duration == 0.0:
        return _with(state, line, step=step)
    return _with(state, line, step=step, delay=max(0.0, event.seconds + event.at - line.span.end))


@_take.register
def _voice_paused(event: VoicePaused, state: State) -> State:
    line = _line(state, event)
    return _with(state, line, step=Step.PAUSED, why=event.reason) if line.step is Step.SAYING else state


@_take.register
def _voice_resumed(event: VoiceResumed, state: State) -> State:
    line = _line(state, event)
    return _with(state, line, step=Step.SAYING, why="") if line.step is Step.PAUSED else state


@_take.register
def _voice_cancelled(event: VoiceCancelled, state: State) -> State:
    line = _line(state, event)
    if line.question or line.held or event.reason in QUESTION_OVER or line.step in (Step.SPEAKING, Step.UNDERSTANDING):
        return state
    return _with(state, line, step=Step.CUT, why=event.reason)


# --- trouble


@_take.register
def _stage_failed(event: StageFailed, state: State) -> State:
    failed = replace(state, n_failed=state.n_failed + 1)
    step = {"step": Step.FAILED, "why": event.message} if event.utterance in state.lines else {}
    if event.utterance == NO_UTTERANCE:
        return _note(failed, event, "trouble", f"{event.stage} failed: {event.message}", event.remedy)
    return _warn(failed, event, f"{event.stage} failed: {event.message}", event.remedy, **step)
