"""The stage `attribute` of a live session: who spoke, and, where that tells more than the sound, in which language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.evidence import TWO, LiveAttributor, Told, is_sure
from voicedoc.core.audio import Samples
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    NO_UTTERANCE,
    NothingHeard,
    Notice,
    Pressed,
    TranscriptFinal,
    TurnAttributed,
    TurnCorrected,
    Utterance,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.errors import BackendFailed
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

Embed = Callable[[Samples], Voice | None]
"""What the one speaker of some samples (16 kHz) sounds like; None where there is too little. Blocking."""

Reread = Callable[[Utterance, str], Hypothesis]
"""Reads an utterance once more, in this language (BCP 47) alone. Blocking."""

LEAST_PRINT, LEAST_ENROLLED = 0.5, 1.0
"""Seconds of an utterance whose voice is compared, and of one from which a voice is learned."""

REMEMBERED = 16
"""Utterances that can still be corrected with their sound."""

OWN_VOICE = "own voice"

DECIDES = ("button", "channel", "voice")
"""The evidence that is stronger than a language that is not sure: the words are then read in the speaker's language."""


@dataclass(frozen=True)
class AttributeLive:
    """Says who spoke. `embed` and `reread` are called on their workers; without them there are no voices, no rereading.

    `Command.SPEAKER` corrects an utterance. Its voice is then known to be that person's. `TurnCorrected` is all that
    follows, unless the words had been read in the other's language without being sure: then they are read again, and
    there is a second `TurnAttributed`, which stands in the place of the first.
    `own_voice` says of a transcript that it is what the interpreter's voice was saying, `own_sound` of an utterance
    that it sounds like that, whatever it was read as. `echo_heard` is told at which second, and may have a notice.
    """

    attributor: LiveAttributor
    visit: Visit
    embed: Embed | None = None
    embed_worker: Worker | None = None
    reread: Reread | None = None
    reread_worker: Worker | None = None
    own_voice: Callable[[TranscriptFinal], bool] | None = None
    own_sound: Callable[[Utterance], bool] | None = None
    echo_heard: Callable[[float], Notice | None] | None = None

    name: ClassVar[str] = "attribute"
    consumes: ClassVar[Kinds] = frozenset({Utterance, TranscriptFinal, Pressed})
    emits: ClassVar[Kinds] = frozenset({TurnAttributed, TurnCorrected, NothingHeard, Notice})

    async def run(self, inbox: AsyncIterable[Utterance | TranscriptFinal | Pressed], emit: Emit) -> None:
        """Run until the inbox ends."""
        memory = _Memory()
        async for event in inbox:
            match event:
                case Utterance():
                    if early := memory.hear(event):
                        await self._attribute(early, memory, emit)
                case Pressed() if event.command == Command.SPEAKER:
                    await self._correct(event, memory, emit)
                case Pressed():
                    self.attributor.press(event)
                case TranscriptFinal() if self.own_voice and self.own_voice(event):
                    await self._ignore(event, emit)
                case TranscriptFinal():
                    if memory.has_heard(event):
                        await self._attribute(event, memory, emit)
        for transcript in memory.early.values():
            await self._attribute(transcript, memory, emit)

    async def _attribute(self, transcript: TranscriptFinal, memory: _Memory, emit: Emit) -> None:
        utterance = memory.utterances.get(transcript.utterance)
        if utterance and self.own_sound and self.own_sound(utterance):
            await self._ignore(transcript, emit)
            return
        if given := memory.given.get(transcript.utterance):  # by a key, before there were words
            self.attributor.correct(transcript, given)
            told = Told(given, "button", 1.0)
        else:
            needs = self.attributor.needs_voice(transcript)
            voice = await self._voice(utterance, LEAST_PRINT) if needs else None
            told = self.attributor.tell(transcript, voice)
        transcript = await self._in_own_language(transcript, utterance, told)
        memory.attribute(transcript)
        await emit(_turn(transcript, told))
        if self.attributor.wants_voice(told, transcript):  # only now: nobody waits for it
            await self._enrol(utterance, told.role)

    async def _ignore(self, transcript: TranscriptFinal, emit: Emit) -> None:
        """The interpreter's own voice is nobody's turn."""
        await emit(_own_voice(transcript))
        if self.echo_heard and (notice := self.echo_heard(transcript.at)):
            await emit(notice)

    async def _in_own_language(
        self, transcript: TranscriptFinal, utterance: Utterance | None, told: Told
    ) -> TranscriptFinal:
        """The transcript, read again where who spoke tells more about the language than the sound did."""
        language = self.visit.language_of(told.role)
        heard = transcript.hypothesis
        decides = told.method in DECIDES and told.role in TWO and not is_sure(heard) and heard.language != language
        if not (decides and utterance and self.reread and self.reread_worker):
            return transcript
        try:
            again = await self.reread_worker.call(partial(self.reread, utterance, language))
        except BackendFailed:  # the first reading stands
            return transcript
        if not again.text:
            return transcript
        return replace(transcript, hypothesis=replace(again, language_confidence=told.confidence))

    async def _correct(self, pressed: Pressed, memory: _Memory, emit: Emit) -> None:
        if pressed.argument not in TWO:
            return
        role, transcript = Role(pressed.argument), memory.meant(pressed)
        memory.given[transcript.utterance if transcript else pressed.utterance] = role
        if transcript is None:
            return
        self.attributor.correct(transcript, role)
        utterance = memory.utterances.get(transcript.utterance)
        told = Told(role, "button", 1.0)
        again = await self._in_own_language(transcript, utterance, told)
        memory.attribute(again)
        if again is transcript:
            await emit(TurnCorrected(at=pressed.at, utterance=transcript.utterance, role=role))
        else:
            await emit(_turn(again, told))
        await self._enrol(utterance, role)

    async def _enrol(self, utterance: Utterance | None, role: Role) -> None:
        voice = await self._voice(utterance, LEAST_ENROLLED)
        if utterance and voice is not None:
            self.attributor.enrol(utterance.utterance, role, voice)

    async def _voice(self, utterance: Utterance | None, least: float) -> Voice | None:
        if not (utterance and self.embed and self.embed_worker) or utterance.span.duration < least:
            return None
        try:
            return await self.embed_worker.call(partial(self.embed, utterance.samples))
        except BackendFailed:  # weaker evidence tells who spoke
            return None


