"""Which of the medicines that somebody takes, or is to take, do not go together. Pure; silent about doses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from voicedoc.converse.complaints.pack import Source
from voicedoc.converse.medicines.table import (
    Rule,
    Severity,
    allergies,
    classes,
    conditions,
    interactions,
    known_name,
    known_names,
    sentence,
    sources,
)
from voicedoc.core.speech import UtteranceId

Kind: TypeAlias = Literal["interaction", "allergy", "same class", "condition"]

Evidence: TypeAlias = Mapping[str, tuple[UtteranceId, ...]]
"""Names (INNs; of conditions, signs), each with the utterances that said so."""

_CLASSES = Source("WHO", "ATC/DDD index", None, "https://atcddd.fhi.no/atc_ddd_index/")
_ALLERGY = Source(
    "NICE", "Drug allergy: diagnosis and management (CG183)", 2014, "https://www.nice.org.uk/guidance/cg183"
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things that do not go together. `names`: an allergy or a condition stands before the medicine."""

    kind: Kind
    names: tuple[str, str]
    severity: Severity
    effect: str
    source: Source
    evidence: tuple[UtteranceId, ...]
    class_title: str = ""

    def message(self, language: str = "en") -> str:
        """One sentence for the clinician, in English where `language` has no wording."""
        return sentence(self.effect, language, one=self.names[0], other=self.names[1], **{"class": self.class_title})


def conflicts(drugs: Evidence, allergic_to: Evidence, signs: Evidence) -> tuple[Conflict, ...]:
    """What the tables have against these `drugs`, the gravest first: one conflict for each two names.

    Empty does not mean safe: see `unlisted`.
    """
    taken, reacted = _without_generic(_by_known_name(drugs)), _by_known_name(allergic_to)
    found = [*_allergies(taken, reacted), *_interactions(taken), *_twice(taken), *_conditions(taken, signs)]
    once: dict[tuple[bool, frozenset[str]], Conflict] = {}
    for conflict in sorted(found, key=lambda one: one.severity != "major"):
        once.setdefault((conflict.kind == "allergy", frozenset(conflict.names)), conflict)
    return tuple(once.values())


def unlisted(drugs: Evidence) -> tuple[str, ...]:
    """Those that no table speaks of: nobody has looked whether they go together with anything."""
    return tuple(name for name in drugs if known_name(name) not in known_names())


def _by_known_name(named: Evidence) -> dict[str, tuple[UtteranceId, ...]]:
    known: dict[str, tuple[UtteranceId, ...]] = {}
    for name, said in named.items():
        known[known_name(name)] = (*known.get(known_name(name), ()), *said)
    return known


def _without_generic(named: dict[str, tuple[UtteranceId, ...]]) -> dict[str, tuple[UtteranceId, ...]]:
    """ "My blood thinner" is the warfarin that was named, not a second one."""
    told = {group.generic for group in classes().values() if len(group.members & named.keys()) > 1}
    return {name: said for name, said in named.items() if name not in told - {""}}


def _interactions(drugs: Evidence) -> Iterator[Conflict]:
    for rule in interactions():
        for one in sorted(rule.one & drugs.keys()):
            for other in sorted(rule.other & drugs.keys()):
                if one != other:
                    yield _of_rule("interaction", rule, one, other, (*drugs[one], *drugs[other]))


def _twice(drugs: Evidence) -> Iterator[Conflict]:
    for group in classes().values():
        if group.twice:
            for one, other in combinations(sorted(group.members & drugs.keys()), 2):
                said = _in_order((*drugs[one], *drugs[other]))
                yield Conflict("same class", (one, other), "moderate", "same-class", _CLASSES, said, group.title)


def _allergies(drugs: Evidence, reacted: Evidence) -> Iterator[Conflict]:
    for name in sorted(drugs.keys() & reacted.keys()):
        said = _in_order((*reacted[name], *drugs[name]))
        yield Conflict("allergy", (name, name), "major", "same-allergen", _ALLERGY, said)
    for rule in allergies():
        for one in sorted(rule.one & reacted.keys()):
            for other in sorted(rule.other & drugs.keys()):
                if one != other:
                    yield _of_rule("allergy", rule, one, other, (*reacted[one], *drugs[other]))


def _conditions(drugs: Evidence, signs: Evidence) -> Iterator[Conflict]:
    for rule in conditions():
        for sign in sorted(rule.one & signs.keys()):
            for drug in sorted(rule.other & drugs.keys()):
                yield _of_rule("condition", rule, sign, drug, (*signs[sign], *drugs[drug]))


def _of_rule(kind: Kind, rule: Rule, one: str, other: str, said: tuple[UtteranceId, ...]) -> Conflict:
    names = (one, other)
    return Conflict(kind, names, rule.severity, rule.effect, sources()[rule.source], _in_order(said), rule.class_title)


def _in_order(said: tuple[UtteranceId, ...]) -> tuple[UtteranceId, ...]:
    return tuple(sorted(set(said)))
