"""What recognisers, translators and guards say about one utterance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from voicedoc.core.time import Span

UtteranceId = NewType("UtteranceId", int)
"""Utterances are numbered from 1 in the order of their endpoints. 0 means: no utterance."""


class Role(StrEnum):
    """Who takes part in a visit. OTHER is a companion, a nurse, an interpreter; of UNKNOWN nothing is known.

    ASSISTANT is VoiceDoc itself, where it asks in the clinician's place.
    """

    DOCTOR = "doctor"
    PATIENT = "patient"
    OTHER = "other"
    ASSISTANT = "assistant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Visit:
    """The two languages of a visit, as BCP 47 tags."""

    doctor: str
    patient: str

    @property
    def languages(self) -> tuple[str, str]:
        """Doctor's, patient's."""
        return (self.doctor, self.patient)

    def language_of(self, role: Role) -> str:
        """The language that `role` speaks. An unknown speaker counts as the patient, who needs more care."""
        return self.doctor if role is Role.DOCTOR else self.patient

    def other(self, language: str) -> str:
        """The visit's other language."""
        return self.patient if language == self.doctor else self.doctor

    def listener(self, language: str) -> Role:
        """Who needs to hear what was said in `language`: the one who speaks the other."""
        return Role.PATIENT if language == self.doctor else Role.DOCTOR


@dataclass(frozen=True, slots=True)
class Word:
    """One word in time, on the audio clock. `confidence` in [0, 1]."""

    text: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A recogniser's reading of one utterance.

    `language` is one of the visit's two; `language_confidence` its share of those two's probability.
    `confidence` in [0, 1] is the mean word probability. Empty `text` means: no words here.
    `doubts` names what makes the reading doubtful ("repetition", "low confidence", …).
    `discarded` is what was read and judged invented; where nothing is left, `text` is empty and `doubts` says why.
    `alternatives` are other readings of the whole utterance, the likelier first, where the recogniser has some.
    `languages` are those of the words, one each, where several are spoken; else empty.
    """

    text: str
    language: str
    language_confidence: float
    confidence: float
    words: tuple[Word, ...] = ()
    doubts: tuple[str, ...] = ()
    discarded: str = ""
    alternatives: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """One text in another language. `models` names what made it, in order (two for a pivot).

    `doubts` names what makes it doubtful ("repetition", "length", "unknown: <word>", …).
    """

    text: str
    source: str
    target: str
    models: tuple[str, ...]
    doubts: tuple[str, ...] = ()


FIXED_WORDINGS = ("complaints",)
"""`Translation.models` of what is written in both languages: tests compare these, nothing translates them."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text translated once more, in another `way` ("clause by clause", …)."""

    way: str
    translation: Translation


@dataclass(frozen=True, slots=True)
class Critical:
    """One critical item in a text: a number, a unit, a negation.

    `value` is normalised so that both languages' items compare equal ("2.5", "milligram", "not").
    `start` and `end` are character positions in the text.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int
