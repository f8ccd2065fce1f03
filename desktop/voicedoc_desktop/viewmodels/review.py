"""Review: the sessions that are over, one of them open, its sound, its note."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.process.task import Failure, Task
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.review import Known, NotePage, Opened, Outline, Playing, ReviewState, with_note
from voicedoc_desktop.tasks.notes import DraftNote, EditNote, ReadNotes, SignNote
from voicedoc_desktop.tasks.sessions import (
    At,
    CloseSession,
    CorrectText,
    DrawOutline,
    Exported,
    ExportSession,
    ListSessions,
    NameSpeaker,
    OpenSession,
    Pause,
    PlaySound,
    PurgeSession,
    Resume,
    Seek,
)
from voicedoc_desktop.viewmodels.printing import Printing
from voicedoc_desktop.viewmodels.screen import Screen

STEP = 5.0
"""Seconds that a key moves the player."""


@dataclass(frozen=True)
class _Work:
    """Something that the user waits for."""

    words: str
    task: Task[Any]
    done: Callable[[Any], None]
    failed: Callable[[Failure], None]
    can_stop: bool = False


class ReviewViewModel(Screen):
    """What a user does with sessions that are over.

    Signals:
        played: A `Playing`, many times a second while sound is heard; not a reason to draw all anew.
        exported: An `Exported`, once its files are there.
    """

    played = Signal(object)
    exported = Signal(object)

    def __init__(self, desk: Desk, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.state = ReviewState()
        self.editor = ""
        """Who corrects and signs, as they last said."""
        self._jobs: set[Job] = set()
        self._waiting: deque[_Work] = deque()
        self._worker: Job | None = None
        self._player: Job | None = None
        self._outliner: Job | None = None

    # --- coming and going

    def arrive(self, go: Go) -> None:
        """See `Screen`."""
        self.list_sessions()
        if go.session and self.busy:
            self.said.emit(self.busy)
        elif go.session:
            self.open(go.session)

    def leave(self) -> None:
        """See `Screen`: what is heard is heard here only."""
        self.stop()

    def close(self) -> None:
        """See `Screen`."""
        for job in list(self._jobs):
            job.stop()

    # --- the list

    def list_sessions(self) -> None:
        """Look again at what there is."""
        self._set(is_listing=True)
        self._do(ListSessions(), self._listed, self._not_listed)

    def _listed(self, sessions: tuple[Known, ...]) -> None:
        self._set(sessions=sessions, is_listing=False)

    def _not_listed(self, failure: Failure) -> None:
        self._set(is_listing=False)
        self._failed(failure)

    def search(self, text: str) -> None:
        """Show the sessions that have these words."""
        self._set(search=text)

    # --- one session

    def open(self, session: str) -> None:
        """Open a session, or a folder of results."""
        self.stop()
        if self._outliner:
            self._outliner.stop()
        self._set(opening=session, opened=None, notes=(), note="", outline=None, problem="", remedy="", note_problem="")
        self._do(OpenSession(session), partial(self._opened, session), partial(self._not_opened, session))

    def _opened(self, asked: str, opened: Opened) -> None:
        if asked != self.state.opening:
            return  # somebody has opened another one meanwhile
        self._set(opening="", opened=opened, playing=Playing())
        session = opened.known.id
        self._do(ReadNotes(session), lambda notes: self._have_notes(session, notes))
        if opened.has_sound:
            self._outliner = self._do(DrawOutline(session), lambda found: self._outlined(session, found), _ignore)

    def _not_opened(self, asked: str, failure: Failure) -> None:
        if asked != self.state.opening:
            return
        self._set(opening="")
        self._failed(failure)

    def _outlined(self, session: str, outline: Outline | None) -> None:
        if self._is_open(session):
            self._set(outline=outline)

    def close_session(self) -> None:
        """Show the list alone."""
        self.stop()
        self._set(opened=None, opening="", notes=(), note="", outline=None, problem="", remedy="", note_problem="")

    def continue_session(self) -> None:
        """Go on with a session that was cut off, or has ended."""
        if opened := self.state.opened:
            self.wants.emit(Go(Place.VISIT, session=opened.known.id))

    def end_session(self) -> None:
        """End a session whose process died."""
        if opened := self.state.opened:
            session = opened.known.id
            self._work(self.tr("Ending the session"), CloseSession(session), lambda _: self._reopen(session))

    def _reopen(self, session: str) -> None:
        self.list_sessions()
        self.open(session)

    # --- correcting

    def correct(self, utterance: int, language: str, text: str) -> None:
        """Correct a text. What stood there stays in the history."""
        opened = self.state.opened
        row = opened.row(utterance) if opened else None
        if opened is None or row is None or not text.strip():
            return
        passage = row.passage(language)
        if passage is not None and passage.text == text.strip():
            return
        task = CorrectText(opened.known.id, utterance, language, text, self.editor)
        self._work(self.tr("Writing the correction"), task, self._changed, self._not_corrected(text))

    def _not_corrected(self, text: str) -> Callable[[Failure], None]:
        """What somebody typed is not lost where it cannot be kept."""

        def failed(failure: Failure) -> None:
            self._failed(failure)
            typed = self.tr("What was typed: {text}").format(text=text)
            self._set(remedy=f"{self.state.remedy} {typed}".strip())

        return failed

    def name_speaker(self, label: str, name: str) -> None:
        """Say who a speaker is."""
        if (opened := self.state.opened) and name.strip():
            self._work(self.tr("Naming the speaker"), NameSpeaker(opened.known.id, label, name.strip()), self._changed)

    def _changed(self, opened: Opened) -> None:
        if self._is_open(opened.known.id):
            self._set(opened=opened)

    # --- sound

    def play(self, at: float | None = None) -> None:
        """Play from a second on, or from where the player is."""
        opened = self.state.opened
        if opened is None or not opened.has_sound:
            return
        start = self.state.playing.at if at is None else at
        if start >= opened.duration:
            start = 0.0
        if self._player is not None:
            self._player.say(Seek(start))
            self._player.say(Resume())
            self._show_playing(Playing(start, is_on=True))
            return
        self._show_playing(Playing(start, is_on=True))
        self._player = self._do(
            PlaySound(opened.known.id, start, self._settings.now.loudspeaker), _ignore, self._not_heard, self._heard
        )
        self._player.over.connect(self._player_over)

    def pause(self) -> None:
        """Pause, or go on."""
        playing = self.state.playing
        if self._player is None:
            self.play()
        else:
            self._player.say(Resume() if playing.is_paused else Pause())
            self._show_playing(replace(playing, is_paused=not playing.is_paused))

    def stop(self) -> None:
        """Be silent."""
        if self._player is not None:
            self._player.stop()

    def move(self, seconds: float) -> None:
        """Go back or forth by so many seconds."""
        self.seek(self.state.playing.at + seconds)

    def seek(self, at: float) -> None:
        """Go to a second, playing or not."""
        if self.state.opened is None:
            return
        wanted = min(max(0.0, at), self.state.opened.duration)
        if self._player is not None:
            self._player.say(Seek(wanted))
        self._show_playing(replace(self.state.playing, at=wanted, problem=""))

    def _heard(self, told: tuple[object, ...]) -> None:
        for item in reversed(told):
            if isinstance(item, At):
                self._show_playing(Playing(item.seconds, is_on=True, is_paused=item.is_paused))
                return

    def _not_heard(self, failure: Failure) -> None:
        self._show_playing(Playing(self.state.playing.at, problem=_told(failure)))

    def _player_over(self) -> None:
        self._player = None
        self._show_playing(Playing(self.state.playing.at))

    def _show_playing(self, playing: Playing) -> None:
        self.state = replace(self.state, playing=playing)
        self.played.emit(playing)

    # --- the note

    def _have_notes(self, session: str, notes: tuple[NotePage, ...]) -> None:
        if self._is_open(session):
            self._set(notes=notes, note=notes[-1].id if notes else "")

    def show_note(self, note: str) -> None:
        """Show one of the session's notes."""
        self._set(note=note, note_problem="")

    def draft(self, template: str = "soap", language: str = "") -> None:
        """Draft a note by rules, as a new version."""
        if opened := self.state.opened:
            self._note(self.tr("Drafting the note"), DraftNote(opened.known.id, template, language))

    @property
    def dialogue_model(self) -> str:
        """The dialogue model on the own network that may word a draft; "" where none is set up."""
        now = self._settings.now
        return now.server_model if now.server else ""

    def draft_by_model(self, template: str = "soap") -> None:
        """Have that model word a draft, which rules judge. What was said then goes to that machine."""
        if (opened := self.state.opened) and self.dialogue_model:
            now = self._settings.now
            task = DraftNote(opened.known.id, template, "", now.server, now.server_model)
            self._note(self.tr("The model drafts the note"), task, can_stop=True)

    @property
    def server(self) -> str:
        """The address at which it answers."""
        return self._settings.now.server

    def stop_work(self) -> None:
        """Have what is worked on no more, where it can be stopped."""
        if self._worker is not None and self.state.can_stop:
            self._worker.stop()

    def edit_note(self, text: str) -> None:
        """Keep what a person has made of the note that is shown, as a new version."""
        if (opened := self.state.opened) and (page := self.state.page) and text != page.text:
            self._note(self.tr("Keeping the note"), EditNote(opened.known.id, page.id, text))

    def sign(self, signer: str) -> None:
        """Sign the note that is shown."""
        if (opened := self.state.opened) and (page := self.state.page):
            self.editor = signer.strip()
            self._note(self.tr("Signing"), SignNote(opened.known.id, page.id, page.sha256, signer))

    def _note(self, words: str, task: Task[NotePage], *, can_stop: bool = False) -> None:
        session = self.state.opened.known.id if self.state.opened else ""
        self._work(words, task, lambda page: self._noted(session, page), self._not_noted, can_stop=can_stop)

    def _noted(self, session: str, page: NotePage) -> None:
        if not self._is_open(session):
            return
        self.state = with_note(self.state, page)
        self.changed.emit(self.state)
        if page.state == "signed":
            self.said.emit(self.tr("The note is signed."))

    def _not_noted(self, failure: Failure) -> None:
        self._set(note_problem=_told(failure))

    # --- documents, the end

    def export(self, folder: str, formats: tuple[str, ...], *, sound: bool) -> None:
        """Write documents into a folder."""
        if opened := self.state.opened:
            task = ExportSession(opened.known.id, folder, formats, sound)
            self._work(self.tr("Writing documents"), task, self._print)

    def _print(self, made: Exported) -> None:
        if not made.page:
            self._told_export(made)
            return
        printing = Printing(made.page, made.folder, self)
        printing.printed.connect(lambda name: self._told_export(replace(made, files=(*made.files, name))))
        printing.failed.connect(lambda why: self._failed(Failure(why, self.tr("Choose another folder."), "StoreError")))
        self._set(working=self.tr("Making the PDF"))
        printing.over.connect(lambda: self._set(working=""))
        printing.begin()

    def _told_export(self, made: Exported) -> None:
        self.exported.emit(made)
        if made.left_out:
            self._set(problem=self.tr("What is damaged was left out"), remedy="; ".join(made.left_out))
        self.said.emit(self.tr("{n} files were written to {folder}").format(n=len(made.files), folder=made.folder))

    def purge(self) -> None:
        """Destroy the session that is open."""
        if (opened := self.state.opened) and not opened.known.is_folder:
            self.stop()
            self._work(self.tr("Destroying the session"), PurgeSession(opened.known.id), lambda _: self._purged())

    def _purged(self) -> None:
        self.close_session()
        self.list_sessions()
        self.said.emit(self.tr("The session is destroyed."))

    # --- jobs

    def _work(
        self,
        words: str,
        task: Task[Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
        *,
        can_stop: bool = False,
    ) -> None:
        """Do something that the user waits for, after what was asked for before: one is at a session at a time."""
        self._waiting.append(_Work(words, task, done, failed or self._failed, can_stop))
        if len(self._waiting) == 1:
            self._begin()

    def _begin(self) -> None:
        work = self._waiting[0]
        self._set(working=work.words, can_stop=work.can_stop, problem="", remedy="", note_problem="")

        def end(act: Callable[[Any], None]) -> Callable[[Any], None]:
            def ended(result: Any) -> None:
                self._waiting.popleft()
                self._worker = None
                self._set(working="", can_stop=False)
                act(result)
                if self._waiting:
                    self._begin()

            return ended

        self._worker = self._do(work.task, end(work.done), end(work.failed))

    def _do(
        self,
        task: Task[Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
        told: Callable[[tuple[object, ...]], None] | None = None,
    ) -> Job:
        job = self._desk.do(task)
        self._jobs.add(job)
        job.over.connect(lambda: self._jobs.discard(job))
        job.done.connect(done)
        job.failed.connect(failed or self._failed)
        if told is not None:
            job.told.connect(told)
        return job

    def _failed(self, failure: Failure) -> None:
        self._set(problem=failure.message, remedy=failure.remedy)

    def _is_open(self, session: str) -> bool:
        return self.state.opened is not None and self.state.opened.known.id == session

    def _set(self, **values: Any) -> None:
        changed = replace(self.state, **values)
        if changed != self.state:
            self.state = changed
            self.changed.emit(changed)


def _told(failure: Failure) -> str:
    return f"{failure.message}. {failure.remedy}" if failure.remedy else failure.message


def _ignore(_: object) -> None:
    """Nobody waits for it."""
