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


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundChecked(Event):
    """What a sound check found, levels in dB relative to full scale.

    `echo` is the loudspeaker's level in the microphone, `echo_delay` in seconds; both None where it was not heard.
    `full_duplex`: the echo can be cancelled well enough to listen while the interpreter's voice speaks; `echo_loss`
    is by how much, in dB. `tail`: for how many seconds the microphone hears the loudspeaker after it has stopped.
    """

    microphone: str
    loudspeaker: str
    noise: float
    speech: float | None
    echo: float | None
    echo_delay: float | None
    full_duplex: bool
    echo_loss: float | None = None
    tail: float | None = None


@dataclass(frozen=True, slots=True)
class MicrophoneUsed:
    """A microphone as it was asked for (its number, part of its name, "" for the default) and its channels, from 0."""

    device: str
    channels: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened(Event):
    """The devices of a live session, and how they are used: what a replay must know, and who continues it.

    `roles` say who speaks on each of the microphones' channels, in order; () where one microphone is shared.
    `loudspeaker` is as it was asked for, `loudspeaker_name` as the system calls it. Without `speaking` there is none:
    translations are only shown. `tail`: seconds for which the room rings after the voice.
    """

    microphones: tuple[MicrophoneUsed, ...]
    roles: tuple[Role, ...]
    loudspeaker: str
    loudspeaker_name: str
    speaking: bool
    push_to_talk: bool
    full_duplex: bool
    tail: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLost(Event):
    """A microphone or loudspeaker is gone. The session goes on; the recording has silence until it is back."""

    device: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBack(Event):
    """The same or the next device serves in place of one that was lost `seconds` ago."""

    device: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted(Event):
    """The microphone was not listened to in `span`: the interpreter's own voice was in it. The spool has it."""

    span: Span


