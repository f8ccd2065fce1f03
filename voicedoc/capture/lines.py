"""All microphones of a session as one stream: one audio clock, one rate, each channel in its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicedoc.capture.damage import Damages
from voicedoc.capture.devices import Microphone
from voicedoc.capture.line import Line
from voicedoc.capture.recorder import OpenInput, Pcm
from voicedoc.core.events import Event
from voicedoc.errors import ConfigError

TOLERANCE = 0.002
"""Seconds by which two devices may be apart before they are brought together: less than sound takes over a metre."""

_SMOOTHING = 0.01
"""Of the difference that is new in each step: devices deliver in blocks, which only the mean sees through."""


class Lines:
    """Reads microphones together. The first is the audio clock; the others are kept in step with it.

    A lone microphone that is lost may be replaced by another; one of several may not, since who speaks is told by it.

    Raises:
        ConfigError: If no microphone is named.
    """

    def __init__(self, microphones: Sequence[Microphone], open_input: OpenInput) -> None:
        if not microphones:
            raise ConfigError("no microphone is named", remedy="name one; voicedoc check lists them")
        lone = len(microphones) == 1
        self._lines = [Line(microphone, open_input, substitutes=lone) for microphone in microphones]
        self._drifts = [_Drift() for _ in self._lines[1:]]
        self._rate = 0
        self._begin_at = 0.0

    @property
    def n_channels(self) -> int:
        return sum(line.n_channels for line in self._lines)

    @property
    def names(self) -> str:
        """For people."""
        return ", ".join(dict.fromkeys(line.name for line in self._lines))

    @property
    def device_rate(self) -> int:
        """The first microphone's own rate, in Hz. Known once all `have_sound`."""
        return self._lines[0].device_rate or 0

    @property
    def available(self) -> int:
        """How many samples `take` can give."""
        first, *others = self._lines
        return max(0, min([first.available, *(line.available - 1 for line in others)]))  # 1: they may have to slip

    def have_sound(self, waited: float) -> bool:
        """Whether all microphones give sound, after `waited` seconds.

        Raises:
            BackendUnavailable: If one cannot be opened.
        """
        with_sound = [line.has_sound(waited) for line in self._lines]  # each is asked
        return all(with_sound)

    def begin(self, now: float, rate: int, damages: Damages, position: int) -> None:
        """Take up the recording at sample `position`, at `rate` Hz, with what all microphones have last heard."""
        self._rate, self._begin_at = rate, position / rate
        for line in self._lines:
            line.begin(now, rate, damages, position)
        least = min(line.available for line in self._lines)
        for line in self._lines:
            line.skip(line.available - least)

    def poll(self, now: float) -> list[Event]:
        """Take in what has come. Lost microphones, and those that are back, are told."""
        return [event for line in self._lines for event in line.poll(now)]

    def take(self, n: int) -> Pcm:
        """The next `n` samples, shape `(n, n_channels)`. No more than `available`."""
        first, *others = self._lines
        slips = [
            drift.slip(0 if first.lost or line.lost else line.available - first.available, self._rate)
            for line, drift in zip(others, self._drifts, strict=True)
        ]
        return np.hstack([first.take(n), *(line.take(n, slip) for line, slip in zip(others, slips, strict=True))])

    def position(self, now: float) -> float:
        """The audio clock, as of now."""
        return self._begin_at + self._lines[0].clock.position(now)

    def close(self) -> None:
        """Let go of the microphones."""
        for line in self._lines:
            line.close()


class _Drift:
    """Keeps a second device in step with the first: their crystals differ, by up to a third of a second an hour."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def slip(self, ahead: int, rate: int) -> int:
        """How many samples more (1) or fewer (-1) to take in this step, with `ahead` more waiting than of the first."""
        self._ahead += _SMOOTHING * (ahead - self._ahead)
        return int(np.sign(self._ahead)) if abs(self._ahead) > TOLERANCE * rate else 0
