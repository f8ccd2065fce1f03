"""A queue of recordings to be transcribed: what is wanted, how far each has come. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Stage(StrEnum):
    """How far a recording has come."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    ALREADY = "already"
    SAME = "same"
    FAILED = "failed"
    STOPPED = "stopped"


OVER = frozenset({Stage.DONE, Stage.ALREADY, Stage.SAME, Stage.FAILED, Stage.STOPPED})
"""Nothing more comes of these by themselves."""

WITH_RESULT = frozenset({Stage.DONE, Stage.ALREADY, Stage.SAME})

AGAIN = frozenset({Stage.FAILED, Stage.STOPPED})
"""These may be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How recordings are to be transcribed. `languages` are those that may be heard, the doctor's first.

    `n_speakers` 0 is to be found out. `out` is the folder in which each gets a folder of results.
    """

    languages: tuple[str, ...]
    targets: tuple[str, ...] = ()
    n_speakers: int = 0
    formats: tuple[str, ...] = ("json", "md", "docx", "srt", "html")
    profile: str = "embedded"
    out: str = ""

    @property
    def problem(self) -> str:
        """What it lacks, as a stable word: "languages", "formats", "out", or ""."""
        lacks = {"languages": not self.languages, "formats": not self.formats, "out": not self.out}
        return next((name for name, is_lacking in lacks.items() if is_lacking), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A recording in the queue. `heard` of `duration` seconds are done; `duration` 0.0 is not known.

    `folder` is where its results are, or will be; `message` and `remedy` say what went wrong, or what else to know.
    """

    path: str
    wish: Wish
    stage: Stage = Stage.WAITING
    heard: float = 0.0
    duration: float = 0.0
    folder: str = ""
    message: str = ""
    remedy: str = ""
    n_utterances: int = 0
    n_findings: int = 0
    n_failed: int = 0

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        if self.stage in WITH_RESULT:
            return 1.0
        return min(1.0, self.heard / self.duration) if self.duration else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """The queue, in the order in which it is done. `is_loading`: models are being loaded for the first of them."""

    items: tuple[Item, ...] = ()
    is_running: bool = False
    is_paused: bool = False
    is_loading: bool = False
    is_looking: bool = False
    problem: str = ""
    remedy: str = ""

    def item(self, path: str) -> Item | None:
        """The item of a recording."""
        return next((one for one in self.items if one.path == path), None)

    @property
    def n_waiting(self) -> int:
        """How many have not begun."""
        return sum(one.stage is Stage.WAITING for one in self.items)

    @property
    def n_over(self) -> int:
        """How many are over, well or not."""
        return sum(one.stage in OVER for one in self.items)

    @property
    def share(self) -> float:
        """How much of all is done, from 0 to 1, by their length where that is known."""
        mean = [one.duration for one in self.items if one.duration]
        usual = sum(mean) / len(mean) if mean else 1.0
        total = sum(one.duration or usual for one in self.items)
        done = sum((one.duration or usual) * (1.0 if one.stage in OVER else one.share) for one in self.items)
        return done / total if total else 0.0


def added(state: QueueState, found: Iterable[Item]) -> QueueState:
    """The queue with more recordings behind; one that is in it, and over, is done again with what is wished now."""
    items = {one.path: one for one in state.items}
    for one in found:
        before = items.get(one.path)
        if before is None or before.stage in OVER:
            items.pop(one.path, None)
            items[one.path] = one
    return replace(state, items=tuple(items.values()), problem="", remedy="")


def changed(state: QueueState, path: str, **values: object) -> QueueState:
    """The queue with some values of one item changed; one that is not in it any more stays out."""
    items = tuple(replace(one, **values) if one.path == path else one for one in state.items)  # type: ignore[arg-type]
    return replace(state, items=items)


def removed(state: QueueState, paths: Iterable[str]) -> QueueState:
    """The queue without these, except what is being worked on."""
    gone = set(paths)
    return replace(state, items=tuple(one for one in state.items if one.path not in gone or one.stage is Stage.WORKING))


def again(state: QueueState, paths: Iterable[str]) -> QueueState:
    """The queue with these waiting once more, where they failed or were stopped."""
    wanted = set(paths)
    return replace(
        state,
        items=tuple(
            replace(one, stage=Stage.WAITING, heard=0.0, message="", remedy="")
            if one.path in wanted and one.stage in AGAIN
            else one
            for one in state.items
        ),
    )


def following(state: QueueState) -> tuple[Item, ...]:
    """What is to be done next with one engine: the first that waits, and those behind it with the same wish."""
    waiting = [one for one in state.items if one.stage is Stage.WAITING]
    return tuple(one for one in waiting if one.wish == waiting[0].wish)
