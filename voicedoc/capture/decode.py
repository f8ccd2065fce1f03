"""Decodes recordings of any common format, in bounded memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.damage import Damages, note_clipping, without_holes
from voicedoc.capture.header import FORMATS, is_encrypted, lacks_its_end, other_kind, promised_seconds
from voicedoc.capture.limits import check_fits
from voicedoc.capture.resample import Block
from voicedoc.core.events import AudioDamaged
from voicedoc.core.time import Span, clock_text
from voicedoc.errors import AudioError, NoSound

TRUNCATED = 0.1
"""Seconds by which a file must fall short of its header: codecs round to packets."""

GAP = 0.05
"""Seconds by which a packet must come late: some formats round times to a millisecond."""

MAX_GAP = 3600.0
"""Seconds. A longer gap is a damaged time stamp."""


class AudioFile:
    """A recording, decoded from its beginning. Close it, or use it as a context manager.

    `bits` is the depth that holds what was decoded: 16 for lossy codecs and sources of at most 16 bits, else 24.
    `duration` is what ffmpeg knows beforehand, None where it knows nothing. `damages` fills while `blocks` is read.

    Raises:
        AudioError: If there is no such file, it cannot be read or kept, or it has no audio.
    """

    def __init__(self, path: Path) -> None:
        _check(path)
        self.path = path
        self._container = _open(path)
        with ExitStack() as opening:
            opening.callback(self.close)
            self._begin()
            opening.pop_all()

    def _begin(self) -> None:
        if not (streams := self._container.streams.audio):
            kinds = ", ".join(sorted({stream.type for stream in self._container.streams})) or "nothing"
            raise AudioError(f"{self.path} has no sound in it (only {kinds})", remedy=FORMATS)
        self.n_tracks = len(streams)
        self._stream = self._container.streams.best("audio") or streams[0]  # None for one that makes no sense
        self._n_read, self._n_spoilt = 0, 0
        self._frames = self._decoded()
        self._first = next(self._frames, None)
        if self._first is None or self._first.sample_rate <= 0:
            raise NoSound(f"{self.path} holds no sound: not one sample could be decoded", remedy=FORMATS)
        # before any samples are touched: PyAV's memory of more than eight planes is not its own
        check_fits(self._first.sample_rate, self._first.layout.nb_channels)
        codec = self._stream.codec_context.codec
        self.codec: str = codec.name
        self.rate: int = self._first.sample_rate
        self.n_channels: int = self._first.layout.nb_channels
        self.bits = 24 if codec.lossless and self._first.format.bytes > 2 else 16
        self.duration = _known_seconds(self._container, self._stream)
        self.damages = Damages(self.rate)
        self.n_samples = 0

    def __enter__(self) -> AudioFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. `blocks` then ends in an error."""
        self._container.close()

    def blocks(self, seconds: float = 1.0) -> Iterator[Block]:
        """The samples, `seconds` at a time; the last block is shorter. `n_samples` counts those that have come out.

        Raises:
            AudioError: If reading fails on the way.
        """
        size = max(1, round(seconds * self.rate))
        waiting: list[Block] = []
        n_waiting = 0
        for piece in self._pieces(size):
            waiting.append(piece)
            n_waiting += len(piece)
            if n_waiting >= size:
                joined = np.concatenate(waiting)
                for start in range(0, n_waiting - size + 1, size):
                    yield self._checked(joined[start : start + size])
                waiting = [joined[n_waiting - n_waiting % size :]]
                n_waiting %= size
        if n_waiting:
            yield self._checked(np.concatenate(waiting))

    def ending(self) -> list[AudioDamaged]:
        """What can be said of the file once all blocks are read: whether its end is missing."""
        held = self.n_samples / self.rate
        promised = promised_seconds(self.path, self._container, self._stream)
        if promised is not None and promised - held > TRUNCATED:
            message = f"the recording should last {clock_text(promised)} but ends after {clock_text(held)}"
        elif lacks_its_end(self.path, self._container):
            promised, message = held, f"the recording breaks off after {clock_text(held)}; it has no end"
        else:
            return []
        remedy = "copy the recording again from its source; what is there has been used"
        return [AudioDamaged(at=held, kind="truncated", span=Span(held, promised), message=message, remedy=remedy)]

    def _checked(self, block: Block) -> Block:
        whole = without_holes(block, self.n_samples, self.damages)
        note_clipping(whole, self.n_samples, self.rate, self.damages)
        self.n_samples += len(block)
        return whole

    def _pieces(self, size: int) -> Iterator[Block]:
        """Every frame's samples, with silence, at most `size` samples at a time, for what is missing between them."""
        position, first = 0, self._first
        frame = first
        while frame is not None:
            if (frame.sample_rate, frame.layout.nb_channels) != (self.rate, self.n_channels):
                raise AudioError(
                    f"{self.path} changes at {clock_text(position / self.rate)} to {frame.sample_rate} Hz, "
                    f"{frame.layout.nb_channels} channels; it began with {self.rate} Hz, {self.n_channels}",
                    remedy=f"convert it first: ffmpeg -i {self.path.name} whole.flac",
                )
            missing = _missing(frame, first, position)
            if missing:
                self.damages.add("gap", position, position + missing, missing)
            for start in range(0, missing, size):
                yield np.zeros((min(size, missing - start), self.n_channels), np.float32)
            yield _as_block(frame)
            position += missing + frame.samples
            frame = next(self._frames, None)
        if self._n_spoilt > self._n_read:
            raise AudioError(
                f"{self.path} is not audio, or too damaged: "
                f"of {self._n_read + self._n_spoilt} bytes only {self._n_read} can be decoded",
                remedy=FORMATS,
            )

    def _decoded(self) -> Iterator[Any]:
        """The codec's frames. A packet that cannot be decoded is left out; the time stamps show the gap."""
        from av.error import EOFError as EndOfFile
        from av.error import FFmpegError, InvalidDataError

        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except (InvalidDataError, EndOfFile):
                return  # a damaged tail: `ending` reports what it cost
            except FFmpegError as error:
                raise AudioError(f"reading {self.path} failed: {error.strerror}", remedy="check the disk") from error
            if packet is None:
                return
            if is_encrypted(packet, self._stream.codec_context.codec_tag):
                raise AudioError(
                    f"{self.path} is encrypted: its sound is under copy protection",
                    remedy="save it without protection in the program that made it",
                )
            try:
                frames = packet.decode()
            except FFmpegError:
                self._n_spoilt += packet.size
                continue
            self._n_read += packet.size
            yield from (frame for frame in frames if frame.samples)


