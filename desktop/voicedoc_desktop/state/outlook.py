"""What can be expected of a visit between two languages, before anything of it is opened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of our benchmarks, and on how many recordings or sentences it rests."""

    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What happens from one person to the other.

    `quality` is the profile's word for its translator: "good", "usable", "draft", or "" without one. `voice` likewise
    for the voice that speaks it, "" where it is only shown. `heard` is the share of words misheard in `source`, in %;
    `translated` chrF2, from 0 to 100; `answered` seconds from the end of speech to the voice. None: not measured.
    """

    source: str
    target: str
    quality: str = ""
    voice: str = ""
    heard: Measured | None = None
    translated: Measured | None = None
    answered: Measured | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """A model that must be fetched first. `size` in bytes, None where nobody knows."""

    name: str
    role: str
    size: int | None
    licence: str
    must_confirm: bool
    is_in_package: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told before anything is recorded; no sentences where there are no words in their language."""

    language: str
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What can be expected. `problem`: why this profile does not serve the pair at all, and what does."""

    doctor: str
    patient: str
    profile: str
    problem: str = ""
    remedy: str = ""
    to_patient: Direction | None = None
    to_doctor: Direction | None = None
    lacks: tuple[Lack, ...] = ()
    consent: tuple[Told, ...] = ()
    consent_status: str = ""

    @property
    def can_start(self) -> bool:
        """Whether a visit can begin now."""
        return not self.problem and not self.lacks

    @property
    def size(self) -> int:
        """Bytes to be fetched, as far as they are known."""
        return sum(lack.size or 0 for lack in self.lacks)


@dataclass(frozen=True, slots=True)
class Profiled:
    """A profile that may be chosen."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is to choose from. `keep_days`: for how long visits are kept, None for ever."""

    profiles: tuple[Profiled, ...]
    keep_days: int | None
