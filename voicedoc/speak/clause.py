"""One clause on its way to the loudspeaker, and the facts about it."""

from __future__ import annotations

from typing import NamedTuple

from voicedoc.core.audio import Samples
from voicedoc.core.events import ClauseShown, ClauseSynthesized, StageFailed
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.errors import VoiceDocError

STAGE = "speak"


class Clause(NamedTuple):
    """A clause of what is said about an utterance. `number` counts from 0. `goes_on`: the sentence was cut after it."""

    at: float
    utterance: UtteranceId
    number: int
    listener: Role
    language: str
    text: str
    goes_on: bool = False

    def synthesized(self, spoken: str, voice: str, rate: int, samples: Samples) -> ClauseSynthesized:
        """It has its sound."""
        return ClauseSynthesized(
            at=self.at,
            utterance=self.utterance,
            clause=self.number,
            listener=self.listener,
            language=self.language,
            text=self.text,
            spoken=spoken,
            voice=voice,
            rate=rate,
            duration=samples.size / rate,
            samples=samples,
        )

    def shown(self, reason: str, remedy: str = "") -> ClauseShown:
        """It is to be read."""
        return ClauseShown(
            at=self.at,
            utterance=self.utterance,
            clause=self.number,
            listener=self.listener,
            language=self.language,
            text=self.text,
            reason=reason,
            remedy=remedy,
        )

    def failed(self, error: VoiceDocError) -> StageFailed:
        """No voice could say it."""
        return StageFailed(at=self.at, utterance=self.utterance, stage=STAGE, message=str(error), remedy=error.remedy)
