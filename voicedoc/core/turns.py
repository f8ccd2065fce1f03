"""Reference or given turns: who speaks when."""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc.core.speech import Role
from voicedoc.core.time import Span


@dataclass(frozen=True, slots=True)
class GivenTurn:
    """A turn that somebody has marked."""

    span: Span
    role: Role
