"""Microphones of a virtual sound card, through PortAudio as it is: recorded, unplugged, replaced, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest
import soundfile

from tests.helpers.live_devices import heard_of, nothing
from tests.helpers.sound_card import missing_programs, virtual_loudspeaker
from voicedoc.capture.chunks import CHUNKS_NAME, ChunkWriter, read_blocks, stream_chunks, survey
from voicedoc.capture.devices import Microphone
from voicedoc.capture.microphone import ReadMicrophone
from voicedoc.capture.recorder import MicrophoneProcess
from voicedoc.core.cipher import Plain
from voicedoc.core.events import AudioClosed, DeviceBack, DeviceLost, Event, Frame
from voicedoc.errors import BackendUnavailable
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.worker import ThreadWorker

pytestmark = [pytest.mark.device, pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"  # the event loop makes no difference to the sound card


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A sound card with a microphone `virtmic`; programs that are started now use it."""
    if missing := missing_programs():
        pytest.skip(f"no virtual sound card: {', '.join(missing)} missing; apt-get install pulseaudio pulseaudio-utils")
    with virtual_loudspeaker() as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        pactl("load-module", "module-null-sink", "sink_name=virtmic", "rate=48000")
        pactl("set-default-source", "virtmic.monitor")
        yield environment


def pactl(*arguments: str) -> str:
    return subprocess.run(["pactl", *arguments], capture_output=True, text=True, check=True).stdout.strip()


