"""How facts flow: wiring, order, back-pressure, cancellation, workers, the floor; on asyncio and on trio."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import anyio
import pytest

from voicedoc.core.events import Event, Notice, StageTimed, UtteranceEvent
from voicedoc.core.speech import UtteranceId
from voicedoc.errors import BackendFailed, WiringError
from voicedoc.runtime.clock import SteppingClock, WallClock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.runner import INBOX_SIZE, check_wiring, run_pipeline
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(UtteranceEvent):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(UtteranceEvent):
    text: str = ""


@dataclass
class Source:
    n: int
    name: str = "source"
    sent: int = 0
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset({Said})

    async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
        for number in range(1, self.n + 1):
            await emit(Said(at=float(number), utterance=UtteranceId(number), text=f"{number}"))
            self.sent = number


@dataclass
class Echo:
    name: str = "echo"
    consumes: ClassVar[Kinds] = frozenset({Said})
    emits: ClassVar[Kinds] = frozenset({Heard})

    async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
        async for said in inbox:
            await emit(Heard(at=said.at, utterance=said.utterance, text=said.text))


@dataclass
class Sink:
    gate: anyio.Event | None = None
    got: list[str] = field(default_factory=list)
    name: str = "sink"
    consumes: ClassVar[Kinds] = frozenset({Heard})
    emits: ClassVar[Kinds] = frozenset()

    async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
        async for heard in inbox:
            if self.gate:
                await self.gate.wait()
            self.got.append(heard.text)


class Log:
    def __init__(self) -> None:
        self.events: list[tuple[Event, str]] = []

    def __call__(self, event: Event, stage: str) -> None:
        self.events.append((event, stage))


async def test_every_event_reaches_the_stage_that_consumes_it_in_order() -> None:
    sink, log = Sink(), Log()
    await run_pipeline([Source(50), Echo(), sink], log, SteppingClock())
    assert sink.got == [str(n) for n in range(1, 51)]
    assert [e.utterance for e, stage in log.events if stage == "echo" and isinstance(e, Heard)] == list(range(1, 51))


async def test_the_runner_times_every_stage_on_every_utterance() -> None:
    log = Log()
    await run_pipeline([Source(3), Echo(), Sink()], log, WallClock())
    timed = [(e.stage, e.utterance) for e, _ in log.events if isinstance(e, StageTimed)]
    assert sorted(timed) == [(s, n) for s in ("echo", "sink") for n in (1, 2, 3)]
    assert all(e.seconds >= 0 for e, _ in log.events if isinstance(e, StageTimed))


async def test_a_slow_stage_holds_its_producers_back_instead_of_filling_memory() -> None:
    source, sink = Source(1000), Sink(gate=anyio.Event())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run_pipeline, [source, Echo(), sink], Log(), SteppingClock())
        await anyio.wait_all_tasks_blocked()
        assert source.sent <= 2 * INBOX_SIZE + 3
        assert sink.gate is not None
        sink.gate.set()
    assert len(sink.got) == 1000


async def test_a_stage_that_breaks_ends_the_pipeline_with_its_error() -> None:
    class Broken(Sink):
        async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
            async for _ in inbox:
                raise RuntimeError("bug")

    with pytest.raises(ExceptionGroup) as caught:
        await run_pipeline([Source(1000), Echo(), Broken()], Log(), SteppingClock())
    assert caught.group_contains(RuntimeError, match="bug")


async def test_cancelling_ends_every_stage() -> None:
    log = Log()
    with anyio.move_on_after(0.05) as scope:
        await run_pipeline([Source(10**9), Echo(), Sink()], log, SteppingClock())
    assert scope.cancelled_caught
    assert log.events


async def test_emitting_what_was_not_declared_is_a_bug() -> None:
    class Liar(Echo):
        async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
            await emit(Notice(at=0.0, code="x", message="x"))

    with pytest.raises(ExceptionGroup) as caught:
        await run_pipeline([Source(1), Liar(), Sink()], Log(), SteppingClock())
    assert caught.group_contains(WiringError, match="without declaring")


def test_a_missing_producer_is_found_before_audio_opens() -> None:
    with pytest.raises(WiringError, match="Heard, which no stage emits"):
        check_wiring([Source(1), Sink()])


def test_two_stages_of_one_name_are_refused() -> None:
    with pytest.raises(WiringError, match="share a name"):
        check_wiring([Source(1), Source(1)])


def test_a_cycle_is_refused() -> None:
    class Back(Sink):
        name = "back"
        emits: ClassVar[Kinds] = frozenset({Said})

    with pytest.raises(WiringError, match="cycle"):
        check_wiring([Echo(), Back()])


def test_the_order_of_stages_follows_the_audio() -> None:
    assert check_wiring([Sink(), Echo(), Source(1)]) == ("source", "echo", "sink")


async def test_a_thread_worker_keeps_to_one_thread_of_its_own() -> None:
    worker = ThreadWorker("test")
    try:
        threads = {await worker.call(threading.get_ident) for _ in range(5)}
        assert len(threads) == 1
        assert threads != {threading.get_ident()}
    finally:
        worker.close()


@pytest.mark.parametrize("make", [InlineWorker, lambda: ThreadWorker("test")], ids=["inline", "thread"])
async def test_a_workers_error_reaches_the_caller(make: Any) -> None:
    worker = make()

    def fail() -> None:
        raise ValueError("no")

    try:
        with pytest.raises(ValueError, match="no"):
            await worker.call(fail)
    finally:
        worker.close()


@pytest.mark.parametrize("make", [InlineWorker, lambda: ThreadWorker("test")], ids=["inline", "thread"])
@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("CUDA failed with error CUBLAS_STATUS_ALLOC_FAILED"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
    ],
    ids=str,
)
async def test_where_there_is_no_memory_the_item_has_failed(error: Exception, make: Any) -> None:
    worker = make()

    def fail() -> None:
        raise error

    try:
        with pytest.raises(BackendFailed, match="no memory") as caught:
            await worker.call(fail)
        assert caught.value.remedy
        assert await worker.call(lambda: "the next") == "the next"
    finally:
        worker.close()


async def test_a_cancelled_caller_does_not_wait_for_the_thread() -> None:
    worker, release = ThreadWorker("test"), threading.Event()
    try:
        with anyio.fail_after(5), anyio.move_on_after(0.05) as scope:
            await worker.call(release.wait)
        assert scope.cancelled_caught
    finally:
        release.set()
        worker.close()


async def test_the_voice_waits_while_paused_and_goes_on_after_a_false_alarm() -> None:
    floor, said = Floor(), []

    async def voice() -> None:
        if await floor.may_speak(1):
            said.append(1)

    floor.pause()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(voice)
        await anyio.wait_all_tasks_blocked()
        assert said == []
        floor.resume()
    assert said == [1]


async def test_cancelling_a_turn_silences_it_alone_even_while_paused() -> None:
    floor, may = Floor(), {}

    async def voice(utterance: int) -> None:
        may[utterance] = await floor.may_speak(utterance)

    floor.pause()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(voice, 1)
        tasks.start_soon(voice, 2)
        await anyio.wait_all_tasks_blocked()
        floor.cancel(1)
        await anyio.wait_all_tasks_blocked()
        assert may == {1: False}
        floor.resume()
    assert may == {1: False, 2: True}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_a_worker_that_gives_way_has_a_low_priority_and_the_others_keep_theirs() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    usual, low = ThreadWorker("usual"), ThreadWorker("low", gives_way=True)
    try:
        assert low.run(priority) > usual.run(priority) == priority()
    finally:
        usual.close()
        low.close()
