"""An interview: the assistant asks the patient, in writing. Spoken ones are live sessions; see `voicedoc.live`.

Beside `session.py`, `batch.py` and `live.py` the only file that knows the order of the stages.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import anyio
from anyio.abc import TaskStatus

from voicedoc.attribute.typed import FIRST_TYPED, Typed
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import Packs, load_packs
from voicedoc.converse.intake import NAME, Intake
from voicedoc.converse.interview.alarm import of_rules
from voicedoc.converse.interview.history import history_of, write_history
from voicedoc.converse.interview.interviewer import FIRST_ASKED, Begun, Interviewer
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.state import AGE, BUDGET, COMPLAINT, SEX, Interview, Person, age_in_years, replayed
from voicedoc.converse.interview.texts import texts
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Cleared,
    Event,
    FactNoted,
    InterviewClosed,
    InterviewOpened,
    Notice,
    SessionOpened,
    UtteranceReopened,
)
from voicedoc.core.journal import Journal, JournalSink, read_journal
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, TextEngine, opening
from voicedoc.export.formats import SPOKEN, write_documents
from voicedoc.export.transcript import transcript_of
from voicedoc.guard.names import VisitNames
from voicedoc.guard.stage import Guard
from voicedoc.run import Run, Watch, cause, nobody
from voicedoc.runtime.clock import Clock, WallClock
from voicedoc.runtime.controls import Controls
from voicedoc.runtime.stage import Kinds, Stage
from voicedoc.store.open_session import Before
from voicedoc.store.sessions import JOURNAL, session_folder
from voicedoc.translate.rewording import Reworder
from voicedoc.translate.stage import Translate

Answers: TypeAlias = Callable[[], Awaitable[str | None]]
"""What the patient types next; None at the end of the input."""

NOTHING = Before()

LONGEST = 2_000
"""Characters of an answer in writing that are read; a pasted book is no answer."""


@dataclass(frozen=True)
class Interviewing:
    """How an interview is held. `known` is what is known before it; `emergency_number` is said in alarms ("112")."""

    n_questions: int = BUDGET
    known: Begun = field(default_factory=Begun)
    emergency_number: str = ""
    packs: Packs = field(default_factory=load_packs)

    def check(self, visit: Visit) -> None:
        """Refuse what cannot work, before anything is loaded.

        Raises:
            UnsupportedLanguage: If there are no questions in one of the visit's languages.
            ConfigError: If a complaint has no pack.
        """
        for language in visit.languages:
            texts(language)
        for complaint in self.known.complaints:
            self.packs.pack(complaint)

    def stage(
        self,
        visit: Visit,
        before: Sequence[Event] = (),
        *,
        part: Before = NOTHING,
        engine: Engine | TextEngine | None = None,
        without: Kinds = frozenset(),
    ) -> Intake:
        """The stage. `before` are the journal's events of earlier parts, with which it goes on; an `engine` lends it
        what reads dangers by their meaning.
        """
        rules = of_rules(Alarms(emergency_number=self.emergency_number))
        begun = Interview(visit, budget=self.n_questions)
        return Intake(
            Interviewer(Plan(self.packs), visit, rules),
            replayed(begun, before) if before else begun,
            begins_at=part.heard,
            known=self.known,
            first=FIRST_ASKED + part.n_lines,
            worker=engine.worker("phrases") if engine else None,
            suspicion=engine.suspicion if engine else None,
            without=without,
        )


def was_intake(events: Iterable[Event]) -> bool:
    """Whether a journal is an interview's."""
    return any(isinstance(event, SessionOpened) and NAME in event.stages for event in events)


def as_before(events: Sequence[Event], packs: Packs | None = None) -> Interviewing:
    """How an interview was held, to hold it again: its budget, and what was known before its first question."""
    opened = next((event for event in events if isinstance(event, InterviewOpened)), None)
    told = {event.name: event.value for event in events if isinstance(event, FactNoted) and not event.words}
    complaints = tuple(told.get(COMPLAINT, "").split())
    person = Person(age_in_years(told.get(AGE, "")), told.get(SEX, ""))
    n_questions = opened.n_questions if opened else BUDGET
    return Interviewing(n_questions, Begun(complaints, person), packs=packs or load_packs())


