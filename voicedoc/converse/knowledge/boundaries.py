"""Questions that get a fixed reply and no answer, recognised by rules; and all that is said in fixed words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from re import Pattern

from voicedoc.converse.knowledge.wording import flat, pattern
from voicedoc.core.languages import primary

ALARMING = ("self-harm", "overdose")
"""The boundaries that are emergencies."""


def boundary_of(question: str, language: str) -> str:
    """What the question asks for that is never answered: a name of `bounds.toml`; "" where it may be answered.

    English wordings count in every language, and so do those of the language: people mix them.
    """
    told = flat(question)
    for name, (wordings, exceptions) in _bounds().items():
        rest = exceptions.sub(" . ", told)
        if any(wordings[tag].search(rest) for tag in {primary(language), "en"} if tag in wordings):
            return name
    return ""


def text_of(name: str, language: str) -> str:
    """What is said in fixed words, in `language`; in English where nobody wrote it."""
    texts = _texts()[name]
    return texts.get(primary(language), texts["en"])


def languages() -> frozenset[str]:
    """The languages of the fixed words."""
    return frozenset(_texts()["unknown"])


@cache
def _bounds() -> dict[str, tuple[dict[str, Pattern[str]], Pattern[str]]]:
    table = tomllib.loads(Path(__file__).with_name("bounds.toml").read_text("utf-8"))
    return {
        name: ({tag: pattern(said) for tag, said in entry.items() if tag != "except"}, pattern(entry.get("except", [])))
        for name, entry in table.items()
    }


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return texts
