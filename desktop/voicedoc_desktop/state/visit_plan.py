"""A visit as it was set up on the first screen, before anything of it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicedoc.core.languages import same_language


class Sharing(StrEnum):
    """How two people share microphones."""

    ONE = "one"
    """One microphone hears both."""
    CHANNELS = "channels"
    """One device: the doctor on its first channel, the patient on its second."""
    TWO = "two"
    """Each has a microphone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """What a visit shall be. Languages are BCP 47 tags; a device's name "" is the system's default.

    `microphone` is the doctor's where each has one. With `silent` translations are only shown. `checks`: the sound
    check comes first. `keep_days`: None leaves that to the session store.
    """

    doctor: str
    patient: str
    profile: str = "embedded"
    sharing: Sharing = Sharing.ONE
    microphone: str = ""
    patient_microphone: str = ""
    loudspeaker: str = ""
    push_to_talk: bool = False
    silent: bool = False
    checks: bool = True
    advises: bool = True
    glossary: str = ""
    keep_days: int | None = None


def has_two_languages(doctor: str, patient: str) -> bool:
    """Whether both are chosen, and differ by more than a region."""
    return bool(doctor and patient) and not same_language(doctor, patient)