def speech(folder: Path, seconds: float = 3.0) -> tuple[Path, np.ndarray[Any, Any]]:
    """A sound whose every piece has one place only, with the rhythm of speech; at 16 kHz."""
    rng = np.random.default_rng(11)
    n = round(16_000 * seconds)
    sound = np.convolve(rng.standard_normal(n), np.hanning(7), "same")
    sound *= np.repeat(rng.random(n // 1600 + 1) > 0.3, 1600)[:n]
    sound = (0.4 * sound / np.abs(sound).max()).astype(np.float32)
    soundfile.write(folder / "speech.wav", sound, 16_000)
    return folder / "speech.wav", sound


def play(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["paplay", "--device=virtmic", str(path)])


def contains(heard: Any, sound: Any) -> bool:
    """Whether `sound` is in `heard`, whole and at its own speed: each second of it at its place behind the first."""
    places = []
    for start in range(0, sound.size - 15_999, 16_000):
        part = sound[start : start + 16_000]
        likeness = np.correlate(heard, part, "valid")
        place = int(likeness.argmax())
        alike = np.corrcoef(heard[place : place + part.size], part)[0, 1]
        assert alike > 0.9, f"second {start / 16_000:.0f} is only {alike:.2f} alike"
        places.append(place - start)
    return max(places) - min(places) <= 16


class Session:
    """A recording that goes on in the background."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.events: list[Event] = []
        self._folder, self._options = folder, options

    async def run(self) -> None:
        self.worker = ThreadWorker("capture")
        self.stage = ReadMicrophone([Microphone()], self._folder, Plain(), WallClock(), self.worker, **self._options)
        await self.stage.run(nothing(), self._emit)
        self.worker.close()

    async def _emit(self, event: Event) -> None:
        self.events.append(event)

    async def until(self, kind: type[Event], seconds: float = 40.0) -> None:
        with anyio.fail_after(seconds):
            while not any(type(event) is kind for event in self.events):
                await anyio.sleep(0.05)


async def test_speech_is_in_the_recording_and_in_the_frames(card: dict[str, str], tmp_path: Path) -> None:
    path, sound = speech(tmp_path)
    session = Session(tmp_path)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(session.run)
        await session.until(Frame)
        player = play(path)
        await anyio.to_thread.run_sync(player.wait)
        await anyio.sleep(1.0)
        session.stage.stop()
    assert contains(heard_of(session.events), sound)
    kept = np.concatenate(list(stream_chunks(tmp_path / CHUNKS_NAME, Plain(), 16_000)))
    assert contains(kept, sound)
    assert survey(tmp_path / CHUNKS_NAME, Plain()).closed
    assert isinstance(session.events[-1], AudioClosed)


async def test_an_unplugged_microphone_is_replaced_and_the_clock_stays_true(
    card: dict[str, str], tmp_path: Path
) -> None:
    path, sound = speech(tmp_path)
    session = Session(tmp_path)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(session.run)
        await session.until(Frame)
        began = time.monotonic() - session.stage.position
        pactl("unload-module", "module-null-sink")  # all of them: nothing is left to record from
        await session.until(DeviceLost)
        await anyio.sleep(2.0)
        pactl("load-module", "module-null-sink", "sink_name=virtmic", "rate=48000")
        pactl("set-default-source", "virtmic.monitor")
        await session.until(DeviceBack)
        player = play(path)
        await anyio.to_thread.run_sync(player.wait)
        await anyio.sleep(1.0)
        assert session.stage.position == pytest.approx(time.monotonic() - began, abs=0.3)
        session.stage.stop()
    (lost,) = [event for event in session.events if isinstance(event, DeviceLost)]
    (back,) = [event for event in session.events if isinstance(event, DeviceBack)]
    assert back.at - lost.at == pytest.approx(back.seconds, abs=0.5)
    heard = heard_of(session.events)
    assert contains(heard, sound)
    gap = heard[round((lost.at + 0.2) * 16_000) : round((back.at - 0.2) * 16_000)]
    assert gap.size > 16_000
    assert not gap.any()
    closed = session.events[-1]
    assert isinstance(closed, AudioClosed)
    assert heard.size / 16_000 == pytest.approx(closed.duration, abs=0.01)


async def test_a_killed_recorder_is_started_again(card: dict[str, str], tmp_path: Path) -> None:
    recorders: list[MicrophoneProcess] = []

    def opened(microphone: Microphone, /, *, substitutes: bool) -> MicrophoneProcess:
        recorders.append(MicrophoneProcess(microphone, substitutes=substitutes))
        return recorders[-1]

    session = Session(tmp_path, open_input=opened)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(session.run)
        await session.until(Frame)
        os.kill(recorders[0]._process.pid, signal.SIGKILL)
        await session.until(DeviceBack)
        await anyio.sleep(0.5)
        session.stage.stop()
    assert len(recorders) == 2
    assert all(recorder._process.poll() is not None for recorder in recorders)


async def test_without_any_sound_card_the_session_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "none.conf"))
    monkeypatch.setenv("HOME", str(tmp_path))
    listing = "import sounddevice as s; print(sum(d['max_input_channels'] for d in s.query_devices()))"
    found = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=False)
    if found.stdout.strip() not in ("", "0"):
        pytest.skip("this machine has a microphone that needs no configuration")
    session = Session(tmp_path)
    with pytest.raises(BackendUnavailable) as raised:
        await session.run()
    session.worker.close()
    assert raised.value.remedy


RECORD = """
import sys, anyio
from pathlib import Path
from voicedoc.capture.devices import Microphone
from voicedoc.capture.microphone import ReadMicrophone
from voicedoc.core.cipher import Plain
from voicedoc.core.events import Frame
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.worker import ThreadWorker

async def main():
    stage = ReadMicrophone([Microphone()], Path(sys.argv[1]), Plain(), WallClock(), ThreadWorker("capture"))
    async def emit(event):
        if isinstance(event, Frame):
            print(event.at, flush=True)
    async def nothing():
        return
        yield
    await stage.run(nothing(), emit)

anyio.run(main)
"""


async def test_a_session_killed_in_mid_recording_has_all_that_anybody_heard(
    card: dict[str, str], tmp_path: Path
) -> None:
    program = subprocess.Popen([sys.executable, "-c", RECORD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    heard = 0.0
    while heard < 1.5:
        heard = float(program.stdout.readline())
    program.kill()
    heard = max([heard, *map(float, program.stdout.read().split())])
    program.wait()
    program.stdout.close()
    kept = survey(tmp_path / CHUNKS_NAME, Plain())
    assert kept.duration >= heard
    assert not kept.closed
    assert sum(map(len, read_blocks(tmp_path / CHUNKS_NAME, Plain()))) == kept.n_samples
    ChunkWriter.resume(tmp_path / CHUNKS_NAME, Plain()).close()
    assert survey(tmp_path / CHUNKS_NAME, Plain()).closed


CHECK = """
import anyio, json
from dataclasses import asdict
from voicedoc.capture.check import SoundCheck
from voicedoc.capture.devices import Microphone
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.worker import ThreadWorker
from voicedoc.speak.loudspeaker import SoundDevice

async def main():
    worker = ThreadWorker("check")
    check = SoundCheck(Microphone(), WallClock(), worker)
    found = await check.run(SoundDevice(lambda: check.position))
    worker.close()
    print(json.dumps(asdict(found)))

anyio.run(main)
"""


async def test_the_sound_check_hears_the_loudspeaker_through_the_sound_card(card: dict[str, str]) -> None:
    pactl("set-default-source", "virtspk.monitor")  # the microphone stands in front of the loudspeaker
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["noise"] < -60
    assert found["echo"] > -45
    assert abs(found["echo_delay"]) < 0.5
    assert not found["full_duplex"]  # nobody gave a canceller
    assert found["tail"] < 1.0


OPEN = """
import time
from voicedoc.capture.recorder import Microphone, open_microphone

microphone = open_microphone(Microphone())
print(microphone._process.pid, flush=True)
time.sleep(99)
"""


async def test_the_recorder_ends_with_whoever_reads(card: dict[str, str]) -> None:
    parent = subprocess.Popen([sys.executable, "-c", OPEN], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    recorder = int(parent.stdout.readline())
    time.sleep(1.0)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{recorder}").exists() and time.monotonic() < deadline:
        if "Z" in Path(f"/proc/{recorder}/stat").read_text().split(")")[1][:3]:
            break  # dead, and not yet collected by whoever adopted it
        time.sleep(0.1)
    assert time.monotonic() < deadline
