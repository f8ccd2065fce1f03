"""What the interviewer says and reads in each language beside the packs' questions: `languages/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from voicedoc.converse.complaints.pack import Expects, Option, Question, Slot
from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage

_FOLDER = Path(__file__).with_name("languages")

LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""What an interview can be held in, and a history written in."""

GENERAL = "general"
"""What the ids of the questions begin with that are asked where no pack fits."""

BLEEDING = f"{GENERAL}.bleeding"

CHECK = "check"
"""What the ids of the questions begin with that read back what was told."""

_CHECKED = (Slot.DRUGS, Slot.ALLERGIES)

_GENERAL: tuple[tuple[str, Slot, Expects], ...] = (
    ("onset", Slot.ONSET, "duration"),
    ("site", Slot.SITE, "place"),
    ("character", Slot.CHARACTER, "text"),
    ("severity", Slot.SEVERITY, "scale"),
    ("course", Slot.COURSE, "choice"),
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. `say` are whole sentences, `hint` says how a kind of question can be answered.

    `heard` are phrases by what they mean as an answer or a request; `history` and `slots` what a history calls things,
    `signs` those that are wider than every question about them, where they were told unasked; `ordinals`
    "third" and so on, by number.
    """

    say: Mapping[str, str]
    hint: Mapping[str, str]
    heard: Mapping[str, tuple[str, ...]]
    history: Mapping[str, str]
    slots: Mapping[str, str]
    signs: Mapping[str, str]
    ordinals: Mapping[str, tuple[str, ...]]


def texts(language: str) -> Texts:
    """The texts in a language (a BCP 47 tag).

    Raises:
        UnsupportedLanguage: If there are none.
    """
    if primary(language) not in LANGUAGES:
        raise UnsupportedLanguage(
            f"there are no questions in '{language}'", remedy=f"interviews are in {', '.join(LANGUAGES)}"
        )
    return _texts(primary(language))


@cache
def general_questions() -> tuple[Question, ...]:
    """What is asked of a complaint that no pack is about: onset, site, character, severity, course."""
    return tuple(_question(name, slot, expects) for name, slot, expects in _GENERAL)


@cache
def checks() -> tuple[Question, ...]:
    """What was told of medicines and of allergies, read back: "{things}" stands for it."""
    return tuple(
        Question(f"{CHECK}.{slot}", slot, "yes-no", _in_all(CHECK, slot), _in_all(f"{CHECK}_label", slot), must=True)
        for slot in _CHECKED
    )


@cache
def bleeding() -> Question:
    """Whether somebody bleeds heavily, from anywhere: no pack asks it so."""
    return replace(_question("bleeding", Slot.ASSOCIATED, "yes-no"), sign="bleeding-heavy")


def _question(name: str, slot: Slot, expects: Expects) -> Question:
    text, label = _in_all("ask", name), _in_all("label", name)
    options = _courses() if expects == "choice" else ()
    return Question(f"{GENERAL}.{name}", slot, expects, text, label, must=True, options=options)


def _courses() -> tuple[Option, ...]:
    names = _table("en")["course"]
    return tuple(
        Option(name, {language: tuple(_table(language)["course"][name]) for language in LANGUAGES}) for name in names
    )


def _in_all(section: str, name: str) -> Mapping[str, str]:
    return {language: _table(language)[section][name] for language in LANGUAGES}


@cache
def _texts(language: str) -> Texts:
    table = _table(language)
    heard = _lists(table["heard"])
    return Texts(
        table["say"], table["hint"], heard, table["history"], table["slots"], table["signs"], _lists(table["ordinals"])
    )


def _lists(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(phrases) for name, phrases in table.items()}


@cache
def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
