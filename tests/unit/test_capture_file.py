"""The stage that reads a recording: on disk first, then frames on the audio clock, the same at any speed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anyio
import numpy as np
import pytest
import soundfile
from anyio import CancelScope

from tests.helpers.recordings import captured, events_of, flow, heard_on, lag, noise, of_kind, write
from voicedoc.capture.file import Probe, ReadFile, probe
from voicedoc.capture.spool import SPOOL_NAME
from voicedoc.core.events import AudioClosed, AudioDamaged, AudioOpened, Event, Frame, Notice
from voicedoc.errors import AudioError, StoreError
from voicedoc.runtime.clock import SteppingClock
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


@pytest.fixture
def stereo(tmp_path: Path) -> Path:
    return write(tmp_path / "visit.wav", noise(3.1, rate=44_100, n_channels=2), 44_100)


async def test_it_opens_frames_and_closes(stereo: Path, tmp_path: Path) -> None:
    events = await captured(stereo, tmp_path / "session")
    opened, *frames, closed = events
    assert isinstance(opened, AudioOpened)
    assert (opened.source, opened.codec, opened.rate, opened.n_channels) == ("visit.wav", "pcm_s16le", 44_100, 2)
    assert opened.duration == pytest.approx(3.1, abs=1e-4)
    assert len(opened.sha256) == 64
    assert {type(event) for event in frames} == {Frame}
    assert isinstance(closed, AudioClosed)
    assert (closed.spool, closed.at, closed.duration) == (SPOOL_NAME, closed.duration, pytest.approx(3.1, abs=1e-4))


@pytest.mark.parametrize("frame_samples", [512, 4000, 16_000, 100_000])
async def test_frames_follow_one_another_and_end_with_the_audio(
    frame_samples: int, stereo: Path, tmp_path: Path
) -> None:
    frames = of_kind(Frame, await captured(stereo, tmp_path / "session", frame_samples=frame_samples))
    position = 0
    for frame in frames:
        assert frame.first_sample == position
        position += frame.samples.size
        assert frame.at == position / 16_000
        assert not frame.samples.flags.writeable
    assert {frame.samples.size for frame in frames[:-1]} <= {frame_samples}
    assert position == pytest.approx(3.1 * 16_000, abs=1)


@pytest.mark.parametrize("rate", [8000, 16_000, 48_000, 96_000])
async def test_a_mix_is_the_mean_of_all_channels(rate: int, tmp_path: Path) -> None:
    original = noise(2.0, rate=rate, n_channels=6)
    events = await captured(write(tmp_path / "a.wav", original, rate, subtype="FLOAT"), tmp_path / "session")
    heard = heard_on(0, events)
    assert {frame.channel for frame in of_kind(Frame, events)} == {0}
    assert heard.size == 32_000
    mean = original.mean(axis=1)
    if rate >= 16_000:
        assert lag(heard, mean[:: rate // 16_000]) == 0
    assert np.sqrt(np.mean(heard**2)) == pytest.approx(np.sqrt(np.mean(mean**2)), rel=0.02)


async def test_separate_channels_come_one_by_one_for_each_time(stereo: Path, tmp_path: Path) -> None:
    events = await captured(stereo, tmp_path / "session", channels="separate")
    frames = of_kind(Frame, events)
    assert [frame.channel for frame in frames] == [0, 1] * (len(frames) // 2)
    assert all(one.at == other.at for one, other in zip(frames[::2], frames[1::2], strict=True))
    original, _ = soundfile.read(stereo, dtype="float32")
    for channel in (0, 1):
        heard = heard_on(channel, events)
        assert abs(np.corrcoef(heard, np.interp(np.arange(heard.size) / 16_000, np.arange(len(original)) / 44_100,
                                                original[:, channel]))[0, 1]) > 0.99  # fmt: skip


async def test_every_sample_of_a_frame_is_on_disk_before_the_frame_flows(stereo: Path, tmp_path: Path) -> None:
    spooled: list[tuple[float, float]] = []

    async def emit(event: Event) -> None:
        if isinstance(event, Frame):
            from voicedoc.capture.decode import AudioFile

            with AudioFile(tmp_path / "session" / SPOOL_NAME) as audio:
                kept = sum(len(block) for block in audio.blocks())
            spooled.append((event.at, kept / 44_100))

    await ReadFile(stereo, tmp_path / "session", SteppingClock(), InlineWorker()).run(flow(), emit)
    assert len(spooled) == 13
    assert all(kept > at - 4096 / 44_100 for at, kept in spooled), "all but the encoder's unfinished block"


async def test_pacing_releases_each_frame_at_its_end_and_changes_nothing_else(stereo: Path, tmp_path: Path) -> None:
    clock = SteppingClock()
    released: list[tuple[float, float]] = []
    paced: list[Event] = []

    async def emit(event: Event) -> None:
        paced.append(event)
        if isinstance(event, Frame):
            released.append((event.at, clock.now()))

    await ReadFile(stereo, tmp_path / "paced", clock, InlineWorker(), paced=True).run(flow(), emit)
    assert released
    assert all(now == at for at, now in released)
    unpaced = await captured(stereo, tmp_path / "unpaced")
    assert paced == unpaced
    assert np.array_equal(heard_on(0, paced), heard_on(0, unpaced))


@pytest.mark.parametrize("make", [InlineWorker, lambda: ThreadWorker("test")])
async def test_a_cancelled_reading_leaves_a_whole_spool(
    make: Callable[[], InlineWorker | ThreadWorker], tmp_path: Path
) -> None:
    path = write(tmp_path / "a.wav", noise(30.0, rate=16_000), 16_000)
    worker = make()
    n_samples = 0
    with CancelScope() as scope:

        async def emit(event: Event) -> None:
            nonlocal n_samples
            if isinstance(event, Frame):
                n_samples += event.samples.size
                if event.at >= 5.0:
                    scope.cancel()
            await anyio.lowlevel.checkpoint()

        await ReadFile(path, tmp_path / "session", SteppingClock(), worker).run(flow(), emit)
    worker.close()
    assert scope.cancelled_caught
    kept, _ = soundfile.read(tmp_path / "session" / SPOOL_NAME)
    assert n_samples <= len(kept) < 30 * 16_000


async def test_it_refuses_a_folder_with_an_earlier_recording(stereo: Path, tmp_path: Path) -> None:
    await captured(stereo, tmp_path / "session")
    with pytest.raises(StoreError, match="exists already"):
        await captured(stereo, tmp_path / "session")


async def test_reports_come_once_between_frames_in_order_of_time(tmp_path: Path) -> None:
    samples = noise(40.0, rate=16_000)
    samples[5 * 16_000] = np.nan
    samples[30 * 16_000 : 30 * 16_000 + 200] = 3.0
    path = write(tmp_path / "a.wav", samples, 16_000, subtype="FLOAT")
    events = await captured(path, tmp_path / "session")
    damaged = of_kind(AudioDamaged, events)
    assert [event.kind for event in damaged] == ["not-a-number", "clipped"]
    assert damaged[0].at == 16.0, "ten seconds later nothing can be added any more"
    assert [event.at for event in events] == sorted(event.at for event in events)


async def test_separate_microphones_that_are_mixed_are_noticed(tmp_path: Path) -> None:
    people = noise(30.0, rate=16_000, n_channels=2)
    turn = (np.arange(len(people)) // 32_000) % 2
    people *= np.stack([turn == 0, turn == 1], axis=1)
    path = write(tmp_path / "a.wav", people, 16_000)
    (notice,) = of_kind(Notice, await captured(path, tmp_path / "mixed"))
    assert (notice.code, notice.remedy) == ("channels-differ", "--channels doctor,patient")
    assert of_kind(Notice, await captured(path, tmp_path / "apart", channels="separate")) == []


def test_probing_tells_what_is_there_without_reading_it(stereo: Path, tmp_path: Path) -> None:
    assert probe(stereo) == Probe("pcm_s16le", 44_100, 2, pytest.approx(3.1, abs=1e-4))
    with pytest.raises(AudioError, match="9 channels"):
        probe(write(tmp_path / "a.wav", noise(0.1, n_channels=9), 48_000))


async def test_a_reading_that_cannot_begin_says_so(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="no file"):
        await events_of(ReadFile(tmp_path / "gone.wav", tmp_path / "session", SteppingClock(), InlineWorker()))
    assert not (tmp_path / "session").exists()
