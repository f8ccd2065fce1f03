"""A recording → a journal and its documents. The only file, with `session.py`, that knows the order of the stages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
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
from voicedoc.converse.advice.advisor import advisor_for
from voicedoc.converse.advise import Advise
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Notice, SessionOpened, TurnCorrected
from voicedoc.core.glossary import NO_GLOSSARY, Glossary
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.speech import Role
from voicedoc.engine import BatchEngine, opening
from voicedoc.errors import AudioError, BackendFailed, ConfigError, SampleRefused
from voicedoc.export.formats import USUAL, write_documents
from voicedoc.export.transcript import Transcript, transcript_of
from voicedoc.guard.names import VisitNames
from voicedoc.guard.stage import Guard
from voicedoc.profiles import Profile
from voicedoc.recognize.batched import RecognizeBatched
from voicedoc.run import Run, Watch, nobody, run_until_signal
from voicedoc.runtime.stage import Stage
from voicedoc.segment.apart import SegmentApart
from voicedoc.segment.stage import Segment
from voicedoc.store.results import Key, draft_folder
from voicedoc.store.sessions import JOURNAL
from voicedoc.translate.into import TranslateInto
from voicedoc.translate.rewording import Reworder

Channels = Literal["auto", "mix", "separate"]

SAMPLE_SECONDS = 60
"""How much of a recording of somebody's voice is listened to."""


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

    @property
    def least_channels(self) -> int:
        """How many channels a recording must have for what is said of them."""
        numbers = [int(label[1:]) for label in self.roles if re.fullmatch("C[0-9]+", label)]
        return max([2, *numbers]) if self.channels == "separate" else 1

    def made_with(
        self,
        profile: Profile,
        languages: tuple[str, ...],
        targets: tuple[str, ...],
        *,
        models: Mapping[str, str],
        diarize: bool,
        glossary: Glossary = NO_GLOSSARY,
    ) -> dict[str, str]:
        """Everything that can change a journal, by what people call it. Not the formats.

        `models` are the digests, by name, of the models that are used; those without files have none.
        """
        voices = {f"--{role.value}-voice": sha256_of(path) for role, path in self.voices.items()}
        options = {
            "--profile": f"{profile.name} {profile.sha256}",
            "--languages": ",".join(languages),
            "--translate-to": ",".join(targets),
            "--speakers": str(self.n_speakers or ""),
            "--channels": self.channels,
            "--speaker": ",".join(sorted(f"{label}={role.value}" for label, role in self.roles.items())),
            "--turns": sha256_of(self.turns) if self.turns else "",
            "--glossary": glossary.sha256,
            **voices,
        }
        left_out = {"the diarizer": diarize, "advice": profile.advise}
        parts = {name: "" if kept else "left out" for name, kept in left_out.items()} | {
            f"model {name}": sha for name, sha in models.items()
        }
        return {name: value for name, value in ({"VoiceDoc": __version__} | options | parts).items() if value}

    def made_with_engine(self, engine: BatchEngine) -> dict[str, str]:
        """What a journal of this job is made with by an engine that is loaded."""
        models = {model.name: model.sha256 for model in engine.models if model.sha256}
        return self.made_with(
            engine.profile,
            engine.languages,
            engine.targets,
            models=models,
            diarize=engine.diarizer is not None,
            glossary=engine.glossary,
        )


def config_of(made_with: Mapping[str, str]) -> str:
    """A digest over everything that can change a journal: the second half of a result's key."""
    return hashlib.sha256(json.dumps(made_with, sort_keys=True).encode()).hexdigest()


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
    voices: Mapping[Role, Voice] | None = None,
    overwrite: bool = False,
    watch: Watch | None = None,
    asked: Callable[[], bool] | None = None,
) -> Outcome:
    """Transcribe one recording into `folder`, from code that is not asynchronous. See `transcribe`.

    In the main thread, Ctrl-C or SIGTERM ends the job; its unfinished results stay in `FOLDER.partial`.
    So does `asked`, in any thread, once it is true.
    """
    return run_until_signal(
        lambda stop: transcribe(
            engine, path, folder, job or Job(), voices=voices, overwrite=overwrite, watch=watch, stop=stop
        ),
        asked,
    )


