"""A recording → a journal and its documents. The only file, with `session.py`, that knows the order of the stages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import anyio

from voicedoc import __version__
from voicedoc.attribute.by_turns import read_speaker_turns
from voicedoc.attribute.diarize import Diarize
from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.speakers import AttributeSpeakers
from voicedoc.capture.decode import sha256_of
from voicedoc.capture.file import ReadFile, probe
from voicedoc.capture.separate import has_separate_speakers
from voicedoc.capture.spool import stream_mono
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import SessionOpened
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.speech import Role
from voicedoc.engine import BatchEngine
from voicedoc.errors import ConfigError
from voicedoc.export.formats import USUAL, write_documents
from voicedoc.export.transcript import Transcript, transcript_of
from voicedoc.guard.stage import Guard
from voicedoc.profiles import Profile
from voicedoc.recognize.batched import RecognizeBatched
from voicedoc.run import Run, Watch, nobody, run_until_signal
from voicedoc.runtime.stage import Stage
from voicedoc.segment.stage import Segment
from voicedoc.store.results import Key, draft_folder
from voicedoc.store.sessions import JOURNAL
from voicedoc.translate.into import TranslateInto
from voicedoc.translate.rewording import Reworder

Channels = Literal["auto", "mix", "separate"]


@dataclass(frozen=True, slots=True)
class Job:
    """How recordings are transcribed, and what is known beforehand of who speaks in them.

    `channels` "auto" listens whether each of two channels has a speaker of its own. `roles` are those of channels
    ("C1") or of voices ("S1"), where somebody knows them. `turns` is an RTTM or JSON file of who speaks when.
    `voices` are recordings of one person each, a few seconds long.
    """

    n_speakers: int | None = None
    channels: Channels = "auto"
    roles: Mapping[str, Role] = field(default_factory=dict)
    turns: Path | None = None
    voices: Mapping[Role, Path] = field(default_factory=dict)
    formats: tuple[str, ...] = USUAL

    def sha256(
        self,
        profile: Profile,
        languages: tuple[str, ...],
        targets: tuple[str, ...],
        *,
        models: Mapping[str, str],
        diarize: bool,
    ) -> str:
        """A digest over everything that can change a journal: settings, profile, models, version. Not the formats.

        `models` are the digests, by name, of the models that are used; those without files have none.
        """
        said = asdict(self) | {"turns": self.turns and sha256_of(self.turns)}
        said |= {"voices": {role: sha256_of(path) for role, path in self.voices.items()}}
        del said["formats"]
        told = [__version__, said, profile.sha256, languages, targets, dict(models), diarize]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    def sha256_with(self, engine: BatchEngine) -> str:
        """The digest of this job done by an engine that is loaded."""
        models = {model.name: model.sha256 for model in engine.models if model.sha256}
        return self.sha256(
            engine.profile, engine.languages, engine.targets, models=models, diarize=engine.diarizer is not None
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job left behind. `reason`: "finished" or "interrupted".

    `stopped`: somebody asked to stop, which may have been too late to interrupt this recording.
    """

    folder: Path
    reason: str
    transcript: Transcript
    stopped: bool = False


def transcribe_file(
    engine: BatchEngine,
    path: Path,
    folder: Path,
    job: Job | None = None,
    *,
    overwrite: bool = False,
    watch: Watch | None = None,
) -> Outcome:
    """Transcribe one recording into `folder`, from code that is not asynchronous. See `transcribe`.

    In the main thread, Ctrl-C or SIGTERM ends the job; its unfinished results stay in `FOLDER.partial`.
    """
    return run_until_signal(
        lambda stop: transcribe(engine, path, folder, job or Job(), overwrite=overwrite, watch=watch, stop=stop)
    )