def sha256_of(path: Path) -> str:
    """The digest of a recording's bytes, as hex.

    Raises:
        AudioError: If there is no such file, it is empty, or it cannot be read.
    """
    _check(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AudioError(f"cannot read {path}: {error.strerror}", remedy="check the disk") from error


def _check(path: Path) -> None:
    try:
        if path.is_dir():
            raise AudioError(f"{path} is a folder", remedy="name the recordings in it")
        if path.exists() and not path.is_file():
            raise AudioError(f"{path} is not a regular file", remedy=FORMATS)
        with path.open("rb") as file:
            if not file.read(1):
                raise NoSound(f"{path} is empty (0 bytes)", remedy="copy it again from its source")
    except FileNotFoundError as error:
        raise AudioError(f"there is no file {path}", remedy="check the name and the folder") from error
    except PermissionError as error:
        raise AudioError(f"you may not read {path}", remedy=f"chmod u+r {path}, or ask its owner") from error
    except OSError as error:
        raise AudioError(f"cannot read {path}: {error.strerror}", remedy="check the disk") from error


def _open(path: Path) -> Any:
    import av
    from av.error import FFmpegError

    what, remedy = other_kind(path)
    if what:
        raise AudioError(f"{path} is {what}, not audio", remedy=remedy)
    try:
        # A whole path and this whitelist: a name or a playlist never makes ffmpeg open anything but files.
        # Tags are often not in UTF-8, whatever their format says.
        options = {"protocol_whitelist": "file"}
        return av.open(str(path.absolute()), options=options, metadata_errors="replace")
    except FFmpegError as error:
        with path.open("rb") as file:
            interrupted = file.read(8)[4:] == b"ftyp"
        if interrupted:
            raise AudioError(
                f"{path} was cut off: the index at its end is missing",
                remedy="copy it again from its source, or repair it with a tool for broken MP4 files",
            ) from error
        raise AudioError(f"{path} is not audio, or too damaged to tell", remedy=FORMATS) from error


def _known_seconds(container: Any, stream: Any) -> float | None:
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration is not None else None


def _missing(frame: Any, first: Any, position: int) -> int:
    """Samples that should have come between the `position` samples since `first` and this frame."""
    if frame.pts is None or first.pts is None:
        return 0
    late = round((frame.pts - first.pts) * frame.time_base * frame.sample_rate) - position
    return late if GAP * frame.sample_rate < late < MAX_GAP * frame.sample_rate else 0


def _as_block(frame: Any) -> Block:
    """float32 in [-1, 1], shape `(n_samples, n_channels)`; exact for integers of at most 24 bits."""
    data: NDArray[Any] = frame.to_ndarray()
    data = data.T if frame.format.is_planar else data.reshape(-1, frame.layout.nb_channels)
    block = data.astype(np.float32)
    if data.dtype == np.uint8:
        return (block - np.float32(128.0)) / np.float32(128.0)
    if data.dtype.kind == "i":
        return block / np.float32(2.0 ** (8 * data.dtype.itemsize - 1))
    return block
