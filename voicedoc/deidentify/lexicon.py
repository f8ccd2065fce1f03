"""What is known of one language: cues, words that only look like names, how it says numbers and dates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voicedoc.core.languages import primary
from voicedoc.deidentify.tokens import Phrases, fold
from voicedoc.errors import UnsupportedLanguage

LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
"""What is supported; a regional tag ("pt-BR") counts as its language."""

_FOLDER = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, folded. `phrases` and `words` are the lists of its TOML file by their keys."""

    language: str
    locale: str
    locales: dict[str, str]
    phrases: dict[str, Phrases]
    words: dict[str, frozenset[str]]
    asks: dict[str, Phrases]
    digit_words: dict[str, int]
    repeat_words: dict[str, int]
    facility_name: str

    def locale_of(self, tag: str) -> str:
        """Faker's locale for a BCP 47 tag of this language."""
        _, _, region = tag.replace("_", "-").partition("-")
        return self.locales.get(region.upper(), self.locale)

    def is_word(self, word: str) -> bool:
        """Whether a folded word is more often a word than a name."""
        return any(word in self.words[key] for key in ("not_names", "also_words", "eponyms", "medicines"))


def lexicon_of(language: str) -> Lexicon:
    """What is known of a language.

    Raises:
        UnsupportedLanguage: If nothing is.
    """
    if primary(language) not in LANGUAGES:
        raise UnsupportedLanguage(
            f"names and places cannot be found in '{language}'", remedy=f"supported: {', '.join(LANGUAGES)}"
        )
    return _read(primary(language))


@cache
def _read(language: str) -> Lexicon:
    table = _table(language) | _table("shared")
    lists = {key: value for key, value in table.items() if isinstance(value, list)}
    return Lexicon(
        language=language,
        locale=table["locale"],
        locales=table["locales"],
        phrases={key: Phrases(value) for key, value in lists.items()},
        words={key: frozenset(map(fold, value)) for key, value in lists.items()},
        asks={key: Phrases(value) for key, value in table["asks"].items()},
        digit_words={fold(word): value for word, value in table["digit_words"].items()},
        repeat_words={fold(word): value for word, value in table["repeat_words"].items()},
        facility_name=table["facility_name"],
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
