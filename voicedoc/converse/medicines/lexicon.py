"""The words of one language around medicines, read from `lexicons/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard.lexicon import Lexicon, lexicon_of
from voicedoc.guard.phrases import Phrases

_FOLDER = Path(__file__).parent / "lexicons"

LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""Languages in which medicines are read; a regional tag counts as its language."""


class Mark(StrEnum):
    """What a word beside a medicine says about it."""

    TAKE = "take"
    STOP = "stop"
    AVOID = "avoid"
    MISS = "miss"
    REACT = "react"


@dataclass(frozen=True, slots=True)
class MedicineLexicon:
    """`marks` have a `Mark` for a value; `named` what is no INN, `conditions` what medicines may not suit.

    `mine` are words for who speaks, `others` for somebody else. What stands beside `excepting` is not denied, what
    follows `instead` is not taken. `guard` are the guard's words of the language.
    """

    guard: Lexicon
    marks: Phrases
    mine: Phrases
    others: Phrases
    excepting: Phrases
    instead: Phrases
    named: Phrases
    conditions: Phrases


@cache
def medicine_lexicon(language: str) -> MedicineLexicon:
    """The words of a language.

    Raises:
        UnsupportedLanguage: If there is no lexicon for it.
    """
    tag = primary(language)
    if tag not in LANGUAGES:
        raise UnsupportedLanguage(f"no words for medicines in '{language}'", remedy=f"it reads {', '.join(LANGUAGES)}")
    table = tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8"))
    guard = lexicon_of(tag)
    clitics = guard.prefixes
    return MedicineLexicon(
        guard=guard,
        marks=Phrases(_entries({mark.value: table[mark.value] for mark in Mark}), clitics),
        mine=Phrases(_entries({"mine": table["mine"]}), clitics),
        others=Phrases(_entries({"others": table["others"]}), clitics),
        excepting=Phrases(_entries({"except": table["except"]}), clitics),
        instead=Phrases(_entries({"instead": table["instead"]}), clitics),
        named=Phrases(_entries(table["names"]), clitics),
        conditions=Phrases(_entries(table["conditions"]), clitics),
    )


def _entries(table: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(form, name) for name, forms in table.items() for form in forms]
