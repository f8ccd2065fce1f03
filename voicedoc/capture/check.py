"""The sound check before a session: is the microphone heard, is the loudspeaker heard, and what of its echo is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import nan
from typing import NamedTuple, Protocol

import numpy as np
from anyio import CancelScope, create_task_group

from voicedoc.capture.chunks import as_block
from voicedoc.capture.damage import Damages
from voicedoc.capture.devices import Microphone
from voicedoc.capture.echo import EchoCanceller, samples_ahead
from voicedoc.capture.lines import Lines
from voicedoc.capture.recorder import OpenInput, Pcm, open_microphone
from voicedoc.capture.resample import Resampler
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples, level_db
from voicedoc.core.events import DeviceLost, SoundChecked
from voicedoc.errors import BackendUnavailable
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.worker import Worker

QUIET = 0.5
"""Seconds of listening before and after the test sound."""

SWEEP, PAUSE, SYLLABLES = 0.25, 0.1, 1.0
"""Seconds of the test sound's parts: one to find, one to be silent, one to cancel."""

LOUDNESS = 0.2
"""Of full scale: the test sound's peak. As loud as a voice, so that nobody is startled."""

LEAST_LOSS = 15.0
"""dB by which the echo must be cancelled for full duplex, unless what is left drowns in the noise."""

DROWNED = 6.0
"""dB above the noise up to which a sound is not heard as one."""

_HEARD = 8.0
"""Standard deviations by which the sweep must stand out. Noise alone reaches 5 among so many places."""

_WINDOW = SPEECH_RATE // 50
_EARLIEST, _LATEST = 0.25, 1.0
"""Seconds before and after the loudspeaker says that it sounds, within which an echo is looked for."""

_TRIES = 3
"""How often the test sound is played where it was torn on its way out: what is then heard tells nothing."""

_REPEATS = 4
"""How often a canceller hears the recording before it is judged: it needs some seconds to learn a room."""


class Loudspeaker(Protocol):
    """What plays the test sound: `rate` in Hz is that of what it pulls, `n_gaps` counts its sound's holes."""

    @property
    def name(self) -> str: ...
    @property
    def rate(self) -> int: ...
    @property
    def n_gaps(self) -> int: ...

    async def play(self, pull: Callable[[int, float], Samples], ready: Callable[[], None]) -> None:
        """Play what `pull(n, at)` gives, whose first sample sounds at `at` on the audio clock, until cancelled."""
        ...


class Echo(NamedTuple):
    """A test sound that was found: `delay` in seconds after it sounded, `level` in dB, `tail` in seconds."""

    delay: float
    level: float
    tail: float


