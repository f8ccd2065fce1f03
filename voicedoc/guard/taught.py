"""Teach-back in the course of a visit: which instructions have been spoken, and what the patient repeats of one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from voicedoc.core.events import NO_UTTERANCE, Answered, Pressed, TaughtBack, TurnAttributed
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.guard.answers import Answer, n_words_beside, read_answer
from voicedoc.guard.asking import TEACH_BACK, Question
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import supported
from voicedoc.guard.outbox import Outbox
from voicedoc.guard.questions import wording
from voicedoc.guard.teach_back import TAUGHT, compare_repetition

_MOST_REMEMBERED = 50

_SAYS_SOMETHING = 3
"""Words of a patient's utterance after which what the doctor says is another instruction."""


@dataclass(frozen=True, slots=True)
class _Instruction:
    """A sentence with critical content that the patient heard. `run`: the same where they hardly spoke in between."""

    utterance: UtteranceId
    text: str
    language: str
    run: int


@dataclass(slots=True)
class _Lesson:
    """An instruction that the patient is to repeat, since when, and what was repeated, by utterance."""

    instruction: tuple[UtteranceId, ...]
    text: str
    language: str
    asked_at: float
    repeated: dict[UtteranceId, str] = field(default_factory=dict)


class Lessons:
    """Remembers the doctor's instructions; has the last repeated, or the one that is named; compares."""

    def __init__(self, visit: Visit, outbox: Outbox) -> None:
        self._patient, self._outbox = visit.patient, outbox
        self._spoken: deque[_Instruction] = deque(maxlen=_MOST_REMEMBERED)
        self._run = 0
        self._lesson: _Lesson | None = None

    def spoken(self, turn: TurnAttributed) -> None:
        """This was said to the patient."""
        text, language = turn.hypothesis.text, turn.hypothesis.language
        if supported(language) and any(item.kind in TAUGHT for item in extract(text, language)):
            self._spoken.append(_Instruction(turn.utterance, text, language, self._run))

    def forget(self, utterance: UtteranceId) -> None:
        """This was not said so."""
        kept = [spoken for spoken in self._spoken if spoken.utterance != utterance]
        self._spoken = deque(kept, maxlen=_MOST_REMEMBERED)
        if self._lesson:
            self._lesson.repeated.pop(utterance, None)

    def begin(self, pressed: Pressed) -> None:
        """Ask the patient to repeat an instruction."""
        chosen = self._chosen(pressed.utterance)
        words = wording(self._patient) if supported(self._patient) else None
        if not chosen or words is None:
            why = f"the guard does not know '{self._patient}'" if chosen else "nothing critical has been said"
            self._outbox.notice("nothing-to-teach-back", f"there is no instruction to repeat: {why}", "")
            return
        ids = tuple(one.utterance for one in chosen)
        text = " ".join(one.text for one in chosen)
        self._lesson = _Lesson(ids, text, chosen[0].language, pressed.at)
        request = Question(TEACH_BACK, Role.PATIENT, self._patient, words.teach_back, ())
        self._outbox.ask(ids[-1], request)
        self._outbox.say(ids[-1], request, critical=False)

    def _chosen(self, utterance: UtteranceId) -> list[_Instruction]:
        if utterance != NO_UTTERANCE:
            return [one for one in self._spoken if one.utterance == utterance]
        return [one for one in self._spoken if one.run == self._spoken[-1].run]

    def hear(self, turn: TurnAttributed, speaker: Role) -> bool:
        """Whether a turn repeats the instruction; then what is there and what is missing has been told.

        A lesson is over when all is there, or when the doctor goes on.
        """
        text, language = turn.hypothesis.text, turn.hypothesis.language
        lesson = self._lesson if self._lesson and turn.span.start >= self._lesson.asked_at else None
        says_something = read_answer(text, language) in (Answer.STATEMENT, Answer.CORRECTION)
        if speaker is Role.DOCTOR:
            if lesson and says_something:
                self._end(lesson)
            return False
        if lesson and says_something and supported(language):
            self._compare(lesson, turn)
            return True
        if n_words_beside(text, language) >= _SAYS_SOMETHING:
            self._run += 1
        return False

    def _compare(self, lesson: _Lesson, turn: TurnAttributed) -> None:
        lesson.repeated[turn.utterance] = turn.hypothesis.text
        said = " ".join(lesson.repeated.values())
        found = compare_repetition(lesson.text, said, source=lesson.language, target=turn.hypothesis.language)
        self._outbox.tell(
            TaughtBack(
                at=turn.at,
                utterance=turn.utterance,
                instruction=lesson.instruction,
                kept=found.kept,
                missing=found.missing,
                changed=found.changed,
                added=found.added,
            )
        )
        if found.whole:
            self._lesson = None

    def _end(self, lesson: _Lesson) -> None:
        self._lesson = None
        if not lesson.repeated:
            about = lesson.instruction[-1]
            self._outbox.tell(Answered(at=self._outbox.at, utterance=about, kind=TEACH_BACK, answer="none", by="voice"))
