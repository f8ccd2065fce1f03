"""Translations that wait: for an answer, or for one before them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from voicedoc.core.events import Guarded, Held, TurnAttributed
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.guard.asking import Question


@dataclass(slots=True)
class Waiting:
    """One translation, and what must be answered before it may be spoken; the first question is the one that is open.

    `asked_at` is when that was asked, on the audio clock; None while it waits in line. `n_unclear` counts answers that
    were none. With `by_key` a spoken answer does not count any more. `told`: people know that others wait behind it.
    """

    turn: TurnAttributed
    outcome: Guarded | Held
    questions: tuple[Question, ...]
    asked_at: float | None = None
    n_unclear: int = 0
    by_key: bool = False
    told: bool = False

    @property
    def utterance(self) -> UtteranceId:
        return self.outcome.utterance

    @property
    def open(self) -> Question | None:
        """The question that has been asked."""
        return self.questions[0] if self.asked_at is not None else None

    def next_question(self) -> None:
        """The open one is answered."""
        self.questions, self.asked_at, self.n_unclear, self.by_key = self.questions[1:], None, 0, False

    def as_it_is(self) -> Waiting:
        """A copy, to go back to."""
        return copy(self)


@dataclass(slots=True)
class Lines:
    """For each listener what waits to be said to them, in the order in which it was said. Only a first one is asked."""

    rows: dict[Role, list[Waiting]] = field(default_factory=lambda: {Role.DOCTOR: [], Role.PATIENT: []})

    def __iter__(self) -> Iterator[Waiting]:
        for row in self.rows.values():
            yield from row

    def of(self, waiting: Waiting) -> list[Waiting]:
        """The line that it stands in, or would."""
        return self.rows[waiting.outcome.listener]

    def find(self, utterance: UtteranceId) -> Waiting | None:
        """What waits of an utterance."""
        return next((waiting for waiting in self if waiting.utterance == utterance), None)

    def remove(self, waiting: Waiting) -> None:
        """Take it out of its line. Nothing happens where it is in none."""
        row = self.of(waiting)
        row[:] = [other for other in row if other.utterance != waiting.utterance]

    def asked(self) -> list[Waiting]:
        """Those with an open question, the last asked first."""
        found = [waiting for waiting in self if waiting.open]
        return sorted(found, key=lambda waiting: (waiting.asked_at or 0.0, waiting.utterance), reverse=True)
