"""From what was recorded to what is listened to: 16 kHz, without echo, silent where nobody should listen."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from voicedoc.capture.chunks import as_pcm
from voicedoc.capture.echo import EchoCanceller, Reference
from voicedoc.capture.framing import Framing
from voicedoc.capture.keeping import Keeping
from voicedoc.capture.resample import Block
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Event, Frame, Muted
from voicedoc.core.time import Span

FRAME_SAMPLES = 800
"""0.05 s: what a frame adds to every answer's delay, and a whole number of the echo canceller's steps."""

LONGEST_MUTE = 100
"""Frames (5 s) after which a silence is told although it goes on: what a crash may leave untold."""


class Shut(Protocol):
    """Tells which audio is not to be heard."""

    def shut(self, span: Span) -> bool:
        """Whether the audio of `span` is silenced."""
        ...


class Duplex(NamedTuple):
    """What listens while the interpreter's voice speaks: a canceller for each channel, and what the voice says.

    The reference is read `n_ahead` samples ahead. `keeping` takes what is left, so that a replay needs no canceller.
    """

    cancellers: list[EchoCanceller]
    reference: Reference
    n_ahead: int
    keeping: Keeping | None


class Hearing:
    """Makes frames of recorded blocks. `first_sample`, at 16 kHz, is the place of the first on the audio clock."""

    def __init__(
        self, rate: int, n_channels: int, gate: Shut | None = None, duplex: Duplex | None = None, first_sample: int = 0
    ) -> None:
        self._framing = Framing(rate, n_channels, FRAME_SAMPLES, first_sample)
        self._gate, self._duplex = gate, duplex
        self._muted: list[Span] = []

    def hear(self, block: Block) -> list[Event]:
        """The frames that are now full, by time, then channel, each silence told behind its last frame."""
        return self._heard(self._framing.push(block))

    def finish(self) -> list[Event]:
        """The rest."""
        return [*self._heard(self._framing.finish()), *self._told()]

    def _heard(self, frames: list[Frame]) -> list[Event]:
        events: list[Event] = []
        for first_sample, at_once in groupby(frames, key=lambda frame: frame.first_sample):
            together = list(at_once)
            if self._duplex:
                together, notices = _without_echo(together, self._duplex)
                events += notices
            events += self._judged(together, Span(first_sample / SPEECH_RATE, together[0].at))
        return events

    def _judged(self, frames: list[Frame], span: Span) -> list[Event]:
        if self._gate is None or not self._gate.shut(span):
            return [*self._told(), *frames]
        self._muted.append(span)
        silent = [replace(frame, samples=as_samples(np.zeros_like(frame.samples))) for frame in frames]
        return [*silent, *(self._told() if len(self._muted) >= LONGEST_MUTE else [])]

    def _told(self) -> list[Event]:
        """The silence that has just ended, if there was one."""
        if not self._muted:
            return []
        span, self._muted = Span(self._muted[0].start, self._muted[-1].end), []
        return [Muted(at=span.end, span=span)]


def _without_echo(frames: list[Frame], duplex: Duplex) -> tuple[list[Frame], list[Event]]:
    reference = duplex.reference.read(frames[0].first_sample + duplex.n_ahead, frames[0].samples.size)
    cleaned = [
        replace(frame, samples=canceller.cancel(frame.samples, reference))
        for frame, canceller in zip(frames, duplex.cancellers, strict=True)
    ]
    if duplex.keeping is None:
        return cleaned, []
    block = np.stack([frame.samples for frame in cleaned], axis=1)
    return cleaned, [*duplex.keeping.keep(as_pcm(block), frames[0].at)]
