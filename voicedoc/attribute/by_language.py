"""Who spoke, by the language that was heard."""

from __future__ import annotations

from typing import ClassVar

from voicedoc.attribute.role import Attribution
from voicedoc.core.events import TranscriptFinal
from voicedoc.core.speech import Role, Visit

SURE_FROM = 0.7
"""Language confidence. Recognisers draw it towards 0.5 for utterances under a second, so that "Mm" is never sure."""

SAME_SPEAKER_WITHIN = 0.7
"""Seconds between two utterances. After a shorter gap people rarely take turns; after a longer one it is even odds."""


class ByLanguage:
    """An `Attributor` for visits in which each speaks their own language.

    Where the language is uncertain and the utterance follows closely upon the one before on its channel, the speaker is
    taken to be the same, with a confidence of 0.5; else the uncertain language decides, with its own confidence.
    """

    method: ClassVar[str] = "language"

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._last: dict[int, tuple[float, Role]] = {}  # by channel: when the last utterance ended, and who spoke

    def attribute(self, transcript: TranscriptFinal) -> Attribution:
        """See `Attributor`."""
        attribution = self._by_language(transcript)
        if attribution.confidence < SURE_FROM:
            attribution = self._by_nearness(transcript) or attribution
        self._last[transcript.channel] = (transcript.span.end, attribution.role)
        return attribution

    def _by_language(self, transcript: TranscriptFinal) -> Attribution:
        hypothesis = transcript.hypothesis
        role = Role.DOCTOR if hypothesis.language == self._visit.doctor else Role.PATIENT
        return Attribution(role, hypothesis.language_confidence)

    def _by_nearness(self, transcript: TranscriptFinal) -> Attribution | None:
        ended, role = self._last.get(transcript.channel, (float("-inf"), Role.UNKNOWN))
        near = transcript.span.start - ended <= SAME_SPEAKER_WITHIN
        return Attribution(role, 0.5) if near else None