class SoundCheck:
    """Listens, plays a test sound of about a second, and tells what the microphone heard of it.

    `echo` makes the canceller that full duplex would use; None where there is none. With `speech` seconds it listens so
    long afterwards, for somebody to say something: `ask` is called when it begins to. Give `position` to the
    loudspeaker.
    """

    def __init__(
        self,
        microphone: Microphone,
        clock: Clock,
        worker: Worker,
        *,
        echo: Callable[[], EchoCanceller] | None = None,
        speech: float = 0.0,
        ask: Callable[[], None] | None = None,
        open_input: OpenInput = open_microphone,
    ) -> None:
        self._clock, self._worker, self._echo, self._speech = clock, worker, echo, speech
        self._microphone, self._open_input, self._ask = microphone, open_input, ask
        self._lines: Lines | None = None
        self._began = False
        self._heard: list[Pcm] = []

    @property
    def position(self) -> float:
        """The audio clock, as of now."""
        return self._lines.position(self._clock.now()) if self._lines and self._began else 0.0

    async def run(self, loudspeaker: Loudspeaker | None) -> SoundChecked:
        """Do the check, in about two seconds; where the sound is torn, two more. Without a loudspeaker is no echo.

        Raises:
            BackendUnavailable: If the microphone gives no sound.
        """
        try:
            await self._open()
            sound = await self._play(loudspeaker) if loudspeaker else None
            if sound is None:
                await self._listen(QUIET)
            heard = self._at_speech_rate()
            before = self._n_heard
            if self._ask and self._speech:
                self._ask()
            await self._listen(self._speech)
            spoken = self._at_speech_rate()[round(before * SPEECH_RATE / self._rate) :]
        finally:
            with CancelScope(shield=True):
                await self._worker.call(self._close)
        return await self._worker.call(partial(self._findings, heard, spoken, sound, loudspeaker))

    async def _open(self) -> None:
        began = self._clock.now()
        self._lines = await self._worker.call(partial(Lines, [self._microphone], self._open_input))
        while not await self._worker.call(partial(self._lines.have_sound, self._clock.now() - began)):
            await self._wait()
        self._rate = self._lines.device_rate
        self._lines.begin(self._clock.now(), self._rate, Damages(self._rate), 0)
        self._began = True

    async def _listen(self, seconds: float) -> None:
        """Take in what is heard in so many seconds from now on."""
        stop = self._n_heard + round(seconds * self._rate)
        while self._n_heard < stop:
            await self._wait()
            await self._worker.call(partial(self._take, self._clock.now()))

    async def _play(self, loudspeaker: Loudspeaker) -> _TestSound:
        """Listen while the loudspeaker opens; then have it sound until it comes out whole, or often enough."""
        sound = _TestSound(loudspeaker.rate)
        async with create_task_group() as tasks:
            tasks.start_soon(loudspeaker.play, sound.pull, lambda: None)
            await self._listen(QUIET)
            for _ in range(_TRIES):
                n_gaps = loudspeaker.n_gaps
                sound.begin()
                while sound.ends_at is None or self.position < sound.ends_at + QUIET:
                    await self._listen(0.1)
                sound.n_gaps = loudspeaker.n_gaps - n_gaps
                if sound.n_gaps == 0:
                    break
            tasks.cancel_scope.cancel()
        return sound

    @property
    def _n_heard(self) -> int:
        return sum(map(len, self._heard))

    def _take(self, now: float) -> None:
        if self._lines is None:
            return
        lost = next((event for event in self._lines.poll(now) if isinstance(event, DeviceLost)), None)
        if lost:
            raise BackendUnavailable(lost.message, remedy=lost.remedy)
        self._heard.append(self._lines.take(self._lines.available))

    def _at_speech_rate(self) -> Samples:
        """What the first channel has heard up to now, at 16 kHz."""
        resampler = Resampler(self._rate, SPEECH_RATE, 1)
        block = as_block(np.concatenate(self._heard)[:, :1])
        return as_samples(np.concatenate([resampler.push(block), resampler.finish()])[:, 0])

    def _findings(
        self, heard: Samples, spoken: Samples, sound: _TestSound | None, loudspeaker: Loudspeaker | None
    ) -> SoundChecked:
        noise = quietest(heard[: round(QUIET * SPEECH_RATE)])
        echo, loss = None, None
        if sound is not None:
            reference = sound.reference(heard.size)
            echo = find_echo(heard, reference, sound.first_sample, noise)
            if echo and self._echo:
                since = max(0, sound.first_sample - round(QUIET * SPEECH_RATE))  # not what was torn before
                loss = echo_loss(heard[since:], reference[since:], self._echo(), echo.delay)
        return SoundChecked(
            at=0.0,
            microphone=self._lines.names if self._lines else "",
            loudspeaker=loudspeaker.name if loudspeaker else "",
            noise=round(noise, 1),
            speech=round(loudest(spoken), 1) if self._speech else None,
            echo=round(echo.level, 1) if echo else None,
            echo_delay=round(echo.delay, 4) if echo else None,
            full_duplex=sound is not None and sound.n_gaps == 0 and allows_full_duplex(noise, echo, loss),
            echo_loss=None if loss is None else round(loss, 1),
            tail=round(echo.tail, 3) if echo else None,
        )

    def _close(self) -> None:
        if self._lines:
            self._lines.close()

    async def _wait(self) -> None:
        await self._clock.sleep_until(self._clock.now() + 0.02)


