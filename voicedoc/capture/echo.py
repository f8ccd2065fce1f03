"""Takes the loudspeaker's sound out of the microphone's: full duplex, on WebRTC's echo canceller."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.errors import BackendFailed, BackendUnavailable
from voicedoc.registry import missing_package

_STEP = SPEECH_RATE // 100
"""Samples. The canceller works on 10 ms at a time."""

LEAD = 0.06
"""Seconds by which a canceller must know a sound before the microphone hears it."""


def samples_ahead(delay: float) -> int:
    """How far ahead, at 16 kHz, to read the reference where an echo comes `delay` seconds after it.

    Sound servers say that a sound comes out later than it does: the echo may seem to come before the sound.
    """
    return max(0, round((LEAD - delay) * SPEECH_RATE))


class Reference(Protocol):
    """What the loudspeaker was given, at 16 kHz, in its place on the audio clock."""

    def read(self, first_sample: int, n: int) -> Samples:
        """`n` samples from `first_sample` on; zeros where nothing was played. Any thread."""
        ...


class EchoCanceller(Protocol):
    """Hears one channel from its beginning, block after block, at 16 kHz."""

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """What is left of `microphone` without `reference`'s echo; as many samples, none of them delayed.

        `reference` is what came out of the loudspeaker at the same time, or somewhat later (`samples_ahead`).
        """
        ...


class WebRtcEcho:
    """WebRTC's AEC3, as LiveKit's library has it: an `EchoCanceller`. Contacts nothing; rounds to 16 bits.

    `delay` in seconds, from the loudspeaker being given a sound to the microphone's sound of it, is where it looks
    first; it finds the true one, up to about 0.5 s, and follows it. It needs a second of sound to learn a room.

    Raises:
        BackendUnavailable: If the package `livekit` is not installed.
    """

    def __init__(self, delay: float = 0.1) -> None:
        try:
            from livekit.rtc import AudioFrame, AudioProcessingModule
        except ImportError as error:
            raise missing_package(error, "echo") from error
        self._frame = AudioFrame
        self._module = AudioProcessingModule(echo_cancellation=True)
        self._delay_ms = round(1000 * max(LEAD, delay))

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """See `EchoCanceller`.

        Raises:
            BackendFailed: If the library refuses a block.
        """
        n = microphone.size
        heard, played = _steps(microphone), _steps(reference)
        try:
            cleaned = [self._step(*pair) for pair in zip(heard, played, strict=True)]
        except RuntimeError as error:
            raise BackendFailed(f"the echo canceller failed: {error}", remedy="half-duplex needs none") from error
        return as_samples(np.concatenate([np.empty(0, np.int16), *cleaned])[:n].astype(np.float32) / 32768.0)

    def _step(self, heard: NDArray[np.int16], played: NDArray[np.int16]) -> NDArray[np.int16]:
        self._module.process_reverse_stream(self._frame(played.tobytes(), SPEECH_RATE, 1, _STEP))
        self._module.set_stream_delay_ms(self._delay_ms)
        frame = self._frame(bytearray(heard.tobytes()), SPEECH_RATE, 1, _STEP)
        self._module.process_stream(frame)
        return np.frombuffer(frame.data, np.int16)


def can_cancel() -> bool:
    """Whether `WebRtcEcho` can be made here."""
    try:
        WebRtcEcho()
    except BackendUnavailable:
        return False
    return True


def _steps(samples: Samples) -> NDArray[np.int16]:
    """16-bit steps of 10 ms, the last one filled up with silence; shape `(n_steps, 160)`."""
    whole = np.pad(samples, (0, -samples.size % _STEP))
    steps: NDArray[np.int16] = np.clip(np.rint(whole * 32768.0), -32768, 32767).astype(np.int16)
    return steps.reshape(-1, _STEP)
