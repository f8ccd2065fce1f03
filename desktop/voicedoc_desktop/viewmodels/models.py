"""Models: what there is, fetched one after another, verified, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.models import (
    ModelRow,
    ModelsState,
    Told,
    Work,
    size_text,
    told,
    waiting_for,
    with_row,
    working,
)
from voicedoc_desktop.state.places import Go
from voicedoc_desktop.tasks.models import ListModels, PullModel, Removed, RemoveModel, Verified, VerifyModel
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.words.failures import failure_words

STOPPED = "PullStopped"


class ModelsViewModel(Screen):
    """What a user does with models. Downloads go on whatever screen is shown, one at a time."""

    def __init__(self, desk: Desk, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        del settings
        self._desk = desk
        self.state = ModelsState()
        self._jobs: dict[str, Job] = {}
        self._lister: Job | None = None
        self._accepted: set[str] = set()
        self._forced: set[str] = set()
        self._pulling = ""

    def arrive(self, go: Go) -> None:
        """See `Screen`."""
        del go
        self.look_again()

    def close(self) -> None:
        """See `Screen`. What has arrived of a model is kept for the next time."""
        for job in list(self._jobs.values()):
            job.stop()

    @property
    def runs(self) -> str:
        """See `Screen`."""
        return self.tr("Models are being fetched") if self._pulling else ""

    # --- what there is

    def look_again(self) -> None:
        """Look again which models there are."""
        self._set(is_listing=True, problem="", remedy="")
        job = self._lister = self._desk.do(ListModels())
        job.done.connect(self._listed)
        job.failed.connect(self._not_listed)

    def _listed(self, rows: tuple[ModelRow, ...]) -> None:
        profiles = tuple(dict.fromkeys(name for row in rows for name in row.profiles))
        self._set(rows=rows, profiles=tuple(sorted(profiles)), is_listing=False)

    def _not_listed(self, failure: Failure) -> None:
        words = failure_words(failure)
        self._set(is_listing=False, problem=words.title, remedy=words.remedy)

    def choose_profile(self, profile: str) -> None:
        """Show the models of one profile; "" shows all."""
        self._set(profile=profile)

    # --- fetching

    def pull(self, names: Iterable[str], *, accepts: bool = False, force: bool = False) -> None:
        """Fetch models, one after another. `accepts`: somebody has accepted their licences as they are."""
        wanted = [name for name in names if self.state.row(name)]
        self._accepted |= set(wanted) if accepts else set()
        self._forced |= set(wanted) if force else set()
        state = waiting_for(self.state, wanted)
        for name in wanted:
            state = told(state, name, None)
        self._show(state)
        self._next()

    def stop(self, name: str) -> None:
        """Fetch it no longer. What has arrived is kept."""
        self._set(wanted=tuple(one for one in self.state.wanted if one != name))
        if name in self._jobs:
            self._jobs[name].stop()

    def _next(self) -> None:
        if self._pulling or not self.state.wanted:
            return
        name, *others = self.state.wanted
        self._set(wanted=tuple(others))
        self._pulling = name
        task = PullModel(name, accepts=name in self._accepted, force=name in self._forced)
        self._begin(name, Work("pull"), task, self._pulled, self._pull_over)

    def _pulled(self, row: ModelRow) -> None:
        self._show(with_row(self.state, row))
        news = Told(True, self.tr("Fetched and verified, {size}.").format(size=size_text(row.size)))
        self._show(told(self.state, row.name, news))
        self.said.emit(self.tr("{name} is there and verified.").format(name=row.name))

    def _pull_over(self) -> None:
        self._forced.discard(self._pulling)
        self._pulling = ""
        self._next()

    # --- verifying, removing

    def verify(self, name: str) -> None:
        """Compute every hash anew."""
        if name not in self.state.work:
            self._begin(name, Work("verify"), VerifyModel(name), self._verified)

    def _verified(self, found: Verified) -> None:
        self._show(with_row(self.state, found.row))
        if found.damaged:
            remedy = found.remedy or self.tr("Fetch it again.")
            news = Told(False, self.tr("Damaged: {files}").format(files="; ".join(found.damaged)), remedy)
        else:
            news = Told(True, self.tr("{n} files are what they must be.").format(n=found.n_files))
        self._show(told(self.state, found.row.name, news))

    def remove(self, name: str) -> None:
        """Take a model out of the store."""
        if name not in self.state.work:
            self._begin(name, Work("remove"), RemoveModel(name), self._removed)

    def _removed(self, gone: Removed) -> None:
        self._show(with_row(self.state, gone.row))
        news = Told(True, self.tr("Removed; {size} are free.").format(size=size_text(gone.freed)))
        self._show(told(self.state, gone.row.name, news))

    # --- jobs

    def _begin(
        self,
        name: str,
        work: Work,
        task: Any,
        done: Callable[[Any], None],
        over: Callable[[], None] | None = None,
    ) -> None:
        self._show(working(told(self.state, name, None), name, work))
        job = self._jobs[name] = self._desk.do(task)
        job.told.connect(lambda items: self._heard(name, items))

        def end() -> None:
            self._jobs.pop(name, None)
            self._show(working(self.state, name, None))

        def succeed(result: Any) -> None:
            end()
            done(result)
            if over:
                over()

        def fail(failure: Failure) -> None:
            end()
            self._failed(name, failure)
            if over:
                over()

        job.done.connect(succeed)
        job.failed.connect(fail)

    def _heard(self, name: str, items: tuple[object, ...]) -> None:
        state = self.state
        for item in items:
            if isinstance(item, Work) and name in state.work:
                before = state.work[name]
                noted = replace(before, note=item.note) if item.note else replace(item, note=before.note)
                state = working(state, name, noted)
        self._show(state)

    def _failed(self, name: str, failure: Failure) -> None:
        if failure.kind == STOPPED:
            news = Told(False, self.tr("Stopped. What has arrived is kept for the next time."))
        else:
            words = failure_words(failure)
            text = words.title if words.title == failure.message else f"{words.title} {failure.message}"
            news = Told(False, text, words.remedy)
        self._show(told(self.state, name, news))

    def _show(self, state: ModelsState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _set(self, **values: Any) -> None:
        self._show(replace(self.state, **values))
