"""The models that VoiceDoc knows, and what is being done with them. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One model. `state`: "installed", "missing", "outdated" or "damaged". `size` in bytes, None where not known.

    `measured` says how fast it is and what memory it takes, and on which machine. `asks`: its licence is not settled,
    and must be accepted once. `inside` names the library that it comes with, "" where the store keeps it.
    """

    name: str
    role: str
    state: str
    description: str
    licence: str
    provenance: str
    languages: tuple[str, ...] = ()
    size: int | None = None
    profiles: tuple[str, ...] = ()
    measured: str = ""
    asks: bool = False
    inside: str = ""
    n_files: int = 0
    sources: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether it can be used."""
        return self.state == "installed"


@dataclass(frozen=True, slots=True)
class Work:
    """What is being done with a model: `kind` is "pull", "verify" or "remove". `done` of `total` bytes have arrived.

    `what` is the package or file that arrives. `note` is the last thing that is worth telling.
    """

    kind: str
    what: str = ""
    done: int = 0
    total: int = 0
    note: str = ""

    @property
    def share(self) -> float:
        """How much of `what` has arrived, from 0 to 1; -1 where nobody knows."""
        return min(1.0, self.done / self.total) if self.total else -1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the last thing that was done with a model."""

    is_good: bool
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsState:
    """Everything that the screen shows. `wanted` are waiting to be pulled; `profile` "" shows all of them."""

    rows: tuple[ModelRow, ...] = ()
    profiles: tuple[str, ...] = ()
    profile: str = ""
    is_listing: bool = True
    work: dict[str, Work] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    told: dict[str, Told] = field(default_factory=dict)
    problem: str = ""
    remedy: str = ""

    @property
    def shown(self) -> tuple[ModelRow, ...]:
        """The models of the profile that is chosen, or all."""
        return tuple(row for row in self.rows if not self.profile or self.profile in row.profiles)

    @property
    def lacking(self) -> tuple[ModelRow, ...]:
        """Those of them that are not there, and not on their way."""
        busy = {*self.work, *self.wanted}
        return tuple(row for row in self.shown if not (row.is_there or row.inside or row.name in busy))

    @property
    def bytes_lacking(self) -> int:
        """How much they are, as far as that is known."""
        return sum(row.size or 0 for row in self.lacking)

    def row(self, name: str) -> ModelRow | None:
        """A model by its name."""
        return next((row for row in self.rows if row.name == name), None)


def with_row(state: ModelsState, row: ModelRow) -> ModelsState:
    """The state with what is known of one model now."""
    return replace(state, rows=tuple(row if one.name == row.name else one for one in state.rows))


def working(state: ModelsState, name: str, work: Work | None) -> ModelsState:
    """The state with what is being done with a model; None is nothing any more."""
    others = {key: value for key, value in state.work.items() if key != name}
    return replace(state, work=others if work is None else {**others, name: work})


def told(state: ModelsState, name: str, news: Told | None) -> ModelsState:
    """The state with what became of the last thing that was done with a model."""
    others = {key: value for key, value in state.told.items() if key != name}
    return replace(state, told=others if news is None else {**others, name: news})


def waiting_for(state: ModelsState, names: Iterable[str]) -> ModelsState:
    """The state with more models to be pulled, each once."""
    more = [name for name in names if name not in state.work]
    return replace(state, wanted=tuple(dict.fromkeys((*state.wanted, *more))))


def size_text(size: int | None) -> str:
    """Bytes for people: "17.1 MB"; "?" where the size is not known."""
    if size is None:
        return "?"
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
