"""The stage `segment` of a live session: frames and buttons in, utterances out, and what is known of them before."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ClassVar, NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AudioClosed,
    Event,
    Frame,
    Notice,
    Pressed,
    SpeechPaused,
    SpeechSoFar,
    SpeechStarted,
    Utterance,
    UtteranceReopened,
)
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.segment.heard import Heard
from voicedoc.segment.lanes import Kept, Lanes
from voicedoc.segment.listener import Listener
from voicedoc.segment.patience import Listening
from voicedoc.segment.press import Order
from voicedoc.segment.role import TurnModel, VoiceDetector
from voicedoc.segment.stage import no_speech

_NO_SAMPLES = as_samples(np.zeros(0, np.float32))
_WITH_SAMPLES = ("so far", "paused", "ended")


@dataclass(frozen=True)
class SegmentLive:
    """Finds the utterances of each channel while they are spoken, and numbers them by their beginnings, then channel.

    Every `SpeechStarted` and every `UtteranceReopened` is followed by one `Utterance` of that number; after a reopening
    `SpeechStarted` comes once more. `channel_of` says which channel a role's button opens; without it, the first.
    `turns` is asked at each first silence whether the speaker has finished; without it, only silence decides.
    A session that goes on has had `n_before` utterances, and its first frame may begin at any sample.
    A button acts where the audio has come to its `at`. One that comes after its frame acts at once, but the utterance
    still begins or ends at its `at`.
    """

    detector: VoiceDetector
    worker: Worker
    options: Listening = field(default_factory=Listening)
    channel_of: Mapping[str, int] = field(default_factory=dict)
    n_before: int = 0
    turns: TurnModel | None = None

    name: ClassVar[str] = "segment"
    consumes: ClassVar[Kinds] = frozenset({Frame, AudioClosed, Pressed})
    emits: ClassVar[Kinds] = frozenset({SpeechStarted, SpeechSoFar, SpeechPaused, UtteranceReopened, Utterance, Notice})

    async def run(self, inbox: AsyncIterable[Frame | AudioClosed | Pressed], emit: Emit) -> None:
        """Run until the inbox ends. The audio ends with `AudioClosed`, which flushes what is unfinished."""
        orders: defaultdict[int, deque[Order]] = defaultdict(deque)
        judge = _Judge(self.turns)
        lanes = Lanes(partial(_lane, self.detector, self.options, orders, judge))
        told = _Told(self.n_before)
        async for event in inbox:
            match event:
                case Pressed():
                    self._press(event, orders, told.origin)
                case Frame():
                    for found in await self.worker.call(partial(lanes.hear, told.from_origin(event))):
                        await _emit_all(told.events(found), emit)
                    if judge.failure:
                        await emit(_unjudged(event.at, judge.failure))
                        judge.failure = None
                case AudioClosed():
                    for found in lanes.finish():
                        await _emit_all(told.events(found), emit)
                    if told.n_utterances == self.n_before and not self.options.button_only:
                        await emit(no_speech(event, self.options.threshold))

    def _press(self, pressed: Pressed, orders: Mapping[int, deque[Order]], origin: int) -> None:
        sample = max(0, round(pressed.at * SPEECH_RATE) - origin)
        if pressed.command == Command.TALK:
            orders[self.channel_of.get(pressed.argument, 0)].append(Order(sample, held=True))
        elif pressed.command == Command.RELEASE:
            everywhere = {0, *self.channel_of.values()}
            for channel in {self.channel_of[pressed.argument]} if pressed.argument in self.channel_of else everywhere:
                orders[channel].append(Order(sample, held=False))


async def _emit_all(events: list[Event], emit: Emit) -> None:
    for event in events:
        await emit(event)


class _Found(NamedTuple):
    decided_sample: int
    channel: int
    heard: Heard
    samples: Samples


def _lane(
    detector: VoiceDetector,
    options: Listening,
    orders: defaultdict[int, deque[Order]],
    judge: _Judge,
    channel: int,
) -> _Lane:
    return _Lane(detector, Listener(options, orders[channel]), channel, judge)


def _unjudged(at: float, error: BackendFailed) -> Notice:
    message = f"from here on only silence ends a turn: {error}"
    return Notice(at=at, code="turn-model-failed", message=message, remedy=error.remedy)


class _Judge:
    """The model of turns, for all channels; given up at its first failure."""

    def __init__(self, turns: TurnModel | None) -> None:
        self._turns = turns
        self.failure: BackendFailed | None = None

    def finished(self, samples: Samples) -> float | None:
        """The probability that an utterance is whole; None where nobody can tell."""
        try:
            return self._turns.finished(samples) if self._turns else None
        except BackendFailed as error:
            self._turns, self.failure = None, error
            return None


class _Lane:
    """One channel: its detector's track, its listener, and the samples that an utterance may still need."""

    def __init__(self, detector: VoiceDetector, listener: Listener, channel: int, judge: _Judge) -> None:
        self._channel, self._track, self._listener, self._judge = channel, detector.track(), listener, judge
        self._kept = Kept()

    @property
    def heard_sample(self) -> int:
        return self._listener.heard_sample

    def hear(self, samples: Samples) -> list[_Found]:
        self._kept.add(samples)
        found: list[_Found] = []
        for probability in self._track.probabilities(samples):
            found += self._found(self._listener.push(float(probability)))
        self._kept.forget(self._listener.needed_sample)
        return found

    def finish(self) -> list[_Found]:
        return self._found(self._listener.finish(self._kept.n_samples))

    def _found(self, happened: list[Heard]) -> list[_Found]:
        found = [_Found(heard.decided_sample, self._channel, heard, self._samples(heard)) for heard in happened]
        if found and found[-1].heard.what == "paused":
            finished = self._judge.finished(found[-1].samples)
            if finished is not None:
                self._listener.judge(finished)
        return found

    def _samples(self, heard: Heard) -> Samples:
        return self._kept.cut(heard.start_sample, heard.stop_sample) if heard.what in _WITH_SAMPLES else _NO_SAMPLES


