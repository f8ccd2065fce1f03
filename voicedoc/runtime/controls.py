"""The stage `controls`: what people press while a session runs, as facts on the audio clock."""

from __future__ import annotations

import math
from collections.abc import AsyncIterable, Callable
from typing import ClassVar

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE, Event, InterpreterCalled, Pressed
from voicedoc.core.speech import UtteranceId
from voicedoc.runtime.stage import Emit, Kinds


def _nothing(pressed: Pressed) -> None:
    """What happens at once, where nothing does."""


class Controls:
    """A source that hands on what is pressed, at once. Call `press` from the event loop only.

    `position`: the audio clock, in seconds. `at_once` is called beside, for what must not wait in an inbox.
    """

    name: ClassVar[str] = "controls"
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset({Pressed, InterpreterCalled})

    def __init__(
        self, position: Callable[[], float], at_once: Callable[[Pressed], None] = lambda pressed: None
    ) -> None:
        self._position, self._at_once = position, at_once
        self._sending: MemoryObjectSendStream[Event]
        self._waiting: MemoryObjectReceiveStream[Event]
        self._sending, self._waiting = anyio.create_memory_object_stream[Event](math.inf)

    def press(self, command: Command, argument: str = "", utterance: UtteranceId = NO_UTTERANCE) -> None:
        """A key or a button. After `Command.END` nothing more is taken."""
        if self._sending.statistics().open_send_streams == 0:
            return
        at = round(self._position(), 5)  # as the journal keeps it: a replay presses at the same sample
        pressed = Pressed(at=at, command=command.value, argument=argument, utterance=utterance)
        self._at_once(pressed)
        self._sending.send_nowait(pressed)
        if command is Command.INTERPRETER:
            self._sending.send_nowait(InterpreterCalled(at=pressed.at, reason=argument))
        if command is Command.END:
            self._sending.close()

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Run until `Command.END`."""
        del inbox  # a source
        async with self._waiting:
            async for event in self._waiting:
                await emit(event)
