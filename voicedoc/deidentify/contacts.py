"""E-mail and web addresses, as written and as said ("maria at example dot org"), and streets with house numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon
from voicedoc.deidentify.spoken import number_at
from voicedoc.deidentify.tokens import Token, fold

_EMAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)\S+[^\s.,;:!?)]|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|pt|br|es|fr|de|it|uk|eu|io|me)(?:/\S*)?\b",
    re.I,
)
_ENDINGS = frozenset(["com", "org", "net", "edu", "gov", "pt", "br", "es", "fr", "de", "it", "uk", "eu", "co"])
_STREET_REACH = 4


def find_contacts(text: str, tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """E-mail addresses, web addresses, streets, house numbers."""
    for match in _EMAIL.finditer(text):
        yield Identifier(match.start(), match.end(), "email")
    for match in _URL.finditer(text):
        yield Identifier(match.start(), match.end(), "url")
    yield from _spoken_addresses(tokens, lexicon)
    yield from _streets_before(tokens, lexicon)
    yield from _streets_after(tokens, lexicon)
    yield from _compound_streets(tokens, lexicon)


def _spoken_addresses(tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """ "maria dot silva at example dot org": ends with a dot and an ending; with "at" it is an e-mail address."""
    dots, ats = lexicon.words["dot_words"], lexicon.words["at_words"]
    for place, token in enumerate(tokens):
        if token.folded not in _ENDINGS or place < 2 or tokens[place - 1].folded not in dots:
            continue
        first = place - 2
        while first >= 2 and tokens[first - 1].folded in dots | ats:
            first -= 2
        if any(one.folded in ats for one in tokens[first:place]):
            yield Identifier(tokens[first].start, token.end, "email")
        elif len(token.folded) == 3:  # "mi punto de vista" is no address
            yield Identifier(tokens[first].start, token.end, "url")


def _streets_before(tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """Streets whose kind comes first: "Rua das Flores, 123", "12 rue de la Paix"."""
    for place, token in enumerate(tokens):
        if token.folded not in lexicon.words["street_words_before"] or place + 1 == len(tokens):
            continue
        stop = _name_stop(tokens, place + 1, lexicon)
        if any(not _links(one, lexicon) for one in tokens[place + 1 : stop]):
            first = next((n for n in range(place + 1, stop - 1) if not _links(tokens[n], lexicon)), stop - 1)
            yield Identifier(tokens[first].start, tokens[stop - 1].end, "street")
            yield from _house_after(tokens, stop, lexicon)
            yield from _house_before(tokens, place, lexicon)


def _name_stop(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    """Where a street's name that begins at `place` ends: after its last capital word, joiners between them allowed."""
    stop = place
    for near in range(place, min(len(tokens), place + 6)):
        token = tokens[near]
        if near > place and not token.is_near:
            break
        if token.is_word and token.is_capital:
            stop = near + 1
        elif not _links(token, lexicon):
            break
    if stop == place and (
        _house_follows(tokens, place, lexicon) or any(True for _ in _house_before(tokens, place - 1, lexicon))
    ):
        return _lower_stop(tokens, place, lexicon)
    return stop


def _links(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.folded in lexicon.words["joiners"]
        or token.folded in lexicon.words["date_links"]
        or token.folded in ("das", "des", "l", "las", "dei")
    )


def _house_follows(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    return any(
        number_at(tokens, near, lexicon) for near in range(place + 1, min(len(tokens), place + _STREET_REACH + 1))
    )


def _lower_stop(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    """A street in text without capitals: up to its number, or up to a word that no street's name has."""
    for near in range(place, min(len(tokens), place + _STREET_REACH)):
        token = tokens[near]
        stops = token.folded in lexicon.words["not_names"] and not _links(token, lexicon)
        if stops or number_at(tokens, near, lexicon) or token.folded in lexicon.words["house_cues"]:
            return near
    return min(len(tokens), place + _STREET_REACH - 1)


def _streets_after(tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """Streets whose kind comes last: "12 Baker Street", "twelve baker street"."""
    for place, token in enumerate(tokens):
        if token.folded not in lexicon.words["street_words_after"] or place == 0:
            continue
        first = place
        while first and place - first < 3 and tokens[first].is_near and _names_street(tokens, first - 1, lexicon):
            first -= 1
        has_house = first > 0 and number_at(tokens, first - 1, lexicon) is not None and tokens[first].is_near
        if first < place and (has_house or (token.is_capital and all(one.is_capital for one in tokens[first:place]))):
            yield Identifier(tokens[first].start, tokens[place - 1].end, "street")
            yield from _house_before(tokens, first, lexicon)
            yield from _house_after(tokens, place + 1, lexicon)


def _names_street(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    known = lexicon.words["not_names"] | lexicon.words["units"]
    return tokens[place].folded not in known and number_at(tokens, place, lexicon) is None


def _compound_streets(tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """German streets in one word: "Lindenstraße 12"; in lower case where a number follows."""
    kinds = tuple(fold(kind) for kind in lexicon.words["street_words_after"] if lexicon.language == "de")
    for place, token in enumerate(tokens):
        if not kinds or not token.folded.endswith(kinds) or token.folded in kinds or len(token.text) < 7:
            continue
        has_house = place + 1 < len(tokens) and number_at(tokens, place + 1, lexicon) is not None
        if has_house or (token.is_capital and token.folded.endswith(("strasse", "gasse", "allee", "chaussee"))):
            yield Identifier(token.start, token.end, "street")
            yield from _house_after(tokens, place + 1, lexicon)


def _house_after(tokens: list[Token], place: int, lexicon: Lexicon) -> Iterator[Identifier]:
    while place < len(tokens) and tokens[place].folded in lexicon.words["house_cues"]:
        place += 1
    number = number_at(tokens, place, lexicon) if place < len(tokens) else None
    if number:
        yield Identifier(tokens[place].start, tokens[place + number.n_tokens - 1].end, "number")


def _house_before(tokens: list[Token], place: int, lexicon: Lexicon) -> Iterator[Identifier]:
    """The number just before a street, of up to three tokens."""
    for first in range(max(0, place - 3), place):
        number = number_at(tokens, first, lexicon)
        if number and first + number.n_tokens == place:
            yield Identifier(tokens[first].start, tokens[place - 1].end, "number")
            return
