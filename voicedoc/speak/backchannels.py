"""Whether somebody wants to speak, or only shows that they follow."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary

_FILE = Path(__file__).with_name("backchannels.toml")
MOST_WORDS = 4
"""Words. Whoever says more has something to say."""
_UNSPACED = frozenset({"zh"})


def has_words(text: str, language: str) -> bool:
    """Whether `text` holds words that take the floor: any, in a language without a list of those that do not.

    >>> has_words("Mm-hm. Sim.", "pt"), has_words("Sim, mas quando?", "pt"), has_words("...", "pt")
    (False, True, False)
    """
    words = _plain(text).split()
    if primary(language) in _UNSPACED:
        words = list("".join(words)) if not "".join(words).isascii() else words
    if not words:
        return False
    return len(words) > MOST_WORDS or not _covered(words, _backchannels(primary(language)), primary(language))


def _covered(words: list[str], known: frozenset[str], language: str) -> bool:
    """Whether `words` can be divided into entries of the list."""
    joint = "" if language in _UNSPACED else " "
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            reached |= {stop for stop in range(start + 1, len(words) + 1) if joint.join(words[start:stop]) in known}
    return len(words) in reached


def _plain(text: str) -> str:
    """Lower case, without marks but those inside words, and without Arabic's short vowels."""
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    text = re.sub("[\u064b-\u0652\u0640]", "", text)
    return " ".join(re.sub(r"[^\w\u0900-\u0963\u0966-\u097f'\- ]|_|(?<!\w)[-']|[-'](?!\w)", " ", text).split())


@cache
def _backchannels(language: str) -> frozenset[str]:
    entries = tomllib.loads(_FILE.read_text("utf-8")).get(language, [])
    return frozenset(_plain(entry) for entry in entries)


def languages() -> frozenset[str]:
    """The language subtags that have a list."""
    return frozenset(tomllib.loads(_FILE.read_text("utf-8")))