class TextSession:
    """One interview in writing. Make it inside the event loop and `run` it once.

    `answers` is asked for a line each time that a question is open. `before` are events of earlier parts.
    """

    def __init__(
        self,
        engine: TextEngine,
        interviewing: Interviewing,
        journal: JournalSink,
        answers: Answers,
        *,
        before: Sequence[Event] = (),
        part: Before = NOTHING,
        watch: Watch = nobody,
        clock: Clock | None = None,
    ) -> None:
        self._engine, self._interviewing, self._journal = engine, interviewing, journal
        self._answers, self._before, self._part, self._watch = answers, before, part, watch
        self._run = Run(self._seen, clock=clock or WallClock())
        self._controls = Controls(self._position)
        self._asked = anyio.Event()
        self._began = self._run.clock.now()
        self.closed: InterviewClosed | None = None

    async def run(self) -> None:
        """Interview until it closes, the input ends, or `end`. Everything is kept, whatever happens.

        Raises:
            StoreError: If the disk is full. What was written is kept.
        """
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._answer)
            await self._run.through(self._stages(), self._journal, opening(self._engine), self._engine.notices)
            tasks.cancel_scope.cancel()

    def end(self) -> None:
        """End it, as the end of the input does."""
        self._controls.press(Command.END)

    def _stages(self) -> list[Stage]:
        """The wiring."""
        engine, visit = self._engine, self._engine.visit
        worker = engine.worker("translate")
        return [
            self._controls,
            Typed(visit, FIRST_TYPED + self._part.n_lines),
            self._interviewing.stage(
                visit, self._before, part=self._part, engine=engine, without=frozenset({UtteranceReopened})
            ),
            Translate(engine.translator, worker, visit),
            Guard(Reworder(engine.translator), worker, VisitNames(engine.glossary)),
        ]

    def _position(self) -> float:
        """Seconds since the first part began, as if it had been heard."""
        return self._part.heard + self._run.clock.now() - self._began

    def _seen(self, event: Event) -> None:
        self._watch(event)
        match event:
            case Cleared(listener=Role.PATIENT, purpose="question"):
                self._asked.set()
            case InterviewClosed():
                self.closed = event
                self.end()

    async def _answer(self) -> None:
        """Give each question its answer."""
        while True:
            await self._asked.wait()
            self._asked = anyio.Event()
            line = await self._line()
            if line is None:
                self.end()
                return
            self._controls.press(Command.TYPE, f"{Role.PATIENT.value}: {line}")

    async def _line(self) -> str | None:
        """The next line that says something."""
        while (line := await self._answers()) is not None:
            if said := line.strip():
                if len(said) > LONGEST:
                    self._tell(_cut(self._position(), len(said)))
                return said[:LONGEST]
        return None

    def _tell(self, notice: Notice) -> None:
        self._journal.append(notice)
        self._watch(notice)


def _cut(at: float, length: int) -> Notice:
    message = f"of an answer of {length} characters the first {LONGEST} are kept"
    return Notice(at=at, code="answer-cut", message=message, remedy="say it in fewer words")


def run_text(make: Callable[[], TextSession]) -> None:
    """Hold an interview in writing, from code that is not asynchronous. The first Ctrl-C ends it; all is kept."""

    async def run() -> None:
        session = make()
        async with anyio.create_task_group() as tasks:
            if threading.current_thread() is threading.main_thread():
                await tasks.start(_end_on_signal, session)
            await session.run()
            tasks.cancel_scope.cancel()

    try:
        anyio.run(run)
    except BaseExceptionGroup as group:
        raise cause(group) from group


async def _end_on_signal(session: TextSession, *, task_status: TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        async for _ in signals:
            session.end()


def intake_into(
    engine: TextEngine,
    interviewing: Interviewing,
    folder: Path,
    answers: Answers,
    *,
    known: Iterable[Event] = (),
    overwrite: bool = False,
    watch: Watch = nobody,
) -> list[Event]:
    """Hold an interview in writing into `folder`, unencrypted: journal, transcript, history. Its events.

    Raises:
        StoreError: If the folder is in use, holds an earlier session (and not `overwrite`), or the disk is full.
    """
    with session_folder(folder, overwrite=overwrite):
        with Journal(folder / JOURNAL) as journal:
            for event in known:
                journal.append(event)
            run_text(lambda: TextSession(engine, interviewing, journal, answers, watch=watch))
        events = list(read_journal(folder / JOURNAL))
        write_documents(transcript_of(events), folder, SPOKEN)
        write_history(history_of(events, interviewing.packs), folder)
    return events
