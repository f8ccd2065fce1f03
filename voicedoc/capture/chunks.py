"""The crash-safe copy of what a session hears: chunks of at most 0.25 s, each compressed, sealed and whole in itself.

A file is `MAGIC`, then records. A record is its kind (one byte), the number of samples that it holds (4), its length
(4), a CRC-32 of all this and what follows (4), and so many bytes that a `Cipher` has sealed. What it holds:

* "h", first: JSON with the sample rate, the number of channels and this format's version
* "a": audio, FLAC of 16 bits
* "e": nothing. The recording was closed here; a continued one goes on behind it

A record is sealed to its place: the file's stem, its kind and its number in the file ("audio a17"), so that one that
was moved, repeated or left out is noticed.
"""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from voicedoc.capture.limits import check_fits
from voicedoc.capture.recorder import Pcm
from voicedoc.capture.resample import Block, Resampler
from voicedoc.capture.spool import Spool
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cipher import Cipher
from voicedoc.errors import AudioError, StoreError

CHUNKS_NAME = "audio.chunks"
"""What the microphones heard."""

HEARD_NAME = "heard.chunks"
"""What was listened to, at 16 kHz, where an echo was taken out of it."""

MAGIC = b"VoiceDoc chunks\n"
LONGEST = 0.25
"""Seconds in a chunk."""

SYNCED = 0.2
"""Seconds of audio after which the disk is made to have it: what a power failure may cost."""

_HEAD = struct.Struct("<cIII")
_HEADER, _AUDIO, _END = b"h", b"a", b"e"


class _Record(NamedTuple):
    """A record as it stands in the file. `sealed` is None where it was damaged. `stop` is the offset behind it."""

    kind: bytes
    number: int
    n_samples: int
    sealed: bytes | None
    stop: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a chunk file holds.

    `closed`: it was closed, not broken off. `torn_bytes` at its end are an unfinished record, which nobody can read.
    `n_damaged` records within it cannot be read; silence stands in for them. `stop` is the offset behind the last
    record, `n_records` their number.
    """

    rate: int
    n_channels: int
    n_samples: int
    closed: bool
    torn_bytes: int
    n_damaged: int
    stop: int
    n_records: int

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.n_samples / self.rate


class ChunkWriter:
    """Writes a chunk file; made by `create` or `resume`. Without `close`, the file is valid but not marked as closed.

    What `write` has taken survives the death of this process; after another `SYNCED` seconds, the machine's.
    """

    def __init__(self, path: Path, cipher: Cipher, file: io.FileIO, kept: Kept) -> None:
        self.path, self.rate, self.n_channels = path, kept.rate, kept.n_channels
        self.n_samples = kept.n_samples
        self._cipher, self._file = cipher, file
        self._number, self._stop = kept.n_records, kept.stop
        self._unsynced, self._torn = 0, False
        self._forcing = _Forcing()

    @classmethod
    def create(cls, path: Path, cipher: Cipher, *, rate: int, n_channels: int) -> ChunkWriter:
        """Begin a file.

        Raises:
            AudioError: If FLAC cannot hold so many channels or this rate.
            StoreError: If the file exists or cannot be made.
        """
        check_fits(rate, n_channels)
        try:
            writer = cls(path, cipher, path.open("xb", buffering=0), Kept(rate, n_channels, 0, False, 0, 0, 0, 0))
        except OSError as error:
            raise _unwritable(path, error) from error
        header = json.dumps({"version": 1, "rate": rate, "n_channels": n_channels}).encode()
        writer._append(MAGIC + writer._record(_HEADER, 0, header))  # at once: a file has a whole header or is empty
        writer.sync()
        _sync_folder(path.parent)
        return writer

    @classmethod
    def resume(cls, path: Path, cipher: Cipher) -> ChunkWriter:
        """Go on where a file ends. An unfinished record at its end is cut off.

        Raises:
            AudioError: If it is no chunk file.
            StoreError: If it cannot be read or written, or was sealed under another key.
        """
        kept = survey(path, cipher)
        try:
            file = path.open("r+b", buffering=0)
            file.truncate(kept.stop)
            file.seek(kept.stop)
        except OSError as error:
            raise _unwritable(path, error) from error
        return cls(path, cipher, file, kept)

    @classmethod
    def take_up(cls, path: Path, cipher: Cipher, *, rate: int, n_channels: int) -> ChunkWriter:
        """Go on where a file ends, as it is; or begin one where there is none, or none with a whole header.

        Raises:
            AudioError, StoreError: See `create` and `resume`.
        """
        if path.exists():
            if not _is_headless(path):
                return cls.resume(path, cipher)
            path.unlink()  # its process died, or its disk was full, at the first bytes
        return cls.create(path, cipher, rate=rate, n_channels=n_channels)

    def __enter__(self) -> ChunkWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, block: Pcm) -> None:
        """Append samples, shape `(n_samples, n_channels)`.

        Raises:
            StoreError: If the disk is full or gone. What was written stays readable, and writing may be tried again
                with the samples from `n_samples` on.
        """
        size = round(LONGEST * self.rate)
        for start in range(0, len(block), size):
            part = block[start : start + size]
            self._put(_AUDIO, len(part), _compressed(part, self.rate))
            self.n_samples += len(part)
            self._unsynced += len(part)
            if self._unsynced >= SYNCED * self.rate:
                self._force()

    def sync(self) -> None:
        """Make the disk have everything.

        Raises:
            StoreError: If the disk is gone.
        """
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._unsynced = 0

    def _force(self) -> None:
        try:
            self._unsynced *= not self._forcing.begin(self._file)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def close(self) -> None:
        """Mark the recording as closed. Closing again does nothing.

        Raises:
            StoreError: If the disk is full or gone.
        """
        if self._file.closed:
            return
        try:
            self._put(_END, 0, b"")
            self.sync()
        finally:
            self._forcing.close()
            self._file.close()

    def _put(self, kind: bytes, n_samples: int, plain: bytes) -> None:
        self._append(self._record(kind, n_samples, plain))

    def _record(self, kind: bytes, n_samples: int, plain: bytes) -> bytes:
        sealed = self._cipher.seal(plain, _place(self.path, kind, self._number))
        return _HEAD.pack(kind, n_samples, len(sealed), _crc(kind, n_samples, sealed)) + sealed

    def _append(self, data: bytes) -> None:
        """Write a whole record, over what is left of one that could not be written."""
        try:
            if self._torn:
                self._file.truncate(self._stop)
                self._file.seek(self._stop)
            self._torn = True
            waiting = memoryview(data)
            while waiting:
                waiting = waiting[self._file.write(waiting) :]
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._torn = False
        self._stop += len(data)
        self._number += 1


class _Forcing:
    """Makes the disk have a file, in a thread of its own: the samples that come next do not wait for a busy disk."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "voicedoc-force")
        self._last: Future[None] | None = None

    def begin(self, file: io.FileIO) -> bool:
        """Begin, and return at once. False where that goes on which was begun before.

        Raises:
            OSError: If that has failed.
        """
        if self._last and not self._last.done():
            return False
        last, self._last = self._last, self._thread.submit(os.fsync, file.fileno())
        if last:
            last.result()
        return True

    def close(self) -> None:
        """Wait for what goes on."""
        self._thread.shutdown()


