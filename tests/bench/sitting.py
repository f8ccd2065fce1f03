"""Two people who wait for each other: what they say into a microphone at its own speed, and when they are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from voicedoc.capture.devices import Microphone
from voicedoc.capture.recorder import Heard, Input, Opened, Sound
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.runtime.clock import Clock
from voicedoc.speak.loudspeaker import Pull
from voicedoc.speak.scripted_loudspeaker import ScriptedLoudspeaker

TOO_LATE = 12.0
"""Seconds after which nobody waits for an answer any more."""

QUIET = 1.2
"""Seconds without a voice after which the answer is over. The pauses between its clauses are shorter."""

BREATH = 0.8
"""Seconds after which the next one speaks."""

AUDIBLE = 0.01
"""Amplitude from which the loudspeaker is heard."""

_NOISE = 0.0003
_WINDOW = SPEECH_RATE // 100


class Case(NamedTuple):
    """Something that is said: 16 kHz, and the second at which its speech ends."""

    language: str
    samples: Samples
    end: float


def end_of_speech(samples: Samples) -> float:
    """The end of the last 10 ms that are louder than a twentieth of the loudest, in seconds."""
    n = samples.size // _WINDOW
    level = np.sqrt(np.mean(samples[: n * _WINDOW].reshape(n, _WINDOW) ** 2, axis=1))
    return float(np.flatnonzero(level > 0.05 * level.max())[-1] + 1) * _WINDOW / SPEECH_RATE


class Ear:
    """When a loudspeaker was heard."""

    def __init__(self) -> None:
        self._loud: list[tuple[float, float]] = []

    def hear(self, samples: Samples, at: float) -> None:
        """What sounds from second `at` on, at 16 kHz."""
        loud = np.flatnonzero(np.abs(samples) > AUDIBLE)
        if loud.size:
            self._loud.append((at + int(loud[0]) / SPEECH_RATE, at + int(loud[-1]) / SPEECH_RATE))

    def first_sound(self, since: float, until: float) -> float | None:
        """When it was first heard between two seconds; None if it was not."""
        return next((first for first, _ in self._loud if since <= first < until), None)

    def last_sound(self, since: float) -> float | None:
        """When it was last heard since a second; None if it was not."""
        return self._loud[-1][1] if self._loud and self._loud[-1][1] >= since else None


class HeardLoudspeaker(ScriptedLoudspeaker):
    """A loudspeaker at 16 kHz that keeps nothing of what it plays."""

    def __init__(self, clock: Clock, ear: Ear) -> None:
        super().__init__(clock, rate=SPEECH_RATE)
        self._ear = ear

    async def play(self, pull: Pull, ready: Callable[[], None]) -> None:
        """See `Loudspeaker`."""

        def listen(n_samples: int, at: float) -> Samples:
            samples = pull(n_samples, at)
            self._ear.hear(samples, at)
            return np.zeros_like(samples)

        await super().play(listen, ready)


class Microphones:
    """An `OpenInput` with one microphone in a quiet room, that hears what is `said` while it goes on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said: list[tuple[int, Samples]] = []
        self._noise = np.random.default_rng(0)

    def say(self, samples: Samples, at: float) -> None:
        """Be heard from a second on that has not come yet."""
        self._said.append((round(at * SPEECH_RATE), samples))

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        return _Open(self, self._clock)

    def heard(self, first: int, stop: int) -> Samples:
        """What the room sounded like between two samples."""
        sound = (_NOISE * self._noise.standard_normal(stop - first)).astype(np.float32)
        for begun, samples in self._said:
            low, high = max(first, begun), min(stop, begun + samples.size)
            if low < high:
                sound[low - first : high - first] += samples[low - begun : high - begun]
        return sound


class _Open:
    def __init__(self, room: Microphones, clock: Clock) -> None:
        self._room, self._clock = room, clock
        self._heard_to = round(clock.now() * SPEECH_RATE)
        self._told = False

    def close(self) -> None:
        pass

    def read(self) -> list[Heard]:
        heard: list[Heard] = [] if self._told else [Opened("room", SPEECH_RATE)]
        self._told = True
        now = round(self._clock.now() * SPEECH_RATE)
        if now > self._heard_to:
            samples = self._room.heard(self._heard_to, now)
            self._heard_to = now
            pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
            heard.append(Sound(pcm[:, None]))
        return heard


class Sitter:
    """Says each case when the one before has been answered. `begun`: when each began, on the clock."""

    def __init__(self, cases: Sequence[Case], microphones: Microphones, ear: Ear, clock: Clock) -> None:
        self._cases, self._microphones, self.ear, self._clock = cases, microphones, ear, clock
        self.begun: list[float] = []

    async def run(self) -> None:
        """Until the last case has been answered."""
        await self._clock.sleep_until(self._clock.now() + 2.0)
        for case in self._cases:
            begun = self._clock.now() + BREATH
            self.begun.append(begun)
            self._microphones.say(case.samples, begun)
            await self._answered(begun, begun + case.end)

    async def _answered(self, begun: float, ended: float) -> None:
        while (now := self._clock.now()) < ended + TOO_LATE:
            last = self.ear.last_sound(begun)
            if now > ended and last is not None and now - last > QUIET:
                return
            await self._clock.sleep_until(now + 0.1)
