"""The stage `segment`: frames in, utterances out."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import AudioClosed, Frame, Notice, Utterance
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span, clock_text
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.segment.endpoint import Endpoint, Endpointer, Endpointing
from voicedoc.segment.role import VoiceDetector, VoiceTrack


@dataclass(frozen=True)
class Segment:
    """Finds the utterances of each channel and numbers them by endpoint, then channel, whatever order frames come in.

    Every channel must have a frame that begins at sample 0 before any channel has its second.
    """

    detector: VoiceDetector
    worker: Worker
    options: Endpointing = field(default_factory=Endpointing)

    name: ClassVar[str] = "segment"
    consumes: ClassVar[Kinds] = frozenset({Frame, AudioClosed})
    emits: ClassVar[Kinds] = frozenset({Utterance, Notice})

    async def run(self, inbox: AsyncIterable[Frame | AudioClosed], emit: Emit) -> None:
        """Run until the inbox ends. The audio ends with `AudioClosed`, which flushes what is unfinished."""
        lanes = _Lanes(self.detector, self.options)
        async for event in inbox:
            if isinstance(event, Frame):
                for utterance in await self.worker.call(partial(lanes.hear, event)):
                    await emit(utterance)
                continue
            for utterance in lanes.finish():
                await emit(utterance)
            if lanes.n_utterances == 0:
                await emit(_no_speech(event, self.options.threshold))


class _Found(NamedTuple):
    """An endpoint with its channel and sound. Sorts by decision, then channel."""

    decided_sample: int
    channel: int
    endpoint: Endpoint
    samples: Samples


class _Lane:
    """One channel: its detector's track, its endpointer, and the samples that an utterance may still need."""

    def __init__(self, channel: int, track: VoiceTrack, options: Endpointing) -> None:
        self.found: list[_Found] = []
        self._channel, self._track = channel, track
        self._endpointer = Endpointer(options)
        self._kept: deque[Samples] = deque()
        self._kept_from = self._n_samples = 0

    @property
    def heard_sample(self) -> int:
        return self._endpointer.heard_sample

    def hear(self, frame: Frame) -> None:
        """Raises: ValueError: If the frame does not follow the one before."""
        if frame.first_sample != self._n_samples:
            raise ValueError(
                f"channel {self._channel} goes on at sample {frame.first_sample}, expected {self._n_samples}"
            )
        self._kept.append(frame.samples)
        self._n_samples += frame.samples.size
        self._take(self._endpointer.push(self._track.probabilities(frame.samples)))
        self._forget()

    def finish(self) -> None:
        self._take(self._endpointer.finish(self._n_samples))

    def _take(self, endpoints: list[Endpoint]) -> None:
        for endpoint in endpoints:
            kept = np.concatenate(self._kept)
            samples = kept[endpoint.start_sample - self._kept_from : endpoint.stop_sample - self._kept_from]
            self.found.append(_Found(endpoint.decided_sample, self._channel, endpoint, as_samples(samples.copy())))

    def _forget(self) -> None:
        while self._kept and self._kept_from + self._kept[0].size <= self._endpointer.needed_sample:
            self._kept_from += self._kept.popleft().size


class _Lanes:
    """All channels. An endpoint is settled, and numbered, once every lane has heard up to its decision."""

    def __init__(self, detector: VoiceDetector, options: Endpointing) -> None:
        self.n_utterances = 0
        self._detector, self._options = detector, options
        self._lanes: dict[int, _Lane] = {}
        self._complete = False  # a second frame has come: no more channels

    def hear(self, frame: Frame) -> list[Utterance]:
        """The utterances that are settled by this frame."""
        if frame.channel not in self._lanes:
            self._lanes[frame.channel] = _Lane(frame.channel, self._detector.track(), self._options)
        self._complete |= frame.first_sample > 0
        self._lanes[frame.channel].hear(frame)
        heard = min(lane.heard_sample for lane in self._lanes.values())
        return self._take(heard) if self._complete else []

    def finish(self) -> list[Utterance]:
        """The utterances that are settled by the end of the audio."""
        for lane in self._lanes.values():
            lane.finish()
        return self._take(sys.maxsize)

    def _take(self, heard_sample: int) -> list[Utterance]:
        """Those decided by `heard_sample`. Nothing that comes later was decided as early."""
        due: list[_Found] = []
        for lane in self._lanes.values():
            due += [found for found in lane.found if found.decided_sample <= heard_sample]
            lane.found = [found for found in lane.found if found.decided_sample > heard_sample]
        return [self._utterance(found) for found in sorted(due, key=lambda found: found[:2])]

    def _utterance(self, found: _Found) -> Utterance:
        self.n_utterances += 1
        start, stop, decided, reason = found.endpoint
        return Utterance(
            at=decided / SPEECH_RATE,
            utterance=UtteranceId(self.n_utterances),
            channel=found.channel,
            span=Span.from_samples(start, stop, SPEECH_RATE),
            reason=reason,
            samples=found.samples,
        )


def _no_speech(closed: AudioClosed, threshold: float) -> Notice:
    return Notice(
        at=closed.at,
        code="no-speech",
        message=f"no speech was found in {clock_text(closed.duration)} of audio",
        remedy=f"listen to it; for a very quiet voice, a threshold below {threshold} in [segment.endpointing]",
    )
