"""Runs one item of a task through the systems under test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voicedoc.core.audio import as_samples
from voicedoc.core.events import Event
from voicedoc.core.journal import read_journal
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import AudioError, BackendFailed, ConfigError, ServerFailed, VoiceDocError
from voicedoc.evaluate.agreeing import go_round
from voicedoc.evaluate.asking import ONCE, Asked, Draw, ask
from voicedoc.evaluate.battles import fight
from voicedoc.evaluate.consult_doctors import consult
from voicedoc.evaluate.documents import retrieve
from voicedoc.evaluate.drawing import Drawn, draw
from voicedoc.evaluate.latency import timed_of
from voicedoc.evaluate.loop import Calls, run_loop
from voicedoc.evaluate.replies import spared_seconds, used_tokens
from voicedoc.evaluate.rows import Account, Item, Row, Said
from voicedoc.evaluate.sounds import at_speech_rate, read_sound
from voicedoc.evaluate.systems import Sound, Systems
from voicedoc.evaluate.tasks import Task
from voicedoc.export.transcript import Transcript

QUIET = 3
"""Seconds without a sound after an utterance that goes through a session."""


@dataclass(frozen=True, slots=True)
class Job:
    """An item and the way to solve it: a `voice` is under test, a `doctor` asks a patient, or an `answerer` answers."""

    item: Item
    kind: str
    voice: str = ""
    doctor: str = ""
    budget: int = 0
    answerer: str = ""
    opponent: str = ""
    draw: Draw = ONCE
    calls: Calls = field(default_factory=Calls, repr=False, compare=False)


def jobs_of(task: Task, items: Iterable[Item], systems: Systems) -> Iterator[Job]:
    """One job for each item; for voices, doctors and answerers, one for each item and one of them.

    `items` are gone through more than once.
    """
    if task.kind == "consult":
        yield from (_visit_job(item, doctor, task.data.budget) for doctor in task.data.doctors for item in items)
        return
    if task.kind == "asking":
        yield from (_asking_job(item, who, task.data.draw) for who in task.data.answerers for item in items)
        return
    if task.kind in ("loop", "retrieval", "agreement", "trees"):
        calls = Calls()  # one for all, so that nobody is asked the same twice
        yield from (_answering_job(item, task.kind, who, calls) for who in task.data.answerers for item in items)
        return
    if task.kind == "arena":
        yield from (_battle_job(item, *pair) for pair in combinations(task.data.answerers, 2) for item in items)
        return
    yield from _jobs_of(task.kind, items, systems)


def _visit_job(item: Item, doctor: str, budget: int) -> Job:
    named = replace(item, id=f"{doctor}:{item.id}", slice=f"{item.language} {doctor}")
    return Job(named, "consult", doctor=doctor, budget=budget)


def _asking_job(item: Item, answerer: str, draw: Draw) -> Job:
    named = replace(item, id=f"{answerer}:{item.id}", slice=f"{item.slice} {answerer}")
    return Job(named, "asking", answerer=answerer, draw=draw)


def _battle_job(item: Item, first: str, second: str) -> Job:
    return Job(replace(item, id=f"{first} – {second}:{item.id}"), "arena", answerer=first, opponent=second)


def _answering_job(item: Item, kind: str, answerer: str, calls: Calls) -> Job:
    named = replace(item, id=f"{answerer}:{item.id}", slice=f"{item.slice} {answerer}")
    return Job(named, kind, answerer=answerer, calls=calls)


def _jobs_of(kind: str, items: Iterable[Item], systems: Systems) -> Iterator[Job]:
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

    Its seconds are what it takes, or once took: replies that were kept count as long as they did when they were made.

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
        "agreement": _agree,
        "trees": _draw,
        "arena": _fight,
        "loop": _loop,
        "retrieval": _retrieve,
        "latency": _interpret,
    }
    spared_seconds(), used_tokens()  # of whatever came before
    row, began = _empty(job.item), time.perf_counter()
    try:
        row = ways[job.kind](job, systems, row)
    except (BackendFailed, AudioError) as failure:
        row = replace(row, error=_named(failure))
    seconds = round(time.perf_counter() - began + spared_seconds(), 3)
    return replace(row, seconds=seconds, used=used_tokens())


def failed(job: Job, reason: str) -> Row:
    """The row of an item that could not be solved."""
    return replace(_empty(job.item), error=reason)


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
    """A question to a dialogue model; the output is the first reply. Who says nothing has said nothing right."""
    inquiry = job.item.inquiry
    if inquiry is None:
        raise ConfigError(f"item {job.item.id} is no question")
    try:
        asked = ask(job.answerer, inquiry, systems, job.draw)
    except ServerFailed:
        raise
    except BackendFailed as failure:
        nothing = Asked(inquiry.kind, inquiry.question, (), tuple(inquiry.options), pressed=bool(inquiry.objection))
        return replace(row, asked=nothing, error=_named(failure))
    return replace(row, output=asked.samples[0].text if asked.samples else "", asked=asked)


def _agree(job: Job, systems: Systems, row: Row) -> Row:
    """A question in several languages; the output is one answer after the other."""
    if job.item.around is None:
        raise ConfigError(f"item {job.item.id} is no question in several languages")
    asked = go_round(job.answerer, job.item.around, systems)
    failures = dict.fromkeys(one.failed for one in asked.told if one.failed)
    return replace(row, output="\n".join(asked.answers().values()), round=asked, error="; ".join(failures))


def _draw(job: Job, systems: Systems, row: Row) -> Row:
    """A text, drawn as a decision tree; the output is the reply."""
    if job.item.told is None:
        raise ConfigError(f"item {job.item.id} is no text that tells a tree")
    try:
        drawn = draw(job.answerer, job.item.told, job.item.language, systems)
    except ServerFailed:
        raise
    except BackendFailed as failure:
        return replace(row, drawn=Drawn(job.item.told.wanted, (), readable=False), error=_named(failure))
    return replace(row, output=drawn.reply, drawn=drawn)


def _fight(job: Job, systems: Systems, row: Row) -> Row:
    """Two answers to a question, which a judge scores, even against none; the output is the first answer."""
    if job.item.inquiry is None:
        raise ConfigError(f"item {job.item.id} is no question")
    fought = fight(job.answerer, job.opponent, job.item.inquiry, systems)
    silent = [who for who, text in zip((fought.first, fought.second), fought.answers, strict=True) if not text.strip()]
    failure = f"no answer by {' and '.join(silent)}" if silent else ""
    return replace(row, output=fought.answers[0], fought=fought, error=failure)


def _loop(job: Job, systems: Systems, row: Row) -> Row:
    """A spoken question, answered aloud; the output is what is heard in the end."""
    item = job.item
    if item.exchange is None:
        raise ConfigError(f"item {item.id} has no reference answer")
    sound = None if item.audio is None else read_sound(item.audio)
    name = item.group if item.audio is None else str(item.audio)
    looped, failed = run_loop(job.answerer, name, item.language, item.exchange, sound, systems, job.calls)
    return replace(row, output=looped.chain().heard, looped=looped, error=failed)


def _retrieve(job: Job, systems: Systems, row: Row) -> Row:
    """A question to documents; the output names what was found."""
    item = job.item
    found = retrieve(systems.documents, job.answerer, item.source, item.language, item.reference.split())
    return replace(row, output=" ".join(found.found), retrieved=found)


def _interpret(job: Job, systems: Systems, row: Row) -> Row:
    """A recording through a session at its own speed, or a session that was; the output is what was said to others."""
    item = job.item
    events = read_journal(item.journal) if item.journal else _session(item, systems)
    timed = timed_of(events, source=item.id, reference=item.reference)
    return replace(row, output=" ".join(one.streamed.prediction for one in timed), timed=timed)


def _session(item: Item, systems: Systems) -> list[Event]:
    """The session of a recording, after which it is quiet: who speaks last, too, must be waited for."""
    sound = read_sound(_audio(item))
    followed = np.concatenate([sound.samples, np.zeros(QUIET * sound.rate, np.float32)])
    with TemporaryDirectory(prefix="voicedoc-evaluate-") as folder:
        path = _written(Sound(as_samples(followed), sound.rate), Path(folder) / "followed.wav")
        return systems.interpret(path, (item.source_language, item.language))


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
