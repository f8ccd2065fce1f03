"""Recordings: a queue that is transcribed in the background, and goes on whatever screen is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.recordings import (
    Item,
    QueueState,
    Stage,
    Wish,
    added,
    again,
    changed,
    following,
    removed,
)
from voicedoc_desktop.tasks.transcribe import (
    Also,
    Choices,
    Drop,
    Hold,
    ListChoices,
    Loading,
    Looked,
    LookForRecordings,
    Moved,
    Transcribe,
)
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.words.failures import failure_words


class RecordingsViewModel(Screen):
    """What a user does with recordings.

    Signals:
        choices_known: What can be chosen: `Choices`.
        wish_changed: How the next ones are to be transcribed: a `Wish`.
    """

    choices_known = Signal(object)
    wish_changed = Signal(object)

    def __init__(self, desk: Desk, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.state = QueueState()
        self.choices: Choices | None = None
        now = settings.now
        self.wish = Wish(languages=(now.doctor, now.patient), targets=(now.doctor, now.patient), profile=now.profile)
        self._job: Job | None = None
        self._working_on: Wish | None = None
        self._others: set[Job] = set()
        self._waiting_files: tuple[str, ...] = ()

    # --- coming and going

    def arrive(self, go: Go) -> None:
        """See `Screen`. Files that were dropped elsewhere are taken. Models may have come meanwhile."""
        self._ask(ListChoices(), self._have_choices)
        if go.files:
            self.add(go.files)

    def close(self) -> None:
        """See `Screen`."""
        for job in (self._job, *self._others):
            if job is not None:
                job.stop()

    def _have_choices(self, choices: Choices) -> None:
        self.choices = choices
        self.wish = replace(self.wish, out=self.wish.out or choices.folder)
        self.choices_known.emit(choices)
        self.wish_changed.emit(self.wish)
        if self._waiting_files:
            files, self._waiting_files = self._waiting_files, ()
            self.add(files)

    # --- what is wished

    def change(self, **values: Any) -> None:
        """Change how the next recordings are to be transcribed."""
        self.wish = replace(self.wish, **values)
        self.wish_changed.emit(self.wish)

    # --- the queue

    def add(self, paths: Iterable[str]) -> None:
        """Take files and folders into the queue."""
        files = tuple(paths)
        if self.choices is None:
            self._waiting_files = (*self._waiting_files, *files)
            self._set(is_looking=True)
            return
        if self.wish.problem:
            return
        self._set(is_looking=True)
        beside = tuple(one.path for one in self.state.items if one.wish.out == self.wish.out and one.path not in files)
        self._ask(LookForRecordings(files, self.wish, beside), self._found)

    def _found(self, looked: Looked) -> None:
        self.state = replace(added(self.state, looked.items), is_looking=False)
        if looked.problems:
            self._set(problem="\n".join(looked.problems[:5]), remedy="")
        self.changed.emit(self.state)
        waiting = {one.path for one in self.state.items if one.stage is Stage.WAITING}
        more = tuple(one for one in looked.items if one.path in waiting)
        if self._job is not None and more and more[0].wish == self._working_on:
            self._job.say(Also(more))
        self._go_on()

    def remove(self, paths: Iterable[str]) -> None:
        """Take recordings out of the queue; the one that is worked on is stopped and stays."""
        wanted = tuple(paths)
        for path in wanted:
            self._drop(path)
        self._show(removed(self.state, wanted))

    def stop(self, path: str) -> None:
        """Stop one: it can be tried again."""
        item = self.state.item(path)
        if item is None:
            return
        self._drop(path)
        if item.stage is Stage.WAITING:
            self._show(changed(self.state, path, stage=Stage.STOPPED))

    def retry(self, paths: Iterable[str]) -> None:
        """Have those that failed or were stopped done once more."""
        wanted = tuple(paths)
        before = {one.path for one in self.state.items if one.stage is Stage.WAITING}
        self._show(again(self.state, wanted))
        new = tuple(one for one in self.state.items if one.stage is Stage.WAITING and one.path not in before)
        if self._job is not None and new and new[0].wish == self._working_on:
            self._job.say(Also(tuple(one for one in new if one.wish == self._working_on)))
        self._go_on()

    def pause(self) -> None:
        """Pause, or go on."""
        paused = not self.state.is_paused
        if self._job is not None:
            self._job.say(Hold(paused))
        self._set(is_paused=paused)
        self._go_on()

    def clear(self) -> None:
        """Take what is done out of the list. Its results stay where they are."""
        self.remove(one.path for one in self.state.items if one.stage in (Stage.DONE, Stage.ALREADY, Stage.SAME))

    def open(self, path: str) -> None:
        """Show the results of a recording in Review."""
        item = self.state.item(path)
        if item is not None and item.folder:
            self.wants.emit(Go(Place.REVIEW, session=item.folder))

    def go_to_models(self) -> None:
        """Show the models, to fetch what is missing."""
        self.wants.emit(Go(Place.MODELS))

    # --- the work

    def _go_on(self) -> None:
        """Begin with what waits, if nothing is being done."""
        items = following(self.state)
        if self._job is not None or self.state.is_paused or not items:
            return
        self._working_on = items[0].wish
        self._set(is_running=True)
        job = self._job = self._desk.do(Transcribe(items))
        job.told.connect(self._told)
        job.failed.connect(self._not_done)
        job.done.connect(lambda _: self._over())

    def _told(self, told: tuple[object, ...]) -> None:
        state = self.state
        for item in told:
            if isinstance(item, Loading):
                state = replace(state, is_loading=item.on)
            elif isinstance(item, Moved):
                state = changed(state, item.item.path, **_moved(item.item))
        self._show(state)

    def _not_done(self, failure: Failure) -> None:
        """No recording of this kind can be done, or the process died: it is told at each that it concerns."""
        words = failure_words(failure)
        for item in self.state.items:
            if item.stage is Stage.WORKING or (item.stage is Stage.WAITING and item.wish == self._working_on):
                news = {"stage": Stage.FAILED, "message": failure.message or words.title, "remedy": words.remedy}
                self.state = changed(self.state, item.path, **news)
        self._set(problem=words.title, remedy=words.remedy)
        self._over()

    def _over(self) -> None:
        self._job, self._working_on = None, None
        self._set(is_running=False, is_loading=False)
        self._go_on()
        if self._job is None and self.state.items and not self.state.n_waiting:
            self._tell_end()

    def _tell_end(self) -> None:
        n_failed = sum(one.stage is Stage.FAILED for one in self.state.items)
        if n_failed:
            text = self.tr("{n} recordings could not be transcribed.").format(n=n_failed)
            remedy = self.tr("Recordings says why; they can be tried again there.")
            self.noticed.emit(Notice(text, remedy, Tone.WARN, "recordings"))
        else:
            self.said.emit(self.tr("All recordings are transcribed."))

    @property
    def runs(self) -> str:
        """See `Screen`."""
        left = sum(one.stage in (Stage.WAITING, Stage.WORKING) for one in self.state.items)
        return self.tr("{n} recordings are not transcribed yet").format(n=left) if self._job is not None else ""

    def _drop(self, path: str) -> None:
        if self._job is not None:
            self._job.say(Drop(path))

    def _ask(self, task: Any, done: Any) -> None:
        job = self._desk.do(task)
        self._others.add(job)
        job.over.connect(lambda: self._others.discard(job))
        job.done.connect(done)
        job.failed.connect(self._not_found)

    def _not_found(self, failure: Failure) -> None:
        words = failure_words(failure)
        self._set(is_looking=False, problem=words.title, remedy=words.remedy)

    def _show(self, state: QueueState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _set(self, **values: Any) -> None:
        self._show(replace(self.state, **values))


def _moved(item: Item) -> dict[str, Any]:
    """What changes of an item while it is worked on; the wish is the window's own."""
    names = ("stage", "heard", "duration", "message", "remedy", "n_utterances", "n_findings", "n_failed")
    return {name: getattr(item, name) for name in names}
