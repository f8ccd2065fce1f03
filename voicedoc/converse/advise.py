"""The stage `advise`: tells the clinician, on the screen only, what cannot wait and what to ask.

It never speaks and holds nothing up: nobody consumes what it emits but the journal and the screen.
"""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream

from voicedoc.converse.advice.advisor import Advisor
from voicedoc.core.events import (
    NO_UTTERANCE,
    AlarmRaised,
    ConflictFound,
    Event,
    FactNoted,
    Notice,
    QuestionsOpen,
    StageFailed,
    Suspected,
    TurnAttributed,
    TurnCorrected,
)
from voicedoc.errors import UnsupportedLanguage, VoiceDocError
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

log = logging.getLogger(__name__)

_TROUBLE = (VoiceDocError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What is wrong with a file of rules, or a mistake in them. Advice stands beside a visit: nothing in it may end one."""


@dataclass(frozen=True)
class Advise:
    """Reads every utterance by rules, on a thread that gives way to all others. `make` makes the advisor, there.

    `without` are the kinds that nobody emits in this session.
    """

    make: Callable[[], Advisor]
    worker: Worker
    without: Kinds = frozenset()

    name: ClassVar[str] = "advise"
    emits: ClassVar[Kinds] = frozenset(
        {AlarmRaised, Suspected, ConflictFound, FactNoted, QuestionsOpen, Notice, StageFailed}
    )

    @property
    def consumes(self) -> Kinds:
        """What may change the advice."""
        return frozenset({TurnAttributed, TurnCorrected}) - self.without

    async def run(self, inbox: AsyncIterable[TurnAttributed | TurnCorrected], emit: Emit) -> None:
        """Run until the inbox ends. It is emptied at once: nobody waits for advice."""
        put, take = anyio.create_memory_object_stream[TurnAttributed | TurnCorrected](math.inf)
        with take, put:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._advise, take, emit)
                async for event in inbox:
                    put.send_nowait(event)
                put.close()

    async def _advise(self, said: MemoryObjectReceiveStream[TurnAttributed | TurnCorrected], emit: Emit) -> None:
        try:
            advisor = await self.worker.call(self.make)
        except _TROUBLE as error:
            async for event in said:
                await emit(_failed(event.at, error))
                return
            return
        told: set[str] = set()
        async for event in said:
            for news in await self._news(advisor, event):
                if isinstance(news, Notice | StageFailed):  # once each, however often it happens
                    if news.message in told:
                        continue
                    told.add(news.message)
                await emit(news)

    async def _news(self, advisor: Advisor, event: TurnAttributed | TurnCorrected) -> list[Event]:
        try:
            return await self.worker.call(partial(_read, advisor, event))
        except UnsupportedLanguage as error:
            return [Notice(at=event.at, code="no-advice", message=f"no advice: {error}", remedy=error.remedy)]
        except _TROUBLE as error:
            return [_failed(event.at, error)]


def _read(advisor: Advisor, event: TurnAttributed | TurnCorrected) -> list[Event]:
    return advisor.correct(event) if isinstance(event, TurnCorrected) else advisor.hear(event)


def _failed(at: float, error: Exception) -> StageFailed:
    """About no utterance: what was said has been understood and is interpreted. A slip's text may hold its words."""
    message, remedy = f"no advice on what was said ({type(error).__name__})", "please report this"
    if isinstance(error, VoiceDocError):
        message, remedy = str(error), error.remedy
    log.warning("no advice: %s", type(error).__name__)
    return StageFailed(at=at, utterance=NO_UTTERANCE, stage=Advise.name, message=message, remedy=remedy)
