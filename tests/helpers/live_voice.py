"""The speaking half of a live session under a script: cleared texts and people's speech in, facts out, virtual time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio
import numpy as np

from tests.helpers.virtual_time import VirtualClock
from voicedoc.core.audio import as_samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Answered,
    ClauseSound,
    Cleared,
    Event,
    NothingHeard,
    Pressed,
    SpeechStarted,
    StageTimed,
    TranscriptFinal,
    TranscriptPartial,
    Utterance,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId
from voicedoc.core.time import Span
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.runner import run_pipeline
from voicedoc.runtime.worker import InlineWorker, Worker
from voicedoc.speak.barge_in import BargeIn
from voicedoc.speak.live import SpeakLive
from voicedoc.speak.play import Play
from voicedoc.speak.role import Synthesizer
from voicedoc.speak.router import Quality, Voice, Voices
from voicedoc.speak.scripted import Tones
from voicedoc.speak.scripted_loudspeaker import ScriptedLoudspeaker

INPUT = frozenset(
    {
        Cleared,
        Answered,
        Withdrawn,
        UtteranceReopened,
        SpeechStarted,
        Utterance,
        TranscriptPartial,
        TranscriptFinal,
        NothingHeard,
        Pressed,
    }
)


def cleared(
    text: str,
    utterance: int = 1,
    at: float = 0.0,
    *,
    language: str = "en",
    critical: bool = False,
    purpose: str = "translation",
) -> Cleared:
    return Cleared(
        at=at,
        utterance=UtteranceId(utterance),
        listener=Role.PATIENT,
        language=language,
        text=text,
        purpose=purpose,
        critical=critical,
    )


def started(utterance: int, at: float) -> SpeechStarted:
    return SpeechStarted(at=at, utterance=UtteranceId(utterance), channel=0)


def partial(utterance: int, at: float, text: str, language: str = "en") -> TranscriptPartial:
    return TranscriptPartial(
        at=at, utterance=UtteranceId(utterance), channel=0, revision=0, language=language, stable="", unstable=text
    )


def ended(utterance: int, at: float) -> Utterance:
    samples = as_samples(np.zeros(1, np.float32))
    span = Span(max(0.0, at - 1.0), at)
    return Utterance(at=at, utterance=UtteranceId(utterance), channel=0, span=span, reason="silence", samples=samples)


def final(utterance: int, at: float, text: str, language: str = "en") -> TranscriptFinal:
    span = Span(max(0.0, at - 1.0), at)
    hypothesis = Hypothesis(text, language, 1.0, 1.0)
    return TranscriptFinal(at=at, utterance=UtteranceId(utterance), channel=0, span=span, hypothesis=hypothesis)


def nothing(utterance: int, at: float) -> NothingHeard:
    return NothingHeard(at=at, utterance=UtteranceId(utterance), span=Span(max(0.0, at - 1.0), at), reason="no words")


def pressed(command: Command, at: float, argument: str = "") -> Pressed:
    return Pressed(at=at, command=command.value, argument=argument)


def withdrawn(utterance: int, at: float) -> Withdrawn:
    return Withdrawn(at=at, utterance=UtteranceId(utterance), reason="the speaker said no")


def answered(utterance: int, at: float, answer: str = "yes", by: str = "key") -> Answered:
    return Answered(at=at, utterance=UtteranceId(utterance), kind="read-back", answer=answer, by=by)


def reopened(utterance: int, at: float) -> UtteranceReopened:
    return UtteranceReopened(at=at, utterance=UtteranceId(utterance), channel=0, revision=1)


@dataclass(frozen=True)
class Script:
    """A source: each event at its `when`, on the virtual clock; afterwards it waits until `until`."""

    events: Sequence[tuple[float, Event | Callable[[], None]]]
    clock: VirtualClock
    until: float

    name: str = "script"
    consumes: frozenset[type[Event]] = frozenset()
    emits: frozenset[type[Event]] = INPUT

    async def run(self, inbox: object, emit: Any) -> None:
        del inbox
        for when, event in self.events:
            await self.clock.sleep_until(when)
            if isinstance(event, Event):
                await emit(event)
            else:
                event()
        await self.clock.sleep_until(self.until)


@dataclass
class LiveVoice:
    """A session's speaking half. `journal` has (moment, event) for all that was emitted."""

    synthesizer: Synthesizer = field(default_factory=Tones)
    startup: float = 0.1
    worker: Worker = field(default_factory=InlineWorker)
    options: dict[str, Any] = field(default_factory=dict)
    voices: Sequence[Voice] = ()
    play: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = VirtualClock()
        self.floor = Floor()
        self.loudspeaker = ScriptedLoudspeaker(self.clock, block=0.02)
        self.journal: list[tuple[float, Event]] = []

    async def through(self, *events: Event | tuple[float, Any], until: float = 0.0) -> list[Event]:
        """Run a script: each event at its own `at`, or at a given moment. What came of it, without the script."""
        timed = [event if isinstance(event, tuple) else (event.at, event) for event in events]
        stages = self.stages(Script(timed, self.clock, until))
        with anyio.fail_after(60):
            async with self.clock.running():
                await run_pipeline(stages, self._record, self.clock)
        return self.heard()

    def stages(self, script: Script) -> list[Any]:
        """The wiring."""
        voices = self.voices or [Voice(self.synthesizer, Quality.GOOD, self.startup)]
        return [
            script,
            SpeakLive(Voices(voices), self.worker, self.floor),
            Play(self.loudspeaker, self.floor, self.clock, **self.play),
            BargeIn(self.floor, self.clock, **self.options),
        ]

    def heard(self, *kinds: type[Event]) -> list[Event]:
        """What came of the script, of some kinds or all."""
        wanted = kinds or (Event,)
        unwanted = (StageTimed, ClauseSound, *INPUT)
        return [event for _, event in self.journal if isinstance(event, wanted) and not isinstance(event, unwanted)]

    def _record(self, event: Event, stage: str) -> None:
        del stage
        self.journal.append((self.clock.now(), event))
