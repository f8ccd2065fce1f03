"""An alarm's rule: which signs together cannot wait, and what is then said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voicedoc.converse.complaints.pack import Level, Source
from voicedoc.converse.signs.sign import names
from voicedoc.errors import ConfigError
from voicedoc.phrases.bank import PhraseBank
from voicedoc.registry import did_you_mean

LEVELS: tuple[Level, ...] = ("emergency", "urgent", "soon")
"""The most urgent first. "emergency": call for help now; "urgent": to be seen today; "soon": within days."""

_RULES = Path(__file__).with_name("rules.toml")
_SAYS = Path(__file__).with_name("says.toml")


@dataclass(frozen=True, slots=True)
class Condition:
    """`every` sign is present, `at_least` so many of `some`, and none of `unless`."""

    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    at_least: int = 1
    unless: tuple[str, ...] = ()

    def met_by(self, present: frozenset[str]) -> tuple[str, ...]:
        """The present signs that meet it; none where it is not met."""
        found = tuple(sign for sign in self.some if sign in present)
        enough = len(found) >= self.at_least or not self.some
        if not enough or not present.issuperset(self.every) or not present.isdisjoint(self.unless):
            return ()
        return (*self.every, *found)


@dataclass(frozen=True, slots=True)
class Rule:
    """It holds where one of `when` is met. `reason` is for the clinician and `say` for the patient, by language subtag.

    `say` may have {emergency_number}.
    """

    id: str
    level: Level
    when: tuple[Condition, ...]
    reason: Mapping[str, str]
    say: Mapping[str, str]
    source: Source


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules that come with VoiceDoc, in the order of their file.

    Raises:
        ConfigError: If a rule names what does not exist.
    """
    table = tomllib.loads(_RULES.read_text("utf-8"))
    sources = {
        name: Source(one["publisher"], one["title"], one.get("year"), one["url"])
        for name, one in table["sources"].items()
    }
    return tuple(_rule(rule, sources) for rule in table["rules"])


@cache
def emergency_words() -> Mapping[str, str]:
    """ "the emergency number", by language subtag: what is said where no number is configured."""
    words: dict[str, str] = tomllib.loads(_SAYS.read_text("utf-8"))["emergency-number"]
    return words


def _rule(table: dict[str, Any], sources: Mapping[str, Source]) -> Rule:
    where = f"alarm '{table['id']}'"
    if table["level"] not in LEVELS:
        raise ConfigError(f"{where} has the level '{table['level']}'", remedy=f"use one of {', '.join(LEVELS)}")
    if table["source"] not in sources:
        raise ConfigError(f"{where} names the source '{table['source']}'", remedy="list it under [sources]")
    when = tuple(_condition(one, where) for one in table["when"])
    return Rule(table["id"], table["level"], when, table["reason"], _say(table["say"]), sources[table["source"]])


def _condition(table: dict[str, Any], where: str) -> Condition:
    every, some, unless = (tuple(table.get(key, ())) for key in ("all", "any", "unless"))
    for sign in (*every, *some, *unless):
        if sign not in names():
            raise ConfigError(f"{where} names the sign '{sign}'", remedy=did_you_mean(sign, list(names())))
    return Condition(every, some, table.get("at_least", 1), unless)


def _say(name: str) -> Mapping[str, str]:
    """A text of says.toml, or a phrase of the bank."""
    table: dict[str, Any] = tomllib.loads(_SAYS.read_text("utf-8"))["says"].get(name, {})
    if not table:
        raise ConfigError(f"an alarm says '{name}', which says.toml does not have")
    return PhraseBank.load().phrase(table["phrase"]).text if "phrase" in table else table
