"""The stage `recognize`: utterances in, transcripts out."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from voicedoc.core.events import NothingHeard, StageFailed, TranscriptFinal, Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker


@dataclass(frozen=True)
class Recognize:
    """Transcribes each utterance. One that fails is reported; the session goes on.

    `languages` are those that may be spoken, the doctor's first, as BCP 47 tags.
    """

    recognizer: SpeechRecognizer
    worker: Worker
    languages: tuple[str, ...]

    name: ClassVar[str] = "recognize"
    consumes: ClassVar[Kinds] = frozenset({Utterance})
    emits: ClassVar[Kinds] = frozenset({TranscriptFinal, NothingHeard, StageFailed})

    async def run(self, inbox: AsyncIterable[Utterance], emit: Emit) -> None:
        """Run until the inbox ends."""
        async for utterance in inbox:
            recognize = partial(self.recognizer.recognize, utterance, languages=self.languages)
            try:
                read: Hypothesis | BackendFailed = await self.worker.call(recognize)
            except BackendFailed as error:
                read = error
            await emit(outcome(utterance, read, self.name))


def outcome(
    utterance: Utterance, read: Hypothesis | BackendFailed, stage: str
) -> TranscriptFinal | NothingHeard | StageFailed:
    """What came of reading an utterance, as a fact."""
    if isinstance(read, BackendFailed):
        return StageFailed(
            at=utterance.at, utterance=utterance.utterance, stage=stage, message=str(read), remedy=read.remedy
        )
    if read.text:
        return TranscriptFinal(
            at=utterance.at,
            utterance=utterance.utterance,
            channel=utterance.channel,
            span=utterance.span,
            hypothesis=read,
        )
    return NothingHeard(
        at=utterance.at,
        utterance=utterance.utterance,
        span=utterance.span,
        reason=", ".join(read.doubts) or "no words",
        discarded=read.discarded,
    )
