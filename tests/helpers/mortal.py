"""A live session in a process of its own, on the machine's clock, that tells of its life while it lasts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import anyio

from tests.helpers.vault import vault_in
from voicedoc.capture.recorder import MicrophoneProcess, OpenInput
from voicedoc.core.commands import Command
from voicedoc.core.events import Event, Frame
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.live import SPOKEN, LiveSession, Room, Track, microphone
from voicedoc.profiles import load_profile
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.run import Watch
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.worker import InlineWorker
from voicedoc.speak.scripted_loudspeaker import ScriptedLoudspeaker
from voicedoc.store.open_session import OpenSession

RATE = 16_000

WATCHED = 0.5
"""Seconds before its end in which it is noted how long a process had to wait for others."""

LINES = (
    "en: Good morning. Do you have any pain?",
    "pt: Sim, dói-me o peito há 2 dias.",
    "en: Take 2.5 mg twice a day.",
    "pt: Não sou alérgico a nada.",
)


@contextmanager
def numbered_engine(*, inline: bool = False) -> Generator[Engine, None, None]:
    """The profile "scripted", in which utterance n has line n, however many parts its session has.

    `inline`: all work is done in the event loop, so that virtual time waits for it.
    """
    with open_live_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        workers = dict.fromkeys(engine.workers, InlineWorker()) if inline else engine.workers
        recognizer = ScriptedRecognizer(script=list(LINES) * 50, numbered=True)
        yield replace(engine, recognizer=recognizer, workers=workers)


def paced_microphone(sound: Path, log: Path) -> OpenInput:
    """A process that gives the samples of a file at their own pace."""
    code = Path(__file__).with_name("paced_microphone.py")
    program = (sys.executable, "-S", str(code), str(sound), str(RATE), str(log))
    return partial(MicrophoneProcess, program=program)


def given(log: Path) -> tuple[list[int], list[tuple[int, float]]]:
    """What paced microphones have logged: their process numbers; how many samples had been given, and when."""
    whole = log.read_text().rpartition("\n")[0].splitlines() if log.exists() else []
    counts = [line.split() for line in whole if " " in line]
    return [int(line) for line in whole if " " not in line], [(int(n), float(at)) for n, at in counts]


async def hold(
    engine: Engine,
    stored: OpenSession,
    open_input: OpenInput,
    *,
    until: Callable[[LiveSession], bool],
    watch: Watch,
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Hold a session on the machine's clock; it is ended as soon as `until` says so."""
    clock = WallClock()
    with Track(stored.audio / SPOKEN, stored.cipher) as track:
        session = LiveSession(
            engine,
            Room(),
            stored.journal,
            microphone(engine, stored, Room(), open_input),
            kept=track.put,
            loudspeaker=ScriptedLoudspeaker(clock, block=0.02),
            watch=watch,
            clock=clock,
        )
        async with anyio.create_task_group() as tasks:

            async def end() -> None:
                while not until(session):
                    await anyio.sleep(0.01)
                ending()
                session.press(Command.END)

            tasks.start_soon(end)
            await session.run()


def live(
    folder: Path, sound: Path, log: Path, seconds: float, backend: str, schema: tuple[str, ...], tell: Connection
) -> None:
    """Hold a session for so many seconds of sound. What happens is told as it happens.

    A mark is `("mark", name)`, the session's id `("session", id)`, a line of the journal `("line", type, at)`.
    """
    tell.send(("mark", "born"))
    with (
        vault_in(folder, schema=schema) as vault,
        numbered_engine() as engine,
        vault.begin(doctor="en", patient="pt", profile="scripted") as stored,
    ):
        tell.send(("session", stored.id))
        session = partial(
            hold,
            engine,
            stored,
            paced_microphone(sound, log),
            until=lambda session: session.position >= seconds,
            watch=partial(_tell, tell),
            ending=lambda: tell.send(("mark", "ending")),
        )
        anyio.run(session, backend=backend)
    tell.send(("mark", "over"))


def _tell(tell: Connection, event: Event) -> None:
    if event.journalled:
        tell.send(("line", type(event).__name__, event.at))
    elif isinstance(event, Frame) and event.first_sample == 0:
        tell.send(("mark", "listening"))


@dataclass
class Life:
    """What is known of a session that was begun in a process of its own."""

    process: Any
    told: Connection
    log: Path
    session: str = ""
    lines: list[tuple[str, float]] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    killed_at: float = 0.0
    starved: float = 0.0
    """Seconds for which its threads, taken together, waited for a processor in the last `WATCHED` before its end."""

    def until(self, mark: str) -> bool:
        """Wait for a mark. False where it has ended without one."""
        while mark not in self.marks and self._take():
            pass
        return mark in self.marks

    def kill(self, delay: float) -> bool:
        """Kill it and its microphone in mid-life, `delay` seconds from now. Whether it still lived."""
        time.sleep(max(0.0, delay - WATCHED))
        before = self._starved()
        time.sleep(min(delay, WATCHED))
        self.starved = sum(max(0.0, now - before.get(thread, 0.0)) for thread, now in self._starved().items())
        self.killed_at = time.monotonic()
        self.process.kill()
        self.process.join()
        lived: bool = self.process.exitcode == -signal.SIGKILL
        for pid in self.microphones() if lived else []:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while self._take():
            pass
        return lived

    def microphones(self) -> list[int]:
        """The processes that have had the microphone open."""
        return given(self.log)[0]

    @property
    def n_given(self) -> int:
        """How many samples the microphone had given when it was killed."""
        return max((n for n, at in given(self.log)[1] if at <= self.killed_at), default=0)

    def _starved(self) -> dict[str, float]:
        """For how many seconds each thread has waited for a processor, as Linux tells it."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return {path.parent.name: float(words[1]) / 1e9 for path in tasks if (words := _text(path).split())}

    def _take(self) -> bool:
        """Take in the next thing that it tells. False at the end of its life."""
        try:
            kind, *what = self.told.recv()
        except EOFError:
            return False
        match kind:
            case "mark":
                self.marks.add(what[0])
            case "session":
                self.session = what[0]
            case "line":
                self.lines.append((what[0], what[1]))
        return True


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread has ended
        return ""


def begin(folder: Path, sound: Path, *, seconds: float, backend: str, schema: tuple[str, ...] = ()) -> Life:
    """Begin a life. All have one parent, which has imported everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    told, tell = context.Pipe(duplex=False)
    log = folder.with_suffix(".log")
    process = context.Process(target=live, args=(folder, sound, log, seconds, backend, schema, tell), daemon=True)
    process.start()
    tell.close()
    return Life(process, told, log)
