"""The role of a loudspeaker, and one that PortAudio knows: it pulls samples at its own pace, in a thread of its own."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import anyio
import anyio.to_thread
import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples
from voicedoc.errors import AudioError, BackendUnavailable
from voicedoc.registry import missing_package

Pull: TypeAlias = Callable[[int, float], Samples]
"""Gives so many samples; the first will sound at that second of the audio clock. From any thread, and at once."""

LATENCY = 0.04
"""Seconds of sound that the system holds: enough that a busy interpreter of Python makes no gaps, and soon silent."""
_SILENT_FOR = 5.0
"""Seconds without a pull after which a device is taken for gone: some drivers do not tell, and some begin slowly."""
_LOOK = 0.1
"""Seconds between two looks at the device."""
MOST_LATENCY = 0.16
"""Seconds that the system is asked to hold at most."""
_N_TORN, _TORN_WITHIN = 3, 30.0
"""So many gaps within so many seconds, and the system is asked to hold twice as much.

A sound server may throw away what does not fill its own blocks, and ask for more at once: of a null sink of PulseAudio
that is recorded with 0.04 s, streams of 0.05 s lose up to 90 % of their sound, of 0.06 s some blocks, of 0.1 s nothing.
"""


class LoudspeakerGone(AudioError):
    """A loudspeaker cannot be opened, or has been unplugged."""


class Loudspeaker(Protocol):
    """Plays. `rate` in Hz is that of what it pulls; `n_gaps` counts the blocks that came too late to sound."""

    @property
    def name(self) -> str: ...
    @property
    def rate(self) -> int: ...
    @property
    def n_gaps(self) -> int: ...

    async def play(self, pull: Pull, ready: Callable[[], None]) -> None:
        """Play what `pull` gives until cancelled; `ready` is called in the event loop once it does.

        Raises:
            LoudspeakerGone: If it cannot be opened, or is gone.
        """
        ...


class SoundDevice:
    """A `Loudspeaker` of this machine, by PortAudio. `device`: its number, part of its name, or "" for the default.

    `position`: the audio clock as of now, in seconds; called in the sound card's thread, so not an event loop's clock.
    When the device is gone and `play` is called again, another one that the system then takes for the default serves
    too. Where the sound is torn the device is opened anew with twice the `latency`, up to `MOST_LATENCY`.

    Raises:
        BackendUnavailable: If PortAudio is not installed.
    """

    def __init__(
        self, position: Callable[[], float], *, device: str | int = "", rate: int = 48_000, latency: float = LATENCY
    ) -> None:
        try:
            import sounddevice
        except ImportError as error:
            raise missing_package(error, "audio") from error
        except OSError as error:  # the package is there, the system's PortAudio is not
            raise BackendUnavailable(
                f"cannot use sound devices: {error}", remedy="apt-get install libportaudio2"
            ) from error
        self._portaudio: Any = sounddevice
        self._position, self._wanted, self._rate, self._latency = position, _asked(device), rate, latency
        self._name = self._found_name()
        self._n_gaps, self._pulled_at, self._lost = 0, 0.0, False
        self._gaps: deque[float] = deque(maxlen=_N_TORN)

    @property
    def name(self) -> str:
        """The device's, as the system calls it."""
        return self._name

    @property
    def rate(self) -> int:
        """As configured, in Hz. A device that insists on its own rate is converted to."""
        return self._rate

    @property
    def n_gaps(self) -> int:
        """How many blocks came too late, as PortAudio counts."""
        return self._n_gaps

    async def play(self, pull: Pull, ready: Callable[[], None]) -> None:
        """See `Loudspeaker`."""
        while await self._play_on(pull, ready):
            self._latency = min(MOST_LATENCY, 2.0 * self._latency)
        raise LoudspeakerGone(f"the loudspeaker '{self._name}' is gone", remedy="plug it in again, or another one")

    async def _play_on(self, pull: Pull, ready: Callable[[], None]) -> bool:
        """Play until the device is gone, or until the sound is torn and more latency may help: whether that is so."""
        stream = await anyio.to_thread.run_sync(self._open, pull)
        try:
            ready()
            while stream.active and time.monotonic() - self._pulled_at < _SILENT_FOR:
                if self._is_torn() and self._latency < MOST_LATENCY:
                    return True
                await anyio.sleep(_LOOK)
        finally:
            self._lost = True
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._close, stream)
        return False

    def _is_torn(self) -> bool:
        return len(self._gaps) == _N_TORN and self._gaps[-1] - self._gaps[0] < _TORN_WITHIN

    def _open(self, pull: Pull) -> Any:
        failures = (self._portaudio.PortAudioError, ValueError)
        try:
            if self._lost:  # PortAudio lists the devices once; this process has no other stream
                self._portaudio._terminate()
                self._portaudio._initialize()
            try:
                return self._opened(pull, self._wanted)
            except failures:
                if not self._lost or self._wanted is None:
                    raise
                return self._opened(pull, None)
        except failures as error:
            self._lost = True
            raise LoudspeakerGone(
                f"the loudspeaker '{self._name}' cannot be opened: {error}",
                remedy="voicedoc check lists the sound devices",
            ) from error

    def _found_name(self) -> str:
        """What the system calls it; as it was asked for, where there is none yet."""
        try:
            return str(self._portaudio.query_devices(self._wanted, "output")["name"])
        except (self._portaudio.PortAudioError, ValueError):
            return "default" if self._wanted is None else str(self._wanted)

    def _opened(self, pull: Pull, device: str | int | None) -> Any:
        found = self._portaudio.query_devices(device, "output")
        own = round(found["default_samplerate"])
        n_channels = min(2, found["max_output_channels"])
        try:
            self._portaudio.check_output_settings(device, n_channels, "float32", samplerate=self._rate)
            rate, source = self._rate, pull
        except self._portaudio.PortAudioError:
            rate, source = own, Converted(pull, self._rate, own).pull
        self._pulled_at = time.monotonic()
        self._gaps.clear()
        stream = self._portaudio.OutputStream(
            samplerate=rate,
            device=device,
            channels=n_channels,
            dtype="float32",
            latency=self._latency,
            callback=self._callback(source),
        )
        stream.start()
        self._name = str(found["name"])
        return stream

    def _callback(self, pull: Pull) -> Callable[[NDArray[np.float32], int, Any, Any], None]:
        opened = time.monotonic()

        def fill(out: NDArray[np.float32], n_samples: int, times: Any, status: Any) -> None:
            self._pulled_at = time.monotonic()
            if status.output_underflow:
                self._n_gaps += 1
                self._gaps.append(self._pulled_at)
            if self._pulled_at - opened < self._latency:  # a buffer is filled that may stand still for a while
                out.fill(0.0)
                return
            delay = times.outputBufferDacTime - times.currentTime
            at = self._position() + (delay if 0.0 < delay < 1.0 else self._latency)
            out[:] = pull(n_samples, at)[:, None]

        return fill

    def _close(self, stream: Any) -> None:
        try:
            stream.close()
        except self._portaudio.PortAudioError:  # a device that is gone may not close: nothing is left to do
            self._lost = True


def _asked(device: str | int) -> str | int | None:
    """As PortAudio takes it: a number is no part of a name, None is the default."""
    if device == "":
        return None
    return int(device) if isinstance(device, str) and device.isdecimal() else device


class Converted:
    """A `Pull` at `rate` Hz from one at `source_rate`: for devices that take no rate but their own."""

    def __init__(self, pull: Pull, source_rate: int, rate: int) -> None:
        import soxr

        self._pull, self._source_rate, self._rate = pull, source_rate, rate
        self._stream = soxr.ResampleStream(source_rate, rate, 1, dtype="float32", quality="MQ")
        self._ready = np.zeros(0, np.float32)
        self._n_pulled = self._n_given = 0

    def pull(self, n_samples: int, at: float) -> Samples:
        """See `Pull`."""
        while self._ready.size < n_samples:
            missing = n_samples - self._ready.size
            ahead = self._n_pulled / self._source_rate - self._n_given / self._rate
            block = self._pull(-(-missing * self._source_rate // self._rate), at + ahead)
            self._n_pulled += block.size
            self._ready = np.concatenate([self._ready, self._stream.resample_chunk(block)])
        given, self._ready = self._ready[:n_samples], self._ready[n_samples:]
        self._n_given += n_samples
        return given
