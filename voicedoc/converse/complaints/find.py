"""Which complaints a patient's own words are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voicedoc.converse.complaints.pack import Pack
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.languages import primary
from voicedoc.guard.lexicon import lexicon_of, supported
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import Token, tokenise

_BETWEEN = 3
"""Other words that may stand between two words of a complaint: "my chest really does hurt"."""

_ANY_ENDING = "*"


def likeliest(packs: Sequence[Pack], text: str, language: str, signs: Sequence[Sign]) -> tuple[Pack, ...]:
    """The packs that `text` or `signs` speak of, likeliest first; among equals, what is said first.

    Words that are a part of a likelier pack's are no complaint of their own: the fever of "my child has a fever".
    """
    heard = _Heard.read(text, language)
    found = [(likeness, pack) for pack in packs if (likeness := _likeness(pack, heard, signs)).weight]
    found.sort(key=lambda one: one[0].rank, reverse=True)
    kept: list[tuple[_Likeness, Pack]] = []
    for likeness, pack in found:
        if not any(likeness.words and likeness.words < better.words for better, _ in kept):
            kept.append((likeness, pack))
    return tuple(pack for _, pack in kept)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """`weight` counts words and signs: the more, the likelier. `start` and `words` are where they are said."""

    weight: float
    start: int
    words: frozenset[int]

    @property
    def rank(self) -> tuple[float, int]:
        return self.weight, -self.start


@dataclass(frozen=True, slots=True)
class _Heard:
    """A text's words, which of them are denied, and what may stand before a word without a space ("ال")."""

    language: str
    tokens: Sequence[Token]
    denied: frozenset[int]
    prefixes: tuple[str, ...]

    @classmethod
    def read(cls, text: str, language: str) -> _Heard:
        """Where the rules do not know the language, nothing counts as denied."""
        tokens = tokenise(text)
        if not supported(language):
            return cls(primary(language), tokens, frozenset(), ())
        lexicon = lexicon_of(language)
        marks = enumerate(polarities(tokens, lexicon))
        denied = frozenset(at for at, polarity in marks if polarity is Polarity.DENIED)
        return cls(primary(language), tokens, denied, lexicon.prefixes)

    def is_at(self, at: int, word: str) -> bool:
        """Whether this word stands there, with or without a prefix; "голов*" with any ending."""
        said = self.tokens[at].plain
        forms = (said, *(said.removeprefix(prefix) for prefix in self.prefixes))
        stem = word.removesuffix(_ANY_ENDING)
        return any(form == word or (stem != word and form.startswith(stem)) for form in forms)

    def within(self, sign: Sign) -> Iterator[int]:
        """The places of a sign's words."""
        return (at for at, token in enumerate(self.tokens) if token.start < sign.end and sign.start < token.end)

    def nearby(self, at: int) -> Iterator[int]:
        """The places from `at` on, to the end of the sentence and not too far."""
        for place in range(at, min(at + _BETWEEN + 1, len(self.tokens))):
            if self.tokens[place].ends_sentence:
                return
            yield place


def _likeness(pack: Pack, heard: _Heard, signs: Sequence[Sign]) -> _Likeness:
    told = [sign for sign in signs if sign.present and sign.name in pack.signs]
    said = [places for words in pack.said.get(heard.language, ()) for places in _said(heard, words)]
    n_words = max((len(places) for places in said), default=0)
    by_signs = sum(1.0 / (1 + pack.signs.index(name)) for name in {sign.name for sign in told})
    starts = [*(sign.start for sign in told), *(heard.tokens[places[0]].start for places in said)]
    words = {at for places in said for at in places} | {at for sign in told for at in heard.within(sign)}
    return _Likeness(n_words + by_signs, min(starts, default=0), frozenset(words))


def _said(heard: _Heard, words: str) -> Iterator[tuple[int, ...]]:
    """Where an entry's words are said in this order and near each other, and not denied."""
    entry = _entry(words, heard.language)
    for first in range(len(heard.tokens)):
        places = _places(heard, first, entry.words)
        if places and (entry.denies or heard.denied.isdisjoint(places)):
            yield places


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words of a complaint, without accents. One that `denies` by itself may be denied: "cannot breathe"."""

    words: tuple[str, ...]
    denies: bool


@cache
def _entry(words: str, language: str) -> _Entry:
    heard = _Heard.read(words, language)
    tokens = [token for token in heard.tokens if token.text != _ANY_ENDING]
    stems = (token.plain + _ANY_ENDING * words.startswith(_ANY_ENDING, token.end) for token in tokens)
    return _Entry(tuple(stems), bool(heard.denied))


def _places(heard: _Heard, first: int, words: Sequence[str]) -> tuple[int, ...]:
    """The places of `words`, the first of them at `first`; none where one is missing."""
    places: list[int] = []
    for word in words:
        nearby = heard.nearby(places[-1] + 1) if places else iter((first,))
        place = next((at for at in nearby if heard.is_at(at, word)), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)
