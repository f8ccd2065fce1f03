"""The one matcher: phrases of one or more words, each with a value, the longest of which is found at a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicedoc.guard.tokens import Token, tokenise

_LONGEST_PART = 24


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first` to `stop` say `value`. A `lenient` one may match on the other side but is not missed there.

    `tail` is the token of its last word where that stands apart, else -1.
    """

    first: int
    stop: int
    value: str
    lenient: bool = False
    tail: int = -1


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    value: str
    lenient: bool
    tail: str = ""  # a word later in the clause: "setzen Sie … ab"

    @property
    def length(self) -> int:
        return len(self.words) + bool(self.tail)


class Phrases:
    """Phrases, each with a value. A form may be "brust*", "*schmerzen" (parts of words) and end in "~" (lenient).

    "setzen Sie … ab" has its last word later in the clause, at most `gap` tokens on.

    `prefixes` are clitics that may stand before a word without a space.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], prefixes: Iterable[str] = (), *, gap: int = 8) -> None:
        self._gap = gap
        self._by_word: dict[str, list[_Form]] = {}
        self._by_beginning: dict[str, list[_Form]] = {}
        self._by_end: dict[str, list[_Form]] = {}
        self._prefixes = tuple(sorted(prefixes, key=len, reverse=True))
        for surface, value in entries:
            self._add(surface, value)
        for table in (self._by_word, self._by_beginning, self._by_end):
            for forms in table.values():
                forms.sort(key=lambda form: -form.length)

    def _add(self, surface: str, value: str) -> None:
        lenient = surface.endswith("~")
        bare = surface.rstrip("~")
        table = self._by_beginning if bare.endswith("*") else self._by_end if bare.startswith("*") else self._by_word
        bare, _, tail = bare.partition(" … ")
        tokens = tokenise(bare.strip("*"))
        for spelled in {tuple(token.text for token in tokens), tuple(token.plain for token in tokens)} - {()}:
            table.setdefault(spelled[0], []).append(_Form(spelled, value, lenient, tail))

    def at(self, tokens: list[Token], first: int) -> Match | None:
        """The longest phrase that begins at a token."""
        return next(self.all_at(tokens, first), None)

    def all_at(self, tokens: list[Token], first: int) -> Iterator[Match]:
        """Every phrase that begins at a token, the longest first."""
        token = tokens[first]
        forms = [form for key in self._keys(token) for form in self._by_word.get(key, ())]
        if token.kind == "word":
            forms += self._parts(token)
        forms.sort(key=lambda form: -form.length)
        for form in forms:
            agree = all(self._agrees(tokens, first + place, form.words[place]) for place in range(1, len(form.words)))
            stop = first + len(form.words)
            tail = _tail(tokens[stop : stop + self._gap], form.tail) if agree and form.tail else None
            if agree and (not form.tail or tail is not None):
                yield Match(first, stop, form.value, form.lenient, -1 if tail is None else stop + tail)

    def _agrees(self, tokens: list[Token], at: int, word: str) -> bool:
        return at < len(tokens) and (word in (tokens[at].text, tokens[at].plain) or word in self._keys(tokens[at]))

    def _keys(self, token: Token) -> list[str]:
        keys = [token.text] if token.text == token.plain else [token.text, token.plain]
        for prefix in self._prefixes:
            if token.plain.startswith(prefix) and len(token.plain) > len(prefix) + 1:
                keys.append(token.plain[len(prefix) :])
        return keys

    def _parts(self, token: Token) -> list[_Form]:
        if not (self._by_beginning or self._by_end):
            return []
        forms: list[_Form] = []
        for word in self._keys(token):
            for length in range(min(len(word), _LONGEST_PART), 1, -1):
                forms += self._by_beginning.get(word[:length], ())
                if length < len(word):
                    forms += self._by_end.get(word[len(word) - length :], ())
        return forms


def _tail(following: list[Token], word: str) -> int | None:
    """Where `word` stands among the tokens that follow in the same clause."""
    for place, token in enumerate(following):
        if token.ends_clause:
            return None
        if token.text == word:
            return place
    return None
