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

    `languages` are the visit's two, the doctor's and the patient's, as BCP 47 tags.
    """

    recognizer: SpeechRecognizer
    worker: Worker
    languages: tuple[str, str]

    name: ClassVar[str] = "recognize"
    consumes: ClassVar[Kinds] = frozenset({Utterance})
    emits: ClassVar[Kinds] = frozenset({TranscriptFinal, NothingHeard, StageFailed})

    async def run(self, inbox: AsyncIterable[Utterance], emit: Emit) -> None:
        """Run until the inbox ends."""
        async for utterance in inbox:
            recognize = partial(self.recognizer.recognize, utterance, languages=self.languages)
            try:
                hypothesis = await self.worker.call(recognize)
            except BackendFailed as error:
                await emit(
                    StageFailed(
                        at=utterance.at,
                        utterance=utterance.utterance,
                        stage=self.name,
                        message=str(error),
                        remedy=error.remedy,
                    )
                )
            else:
                await emit(_outcome(utterance, hypothesis))


def _outcome(utterance: Utterance, hypothesis: Hypothesis) -> TranscriptFinal | NothingHeard:
    if hypothesis.text:
        return TranscriptFinal(
            at=utterance.at,
            utterance=utterance.utterance,
            channel=utterance.channel,
            span=utterance.span,
            hypothesis=hypothesis,
        )
    return NothingHeard(
        at=utterance.at,
        utterance=utterance.utterance,
        span=utterance.span,
        reason=", ".join(hypothesis.doubts) or "no words",
        discarded=hypothesis.discarded,
    )