async def transcribe(
    engine: BatchEngine,
    path: Path,
    folder: Path,
    job: Job,
    *,
    voices: Mapping[Role, Voice] | None = None,
    overwrite: bool = False,
    watch: Watch | None = None,
    stop: anyio.Event | None = None,
) -> Outcome:
    """Transcribe one recording: journal and documents in `folder`, which appears when all of it is there.

    Until then everything is in `FOLDER.partial`, and stays there where the job is interrupted or fails. `voices` are
    the job's `known_voices`, for those who transcribe many recordings with them.

    Raises:
        AudioError: If the recording cannot be read. Nothing is written then.
        ConfigError: If a role, a voice or a file of turns does not fit; a `SampleRefused` where it is a voice.
        StoreError: If the folder is in use or there already (and not `overwrite`), or the disk is full.
    """
    probed = probe(path)
    _check_channels(job, probed.n_channels, path)
    separate = job.channels == "separate" or (job.channels == "auto" and has_separate_speakers(path))
    known = known_voices(engine, job) if voices is None else voices
    made_with = job.made_with_engine(engine)
    key = Key(sha256_of(path), config_of(made_with))
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
            stages = _stages(engine, source, job, known)
            notices = [*engine.notices, *([_unused(known)] if separate and known else [])]
            await run.through(stages, journal, _opened(engine), notices)
        transcript = transcript_of(read_journal(draft.folder / JOURNAL))
        await anyio.to_thread.run_sync(write_documents, transcript, draft.folder, job.formats)
        if transcript.outcome == "finished":
            draft.finish(job.formats, made_with)
    return Outcome(draft.folder, transcript.outcome, transcript, run.stop.is_set())


def _stages(engine: BatchEngine, source: ReadFile, job: Job, voices: Mapping[Role, Voice]) -> list[Stage]:
    """The wiring. Voices are told apart where one channel holds them all and nobody has marked the turns."""
    segment = Segment(engine.detector, engine.worker("segment"), engine.endpointing)
    stages: list[Stage] = [
        source,
        SegmentApart(segment) if source.channels == "separate" else segment,
        RecognizeBatched(engine.recognizer, engine.worker("recognize"), engine.languages, folder=source.folder),
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
        names = VisitNames(engine.glossary)
        stages.append(Guard(Reworder(engine.translator), engine.worker("translate"), names))
    if engine.profile.advise:
        make = partial(advisor_for, engine.visit)
        stages.append(Advise(make, engine.worker("advise"), without=frozenset({TurnCorrected})))
    return stages


def _opened(engine: BatchEngine) -> SessionOpened:
    return replace(opening(engine), languages=engine.languages, targets=engine.targets)


def _check_channels(job: Job, n_channels: int, path: Path) -> None:
    """Raises: ConfigError: If a recording has fewer channels than are spoken of."""
    if n_channels < job.least_channels:
        has = "one channel" if n_channels == 1 else f"{n_channels} channels"
        raise ConfigError(
            f"{path} has {has}, and --channels speaks of {job.least_channels}",
            remedy="leave --channels out for this recording: voices are then told apart",
        )


def _unused(voices: Mapping[Role, Voice]) -> Notice:
    """Nobody's voice is compared where everybody has a channel."""
    names = " and ".join(f"the {role.value}'s" for role in voices)
    return Notice(
        at=0.0,
        code="voices-unused",
        message=f"{names} voice sample was not used: each channel holds a speaker of its own",
        remedy="say who speaks on each with --channels doctor,patient, or compare voices with --channels mix",
    )


def known_voices(engine: BatchEngine, job: Job) -> dict[Role, Voice]:
    """What people sound like of whom the job has a recording.

    Raises:
        SampleRefused: If one cannot be read, or does not show one person's voice; or if the profile compares none.
    """
    return {role: _voice(engine, role, sample) for role, sample in job.voices.items()}


def _voice(engine: BatchEngine, role: Role, sample: Path) -> Voice:
    import numpy as np

    if engine.diarizer is None:
        raise SampleRefused(
            f"profile '{engine.profile.name}' has no diarizer, so {sample} cannot be compared",
            role=role.value,
            remedy="choose a profile with [diarize], or leave the voice sample out",
        )
    diarizer = engine.diarizer
    try:
        heard = islice(stream_mono(sample, SPEECH_RATE), SAMPLE_SECONDS)  # blocks of about a second
        samples = as_samples(np.concatenate([np.zeros(0, np.float32), *heard]))
        return engine.worker("diarize").run(lambda: diarizer.voice(samples))
    except (AudioError, BackendFailed) as error:
        raise SampleRefused(
            f"{sample} does not show the {role.value}'s voice: {error}", role=role.value, remedy=error.remedy
        ) from error