def survey(path: Path, cipher: Cipher) -> Kept:
    """What is in a chunk file, however it ended. Reads it through, and opens its header only.

    Raises:
        AudioError: If it is no chunk file.
        StoreError: If it cannot be read, or was sealed under another key.
    """
    with _opened(path) as file:
        rate, n_channels, begin = _begin(file, path, cipher)
        n_samples, n_damaged, n_records, stop, last = 0, 0, 1, begin, _HEADER
        for record in _records(file):
            n_samples += record.n_samples
            n_damaged += record.sealed is None
            n_records, stop, last = record.number + 1, record.stop, record.kind
        torn_bytes = file.seek(0, os.SEEK_END) - stop
    return Kept(rate, n_channels, n_samples, last == _END, torn_bytes, n_damaged, stop, n_records)


def read_blocks(path: Path, cipher: Cipher, *, first_sample: int = 0) -> Iterator[Pcm]:
    """The samples from `first_sample` on, chunk by chunk, up to the last whole one; silence for one that was damaged.

    What lies before is not opened.

    Raises:
        AudioError: If it is no chunk file.
        StoreError: If it cannot be read, or was sealed under another key.
    """
    with _opened(path) as file:
        _, n_channels, _ = _begin(file, path, cipher)
        before = 0
        for record in _records(file):
            skipped, before = max(0, first_sample - before), before + record.n_samples
            if record.n_samples and skipped >= record.n_samples:
                continue
            if record.sealed is None:
                yield np.zeros((record.n_samples, n_channels), np.int16)[skipped:]
            else:
                plain = cipher.open(record.sealed, _place(path, record.kind, record.number))
                if record.kind == _AUDIO:
                    yield _decompressed(plain)[skipped:]


