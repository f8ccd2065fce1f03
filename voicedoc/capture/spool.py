"""The lossless copy of what was heard, on disk before anything else looks at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.decode import AudioFile
from voicedoc.capture.limits import check_fits
from voicedoc.capture.resample import Block, Resampler
from voicedoc.core.audio import Samples, as_samples
from voicedoc.errors import NoSound, StoreError

SPOOL_NAME = "audio.flac"

_REFUSED_BY_SYSTEM = 2
"""libsndfile's code for what the system refuses; it keeps no reason."""


class Spool:
    """Writes FLAC at the source's own rate and channels; use as a context manager.

    `bits=16` is for sources of at most 16 bits, whose samples it keeps exactly, and for lossy codecs, whose decoded
    samples it rounds to 16 bits. `bits=24` keeps 24-bit sources exactly and rounds 32-bit and float ones.
    Values beyond full scale are clipped to it. A process that dies leaves a file that `stream_mono` and players read,
    less at most the last 4,096 samples; `sync=True` forces each write to the disk, lest the machine dies.

    Raises:
        AudioError: If FLAC cannot hold so many channels or this rate.
        StoreError: If the file exists or cannot be made.
    """

    def __init__(self, path: Path, *, rate: int, n_channels: int, bits: int, sync: bool = False) -> None:
        import soundfile

        check_fits(rate, n_channels)
        self.path, self._sync = path, sync
        self._scale = 2.0 ** (bits - 1)
        self._n_samples, self._rate, self._failed = 0, rate, False
        self._problem = soundfile.LibsndfileError
        try:
            _make(path)
            self._file = soundfile.SoundFile(
                _exact(path), "w", samplerate=rate, channels=n_channels, format="FLAC", subtype=f"PCM_{bits}"
            )
        except (OSError, self._problem) as error:
            raise StoreError(f"cannot write {path}: {error}", remedy="choose another folder with --out") from error

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, block: Block) -> None:
        """Append samples, shape `(n_samples, n_channels)`.

        Raises:
            StoreError: If the disk is full or gone. What was written stays readable.
        """
        try:
            self._file.write(self._integers(block))
            if self._sync:
                self._file.flush()
        except self._problem as error:
            self._failed = True
            raise self._stopped(error) from error
        self._n_samples += len(block)

    def close(self) -> None:
        """Write the rest and the length. Closing again does nothing.

        Raises:
            StoreError: If the disk is full or gone.
        """
        try:
            self._file.close()
        except self._problem as error:
            if not self._failed:  # else it has been said
                raise self._stopped(error) from error

    def _integers(self, block: Block) -> NDArray[np.int16] | NDArray[np.int32]:
        whole = np.clip(np.rint(block.astype(np.float64) * self._scale), -self._scale, self._scale - 1.0)
        if self._scale == 2.0**15:
            return whole.astype(np.int16)
        return whole.astype(np.int32) << 8  # libsndfile takes the upper 24 of 32 bits

    def _stopped(self, error: Exception) -> StoreError:
        kept = self._n_samples / self._rate
        why = "the disk is full or gone" if getattr(error, "code", 0) == _REFUSED_BY_SYSTEM else error
        return StoreError(
            f"cannot go on writing {self.path} after {kept:.1f} s: {why}",
            remedy="free space on that disk, or choose another with --out; what was written is kept",
        )


def _exact(path: Path) -> Path | bytes:
    """A path whose name may hold bytes that are no characters, which soundfile would refuse to encode."""
    return os.fsencode(path) if os.name == "posix" else path


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise StoreError(f"{path} exists already", remedy="choose another folder with --out")
    path.open("xb").close()


def stream_mono(path: Path, rate: int) -> Iterator[Samples]:
    """A spool, or any recording, as one channel at `rate` Hz, about a second at a time. An empty one yields nothing.

    Raises:
        AudioError: If it cannot be read.
    """
    try:
        audio = AudioFile(path)
    except NoSound:
        return
    with audio:
        resampler = Resampler(audio.rate, rate, 1)
        for block in audio.blocks():
            yield as_samples(resampler.push(block.mean(axis=1, keepdims=True))[:, 0])
        yield as_samples(resampler.finish()[:, 0])
