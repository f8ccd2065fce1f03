"""What a confirmation has to tell, as events."""

from __future__ import annotations

from voicedoc.core.events import (
    NO_UTTERANCE,
    Answered,
    Asked,
    Cleared,
    Event,
    Guarded,
    Held,
    Notice,
    NotTranslated,
    Withdrawn,
)
from voicedoc.core.speech import UtteranceId
from voicedoc.guard.asking import Question
from voicedoc.guard.waiting import Waiting


class Outbox:
    """Events in the order in which they are told. `at` is the time of what they follow from."""

    def __init__(self) -> None:
        self.at = 0.0
        self._events: list[Event] = []

    def take(self) -> list[Event]:
        """What has been told since the last time."""
        events, self._events = self._events, []
        return events

    def tell(self, event: Event) -> None:
        """Any other event."""
        self._events.append(event)

    def clear(self, outcome: Guarded | Held) -> None:
        """A translation may be spoken."""
        self.tell(
            Cleared(
                at=max(self.at, outcome.at),
                utterance=outcome.utterance,
                listener=outcome.listener,
                language=outcome.translation.target,
                text=outcome.translation.text,
                purpose="translation",
            )
        )

    def withdraw(self, outcome: Guarded | Held | NotTranslated | None, reason: str) -> None:
        """A translation, if it is one, will not be spoken."""
        if isinstance(outcome, (Guarded, Held)):
            self.tell(Withdrawn(at=max(self.at, outcome.at), utterance=outcome.utterance, reason=reason))

    def ask(self, utterance: UtteranceId, question: Question) -> None:
        """A question is open."""
        self.tell(
            Asked(
                at=self.at,
                utterance=utterance,
                kind=question.kind,
                listener=question.listener,
                language=question.language,
                text=question.text,
                items=question.items,
            )
        )

    def say(self, utterance: UtteranceId, question: Question, *, critical: bool) -> None:
        """A question, or a request, may be spoken to whom it is for."""
        self.tell(
            Cleared(
                at=self.at,
                utterance=utterance,
                listener=question.listener,
                language=question.language,
                text=question.text,
                purpose="question",
                critical=critical,
            )
        )

    def answered(
        self,
        waiting: Waiting,
        answer: str,
        by: str,
        *,
        words: UtteranceId = NO_UTTERANCE,
        at: float | None = None,
    ) -> None:
        """What came of the open question of `waiting`."""
        self.tell(
            Answered(
                at=self.at if at is None else at,
                utterance=waiting.utterance,
                kind=waiting.questions[0].kind,
                answer=answer,
                by=by,
                words=words,
            )
        )

    def notice(self, code: str, message: str, remedy: str, *, at: float | None = None) -> None:
        """Something that the user must see."""
        self.tell(Notice(at=self.at if at is None else at, code=code, message=message, remedy=remedy))
