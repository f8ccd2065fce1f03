"""What a process is given to do, what the task finds there, and how it may fail."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from voicedoc.store.vault import Vault

T_co = TypeVar("T_co", covariant=True)

BUG, DIED = "bug", "died"
"""Kinds of failures that are nobody's deliberate error: a mistake in the program, and the end of its process."""


class Here(Protocol):
    """What a task finds in its process. May be used from any of its threads."""

    def tell(self, item: object) -> None:
        """Tell the window something: a frozen value that can be pickled. Returns at once."""
        ...

    def heard(self) -> object | None:
        """Wait for the next thing that the window says to this task; None once it is over (stopped)."""
        ...

    def poll(self, timeout: float = 0.0) -> object | None:
        """The next thing that the window has said; None where there is none within `timeout` seconds."""
        ...

    @property
    def stopped(self) -> threading.Event:
        """Set once the window wants the task to end, or is gone."""
        ...

    @property
    def is_alone(self) -> bool:
        """Whether the window is gone: nobody hears what is told, and what must be kept is to be kept soon."""
        ...

    def vault(self) -> Vault:
        """The session store, opened once for each process; the window is asked for a passphrase where one is needed.

        Raises:
            StoreError: If it cannot be opened.
        """
        ...


class Task(Protocol[T_co]):
    """A frozen value that can be pickled. `run` may raise a `VoiceDocError`, which is told as it is."""

    def run(self, here: Here) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task came to nothing. `kind`: the error's class ("ModelMissing", …), `BUG` or `DIED`."""

    message: str
    remedy: str
    kind: str


@dataclass(frozen=True, slots=True)
class PassphraseWanted:
    """The session store needs its passphrase. `twice`: it is a new one, to be typed twice."""

    prompt: str
    twice: bool
