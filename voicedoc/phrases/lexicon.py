"""The words of one language that decide whether two sentences agree, and how amounts are written in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.phrases.normal import normalised

_FOLDER = Path(__file__).with_name("lexicons")

WITHOUT_SPACES = frozenset({"zh"})

_MARKS = "\u0900-\u0963\u0610-\u061a\u064b-\u065f"
"""Vowel signs of Devanagari and Arabic, which Python does not count as word characters."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """`words` and `forms` are by unit; `forms` by CLDR plural category, with "half" for a half where there is one.

    `only_measured`: number words count only before a unit (they mean other things elsewhere), as `articles` do.
    `counted` are words that are an amount by themselves. `repeats` join the two sames of "de 8 em 8 horas".
    """

    language: str
    and_half: tuple[str, ...]
    halves: tuple[str, ...]
    ranges: tuple[str, ...]
    articles: frozenset[str]
    negations: tuple[str, ...]
    not_negations: tuple[str, ...]
    numbers: Mapping[str, Decimal]
    times: Mapping[str, Decimal]
    words: Mapping[str, str]
    forms: Mapping[str, Mapping[str, str]]
    contrasts: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    repeats: tuple[str, ...] = ()
    only_measured: bool = False

    @property
    def spaced(self) -> bool:
        """Whether words stand apart."""
        return self.language not in WITHOUT_SPACES

    def whole(self, pattern: str) -> str:
        """`pattern` where it is not part of a longer word."""
        if not self.spaced:
            return pattern
        return rf"(?<![\w{_MARKS}])(?:{pattern})(?![\w{_MARKS}])"


@cache
def languages() -> frozenset[str]:
    """The language subtags that there are phrases in."""
    return frozenset(path.stem for path in _FOLDER.glob("*.toml"))


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon for a BCP 47 tag.

    Raises:
        UnsupportedLanguage: If there is none.
    """
    subtag = primary(language)
    if subtag not in languages():
        raise UnsupportedLanguage(
            f"the phrase bank has nothing in '{language}'", remedy=f"it has {', '.join(sorted(languages()))}"
        )
    table = tomllib.loads((_FOLDER / f"{subtag}.toml").read_text("utf-8"))
    times = table["times"]
    return Lexicon(
        language=subtag,
        and_half=tuple(map(normalised, table["and_half"])),
        halves=tuple(map(normalised, table["halves"])),
        ranges=tuple(map(normalised, table["ranges"])),
        articles=frozenset(map(normalised, table["articles"])),
        negations=tuple(table["negations"]),
        not_negations=tuple(map(normalised, table["not_negations"])),
        numbers={normalised(word): Decimal(str(value)) for word, value in table["numbers"].items()},
        times={normalised(word): Decimal(value) for word, value in times["fixed"].items()},
        words=_words(table["words"] | {"time": times["words"]}),
        forms=table["forms"] | {"time": times["forms"] | times.get("exactly", {})},
        contrasts={name: tuple(map(normalised, words)) for name, words in table["contrasts"].items()},
        counted={normalised(word): next(iter(of.items())) for word, of in table.get("counted", {}).items()},
        repeats=tuple(table.get("repeats", ())),
        only_measured=table.get("only_measured", False),
    )


def _words(by_unit: Mapping[str, list[str]]) -> dict[str, str]:
    return {normalised(word): unit for unit, words in by_unit.items() for word in words}


def any_of(words: Mapping[str, object] | tuple[str, ...] | frozenset[str]) -> str:
    """A pattern for any of `words`, the longest first; one that never matches where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
