"""The stage `capture` for a live session: microphones, on disk before anybody listens, whatever becomes of them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterable, Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, aclosing, nullcontext
from functools import partial
from math import ceil
from pathlib import Path
from typing import ClassVar

from anyio import CancelScope, create_task_group

from voicedoc.capture.backlog import Backlog
from voicedoc.capture.chunks import CHUNKS_NAME, HEARD_NAME, ChunkWriter, as_block
from voicedoc.capture.damage import Damages, note_clipping
from voicedoc.capture.devices import Microphone
from voicedoc.capture.echo import LEAD, EchoCanceller, Reference, samples_ahead
from voicedoc.capture.gate import Gate
from voicedoc.capture.hearing import FRAME_SAMPLES, Duplex, Hearing
from voicedoc.capture.keeping import Keeping
from voicedoc.capture.lines import Lines
from voicedoc.capture.order import InOrder
from voicedoc.capture.recorder import OpenInput, open_microphone
from voicedoc.core.audio import SPEECH_RATE, as_samples, level_db
from voicedoc.core.cipher import Cipher
from voicedoc.core.events import (
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    DeviceBack,
    DeviceLost,
    Event,
    Frame,
    LagReport,
    Muted,
    Notice,
)
from voicedoc.errors import StoreError
from voicedoc.runtime.clock import Clock, WallClock
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

POLL = 0.02
"""Seconds between looks at the microphones."""

LATE = 3 * POLL
"""Seconds after the last look from which the event loop counts as standing still."""


class ReadMicrophone:
    """Records `microphones` into `CHUNKS_NAME` in `folder` and emits what is to be listened to.

    Each of the channels that the microphones name is a channel of the session, in order. Where `folder` holds a
    recording already it goes on, at `begin_at` seconds or where it ends, whichever is later.

    `gate` silences; `echo` makes a canceller, one for each channel, which take out what `reference` says that the
    loudspeaker plays, heard `echo_delay` seconds later (`SoundChecked.echo_delay`). `worker` must not be shared: the
    disk makes it wait. Recording waits for nobody who listens.

    Ends with `stop`, in `BackendUnavailable` where a microphone cannot be opened at the start, or in `StoreError` where
    the disk takes nothing for minutes.
    """

    name: ClassVar[str] = "capture"
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset(
        {AudioOpened, Frame, DeviceLost, DeviceBack, AudioDamaged, Muted, Notice, LagReport, AudioClosed}
    )

    def __init__(
        self,
        microphones: Sequence[Microphone],
        folder: Path,
        cipher: Cipher,
        clock: Clock,
        worker: Worker,
        *,
        gate: Gate | None = None,
        echo: Callable[[], EchoCanceller] | None = None,
        reference: Reference | None = None,
        echo_delay: float = LEAD,
        begin_at: float = 0.0,
        open_input: OpenInput = open_microphone,
    ) -> None:
        self._microphones, self._open_input = microphones, open_input
        self._clock, self._worker = clock, worker
        self._stopped = False
        self._recording = _Recording(folder, cipher, clock, gate, echo, reference, samples_ahead(echo_delay), begin_at)

    @property
    def position(self) -> float:
        """The audio clock, as of now: seconds since the session's first sample. From any thread."""
        return self._recording.position

    @property
    def levels(self) -> tuple[float, ...]:
        """What each channel hears just now, in dB relative to full scale. From any thread."""
        return self._recording.levels

    def stop(self) -> None:
        """End the recording. From any thread."""
        self._stopped = True

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Record until `stop`."""
        del inbox  # a source
        backlog = Backlog()
        try:
            await self._open()
            async with create_task_group() as tasks, aclosing(backlog.events()) as events:
                tasks.start_soon(self._record, backlog)
                async for event in events:
                    await emit(event)
        finally:
            with CancelScope(shield=True):  # on the same thread: after a block that is still being written
                await self._worker.call(self._recording.close)

    async def _open(self) -> None:
        began = self._clock.now()
        await self._worker.call(partial(self._recording.open, self._microphones, self._open_input))
        while not self._stopped:
            if await self._worker.call(partial(self._recording.has_sound, self._clock.now() - began)):
                return
            await self._wait()

    async def _record(self, backlog: Backlog) -> None:
        if not self._stopped:
            backlog.put(await self._worker.call(self._recording.begin))
        with self._standby():
            while not self._stopped:
                await self._wait()
                backlog.put(await self._worker.call(self._recording.step))
        backlog.put(await self._worker.call(self._recording.finish))
        backlog.end()

    def _standby(self) -> AbstractContextManager[object]:
        """Who records while the event loop stands still; nobody where time stands still, too."""
        return _Standby(self._recording) if isinstance(self._clock, WallClock) else nullcontext()

    async def _wait(self) -> None:
        await self._clock.sleep_until(self._clock.now() + POLL)


class _Standby:
    """A thread that records where nobody else has for a while. What it heard is for the next who does."""

    def __init__(self, recording: _Recording) -> None:
        self._recording = recording
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="voicedoc-standby", daemon=True)

    def __enter__(self) -> _Standby:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(POLL):
            try:
                self._recording.step_if_late()
            except StoreError:  # the next step meets it, too, and tells
                return


class _Recording:
    """The blocking part: microphones, disk, and what is listened to. One thread at a time; `step` from several."""

    def __init__(
        self,
        folder: Path,
        cipher: Cipher,
        clock: Clock,
        gate: Gate | None,
        echo: Callable[[], EchoCanceller] | None,
        reference: Reference | None,
        n_ahead: int,
        begin_at: float,
    ) -> None:
        self._folder, self._cipher, self._clock, self._begin_at = folder, cipher, clock, begin_at
        self._gate, self._echo, self._reference, self._n_ahead = gate, echo, reference, n_ahead
        self._opened = ExitStack()
        self._begun = False
        self._turn = threading.Lock()
        self._looked_at = 0.0
        self._meanwhile: list[Event] = []
        self._happened = InOrder()
        self._lines: Lines
        self.levels: tuple[float, ...] = ()

    def open(self, microphones: Sequence[Microphone], open_input: OpenInput) -> None:
        self._lines = Lines(microphones, open_input)
        self._opened.callback(self._lines.close)

    def has_sound(self, waited: float) -> bool:
        return self._lines.have_sound(waited)

    @property
    def position(self) -> float:
        return self._lines.position(self._clock.now()) if self._begun else self._begin_at

    def close(self) -> None:
        """Close what is open. What has been recorded is then whole."""
        self._opened.close()

    def begin(self) -> list[Event]:
        """Take up the recording."""
        self._keeping = Keeping(self._writer(CHUNKS_NAME, self._lines.device_rate, self._lines.n_channels))
        self._opened.callback(self._keeping.close)
        self._rate = self._keeping.writer.rate
        self._keeping.fill_up(round(self._begin_at * self._rate))
        self._n_samples = self._keeping.writer.n_samples
        self._damages = Damages(self._rate)
        self._lines.begin(self._clock.now(), self._rate, self._damages, self._n_samples)
        first_sample = ceil(self._n_samples * SPEECH_RATE / self._rate)
        self._hearing = Hearing(
            self._rate, self._lines.n_channels, self._gate, self._duplex(first_sample), first_sample
        )
        self._begun = True
        opened = AudioOpened(
            at=first_sample / SPEECH_RATE,
            source=self._lines.names,
            codec="pcm_s16le",
            rate=self._rate,
            n_channels=self._lines.n_channels,
            duration=None,
        )
        return [opened]

    def step(self) -> list[Event]:
        """Take in what the microphones have heard, write it, and say what is to be listened to."""
        with self._turn:
            events, self._meanwhile = [*self._meanwhile, *self._step()], []
            return events

    def step_if_late(self) -> None:
        """Do the next `step`'s work where it should long have been done. That one then tells of it."""
        if self._clock.now() - self._looked_at > LATE:
            with self._turn:
                self._meanwhile += self._step()

    def _step(self) -> list[Event]:
        self._looked_at = now = self._clock.now()
        self._happened.add(self._lines.poll(now))
        events: list[Event] = []
        size = FRAME_SAMPLES * self._rate // SPEECH_RATE
        while self._lines.available >= size:
            events += self._take(size)
        self._happened.add(self._damages.settled(self._n_samples))
        return self._happened.among(events)

    def finish(self) -> list[Event]:
        """The rest, and the end."""
        if not self._begun:
            return []
        last = self._happened.among([*self._take(self._lines.available), *self._hearing.finish()])
        events = [*self._meanwhile, *last]
        self.close()
        duration = self._n_samples / self._rate
        closed = AudioClosed(at=duration, spool=CHUNKS_NAME, duration=duration)
        self._happened.add(self._damages.settled(self._n_samples, finished=True))
        return [*events, *self._happened.rest(), closed]

    def _take(self, n: int) -> list[Event]:
        pcm = self._lines.take(n)
        notices = self._keeping.keep(pcm, self._n_samples / self._rate)  # before anything else looks at it
        block = as_block(pcm)
        note_clipping(block, self._n_samples, self._rate, self._damages)
        self._n_samples += n
        self.levels = tuple(level_db(as_samples(channel)) for channel in block.T)
        return [*notices, *self._hearing.hear(block)]

    def _duplex(self, first_sample: int) -> Duplex | None:
        """What full duplex needs; its own recording only if that has all from the beginning."""
        if self._echo is None or self._reference is None:
            return None
        cancellers = [self._echo() for _ in range(self._lines.n_channels)]
        if first_sample > 0 and not (self._folder / HEARD_NAME).exists():
            return Duplex(cancellers, self._reference, self._n_ahead, None)
        keeping = Keeping(self._writer(HEARD_NAME, SPEECH_RATE, self._lines.n_channels))
        self._opened.callback(keeping.close)
        keeping.fill_up(first_sample)
        return Duplex(cancellers, self._reference, self._n_ahead, keeping)

    def _writer(self, name: str, rate: int, n_channels: int) -> ChunkWriter:
        return ChunkWriter.take_up(self._folder / name, self._cipher, rate=rate, n_channels=n_channels)
