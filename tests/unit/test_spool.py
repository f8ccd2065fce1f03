"""The lossless copy: every sample as it was, there before a crash, readable after one."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.helpers.recordings import captured, lag, noise, write
from voicedoc.capture.decode import AudioFile
from voicedoc.capture.spool import SPOOL_NAME, Spool, stream_mono
from voicedoc.core.audio import Samples
from voicedoc.errors import AudioError, StoreError

pytestmark = pytest.mark.unit


def mono(path: Path, rate: int) -> Samples:
    return np.concatenate([np.empty(0, np.float32), *stream_mono(path, rate)])


@pytest.mark.anyio
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24"])
@pytest.mark.parametrize(("rate", "n_channels"), [(8000, 1), (44_100, 2), (96_000, 6)])
async def test_integers_of_at_most_24_bits_are_kept_exactly(
    subtype: str, rate: int, n_channels: int, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.wav", noise(1.3, rate=rate, n_channels=n_channels, level=0.4), rate, subtype=subtype)
    await captured(path, tmp_path / "session")
    source, _ = soundfile.read(path, dtype="int32", always_2d=True)
    kept, kept_rate = soundfile.read(tmp_path / "session" / SPOOL_NAME, dtype="int32", always_2d=True)
    assert kept_rate == rate
    assert np.array_equal(kept, source)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["mp3", "m4a", "opus", "webm"])
async def test_lossy_sources_are_kept_as_decoded_rounded_to_16_bits(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{kind}", noise(1.3, n_channels=2), 48_000)
    await captured(path, tmp_path / "session")
    kept, rate = soundfile.read(tmp_path / "session" / SPOOL_NAME, dtype="int16")
    with AudioFile(path) as audio:
        decoded = np.concatenate(list(audio.blocks()))
    assert rate == 48_000
    assert np.array_equal(kept, np.rint(decoded * 2.0**15).astype(np.int16))


@pytest.mark.parametrize("bits", [16, 24])
def test_values_beyond_full_scale_are_clipped_and_never_wrap(bits: int, tmp_path: Path) -> None:
    block = np.array([[1.0], [1.5], [-1.0], [-7.0], [0.25]], np.float32)
    with Spool(tmp_path / "a.flac", rate=16_000, n_channels=1, bits=bits) as spool:
        spool.write(block)
    kept, _ = soundfile.read(tmp_path / "a.flac")
    assert kept == pytest.approx([1.0, 1.0, -1.0, -1.0, 0.25], abs=1e-4)


KILLED = """
import os, signal, sys
import numpy as np
from pathlib import Path
from voicedoc.capture.spool import Spool

spool = Spool(Path(sys.argv[1]), rate=16_000, n_channels=2, bits=16, sync=sys.argv[2] == "sync")
ramp = np.arange(40 * 4000).reshape(40, 4000) % 30_000 / 2**15
for part in ramp:
    spool.write(np.stack([part, -part], axis=1).astype(np.float32))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("sync", ["sync", "no"])
def test_a_killed_process_leaves_all_but_the_last_block(sync: str, tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), sync], check=False)
    assert done.returncode == -9
    with AudioFile(path) as audio:
        kept = np.concatenate(list(audio.blocks()))
        assert audio.ending() == [], "a spool that was not closed does not know its length"
    assert 160_000 - 4096 < len(kept) <= 160_000
    assert np.array_equal(kept[:, 0] * 2**15, np.arange(len(kept)) % 30_000)
    assert np.array_equal(kept[:, 1], -kept[:, 0])
    assert len(mono(path, 24_000)) == pytest.approx(len(kept) * 1.5, abs=2)


FULL_DISK = """
import resource, sys
import numpy as np
from pathlib import Path
from voicedoc.capture.spool import Spool
from voicedoc.errors import StoreError

resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))  # bytes: a disk that is full
rng = np.random.default_rng(1)
blocks = 0
try:
    with Spool(Path(sys.argv[1]), rate=16_000, n_channels=1, bits=16) as spool:
        for blocks in range(1000):
            spool.write(rng.uniform(-0.5, 0.5, (4000, 1)).astype(np.float32))
except StoreError as error:
    print(blocks * 4000, "|", error, "|", error.remedy)
"""


def test_a_full_disk_is_an_error_with_a_remedy_and_what_was_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    written, message, remedy = done.stdout.split(" | ")
    assert "cannot go on writing" in message
    assert "the disk is full or gone" in message
    assert "free space" in remedy
    kept = mono(path, 16_000)
    expected = np.random.default_rng(1).uniform(-0.5, 0.5, int(written)).astype(np.float32)
    assert int(written) - 3 * 4096 < kept.size, "all but what the encoder still held"
    n = min(kept.size, expected.size)
    assert np.abs(kept[:n] - expected[:n]).max() < 1e-4


def test_a_spool_never_writes_over_another(tmp_path: Path) -> None:
    with Spool(tmp_path / "a.flac", rate=16_000, n_channels=1, bits=16) as spool:
        spool.write(noise(1.0, rate=16_000))
    before = (tmp_path / "a.flac").read_bytes()
    with pytest.raises(StoreError, match="exists already") as caught:
        Spool(tmp_path / "a.flac", rate=16_000, n_channels=1, bits=16)
    assert "--out" in caught.value.remedy
    assert (tmp_path / "a.flac").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot write"):
        Spool(tmp_path / "file" / "a.flac", rate=16_000, n_channels=1, bits=16)


@pytest.mark.parametrize(("rate", "n_channels"), [(16_000, 9), (768_000, 1), (70_001, 1)])
def test_what_flac_cannot_hold_is_refused_before_anything_is_written(
    rate: int, n_channels: int, tmp_path: Path
) -> None:
    with pytest.raises(AudioError) as caught:
        Spool(tmp_path / "a.flac", rate=rate, n_channels=n_channels, bits=16)
    assert "ffmpeg" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rate", [7999, 37_800, 65_535, 88_200, 192_000, 655_350])
def test_odd_and_high_rates_are_kept(rate: int, tmp_path: Path) -> None:
    with Spool(tmp_path / "a.flac", rate=rate, n_channels=1, bits=24) as spool:
        spool.write(noise(0.2, rate=rate))
    assert soundfile.info(tmp_path / "a.flac").samplerate == rate


@pytest.mark.parametrize("rate", [8000, 16_000, 24_000])
def test_a_spool_streams_as_one_channel_at_any_rate_without_delay(rate: int, tmp_path: Path) -> None:
    block = noise(4.0, n_channels=2)
    with Spool(tmp_path / "a.flac", rate=48_000, n_channels=2, bits=16) as spool:
        spool.write(block)
    heard = mono(tmp_path / "a.flac", rate)
    assert heard.size == 4 * rate
    assert lag(heard, block.mean(axis=1)[:: 48_000 // rate]) == 0


def test_an_empty_spool_streams_nothing(tmp_path: Path) -> None:
    Spool(tmp_path / "a.flac", rate=16_000, n_channels=1, bits=16).close()
    assert mono(tmp_path / "a.flac", 24_000).size == 0


def test_a_long_recording_streams_in_little_memory(tmp_path: Path) -> None:
    minute = noise(60.0, rate=8000)
    with Spool(tmp_path / "a.flac", rate=8000, n_channels=1, bits=16) as spool:
        for _ in range(20):
            spool.write(minute)
    tracemalloc.start()
    n_samples = sum(block.size for block in stream_mono(tmp_path / "a.flac", 16_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_samples == 20 * 60 * 16_000
    assert peak < 4_000_000, "twenty minutes are 77 MB"
