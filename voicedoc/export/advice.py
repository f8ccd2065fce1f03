"""What the rules warn of, for the head of a transcript: what cannot wait, and medicines that do not go together."""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc.core.events import AlarmRaised, ConflictFound, Suspected
from voicedoc.core.time import clock_text
from voicedoc.export.transcript import Transcript

UNREVIEWED = "Found by rules that no clinician has reviewed. What they do not find may be there all the same."
"""What stands beside every list of warnings."""

_GRAVEST = ("emergency", "urgent", "soon", "perhaps", "major", "moderate")


@dataclass(frozen=True, slots=True)
class Advice:
    """One warning. `grade`: an alarm's level, "perhaps", or a conflict's severity; `said` are where, in seconds.

    `source` is where it can be looked up, "" where the text says it all.
    """

    grade: str
    text: str
    said: tuple[float, ...]
    source: str = ""

    @property
    def times(self) -> str:
        """When what it rests on was said."""
        return ", ".join(clock_text(moment) for moment in self.said)


def advice_of(transcript: Transcript) -> list[Advice]:
    """What cannot wait first, then what may be meant, then medicines, each the gravest first; else by time."""
    alarms = sorted(transcript.alarms.values(), key=lambda event: (_rank(event.level), event.at))
    conflicts = sorted(transcript.conflicts.values(), key=lambda event: (_rank(event.severity), event.at))
    return [
        *(_of_alarm(transcript, event) for event in alarms),
        *(_of_suspicion(transcript, event) for event in transcript.suspicions.values()),
        *(_of_conflict(transcript, event) for event in conflicts),
    ]


def _rank(grade: str) -> int:
    return _GRAVEST.index(grade) if grade in _GRAVEST else len(_GRAVEST)


def _of_alarm(transcript: Transcript, event: AlarmRaised) -> Advice:
    return Advice(event.level, event.reason, _moments(transcript, event))


def _of_suspicion(transcript: Transcript, event: Suspected) -> Advice:
    spans = [transcript.lines[event.utterance].span] if event.utterance in transcript.lines else []
    return Advice("perhaps", f"{event.reason}: “{event.words}”", tuple(span.start for span in spans))


def _of_conflict(transcript: Transcript, event: ConflictFound) -> Advice:
    text = f"{' + '.join(event.names)} ({event.kind}): {event.message}"
    return Advice(event.severity, text, _moments(transcript, event), event.source)


def _moments(transcript: Transcript, event: AlarmRaised | ConflictFound) -> tuple[float, ...]:
    spans = {transcript.lines[number].span for number in event.evidence if number in transcript.lines}
    return tuple(span.start for span in sorted(spans))
