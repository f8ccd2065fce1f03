"""Cuts a stream of blocks of any size into windows."""

from __future__ import annotations

import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.segment.role import WINDOW


class Windows:
    """Carries the samples that do not fill a window over to the next block."""

    def __init__(self) -> None:
        self._rest: Samples = np.empty(0, np.float32)

    def push(self, samples: Samples) -> Samples:
        """The windows that are now complete, shape `(n_windows, 512)`."""
        joined = np.concatenate([self._rest, samples])
        n_windows = joined.size // WINDOW
        self._rest = joined[n_windows * WINDOW :]
        return joined[: n_windows * WINDOW].reshape(n_windows, WINDOW)
