"""What was heard of what the voice had to say: the loudspeaker's happenings, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.core.events import (
    ClauseShown,
    ClauseSound,
    ClauseSpoken,
    Event,
    FirstAudio,
    VoiceCancelled,
    VoicePaused,
    VoiceResumed,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.core.time import Span
from voicedoc.runtime.floor import Floor, Saying
from voicedoc.speak.heard import heard_part
from voicedoc.speak.tape import Happening

_A_LETTER = 1 / 15
"""Seconds, about: how long a clause will be whose sound is not complete."""


@dataclass
class _Clause:
    """A clause on the tape. `began` is where it last began to sound."""

    sound: ClauseSound
    duration: float = 0.0
    complete: bool = False
    began: float | None = None

    def share(self, played: float) -> float:
        """How much of it `played` seconds are; where its sound is not complete, by its letters."""
        whole = self.duration if self.complete else max(self.duration, _A_LETTER * len(self.sound.text))
        return min(1.0, played / whole) if whole else 0.0


class _Progress:
    """How far a saying has come: its text was heard up to `position`. `clause` is the number of the next clause."""

    def __init__(self, saying: Saying) -> None:
        self.saying = saying
        self.position, self.clause = 0, 0
        self.paused = False
        self.listener = Role.UNKNOWN

    def finish(self, sound: ClauseSound) -> None:
        """One clause was heard to its end."""
        self.position = self._start(sound.text) + len(sound.text)
        self.clause = sound.clause + 1

    def heard(self, clause: str = "", share: float = 0.0) -> str:
        """What was heard, with a share of the clause after it."""
        stop = self._start(clause) + len(heard_part(clause, share)) if clause else self.position
        return self.saying.text[:stop].rstrip()

    def _start(self, clause: str) -> int:
        return max(self.position, self.saying.text.find(clause, self.position))


class Account:
    """Follows the clauses from the tape to the ear. `reason` and `at` are those of the control that acted last."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._clauses: dict[tuple[int, int], _Clause] = {}
        self._progress: dict[int, _Progress] = {}
        self.reason, self.at = "", 0.0

    def take(self, sound: ClauseSound, saying: Saying) -> None:
        """A part of a clause goes onto the tape."""
        if saying.number not in self._progress:
            self._progress = {number: of for number, of in self._progress.items() if not of.saying.finished}
            self._progress[saying.number] = _Progress(saying)
        self._progress[saying.number].listener = sound.listener
        key = (sound.saying, sound.clause)
        clause = self._clauses.setdefault(key, _Clause(sound))
        if sound.part == 0:
            clause.sound, clause.duration = sound, 0.0
        clause.duration += sound.samples.size / sound.rate
        clause.complete = sound.last

    def facts(self, happening: Happening) -> Iterator[Event]:
        """What follows from one happening."""
        progress = self._progress[happening.saying]
        clause = self._clauses[happening.saying, happening.clause]
        match happening.kind:
            case "began" | "resumed":
                yield from self._sounds(progress, clause, happening)
            case "ended":
                yield from self._ended(progress, clause, happening)
            case "held":
                self._floor.sounded.cut(happening.at)
                progress.paused = True
                yield VoicePaused(at=self.at, utterance=clause.sound.utterance, reason=self.reason)
            case "cut":
                self._floor.sounded.cut(happening.at)
                share = clause.share(happening.played)
                yield self._cancelled(progress.saying, progress.heard(clause.sound.text, share))

    def drop(self, saying: Saying) -> VoiceCancelled:
        """A saying was ended between two clauses, or before the first."""
        return self._cancelled(saying, self._progress.get(saying.number, _Progress(saying)).heard())

    def unheard(self, saying: Saying, reason: str, remedy: str) -> ClauseShown:
        """The rest of a saying, to be read."""
        progress = self._progress.get(saying.number, _Progress(saying))
        return ClauseShown(
            at=saying.at,
            utterance=UtteranceId(saying.utterance),
            clause=progress.clause,
            listener=progress.listener,
            language=saying.language,
            text=saying.text[progress.position :].strip(),
            reason=reason,
            remedy=remedy,
        )

    def _sounds(self, progress: _Progress, clause: _Clause, happening: Happening) -> Iterator[Event]:
        sound, saying = clause.sound, progress.saying
        if progress.paused:
            progress.paused = False
            yield VoiceResumed(at=self.at, utterance=sound.utterance, reason=self.reason)
        if happening.kind == "began":
            clause.began = happening.at
        if saying.began is None:
            saying.began = happening.at
            if saying.purpose == "translation":
                seconds = happening.at - saying.at
                yield FirstAudio(at=sound.at, utterance=sound.utterance, seconds=seconds)
        span = Span(happening.at, happening.at + max(0.0, clause.duration - happening.played))
        self._floor.sounded.says(sound.text, sound.spoken, sound.language, span)

    def _ended(self, progress: _Progress, clause: _Clause, happening: Happening) -> Iterator[Event]:
        sound = clause.sound
        del self._clauses[happening.saying, happening.clause]
        if clause.began is not None:
            progress.finish(sound)
            progress.saying.n_heard += 1
            span = Span(clause.began, happening.at)
            yield ClauseSpoken(
                at=sound.at, utterance=sound.utterance, clause=sound.clause, listener=sound.listener, span=span
            )
        self._floor.settle(progress.saying)

    def _cancelled(self, saying: Saying, heard: str) -> VoiceCancelled:
        self._clauses = {key: clause for key, clause in self._clauses.items() if key[0] != saying.number}
        self._progress.pop(saying.number, None)
        return VoiceCancelled(
            at=saying.stopped_at, utterance=UtteranceId(saying.utterance), reason=saying.stopped, heard=heard
        )