# --- what people press


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A person pressed a key or a button: `command` is one of `voicedoc.core.commands`, `argument` what it is about.

    `utterance` is the one that it is about; `NO_UTTERANCE` means the last, or none.
    """

    command: str
    argument: str = ""
    utterance: UtteranceId = NO_UTTERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented(Event):
    """What the participants were told about the recording, in each language, and whether they agreed."""

    agreed: bool
    texts: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterCalled(Event):
    """Somebody asked for a human interpreter, and why."""

    reason: str


# --- segment


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted(UtteranceEvent):
    """Somebody began to speak on a channel. `utterance` is the number that the utterance will have."""

    channel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechPaused(UtteranceEvent):
    """A first silence: the utterance may be over. `samples` are what it would then be; work on it may begin.

    The `Utterance` that follows has the same samples, if it was over.
    """

    journalled: ClassVar[bool] = False

    channel: int
    revision: int
    span: Span
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSoFar(UtteranceEvent):
    """An utterance that still goes on, for partial hypotheses. Not complete: a stage that is behind misses some."""

    journalled: ClassVar[bool] = False

    channel: int
    revision: int
    span: Span
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceReopened(UtteranceEvent):
    """The speaker went on: the utterance had been cut too early. `revision` is that of the `Utterance` to come."""

    channel: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(UtteranceEvent):
    """One speaker between endpoints. `reason` of the endpoint: "silence", "length", "end" or "button".

    A later `revision` of the same number stands in the place of an earlier one, with all that followed from it.
    """

    channel: int
    span: Span
    reason: str
    revision: int = 0
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


# --- recognize, attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptPartial(UtteranceEvent):
    """What has been understood of an utterance that goes on. `stable` is only ever added to; `unstable` may change."""

    timing: ClassVar[bool] = True

    channel: int
    revision: int
    language: str
    stable: str
    unstable: str


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
    """Who said it, and in which language. `confidence` in [0, 1].

    `method`: "button", "channel", "language", "turns", "voice", "last speaker", "typed".

    `speaker` is the label of a voice or channel, where one was told apart; a later `RoleAssigned` may rename it.
    """

    span: Span
    role: Role
    method: str
    confidence: float
    hypothesis: Hypothesis
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCorrected(UtteranceEvent):
    """A person said who it was: this role stands in the place of the one that was attributed. The words stay."""

    role: Role


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
    """A critical item that is not the same on both sides.

    `verdict`: "missing" (lost), "invented" (added; `item` is the translation's) or "changed" (`other` is what the
    translation has instead). `target` is the translation's language. `held`: it holds the sentence.
    """

    verdict: str
    item: Critical
    message: str
    target: str = ""
    other: Critical | None = None
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded(UtteranceEvent):
    """A translation lost something critical; made again in another `way` ("clause by clause") it does not.

    `before` is what the first one said; `translation` stands in its place.
    """

    listener: Role
    way: str
    before: str
    translation: Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(UtteranceEvent):
    """The translation differs in something critical and is not spoken without a person's yes.

    `back` is what it says, translated back; "" where nothing translates back. `differences` say what differs.
    `n_attempts` other translations were no better.
    """

    listener: Role
    translation: Translation
    back: str
    differences: tuple[str, ...]
    n_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded(UtteranceEvent):
    """The translation has been checked and may go on to be spoken."""

    listener: Role
    translation: Translation
    n_findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(UtteranceEvent):
    """A question to a participant about an utterance. Its translation waits for the answer.

    `kind`: "read-back" (critical content that passed), "doubt" (what was heard is not sure), "hold" (a translation that
    differs; to the clinician, on the screen only) or "teach-back". `items` are the words that it is about.
    """

    kind: str
    listener: Role
    language: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(UtteranceEvent):
    """The answer to what was `Asked` about an utterance.

    `answer`: "yes", "no", "unclear" (it stays open) or "none" (nobody answered in time; it stays open for a key).
    `by`: "voice" or "key". `words` is the utterance that held the answer; unless it said more, that one is `Withdrawn`.
    """

    kind: str
    answer: str
    by: str
    words: UtteranceId = NO_UTTERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtBack(UtteranceEvent):
    """What the patient repeated of an instruction, so far. A later one about the same instruction takes its place.

    `utterance` is the patient's, `instruction` the doctor's. `kept` and `missing` are the instruction's words, `added`
    the patient's, `changed` both ("twice a day → uma vez por dia").
    """

    instruction: tuple[UtteranceId, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared(UtteranceEvent):
    """Text that may be spoken to `listener`. `purpose`: "translation", "question", "phrase", "repeat", "statement".

    `critical`: it may not be interrupted away; after an interruption it begins again at its clause.
    """

    listener: Role
    language: str
    text: str
    purpose: str
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(UtteranceEvent):
    """A translation will not be spoken, and why: "the speaker said no", "skipped", "reopened", …"""

    reason: str


@dataclass(frozen=True, slots=True)
class OfferedPhrase:
    """A reviewed sentence that may say what was said. `score` in [0, 1]; `text` in the listener's language."""

    id: str
    score: float
    source_text: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasesOffered(UtteranceEvent):
    """Phrases of the bank that say much the same as an utterance of the clinician's, the likeliest first."""

    phrases: tuple[OfferedPhrase, ...]