async def transcribe(
    engine: BatchEngine,
    path: Path,
    folder: Path,
    job: Job,
    *,
    overwrite: bool = False,
    watch: Watch | None = None,
    stop: anyio.Event | None = None,
) -> Outcome:
    """Transcribe one recording: journal and documents in `folder`, which appears when all of it is there.

    Until then everything is in `FOLDER.partial`, and stays there where the job is interrupted or fails.

    Raises:
        AudioError: If the recording cannot be read. Nothing is written then.
        ConfigError: If a role, a voice or a file of turns does not fit.
        StoreError: If the folder is in use or there already (and not `overwrite`), or the disk is full.
    """
    probed = probe(path)
    separate = job.channels == "separate" or (job.channels == "auto" and has_separate_speakers(path))
    _check_roles(job, probed.n_channels if separate else 1, path)
    voices = {role: _voice(engine, sample) for role, sample in job.voices.items()}
    key = Key(sha256_of(path), job.sha256_with(engine))
    with draft_folder(folder, key, overwrite=overwrite) as draft:
        run = Run(watch or nobody, stop or anyio.Event())
        source = ReadFile(
            path=path,
            folder=draft.folder,
            clock=run.clock,
            worker=engine.worker("capture"),
            channels="separate" if separate else "mix",
        )
        with Journal(draft.folder / JOURNAL) as journal:
            stages = _stages(engine, source, job, voices)
            await run.through(stages, journal, _opened(engine), engine.notices)
        transcript = transcript_of(read_journal(draft.folder / JOURNAL))
        await anyio.to_thread.run_sync(write_documents, transcript, draft.folder, job.formats)
        if transcript.outcome == "finished":
            draft.finish(job.formats)
    return Outcome(draft.folder, transcript.outcome, transcript, run.stop.is_set())


def _stages(engine: BatchEngine, source: ReadFile, job: Job, voices: Mapping[Role, Voice]) -> list[Stage]:
    """The wiring. Voices are told apart where one channel holds them all and nobody has marked the turns."""
    stages: list[Stage] = [
        source,
        Segment(engine.detector, engine.worker("segment"), engine.endpointing),
        RecognizeBatched(engine.recognizer, engine.worker("recognize"), engine.languages),
    ]
    method: Literal["voice", "channel", "turns"] = "channel" if source.channels == "separate" else "turns"
    if source.channels == "mix" and job.turns is None and engine.diarizer is not None:
        method = "voice"
        stages.append(
            Diarize(engine.diarizer, engine.worker("diarize"), n_speakers=job.n_speakers, folder=source.folder)
        )
    turns = tuple(read_speaker_turns(job.turns)) if job.turns else ()
    stages.append(AttributeSpeakers(engine.languages, method, turns, given=job.roles, samples=voices))
    if engine.targets:
        stages.append(TranslateInto(engine.translator, engine.worker("translate"), engine.targets, engine.visit))
        stages.append(Guard(Reworder(engine.translator), engine.worker("translate")))
    return stages


def _opened(engine: BatchEngine) -> SessionOpened:
    return SessionOpened(
        at=0.0,
        version=__version__,
        profile=engine.profile.name,
        profile_sha256=engine.profile.sha256,
        doctor=engine.visit.doctor,
        patient=engine.visit.patient,
        models=engine.models,
        stages=(),
        languages=engine.languages,
        targets=engine.targets,
    )


def _check_roles(job: Job, n_channels: int, path: Path) -> None:
    """Raises: ConfigError: If a channel has a role that the recording has not."""
    named = [label for label in job.roles if label.startswith("C")]
    if n_channels > 1 and len(named) > n_channels:
        raise ConfigError(
            f"{path} has {n_channels} channels, but roles are given for {len(named)}",
            remedy="name one role for each channel, or leave --channels out",
        )


def _voice(engine: BatchEngine, sample: Path) -> Voice:
    """Raises: ConfigError: If the profile cannot compare voices."""
    import numpy as np

    if engine.diarizer is None:
        raise ConfigError(
            f"profile '{engine.profile.name}' has no diarizer, so {sample} cannot be compared",
            remedy="choose a profile with [diarize], or leave the voice sample out",
        )
    samples = as_samples(np.concatenate([np.zeros(0, np.float32), *stream_mono(sample, SPEECH_RATE)]))
    diarizer = engine.diarizer
    return engine.worker("diarize").run(lambda: diarizer.voice(samples))
