"""The stage `typed`: what somebody types during a session, as a turn of theirs."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from typing import ClassVar

from voicedoc.core.commands import Command
from voicedoc.core.events import Notice, Pressed, TurnAttributed
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.runtime.stage import Emit, Kinds

FIRST_TYPED = 1_000_000
"""Typed turns are numbered from here on, so that they never share a number with what is said."""


@dataclass(frozen=True)
class Typed:
    """Turns `Command.TYPE`, "doctor: Take one a day", into a turn in that person's language, sure in every word."""

    visit: Visit
    first: int = FIRST_TYPED

    name: ClassVar[str] = "typed"
    consumes: ClassVar[Kinds] = frozenset({Pressed})
    emits: ClassVar[Kinds] = frozenset({TurnAttributed, Notice})

    async def run(self, inbox: AsyncIterable[Pressed], emit: Emit) -> None:
        """Run until the inbox ends."""
        number = self.first
        async for pressed in inbox:
            if pressed.command != Command.TYPE:
                continue
            who, _, text = (part.strip() for part in pressed.argument.partition(":"))
            if who not in (Role.DOCTOR, Role.PATIENT) or not text:
                await emit(_not_understood(pressed))
                continue
            await emit(self._turn(pressed, UtteranceId(number), Role(who), text))
            number += 1

    def _turn(self, pressed: Pressed, number: UtteranceId, role: Role, text: str) -> TurnAttributed:
        return TurnAttributed(
            at=pressed.at,
            utterance=number,
            span=Span(pressed.at, pressed.at),
            role=role,
            method="typed",
            confidence=1.0,
            hypothesis=Hypothesis(text, self.visit.language_of(role), 1.0, 1.0),
        )


def _not_understood(pressed: Pressed) -> Notice:
    return Notice(
        at=pressed.at,
        code="nothing-typed",
        message="what was typed names nobody who says it, or says nothing",
        remedy="doctor: TEXT, or patient: TEXT",
    )
