"""Who of the two people of a live session spoke: every kind of evidence there is, the strongest first."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from voicedoc.attribute.by_language import SURE_FROM
from voicedoc.attribute.diarizer import Voice
from voicedoc.core.commands import Command
from voicedoc.core.events import Pressed, TranscriptFinal
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit

TWO = (Role.DOCTOR, Role.PATIENT)

MARGIN = 0.1
"""By how much more a voice must be like one person's than like the other's, as a cosine. Of 108 comparisons of 0.5 s
by 4 readers of the development set with 9 s of the right and of a wrong one, 107 are clearer, all to the right side."""

SAME_FROM, OTHER_BELOW = 0.4, 0.2
"""Where one voice alone is known: the cosine from which it is that one, and below which it is the other. Of the same
pieces 5 % are below 0.32 with their own reader and 5 % above 0.18 with another."""

ENROL_FROM = 0.9
"""Confidence in the language from which a voice is learned by it: higher than what it takes to tell who spoke."""

ENOUGH_PRINTS = 4
"""Of each person. Learning costs time that the next translation needs."""

LAST_WITHIN = 3.0
"""Seconds after which the last speaker is no evidence any more."""

N_PRESSES = 32


class Told(NamedTuple):
    """Who spoke, by which evidence; `confidence` in [0, 1]."""

    role: Role
    method: str
    confidence: float


@dataclass(slots=True)
class _Press:
    role: Role
    start: float
    end: float = math.inf


class LiveAttributor:
    """Tells who spoke: by a button held, the channel, the language where it is sure, the voice, who spoke last.

    `channels` says who sits at which microphone, from 0, where each has one. Voices are learned while the session runs,
    from utterances whose speaker is sure without them, and are nowhere written. Called in the order of utterances.
    """

    def __init__(self, visit: Visit, *, channels: Mapping[int, Role] | None = None) -> None:
        self._visit, self._channels = visit, dict(channels or {})
        self._presses: deque[_Press] = deque(maxlen=N_PRESSES)
        self._voices = _Voices()
        self._last: dict[int, tuple[float, Role]] = {}  # by channel: when the last utterance ended, and who spoke

    def press(self, pressed: Pressed) -> None:
        """Take note of a button that is held or let go."""
        if pressed.command == Command.TALK and pressed.argument in TWO:
            self._presses.append(_Press(Role(pressed.argument), pressed.at))
        elif pressed.command == Command.RELEASE:
            for press in self._presses:
                press.end = min(press.end, pressed.at)

    def needs_voice(self, transcript: TranscriptFinal) -> bool:
        """Whether nothing stronger tells, and a voice might."""
        return self._sure(transcript) is None and self._voices.any

    def tell(self, transcript: TranscriptFinal, voice: Voice | None = None) -> Told:
        """Who said `transcript`. `voice` is what its speaker sounds like, where that `needs_voice`."""
        told = self._sure(transcript)
        told = told or (self._voices.tell(voice) if voice is not None else None)
        told = told or self._by_nearness(transcript) or self._by_language(transcript)
        self._last[transcript.channel] = (transcript.span.end, told.role)
        return told

    def wants_voice(self, told: Told, transcript: TranscriptFinal) -> bool:
        """Whether the voice of an utterance is to be learned: its speaker is sure, and not yet well known."""
        is_sure = told.method in ("button", "channel") or (
            told.method == "language" and transcript.hypothesis.language_confidence >= ENROL_FROM
        )
        return is_sure and told.role in TWO and self._voices.count(told.role) < ENOUGH_PRINTS

    def enrol(self, utterance: UtteranceId, role: Role, voice: Voice) -> None:
        """Learn what `role` sounds like. Learned again, an utterance's voice goes from one person to the other."""
        self._voices.learn(utterance, role, voice)

    def correct(self, transcript: TranscriptFinal, role: Role) -> None:
        """A person says that `role` said it: nothing is learned of anybody else from it any more."""
        self._voices.forget(transcript.utterance)
        ended, _ = self._last.get(transcript.channel, (transcript.span.end, role))
        if ended <= transcript.span.end:
            self._last[transcript.channel] = (ended, role)

    def _sure(self, transcript: TranscriptFinal) -> Told | None:
        if role := self._pressed(transcript):
            return Told(role, "button", 1.0)
        if role := self._channels.get(transcript.channel):
            return Told(role, "channel", 1.0)
        if is_sure(transcript.hypothesis):
            return self._by_language(transcript)
        return None

    def _pressed(self, transcript: TranscriptFinal) -> Role | None:
        """Who held their button for the utterance. Where each has a microphone, a button opens its owner's alone."""
        span = transcript.span
        for press in reversed(self._presses):
            held = min(press.end, span.end) - max(press.start, span.start)
            if held > 0.9 * span.duration and self._channels.get(transcript.channel, press.role) is press.role:
                return press.role
        return None

    def _by_language(self, transcript: TranscriptFinal) -> Told:
        heard = transcript.hypothesis
        role = Role.DOCTOR if heard.language == self._visit.doctor else Role.PATIENT
        return Told(role, "language", heard.language_confidence)

    def _by_nearness(self, transcript: TranscriptFinal) -> Told | None:
        ended, role = self._last.get(transcript.channel, (-math.inf, Role.UNKNOWN))
        return Told(role, "last speaker", 0.5) if transcript.span.start - ended <= LAST_WITHIN else None


def is_sure(hypothesis: Hypothesis) -> bool:
    """Whether the language that was heard tells who spoke."""
    return hypothesis.language_confidence >= SURE_FROM


class _Voices:
    """What the two sound like: the prints of utterances, by number."""

    def __init__(self) -> None:
        self._prints: dict[Role, dict[UtteranceId, Voice]] = {role: {} for role in TWO}

    @property
    def any(self) -> bool:
        return any(self._prints.values())

    def count(self, role: Role) -> int:
        return len(self._prints[role])

    def learn(self, utterance: UtteranceId, role: Role, voice: Voice) -> None:
        self.forget(utterance)
        self._prints[role][utterance] = voice
        while len(self._prints[role]) > ENOUGH_PRINTS:
            del self._prints[role][next(iter(self._prints[role]))]

    def forget(self, utterance: UtteranceId) -> None:
        for prints in self._prints.values():
            prints.pop(utterance, None)

    def tell(self, voice: Voice) -> Told | None:
        likeness = {role: self._likeness(role, voice) for role in TWO if self._prints[role]}
        if len(likeness) == 1:
            ((known, like),) = likeness.items()
            other = TWO[1 - TWO.index(known)]
            if OTHER_BELOW < like < SAME_FROM:
                return None
            return Told(known if like >= SAME_FROM else other, "voice", 0.7)
        if len(likeness) == 2:
            doctor, patient = likeness[TWO[0]], likeness[TWO[1]]
            if abs(doctor - patient) >= MARGIN:
                return Told(TWO[int(patient > doctor)], "voice", min(0.99, 0.6 + abs(doctor - patient)))
        return None

    def _likeness(self, role: Role, voice: Voice) -> float:
        """The cosine between a voice and the mean of what a person was heard to sound like."""
        mean = np.sum([*self._prints[role].values()], axis=0)
        return float(np.dot(mean, voice) / (np.linalg.norm(mean) * np.linalg.norm(voice) + 1e-9))
