"""What the loudspeaker played, on the microphone's count of samples: for the echo canceller and for the recording."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples

KEPT = 30.0
"""Seconds that can be read back."""

_SEAM = 0.03
"""Seconds by which a block may be away from the end of the last one; more, and sound was lost in between."""


class Reference:
    """The last `KEPT` seconds of the loudspeaker at 16 kHz. One thread writes, any may read."""

    def __init__(self) -> None:
        self._ring = np.zeros(round(KEPT * SPEECH_RATE), np.float32)
        self._end = 0  # of what is written, in samples since the session's first
        self._lock = threading.Lock()

    def write(self, first_sample: int, samples: Samples) -> None:
        """Add what was played from `first_sample` on; between this and what was written before was silence."""
        with self._lock:
            stop = first_sample + samples.size
            silent = np.arange(max(self._end, stop - self._ring.size), max(first_sample, self._end))
            self._ring[silent % self._ring.size] = 0.0
            kept = samples[-self._ring.size :]
            self._ring[np.arange(stop - kept.size, stop) % self._ring.size] = kept
            self._end = max(self._end, stop)

    def read(self, first_sample: int, n_samples: int) -> Samples:
        """`n_samples` from `first_sample` on; silence where nothing was played, or too long ago."""
        out = np.zeros(n_samples, np.float32)
        with self._lock:
            low = max(first_sample, self._end - self._ring.size, 0)
            high = min(first_sample + n_samples, self._end)
            if low < high:
                out[low - first_sample : high - first_sample] = self._ring[np.arange(low, high) % self._ring.size]
        return as_samples(out)


class Block(NamedTuple):
    """What was pulled at once: the how many-th pull, where its first sample sounds, and the samples."""

    number: int
    at: float
    samples: Samples


class Track:
    """Turns blocks at the loudspeaker's rate into one track at 16 kHz, in time.

    Blocks that follow one another are one run, joined without a seam; a run's place is its first block's. So the sound
    card's clock may drift from the microphone's: it is set right at each run. Where a device has thrown sound away or
    stood still, a new run begins: an echo canceller that is told of a sound after it was heard can do nothing about it.
    `write(first_sample, samples)` is given what is new; `first_sample` never goes back.
    """

    def __init__(self, rate: int, write: Callable[[int, Samples], None]) -> None:
        self._rate, self._write = rate, write
        self._stream: Any = None
        self._next_block = -1
        self._next_at = 0.0
        self._next_sample = self._n_written = 0

    def add(self, block: Block) -> None:
        """Take one block, in the order of their numbers."""
        follows = block.number == self._next_block and abs(block.at - self._next_at) <= _SEAM
        if self._stream is None or not follows:
            self.close()
            self._begin(block.at)
        self._next_block = block.number + 1
        self._next_at += block.samples.size / self._rate
        self._hand_on(self._stream.resample_chunk(block.samples))

    def close(self) -> None:
        """End the run."""
        if self._stream is not None:
            self._hand_on(self._stream.resample_chunk(np.zeros(0, np.float32), last=True))
            self._stream = None

    def _begin(self, at: float) -> None:
        import soxr

        self._stream = soxr.ResampleStream(self._rate, SPEECH_RATE, 1, dtype="float32", quality="HQ")
        self._next_at, self._next_sample = at, max(0, round(at * SPEECH_RATE))

    def _hand_on(self, samples: Samples) -> None:
        """What was written stays: where two runs overlap, by what was thrown away, the second loses its beginning."""
        new = samples[max(0, self._n_written - self._next_sample) :]
        self._next_sample += samples.size
        if new.size:
            self._write(self._next_sample - new.size, as_samples(new))
            self._n_written = self._next_sample
