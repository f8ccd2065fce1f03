"""What is done with models: listed, fetched, verified, removed. Nothing heavy is imported before one is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicedoc.errors import VoiceDocError
from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.models import ModelRow, Work

if TYPE_CHECKING:
    from voicedoc.core.cards import Card, Measured
    from voicedoc.store.models import ModelStore


class PullStopped(VoiceDocError):
    """Somebody has stopped a pull. What has arrived is kept for the next one."""


@dataclass(frozen=True, slots=True)
class ListModels:
    """Every model that VoiceDoc knows, by role and name."""

    def run(self, here: Here) -> tuple[ModelRow, ...]:
        del here
        store, users = _store(), _users()
        cards = sorted(store.cards().values(), key=lambda card: (card.role, card.name))
        return tuple(_row(store, card, users) for card in cards)


@dataclass(frozen=True, slots=True)
class PullModel:
    """Fetch a model, verify it and install it. Tells `Work`. `accepts`: its licence is accepted as it is."""

    name: str
    accepts: bool = False
    force: bool = False

    def run(self, here: Here) -> ModelRow:
        store = _store()
        card = store.card(self.name)
        if self.accepts and store.needs_confirmation(card):
            store.confirm_licence(card)
        store.pull(card, _Telling(here), force=self.force, keep_downloads=True)
        return _row(store, card, _users())


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying has found: "path: what is wrong" of each file that is not what its card says."""

    row: ModelRow
    n_files: int
    damaged: tuple[str, ...]
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class VerifyModel:
    """Compute every hash of a model anew."""

    name: str

    def run(self, here: Here) -> Verified:
        from voicedoc.store.models import remedy_for

        here.tell(Work("verify"))
        store = _store()
        card = store.card(self.name)
        checks = store.verify(self.name)
        broken = [check for check in checks if not check.intact]
        damaged = tuple(f"{check.path}: {'has another sha256' if check.got else 'is missing'}" for check in broken)
        remedy = remedy_for(card) if damaged and card.package else ""
        return Verified(_row(store, card, _users()), len(checks), damaged, remedy)


@dataclass(frozen=True, slots=True)
class Removed:
    """A model that was removed, and the bytes that its files took."""

    row: ModelRow
    freed: int


@dataclass(frozen=True, slots=True)
class RemoveModel:
    """Take a model out of the store."""

    name: str

    def run(self, here: Here) -> Removed:
        here.tell(Work("remove"))
        store = _store()
        card = store.card(self.name)
        freed = store.remove(self.name)
        return Removed(_row(store, card, _users()), freed)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A `Progress` that tells the window, and breaks off where that wants it."""

    here: Here

    def note(self, text: str) -> None:
        self._check()
        self.here.tell(Work("pull", note=text))

    def advance(self, what: str, done: int, total: int | None) -> None:
        self._check()
        self.here.tell(Work("pull", what, done, total or 0))

    def _check(self) -> None:
        if self.here.stopped.is_set():
            raise PullStopped("the download was stopped", remedy="what has arrived is kept for the next time")


def _store() -> ModelStore:
    from voicedoc.store.models import ModelStore

    return ModelStore.default()


def _users() -> dict[str, tuple[str, ...]]:
    """Models, and the shipped profiles that use them."""
    from voicedoc.profiles import load_profile, profile_names

    users: dict[str, tuple[str, ...]] = {}
    for name in profile_names():
        for model in load_profile(name).models:
            users[model] = (*users.get(model, ()), name)
    return users


def _row(store: ModelStore, card: Card, users: Mapping[str, tuple[str, ...]]) -> ModelRow:
    return ModelRow(
        name=card.name,
        role=card.role,
        state=store.state(card),
        description=card.description,
        licence=card.licence,
        provenance=" ".join(card.provenance.split()),
        languages=card.languages,
        size=card.size,
        profiles=users.get(card.name, ()),
        measured=_measured(card.measured) if card.measured else "",
        asks=store.needs_confirmation(card),
        inside=card.package.requirement if card.package else "",
        n_files=len(card.files),
        sources=tuple(map(str, card.sources)),
    )


def _measured(measured: Measured) -> str:
    said = []
    if measured.real_time_factor is not None:
        said.append(f"{measured.real_time_factor:g} s per second of audio")
    if measured.memory_mb is not None:
        said.append(f"{measured.memory_mb:.0f} MB of memory")
    if measured.load_seconds is not None:
        said.append(f"loads in {measured.load_seconds:g} s")
    return f"{', '.join(said)} ({measured.on})" if said else ""