def stream_chunks(path: Path, cipher: Cipher, rate: int) -> Iterator[Samples]:
    """A chunk file as one channel at `rate` Hz, a chunk at a time.

    Raises:
        AudioError, StoreError: See `read_blocks`.
    """
    resampler = Resampler(survey(path, cipher).rate, rate, 1)
    for block in read_blocks(path, cipher):
        yield as_samples(resampler.push(as_block(block).mean(axis=1, keepdims=True))[:, 0])
    yield as_samples(resampler.finish()[:, 0])


def export_flac(path: Path, cipher: Cipher, target: Path) -> Kept:
    """Write a chunk file as a FLAC file that anybody can play: every sample as it was, no longer encrypted.

    Raises:
        AudioError, StoreError: See `read_blocks`; also if `target` exists or cannot be written.
    """
    kept = survey(path, cipher)
    with Spool(target, rate=kept.rate, n_channels=kept.n_channels, bits=16) as spool:
        for block in read_blocks(path, cipher):
            spool.write(as_block(block))
    return kept


def as_block(pcm: Pcm) -> Block:
    """Samples as they are computed with: in [-1, 1)."""
    return pcm.astype(np.float32) / np.float32(2.0**15)


def as_pcm(block: Block) -> Pcm:
    """Samples as they are kept: rounded to 16 bits, clipped to full scale."""
    pcm: Pcm = np.clip(np.rint(block * np.float32(2.0**15)), -(2**15), 2**15 - 1).astype(np.int16)
    return pcm


def _begin(file: BinaryIO, path: Path, cipher: Cipher) -> tuple[int, int, int]:
    """Read up to behind the header: rate, number of channels, offset."""
    header = next(_records(file, number=0), None) if file.read(len(MAGIC)) == MAGIC else None
    if header is None or header.kind != _HEADER or header.sealed is None:
        raise AudioError(f"{path} is no recording of a session", remedy="name a session; see voicedoc sessions")
    told = json.loads(cipher.open(header.sealed, _place(path, _HEADER, 0)))
    if told["version"] != 1:
        raise AudioError(f"{path} was written by a newer version of VoiceDoc", remedy="read it with that version")
    return told["rate"], told["n_channels"], header.stop


def _is_headless(path: Path) -> bool:
    """Whether a file is only the beginning of a header."""
    with _opened(path) as file:
        begin = file.read(len(MAGIC) + _HEAD.size)
        size = file.seek(0, os.SEEK_END)
    if len(begin) < len(MAGIC) + _HEAD.size:
        return begin[: len(MAGIC)] == MAGIC[: len(begin)]
    kind, _, length, _ = _HEAD.unpack_from(begin, len(MAGIC))
    return begin.startswith(MAGIC) and kind == _HEADER and size < len(begin) + length


def _records(file: BinaryIO, number: int = 1) -> Iterator[_Record]:
    """The whole records from the file's position on. A damaged one counts if a sound one follows, else it is torn."""
    waiting: list[_Record] = []
    while (record := _record(file, number)) is not None:
        waiting.append(record)
        if record.sealed is not None:
            yield from waiting
            waiting.clear()
        number += 1


def _record(file: BinaryIO, number: int) -> _Record | None:
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, n_samples, length, crc = _HEAD.unpack(head)
    if kind not in (_HEADER, _AUDIO, _END):
        return None
    sealed = file.read(length)
    if len(sealed) < length:
        return None
    sound = _crc(kind, n_samples, sealed) == crc
    return _Record(kind, number, n_samples, sealed if sound else None, file.tell())


def _crc(kind: bytes, n_samples: int, sealed: bytes) -> int:
    return zlib.crc32(sealed, zlib.crc32(kind + struct.pack("<II", n_samples, len(sealed))))


def _place(path: Path, kind: bytes, number: int) -> bytes:
    return f"{path.stem} {kind.decode()}{number}".encode()


def _compressed(block: Pcm, rate: int) -> bytes:
    import soundfile

    flac = io.BytesIO()
    soundfile.write(flac, block, rate, format="FLAC", subtype="PCM_16")
    return flac.getvalue()


def _decompressed(flac: bytes) -> Pcm:
    import soundfile

    block: Pcm = soundfile.read(io.BytesIO(flac), dtype="int16", always_2d=True)[0]
    return block


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise StoreError(
            f"cannot read {path}: {error.strerror}", remedy="name a session; see voicedoc sessions"
        ) from error


def _sync_folder(folder: Path) -> None:
    """Make the disk have the file's name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot write {path}: {error.strerror}", remedy="free space on that disk; what was written is kept"
    )
