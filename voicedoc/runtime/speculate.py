"""The stage `speculate`: at a first silence, does ahead what will be wanted if the utterance is over."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, NamedTuple

import anyio

from voicedoc.core.events import SpeechPaused, SpeechSoFar, Utterance
from voicedoc.errors import VoiceDocError
from voicedoc.runtime.newest import Newest
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

_log = logging.getLogger(__name__)


class Step(NamedTuple):
    """A piece of work, on the worker of the stage that will want its result. The first step is given an `Utterance`,
    each other one what came of the step before; None ends the chain."""

    worker: Worker
    do: Callable[[Any], Any]


@dataclass(frozen=True)
class Speculate:
    """Calls the backends as the ordinary stages will, so that these find the results in the backends' memories.

    Nothing comes of it but time. Only the newest silence of a channel counts: when the speaker goes on, what has not
    begun for the old one never does. A step that fails ends its chain; the ordinary stage meets the failure again and
    reports it.
    """

    steps: Sequence[Step]

    name: ClassVar[str] = "speculate"
    consumes: ClassVar[Kinds] = frozenset({SpeechPaused, SpeechSoFar, Utterance})
    emits: ClassVar[Kinds] = frozenset()

    async def run(self, inbox: AsyncIterable[SpeechPaused | SpeechSoFar | Utterance], emit: Emit) -> None:
        """Run until the inbox ends. What is being done then is left."""
        pauses: Newest[SpeechPaused] = Newest()
        async with anyio.create_task_group() as tasks:
            going_on = _GoingOn()
            tasks.start_soon(self._work, pauses, going_on)
            async for event in inbox:
                match event:
                    case SpeechPaused():
                        going_on.stop(event.channel)
                        pauses.put(event.channel, event)
                    case SpeechSoFar():
                        going_on.stop(event.channel)
                        pauses.drop(event.channel)
                    case Utterance():
                        pauses.drop(event.channel)
            tasks.cancel_scope.cancel()

    async def _work(self, pauses: Newest[SpeechPaused], going_on: _GoingOn) -> None:
        while paused := await pauses.take():
            with going_on.work(paused.channel):
                await self._chain(paused)

    async def _chain(self, paused: SpeechPaused) -> None:
        value: Any = utterance_of(paused)
        try:
            for worker, do in self.steps:
                value = await worker.call(partial(do, value))
                if value is None:
                    return
        except VoiceDocError as error:
            _log.debug("nothing could be done ahead for utterance %d: %s", paused.utterance, type(error).__name__)


class _GoingOn:
    """The chain that is being worked on, so that it can be given up."""

    def __init__(self) -> None:
        self._channel, self._scope = -1, anyio.CancelScope()

    def work(self, channel: int) -> anyio.CancelScope:
        self._channel, self._scope = channel, anyio.CancelScope()
        return self._scope

    def stop(self, channel: int) -> None:
        if channel == self._channel:
            self._scope.cancel()


def utterance_of(event: SpeechPaused | SpeechSoFar) -> Utterance:
    """The utterance as it would be, were it over now."""
    return Utterance(
        at=event.at,
        utterance=event.utterance,
        channel=event.channel,
        span=event.span,
        reason="silence",
        revision=event.revision,
        samples=event.samples,
    )
