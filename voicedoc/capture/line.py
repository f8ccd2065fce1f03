"""One microphone's part in a recording: without gaps on the audio clock, whatever happens to the device."""

from __future__ import annotations

import numpy as np

from voicedoc.capture.arrival import ArrivalClock
from voicedoc.capture.chunks import as_block, as_pcm
from voicedoc.capture.damage import Damages
from voicedoc.capture.devices import Microphone
from voicedoc.capture.recorder import Ended, Heard, Input, Missing, Opened, OpenInput, Overflowed, Pcm, Sound
from voicedoc.capture.resample import Resampler
from voicedoc.core.events import DeviceBack, DeviceLost, Event
from voicedoc.errors import BackendUnavailable

OPENING = 15.0
"""Seconds that a microphone may take to its first sound."""

STALLED = 2.0
"""Seconds without a sample after which an open microphone counts as lost."""

RETRY = 1.0
"""Seconds between attempts to open a lost microphone again."""

HELD_BACK = 0.3
"""Seconds by which the silence for a lost microphone stays behind the clock: its sound may come back that late."""


class Line:
    """Reads one microphone, at the recording's rate from `begin` on. A lost one is silent until it is back.

    `substitutes`: another microphone may stand in for it. Not thread-safe.
    """

    def __init__(self, microphone: Microphone, open_input: OpenInput, *, substitutes: bool) -> None:
        self._microphone, self._open_input, self._substitutes = microphone, open_input, substitutes
        self._input: Input | None = open_input(microphone, substitutes=False)
        self._early: list[Heard] = []
        self._waiting: list[Pcm] = []
        self._lost_at: float | None = None
        self._acted_at = 0.0  # when the microphone was last heard, asked for, or found to be gone
        self._resampler: Resampler
        self._damages: Damages
        self.name = microphone.device or "default"
        self.device_rate: int | None = None
        self.available = 0
        self.n_channels = len(microphone.channels)

    def close(self) -> None:
        """Let go of the microphone."""
        if self._input is not None:
            self._input.close()

    def has_sound(self, waited: float) -> bool:
        """Before `begin`: whether its first sound has come, after `waited` seconds.

        Raises:
            BackendUnavailable: If it cannot be opened, or gives nothing.
        """
        if self._input is not None:
            self._early += self._input.read()
        for heard in self._early:
            if isinstance(heard, Opened):
                self.name, self.device_rate = heard.name, heard.rate
            if isinstance(heard, Ended):
                raise BackendUnavailable(heard.message, remedy=heard.remedy)
        if not any(isinstance(heard, Sound) for heard in self._early) and waited > OPENING:
            raise BackendUnavailable(
                f"the microphone '{self.name}' gives no sound",
                remedy="check its cable and whether another program uses it, or name another; see voicedoc check",
            )
        return any(isinstance(heard, Sound) for heard in self._early)

    def begin(self, now: float, rate: int, damages: Damages, position: int) -> None:
        """Take up the recording at sample `position`, at `rate` Hz; what is wrong is noted in `damages`."""
        self._rate, self._damages, self._position = rate, damages, position
        self.clock = ArrivalClock(rate)
        early, self._early = self._early, []
        for heard in early:
            self._understand(heard, now)

    def skip(self, n: int) -> None:
        """Forget the oldest `n` samples: the recording begins behind them."""
        self.take(n)
        self._position -= n
        self.clock.dropped(n)

    def poll(self, now: float) -> list[Event]:
        """Take in what has come. Losing the microphone and having it back are told."""
        if self._input is None and now - self._acted_at >= RETRY:
            self._input = self._open_input(self._microphone, substitutes=self._substitutes)
            self._acted_at = now
        events: list[Event] = []
        for heard in self._input.read() if self._input is not None else []:
            events += self._understand(heard, now)
        if self._input is not None and now - self._acted_at > (STALLED if self._lost_at is None else OPENING):
            events += self._lose(now, "gives no sound any more", "check its cable, or plug in another microphone")
        if self._lost_at is not None:
            self._fill(self.clock.due(now - HELD_BACK) - self.clock.n_samples)
        return events

    def take(self, n: int, slip: int = 0) -> Pcm:
        """The next `n` samples, made of `n + slip`; shape `(n, n_channels)`. No more than `available`."""
        whole = np.concatenate([np.empty((0, self.n_channels), np.int16), *self._waiting])
        taken, rest = whole[: n + slip], whole[n + slip :]
        self._waiting, self.available = [rest], len(rest)
        return taken if slip == 0 else _stretched(taken, n)

    @property
    def lost(self) -> bool:
        """Whether silence stands in for it just now."""
        return self._lost_at is not None

    def _understand(self, heard: Heard, now: float) -> list[Event]:
        match heard:
            case Opened(name, rate):
                self.name, self.device_rate = name, rate
                self._resampler = Resampler(rate, self._rate, self.n_channels)
            case Sound(block):
                return self._hear(block, now)
            case Missing(n_samples):
                self._miss(n_samples * self._rate // (self.device_rate or self._rate))
            case Overflowed():
                self._damages.add("overflow", self._position, self._position, 1)
            case Ended(message, remedy):
                return self._lose(now, message, remedy)
        return []

    def _hear(self, block: Pcm, now: float) -> list[Event]:
        events: list[Event] = []
        heard = as_pcm(self._resampler.push(as_block(block)))
        if self._lost_at is not None:
            heard = self._in_place(now, heard)
            seconds = round(now - self._lost_at, 3)
            events, self._lost_at = (
                [DeviceBack(at=self._position / self._rate, device=self.name, seconds=seconds)],
                None,
            )
        self._acted_at = now
        self._miss(self.clock.arrived(now, len(heard)))
        self._append(heard)
        return events

    def _in_place(self, now: float, block: Pcm) -> Pcm:
        """What is new of the first sound after a loss, with silence before it up to its place."""
        gap = self.clock.due(now) - self.clock.n_samples - len(block)
        self._fill(gap)
        return block[max(0, -gap) :]  # silence stands in for what was heard before

    def _lose(self, now: float, message: str, remedy: str) -> list[Event]:
        """Let go of the microphone. Told once, however often it cannot be opened again."""
        self.close()
        last_heard, self._input, self._acted_at = self._acted_at, None, now
        if self._lost_at is not None:
            return []
        self._lost_at = last_heard
        text = message if self.name in message else f"the microphone '{self.name}' {message}"
        return [DeviceLost(at=self._position / self._rate, device=self.name, message=text, remedy=remedy)]

    def _miss(self, n: int) -> None:
        if n > 0:
            self._damages.add("lost", self._position, self._position + n, n)
            self._fill(n)

    def _fill(self, n: int) -> None:
        """Silence in the place of `n` samples."""
        if n > 0:
            self.clock.filled(n)
            self._append(np.zeros((n, self.n_channels), np.int16))

    def _append(self, block: Pcm) -> None:
        self._waiting.append(block)
        self._position += len(block)
        self.available += len(block)


def _stretched(block: Pcm, n: int) -> Pcm:
    """`block` in `n` samples, a few more or fewer than it has."""
    places = np.linspace(0.0, len(block) - 1.0, n)
    columns = [np.interp(places, np.arange(len(block)), column) for column in block.T]
    stretched: Pcm = np.rint(np.stack(columns, axis=1)).astype(np.int16)
    return stretched
