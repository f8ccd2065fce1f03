"""Alarms: the rules that hold for a patient's signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voicedoc.converse.alarms.rule import LEVELS, Rule, emergency_words, load_rules
from voicedoc.converse.complaints.pack import Level, Source


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that cannot wait. `reason` is for the clinician, `say` for the patient, by language subtag.

    `signs` are those that raised it.
    """

    id: str
    level: Level
    reason: Mapping[str, str]
    say: Mapping[str, str]
    signs: tuple[str, ...]
    source: Source


class Alarms:
    """Rules over signs. `emergency_number` ("112") is said to the patient; else, "your local emergency number"."""

    def __init__(self, rules: Iterable[Rule] | None = None, *, emergency_number: str = "") -> None:
        self._rules = tuple(load_rules() if rules is None else rules)
        self._number = emergency_number

    def raised(self, signs: Mapping[str, bool]) -> tuple[Alarm, ...]:
        """The alarms for these signs, name → present; the most urgent first, then in the order of the rules."""
        present = frozenset(name for name, is_present in signs.items() if is_present)
        alarms = (self._alarm(rule, present) for rule in self._rules)
        return tuple(sorted((alarm for alarm in alarms if alarm), key=lambda alarm: LEVELS.index(alarm.level)))

    def _alarm(self, rule: Rule, present: frozenset[str]) -> Alarm | None:
        met = dict.fromkeys(sign for condition in rule.when for sign in condition.met_by(present))
        return Alarm(rule.id, rule.level, rule.reason, self._said(rule), tuple(met), rule.source) if met else None

    def _said(self, rule: Rule) -> Mapping[str, str]:
        words = emergency_words()
        return {
            language: text.replace("{emergency_number}", self._number or words[language])
            for language, text in rule.say.items()
        }