# --- converse


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewOpened(Event):
    """The assistant is about to ask: `n_questions` at most, closing ones apart. `packs` are "id version" of each."""

    n_questions: int
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(UtteranceEvent):
    """The assistant asked the patient. `utterance` is its own; the words are in its `TurnAttributed`.

    `question` is the id of a question of a complaint pack, `act` why it was asked: "ask", "clarify" (the answer before
    was none), "confirm" (a model read the answer), "repeat" (it was not heard, or the patient wants it said again),
    "close".
    """

    question: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactNoted(UtteranceEvent):
    """What an utterance of the patient's says for the history. A later one of the same `slot` and `name` holds.

    `name` is a sign's or a question's; `state` is "present", "absent", "unknown" (the patient does not know) or "told"
    (`value` says what: "3 day", "7", or the patient's own words). `words` is what was said, word for word.
    `by`: "rule" or "model". `question` is what it answers; "" where it was told unasked.
    """

    slot: str
    name: str
    state: str
    value: str
    words: str
    by: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(UtteranceEvent):
    """Something that cannot wait. `alarm` is the rule's id, `level` "emergency", "urgent" or "soon".

    `reason` is for the clinician, in English where the rule has no other wording; `signs` are what it rests on and
    `evidence` the utterances that said so. `utterance` is the last of them.
    """

    alarm: str
    level: str
    reason: str
    signs: tuple[str, ...]
    evidence: tuple[UtteranceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspected(UtteranceEvent):
    """What an utterance may be about by its meaning, where no rule says so: a reason to ask, and no alarm.

    `concern` is its name, `reason` is for the clinician; `signs` are those to ask for, in this order. `words` is the
    sentence; `probability` is the reading's own.
    """

    concern: str
    reason: str
    signs: tuple[str, ...]
    words: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFound(UtteranceEvent):
    """Two medicines that do not go together, or a medicine and an allergy. For the clinician, on the screen only.

    `kind`: "interaction", "allergy", "same class" or "condition"; `names` are the two, by INN; `severity`: "major" or
    "moderate". `evidence` are the utterances that name them, `source` where it can be looked up.
    """

    kind: str
    names: tuple[str, str]
    severity: str
    message: str
    source: str
    evidence: tuple[UtteranceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsOpen(Event):
    """What has not been asked yet of a complaint, the most important first. A later one takes its place.

    `questions` are ids of complaint packs' questions, `asked` those that somebody has asked or that were answered.
    """

    complaint: str
    questions: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewClosed(Event):
    """The assistant asks no more. `reason`: "complete", "emergency", "budget", "stopped".

    `open` are the must-ask questions that have no answer.
    """

    reason: str
    n_questions: int
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSigned(Event):
    """A person has read a note and answers for it. `sha256` is the note file's, `signed` ISO 8601 with the offset."""

    timing: ClassVar[bool] = True

    note: str
    sha256: str
    signer: str
    signed: str


# --- afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCorrected(UtteranceEvent):
    """A person has corrected what was understood of an utterance, or its translation. What stood there is `before`.

    `language` says which text; `spoken`: it is what was said. `editor` is who, "" where nobody says; `corrected` is
    ISO 8601 with the offset.
    """

    timing: ClassVar[bool] = True

    language: str
    spoken: bool
    before: str
    text: str
    editor: str
    corrected: str


# --- speak


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSound(Event):
    """Part of a clause's sound, as soon as it is made: for the loudspeaker.

    `saying` numbers what the voice has to say (an utterance may be said twice), `part` the parts of a clause; part 0
    stands in the place of whatever came of the clause before. `last`: the clause is complete.
    """

    journalled: ClassVar[bool] = False

    utterance: UtteranceId
    saying: int
    clause: int
    part: int
    last: bool
    listener: Role
    language: str
    text: str
    spoken: str
    rate: int
    samples: Samples = field(repr=False, compare=False, metadata=AUDIO)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicePaused(UtteranceEvent):
    """The interpreter's voice fell silent within an utterance's translation: somebody spoke, or a key."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceResumed(UtteranceEvent):
    """It goes on: that was a cough, or "mm-hm"."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCancelled(UtteranceEvent):
    """It says no more of this utterance. `heard` is how much of the translation was said."""

    reason: str
    heard: str


# --- trouble and time


@dataclass(frozen=True, slots=True, kw_only=True)
class LagReport(Event):
    """How far a stage is behind the audio, in seconds, and what is done about it ("partials skipped")."""

    timing: ClassVar[bool] = True

    stage: str
    seconds: float
    measure: str = ""


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
