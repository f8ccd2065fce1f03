"""What the patient sees of a session: what has been let go to them, in their language. No advice, nothing held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.view.keys import Press
from voicedoc.view.state import LET_GO, TEACH_BACK, Line, State, Step

LAST = 3
"""Sentences that stay in sight: the newest, and some before it."""


class Doing(StrEnum):
    """What goes on, as far as the patient need know."""

    LISTENING = "listening"
    SPEAK_NOW = "speak now"
    SPEAKING = "speaking"
    WAIT = "wait"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the patient's screen. `mine`: the patient said it; else it was said to them."""

    utterance: UtteranceId
    text: str
    language: str
    mine: bool
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class PatientScreen:
    """All that the patient's screen shows.

    `asked` is the utterance that yes and no answer, and the last of `said` asks about it; `repeats` is the one that is
    said again, if any. `is_live`: there is somebody whom a button tells something. Not `may_answer`: yes and no would
    answer another question than the one that the patient sees. `was_told`: the clinician is told that the patient
    wants to stop.
    """

    doing: Doing = Doing.WAIT
    said: tuple[Said, ...] = ()
    is_live: bool = False
    asked: UtteranceId = NO_UTTERANCE
    may_answer: bool = True
    repeats: UtteranceId = NO_UTTERANCE
    has_stopped: bool = False
    was_told: bool = False
    was_called: bool = False


def patient_screen(state: State, visit: Visit) -> PatientScreen:
    """What of `state` is for the patient's eyes. Once the session is closed, nothing that was said in it is."""
    if state.closed:
        return PatientScreen(doing=Doing.OVER)
    lines = state.in_order
    said = [part for line in lines for part in _parts(line, visit)]
    asked, question = _asked(state), next((part for part in reversed(said) if not part.mine), None)
    is_newest = question is not None and asked is not None and question.utterance == asked.utterance
    if is_newest and question is not None:
        said = [*(part for part in said if part is not question), question]
    return PatientScreen(
        doing=_doing(state),
        said=tuple(said[-LAST:]),
        asked=asked.utterance if asked and is_newest else NO_UTTERANCE,
        may_answer=is_newest or asked is None or asked.unclear,
        repeats=_repeatable(lines),
        has_stopped=state.resting,
        was_called=state.called is not None,
    )


def _parts(line: Line, visit: Visit) -> list[Said]:
    """The patient's own words; and what the voice says to them, or would if there were one."""
    parts = []
    own = line.text or line.stable
    if own and _is_own(line, visit):
        parts.append(Said(line.utterance, own, line.language or visit.patient, mine=True))
    saying = line.sayings.get(Role.PATIENT)
    if saying is not None and saying.text:
        is_question = saying.purpose == "question"
        parts.append(Said(line.utterance, saying.text, saying.language, mine=False, is_question=is_question))
    return parts


def _is_own(line: Line, visit: Visit) -> bool:
    """Not what somebody else said, even in the patient's language; nor what is not known yet to be the patient's."""
    if line.role is Role.UNKNOWN:
        return line.listener is Role.DOCTOR and same_language(line.language, visit.patient)
    return line.role is Role.PATIENT


def _asked(state: State) -> Line | None:
    """The line about which the patient is asked a yes or no aloud, the last one. `unclear`: it waits for a key."""
    questions = [(line, line.question) for line in state.waiting if line.question]
    to_patient = [line for line, one in questions if one.listener is Role.PATIENT and one.kind != TEACH_BACK]
    return to_patient[-1] if to_patient else None


def _repeatable(lines: list[Line]) -> UtteranceId:
    heard = [line.utterance for line in lines if line.listener is Role.PATIENT and line.step in LET_GO]
    return heard[-1] if heard else NO_UTTERANCE


def _doing(state: State) -> Doing:
    if state.resting:
        return Doing.PAUSED
    steps = {line.step for line in state.lines.values()}
    if Step.SAYING in steps:
        return Doing.SPEAKING
    if state.talking is Role.PATIENT:
        return Doing.SPEAK_NOW
    if state.waits_for_button or state.ending or state.talking is Role.DOCTOR:
        return Doing.WAIT
    return Doing.LISTENING


# --- what the patient's buttons do


class Button(StrEnum):
    """The patient's buttons."""

    YES = "yes"
    NO = "no"
    NOT_UNDERSTOOD = "not understood"
    STOP = "stop"
    GO_ON = "go on"


def presses_of(button: Button, screen: PatientScreen, word: str) -> tuple[Press, ...]:
    """The commands of a button. `word` is what stands on it, in the patient's language.

    Yes and no answer what the patient is asked; where nothing is, the patient has said that word. What was not
    understood is said again. Stop silences the voice, and nothing is listened to until somebody goes on.
    """
    match button:
        case Button.YES | Button.NO:
            if screen.asked != NO_UTTERANCE:
                return (Press(Command.YES if button is Button.YES else Command.NO, utterance=screen.asked),)
            return (Press(Command.TYPE, f"{Role.PATIENT.value}: {word}"),)
        case Button.NOT_UNDERSTOOD:
            return (Press(Command.REPEAT, utterance=screen.repeats),) if screen.repeats != NO_UTTERANCE else ()
        case Button.STOP:
            return (Press(Command.STOP), Press(Command.PAUSE))
        case Button.GO_ON:
            return (Press(Command.RESUME),)
