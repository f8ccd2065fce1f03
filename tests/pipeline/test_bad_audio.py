"""Bad recordings through capture and segmentation together: a clear error, or an honest journal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.nonspeech import NONSPEECH
from tests.helpers.recordings import of_kind, write
from tests.helpers.sounds import bursts
from voicedoc.capture.file import Channels, ReadFile
from voicedoc.core.events import AudioClosed, AudioDamaged, AudioOpened, Event, Frame, Notice, Utterance
from voicedoc.runtime.clock import SteppingClock
from voicedoc.runtime.runner import run_pipeline
from voicedoc.runtime.worker import InlineWorker
from voicedoc.segment.endpoint import Endpointing
from voicedoc.segment.energy import Energy
from voicedoc.segment.stage import Segment

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


async def heard(path: Path, folder: Path, *, channels: Channels = "mix", paced: bool = False) -> list[Event]:
    """Everything but frames and timings that capture and segmentation make of a recording."""
    events: list[Event] = []
    clock, worker = SteppingClock(), InlineWorker()
    source = ReadFile(path, folder, clock, worker, channels=channels, paced=paced)
    stages = [source, Segment(Energy(), worker, Endpointing())]
    await run_pipeline(stages, lambda event, _: events.append(event), clock)
    return [event for event in events if not isinstance(event, Frame) and not event.timing]


def spans(events: list[Event]) -> list[tuple[float, float]]:
    return [(utterance.span.start, utterance.span.end) for utterance in of_kind(Utterance, events)]


@pytest.mark.parametrize("rate", [8000, 11_025, 16_000, 44_100, 96_000, 192_000])
@pytest.mark.parametrize("n_channels", [1, 2, 6])
async def test_one_scene_gives_the_same_utterances_at_any_rate_and_number_of_channels(
    rate: int, n_channels: int, tmp_path: Path
) -> None:
    scene = np.repeat(bursts(3, rate=rate)[:, np.newaxis], n_channels, axis=1)
    events = await heard(write(tmp_path / "a.wav", scene, rate), tmp_path / "session")
    assert of_kind(AudioDamaged, events) == []
    expected = [(0.8, 2.2), (2.8, 4.2), (4.8, 6.2)]
    assert spans(events) == [pytest.approx(span, abs=0.05) for span in expected]


@pytest.mark.parametrize("kind", ["flac", "mp3", "m4a", "opus", "webm"])
async def test_one_scene_gives_the_same_utterances_in_any_format(kind: str, tmp_path: Path) -> None:
    scene = bursts(3, rate=48_000)[:, np.newaxis]
    events = await heard(write(tmp_path / f"a.{kind}", scene, 48_000), tmp_path / "session")
    expected = [(0.8, 2.2), (2.8, 4.2), (4.8, 6.2)]
    assert spans(events) == [pytest.approx(span, abs=0.07) for span in expected]


async def test_a_truncated_recording_keeps_its_utterances_and_says_that_it_is_cut(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", bursts(4)[:, np.newaxis], 16_000)
    path.write_bytes(path.read_bytes()[: 44 + 2 * round(5.5 * 16_000)])
    events = await heard(path, tmp_path / "session")
    (damage,) = of_kind(AudioDamaged, events)
    assert damage.kind == "truncated"
    assert [u.reason for u in of_kind(Utterance, events)] == ["silence", "silence", "end"]
    assert of_kind(AudioClosed, events)[0].at == damage.at == 5.5


async def test_a_recording_with_holes_goes_on_after_them(tmp_path: Path) -> None:
    scene = np.array(bursts(3)[:, np.newaxis])
    scene[round(1.4 * 16_000) : round(1.45 * 16_000)] = np.nan
    events = await heard(write(tmp_path / "a.wav", scene, 16_000, subtype="FLOAT"), tmp_path / "session")
    assert [damage.kind for damage in of_kind(AudioDamaged, events)] == ["not-a-number"]
    assert len(spans(events)) == 3
    assert all(np.isfinite(u.samples).all() for u in of_kind(Utterance, events))


async def test_a_clipped_recording_is_used_and_the_clipping_told(tmp_path: Path) -> None:
    scene = np.clip(bursts(3)[:, np.newaxis] * 20, -1, 1).astype(np.float32)
    events = await heard(write(tmp_path / "a.wav", scene, 16_000), tmp_path / "session")
    (damage,) = of_kind(AudioDamaged, events)
    assert damage.kind == "clipped"
    assert damage.span.start == pytest.approx(1.0, abs=0.1)
    assert damage.span.end == pytest.approx(6.0, abs=0.1)
    assert len(spans(events)) == 3


async def test_a_silent_recording_is_told_and_has_no_utterance(tmp_path: Path) -> None:
    events = await heard(write(tmp_path / "a.wav", np.zeros((80_000, 2), np.float32), 16_000), tmp_path / "session")
    assert {type(event) for event in events} == {AudioOpened, AudioDamaged, AudioClosed, Notice}
    assert of_kind(AudioDamaged, events)[0].kind == "silent"
    assert [notice.code for notice in of_kind(Notice, events)] == ["no-speech"]
    assert all(event.remedy for event in of_kind(Notice, events) + of_kind(AudioDamaged, events))


async def test_a_recording_shorter_than_one_window_is_harmless(tmp_path: Path) -> None:
    events = await heard(write(tmp_path / "a.wav", np.full((10, 1), 0.1, np.float32), 16_000), tmp_path / "session")
    assert spans(events) == []
    assert of_kind(AudioClosed, events)[0].duration == 10 / 16_000


async def test_two_people_on_two_channels_keep_their_channels(tmp_path: Path) -> None:
    doctor, patient = bursts(3, seed=1), np.roll(bursts(3, seed=2), 16_000)
    path = write(tmp_path / "a.wav", np.stack([doctor, patient], axis=1), 16_000)
    events = await heard(path, tmp_path / "session", channels="separate")
    assert [(u.utterance, u.channel) for u in of_kind(Utterance, events)] == [
        (1, 0), (2, 1), (3, 0), (4, 1), (5, 0), (6, 1)
    ]  # fmt: skip


async def test_paced_and_unpaced_runs_give_the_same_events(tmp_path: Path) -> None:
    scene = np.array(bursts(3, rate=44_100)[:, np.newaxis])
    scene[100_000:100_100] = np.inf
    path = write(tmp_path / "a.wav", scene, 44_100, subtype="FLOAT")
    unpaced = await heard(path, tmp_path / "unpaced")
    assert sorted(map(repr, await heard(path, tmp_path / "paced", paced=True))) == sorted(map(repr, unpaced))


@pytest.mark.parametrize("name", ["silence", "white", "tone", "hum"])
async def test_a_steady_noise_below_the_level_of_speech_has_no_utterance(name: str, tmp_path: Path) -> None:
    sound = NONSPEECH[name](10.0, 0.001)[:, np.newaxis]
    events = await heard(write(tmp_path / "a.wav", sound, 16_000, subtype="FLOAT"), tmp_path / "session")
    assert spans(events) == []


LONG = """
import json, resource, sys
from pathlib import Path
import anyio
from voicedoc.capture.file import ReadFile
from voicedoc.core.events import AudioClosed, Frame, Utterance
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.runner import run_pipeline
from voicedoc.runtime.worker import InlineWorker
from voicedoc.segment.energy import Energy
from voicedoc.segment.stage import Segment

