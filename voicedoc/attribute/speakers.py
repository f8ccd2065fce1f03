"""The stage `attribute` of a batch job: who spoke, once the whole recording is known."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar, Literal, NamedTuple

from voicedoc.attribute.by_language import ByLanguage
from voicedoc.attribute.by_turns import ROLES
from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.divide import Part, Timeline, divide
from voicedoc.attribute.role import Attribution
from voicedoc.attribute.roles import Conclusion, Spoken, conclude
from voicedoc.core.events import (
    Diarized,
    Event,
    Notice,
    RoleAssigned,
    TranscriptFinal,
    TurnAttributed,
    Utterance,
    UtteranceDivided,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.core.turns import SpeakerTurn
from voicedoc.runtime.stage import Emit, Kinds


@dataclass(frozen=True)
class AttributeSpeakers:
    """Says who spoke, and divides utterances in which the speaker changes. Emits when its inbox has ended.

    `method` says how speakers are told apart: by "voice", as a diarizer found them; by "channel", where each has a
    microphone and is called "C1", "C2", …; by `turns` that somebody has marked, under the names given there.
    Where there are no turns (the diarizer failed), roles go by language if there are two, else nobody is known.

    `languages` are those that may be heard, the doctor's first. `given` says who speakers are, by their labels.
    `samples` are the voices of known people; they are compared with those that the diarizer heard.
    """

    languages: tuple[str, ...]
    method: Literal["voice", "channel", "turns"] = "voice"
    turns: tuple[SpeakerTurn, ...] = ()
    given: Mapping[str, Role] = field(default_factory=dict)
    samples: Mapping[Role, Voice] = field(default_factory=dict)

    name: ClassVar[str] = "attribute"
    emits: ClassVar[Kinds] = frozenset({TurnAttributed, RoleAssigned, UtteranceDivided, Notice})

    @property
    def consumes(self) -> Kinds:
        """Utterances tell which numbers are taken; only voices need a diarizer."""
        always = {Utterance, TranscriptFinal}
        return frozenset(always | {Diarized} if self.method == "voice" else always)

    async def run(self, inbox: AsyncIterable[Utterance | TranscriptFinal | Diarized], emit: Emit) -> None:
        """Gather until the inbox ends, then emit in the order of time."""
        heard = _Heard(turns=list(self.turns))
        async for event in inbox:
            heard.take(event)
        for fact in self._facts(heard):
            await emit(fact)

    def _facts(self, heard: _Heard) -> Iterator[Event]:
        transcripts = sorted(heard.transcripts, key=lambda transcript: (transcript.at, transcript.utterance))
        if self.method != "channel" and not heard.turns:
            yield from self._without_speakers(transcripts)
            return
        divided = self._divided(transcripts, heard)
        conclusions = self._conclude(divided, heard.voices)
        yield from _assigned(conclusions, heard.ended)
        yield from self._notices(conclusions, heard.ended)
        numbers = count(heard.last + 1)
        who = {conclusion.speaker: conclusion for conclusion in conclusions}
        for transcript, parts in divided:
            yield from self._attributed(transcript, parts, who, numbers)

    def _divided(self, transcripts: Sequence[TranscriptFinal], heard: _Heard) -> list[_Divided]:
        if self.method == "channel":
            return [_Divided(transcript, _by_channel(transcript)) for transcript in transcripts]
        timeline = Timeline(heard.turns)
        return [_Divided(t, divide(t.span, t.hypothesis, timeline)) for t in transcripts]

    def _conclude(self, divided: Sequence[_Divided], voices: Mapping[str, Voice]) -> list[Conclusion]:
        parts = sorted((part for _, parts in divided for part in parts), key=lambda part: part.span)
        return conclude(
            [_spoken(part) for part in parts],
            self.languages,
            given={**self._named({part.speaker for part in parts}), **self.given},
            voices=voices,
            samples=self.samples,
        )

    def _named(self, speakers: set[str]) -> dict[str, Role]:
        """Whose name in marked turns says who they are."""
        marked = speakers if self.method == "turns" else set()
        return {speaker: ROLES[speaker.casefold()] for speaker in marked if speaker.casefold() in ROLES}

    def _notices(self, conclusions: Sequence[Conclusion], at: float) -> Iterator[Notice]:
        labels = [conclusion.speaker for conclusion in conclusions]
        unclear = [conclusion.speaker for conclusion in conclusions if conclusion.role is Role.UNKNOWN]
        if unclear:
            yield _unclear(unclear, at)
        for label in sorted(set(self.given) - set(labels)):
            yield _nobody(label, labels, at)

    def _attributed(
        self, transcript: TranscriptFinal, parts: Sequence[Part], who: Mapping[str, Conclusion], numbers: Iterator[int]
    ) -> Iterator[Event]:
        ids = [transcript.utterance, *(UtteranceId(next(numbers)) for _ in parts[1:])]
        if len(parts) > 1:
            yield UtteranceDivided(at=transcript.at, utterance=transcript.utterance, parts=tuple(ids))
        for number, part in zip(ids, parts, strict=True):
            conclusion = who[part.speaker]
            yield TurnAttributed(
                at=transcript.at,
                utterance=number,
                span=part.span,
                role=conclusion.role,
                method=self.method,
                confidence=part.confidence * conclusion.confidence,
                hypothesis=part.hypothesis,
                speaker=part.speaker,
            )

    def _without_speakers(self, transcripts: Sequence[TranscriptFinal]) -> Iterator[Event]:
        two = ByLanguage(Visit(*self.languages)) if len(self.languages) == 2 else None
        for transcript in transcripts:
            role, confidence = two.attribute(transcript) if two else Attribution(Role.UNKNOWN, 0.0)
            yield TurnAttributed(
                at=transcript.at,
                utterance=transcript.utterance,
                span=transcript.span,
                role=role,
                method="language" if two else self.method,
                confidence=confidence,
                hypothesis=transcript.hypothesis,
            )


class _Divided(NamedTuple):
    transcript: TranscriptFinal
    parts: list[Part]


@dataclass
class _Heard:
    """What came in: the highest number of an utterance, and when the last fact was known."""

    turns: list[SpeakerTurn]
    transcripts: list[TranscriptFinal] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)
    last: int = 0
    ended: float = 0.0

    def take(self, event: Utterance | TranscriptFinal | Diarized) -> None:
        self.ended = max(self.ended, event.at)
        match event:
            case Diarized():
                self.turns += event.turns
                self.voices |= event.voices
            case TranscriptFinal():
                self.transcripts.append(event)
                self.last = max(self.last, event.utterance)
            case Utterance():
                self.last = max(self.last, event.utterance)


def _by_channel(transcript: TranscriptFinal) -> list[Part]:
    """One speaker has it all; cut where the language changes."""
    alone = Timeline([SpeakerTurn(transcript.span, f"C{transcript.channel + 1}")])
    return divide(transcript.span, transcript.hypothesis, alone)


def _spoken(part: Part) -> Spoken:
    said = part.hypothesis
    return Spoken(part.speaker, said.text, said.language, said.language_confidence, part.span.duration)


def _assigned(conclusions: Sequence[Conclusion], at: float) -> Iterator[RoleAssigned]:
    for speaker, role, confidence, reasons in conclusions:
        yield RoleAssigned(at=at, speaker=speaker, role=role, confidence=confidence, reasons=reasons)


def _unclear(speakers: Sequence[str], at: float) -> Notice:
    return Notice(
        at=at,
        code="roles-unclear",
        message=f"who is the doctor and who the patient cannot be told for {', '.join(speakers)}",
        remedy=f"voicedoc sessions rename FOLDER {speakers[0]}=doctor",
    )


def _nobody(label: str, labels: Sequence[str], at: float) -> Notice:
    return Notice(
        at=at,
        code="no-such-speaker",
        message=f"a role is given to '{label}', and nobody in this recording is called so",
        remedy=f"speakers here: {', '.join(labels)}" if labels else "",
    )
