"""One run of stages with its journal: how it opens, is watched, is stopped early, and ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

import anyio
from anyio.abc import TaskStatus

from voicedoc.core.events import Event, SessionClosed, SessionDated, SessionOpened, Utterance
from voicedoc.core.journal import JournalSink
from voicedoc.errors import StoreError, VoiceDocError
from voicedoc.runtime.clock import Clock, WallClock
from voicedoc.runtime.runner import check_wiring, run_pipeline
from voicedoc.runtime.stage import Stage

T = TypeVar("T")

Watch: TypeAlias = Callable[[Event], None]
"""Sees every event as it happens, for captions and progress. Called in the event loop; must return at once."""


def nobody(event: Event) -> None:
    """A `Watch`: nobody watches."""


ASK_EVERY = 0.1
"""Seconds between two times that somebody is asked whether to stop."""


def run_until_signal(work: Callable[[anyio.Event], Awaitable[T]], asked: Callable[[], bool] | None = None) -> T:
    """Run `work(stop)` from code that is not asynchronous. In the main thread Ctrl-C or SIGTERM sets `stop`.

    In any thread `asked` does, once it is true.
    """

    async def run() -> T:
        stop = anyio.Event()
        async with anyio.create_task_group() as tasks:
            if threading.current_thread() is threading.main_thread():
                await tasks.start(_stop_on_signal, stop)
            if asked is not None:
                tasks.start_soon(_stop_when, asked, stop)
            done = await work(stop)
            tasks.cancel_scope.cancel()
        return done

    try:
        return anyio.run(run)
    except BaseExceptionGroup as group:
        raise cause(group) from group


async def _stop_when(asked: Callable[[], bool], stop: anyio.Event) -> None:
    while not asked():
        await anyio.sleep(ASK_EVERY)
    stop.set()


async def _stop_on_signal(stop: anyio.Event, *, task_status: TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        async for _ in signals:
            stop.set()


@dataclass
class Run:
    """Runs stages into a journal. `heard` is how far it has come, in seconds on the audio clock."""

    watch: Watch = nobody
    stop: anyio.Event = field(default_factory=anyio.Event)
    clock: Clock = field(default_factory=WallClock)
    heard: float = 0.0
    n_utterances: int = 0

    async def through(
        self, stages: Sequence[Stage], journal: JournalSink, opened: SessionOpened, known: Iterable[Event] = ()
    ) -> None:
        """Open the journal, run the stages to their end or to `stop`, close the journal.

        `opened` is the journal's first line; the names of the stages are filled in. `known` are facts from before the
        first sound.
        """
        order = check_wiring(stages)
        journal.order(order)
        began = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        for event in (replace(opened, stages=order), SessionDated(at=0.0, began=began), *known):
            self._record(journal, event, "")
        reason = "failed"
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._cancel_on_stop, tasks.cancel_scope)
                await run_pipeline(stages, lambda event, stage: self._record(journal, event, stage), self.clock)
                reason = "finished"
                tasks.cancel_scope.cancel()
            if self.stop.is_set():
                reason = "interrupted"
        except BaseExceptionGroup as group:
            raise cause(group) from group
        finally:
            self._close(journal, reason)

    async def _cancel_on_stop(self, scope: anyio.CancelScope) -> None:
        await self.stop.wait()
        scope.cancel()

    def _record(self, journal: JournalSink, event: Event, stage: str) -> None:
        journal.append(event, stage)
        self.heard = max(self.heard, event.at)
        if isinstance(event, Utterance) and event.revision == 0:  # a reopened one is the same
            self.n_utterances += 1
        self.watch(event)

    def _close(self, journal: JournalSink, reason: str) -> None:
        """Write the last line and seal. After a full disk neither is possible, and the journal stands as it is."""
        closed = SessionClosed(at=self.heard, reason=reason, n_utterances=self.n_utterances)
        with suppress(StoreError):
            self._record(journal, closed, "")
            journal.seal()


def cause(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one deliberate error in a group, if there is one; else the group."""
    deliberate, others = group.split(VoiceDocError)
    if others is None and deliberate is not None:
        leaf: BaseException = deliberate
        while isinstance(leaf, BaseExceptionGroup):
            leaf = leaf.exceptions[0]
        return leaf
    return group
