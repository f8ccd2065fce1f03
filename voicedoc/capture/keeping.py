"""What is heard goes to the disk first. A full disk does not end the conversation at once."""

from __future__ import annotations

from collections import deque

import numpy as np

from voicedoc.capture.chunks import ChunkWriter
from voicedoc.capture.recorder import Pcm
from voicedoc.core.events import Notice
from voicedoc.errors import StoreError

HELD = 300.0
"""Seconds of audio that are held in memory while the disk takes none: time to free some space."""

RETRY = 1.0
"""Seconds of audio between attempts."""


class Keeping:
    """Writes blocks into a chunk file, in order and without loss."""

    def __init__(self, writer: ChunkWriter) -> None:
        self.writer = writer
        self._unsaved: deque[Pcm] = deque()
        self._n_unsaved = 0
        self._refused: int | None = None  # samples unsaved when the disk last refused; None while all is well

    def keep(self, block: Pcm, at: float) -> list[Notice]:
        """Write a block of at most 0.25 s. A disk that refuses it, and one that takes it again, are told.

        Raises:
            StoreError: If it has refused for `HELD` seconds.
        """
        if len(block):
            self._unsaved.append(block)
            self._n_unsaved += len(block)
        if self._refused is not None and self._n_unsaved - self._refused < RETRY * self.writer.rate:
            return []
        try:
            self._save()
        except StoreError as error:
            if self._n_unsaved > HELD * self.writer.rate:
                raise
            first, self._refused = self._refused is None, self._n_unsaved
            return [_refusal(error, at)] if first else []
        again, self._refused = self._refused is not None, None
        return [Notice(at=at, code="recording-again", message="the recording is on disk again, whole")] if again else []

    def fill_up(self, n_samples: int) -> None:
        """Silence up to sample `n_samples`, where a file goes on that has less.

        Raises:
            StoreError: If the disk does not take it.
        """
        while (n := min(n_samples - self.writer.n_samples, self.writer.rate // 4)) > 0:
            self.writer.write(np.zeros((n, self.writer.n_channels), np.int16))

    def close(self) -> None:
        """Write what is left and mark the recording as closed.

        Raises:
            StoreError: If the disk does not take it.
        """
        self._save()
        self.writer.close()

    def _save(self) -> None:
        while self._unsaved:
            done = self.writer.n_samples + len(self._unsaved[0])
            try:
                self.writer.write(self._unsaved[0])
            finally:
                if self.writer.n_samples == done:  # written, even where the disk has not confirmed it
                    self._n_unsaved -= len(self._unsaved.popleft())


def _refusal(error: StoreError, at: float) -> Notice:
    message = f"{error}; the recording is held in memory for {HELD / 60:.0f} minutes"
    return Notice(at=at, code="not-recording", message=message, remedy=error.remedy)
