"""Who is asked what, and what becomes of it: events in, events out, one at a time. The stage `Confirm` runs it.

The policy. A translation that is held waits for the clinician's key. One that must be confirmed waits for the yes of
the one who spoke. What is said later to the same listener waits behind it, so that nobody hears "stop taking it"
without the sentence that says what; what is said to the other one does not wait. A spoken answer is the next utterance
of the one who was asked. A plain yes or no is taken out of the conversation. "No, fifteen" takes the first sentence
back. Anything else ("Yes, but …", a new sentence) is translated in its turn, and the question is asked once more; after
that only a key answers it, as after `answer_within` seconds. Whatever waits can be let go or dropped by a key.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from voicedoc.core.commands import Command
from voicedoc.core.events import (
    NO_UTTERANCE,
    Event,
    Guarded,
    Held,
    NotTranslated,
    Pressed,
    TurnAttributed,
    UtteranceReopened,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.guard.answers import Answer, read_answer, restates
from voicedoc.guard.asking import HOLD, Asking, questions_before, say_again
from voicedoc.guard.outbox import Outbox
from voicedoc.guard.taught import Lessons
from voicedoc.guard.waiting import Lines, Waiting

SOONEST = 1.5
"""Seconds after a question was asked before which nobody can have heard it: what begins earlier does not answer it."""

_YES = frozenset({Command.YES, Command.SAY})
_NO = frozenset({Command.NO, Command.SKIP})

_MOST_KEPT = 64
"""Keys that came before what they are about, utterances that were reopened, answers that may go on."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Pending:
    """A turn that waits for its translation. With `over` that has come, or will not.

    `taken`: why it will be withdrawn. `learned`: it repeats an instruction.
    """

    turn: TurnAttributed
    outcome: Guarded | Held | None = None
    over: bool = False
    heard: bool = False
    taken: str = ""
    learned: bool = False


