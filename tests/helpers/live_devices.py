"""Microphones for tests that live in virtual time: what they hear is a function of the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from voicedoc.capture.devices import Microphone
from voicedoc.capture.microphone import ReadMicrophone
from voicedoc.capture.recorder import Ended, Heard, Input, Missing, Opened, Overflowed, Pcm, Sound
from voicedoc.core.audio import Samples
from voicedoc.core.events import Event, Frame
from voicedoc.runtime.clock import Clock


def room(seconds: float, rate: int, *, n_channels: int = 1, seed: int = 0) -> Pcm:
    """What is to be heard: noise, different on every channel, whose every piece has one place only."""
    rng = np.random.default_rng(seed)
    return (2000 * rng.standard_normal((round(seconds * rate), n_channels))).astype(np.int16)


@dataclass
class ScriptedMicrophone:
    """An `OpenInput` whose microphones hear `sound`: at second `t` of the clock its sample `t * rate * speed`.

    `gone`: when it is unplugged. `stalled`: when it stays open and gives nothing. `loses`: what vanishes on its way,
    without a word. `overflows`: when the driver says that it has lost samples. `delay`: to the first sound.
    """

    clock: Clock
    sound: Pcm
    rate: int = 48_000
    name: str = "USB"
    speed: float = 1.0
    delay: float = 0.0
    gone: Sequence[tuple[float, float]] = ()
    stalled: Sequence[tuple[float, float]] = ()
    loses: Sequence[tuple[float, float]] = ()
    overflows: Sequence[float] = ()
    opened: list[tuple[Microphone, bool]] = field(default_factory=list)
    n_open: int = 0

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        self.opened.append((microphone, substitutes))
        self.n_open += 1
        return _Open(self, microphone.channels, self.clock.now() + self.delay)


class _Open:
    def __init__(self, device: ScriptedMicrophone, channels: tuple[int, ...], begins: float) -> None:
        self._device, self._channels = device, list(channels)
        self._heard_to, self._told, self._closed = begins, False, False

    def close(self) -> None:
        self._device.n_open -= not self._closed
        self._closed = True

    def read(self) -> list[Heard]:
        device, now = self._device, self._device.clock.now()
        if self._closed:
            return []
        if _within(now, device.gone):
            return [Ended(f"the microphone '{device.name}' no longer records", "plug it in")]
        heard: list[Heard] = [] if self._told else [Opened(device.name, device.rate)]
        self._told = True
        if now <= self._heard_to or _within(now, device.stalled):
            return heard
        since, self._heard_to = self._heard_to, now
        heard += [Overflowed() for at in device.overflows if since < at <= now]
        block = device.sound[self._index(since) : self._index(now), self._channels]
        if device.loses:
            lost = [_within(since + i / device.rate, device.loses) for i in range(len(block))]
            block = block[~np.array(lost, bool)]
        return [*heard, Sound(block)]

    def _index(self, at: float) -> int:
        return round(at * self._device.rate * self._device.speed)


def _within(at: float, spans: Sequence[tuple[float, float]]) -> bool:
    return any(start <= at < end for start, end in spans)


class ByName:
    """An `OpenInput` that gives each device's name its own."""

    def __init__(self, **devices: ScriptedMicrophone) -> None:
        self._devices = devices

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        return self._devices[microphone.device](microphone, substitutes=substitutes)


def missing_samples(n: int) -> Heard:
    return Missing(n)


async def recorded(
    stage: ReadMicrophone, clock: Clock, seconds: float, watch: Callable[[Event], None] = lambda event: None
) -> list[Event]:
    """What the stage emits up to `seconds` of the clock, when it is stopped, and its end."""
    events: list[Event] = []

    async def emit(event: Event) -> None:
        assert type(event) in stage.emits
        events.append(event)
        watch(event)
        if clock.now() >= seconds:
            stage.stop()

    await stage.run(nothing(), emit)
    return events


async def nothing():  # type: ignore[no-untyped-def]
    return
    yield


def frames_of(events: Sequence[Event], channel: int = 0) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame) and event.channel == channel]


def heard_of(events: Sequence[Event], channel: int = 0) -> Samples:
    frames = frames_of(events, channel)
    return np.concatenate([np.empty(0, np.float32), *(frame.samples for frame in frames)])


def offset(heard: Samples, truth: Samples, start: int, n: int = 4000) -> int:
    """By how many samples the piece of `heard` from `start` on is later than it is in `truth`."""
    piece = heard[start : start + n]
    low = max(0, start - 16_000)
    around = truth[low : start + n + 16_000]
    likeness = np.correlate(around, piece, "valid")
    return start - (low + int(likeness.argmax()))
