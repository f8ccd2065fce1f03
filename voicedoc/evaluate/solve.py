"""Runs one item of a task through the systems under test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import AudioError, BackendFailed, ConfigError, VoiceDocError
from voicedoc.evaluate.asking import ONCE, Draw, ask
from voicedoc.evaluate.consult_doctors import consult
from voicedoc.evaluate.rows import Account, Item, Row, Said
from voicedoc.evaluate.systems import Sound, Systems
from voicedoc.evaluate.tasks import Task
from voicedoc.export.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Job:
    """An item and the way to solve it: a `voice` is under test, a `doctor` asks a patient, or an `answerer` answers."""

    item: Item
    kind: str
    voice: str = ""
    doctor: str = ""
    budget: int = 0
    answerer: str = ""
    draw: Draw = ONCE


def jobs_of(task: Task, items: Sequence[Item], systems: Systems) -> Iterator[Job]:
    """One job for each item; for voices and doctors, one for each item and voice or doctor."""
    if task.kind == "consult":
        yield from (_visit_job(item, doctor, task.data.budget) for doctor in task.data.doctors for item in items)
        return
    if task.kind == "asking":
        yield from (_asking_job(item, who, task.data.draw) for who in task.data.answerers for item in items)
        return
    yield from _jobs_of(task.kind, items, systems)


def _visit_job(item: Item, doctor: str, budget: int) -> Job:
    named = replace(item, id=f"{doctor}:{item.id}", slice=f"{item.language} {doctor}")
    return Job(named, "consult", doctor=doctor, budget=budget)


def _asking_job(item: Item, answerer: str, draw: Draw) -> Job:
    named = replace(item, id=f"{answerer}:{item.id}", slice=f"{item.slice} {answerer}")
    return Job(named, "asking", answerer=answerer, draw=draw)


def _jobs_of(kind: str, items: Sequence[Item], systems: Systems) -> Iterator[Job]:
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
    ways: dict[str, Callable[[Job, Systems, Row], Row]] = {
        "recognition": _hear,
        "translation": _translate,
        "voices": _say,
        "transcription": _write_down,
        "consult": _consult,
        "asking": _ask,
    }
    row, began = _empty(job.item), time.perf_counter()
    try:
        row = ways[job.kind](job, systems, row)
    except (BackendFailed, AudioError) as failure:
        row = replace(row, error=_named(failure))
    return replace(row, seconds=round(time.perf_counter() - began, 3))


def _empty(item: Item) -> Row:
    """The row of an item before anything is found."""
    return Row(
        item=item.id,
        slice=item.slice,
        group=item.group,
        language=item.language,
        reference=item.reference,
        output="",
        source=item.source,
        source_language=item.source_language,
        truth=item.recording.truth if item.recording else Account(),
        duration=item.recording.duration if item.recording else 0.0,
    )


def _named(failure: VoiceDocError) -> str:
    return f"{type(failure).__name__}: {failure}"


def _hear(job: Job, systems: Systems, row: Row) -> Row:
    return replace(row, output=systems.transcribe(read_sound(_audio(job.item)), job.item.language))


def _translate(job: Job, systems: Systems, row: Row) -> Row:
    item = job.item
    return replace(row, output=systems.translate(item.source, item.source_language, item.language))


def _say(job: Job, systems: Systems, row: Row) -> Row:
    """Round trip: read out, then recognised again with the language known."""
    sound = systems.say(job.voice, job.item.reference, job.item.language)
    return replace(row, output=systems.transcribe(at_speech_rate(sound), job.item.language))


def _write_down(job: Job, systems: Systems, row: Row) -> Row:
    """A batch job over a whole recording, told by its transcript."""
    wanted = job.item.recording
    if wanted is None:
        raise AudioError(f"item {job.item.id} is no recording")
    with TemporaryDirectory(prefix="voicedoc-evaluate-") as folder:
        audio = _audio(job.item) if wanted.sound is None else _written(wanted.sound(), Path(folder) / "made.wav")
        transcript = systems.write_down(audio, wanted.languages, wanted.n_speakers)
    found = account_of(transcript)
    failed = f"{transcript.n_failed} utterances failed" if transcript.n_failed else ""
    return replace(row, output=" ".join(said.text for said in found.said), found=found, error=failed)


def _consult(job: Job, _systems: Systems, row: Row) -> Row:
    """A visit of a simulated patient; the output is what was said."""
    if job.item.case is None:
        raise ConfigError(f"item {job.item.id} is no patient")
    held = consult(job.doctor, job.item.case, job.budget)
    said = (line for exchange in held.exchanges for line in (exchange.text, exchange.answer))
    return replace(row, output="\n".join(said), visit=held)


def _ask(job: Job, systems: Systems, row: Row) -> Row:
    """A question to a dialogue model; the output is the first reply."""
    if job.item.inquiry is None:
        raise ConfigError(f"item {job.item.id} is no question")
    asked = ask(job.answerer, job.item.inquiry, systems, job.draw)
    return replace(row, output=asked.samples[0].text if asked.samples else "", asked=asked)


def account_of(transcript: Transcript) -> Account:
    """What a transcript tells. Where voices were not told apart, turns are the lines'."""
    lines = [line for line in transcript.in_time() if line.text]
    said = tuple(Said(line.speaker, line.language, line.text, line.role.value, line.span) for line in lines)
    turns = transcript.turns or [SpeakerTurn(line.span, line.speaker) for line in lines]
    return Account(said, tuple(turns), len(transcript.lines))


def _audio(item: Item) -> Path:
    if item.audio is None:
        raise AudioError(f"item {item.id} has no audio")
    return item.audio


def _written(sound: Sound, path: Path) -> Path:
    import soundfile

    soundfile.write(path, sound.samples, sound.rate)
    return path


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