told = {"utterances": 0, "end": 0.0}

def record(event, stage):
    told["utterances"] += isinstance(event, Utterance)
    told["end"] = event.at if isinstance(event, AudioClosed) else told["end"]

async def main():
    clock, worker = WallClock(), InlineWorker()
    await run_pipeline([ReadFile(Path(sys.argv[1]), Path(sys.argv[2]), clock, worker), Segment(Energy(), worker)],
                       record, clock)

anyio.run(main)
told["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(told))
"""


def _run_long(path: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-c", LONG, str(path), str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def test_three_hours_need_no_more_memory_than_one_minute(tmp_path: Path) -> None:
    import soundfile

    minute = bursts(30)[: 60 * 8000]
    for name, n_minutes in (("short", 1), ("long", 180)):
        with soundfile.SoundFile(tmp_path / f"{name}.wav", "w", 8000, 1, subtype="PCM_16") as file:
            for _ in range(n_minutes):
                file.write(minute)
    short = _run_long(tmp_path / "short.wav", tmp_path / "one")
    long = _run_long(tmp_path / "long.wav", tmp_path / "two")
    assert long["end"] == 3 * 3600.0
    assert long["utterances"] == pytest.approx(180 * short["utterances"], rel=0.02)
    assert long["rss_mb"] < short["rss_mb"] + 20, "three hours at 16 kHz are 690 MB"
