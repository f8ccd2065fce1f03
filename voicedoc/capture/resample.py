"""Sample rate conversion of a stream, by soxr."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Block: TypeAlias = NDArray[np.float32]
"""Samples of several channels, shape `(n_samples, n_channels)`."""


class Resampler:
    """Converts blocks from one rate to another without delay: sample `i` of the output is at time `i / target_rate`.

    Output comes later than its input, by up to about 0.1 s, until `finish` returns what is left.
    """

    def __init__(self, source_rate: int, target_rate: int, n_channels: int) -> None:
        self._stream: Any = None
        self._n_channels = n_channels
        if source_rate != target_rate:
            import soxr

            self._stream = soxr.ResampleStream(source_rate, target_rate, n_channels, dtype="float32", quality="HQ")

    def push(self, block: Block) -> Block:
        """What can be said after `block`; possibly nothing."""
        return self._convert(block, last=False) if self._stream else block

    def finish(self) -> Block:
        """The rest. Call once, at the end."""
        nothing = np.empty((0, self._n_channels), np.float32)
        return self._convert(nothing, last=True) if self._stream else nothing

    def _convert(self, block: Block, *, last: bool) -> Block:
        converted: Block = self._stream.resample_chunk(np.ascontiguousarray(block), last=last)
        return converted.reshape(-1, self._n_channels)
