"""What an attributor is."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from voicedoc.core.events import TranscriptFinal
from voicedoc.core.speech import Role


class Attribution(NamedTuple):
    """Who spoke; `confidence` in [0, 1]."""

    role: Role
    confidence: float


class Attributor(Protocol):
    """Tells who spoke. Called in the order of the utterances; may remember earlier ones."""

    @property
    def method(self) -> str:
        """What it goes by: "language", "channel" or "turns"."""
        ...

    def attribute(self, transcript: TranscriptFinal) -> Attribution:
        """Who said `transcript`; `Role.UNKNOWN` where there is no evidence."""
        ...
