"""The stage `segment` where each speaker has a channel: what one channel hears of another is nobody's utterance."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import AudioClosed, Event, Frame, NothingHeard, Notice, Utterance
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.segment.crosstalk import HeardThrough, heard_through, noise_db
from voicedoc.segment.stage import Segment

AROUND = 15.0
"""Seconds before an utterance in which a channel's noise is sought, besides the utterance."""

REASON = "heard on the other channel"


@dataclass(frozen=True)
class SegmentApart:
    """As `Segment`; an utterance that is only another channel's, heard through, is told as `NothingHeard`.

    One that is so in part has silence there. Every channel's last moments are kept: as long as the longest utterance.
    """

    segment: Segment

    name: ClassVar[str] = "segment"
    consumes: ClassVar[Kinds] = frozenset({Frame, AudioClosed})
    emits: ClassVar[Kinds] = frozenset({Utterance, NothingHeard, Notice})

    async def run(self, inbox: AsyncIterable[Frame | AudioClosed], emit: Emit) -> None:
        """Run until the inbox ends."""
        channels: dict[int, _Recent] = {}
        most = round((self.segment.options.max_length + AROUND) * SPEECH_RATE)

        async def kept() -> AsyncIterator[Frame | AudioClosed]:
            async for event in inbox:
                if isinstance(event, Frame):
                    channels.setdefault(event.channel, _Recent(most)).take(event)
                yield event

        async def told(event: Event, /) -> None:
            if isinstance(event, Utterance):
                event = await self.segment.worker.call(partial(_judged, event, channels))
            await emit(event)

        await self.segment.run(kept(), told)


class _Recent:
    """The last samples of a channel."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._frames: deque[Samples] = deque()
        self._first = self._stop = 0

    def take(self, frame: Frame) -> None:
        self._frames.append(frame.samples)
        self._stop += frame.samples.size
        while self._stop - self._first - self._frames[0].size >= self._most:
            self._first += self._frames.popleft().size

    def cut(self, first: int, stop: int) -> Samples:
        """The samples from `first` to `stop`, silence where there are none."""
        whole = np.concatenate(self._frames)
        cut = whole[max(0, first - self._first) : max(0, stop - self._first)]
        missing = max(0, min(self._first, stop) - first)
        return as_samples(np.pad(cut, (missing, stop - first - missing - cut.size)))


def _judged(utterance: Utterance, channels: dict[int, _Recent]) -> Utterance | NothingHeard:
    first = round(utterance.span.start * SPEECH_RATE)
    stop = first + utterance.samples.size
    before = max(0, first - round(AROUND * SPEECH_RATE))
    others = [recent.cut(first, stop) for channel, recent in channels.items() if channel != utterance.channel]
    noise = noise_db(channels[utterance.channel].cut(before, stop))
    found = heard_through(utterance.samples, others, noise=noise) if others else HeardThrough((), 0.0)
    if found.is_all:
        return NothingHeard(at=utterance.at, utterance=utterance.utterance, span=utterance.span, reason=REASON)
    return replace(utterance, samples=found.silenced(utterance.samples)) if found.parts else utterance
