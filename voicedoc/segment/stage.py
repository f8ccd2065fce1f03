"""The stage `segment`: frames in, utterances out."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, NamedTuple

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.events import AudioClosed, Frame, Notice, Utterance
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span, clock_text
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.segment.endpoint import Endpoint, Endpointer, Endpointing
from voicedoc.segment.lanes import Kept, Lanes
from voicedoc.segment.role import VoiceDetector


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
        lanes = Lanes(partial(_Lane, self.detector, self.options))
        n_utterances = 0
        async for event in inbox:
            if isinstance(event, Frame):
                settled = await self.worker.call(partial(lanes.hear, event))
            else:
                settled = lanes.finish()
            for found in settled:
                n_utterances += 1
                await emit(_utterance(n_utterances, found))
            if isinstance(event, AudioClosed) and n_utterances == 0:
                await emit(no_speech(event, self.options.threshold))


class _Found(NamedTuple):
    """An endpoint with its channel and sound."""

    decided_sample: int
    channel: int
    endpoint: Endpoint
    samples: Samples


class _Lane:
    """One channel: its detector's track, its endpointer, and the samples that an utterance may still need."""

    def __init__(self, detector: VoiceDetector, options: Endpointing, channel: int) -> None:
        self._channel, self._track = channel, detector.track()
        self._endpointer = Endpointer(options)
        self._kept = Kept()

    @property
    def heard_sample(self) -> int:
        return self._endpointer.heard_sample

    def hear(self, samples: Samples) -> list[_Found]:
        self._kept.add(samples)
        found = self._found(self._endpointer.push(self._track.probabilities(samples)))
        self._kept.forget(self._endpointer.needed_sample)
        return found

    def finish(self) -> list[_Found]:
        return self._found(self._endpointer.finish(self._kept.n_samples))

    def _found(self, endpoints: list[Endpoint]) -> list[_Found]:
        return [
            _Found(e.decided_sample, self._channel, e, self._kept.cut(e.start_sample, e.stop_sample)) for e in endpoints
        ]


def _utterance(number: int, found: _Found) -> Utterance:
    start, stop, decided, reason = found.endpoint
    return Utterance(
        at=decided / SPEECH_RATE,
        utterance=UtteranceId(number),
        channel=found.channel,
        span=Span.from_samples(start, stop, SPEECH_RATE),
        reason=reason,
        samples=found.samples,
    )


def no_speech(closed: AudioClosed, threshold: float) -> Notice:
    """For a recording in which nobody speaks."""
    return Notice(
        at=closed.at,
        code="no-speech",
        message=f"no speech was found in {clock_text(closed.duration)} of audio",
        remedy=f"listen to it; for a very quiet voice, a threshold below {threshold} in [segment.endpointing]",
    )
