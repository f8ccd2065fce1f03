"""Profile → stages → a running session. The only file, with `batch.py`, that knows the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import anyio
import anyio.to_thread

from voicedoc.attribute.by_channel import ByChannel
from voicedoc.attribute.by_language import ByLanguage
from voicedoc.attribute.by_turns import ByTurns, read_turns
from voicedoc.attribute.role import Attributor
from voicedoc.attribute.stage import Attribute
from voicedoc.capture.file import Probe, ReadFile, probe
from voicedoc.capture.spool import SPOOL_NAME, stream_mono
from voicedoc.converse.advice.advisor import advisor_for
from voicedoc.converse.advise import Advise
from voicedoc.core.events import TurnCorrected
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, opening
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.formats import SPOKEN, write_documents
from voicedoc.export.transcript import Transcript, transcript_of
from voicedoc.guard.names import VisitNames
from voicedoc.guard.stage import Guard
from voicedoc.recognize.stage import Recognize
from voicedoc.run import Run, Watch, nobody, run_until_signal
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.stage import Stage
from voicedoc.segment.stage import Segment
from voicedoc.speak.stage import Speak
from voicedoc.store.recorder import TRACK_RATE, Record, Recorder, mix
from voicedoc.store.sessions import JOURNAL, SESSION_FILES, session_folder
from voicedoc.translate.rewording import Reworder
from voicedoc.translate.stage import Translate


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording to interpret, and what is known of who speaks in it: roles by channel, or a file of turns.

    `speakers` says who a name in that file is, where it is not "doctor" or "patient".
    """

    path: Path
    channels: tuple[Role, ...] = ()
    turns: Path | None = None
    speakers: Mapping[str, Role] = field(default_factory=dict)

    def check(self, probed: Probe) -> None:
        """Raises: ConfigError: If the roles are not as many as the recording's channels."""
        if self.channels and len(self.channels) != probed.n_channels:
            raise ConfigError(
                f"{self.path} has {probed.n_channels} channels, but --channels names {len(self.channels)}",
                remedy="name one role for each channel ('unknown' for one without a speaker), or leave --channels out",
            )

    def attributor(self, visit: Visit) -> Attributor:
        """The best evidence there is of who speaks: given turns, then the channel, then the language."""
        if self.turns:
            return ByTurns(read_turns(self.turns, self.speakers or None))
        if self.channels:
            return ByChannel(dict(enumerate(self.channels)))
        return ByLanguage(visit)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a session left behind. `reason`: "finished" or "interrupted"."""

    folder: Path
    reason: str
    transcript: Transcript


def interpret_file(
    engine: Engine,
    recording: Recording,
    folder: Path,
    *,
    paced: bool = False,
    overwrite: bool = False,
    watch: Watch | None = None,
) -> Outcome:
    """Interpret one recording into `folder`, from code that is not asynchronous. See `interpret`.

    In the main thread, Ctrl-C or SIGTERM ends the session: everything up to then is kept, and the outcome says so.
    """

    return run_until_signal(
        lambda stop: interpret(engine, recording, folder, paced=paced, overwrite=overwrite, watch=watch, stop=stop)
    )


async def interpret(
    engine: Engine,
    recording: Recording,
    folder: Path,
    *,
    paced: bool = False,
    overwrite: bool = False,
    watch: Watch | None = None,
    stop: anyio.Event | None = None,
) -> Outcome:
    """Interpret one recording: journal, transcript and spoken interpretation in `folder`.

    `paced` plays the recording at its own speed, as if live; the journal is the same, apart from timing events.
    Setting `stop` ends the session early; what was said until then is kept.

    Raises:
        AudioError: If the recording cannot be read. The folder is then left as it was.
        StoreError: If the folder is in use, holds an earlier session (and not `overwrite`), or the disk is full.
    """
    recording.check(probe(recording.path))
    attributor = recording.attributor(engine.visit)
    _keep_apart(recording.path, folder)
    with session_folder(folder, overwrite=overwrite):
        run = Run(watch or nobody, stop or anyio.Event())
        source = ReadFile(
            path=recording.path,
            folder=folder,
            clock=run.clock,
            worker=engine.worker("capture"),
            paced=paced,
            channels="separate" if recording.channels else "mix",
        )
        with Journal(folder / JOURNAL) as journal, Recorder(folder) as recorder:
            stages = _stages(engine, source, attributor, recorder, run.clock)
            await run.through(stages, journal, opening(engine), engine.notices)
        transcript = transcript_of(read_journal(folder / JOURNAL))
        write_documents(transcript, folder, SPOKEN)
        spool = folder / SPOOL_NAME  # not there where the session was stopped before its first sound
        original = stream_mono(spool, TRACK_RATE) if spool.exists() else iter(())
        await anyio.to_thread.run_sync(mix, original, folder)
    return Outcome(folder, transcript.outcome, transcript)


def _keep_apart(recording: Path, folder: Path) -> None:
    """Raises: StoreError: If the session would write over its own recording."""
    if recording.resolve().parent == folder.resolve() and recording.name in SESSION_FILES:
        raise StoreError(
            f"{recording} is itself part of the session in {folder}", remedy="choose another --out for the new session"
        )


def _stages(engine: Engine, source: ReadFile, attributor: Attributor, recorder: Recorder, clock: Clock) -> list[Stage]:
    """The wiring."""
    advise = [Advise(partial(advisor_for, engine.visit), engine.worker("advise"), without=frozenset({TurnCorrected}))]
    return [
        source,
        Segment(engine.detector, engine.worker("segment"), engine.endpointing),
        Recognize(engine.recognizer, engine.worker("recognize"), engine.visit.languages),
        Attribute(attributor, engine.visit),
        Translate(engine.translator, engine.worker("translate"), engine.visit),
        Guard(Reworder(engine.translator), engine.worker("translate"), VisitNames(engine.glossary)),
        Speak(engine.voices, engine.worker("speak"), Floor(), clock, paced=source.paced),
        Record(recorder),
        *(advise if engine.profile.advise else []),
    ]