class _TestSound:
    """The test sound on its way to a loudspeaker of `rate` Hz, and where it sounded: silence until it is to `begin`.

    `ends_at` is None until it has begun. `n_gaps` is how many holes it had.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._sound = test_sound(rate)
        self._n_pulled = self._sound.size
        self._began_at = nan
        self.ends_at: float | None = None
        self.n_gaps = 0

    @property
    def first_sample(self) -> int:
        """Where it began to sound, at 16 kHz on the audio clock."""
        return round(self._began_at * SPEECH_RATE)

    def begin(self) -> None:
        """Sound from the next pull on, also if it has sounded before."""
        self.ends_at, self._n_pulled = None, 0

    def pull(self, n: int, at: float) -> Samples:
        """See `Loudspeaker`. Silence behind its end."""
        if self._n_pulled == 0:
            self._began_at = at
            self.ends_at = at + self._sound.size / self._rate
        part = self._sound[self._n_pulled : self._n_pulled + n]
        self._n_pulled += part.size
        return as_samples(np.pad(part, (0, n - part.size)))

    def reference(self, n: int) -> Samples:
        """What sounded, at 16 kHz, in its place among `n` samples."""
        resampler = Resampler(self._rate, SPEECH_RATE, 1)
        whole = np.concatenate([resampler.push(self._sound[:, np.newaxis]), resampler.finish()])[:, 0]
        return as_samples(np.pad(whole, (max(0, self.first_sample), n))[:n])


def test_sound(rate: int) -> Samples:
    """A sweep that is easily found, a pause, and noise with the rhythm and the colour of speech."""
    t = np.arange(round(SWEEP * rate)) / rate
    top = min(7000.0, 0.45 * rate)
    phase = 2 * np.pi * 150.0 * SWEEP / np.log(top / 150.0) * ((top / 150.0) ** (t / SWEEP) - 1.0)
    sweep = np.sin(phase) * np.minimum(1.0, np.minimum(t, SWEEP - t) / 0.01)
    n = round(SYLLABLES * rate)
    white = np.fft.rfft(np.random.default_rng(1).standard_normal(n))
    hertz = np.fft.rfftfreq(n, 1 / rate)
    coloured = np.fft.irfft(np.where((hertz > 100) & (hertz < 7000), white / np.maximum(hertz, 500.0), 0.0), n)
    syllables = coloured * np.sin(2 * np.pi * 2.0 * np.arange(n) / rate) ** 2
    parts = [sweep, np.zeros(round(PAUSE * rate)), syllables / np.abs(syllables).max()]
    return as_samples((LOUDNESS * np.concatenate(parts)).astype(np.float32))


def find_echo(heard: Samples, reference: Samples, first_sample: int, noise: float) -> Echo | None:
    """The test sound in what was heard, where it stands out. All at 16 kHz; `noise` in dB."""
    n_sweep = round(SWEEP * SPEECH_RATE)
    sweep = reference[first_sample : first_sample + n_sweep]
    size = 1 << (heard.size + n_sweep).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sweep, size)), size)[: heard.size]
    early = max(0, first_sample - round(_EARLIEST * SPEECH_RATE))
    within = np.abs(likeness[early : first_sample + round(_LATEST * SPEECH_RATE)])
    if within.size == 0 or within.max() < _HEARD * max(float(np.median(np.abs(likeness))) / 0.6745, 1e-9):
        return None
    delay = early + int(within.argmax()) - first_sample
    sounds = slice(max(0, first_sample + delay), first_sample + delay + _n_test_sound())
    return Echo(delay / SPEECH_RATE, level_db(heard[sounds]), _tail(heard, first_sample, delay, noise))


def echo_loss(heard: Samples, reference: Samples, canceller: EchoCanceller, delay: float) -> float:
    """By how many dB a canceller lessens the test sound, once it has learned the room."""
    known = as_samples(np.pad(reference, (0, samples_ahead(delay)))[samples_ahead(delay) :])
    for _ in range(_REPEATS):
        left = canceller.cancel(heard, known)
    sounding = np.convolve(np.abs(reference), np.ones(SPEECH_RATE // 4), "full")[: heard.size] > 0.0
    return level_db(as_samples(heard[sounding])) - level_db(as_samples(left[sounding]))


def allows_full_duplex(noise: float, echo: Echo | None, loss: float | None) -> bool:
    """Whether people can be heard beside what is left of the echo. `loss` is None where there is no canceller."""
    if echo is None or echo.level <= noise + DROWNED:
        return True  # headphones, or a loudspeaker that the microphone does not hear
    return loss is not None and (loss >= LEAST_LOSS or echo.level - loss <= noise + DROWNED)


def quietest(heard: Samples) -> float:
    """The level of the quieter half of what was heard, in dB: noise, whatever rattles in between."""
    return float(np.median(_levels(heard)))


def loudest(heard: Samples) -> float:
    """The level of the loudest fifth of what was heard, in dB: speech, whatever the pauses."""
    return float(np.quantile(_levels(heard), 0.9))


def _levels(heard: Samples) -> list[float]:
    windows = [heard[start : start + _WINDOW] for start in range(0, heard.size - _WINDOW + 1, _WINDOW)]
    return [level_db(window) for window in windows] or [-120.0]


def _tail(heard: Samples, first_sample: int, delay: int, noise: float) -> float:
    """Seconds for which the room rings after the loudspeaker has stopped, the delay included."""
    stopped = first_sample + _n_test_sound()
    ringing = [i for i, level in enumerate(_levels(heard[stopped:])) if level > noise + DROWNED]
    last = (ringing[-1] + 1) * _WINDOW if ringing else 0
    return max(delay, last) / SPEECH_RATE


def _n_test_sound() -> int:
    return round((SWEEP + PAUSE + SYLLABLES) * SPEECH_RATE)
