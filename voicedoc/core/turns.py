"""Who speaks when: turns that somebody has marked, or that a diarizer has found."""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc.core.speech import Role
from voicedoc.core.time import Span


@dataclass(frozen=True, slots=True)
class GivenTurn:
    """A turn that somebody has marked."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """Somebody's uninterrupted speech. `speaker` is a label ("S1", "S2", … by first appearance), not yet a role.

    Turns of different speakers may overlap.
    """

    span: Span
    speaker: str
