"""One recording: transcribed, taken up where an earlier run has left it, or told why not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeAlias, TypeVar

from voicedoc.attribute.diarizer import Voice
from voicedoc.batch import Job, config_of, known_voices, transcribe_file
from voicedoc.capture.decode import sha256_of
from voicedoc.core.events import AudioOpened, Event, NothingHeard, StageFailed, TranscriptFinal
from voicedoc.core.glossary import NO_GLOSSARY, Glossary
from voicedoc.core.speech import Role
from voicedoc.engine import BatchEngine, batch_models, open_batch_engine
from voicedoc.errors import StoreError, VoiceDocError
from voicedoc.export.formats import FORMATS, Format, named_formats
from voicedoc.export.transcript import Transcript
from voicedoc.jobs.changes import changes
from voicedoc.jobs.plan import Task
from voicedoc.profiles import Profile
from voicedoc.revise import export_again, read_transcript
from voicedoc.store.models import ModelStore
from voicedoc.store.results import Key, Result, check_free, locked, read_result

T = TypeVar("T")

Status: TypeAlias = Literal["done", "already", "same", "failed", "interrupted"]
"""Of a task: "already" was finished by an earlier run, "same" has the bytes of another recording of this run."""


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """Which engine to load: see `open_batch_engine`."""

    profile: Profile
    languages: tuple[str, ...]
    targets: tuple[str, ...] = ()
    diarize: bool = True
    glossary: Glossary = NO_GLOSSARY

    def made_with(self, job: Job, store: ModelStore) -> dict[str, str]:
        """What `job.made_with_engine` says of the engine, without loading it.

        Raises:
            ModelMissing: If a model has not been pulled.
        """
        models = batch_models(self.profile, self.languages, self.targets, diarize=self.diarize, store=store)
        return job.made_with(
            self.profile,
            self.languages,
            self.targets,
            models={model.name: model.sha256 for model in models},
            diarize=self.diarize and self.profile.diarize is not None,
            glossary=self.glossary,
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with every recording.

    `resume` lets finished results of the same key stand. `overwrite` replaces other ones, and without `resume` all.
    """

    engine: EngineSpec
    job: Job = field(default_factory=Job)
    resume: bool = False
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A transcript in numbers. `duration` in seconds. `n_failed` utterances could not be processed."""

    duration: float = 0.0
    n_utterances: int = 0
    n_words: int = 0
    n_speakers: int = 0
    n_findings: int = 0
    n_warnings: int = 0
    n_failed: int = 0

    @classmethod
    def of(cls, transcript: Transcript) -> Figures:
        """Count. Words are those between spaces: in languages without, whole sentences."""
        lines = transcript.in_time()
        return cls(
            duration=transcript.duration,
            n_utterances=sum(line.hypothesis is not None for line in lines),
            n_words=sum(len(line.text.split()) for line in lines),
            n_speakers=len({line.speaker for line in lines if line.speaker}),
            n_findings=sum(len(line.findings) for line in lines),
            n_warnings=len(transcript.notices) + sum(len(line.warnings) for line in lines),
            n_failed=transcript.n_failed,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a task. `seconds` of work, here or on another machine. `attempts`: more than 1 after workers died.

    `stopped`: Ctrl-C came while it was being done; the next one is not begun, whatever became of this one.
    `message` says why it failed, or what an earlier result has been given; `remedy` what to do.
    """

    task: Task
    status: Status
    seconds: float = 0.0
    figures: Figures = Figures()
    message: str = ""
    remedy: str = ""
    attempts: int = 1
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task has come: `heard` of `duration` seconds of audio. `worker` is the process that works on it."""

    task: Task
    heard: float
    duration: float | None
    worker: int


Watch: TypeAlias = Callable[[Progress], None]
"""Sees how far tasks have come. Called in the thread that iterates; must return at once."""


def nobody(progress: Progress) -> None:
    """A `Watch`: nobody watches."""


def copied(task: Task, first: Report) -> Report:
    """What came of a task whose recording has the same bytes as that of `first`, which is over."""
    if first.status == "failed":
        message = f"{task.path} is the same as {first.task.path}, which failed: {first.message}"
        return Report(task, "failed", message=message, remedy=first.remedy)
    if first.status == "interrupted":
        return Report(task, "interrupted", message=f"same as {first.task.path}")
    return Report(task, "same", message=f"same as {first.task.path}")


class Transcriber:
    """Does one task after another. Its engine is loaded once, when a task first needs it; close it, or use `with`.

    Once `asked` is true, the task in hand is interrupted.
    """

    def __init__(
        self, order: Order, store: ModelStore | None = None, *, asked: Callable[[], bool] | None = None
    ) -> None:
        self.order = order
        self._asked = asked
        self._store = store or ModelStore.default()
        self._opened = ExitStack()
        self._engine: BatchEngine | None = None
        self._voices: Mapping[Role, Voice] = {}
        self._made_with: Mapping[str, str] = {}

    def __enter__(self) -> Transcriber:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    @property
    def made_with(self) -> Mapping[str, str]:
        """What all results of this order have in common: the second half of every key.

        Raises:
            ModelMissing: If a model has not been pulled.
        """
        if not self._made_with:
            self._made_with = self.order.engine.made_with(self.order.job, self._store)
        return self._made_with

    def load(self) -> BatchEngine:
        """The engine, loaded if it is not yet, with the voices of people that are known.

        Raises:
            SampleRefused: If the recording of somebody's voice is of no use.
            VoiceDocError: As `open_batch_engine` does.
        """
        if self._engine is None:
            spec = self.order.engine
            opening = open_batch_engine(
                spec.profile,
                spec.languages,
                spec.targets,
                diarize=spec.diarize,
                glossary=spec.glossary,
                store=self._store,
            )
            engine = self._opened.enter_context(opening)
            self._voices = known_voices(engine, self.order.job)
            self._engine = engine
        return self._engine

    def settle(self, task: Task) -> Report | None:
        """What can be said of a task without an engine: finished before, or not to be done. None: it is to be done.

        Raises:
            ModelMissing: If a model has not been pulled.
        """
        earlier = read_result(task.folder) if self.order.resume else None
        if earlier is None:
            return _reported(task, lambda: self._begin(task))
        config = config_of(self.made_with)  # not below: a model that is missing concerns every task
        return _reported(task, lambda: self._resume(task, earlier, Key(sha256_of(task.path), config)))

    def do(self, task: Task, watch: Watch = nobody) -> Report:
        """Do a task, or say why not. Errors that are not this recording's own are raised.

        In the main thread, Ctrl-C or SIGTERM ends it: the report is then "interrupted".

        Raises:
            VoiceDocError: If the engine cannot be loaded.
        """
        if settled := self.settle(task):
            return settled
        engine = self.load()
        began = time.perf_counter()
        report = _reported(task, lambda: self._transcribe(engine, task, watch))
        return replace(report, seconds=time.perf_counter() - began)

    def _transcribe(self, engine: BatchEngine, task: Task, watch: Watch) -> Report:
        hearing = _Hearing(task, watch)
        outcome = transcribe_file(
            engine,
            task.path,
            task.folder,
            self.order.job,
            voices=self._voices,
            overwrite=self.order.overwrite,
            watch=hearing.take,
            asked=self._asked,
        )
        status: Status = "done" if outcome.reason == "finished" else "interrupted"
        return Report(task, status, figures=Figures.of(outcome.transcript), stopped=outcome.stopped)

    def _begin(self, task: Task) -> None:
        """See that the folder is free before anything is loaded."""
        check_free(task.folder, overwrite=self.order.overwrite)

    def _resume(self, task: Task, earlier: Result, key: Key) -> Report | None:
        """None where the earlier result is to be replaced."""
        if earlier.key == key:
            return self._complete(task, earlier)
        if self.order.overwrite:
            return None
        if earlier.key.recording != key.recording:
            why = f"{task.folder} was made from another recording, or {task.path.name} has changed since"
        else:
            why = f"{task.folder} was made with other settings: {changes(earlier.made_with, self.made_with)}"
        raise StoreError(
            why, remedy="--resume --overwrite to make it again, another --out to keep both, or the settings of then"
        )

    def _complete(self, task: Task, earlier: Result) -> Report:
        """Write the documents that a finished result lacks."""
        lacking = [
            made.name
            for made in named_formats(self.order.job.formats)
            if made.name not in earlier.formats or not _is_there(made, task.folder)
        ]
        if read_transcript(task.folder).outcome != "finished":
            raise StoreError(f"{task.folder} is damaged: its journal has no end", remedy="--overwrite to do it again")
        if not lacking:
            return Report(task, "already", figures=Figures.of(read_transcript(task.folder)))
        with locked(task.folder):
            transcript = export_again(task.folder, lacking)
        added = [name for name in lacking if _is_there(FORMATS[name], task.folder)]  # subtitles of silence are none
        message = f"added {', '.join(added)}" if added else ""
        return Report(task, "already", figures=Figures.of(transcript), message=message)


def _is_there(made: Format, folder: Path) -> bool:
    """Whether a document of this format is there, and not empty."""
    found = [path for pattern in made.files for path in folder.glob(pattern)]
    return bool(found) and all(path.stat().st_size for path in found)


def _reported(task: Task, work: Callable[[], T]) -> T | Report:
    """What the work says; an error of this recording's own becomes its report."""
    try:
        return work()
    except VoiceDocError as error:
        return Report(task, "failed", message=str(error), remedy=error.remedy)


class _Hearing:
    """Follows the events of a task: how much of it has been recognised."""

    def __init__(self, task: Task, watch: Watch) -> None:
        self._watch = watch
        self._now = Progress(task, 0.0, task.duration, os.getpid())

    def take(self, event: Event) -> None:
        """Take in an event."""
        match event:
            case AudioOpened(duration=float(duration)):
                self._now = replace(self._now, duration=duration)
            case TranscriptFinal() | NothingHeard() | StageFailed():
                self._now = replace(self._now, heard=max(self._now.heard, event.at))
            case _:
                return
        self._watch(self._now)
