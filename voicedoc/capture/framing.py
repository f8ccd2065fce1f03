"""Cuts what is heard into frames on the audio clock."""

from __future__ import annotations

import numpy as np

from voicedoc.capture.resample import Block, Resampler
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Frame


class Framing:
    """Resamples blocks and cuts them into frames of one size, the last one shorter.

    `first_sample`, at 16 kHz, is the place of the first frame on the audio clock.
    """

    def __init__(self, rate: int, n_channels: int, frame_samples: int, first_sample: int = 0) -> None:
        self._resampler = Resampler(rate, SPEECH_RATE, n_channels)
        self._size = frame_samples
        self._rest: Block = np.empty((0, n_channels), np.float32)
        self._position = first_sample

    def push(self, block: Block) -> list[Frame]:
        """The frames that are now full, by time, then channel."""
        self._rest = np.concatenate([self._rest, self._resampler.push(block)])
        n_full = len(self._rest) // self._size * self._size
        ready, self._rest = self._rest[:n_full], self._rest[n_full:]
        return self._frames(ready)

    def finish(self) -> list[Frame]:
        """The rest."""
        return self._frames(np.concatenate([self._rest, self._resampler.finish()]))

    def _frames(self, ready: Block) -> list[Frame]:
        frames: list[Frame] = []
        for start in range(0, len(ready), self._size):
            part = ready[start : start + self._size]
            first, self._position = self._position, self._position + len(part)
            frames += [
                Frame(
                    at=self._position / SPEECH_RATE,
                    channel=channel,
                    first_sample=first,
                    samples=as_samples(samples.copy()),
                )
                for channel, samples in enumerate(part.T)
            ]
        return frames
