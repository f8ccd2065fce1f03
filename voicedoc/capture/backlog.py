"""What has been recorded and not been taken yet: recording never waits for those who listen."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import anyio
import numpy as np

from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import AudioDamaged, Event, Frame, LagReport
from voicedoc.core.time import Span, clock_text

TOLD = 2.0
"""Seconds behind from which it is told, once for as many more seconds of audio as `AGAIN`."""

AGAIN = 10.0

MOST = 120.0
"""Seconds behind at which nobody waits for an answer any more: what is older is not listened to."""

SKIPPED = "skipped"
"""The `AudioDamaged.kind` of audio that is in the recording and was not listened to."""


class Backlog:
    """A queue of events between the task that records and the one that hands on."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self._arrived = anyio.Event()
        self._ended = False
        self._recorded, self._told = 0.0, -AGAIN
        self._skipped: list[Span] = []

    def put(self, events: Sequence[Event]) -> None:
        """Add events, in order."""
        self._events.extend(events)
        self._recorded = max([self._recorded, *(event.at for event in events if isinstance(event, Frame))])
        self._arrived.set()

    def end(self) -> None:
        """Nothing more comes."""
        self._ended = True
        self._arrived.set()

    async def events(self) -> AsyncGenerator[Event, None]:
        """The events, as they come; with what must be told of falling behind."""
        while self._events or not self._ended:
            if not self._events:
                await self._arrived.wait()
                self._arrived = anyio.Event()
                continue
            event = self._events.popleft()
            for told in self._kept_up(event) if isinstance(event, Frame) else [event]:
                yield told
        for told in self._end_of_skip():
            yield told

    def _kept_up(self, frame: Frame) -> list[Event]:
        behind = self._recorded - frame.at
        if behind > (MOST / 2 if self._skipped else MOST):  # once skipping, until there is room again
            start = frame.first_sample / SPEECH_RATE
            self._skipped = [self._skipped[0] if self._skipped else Span(start, start), Span(start, frame.at)]
            return [replace(frame, samples=as_samples(np.zeros_like(frame.samples)))]
        report: list[Event] = []
        if behind > TOLD and frame.at >= self._told + AGAIN:
            self._told = frame.at
            report = [LagReport(at=frame.at, stage="capture", seconds=round(behind, 3), measure="waits in memory")]
        return [*self._end_of_skip(), *report, frame]

    def _end_of_skip(self) -> list[Event]:
        if not self._skipped:
            return []
        span, self._skipped = Span(self._skipped[0].start, self._skipped[-1].end), []
        message = (
            f"the machine is too slow: {clock_text(span.start)}–{clock_text(span.end)} is recorded, not interpreted"
        )
        remedy = "repeat what was said; choose a smaller profile, or close other programs"
        return [AudioDamaged(at=span.end, kind=SKIPPED, span=span, message=message, remedy=remedy)]
