"""The stage that tells voices apart: the whole recording in, turns out, nothing left behind and nothing written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.helpers.recordings import events_of, of_kind
from tests.helpers.sounds import bursts
from voicedoc.attribute.diarize import Diarize
from voicedoc.attribute.diarizer import Diarization, Voice
from voicedoc.attribute.scripted import ScriptedDiarizer
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import AudioClosed, Diarized, Event, Frame, Notice
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import BackendFailed, ConfigError, StoreError
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

RATE = 16_000


class Listening:
    """A diarizer that remembers what it was given."""

    def __init__(self, folder: Path) -> None:
        self.heard: Samples | None = None
        self.n_speakers: int | None = None
        self.mapped = False
        self.names: list[Path] = []
        self._folder = folder

    def diarize(self, samples: Samples, *, n_speakers: int | None = None) -> Diarization:
        self.mapped, self.n_speakers = isinstance(samples, np.memmap), n_speakers
        assert not samples.flags.writeable
        self.heard, self.names = np.array(samples), list(self._folder.iterdir())
        return Diarization((), {})

    def voice(self, samples: Samples) -> Voice:
        raise NotImplementedError


class Failing:
    """A diarizer that cannot."""

    def diarize(self, samples: Samples, *, n_speakers: int | None = None) -> Diarization:
        raise BackendFailed("out of memory", remedy="a smaller recording")

    def voice(self, samples: Samples) -> Voice:
        raise NotImplementedError


def heard(samples: Samples, *, channel: int = 0, size: int = 4000) -> list[Event]:
    return [
        Frame(
            at=min(start + size, samples.size) / RATE,
            channel=channel,
            first_sample=start,
            samples=as_samples(samples[start : start + size].copy()),
        )
        for start in range(0, samples.size, size)
    ]


def closed(samples: Samples) -> AudioClosed:
    return AudioClosed(at=samples.size / RATE, spool="audio.flac", duration=samples.size / RATE)


async def test_the_turns_come_with_the_end_of_the_audio() -> None:
    sound = bursts(3)
    stage = Diarize(ScriptedDiarizer(turns=["anna 0.5 2.0", "ben 2.0 99"]), InlineWorker())
    (told,) = of_kind(Diarized, await events_of(stage, *heard(sound), closed(sound)))
    assert told.at == sound.size / RATE
    assert told.channel == 0
    assert told.turns == (
        SpeakerTurn(Span(0.5, 2.0), "S1"),
        SpeakerTurn(Span(2.0, sound.size / RATE), "S2"),
    )
    assert set(told.voices) == {"S1", "S2"}


@pytest.mark.parametrize("size", [100, 4000, 1_000_000])
async def test_the_diarizer_hears_the_first_channel_whole_and_from_the_disk(size: int, tmp_path: Path) -> None:
    sound, other = bursts(3, seed=1), bursts(3, seed=2)
    diarizer, worker = Listening(tmp_path), ThreadWorker("test")
    stage = Diarize(diarizer, worker, n_speakers=3, folder=tmp_path)
    frames = [*heard(sound, size=size), *heard(other, channel=1, size=size)]
    await events_of(stage, *sorted(frames, key=lambda frame: frame.at), closed(sound))
    worker.close()
    assert diarizer.heard is not None
    assert np.array_equal(diarizer.heard, sound)
    assert diarizer.mapped
    assert diarizer.n_speakers == 3


async def test_no_file_can_be_found_while_it_works_or_afterwards(tmp_path: Path) -> None:
    diarizer = Listening(tmp_path)
    await events_of(Diarize(diarizer, InlineWorker(), folder=tmp_path), *heard(bursts(2)), closed(bursts(2)))
    assert diarizer.names == []
    assert list(tmp_path.iterdir()) == []


async def test_a_recording_that_cannot_be_diarized_is_told_and_the_next_stage_goes_on() -> None:
    sound = bursts(1)
    events = await events_of(Diarize(Failing(), InlineWorker()), *heard(sound), closed(sound))
    assert events == [
        Notice(at=closed(sound).at, code="diarization-failed", message="out of memory", remedy="a smaller recording"),
        Diarized(at=closed(sound).at, channel=0, turns=()),
    ]


async def test_a_recording_without_a_sample_has_no_turns(tmp_path: Path) -> None:
    silent = as_samples(np.zeros(0, np.float32))
    stage = Diarize(ScriptedDiarizer(), InlineWorker(), folder=tmp_path)
    assert await events_of(stage, closed(silent)) == [Diarized(at=0.0, channel=0, turns=())]


async def test_audio_that_never_ends_is_not_told() -> None:
    assert await events_of(Diarize(ScriptedDiarizer(), InlineWorker()), *heard(bursts(1))) == []


async def test_a_gap_in_the_frames_is_a_bug() -> None:
    frames = heard(bursts(1))
    with pytest.raises(ValueError, match="goes on at sample 8000, expected 4000"):
        await events_of(Diarize(ScriptedDiarizer(), InlineWorker()), frames[0], frames[2])


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="absent") as caught:
        await events_of(Diarize(ScriptedDiarizer(), InlineWorker(), folder=tmp_path / "absent"), *heard(bursts(1)))
    assert caught.value.remedy


async def test_what_voices_sound_like_is_never_written(tmp_path: Path) -> None:
    sound = bursts(2)
    (told,) = await events_of(Diarize(ScriptedDiarizer(), InlineWorker()), *heard(sound), closed(sound))
    assert isinstance(told, Diarized)
    assert told.voices
    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append(told, "diarize")
    assert "voices" not in (tmp_path / "journal.jsonl").read_text("utf-8")
    assert repr(told.voices["S1"][0]) not in repr(told)
    (read,) = read_journal(tmp_path / "journal.jsonl")
    assert isinstance(read, Diarized)
    assert [turn.speaker for turn in read.turns] == [turn.speaker for turn in told.turns]


@pytest.mark.parametrize("line", ["S1 0.0", "S1 2.0 1.0", "S1 a b", ""])
async def test_a_script_that_is_no_turn_is_refused(line: str) -> None:
    with pytest.raises(ConfigError, match="is not a turn"):
        ScriptedDiarizer(turns=[line])
