"""What goes over the pipe between the window and a process: one frozen class for each kind of message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from voicedoc_desktop.process.task import Failure, PassphraseWanted, Task

# --- from the window


@dataclass(frozen=True, slots=True)
class Do:
    """Begin a task, which is called `job` from now on."""

    job: int
    task: Task[Any]


@dataclass(frozen=True, slots=True)
class Say:
    """The window says something to a task."""

    job: int
    item: object


@dataclass(frozen=True, slots=True)
class Stop:
    """The window wants a task to end."""

    job: int


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What the user typed; None where they would not."""

    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class End:
    """The window is closed: end everything, and then yourself."""


# --- from the process


@dataclass(frozen=True, slots=True)
class Told:
    """A task tells something."""

    job: int
    item: object


@dataclass(frozen=True, slots=True)
class Done:
    """A task is over."""

    job: int
    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """A task came to nothing."""

    job: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class Died:
    """The process is gone. Told by what watches it. `status`: that of its exit; a signal's number below zero."""

    status: int | None


Order: TypeAlias = Do | Say | Stop | Passphrase | End
Answer: TypeAlias = Told | Done | Failed | PassphraseWanted | Died
