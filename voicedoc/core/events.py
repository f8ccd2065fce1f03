"""Every kind of fact that flows, one small frozen class each. The journal is the list of them.

`at` is the audio clock, in seconds since the session's first sample, at the moment when the fact could first be known:
for everything that follows from an utterance, its endpoint. It never depends on how fast the machine is.
Fields marked `audio` are samples: they flow between stages and are not written into the journal.
A class with `journalled = False` only flows. A class with `timing = True` measures wall time: two runs of
one file differ in these alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import Samples
from voicedoc.core.speech import Critical, Hypothesis, Role, Translation, UtteranceId
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn

NO_UTTERANCE = UtteranceId(0)


AUDIO = {"audio": True}
"""Marks samples and voice prints, which flow along with an event but are not part of its journal line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact. Nothing is mutated: a later stage adds a new fact that names the old one by `utterance`."""

    journalled: ClassVar[bool] = True
    timing: ClassVar[bool] = False

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceEvent(Event):
    """A fact about one utterance."""

    utterance: UtteranceId


# --- the session


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """A model of the session. `sha256` is the digest over all its files; "" where it has none (a server)."""

    role: str
    name: str
    sha256: str
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Event):
    """The first line of every journal.

    In a batch job `languages` are those that may be heard, the doctor's first; `targets` those to translate into.
    """

    version: str
    profile: str
    profile_sha256: str
    doctor: str
    patient: str
    models: tuple[ModelUsed, ...]
    stages: tuple[str, ...]
    languages: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDated(Event):
    """When the session began, by the machine's clock: ISO 8601 with its offset from UTC."""

    timing: ClassVar[bool] = True

    began: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Event):
    """The last line. `reason`: "finished", "interrupted" or "failed"."""

    reason: str
    n_utterances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Event):
    """Something that the user must see: `code` is stable, for programs; `message` and `remedy` are for people."""

    code: str
    message: str
    remedy: str = ""


# --- capture


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioOpened(Event):
    """A source of audio is open. `duration` is None where it is not known beforehand."""

    source: str
    codec: str
    rate: int
    n_channels: int
    duration: float | None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Event):
    """A block of samples at 16 kHz, already on disk. `at` is its end. `first_sample` counts at 16 kHz from 0."""

    journalled: ClassVar[bool] = False

    channel: int
    first_sample: int
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioDamaged(Event):
    """Part of the audio is not what was said: `kind` is "clipped", "not-a-number", "truncated", "silent", …"""

    kind: str
    span: Span
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioClosed(Event):
    """The source has ended. `spool` names the lossless copy, relative to the session's folder."""

    spool: str
    duration: float


# --- segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(UtteranceEvent):
    """One speaker between endpoints. `reason` of the endpoint: "silence", "length" or "end"."""

    channel: int
    span: Span
    reason: str
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


# --- recognize, attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFinal(UtteranceEvent):
    """What was said."""

    channel: int
    span: Span
    hypothesis: Hypothesis


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingHeard(UtteranceEvent):
    """Voice activity without words: a cough, noise, music. `discarded` is a text that was judged invented."""

    span: Span
    reason: str
    discarded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAttributed(UtteranceEvent):
    """Who said it, and in which language. `method`: "channel", "language", "turns" or "voice"; `confidence` in [0, 1].

    `speaker` is the label of a voice or channel, where one was told apart; a later `RoleAssigned` may rename it.
    """

    span: Span
    role: Role
    method: str
    confidence: float
    hypothesis: Hypothesis
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diarized(Event):
    """Who speaks when in the whole recording, by voice. Turns may overlap; they are sorted by time.

    `voices` has an embedding for each speaker: biometric data, which flows and is never written.
    """

    channel: int
    turns: tuple[SpeakerTurn, ...]
    voices: Mapping[str, NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False, metadata=AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Event):
    """Who a speaker is. The last one about a speaker holds: a person may correct what was concluded.

    `name` is for people ("Dr Silva"), "" where none was given. `reasons` say what it was concluded from
    ("asks 31 of 40 questions", "given by hand").
    """

    speaker: str
    role: Role
    confidence: float
    reasons: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceDivided(UtteranceEvent):
    """More than one speaker was heard in an utterance. Each part has its own `TurnAttributed`.

    The first part keeps the utterance's number; the others have numbers after the recording's last utterance.
    """

    parts: tuple[UtteranceId, ...]


# --- translate, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated(UtteranceEvent):
    """What it means in the other's language. `listener` is whom it is for."""

    listener: Role
    source_text: str
    translation: Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTranslated(UtteranceEvent):
    """There is no translation, and why. The words stay in the transcript. `target` is the language it was wanted in."""

    text: str
    reason: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(UtteranceEvent):
    """A critical item that is on one side and not on the other. `verdict`: "missing" (lost) or "invented" (added).

    `target` is the translation's language.
    """

    verdict: str
    item: Critical
    message: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded(UtteranceEvent):
    """The translation has been checked and may go on to be spoken."""

    listener: Role
    translation: Translation
    n_findings: int


# --- speak


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSynthesized(UtteranceEvent):
    """Sound for one clause of a translation. `text` is as translated, `spoken` as read out."""

    clause: int
    listener: Role
    language: str
    text: str
    spoken: str
    voice: str
    rate: int
    duration: float
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseShown(UtteranceEvent):
    """A clause that is shown and not spoken, and why."""

    clause: int
    listener: Role
    language: str
    text: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSpoken(UtteranceEvent):
    """Where the interpreter's voice said a clause, on the audio clock."""

    clause: int
    listener: Role
    span: Span


# --- trouble and time


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFailed(UtteranceEvent):
    """One item could not be processed. The session goes on."""

    stage: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendSwitched(Event):
    """A backend has been replaced by the one that the profile names as its fallback."""

    role: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTimed(UtteranceEvent):
    """How long a stage worked on one utterance; wall seconds since the session began, and seconds of work."""

    timing: ClassVar[bool] = True

    stage: str
    began: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAudio(UtteranceEvent):
    """The first sound of a translation was ready `seconds` of wall time after its utterance's endpoint."""

    timing: ClassVar[bool] = True

    seconds: float


def event_types() -> dict[str, type[Event]]:
    """Every journalled kind of event by its name in the journal, e.g. `{"Utterance": Utterance}`."""
    kinds = (kind for kind in globals().values() if isinstance(kind, type) and issubclass(kind, Event))
    return {kind.__name__: kind for kind in kinds if kind.journalled and kind not in (Event, UtteranceEvent)}
