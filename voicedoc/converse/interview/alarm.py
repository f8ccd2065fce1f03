"""What cannot wait, as the interview sees it: from rules over signs, and from the packs' decision trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.pack import Level
from voicedoc.converse.complaints.tree import path
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.state import Interview
from voicedoc.core.languages import primary
from voicedoc.phrases.bank import PhraseBank

Message: TypeAlias = Mapping[str, str]
"""One sentence by language subtag."""


class Alarm(NamedTuple):
    """Something that was found. `reason` is for the clinician; `say` is told to the patient at once, {}: our words."""

    id: str
    level: Level
    reason: str
    signs: tuple[str, ...]
    say: Message


Alarming: TypeAlias = Callable[[Interview], Iterable[Alarm]]
"""Rules over what is known: everything that they find, each time."""


def no_alarms(interview: Interview) -> Iterable[Alarm]:
    """No rules: only the packs' trees decide."""
    del interview
    return ()


def of_rules(alarms: Alarms) -> Alarming:
    """The rules that hold for all that people say, over what this interview knows."""

    def found(interview: Interview) -> Iterator[Alarm]:
        doctor = primary(interview.visit.doctor)
        signs = {sign: present for sign, present in interview.known.items() if present is not None}
        for alarm in alarms.raised(signs):
            reason = alarm.reason.get(doctor) or alarm.reason["en"]
            yield Alarm(alarm.id, alarm.level, reason, alarm.signs, alarm.say)

    return found


def of_trees(plan: Plan, interview: Interview) -> Iterable[Alarm]:
    """What the packs' decision trees come to. A "soon" is told only where it rests on something that was found."""
    doctor = primary(interview.visit.doctor)
    for pack, node in plan.verdicts(interview):
        steps = path(pack.tree, plan.known_for(interview, pack))
        signs = tuple(dict.fromkeys(sign for step in steps if step.yes for sign in step.signs))
        found = bool(steps) and steps[-1].yes
        if node.level in ("emergency", "urgent") or (node.level == "soon" and found):
            reason = (node.reason or {}).get(doctor) or (node.reason or {}).get("en", pack.title["en"])
            yield Alarm(f"{pack.id}.tree", node.level, reason, signs, _advice(node.advice))


def _advice(phrase: str) -> Message:
    return _bank().get(phrase, {})


@cache
def _bank() -> Mapping[str, Message]:
    return {phrase.id: phrase.text for phrase in PhraseBank.load().phrases}