class Confirmation:
    """Decides for each translation whether it may be spoken. Pure: what comes in alone decides, in its order.

    Turns are worked off one after another: one is heard when all before it have been translated, or failed to be.
    """

    def __init__(self, visit: Visit, asking: Asking) -> None:
        self._visit, self._asking = visit, asking
        self._outbox = Outbox()
        self._lessons = Lessons(visit, self._outbox)
        self._lines = Lines()
        self._pending: dict[UtteranceId, _Pending] = {}
        self._early: dict[UtteranceId, Guarded | Held | NotTranslated] = {}
        self._reopened: dict[UtteranceId, float] = {}
        self._kept: dict[UtteranceId, list[Pressed]] = {}
        self._before_answer: dict[UtteranceId, Waiting] = {}  # by the answer: what was asked, as it was then
        self._latest = NO_UTTERANCE

    def take(self, event: Event) -> list[Event]:
        """What follows from an event."""
        self._outbox.at = event.at
        if isinstance(event, UtteranceReopened):
            self._reopen(event)
        elif isinstance(event, Pressed):
            self._press(event)
        elif isinstance(event, TurnAttributed):
            self._turn(event)
        elif isinstance(event, (Guarded, Held, NotTranslated)):
            self._outcome(event)
        return self._outbox.take()

    def close(self) -> list[Event]:
        """The session ends: whatever still waits is withdrawn."""
        left = [waiting.outcome for waiting in self._lines]
        for outcome in [*left, *(pending.outcome for pending in self._pending.values()), *self._early.values()]:
            self._outbox.withdraw(outcome, "the session ended")
        self._lines, self._pending, self._early = Lines(), {}, {}
        return self._outbox.take()

    # --- turns and their translations

    def _turn(self, turn: TurnAttributed) -> None:
        if self._is_stale(turn):
            return
        self._latest = max(self._latest, turn.utterance)
        pending = self._pending[turn.utterance] = _Pending(turn)
        if early := self._early.pop(turn.utterance, None):
            self._join(pending, early)
        self._work_off()

    def _outcome(self, outcome: Guarded | Held | NotTranslated) -> None:
        pending = self._pending.get(outcome.utterance)
        if self._is_stale(outcome):
            self._outbox.withdraw(outcome, "reopened")
        elif pending:
            self._join(pending, outcome)
            self._work_off()
        else:
            self._early[outcome.utterance] = outcome

    def _is_stale(self, event: TurnAttributed | Guarded | Held | NotTranslated) -> bool:
        """Whether the speaker has gone on since: another revision of the utterance will come."""
        return event.at <= self._reopened.get(event.utterance, -1.0)

    def _join(self, pending: _Pending, outcome: Guarded | Held | NotTranslated) -> None:
        """Translations come in order: an earlier turn that has none by now will have none."""
        pending.over = True
        if isinstance(outcome, NotTranslated):
            return
        pending.outcome = outcome
        for earlier in self._pending.values():
            if earlier is pending:
                return
            earlier.over = True

    def _work_off(self) -> None:
        while self._pending:
            pending = next(iter(self._pending.values()))
            self._outbox.at = pending.turn.at
            if not pending.heard:
                pending.heard = True
                self._hear(pending)
            if not pending.over:
                return
            del self._pending[pending.turn.utterance]
            self._settle(pending)

    def _settle(self, pending: _Pending) -> None:
        if pending.outcome is None:
            return
        if pending.taken:
            self._outbox.withdraw(pending.outcome, pending.taken)
            return
        # What repeats an instruction is compared with it anyway.
        asking = replace(self._asking, read_back=()) if pending.learned else self._asking
        waiting = Waiting(
            pending.turn, pending.outcome, questions_before(pending.turn, pending.outcome, self._visit, asking)
        )
        line = self._lines.of(waiting)
        line.append(waiting)
        if len(line) > 1:
            self._tell(line[0])
        self._flow(line)

    def _flow(self, line: list[Waiting]) -> None:
        """Let go whatever need not wait, up to the first that is to be asked."""
        while line and not line[0].questions:
            ready = line.pop(0)
            self._outbox.clear(ready.outcome)
            if ready.outcome.listener is Role.PATIENT:
                self._lessons.spoken(ready.turn)
        if line and line[0].asked_at is None:
            self._ask(line[0])
            self._press_kept(line[0].utterance)

    # --- what is said while a question is open

    def _hear(self, pending: _Pending) -> None:
        turn = pending.turn
        speaker = self._speaker(turn)
        self._expire(turn.span.start)
        asked = self._asked_aloud(speaker, turn.span.start)
        if asked:
            self._answer(asked, pending)
        if not pending.taken:
            pending.learned = self._lessons.hear(turn, speaker)

    def _speaker(self, turn: TurnAttributed) -> Role:
        if turn.role in (Role.DOCTOR, Role.PATIENT):
            return turn.role
        return self._visit.listener(self._visit.other(turn.hypothesis.language))

    def _asked_aloud(self, speaker: Role, start: float) -> Waiting | None:
        """The question that words of `speaker` may answer: a spoken one before one that is only shown."""
        may = [waiting for waiting in self._lines.asked() if self._may_answer(waiting, speaker, start)]
        return min(may, key=lambda waiting: waiting.questions[0].kind == HOLD, default=None)

    def _may_answer(self, waiting: Waiting, speaker: Role, start: float) -> bool:
        question = waiting.questions[0]
        by_voice = (question.spoken or self._asking.say_by_voice) and not waiting.by_key
        return by_voice and question.listener is speaker and start >= (waiting.asked_at or 0.0) + SOONEST

    def _answer(self, asked: Waiting, pending: _Pending) -> None:
        """Take a turn as the answer to a question. To one that is only shown, only a plain yes or no is one."""
        turn, question = pending.turn, asked.questions[0]
        answer = read_answer(turn.hypothesis.text, turn.hypothesis.language, question.about)
        if question.kind == HOLD and answer not in (Answer.YES, Answer.NO):
            return
        self._remember(turn.utterance, asked)
        if answer is Answer.CORRECTION:
            self._correct(asked, pending)
        elif answer in (Answer.YES, Answer.NO):
            pending.taken = "an answer"
            self._outbox.answered(asked, answer.value, "voice", words=turn.utterance)
            self._settle_answer(asked, is_yes=answer is Answer.YES)
        else:
            pending.taken = "no plain answer" if answer is Answer.UNCLEAR else ""
            words = turn.utterance if pending.taken else NO_UTTERANCE
            self._outbox.answered(asked, "unclear", "voice", words=words)
            self._ask_again(asked)

    def _settle_answer(self, asked: Waiting, *, is_yes: bool) -> None:
        """A no to what was said asks for another sentence; one to a held translation drops it."""
        if is_yes:
            self._confirm(asked)
        elif asked.questions[0].kind == HOLD:
            self._deny(asked, "skipped")
        else:
            self._deny(asked, "the speaker said no", again=True)

    def _correct(self, asked: Waiting, pending: _Pending) -> None:
        """ "No, fifteen": the first sentence is void. What was said instead goes on if it can stand by itself."""
        turn = pending.turn
        whole = restates(turn.hypothesis.text, turn.hypothesis.language, asked.questions[0].about)
        pending.taken = "" if whole else "a correction that is to be said again"
        self._outbox.answered(asked, "no", "voice", words=turn.utterance)
        self._deny(asked, "the speaker corrected it", again=not whole)

    def _remember(self, answer: UtteranceId, asked: Waiting) -> None:
        """Keep what was asked, in case that the speaker goes on after what sounded like an answer."""
        self._forget_answers(asked.utterance)
        self._before_answer[answer] = asked.as_it_is()
        _keep_last(self._before_answer)

    def _forget_answers(self, asked: UtteranceId) -> None:
        self._before_answer = {answer: was for answer, was in self._before_answer.items() if was.utterance != asked}

    def _expire(self, now: float) -> None:
        """Questions that nobody has begun to answer in time wait for a key."""
        for waiting in self._lines.asked():
            end = (waiting.asked_at or 0.0) + self._asking.answer_within
            if waiting.questions[0].spoken and not waiting.by_key and now > end:
                self._outbox.answered(waiting, "none", "voice", at=end)
                self._wait_for_key(waiting, at=end)

    # --- questions

    def _ask(self, waiting: Waiting) -> None:
        question = waiting.questions[0]
        waiting.asked_at = self._outbox.at
        self._outbox.ask(waiting.utterance, question)
        if question.spoken:
            self._outbox.say(waiting.utterance, question, critical=True)

    def _ask_again(self, waiting: Waiting) -> None:
        """Once; after that it waits for a key."""
        waiting.n_unclear += 1
        if waiting.n_unclear == 1:
            self._ask(waiting)
        else:
            self._wait_for_key(waiting, at=self._outbox.at)

    def _wait_for_key(self, waiting: Waiting, *, at: float) -> None:
        waiting.by_key = True
        message = f"there is no plain answer about utterance {waiting.utterance}"
        self._outbox.notice("waits-for-key", message, "ask yourself, and press the key for yes or for no", at=at)

    def _tell(self, first: Waiting) -> None:
        """Say once that others wait behind a question."""
        if not first.told:
            first.told = True
            keys = "to say or to skip it" if first.questions[0].kind == HOLD else "for yes or for no"
            message = f"what is said next waits until utterance {first.utterance} is answered"
            self._outbox.notice("waits-in-line", message, f"press the key {keys}")

    def _confirm(self, waiting: Waiting) -> None:
        waiting.next_question()
        self._flow(self._lines.of(waiting))

    def _deny(self, waiting: Waiting, reason: str, *, again: bool = False) -> None:
        """Withdraw a translation; with `again` the one who spoke is asked to say it again."""
        self._lines.remove(waiting)
        self._lessons.forget(waiting.utterance)
        self._outbox.withdraw(waiting.outcome, reason)
        if again and (request := say_again(waiting.turn, waiting.outcome)):
            self._outbox.say(waiting.utterance, request, critical=False)
        self._flow(self._lines.of(waiting))

    # --- keys

    def _press(self, pressed: Pressed) -> None:
        if pressed.command == Command.TEACH_BACK:
            self._lessons.begin(pressed)
        elif pressed.command in _YES | _NO:
            self._press_answer(pressed)

    def _press_answer(self, pressed: Pressed) -> None:
        waiting = self._meant(pressed)
        if waiting:
            self._by_key(waiting, pressed)
        elif self._is_to_come(pressed.utterance):
            self._kept.setdefault(pressed.utterance, []).append(pressed)
            _keep_last(self._kept)
        else:
            self._outbox.notice("nothing-to-answer", f"there is no question for the key '{pressed.command}'", "")

    def _meant(self, pressed: Pressed) -> Waiting | None:
        asked = self._lines.asked()
        if pressed.utterance != NO_UTTERANCE:
            return next((waiting for waiting in asked if waiting.utterance == pressed.utterance), None)
        spoken = [waiting for waiting in asked if waiting.questions[0].spoken]
        shown = [waiting for waiting in asked if not waiting.questions[0].spoken]
        meant = spoken if pressed.command in (Command.YES, Command.NO) else shown + spoken
        return meant[0] if meant else None

    def _is_to_come(self, utterance: UtteranceId) -> bool:
        """Whether a question about an utterance may still be asked."""
        later = utterance > self._latest or utterance in self._pending
        return utterance != NO_UTTERANCE and (later or self._lines.find(utterance) is not None)

    def _press_kept(self, utterance: UtteranceId) -> None:
        for pressed in self._kept.pop(utterance, []):
            self._press_answer(pressed)

    def _by_key(self, waiting: Waiting, pressed: Pressed) -> None:
        is_shown = waiting.questions[0].kind == HOLD
        if is_shown and pressed.command == Command.YES:
            message = f"the key '{Command.YES}' does not let a held translation go"
            self._outbox.notice("nothing-to-answer", message, f"press the key '{Command.SAY}'")
            return
        self._forget_answers(waiting.utterance)
        self._outbox.answered(waiting, "yes" if pressed.command in _YES else "no", "key")
        if pressed.command == Command.SKIP:
            self._deny(waiting, "skipped")
        else:
            self._settle_answer(waiting, is_yes=pressed.command in _YES)

    # --- utterances that go on

    def _reopen(self, event: UtteranceReopened) -> None:
        """Void what followed from an utterance: its translation, and what it answered."""
        utterance = event.utterance
        self._reopened[utterance] = event.at
        _keep_last(self._reopened)
        self._kept.pop(utterance, None)
        self._forget_answers(utterance)
        self._lessons.forget(utterance)
        pending, early = self._pending.pop(utterance, None), self._early.pop(utterance, None)
        self._outbox.withdraw(pending.outcome if pending else early, "reopened")
        if waiting := self._lines.find(utterance):
            self._deny(waiting, "reopened")
        if asked := self._before_answer.pop(utterance, None):
            self._take_back(asked)
        self._work_off()

    def _take_back(self, asked: Waiting) -> None:
        """The answer goes on: the question is as open as before. What it let go is withdrawn."""
        if current := self._lines.find(asked.utterance):
            self._lines.remove(current)
        else:
            self._outbox.withdraw(asked.outcome, "the answer goes on")
            self._lessons.forget(asked.utterance)
        line = self._lines.of(asked)
        if line:
            line[0].asked_at = None  # it was next, and has to wait again
        line.insert(0, asked)
        self._outbox.ask(asked.utterance, asked.questions[0])


def _keep_last(kept: dict[Key, Any]) -> None:
    """Forget the oldest of more than `_MOST_KEPT`."""
    for old in list(islice(kept, max(0, len(kept) - _MOST_KEPT))):
        del kept[old]