class _Told:
    """The numbers and revisions of utterances, and what happened to them as events.

    Samples are counted from `origin`, where the first frame begins.
    """

    def __init__(self, n_before: int) -> None:
        self.n_utterances = n_before
        self.origin = 0
        self._begun = False
        self._current: dict[int, UtteranceId] = {}  # by channel
        self._revision: dict[int, int] = {}

    def from_origin(self, frame: Frame) -> Frame:
        """The frame, its samples counted from the origin."""
        if not self._begun:
            self._begun, self.origin = True, frame.first_sample
        return replace(frame, first_sample=frame.first_sample - self.origin) if self.origin else frame

    def events(self, found: _Found) -> list[Event]:
        at, channel, heard = (self.origin + found.decided_sample) / SPEECH_RATE, found.channel, found.heard
        if heard.what == "started":
            self.n_utterances += 1
            self._current[channel], self._revision[channel] = UtteranceId(self.n_utterances), 0
        elif heard.what == "reopened":
            self._revision[channel] += 1
        number, revision = self._current[channel], self._revision[channel]
        span = Span.from_samples(self.origin + heard.start_sample, self.origin + heard.stop_sample, SPEECH_RATE)
        started = SpeechStarted(at=at, utterance=number, channel=channel)
        match heard.what:
            case "started":
                return [started]
            case "reopened":
                return [UtteranceReopened(at=at, utterance=number, channel=channel, revision=revision), started]
            case "ended":
                return [
                    Utterance(
                        at=at,
                        utterance=number,
                        channel=channel,
                        span=span,
                        reason=heard.reason,
                        revision=revision,
                        samples=found.samples,
                    )
                ]
            case "so far" | "paused":
                kind = SpeechSoFar if heard.what == "so far" else SpeechPaused
                return [
                    kind(at=at, utterance=number, channel=channel, revision=revision, span=span, samples=found.samples)
                ]
