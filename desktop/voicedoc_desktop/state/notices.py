"""What must be seen whatever screen is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What something means; each has a colour, an icon and a word."""

    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Notice:
    """A line at the window's foot, until somebody puts it away. One with the same `code` takes its place."""

    text: str
    remedy: str = ""
    tone: Tone = Tone.WARN
    code: str = ""
