"""Everything in one text that may say who somebody is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from voicedoc.deidentify.contacts import find_contacts
from voicedoc.deidentify.dates import find_dates
from voicedoc.deidentify.identifier import Identifier, without_overlaps
from voicedoc.deidentify.lexicon import Lexicon, lexicon_of
from voicedoc.deidentify.names import find_names
from voicedoc.deidentify.numbers import find_ages, find_numbers
from voicedoc.deidentify.places import find_places
from voicedoc.deidentify.tokens import Token, is_caseless, tokenise


@dataclass(frozen=True, slots=True)
class Asked:
    """What the text before asked for: an answer needs no cue of its own."""

    name: bool = False
    date: bool = False
    place: bool = False
    number: bool = False

    @classmethod
    def by(cls, text: str, language: str) -> Asked:
        """What a text asks for."""
        tokens, asks = tokenise(text), lexicon_of(language).asks
        places = range(1, len(tokens) + 1)
        found = {kind: any(cues.before(tokens, place) for place in places) for kind, cues in asks.items()}
        return cls(**found)

    def __or__(self, other: Asked) -> Asked:
        return Asked(
            self.name or other.name, self.date or other.date, self.place or other.place, self.number or other.number
        )


NOTHING = Asked()

_ANSWER = 12
"""Words. Longer texts are more than the answer to a question for a name or a town."""


def find(text: str, language: str, asked: Asked = NOTHING) -> tuple[Identifier, ...]:
    """Identifiers by place, none overlapping another.

    Raises:
        UnsupportedLanguage: If the language is not one of `LANGUAGES`.
    """
    lexicon, tokens = lexicon_of(language), tokenise(text)
    contacts = list(find_contacts(text, tokens, lexicon))
    addresses = {one.end for one in contacts if one.kind in ("street", "number")}
    is_answer = len(tokens) <= _ANSWER
    found = [
        *contacts,
        *find_dates(text, tokens, lexicon),
        *find_ages(tokens, lexicon),
        *find_numbers(text, tokens, lexicon, asked=asked.number, asked_date=asked.date),
        *find_places(text, tokens, lexicon, asked=asked.place and is_answer, addresses=addresses),
        *find_names(text, tokens, lexicon, asked=asked.name and is_answer),
    ]
    return without_overlaps(one for one in found if not _is_kept(one, tokens, lexicon))


def _is_kept(one: Identifier, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether it is part of a phrase that names nobody: plaster of Paris."""
    kept, stops = lexicon.phrases["kept"], range(1, len(tokens) + 1)
    spans = [(tokens[stop - n].start, tokens[stop - 1].end) for stop in stops if (n := kept.before(tokens, stop))]
    return one.kind in ("name", "place") and any(start <= one.start and one.end <= end for start, end in spans)


def seen_again(text: str, language: str, names: Collection[str], places: Collection[str]) -> Iterator[Identifier]:
    """Words of `text` that were found to be a name or a place elsewhere (folded).

    Where capitals say something, only capital ones; else none that are words of the language too.
    """
    lexicon, caseless = lexicon_of(language), is_caseless(text)
    for token in tokenise(text):
        plain = caseless and not lexicon.is_word(token.folded)
        if not (plain or token.is_capital) or token.folded in lexicon.words["not_names"]:
            continue
        if token.is_capital and lexicon.is_word(token.folded) and (token.opens_sentence or lexicon.language == "de"):
            continue
        if token.folded in names:
            yield Identifier(token.start, token.end, "name")
        elif token.folded in places:
            yield Identifier(token.start, token.end, "place")
