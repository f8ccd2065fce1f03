"""The clauses of a text in a live session: with a voice that starts slowly the first one is short."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from voicedoc.core.languages import primary
from voicedoc.speak.clauses import clauses
from voicedoc.speak.spoken.lexicon import lexicon_of
from voicedoc.speak.spoken.numbers import number_words

SLOW = 0.5
"""Seconds to a voice's first sound from which on a short first clause is worth a cut."""
LONGEST = 6
"""Words that a first clause may have before it is cut."""
_FEWEST, _LETTERS = 3, 10
"""Words and letters before the cut: less sounds odd, and ends before the rest is ready."""
_REST = 2
"""Words behind it, at least."""
_FILE = Path(__file__).with_name("openings.toml")
_MARKS = ".,;:!?¿¡\"'”’»)]("


class Part(NamedTuple):
    """A clause. `goes_on`: it does not end where the sentence does."""

    text: str
    goes_on: bool


def live_clauses(text: str, language: str, startup: float) -> Iterator[Part]:
    """Cut `text` into clauses for a voice that needs `startup` seconds to its first sound.

    Together they hold every character of it but white space.
    """
    for number, clause in enumerate(clauses(text)):
        cut = opening_cut(clause, language) if number == 0 and startup > SLOW else 0
        if cut:
            yield Part(clause[:cut].rstrip(), goes_on=True)
        yield Part(clause[cut:].lstrip(), goes_on=False)


def opening_cut(clause: str, language: str) -> int:
    """The first position in `clause` before a new phrase, away from any number; 0 where it is short or has none.

    >>> text = "Take this tablet with a glass of water"
    >>> text[: opening_cut(text, "en")]
    'Take this tablet '
    """
    words = clause.split()
    if len(words) <= LONGEST:
        return 0
    plain = [word.strip(_MARKS).casefold() for word in words]
    for number in range(_FEWEST, min(LONGEST, len(words) - _REST) + 1):
        if _opens(plain, number, primary(language)) and len("".join(words[:number])) >= _LETTERS:
            return _position(clause, words[:number])
    return 0


def _opens(words: list[str], number: int, language: str) -> bool:
    table = _openings().get(language, {})
    if words[number] not in table.get("before", ()) and words[number - 1] not in table.get("after", ()):
        return False
    if any(_is_number(word, language) for word in words[number - 1 : number + 1]):
        return False
    after = words[number + 1]
    return not _is_number(after, language) or after in _articles(language)


def _position(clause: str, words: list[str]) -> int:
    """Where the words that follow `words` begin."""
    position = 0
    for word in words:
        position = clause.index(word, position) + len(word)
    return position + len(clause[position:]) - len(clause[position:].lstrip())


def _is_number(word: str, language: str) -> bool:
    return any(map(str.isdigit, word)) or word in _number_words(language)


@cache
def _number_words(language: str) -> frozenset[str]:
    """The words of which the language's numbers up to a hundred are made, and thousand."""
    lexicon = lexicon_of(language)
    if lexicon is None:
        return frozenset()
    numbers = [number_words(str(number), lexicon) for number in (*range(101), 1000)]
    return frozenset(word.casefold() for number in numbers for word in number.replace("-", " ").split())


@cache
def _articles(language: str) -> frozenset[str]:
    """ "One", which is often an article."""
    lexicon = lexicon_of(language)
    return frozenset({number_words("1", lexicon).casefold()} if lexicon else ())


@cache
def _openings() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