class _Memory:
    """The last utterances with their sound, and their words; and roles that were given by hand.

    An utterance and its words come by different ways: words that are `early` wait for their sound.
    """

    def __init__(self) -> None:
        self.utterances: OrderedDict[UtteranceId, Utterance] = OrderedDict()
        self.transcripts: OrderedDict[UtteranceId, TranscriptFinal] = OrderedDict()
        self.early: dict[UtteranceId, TranscriptFinal] = {}
        self.given: dict[UtteranceId, Role] = {}

    def hear(self, utterance: Utterance) -> TranscriptFinal | None:
        """Its words, if they have come already."""
        self.utterances[utterance.utterance] = utterance
        _keep(self.utterances)
        early = self.early.get(utterance.utterance)
        return self.early.pop(early.utterance) if early and early.at == utterance.at else None

    def has_heard(self, transcript: TranscriptFinal) -> bool:
        """Whether its sound has come; else the words are kept until it does."""
        heard = self.utterances.get(transcript.utterance)
        if heard and heard.at >= transcript.at:
            return True
        self.early[transcript.utterance] = transcript
        return False

    def attribute(self, transcript: TranscriptFinal) -> None:
        self.transcripts[transcript.utterance] = transcript
        _keep(self.transcripts)

    def meant(self, pressed: Pressed) -> TranscriptFinal | None:
        """What a key is about: the last, where it does not say."""
        if pressed.utterance != NO_UTTERANCE:
            return self.transcripts.get(pressed.utterance)
        return next(reversed(self.transcripts.values()), None)


def _keep(of_utterances: OrderedDict[UtteranceId, Utterance] | OrderedDict[UtteranceId, TranscriptFinal]) -> None:
    while len(of_utterances) > REMEMBERED:
        of_utterances.popitem(last=False)


def _turn(transcript: TranscriptFinal, told: Told) -> TurnAttributed:
    return TurnAttributed(
        at=transcript.at,
        utterance=transcript.utterance,
        span=transcript.span,
        role=told.role,
        method=told.method,
        confidence=told.confidence,
        hypothesis=transcript.hypothesis,
    )


def _own_voice(transcript: TranscriptFinal) -> NothingHeard:
    return NothingHeard(
        at=transcript.at,
        utterance=transcript.utterance,
        span=transcript.span,
        reason=OWN_VOICE,
        discarded=transcript.hypothesis.text,
    )
