"""What a clause's sound must be before it is played: heard, not clipped, without silence around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples, as_samples
from voicedoc.errors import BackendFailed

_BLOCK = 0.010
"""Seconds over which loudness is measured."""
_SILENCE = 0.01
"""Of full scale, as a peak within a block: -40 dB."""
_LEAD, _TAIL = 0.03, 0.15
"""Seconds of silence kept before the first sound and after the last: soft consonants, and a pause."""
_SHORTEST_LETTER = 0.02
"""Seconds. People speak some 15 letters a second; sound shorter than 50 a second has lost words."""


def finished(samples: Samples, rate: int, text: str) -> Samples:
    """`samples` trimmed to their sound, with a natural pause, and brought below full scale where they exceed it.

    Raises:
        BackendFailed: If there is no sound, far too little of it for `text`, or values that are no numbers.
    """
    _check_numbers(samples)
    trimmed = _trimmed(samples, rate)
    _check_length(trimmed.size / rate, text)
    peak = float(np.abs(trimmed).max())
    return as_samples(trimmed / np.float32(peak)) if peak > 1.0 else as_samples(trimmed)


class Finishing:
    """`finished` for sound that comes in parts: what is sure to stay is handed on at once.

    Together the parts are what `finished` gives for the whole, but where the voice goes beyond full scale: then a part
    is brought below it by the loudest sample so far, not by the loudest of all.
    """

    def __init__(self, rate: int, text: str) -> None:
        self._rate, self._text = rate, text
        self._block = round(_BLOCK * rate)
        self._waiting = np.zeros(0, np.float32)  # silence that may be the clause's end, and less than a block
        self._begun, self._peak, self._n_samples = False, 1.0, 0

    def push(self, samples: Samples) -> Samples:
        """What can be played now; may be none.

        Raises:
            BackendFailed: If there are values that are no numbers.
        """
        _check_numbers(samples)
        self._waiting = np.concatenate([self._waiting, samples])
        whole = self._waiting.size // self._block * self._block
        loud = _loud_blocks(self._waiting[:whole], self._block)
        if loud.size == 0:
            return self._waiting[:0]
        return self._taken(loud, (int(loud[-1]) + 1) * self._block)

    def end(self) -> Samples:
        """The rest of it.

        Raises:
            BackendFailed: If there was no sound, or far too little for the text.
        """
        loud = _loud_blocks(self._waiting, self._block)
        stop = ((int(loud[-1]) + 1) * self._block if loud.size else 0) + round(_TAIL * self._rate)
        rest = self._taken(loud, min(stop, self._waiting.size)) if self._begun or loud.size else self._waiting[:0]
        _check_length(self._n_samples / self._rate, self._text)
        return rest

    def _taken(self, loud: NDArray[np.intp], stop: int) -> Samples:
        first = 0 if self._begun else max(0, int(loud[0]) * self._block - round(_LEAD * self._rate))
        taken, self._waiting = self._waiting[first:stop], self._waiting[stop:]
        self._begun = True
        self._n_samples += taken.size
        self._peak = max(self._peak, float(np.abs(taken).max(initial=0.0)))
        return as_samples(taken / np.float32(self._peak)) if self._peak > 1.0 else as_samples(taken)


def _check_numbers(samples: Samples) -> None:
    if not np.isfinite(samples).all():
        raise BackendFailed("the voice gave values that are no numbers", remedy="choose another voice")


def _check_length(seconds: float, text: str) -> None:
    least = _SHORTEST_LETTER * sum(map(str.isalpha, text))
    if seconds == 0.0 or seconds < least:
        message = f"the voice gave {seconds:.2f} s of sound where at least {least:.2f} s were due"
        raise BackendFailed(message, remedy="choose another voice")


def _trimmed(samples: Samples, rate: int) -> Samples:
    block = round(_BLOCK * rate)
    loud = _loud_blocks(samples, block)
    if loud.size == 0:
        return samples[:0]
    first = max(0, loud[0] * block - round(_LEAD * rate))
    return samples[first : (loud[-1] + 1) * block + round(_TAIL * rate)]


def _loud_blocks(samples: Samples, block: int) -> NDArray[np.intp]:
    """The numbers of the blocks that are no silence; the last one may be shorter."""
    n_blocks = -(-samples.size // block)
    padded = np.pad(samples, (0, n_blocks * block - samples.size))
    return np.flatnonzero(np.abs(padded.reshape(n_blocks, block)).max(axis=1, initial=0.0) > _SILENCE)
