"""The cues of one language, read from `<language>.toml` beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns over text that `plain` has made. `sections` are by section name."""

    answers: re.Pattern[str]
    opening: re.Pattern[str]
    sections: dict[str, re.Pattern[str]]

    def found(self, section: str, text: str) -> frozenset[str]:
        """The different words and phrases of `text` that are cues of `section`."""
        return frozenset(self.sections[section].findall(plain(text)))

    def is_answer(self, text: str) -> bool:
        """Whether `text` begins by affirming or denying."""
        return self.answers.match(plain(text)) is not None

    def opens(self, text: str) -> bool:
        """Whether `text` asks why somebody has come."""
        return self.opening.search(plain(text)) is not None


def plain(text: str) -> str:
    """Lower case, with one kind of apostrophe and single spaces."""
    return " ".join(text.casefold().replace("’", "'").split())


def languages() -> list[str]:
    """The languages that have cues."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def lexicon_of(language: str) -> Lexicon | None:
    """The cues of a BCP 47 tag's language; None where there are none."""
    return _read(primary(language)) if primary(language) in languages() else None


@cache
def _read(language: str) -> Lexicon:
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return Lexicon(
        answers=re.compile(r"\W*" + _any([*table["yes"], *table["no"]])),
        opening=re.compile(_any(table["opening"])),
        sections={name: re.compile(_any(cues)) for name, cues in table["sections"].items()},
    )


def _any(cues: Iterable[str]) -> str:
    """One pattern for all cues, the longest first. "*" is the rest of a word, or alone a word."""
    patterns = sorted((re.escape(plain(cue)).replace(r"\*", r"[\w-]*") for cue in cues), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"
