"""What can be done about a translation that is held: say it otherwise, and show what it means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from voicedoc.core.speech import Attempt, Translation


class Rewording(Protocol):
    """Other ways of translating. Blocking; called on the translator's thread."""

    def attempts(self, text: str, first: Translation) -> Iterator[Attempt]:
        """Further translations of `text`, other than `first`, the likeliest to be better first; made one by one."""
        ...

    def back(self, translation: Translation) -> str:
        """What a translation says, in its own source language; "" where nothing translates back."""
        ...
