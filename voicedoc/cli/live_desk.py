"""What shows a running session on a terminal and takes its keys: the screen, the keyboard, and what lies between."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

import anyio
import anyio.to_thread
from rich.console import Console

from voicedoc.cli.aside import aside
from voicedoc.cli.keys import Keys
from voicedoc.cli.live_note import note_so_far
from voicedoc.cli.live_screen import LiveScreen, Surroundings
from voicedoc.core.events import Event
from voicedoc.view.advance import advance
from voicedoc.view.keys import Board, Offered, found, pressed
from voicedoc.view.state import State
from voicedoc.visit.beside import find_phrases

if TYPE_CHECKING:
    from voicedoc.engine import Engine
    from voicedoc.live import LiveSession

Find: TypeAlias = Callable[[str], Awaitable[list[Offered]]]
"""Finds phrases for what somebody types."""

LEVELS_EVERY = 0.1
NOTE_EVERY = 1.0
"""Seconds."""


class Desk:
    """A session on a whole terminal. A context manager: the terminal is given back as it was.

    `take` and `beside` are what `voicedoc.live.run_live` asks for, both in the event loop. `find` looks for phrases.
    `fd` is where keys come from; None is the standard input.
    """

    def __init__(self, console: Console, around: Surroundings, find: Find, *, fd: int | None = None) -> None:
        self.state, self.board = State(), Board()
        self._console, self._around, self._find = console, around, find
        self._screen = LiveScreen(lambda: (self.state, self.board, self._around), console)
        self._keys = Keys(fd, on_pause=self._screen.hide, on_resume=self._screen.show) if around.has_keys else None
        self._held = ExitStack()
        self._happened: list[Event] = []

    def __enter__(self) -> Desk:
        with ExitStack() as held:
            held.enter_context(aside(self._console))
            if self._keys is not None:
                held.enter_context(self._keys)
            held.enter_context(self._screen)
            self._held = held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def take(self, event: Event) -> None:
        """Show one event."""
        self.state = advance(self.state, event)
        if event.journalled:
            self._happened.append(event)

    async def beside(self, session: LiveSession) -> None:
        """Take keys and watch levels while the session runs. Runs until cancelled."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._watch_levels, session)
            tasks.start_soon(self._keep_note)
            if self._keys is not None:
                tasks.start_soon(self._obey, session, self._keys)
                if threading.current_thread() is threading.main_thread():
                    tasks.start_soon(self._keys.watch_suspension)

    async def _watch_levels(self, session: LiveSession) -> None:
        while True:
            self._around = replace(self._around, levels=tuple(session.levels))
            await anyio.sleep(LEVELS_EVERY)

    async def _keep_note(self) -> None:
        """While the note is looked at, it is made anew of what has happened since; beside the session, in a thread."""
        n_told = 0
        while True:
            if self.board.note and len(self._happened) > n_told:
                n_told, happened = len(self._happened), tuple(self._happened)
                lines = await anyio.to_thread.run_sync(note_so_far, happened, self._around.visit.doctor)
                self._around = replace(self._around, note=lines)
            await anyio.sleep(NOTE_EVERY if self.board.note else LEVELS_EVERY)

    async def _obey(self, session: LiveSession, keys: Keys) -> None:
        async for key in keys:
            answer = pressed(self.board, key, self.state)
            self.board = answer.board
            for press in answer.presses:
                session.press(press.command, press.argument, press.utterance)
            if answer.search:
                self.board = found(self.board, answer.search, await self._find(answer.search))


def finder(engine: Engine) -> Find:
    """Finds phrases of the bank that say what the clinician types."""
    return partial(find_phrases, engine)
