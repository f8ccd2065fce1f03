"""What a pull tells whoever waits for it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears how a pull goes on. Called from the thread that pulls."""

    def note(self, text: str) -> None:
        """Something that is worth a line: a source that failed, another process that holds the store."""

    def advance(self, what: str, done: int, total: int | None) -> None:
        """`done` of `total` bytes of `what` have arrived; `total` is None where nobody knows."""


class Quiet:
    """A `Progress` that tells nobody."""

    def note(self, text: str) -> None:
        """Nothing."""

    def advance(self, what: str, done: int, total: int | None) -> None:
        """Nothing."""
