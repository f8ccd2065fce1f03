"""A whole visit: `HoldVisit` loads the models, checks the sound, asks for consent, interprets, and says how it was.

The task tells, in this order: `Purged` …, `Loading` …, `Opened`; where there is a sound check `CheckStep` …,
`SoundFound`, until the window says `GoOn`; where consent is asked for `ConsentWanted`, until the window says `Consent`;
of a session that goes on `Earlier`; `Began`; then the session's events (`voicedoc.core.events`, without their samples),
`Levels`, and answers. It returns a `VisitEnded`. Stopped before `Began` it leaves nothing behind; afterwards the
session ends as `Command.END` does, within some seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE, Event
from voicedoc.core.speech import UtteranceId
from voicedoc.view.keys import Offered
from voicedoc.view.state import Figures
from voicedoc.visit.room import RoomWanted

if TYPE_CHECKING:
    from voicedoc.visit.sound_system import SoundSystem
    from voicedoc_desktop.process.task import Here

# --- what the task tells


@dataclass(frozen=True, slots=True)
class Loading:
    """Models are being loaded: how many of all are. `what` is what the next one does ("recognize", "speak", …)."""

    n_done: int
    n_all: int
    what: str


@dataclass(frozen=True, slots=True)
class Purged:
    """A session that was over its time: destroyed, or (`trouble`) why it could not be."""

    session: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The models are loaded. `channels` names each of the session's channels; `loudspeaker` is "" without a voice.

    `session` is the id of the session that goes on; "" for a new one. `notices`: (message, remedy) of what this
    profile cannot do for this pair.
    """

    doctor: str
    patient: str
    profile: str
    channels: tuple[str, ...]
    loudspeaker: str
    has_phrases: bool
    speaks_patient: bool
    session: str = ""
    notices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckStep:
    """What people are to do now: "quiet", or "speak" (say a few words). `microphone` is named where there are two."""

    step: str
    microphone: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that the sound check found, in words."""

    is_well: bool
    text: str


@dataclass(frozen=True, slots=True)
class SoundFound:
    """The sound check is done; the window says `CheckAgain` or `GoOn`."""

    lines: tuple[CheckLine, ...]
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing stands in the way."""
        return all(line.is_well for line in self.lines)


@dataclass(frozen=True, slots=True)
class ConsentScript:
    """What one person is told, in their language; without sentences there are no words for it: a person explains it."""

    language: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentWanted:
    """Both are to be told, and to agree. `status` says who reviewed the words. `reads`: the patient's is read out."""

    doctor: ConsentScript
    patient: ConsentScript
    status: str
    reads: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The consent text is being read out, or is no longer; `trouble` says why it could not be."""

    is_on: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What happened in a session's earlier parts, for a window that does not know it. Nothing of it goes on."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Began:
    """The session is there under this id; `part` is 1, and one more each time that it goes on. Its events follow."""

    session: str
    part: int


@dataclass(frozen=True, slots=True)
class PhrasesFound:
    """Reviewed phrases that say `text`; none where the bank has none."""

    text: str
    offered: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the note so far: a section's title, or a sentence with the utterances that it rests on."""

    text: str
    is_title: bool = False
    is_doubtful: bool = False
    utterances: tuple[UtteranceId, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteSoFar:
    """What the rules make of what has been said up to now."""

    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """How the visit ended. `reason`: "finished", "declined", "interrupted", "failed"; "given up" before it began."""

    session: str
    reason: str
    figures: Figures | None = None


# --- what the window says


@dataclass(frozen=True, slots=True)
class CheckAgain:
    """Check the sound once more."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Leave the sound check as it is."""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Read the patient's consent text out, from its beginning."""


@dataclass(frozen=True, slots=True)
class FallSilent:
    """Stop reading."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What people said: both agree, or somebody declines."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class Press:
    """A key or a button; see `Command`. `utterance` is what it is about, where the screen shows one."""

    command: Command
    argument: str = ""
    utterance: UtteranceId = NO_UTTERANCE


@dataclass(frozen=True, slots=True)
class FindPhrases:
    """Look for reviewed phrases that say this; a `PhrasesFound` answers."""

    text: str


@dataclass(frozen=True, slots=True)
class WatchNote:
    """From now on tell the `NoteSoFar` whenever it may have changed; or no more."""

    is_on: bool


# --- the task


@dataclass(frozen=True, slots=True)
class HoldVisit:
    """A task: one visit from the loading of its models to its end; runs in the process "visit".

    `continued` is the id of a session to go on with, whose languages and room it has. `profile` "" is the session's, or
    the usual one. `consented`: consent was taken before, e.g. on paper. `glossary` is a file's path. `sound`: None is
    this machine's.
    """

    doctor: str = ""
    patient: str = ""
    profile: str = ""
    room: RoomWanted = field(default_factory=RoomWanted)
    continued: str = ""
    checks: bool = True
    consented: bool = False
    advises: bool = True
    keep_days: int | None = None
    glossary: str = ""
    sound: SoundSystem | None = None

    def run(self, here: Here) -> VisitEnded:
        """Hold it.

        Raises:
            VoiceDocError: If a model, a device, the session or its key is not to be had.
        """
        from voicedoc_desktop.tasks.holding import hold

        return hold(self, here)
