"""What a stage is: a named coroutine that consumes some kinds of events and emits others."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable
from typing import Any, Protocol, TypeAlias

from voicedoc.core.events import Event

Kinds: TypeAlias = frozenset[type[Event]]


class Emit(Protocol):
    """Hands an event to the journal at once, then to each stage that consumes its kind; waits for room in inboxes."""

    async def __call__(self, event: Event, /) -> None: ...


class Stage(Protocol):
    """A step. `run` returns when its inbox has ended; a source has an empty `consumes` and returns when it is done."""

    @property
    def name(self) -> str: ...
    @property
    def consumes(self) -> Kinds: ...
    @property
    def emits(self) -> Kinds: ...

    async def run(self, inbox: AsyncIterable[Any], emit: Emit, /) -> None: ...


Record: TypeAlias = Callable[[Event, str], None]
"""Takes every event with the name of the stage that emitted it."""
