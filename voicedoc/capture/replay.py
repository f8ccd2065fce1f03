"""The stage `capture` for a session that was recorded: what was heard then, with what happened then, once more."""

from __future__ import annotations

import math
from collections.abc import AsyncIterable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np

from voicedoc.capture.backlog import SKIPPED
from voicedoc.capture.chunks import CHUNKS_NAME, HEARD_NAME, as_block, read_blocks, survey
from voicedoc.capture.gate import KEEP_OPEN
from voicedoc.capture.hearing import Hearing
from voicedoc.capture.order import InOrder
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.cipher import Cipher
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    DeviceBack,
    DeviceLost,
    Event,
    Frame,
    Muted,
    Pressed,
    RoomOpened,
)
from voicedoc.core.time import Span
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

_TOLD = (DeviceLost, DeviceBack, AudioDamaged, Pressed)
"""What is told again from the journal. The silences follow from the same decisions, and are made again."""


class Replay:
    """Emits what `ReadMicrophone` emitted when it wrote `folder`, sample by sample, and what people pressed.

    `events` are the session's journal. One that happened at `at` comes behind every frame that ends by then, and before
    the frame that holds it. `paced` releases each frame when the clock has reached its end. Ends in `AudioError` or
    `StoreError` where the recording cannot be read.
    """

    name: ClassVar[str] = "capture"
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset({AudioOpened, Frame, Muted, AudioClosed, *_TOLD})

    def __init__(
        self,
        folder: Path,
        cipher: Cipher,
        events: Sequence[Event],
        clock: Clock,
        worker: Worker,
        *,
        paced: bool = False,
    ) -> None:
        self._folder, self._cipher, self._journal = folder, cipher, events
        self._clock, self._worker, self._paced = clock, worker, paced
        self._position = 0.0

    @property
    def position(self) -> float:
        """The audio clock: seconds that have been emitted."""
        return self._position

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Run to the end of the recording."""
        del inbox  # a source
        steps = self._steps()
        while (events := await self._worker.call(lambda: next(steps, None))) is not None:
            for event in events:
                if isinstance(event, Frame):
                    if self._paced:
                        await self._clock.sleep_until(event.at)
                    self._position = event.at
                await emit(event)

    def _steps(self) -> Iterator[list[Event]]:
        """All events, those of a chunk at a time."""
        told = InOrder(event for event in self._journal if isinstance(event, _TOLD))
        for events in self._heard():
            yield told.among(events)
        duration = survey(self._folder / CHUNKS_NAME, self._cipher).duration
        yield [*told.rest(), AudioClosed(at=duration, spool=CHUNKS_NAME, duration=duration)]

    def _heard(self) -> Iterator[list[Event]]:
        recorded = survey(self._folder / CHUNKS_NAME, self._cipher)
        opened = next((event for event in self._journal if isinstance(event, AudioOpened)), None)
        yield [
            opened
            or AudioOpened(
                at=0.0,
                source=CHUNKS_NAME,
                codec="pcm_s16le",
                rate=recorded.rate,
                n_channels=recorded.n_channels,
                duration=None,
            )
        ]
        path = self._folder / (HEARD_NAME if (self._folder / HEARD_NAME).exists() else CHUNKS_NAME)
        kept = survey(path, self._cipher)
        skipped = _Spans([e.span for e in self._journal if isinstance(e, AudioDamaged) and e.kind == SKIPPED])
        muted = _Spans([e.span for e in self._journal if isinstance(e, Muted)])
        hearing = Hearing(kept.rate, kept.n_channels, _Silences(muted, unheld(self._journal, kept.duration)))
        for block in read_blocks(path, self._cipher):
            yield [_unless(event, skipped) for event in hearing.hear(as_block(block))]
        yield [_unless(event, skipped) for event in hearing.finish()]


class _Spans:
    """Silences as the journal tells them, for frames that need not lie as they did then."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)

    def shut(self, span: Span) -> bool:
        """Whether most of `span` was silenced. To be asked from the beginning to the end."""
        while self._spans and self._spans[0].end <= span.start:
            self._spans.pop(0)
        covered = 0.0
        for past in self._spans:
            if past.start >= span.end:
                break
            covered += past.overlap(span)
        return 2.0 * covered > span.duration


class _Silences:
    """What was told to be silent, and what nobody held a button for."""

    def __init__(self, muted: _Spans, unheld: Sequence[Span]) -> None:
        self._muted, self._unheld = muted, unheld

    def shut(self, span: Span) -> bool:
        """Whether `span` was silenced. To be asked from the beginning to the end."""
        return self._muted.shut(span) or any(gap.start <= span.start and span.end <= gap.end for gap in self._unheld)


def unheld(events: Iterable[Event], duration: float) -> list[Span]:
    """Where, with push-to-talk, nobody held a button: a session that died has not told its last silence.

    A frame is silent that lies wholly within, as `Gate` has it.
    """
    found: list[Span] = []
    pushes, coming, nobody_since = False, False, math.inf
    for event in events:
        match event:
            case RoomOpened():
                coming = event.push_to_talk
            case AudioOpened():  # a part begins; whoever held a button holds it no more
                if pushes:
                    found += _within(nobody_since, event.at)
                pushes, nobody_since = coming, event.at
            case Pressed(command=Command.TALK):
                found += _within(nobody_since, event.at) if pushes else []
                nobody_since = math.inf
            case Pressed(command=Command.RELEASE) if nobody_since == math.inf:
                nobody_since = event.at + KEEP_OPEN
    return found + (_within(nobody_since, duration) if pushes else [])


def _within(start: float, end: float) -> list[Span]:
    return [Span(start, end)] if start < end else []


def _unless(event: Event, skipped: _Spans) -> Event:
    """A frame that was skipped is silent."""
    if isinstance(event, Frame) and skipped.shut(Span(event.first_sample / SPEECH_RATE, event.at)):
        return replace(event, samples=as_samples(np.zeros_like(event.samples)))
    return event
