"""Profile → stages → a running session. The only file, with `batch.py`, that knows the order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import anyio
import anyio.to_thread
from anyio.abc import TaskStatus

from voicedoc import __version__
from voicedoc.attribute.by_channel import ByChannel
from voicedoc.attribute.by_language import ByLanguage
from voicedoc.attribute.by_turns import ByTurns, read_turns
from voicedoc.attribute.role import Attributor
from voicedoc.attribute.stage import Attribute
from voicedoc.capture.file import Probe, ReadFile, probe
from voicedoc.capture.spool import SPOOL_NAME, stream_mono
from voicedoc.core.events import Event, SessionClosed, SessionDated, SessionOpened, Utterance
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine
from voicedoc.errors import ConfigError, StoreError, VoiceDocError
from voicedoc.export.transcript import Transcript, write_transcript
from voicedoc.guard.stage import Guard
from voicedoc.recognize.stage import Recognize
from voicedoc.runtime.clock import Clock, WallClock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.runner import check_wiring, run_pipeline
from voicedoc.runtime.stage import Stage
from voicedoc.segment.stage import Segment
from voicedoc.speak.stage import Speak
from voicedoc.store.recorder import TRACK_RATE, Record, Recorder, mix
from voicedoc.store.sessions import JOURNAL, SESSION_FILES, session_folder
from voicedoc.translate.stage import Translate

Watch: TypeAlias = Callable[[Event], None]
"""Sees every event as it happens, for captions and progress. Called in the event loop; must return at once."""


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

    async def run() -> Outcome:
        stop = anyio.Event()
        async with anyio.create_task_group() as tasks:
            if threading.current_thread() is threading.main_thread():
                await tasks.start(_stop_on_signal, stop)
            outcome = await interpret(
                engine, recording, folder, paced=paced, overwrite=overwrite, watch=watch, stop=stop
            )
            tasks.cancel_scope.cancel()
        return outcome

    try:
        return anyio.run(run)
    except BaseExceptionGroup as group:
        raise _cause(group) from group


async def _stop_on_signal(stop: anyio.Event, *, task_status: TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        async for _ in signals:
            stop.set()


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
        session = _Session(engine, watch or _nobody, stop or anyio.Event())
        source = ReadFile(
            path=recording.path,
            folder=folder,
            clock=session.clock,
            worker=engine.worker("capture"),
            paced=paced,
            channels="separate" if recording.channels else "mix",
        )
        with Journal(folder / JOURNAL) as journal, Recorder(folder) as recorder:
            stages = session.stages(source, attributor, recorder)
            await session.run(stages, journal)
        transcript = write_transcript(read_journal(folder / JOURNAL), folder)
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


def _nobody(event: Event) -> None:
    """Nobody watches."""


@dataclass
class _Session:
    """One run of the stages: what it writes, and how it ends."""

    engine: Engine
    watch: Watch
    stop: anyio.Event
    clock: Clock = field(default_factory=WallClock)
    heard: float = 0.0  # seconds on the audio clock
    n_utterances: int = 0

    def stages(self, source: ReadFile, attributor: Attributor, recorder: Recorder) -> list[Stage]:
        """The wiring. The dialogue model's advisor will consume what `translate` consumes; the guard has its place."""
        engine = self.engine
        return [
            source,
            Segment(engine.detector, engine.worker("segment"), engine.endpointing),
            Recognize(engine.recognizer, engine.worker("recognize"), engine.visit.languages),
            Attribute(attributor, engine.visit),
            Translate(engine.translator, engine.worker("translate"), engine.visit),
            Guard(),
            Speak(engine.voices, engine.worker("speak"), Floor(), self.clock, paced=source.paced),
            Record(recorder),
        ]

    async def run(self, stages: list[Stage], journal: Journal) -> None:
        """Open the journal, run the stages to their end or to `stop`, close the journal."""
        order = check_wiring(stages)
        journal.order(order)
        self._open(journal, order)
        reason = "failed"
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._cancel_on_stop, tasks.cancel_scope)
                await run_pipeline(stages, lambda event, stage: self._record(journal, event, stage), self.clock)
                reason = "finished"
                tasks.cancel_scope.cancel()
            if self.stop.is_set():
                reason = "interrupted"
        except BaseExceptionGroup as group:
            raise _cause(group) from group
        finally:
            self._close(journal, reason)

    def _open(self, journal: Journal, order: tuple[str, ...]) -> None:
        engine = self.engine
        opened = SessionOpened(
            at=0.0,
            version=__version__,
            profile=engine.profile.name,
            profile_sha256=engine.profile.sha256,
            doctor=engine.visit.doctor,
            patient=engine.visit.patient,
            models=engine.models,
            stages=order,
        )
        began = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        for event in (opened, SessionDated(at=0.0, began=began), *engine.notices):
            self._record(journal, event, "")

    async def _cancel_on_stop(self, scope: anyio.CancelScope) -> None:
        await self.stop.wait()
        scope.cancel()

    def _record(self, journal: Journal, event: Event, stage: str) -> None:
        journal.append(event, stage)
        self.heard = max(self.heard, event.at)
        if isinstance(event, Utterance):
            self.n_utterances += 1
        self.watch(event)

    def _close(self, journal: Journal, reason: str) -> None:
        """Write the last line and seal. After a full disk neither is possible, and the journal stands as it is."""
        closed = SessionClosed(at=self.heard, reason=reason, n_utterances=self.n_utterances)
        with suppress(StoreError):
            self._record(journal, closed, "")
            journal.seal()


def _cause(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one deliberate error in a group, if there is one; else the group."""
    deliberate, others = group.split(VoiceDocError)
    if others is None and deliberate is not None:
        leaf: BaseException = deliberate
        while isinstance(leaf, BaseExceptionGroup):
            leaf = leaf.exceptions[0]
        return leaf
    return group
