"""Runs one item of a task through the systems under test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.errors import AudioError, BackendFailed, VoiceDocError
from voicedoc.evaluate.items import Item
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.systems import Sound, Systems


@dataclass(frozen=True, slots=True)
class Job:
    """An item and the way to solve it. `voice` is "" unless a voice is under test."""

    item: Item
    kind: str
    voice: str = ""


def jobs_of(kind: str, items: Sequence[Item], systems: Systems) -> Iterator[Job]:
    """One job for each item; for voices, one for each item and voice."""
    if kind != "voices":
        yield from (Job(item, kind) for item in items)
        return
    voices = {language: systems.voices(language) for language in dict.fromkeys(item.language for item in items)}
    for item in items:
        for voice in voices[item.language]:
            slice_ = f"{item.language} {voice}"
            yield Job(replace(item, id=f"{voice}:{item.id}", slice=slice_), kind, voice)


def solve(job: Job, systems: Systems) -> Row:
    """The outcome for one item. A failed one has an empty output and says why.

    Raises:
        UnsupportedLanguage: If the systems cannot do this slice at all.
    """
    ways: dict[str, Callable[[Job, Systems], str]] = {"recognition": _hear, "translation": _translate, "voices": _say}
    output, error, began = "", "", time.perf_counter()
    try:
        output = ways[job.kind](job, systems)
    except (BackendFailed, AudioError) as failure:
        error = _named(failure)
    item = job.item
    return Row(
        item=item.id,
        slice=item.slice,
        group=item.group,
        language=item.language,
        reference=item.reference,
        output=output,
        source=item.source,
        source_language=item.source_language,
        seconds=round(time.perf_counter() - began, 3),
        error=error,
    )


def _named(failure: VoiceDocError) -> str:
    return f"{type(failure).__name__}: {failure}"


def _hear(job: Job, systems: Systems) -> str:
    if job.item.audio is None:
        raise AudioError(f"item {job.item.id} has no audio")
    return systems.transcribe(read_sound(job.item.audio), job.item.language)


def _translate(job: Job, systems: Systems) -> str:
    return systems.translate(job.item.source, job.item.source_language, job.item.language)


def _say(job: Job, systems: Systems) -> str:
    """Round trip: read out, then recognised again with the language known."""
    sound = systems.say(job.voice, job.item.reference, job.item.language)
    return systems.transcribe(at_speech_rate(sound), job.item.language)


def read_sound(path: Path) -> Sound:
    """An audio file as one channel at 16 kHz.

    Raises:
        AudioError: If it cannot be read.
    """
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise AudioError(f"cannot read {path}: {error}", remedy="fetch the corpus again") from error
    return at_speech_rate(Sound(as_samples(samples.mean(axis=1)), int(rate)))


def at_speech_rate(sound: Sound) -> Sound:
    """The same sound at 16 kHz."""
    if sound.rate == SPEECH_RATE:
        return sound
    import soxr

    resampled = np.asarray(soxr.resample(sound.samples, sound.rate, SPEECH_RATE), dtype=np.float32)
    return Sound(as_samples(resampled), SPEECH_RATE)
