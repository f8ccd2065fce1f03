"""The crash-safe copy: whole up to its last chunk after any death, and nobody else's to read."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.capture.chunks import (
    LONGEST,
    ChunkWriter,
    as_block,
    as_pcm,
    export_flac,
    read_blocks,
    stream_chunks,
    survey,
)
from voicedoc.capture.keeping import HELD, Keeping
from voicedoc.capture.recorder import Pcm
from voicedoc.core.cipher import Plain
from voicedoc.errors import AudioError, StoreError

pytestmark = pytest.mark.unit

RATE = 16_000


class Bound:
    """A cipher for tests: no secret, but it notices bytes that were moved, changed or sealed by another."""

    def __init__(self, key: str = "key") -> None:
        self._key = key

    def seal(self, plain: bytes, place: bytes) -> bytes:
        return json.dumps([self._key, place.decode()]).encode() + b"\n" + plain[::-1]

    def open(self, sealed: bytes, place: bytes) -> bytes:
        head, _, body = sealed.partition(b"\n")
        if json.loads(head) != [self._key, place.decode()]:
            raise StoreError("sealed elsewhere")
        return body[::-1]


def sound(n: int, n_channels: int = 1, seed: int = 3) -> Pcm:
    return (3000 * np.random.default_rng(seed).standard_normal((n, n_channels))).astype(np.int16)


def written(path: Path, block: Pcm, *, step: int = 800, cipher: Any = None, close: bool = True) -> ChunkWriter:
    writer = ChunkWriter.create(path, cipher or Plain(), rate=RATE, n_channels=block.shape[1])
    for start in range(0, len(block), step):
        writer.write(block[start : start + step])
    if close:
        writer.close()
    else:
        abandon(writer)
    return writer


def abandon(writer: ChunkWriter) -> None:
    """What the death of a process does to a file."""
    writer._file.close()


def read(path: Path, cipher: Any = None) -> Pcm:
    return np.concatenate([np.empty((0, 1), np.int16), *read_blocks(path, cipher or Plain())])


@pytest.mark.parametrize("n_channels", [1, 2, 8])
@pytest.mark.parametrize("step", [333, 800, 50_000])
def test_every_sample_comes_back(n_channels: int, step: int, tmp_path: Path) -> None:
    block = sound(40_001, n_channels)
    written(tmp_path / "a.chunks", block, step=step, cipher=Bound())
    blocks = list(read_blocks(tmp_path / "a.chunks", Bound()))
    assert np.array_equal(np.concatenate(blocks), block)
    assert max(map(len, blocks)) <= LONGEST * RATE
    kept = survey(tmp_path / "a.chunks", Bound())
    assert (kept.rate, kept.n_channels, kept.n_samples, kept.closed) == (RATE, n_channels, 40_001, True)
    assert (kept.torn_bytes, kept.n_damaged) == (0, 0)


def test_what_was_written_is_there_although_nobody_closed_it(tmp_path: Path) -> None:
    block = sound(8000)
    written(tmp_path / "a.chunks", block, close=False)
    assert np.array_equal(read(tmp_path / "a.chunks"), block)
    assert not survey(tmp_path / "a.chunks", Plain()).closed


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 60_000))
def test_a_file_that_breaks_off_anywhere_has_all_its_whole_chunks(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    block = sound(16_000)
    writer = ChunkWriter.create(folder / "a.chunks", Plain(), rate=RATE, n_channels=1)
    ends = [(folder / "a.chunks").stat().st_size]
    for start in range(0, len(block), 800):
        writer.write(block[start : start + 800])
        ends.append((folder / "a.chunks").stat().st_size)
    abandon(writer)
    cut = ends[0] + cut % (ends[-1] - ends[0] + 1)
    os.truncate(folder / "a.chunks", cut)
    n_whole = 800 * sum(end <= cut for end in ends[1:])
    assert np.array_equal(read(folder / "a.chunks"), block[:n_whole])
    kept = survey(folder / "a.chunks", Plain())
    assert kept.n_samples == n_whole
    assert kept.torn_bytes == cut - max(end for end in ends if end <= cut)
    again = ChunkWriter.resume(folder / "a.chunks", Plain())
    assert again.n_samples == n_whole
    again.write(block[n_whole:])
    again.close()
    assert np.array_equal(read(folder / "a.chunks"), block)


def test_a_file_that_breaks_off_in_its_header_is_begun_anew_and_any_other_goes_on(tmp_path: Path) -> None:
    block, path = sound(4000), tmp_path / "a.chunks"
    written(path, block[:0], close=False)
    header = path.read_bytes()
    for cut in range(len(header) + 1):
        path.write_bytes(header[:cut])
        with ChunkWriter.take_up(path, Plain(), rate=RATE, n_channels=1) as writer:
            writer.write(block[:800])
        with ChunkWriter.take_up(path, Plain(), rate=RATE, n_channels=1) as writer:
            writer.write(block[800:])
        assert np.array_equal(read(path), block)


@pytest.mark.parametrize("content", [b"RIFF", b"something else, and long enough to be a header of ours"])
def test_a_file_of_somebody_else_is_never_replaced(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.chunks"
    path.write_bytes(content)
    with pytest.raises(AudioError):
        ChunkWriter.take_up(path, Plain(), rate=RATE, n_channels=1)
    assert path.read_bytes() == content


def test_after_kill_9_at_any_moment_all_is_there_but_what_was_being_written(tmp_path: Path) -> None:
    block, chance = sound(50 * 800), random.Random(4)
    n_lost: list[int] = []
    for attempt in range(50):
        path = tmp_path / f"{attempt}.chunks"
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:  # records until it is killed; says how much it was told is safe
            writer = ChunkWriter.create(path, Bound(), rate=RATE, n_channels=1)
            for start in range(0, len(block), 800):
                writer.write(block[start : start + 800])
                os.write(writing, b".")
            os._exit(0)
        os.close(writing)
        os.read(reading, 1)  # it has begun
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        n_told = 1
        while told := os.read(reading, 100):
            n_told += len(told)
        os.close(reading)
        kept = read(path, Bound())
        assert 800 * n_told <= len(kept) <= 800 * (n_told + 1)
        assert np.array_equal(kept, block[: len(kept)])
        n_lost.append(len(block) - len(kept))
    assert len(set(n_lost)) > 5  # they did die at different moments


def test_bytes_that_went_bad_are_silence_and_nothing_moves(tmp_path: Path) -> None:
    block = sound(8000)
    written(tmp_path / "a.chunks", block)
    raw = bytearray((tmp_path / "a.chunks").read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    (tmp_path / "a.chunks").write_bytes(raw)
    kept = read(tmp_path / "a.chunks")
    assert survey(tmp_path / "a.chunks", Plain()).n_damaged == 1
    assert len(kept) == len(block)
    differs = np.flatnonzero((kept != block).any(axis=1)) // 800
    assert len(set(differs)) == 1
    assert not kept[differs[0] * 800 : differs[0] * 800 + 800].any()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    written(tmp_path / "a.chunks", sound(8000), cipher=Bound("one"))
    with pytest.raises(StoreError):
        survey(tmp_path / "a.chunks", Bound("other"))


def test_a_chunk_that_was_moved_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.chunks"
    writer = ChunkWriter.create(path, Bound(), rate=RATE, n_channels=1)
    ends = [path.stat().st_size]
    for _ in range(3):
        writer.write(np.zeros((800, 1), np.int16))
        ends.append(path.stat().st_size)
    abandon(writer)
    raw = path.read_bytes()
    path.write_bytes(raw[: ends[1]] + raw[ends[2] : ends[3]] + raw[ends[1] : ends[2]])
    with pytest.raises(StoreError):
        read(path, Bound())
    path.write_bytes(raw)
    path.rename(tmp_path / "b.chunks")
    with pytest.raises(StoreError):
        read(tmp_path / "b.chunks", Bound())


@pytest.mark.parametrize("content", [b"", b"VoiceDoc chunks\n", b"RIFF....WAVE", b"VoiceDoc chunks\nhello"])
def test_what_is_no_recording_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.chunks").write_bytes(content)
    with pytest.raises(AudioError):
        survey(tmp_path / "a.chunks", Plain())


def test_a_missing_or_existing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        survey(tmp_path / "none.chunks", Plain())
    written(tmp_path / "a.chunks", sound(800))
    with pytest.raises(StoreError):
        ChunkWriter.create(tmp_path / "a.chunks", Plain(), rate=RATE, n_channels=1)


def test_it_is_exported_as_it_was_and_streamed_at_any_rate(tmp_path: Path) -> None:
    block = sound(48_000, 2)
    written(tmp_path / "a.chunks", block, cipher=Bound())
    export_flac(tmp_path / "a.chunks", Bound(), tmp_path / "a.flac")
    exported, rate = soundfile.read(tmp_path / "a.flac", dtype="int16")
    assert rate == RATE
    assert np.array_equal(exported, block)
    same = np.concatenate(list(stream_chunks(tmp_path / "a.chunks", Bound(), RATE)))
    assert np.allclose(same, as_block(block).mean(axis=1), atol=1e-6)
    half = np.concatenate(list(stream_chunks(tmp_path / "a.chunks", Bound(), RATE // 2)))
    assert half.size == 24_000


def test_samples_survive_being_computed_with_and_clip_at_full_scale() -> None:
    pcm = np.arange(-(2**15), 2**15, dtype=np.int16)[:, np.newaxis]
    assert np.array_equal(as_pcm(as_block(pcm)), pcm)
    assert as_pcm(np.array([[2.0], [-2.0]], np.float32)).tolist() == [[32767], [-32768]]


# --- a full disk


class Full(io.FileIO):
    """A file on a disk that can be full: it then takes part of what it is given, as disks do."""

    full = False

    def write(self, data: Any) -> int:
        if not self.full:
            return super().write(data)
        if len(data) > 100:
            return super().write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")


def on_full_disk(path: Path) -> Keeping:
    writer = ChunkWriter.create(path, Plain(), rate=RATE, n_channels=1)
    writer._file.close()
    file = Full(path, "r+b")
    file.seek(0, os.SEEK_END)
    writer._file = file
    return Keeping(writer)


def test_a_full_disk_is_told_once_and_nothing_is_missing_when_there_is_room_again(tmp_path: Path) -> None:
    keeping, block = on_full_disk(tmp_path / "a.chunks"), sound(10 * RATE)
    codes: list[str] = []
    for number, start in enumerate(range(0, len(block), 800)):
        keeping.writer._file.full = 20 <= number < 120  # type: ignore[attr-defined]
        codes += [notice.code for notice in keeping.keep(block[start : start + 800], start / RATE)]
        kept = read(tmp_path / "a.chunks")
        assert np.array_equal(kept, block[: len(kept)])
    keeping.close()
    assert codes == ["not-recording", "recording-again"]
    assert np.array_equal(read(tmp_path / "a.chunks"), block)
    assert survey(tmp_path / "a.chunks", Plain()).closed


def test_a_disk_that_stays_full_ends_the_recording_after_minutes(tmp_path: Path) -> None:
    keeping = on_full_disk(tmp_path / "a.chunks")
    keeping.writer._file.full = True  # type: ignore[attr-defined]
    silence = np.zeros((4000, 1), np.int16)
    with pytest.raises(StoreError, match="No space") as raised:
        for _ in range(round((HELD + 2) * RATE) // 4000):
            keeping.keep(silence, 0.0)
    abandon(keeping.writer)
    assert raised.value.remedy
