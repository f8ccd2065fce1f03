"""What a clause's sound must be before it is played: heard, not clipped, without silence around it."""

from __future__ import annotations

import numpy as np

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
    if not np.isfinite(samples).all():
        raise BackendFailed("the voice gave values that are no numbers", remedy="choose another voice")
    trimmed = _trimmed(samples, rate)
    least = _SHORTEST_LETTER * sum(map(str.isalpha, text))
    if trimmed.size == 0 or trimmed.size < least * rate:
        message = f"the voice gave {trimmed.size / rate:.2f} s of sound where at least {least:.2f} s were due"
        raise BackendFailed(message, remedy="choose another voice")
    peak = float(np.abs(trimmed).max())
    return as_samples(trimmed / np.float32(peak)) if peak > 1.0 else as_samples(trimmed)


def _trimmed(samples: Samples, rate: int) -> Samples:
    block = round(_BLOCK * rate)
    n_blocks = -(-samples.size // block)
    padded = np.pad(samples, (0, n_blocks * block - samples.size))
    loud = np.flatnonzero(np.abs(padded.reshape(n_blocks, block)).max(axis=1, initial=0.0) > _SILENCE)
    if loud.size == 0:
        return samples[:0]
    first = max(0, loud[0] * block - round(_LEAD * rate))
    return samples[first : (loud[-1] + 1) * block + round(_TAIL * rate)]
