"""The words of a text, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*|\d+")
_SENTENCE_END = re.compile(r"[.!?…:;¿¡\n–—\"“”«»]")


@cache
def fold(text: str) -> str:
    """Lower case without accents: "João" and "joao" are one.

    >>> fold("João"), fold("Weiß")
    ('joao', 'weiss')
    """
    marks_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in marks_apart if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a row of digits. `gap` is what stands before it, up to the last token; `folded` is as `fold` has it."""

    text: str
    start: int
    end: int
    gap: str
    folded: str

    @property
    def is_word(self) -> bool:
        return not self.text[0].isdecimal()

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are: "Maria", "McKay", "J"; not "MRI"."""
        shouted = len(self.text) > 1 and self.text.isupper()
        return self.text[0].isupper() and not shouted

    @property
    def opens_sentence(self) -> bool:
        """Whether any word would be capital here."""
        return self.start == len(self.gap) or bool(_SENTENCE_END.search(self.gap))

    @property
    def is_near(self) -> bool:
        """Whether it goes on where the token before ended: only space, an apostrophe or an initial's dot between."""
        return self.gap.strip() in ("", ".", "'", "’")


def tokenise(text: str) -> list[Token]:
    """Words and rows of digits. Apostrophes divide ("d'Angelo" is two), hyphens do not."""
    tokens, last = [], 0
    for match in _TOKEN.finditer(text):
        tokens.append(Token(match[0], match.start(), match.end(), text[last : match.start()], fold(match[0])))
        last = match.end()
    return tokens


def is_caseless(text: str) -> bool:
    """Whether capitals say nothing here: there are none, or nothing else."""
    letters = [char for char in text if char.isalpha()]
    return not any(map(str.isupper, letters)) or not any(map(str.islower, letters))


class Phrases:
    """Phrases of one or more words; finds those that end where a token begins."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(token.folded for token in tokenise(phrase)) or (phrase,)
            self._by_last.setdefault(words[-1], []).append(words)
        for candidates in self._by_last.values():
            candidates.sort(key=len, reverse=True)

    def __contains__(self, word: str) -> bool:
        return (word,) in self._by_last.get(word, ())

    def before(self, tokens: list[Token], place: int) -> int:
        """How many tokens the longest phrase has that ends just before `place`; 0 where there is none."""
        if place == 0:
            return 0
        for words in self._by_last.get(tokens[place - 1].folded, ()):
            first = place - len(words)
            if first >= 0 and tuple(token.folded for token in tokens[first:place]) == words:
                return len(words)
        return 0

    def within(self, tokens: list[Token], place: int, reach: int) -> bool:
        """Whether one of the phrases ends at most `reach` tokens before `place`."""
        return any(self.before(tokens, near) for near in range(place, max(0, place - reach - 1), -1))
