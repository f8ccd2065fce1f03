"""The stage `confirm`: what passed the guard, and what did not, becomes what may be spoken, or a question."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import ClassVar

from voicedoc.core.events import (
    Answered,
    Asked,
    Cleared,
    Event,
    Guarded,
    Held,
    Notice,
    NotTranslated,
    Pressed,
    TaughtBack,
    TurnAttributed,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.speech import Visit
from voicedoc.guard.asking import Asking
from voicedoc.guard.confirmation import Confirmation
from voicedoc.runtime.stage import Emit, Kinds


@dataclass(frozen=True)
class Confirm:
    """Lets translations go to be spoken, after what must be asked first. See `voicedoc.guard.confirmation`.

    Each translation ends as `Cleared` or `Withdrawn`, the last ones when the inbox ends. For live sessions: in a file
    nobody can be asked.
    """

    visit: Visit
    options: Asking = field(default_factory=Asking)

    name: ClassVar[str] = "confirm"
    consumes: ClassVar[Kinds] = frozenset({TurnAttributed, Guarded, Held, NotTranslated, Pressed, UtteranceReopened})
    emits: ClassVar[Kinds] = frozenset({Cleared, Asked, Answered, Withdrawn, TaughtBack, Notice})

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Run until the inbox ends."""
        confirmation = Confirmation(self.visit, self.options)
        async for event in inbox:
            for found in confirmation.take(event):
                await emit(found)
        for found in confirmation.close():
            await emit(found)
