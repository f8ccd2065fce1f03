"""What is known of a running session, gathered for a screen. Immutable; `advance` makes the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from voicedoc.core.events import (
    AlarmRaised,
    Asked,
    ConflictFound,
    DeviceLost,
    FactNoted,
    Finding,
    Held,
    LagReport,
    OfferedPhrase,
    PhrasesOffered,
    Pressed,
    QuestionsOpen,
    SessionOpened,
    SoundChecked,
    Suspected,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.core.time import Span

MOST_NOTES = 50
"""Notes that are kept; all of them are in the journal."""

LAG_SHOWN_FROM = 1.0
"""Seconds behind the audio from which it is worth telling."""

LAG_HOLDS = 5.0
"""Seconds of audio for which a stage's last report holds."""

OFFER_HOLDS = 20.0
"""Seconds of audio for which a phrase that was offered may be chosen."""


TEACH_BACK = "teach-back"
"""The kind of a question that has no yes and no: an instruction is to be said in the patient's own words."""


class Step(StrEnum):
    """How far an utterance has come. The words are for people."""

    SPEAKING = "speaking"
    UNDERSTANDING = "understanding"
    TRANSLATING = "translating"
    CHECKING = "checking"
    HELD = "held"
    ASKED = "asked back"
    WAITING = "to be said"
    SAYING = "being said"
    PAUSED = "voice waits"
    SAID = "said"
    CUT = "cut short"
    SHOWN = "shown only"
    WITHDRAWN = "not said"
    UNTRANSLATED = "not translated"
    FAILED = "failed"
    NOTHING = "no words"


OPEN = frozenset(
    {
        Step.SPEAKING,
        Step.UNDERSTANDING,
        Step.TRANSLATING,
        Step.CHECKING,
        Step.HELD,
        Step.ASKED,
        Step.WAITING,
        Step.SAYING,
        Step.PAUSED,
    }
)
"""Steps after which something more is to come."""

_GRAVEST = {"emergency": 0, "urgent": 1, "soon": 2}

