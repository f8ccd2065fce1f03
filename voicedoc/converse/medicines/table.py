"""The tables as they are written in TOML, with classes resolved into their members."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from voicedoc.converse.complaints.pack import Source
from voicedoc.core.languages import primary
from voicedoc.guard.drugs import skeleton

Severity: TypeAlias = Literal["major", "moderate"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong between a name of `one` and a name of `other`. `class_title` is set where both are of one class."""

    one: frozenset[str]
    other: frozenset[str]
    effect: str
    severity: Severity
    source: str
    class_title: str = ""


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """Medicines that act alike. `twice`: two different members at once are worth a warning.

    `generic` is what people call one of them without its name, "" where there is no such word.
    """

    title: str
    members: frozenset[str]
    twice: bool
    generic: str = ""


@cache
def classes() -> Mapping[str, MedicineClass]:
    """Every class by its id; members are INNs, and a few things that are none ("alcohol")."""
    written = _read("classes.toml")
    return {
        name: MedicineClass(
            row["title"], frozenset(_members(name, written)), row.get("twice", False), row.get("generic", "")
        )
        for name, row in written.items()
    }


def _members(name: str, written: Mapping[str, Any]) -> Iterator[str]:
    """The medicines of a class; of a medicine, itself."""
    if name not in written:
        yield name
        return
    for member in written[name]["members"]:
        yield from _members(member, written)


@cache
def interactions() -> tuple[Rule, ...]:
    """Medicines with medicines, the gravest first."""
    rules = [_rule(row, row["one"], row["other"]) for row in _read("interactions.toml")["pairs"]]
    return tuple(sorted(rules, key=lambda rule: rule.severity != "major"))


@cache
def allergies() -> tuple[Rule, ...]:
    """`one` is what the allergy is to, `other` what may set it off; the gravest first."""
    rules = [_rule(row, row["to"], row["medicines"]) for row in _read("allergies.toml")["pairs"]]
    return tuple(sorted(rules, key=lambda rule: rule.severity != "major"))


@cache
def conditions() -> tuple[Rule, ...]:
    """`one` are signs, `other` what does not suit them; the gravest first."""
    rules = [_rule(row, row["when"], row["medicines"]) for row in _read("conditions.toml")["pairs"]]
    return tuple(sorted(rules, key=lambda rule: rule.severity != "major"))


def _rule(row: Mapping[str, Any], one: Iterable[str], other: Iterable[str]) -> Rule:
    title = classes()[row["class"]].title if "class" in row else ""
    return Rule(_resolved(one), _resolved(other), row["effect"], row["severity"], row["source"], title)


def _resolved(names: Iterable[str]) -> frozenset[str]:
    known = classes()
    return frozenset(member for name in names for member in (known[name].members if name in known else (name,)))


@cache
def known_names() -> frozenset[str]:
    """Every name that a table speaks of. A medicine that is not here has not been looked at: it is not known safe."""
    rules = (*interactions(), *allergies())
    named = [rule.one | rule.other for rule in rules] + [rule.other for rule in conditions()]
    return frozenset().union(*named, *(one.members for one in classes().values()))


def known_name(name: str) -> str:
    """The tables' name for a medicine: an INN, or how one sounds; `name` itself where they have none."""
    return name if name in known_names() else _by_sound().get(skeleton(name), name)


@cache
def _by_sound() -> Mapping[str, str]:
    return {skeleton(name): name for name in sorted(known_names())}


@cache
def sources() -> Mapping[str, Source]:
    """Where a rule can be looked up."""
    return {
        name: Source(row["publisher"], row["title"], row.get("year"), row["url"])
        for name, row in _read("sources.toml").items()
    }


def sentence(effect: str, language: str, **names: str) -> str:
    """What can happen, in `language`; in English where there is no wording in it."""
    wordings = _effects()[effect]
    return str(wordings.get(primary(language)) or wordings["en"]).format_map(names)


@cache
def _effects() -> Mapping[str, Mapping[str, str]]:
    return _read("effects.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))
