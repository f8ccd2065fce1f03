"""Alarms while people talk: what each utterance adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicedoc.converse.alarms.alarm import Alarm, Alarms
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.speech import UtteranceId


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that was not there before, and the `evidence`: the utterances that said its signs, in order."""

    alarm: Alarm
    evidence: tuple[UtteranceId, ...]


class Watch:
    """Keeps the signs of a conversation. A later denial takes a sign back; an alarm is raised once."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self._signs: dict[str, bool] = {}
        self._said: dict[str, UtteranceId] = {}
        self._raised: set[str] = set()

    @property
    def signs(self) -> dict[str, bool]:
        """The signs up to now: name → present."""
        return dict(self._signs)

    def hear(self, utterance: UtteranceId, text: str, language: str) -> tuple[Raised, ...]:
        """The alarms that `text` raises with what was said before; the most urgent first.

        Raises:
            UnsupportedLanguage: If signs cannot be read in the language.
        """
        return self.learn(utterance, signs_of(text, language))

    def learn(self, utterance: UtteranceId, signs: Iterable[Sign]) -> tuple[Raised, ...]:
        """The same for signs that were read elsewhere: from a "yes" to a question."""
        for sign in signs:
            self._signs[sign.name] = sign.present
            self._said[sign.name] = utterance
        new = [alarm for alarm in self._alarms.raised(self._signs) if alarm.id not in self._raised]
        self._raised.update(alarm.id for alarm in new)
        return tuple(Raised(alarm, self._evidence(alarm)) for alarm in new)

    def _evidence(self, alarm: Alarm) -> tuple[UtteranceId, ...]:
        return tuple(sorted({self._said[sign] for sign in alarm.signs}))