LET_GO = frozenset({Step.WAITING, Step.SAYING, Step.PAUSED, Step.SAID, Step.CUT, Step.SHOWN})
"""Steps of a translation that may be said once more."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What the interpreter's voice has to say to one listener about an utterance, and how much of it is done."""

    text: str
    language: str
    purpose: str
    clauses: Mapping[int, str] = field(default_factory=dict)
    heard: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether all of it was said or shown."""
        done = "".join(self.clauses[number] for number in sorted(self.clauses) if number in self.heard | self.shown)
        return "".join(done.split()) == "".join(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One utterance as both sides have it.

    `began` is where it began on the audio clock; `since` when its newest revision did: facts from before are stale.
    While it goes on, `stable` and `unstable` are what has been understood; then `text` is what was said. `why` says
    why it came no further. `delay` is from the end of speech to the first translated sound, in seconds.
    """

    utterance: UtteranceId
    began: float
    since: float = 0.0
    revision: int = 0
    channel: int = 0
    span: Span | None = None
    step: Step = Step.SPEAKING
    role: Role = Role.UNKNOWN
    speaker: str = ""
    language: str = ""
    stable: str = ""
    unstable: str = ""
    text: str = ""
    listener: Role = Role.UNKNOWN
    target: str = ""
    translation: str = ""
    findings: tuple[Finding, ...] = ()
    held: Held | None = None
    question: Asked | None = None
    unclear: bool = False
    sayings: Mapping[Role, Saying] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    why: str = ""
    delay: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether something more is to come of it."""
        return self.step in OPEN

    @property
    def has_words(self) -> bool:
        """False for voice activity in which nothing was understood and nothing went wrong."""
        return bool(self.text or self.stable or self.unstable or self.translation or self.warnings)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user must see. `kind`: "notice", "trouble" or "done". `code` is a notice's."""

    at: float
    kind: str
    text: str
    remedy: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session as it is now. `position` is how far it has come on the audio clock.

    With `push_to_talk` only who holds a button is heard; `talking` is whose that is (None: nobody's). `resting`: a
    person has said that nothing is to be listened to. `muted` is when the microphone was last not listened to.
    `n_notes` counts all notes, `notes` has the last ones. `facts` are by slot and name, `alarms` by their rules,
    `suspicions` by concern, `conflicts` by kind and names, `questions` by complaint, the last spoken of at the end.
    """

    opened: SessionOpened | None = None
    began: str = ""
    closed: str = ""
    position: float = 0.0
    lines: Mapping[UtteranceId, Line] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    n_notes: int = 0
    n_held: int = 0
    n_asked: int = 0
    n_failed: int = 0
    lost: tuple[DeviceLost, ...] = ()
    lags: Mapping[str, LagReport] = field(default_factory=dict)
    check: SoundChecked | None = None
    agreed: bool | None = None
    called: str | None = None
    offered: PhrasesOffered | None = None
    facts: Mapping[tuple[str, str], FactNoted] = field(default_factory=dict)
    alarms: Mapping[str, AlarmRaised] = field(default_factory=dict)
    suspicions: Mapping[str, Suspected] = field(default_factory=dict)
    conflicts: Mapping[tuple[str, tuple[str, str]], ConflictFound] = field(default_factory=dict)
    questions: Mapping[str, QuestionsOpen] = field(default_factory=dict)
    pressed: Pressed | None = None
    push_to_talk: bool = False
    talking: Role | None = None
    resting: bool = False
    ending: bool = False
    muted: Span = field(default_factory=lambda: Span(0.0, 0.0))

    @property
    def speaks(self) -> bool:
        """Whether this session has a voice; else translations are only shown."""
        return self.opened is None or "speak" in self.opened.stages

    @property
    def waits_for_button(self) -> bool:
        """Whether nobody is heard until somebody presses the button."""
        return self.push_to_talk and self.talking is None

    @property
    def in_order(self) -> list[Line]:
        """The lines that have something to show, and those of people who speak, in the order of their beginnings."""
        numbered = sorted(self.lines.values(), key=lambda line: (line.began, line.utterance))
        return [line for line in numbered if line.has_words or line.step is Step.SPEAKING]

    @property
    def waiting(self) -> list[Line]:
        """The lines that wait for somebody's answer or key, the one that was asked last at the end."""
        asked = [line for line in self.lines.values() if line.question or line.held]
        return sorted(asked, key=lambda line: (line.question.at if line.question else line.began, line.utterance))

    @property
    def offers(self) -> tuple[OfferedPhrase, ...]:
        """Phrases of the bank that may be said in the place of what the clinician said last."""
        if self.offered is None or self.position - self.offered.at > OFFER_HOLDS:
            return ()
        return self.offered.phrases

    @property
    def red_flags(self) -> list[AlarmRaised]:
        """What cannot wait, the gravest first; of one level, the newest."""
        return sorted(self.alarms.values(), key=lambda alarm: (_GRAVEST.get(alarm.level, len(_GRAVEST)), -alarm.at))

    @property
    def disagreeing(self) -> list[ConflictFound]:
        """Medicines that do not go together, the gravest first; of one severity, the newest."""
        return sorted(self.conflicts.values(), key=lambda found: (found.severity != "major", -found.at))

    @property
    def asking_about(self) -> QuestionsOpen | None:
        """What is open of the complaint that was spoken of last."""
        return list(self.questions.values())[-1] if self.questions else None

    @property
    def behind(self) -> LagReport | None:
        """The stage that is furthest behind the audio, where it is worth telling."""
        late = [
            lag for lag in self.lags.values() if lag.seconds >= LAG_SHOWN_FROM and self.position - lag.at <= LAG_HOLDS
        ]
        return max(late, key=lambda lag: lag.seconds, default=None)

    @property
    def activity(self) -> str:
        """What goes on, in a few words."""
        if self.closed:
            return f"ended: {self.closed}"
        steps = {line.step: line for line in self.in_order if line.is_open}
        for step in (Step.SPEAKING, Step.SAYING, Step.PAUSED, Step.UNDERSTANDING, Step.TRANSLATING, Step.CHECKING):
            if step in steps:
                return _doing(steps[step])
        if self.ending:
            return "ending"
        if self.resting:
            return "not listening"
        return "waits for the button" if self.waits_for_button else "listening"


def _doing(line: Line) -> str:
    who = line.role.value if line.role is not Role.UNKNOWN else "somebody"
    match line.step:
        case Step.SPEAKING:
            return f"{who} speaks"
        case Step.SAYING:
            return f"voice speaks to the {line.listener.value}"
        case Step.PAUSED:
            return "voice waits"
        case _:
            return str(line.step)


@dataclass(frozen=True, slots=True)
class Figures:
    """A session in figures. `delays` are seconds from the end of speech to the first translated sound."""

    duration: float
    n_utterances: int
    n_doctor: int
    n_patient: int
    n_translated: int
    n_held: int
    n_asked: int
    n_failed: int
    delays: tuple[float, ...]

    @property
    def median_delay(self) -> float | None:
        """Their median; None where nothing was said by the voice."""
        return median(self.delays) if self.delays else None


def figures_of(state: State) -> Figures:
    """A session in figures, so far."""
    lines = [line for line in state.lines.values() if line.text]
    return Figures(
        duration=state.position,
        n_utterances=len(lines),
        n_doctor=sum(line.role is Role.DOCTOR for line in lines),
        n_patient=sum(line.role is Role.PATIENT for line in lines),
        n_translated=sum(bool(line.translation) for line in lines),
        n_held=state.n_held,
        n_asked=state.n_asked,
        n_failed=state.n_failed,
        delays=tuple(line.delay for line in lines if line.delay is not None),
    )
