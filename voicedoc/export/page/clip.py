"""A recording made small enough to live inside a page, and its outline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from voicedoc.capture.spool import stream_mono
from voicedoc.core.audio import Samples
from voicedoc.errors import BackendUnavailable

RATE = 24_000
"""Hz. Speech loses nothing that matters above 12 kHz."""

BITS_PER_SECOND = 40_000
"""Constant, and at `RATE` a whole number of bytes a frame: players seek to the frame exactly. 18 MB an hour."""

PEAKS_PER_SECOND = 50

MEDIA_TYPE = "audio/mpeg"


@dataclass(frozen=True, slots=True)
class Clip:
    """What was written: its length in seconds, and its outline: a byte per 1 / `PEAKS_PER_SECOND` s, 255 full scale."""

    duration: float
    peaks: bytes


def write_clip(recording: Path, into: BinaryIO) -> Clip:
    """Write a recording as one channel of MP3, in bounded memory. The same recording gives the same bytes.

    Raises:
        AudioError: If the recording cannot be read.
        BackendUnavailable: If this build of PyAV makes no MP3.
        OSError: If `into` cannot be written.
    """
    outline = _Outline()
    _encode(outline.passing(stream_mono(recording, RATE)), into)
    return Clip(outline.n_samples / RATE, bytes(outline.peaks))


def _encode(blocks: Iterable[Samples], into: BinaryIO) -> None:
    import av

    # No ID3 tag: it would only name the encoder. `into` seeks, so that the header tells how many frames there are.
    sink = _Sink(into)
    with av.open(sink, "w", format="mp3", options={"id3v2_version": "0"}) as container:
        stream = _mp3_stream(container)
        for block in blocks:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block[np.newaxis]), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, None
            container.mux(stream.encode(frame))
            sink.check()
        container.mux(stream.encode(None))
    sink.check()


def _mp3_stream(container: Any) -> Any:
    from av.codec.codec import UnknownCodecError

    try:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
    except UnknownCodecError as error:
        raise BackendUnavailable(
            "this build of PyAV makes no MP3, which the listening page needs",
            remedy="pip install --force-reinstall --only-binary av av",
        ) from error
    stream.bit_rate = BITS_PER_SECOND
    return stream


class _Sink:
    """A file for PyAV, which prints what a file raises instead of passing it on: that is kept here until `check`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None
        self._position = 0

    def write(self, data: bytes) -> int:
        """All of `data` counts as written; after an error nothing is."""
        self._do(lambda: self._file.write(data))
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of any file; after an error the place does not matter."""
        self._position = self._do(lambda: self._file.seek(offset, whence))
        return self._position

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._position

    def check(self) -> None:
        """Raises: OSError: If the file could not be written."""
        self._do(self._file.flush)
        if self._error:
            raise self._error

    def _do(self, act: Callable[[], int | None]) -> int:
        if self._error is None:
            try:
                return act() or 0
            except OSError as error:
                self._error = error
        return self._position


class _Outline:
    """The loudest sample of each 1 / `PEAKS_PER_SECOND` s of what passes."""

    def __init__(self) -> None:
        self.peaks = bytearray()
        self.n_samples = 0
        self._rest: Samples = np.empty(0, np.float32)

    def passing(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """The same blocks, without empty ones."""
        for block in blocks:
            if block.size:
                self._take(block)
                yield block
        if self._rest.size:
            self._note(self._rest[np.newaxis])

    def _take(self, block: Samples) -> None:
        self.n_samples += block.size
        waiting = np.concatenate([self._rest, block])
        step = RATE // PEAKS_PER_SECOND
        whole = waiting.size - waiting.size % step
        self._note(waiting[:whole].reshape(-1, step))
        self._rest = waiting[whole:]

    def _note(self, pieces: Samples) -> None:
        loudest = np.abs(pieces).max(axis=1)
        self.peaks += np.rint(np.clip(loudest, 0.0, 1.0) * 255.0).astype(np.uint8).tobytes()
