"""Runs stages: one bounded inbox each, routed by event type. Live, batch and evaluation use the same loop."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from contextlib import ExitStack, aclosing
from graphlib import CycleError, TopologicalSorter

from anyio import create_memory_object_stream, create_task_group
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from voicedoc.core.events import Event, StageTimed, UtteranceEvent
from voicedoc.errors import WiringError
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.stage import Record, Stage

INBOX_SIZE = 16
"""Events. A stage that is behind holds its producers back; for frames of 0.25 s that is four seconds of audio."""


def check_wiring(stages: Sequence[Stage]) -> tuple[str, ...]:
    """The stages' names, from source to sink.

    Raises:
        WiringError: If two stages share a name, an event that a stage consumes is emitted by none, or stages form a
            cycle.
    """
    names = [stage.name for stage in stages]
    if len(set(names)) != len(names):
        raise WiringError(f"two stages share a name: {', '.join(sorted(names))}")
    producers = {
        stage.name: {p.name for p in stages if p is not stage and p.emits & stage.consumes} for stage in stages
    }
    for stage in stages:
        emitted = frozenset[type[Event]]().union(*(p.emits for p in stages if p is not stage))
        if missing := stage.consumes - emitted:
            lacking = ", ".join(sorted(kind.__name__ for kind in missing))
            raise WiringError(f"stage '{stage.name}' consumes {lacking}, which no stage emits")
    try:
        return tuple(TopologicalSorter(producers).static_order())
    except CycleError as error:
        raise WiringError(f"stages form a cycle: {' → '.join(error.args[1])}") from error


async def run_pipeline(stages: Sequence[Stage], record: Record, clock: Clock) -> None:
    """Run until every source has ended and every stage has drained its inbox. A stage never takes what it emits.

    A stage that raises cancels the others; cancelling this call cancels them all.
    """
    check_wiring(stages)
    ends = {stage.name: create_memory_object_stream[Event](INBOX_SIZE) for stage in stages}
    outlets = {
        producer.name: [
            (consumer.consumes, ends[consumer.name][0].clone())
            for consumer in stages
            if consumer is not producer and consumer.consumes & producer.emits
        ]
        for producer in stages
    }
    async with create_task_group() as tasks:
        for stage in stages:
            ends[stage.name][0].close()  # from now on only its producers hold it open
            driver = _Driver(stage, ends[stage.name][1], outlets[stage.name], record, clock)
            tasks.start_soon(driver.drive, name=stage.name)


class _Driver:
    """Runs one stage between its inbox and its outlets, and measures how long it works on each utterance."""

    def __init__(
        self,
        stage: Stage,
        inbox: MemoryObjectReceiveStream[Event],
        outlets: list[tuple[frozenset[type[Event]], MemoryObjectSendStream[Event]]],
        record: Record,
        clock: Clock,
    ) -> None:
        self._stage, self._inbox, self._outlets = stage, inbox, outlets
        self._record, self._clock = record, clock
        self._waited = 0.0  # wall seconds that the item in hand waited for full inboxes

    async def drive(self) -> None:
        with ExitStack() as closing:
            for _, outlet in self._outlets:
                closing.enter_context(outlet)
            closing.enter_context(self._inbox)
            async with aclosing(self._timed(self._inbox)) as inbox:
                await self._stage.run(inbox, self._emit)

    async def _emit(self, event: Event) -> None:
        if type(event) not in self._stage.emits:
            raise WiringError(f"stage '{self._stage.name}' emits {type(event).__name__} without declaring it")
        self._record(event, self._stage.name)  # at once: control and display never queue behind data
        began = self._clock.now()
        for kinds, outlet in self._outlets:
            if type(event) in kinds:
                await outlet.send(event)
        self._waited += self._clock.now() - began

    async def _timed(self, inbox: AsyncIterable[Event]) -> AsyncGenerator[Event, None]:
        async for event in inbox:
            began, self._waited = self._clock.now(), 0.0
            yield event
            if isinstance(event, UtteranceEvent):
                seconds = self._clock.now() - began - self._waited
                timed = StageTimed(
                    at=event.at, utterance=event.utterance, stage=self._stage.name, began=began, seconds=seconds
                )
                self._record(timed, self._stage.name)
