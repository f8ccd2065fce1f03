"""Towns, villages, hospitals and schools. Countries stay: where somebody has travelled is clinical."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from voicedoc.deidentify.gazetteer import first_names, is_name, town_at
from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon
from voicedoc.deidentify.medicines import is_medicine
from voicedoc.deidentify.nations import countries, nations
from voicedoc.deidentify.tokens import Token, is_caseless

_LARGE = 200_000
"""Inhabitants from which a town is known without "in" before it."""

_LONGEST = 5


def find_places(
    text: str, tokens: list[Token], lexicon: Lexicon, *, asked: bool, addresses: Collection[int]
) -> Iterator[Identifier]:
    """Towns and institutions. `asked`: the text before asked for one; `addresses`: where streets and postcodes end."""
    caseless = is_caseless(text)
    place = 0
    while place < len(tokens):
        stop = max(
            _town(tokens, place, lexicon, caseless=caseless, asked=asked or _is_beside(tokens, place, addresses)),
            _institution(tokens, place, lexicon, caseless=caseless),
        )
        if stop > place:
            yield Identifier(tokens[place].start, tokens[stop - 1].end, "place")
        place = max(stop, place + 1)


def _is_beside(tokens: list[Token], place: int, addresses: Collection[int]) -> bool:
    """Whether a street or its number ends just before, or with up to two words ("Road in") between."""
    return any(tokens[near].end in addresses for near in range(max(0, place - 3), place))


def _town(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool, asked: bool) -> int:
    """Where the town that begins at `place` ends; `place` where there is none."""
    token = tokens[place]
    if not token.is_word or _is_no_place(tokens, place, lexicon) or _is_country(tokens, place, lexicon):
        return place
    if lexicon.phrases["titles"].before(tokens, place):
        return place
    cued = _follows("place_cues", tokens, place, lexicon) or asked
    listed = _listed(tokens, place, lexicon, caseless=caseless)
    if listed and (cued or _stands_alone(tokens, place, place + listed[0], listed[1], lexicon, caseless=caseless)):
        return place + listed[0]
    if caseless:
        return _unlisted_plain(tokens, place, lexicon) if _follows("home_cues", tokens, place, lexicon) else place
    stop = _unlisted(tokens, place, lexicon)
    return stop if cued or _is_reached(tokens, place, stop, lexicon) else place


def _is_reached(tokens: list[Token], place: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether words say that somebody is or went there: "from …", German "nach … gezogen"."""
    if stop < len(tokens) and tokens[stop].folded in lexicon.words["place_followers"]:
        return _follows("place_prepositions", tokens, place, lexicon)
    word = tokens[place].folded
    known = lexicon.is_word(word) or is_name(word) or is_medicine(word)
    return not known and not tokens[place].opens_sentence and _follows("sure_prepositions", tokens, place, lexicon)


def _is_no_place(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether it is a word that often follows "in": bed, May. Before another capital word it may be a town's."""
    goes_on = place + 1 < len(tokens) and tokens[place + 1].is_near and tokens[place + 1].is_capital
    return tokens[place].folded in lexicon.words["not_places"] and not (tokens[place].is_capital and goes_on)


def _follows(key: str, tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    return tokens[place].is_near and lexicon.phrases[key].before(tokens, place) > 0


def _is_country(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    known = countries(lexicon.language)
    names = (" ".join(token.folded for token in tokens[place : place + n]) for n in (1, 2, 3))
    return any(name in known for name in names) or tokens[place].folded in nations(lexicon.language)


def _listed(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> tuple[int, int] | None:
    """How many words the listed town has that begins here, and how many people it has."""
    words = []
    for near in range(place, min(len(tokens), place + _LONGEST)):
        if near > place and not tokens[near].is_near:
            break
        words.append(tokens[near].folded)
    found = town_at(words)
    if found is None:
        return None
    n_words, town = found
    capital = tokens[place].is_capital and tokens[place + n_words - 1].is_capital
    if not (capital or caseless) or (n_words == 1 and tokens[place].folded in lexicon.words["not_names"]):
        return None
    return n_words, town.population


def _stands_alone(
    tokens: list[Token], place: int, stop: int, population: int, lexicon: Lexicon, *, caseless: bool
) -> bool:
    """Whether a listed town is one without a strong cue: after "in", or large enough to be meant."""
    token = tokens[place]
    doubtful = stop == place + 1 and lexicon.is_word(token.folded)
    if caseless or doubtful:
        return False
    if _follows("place_prepositions", tokens, place, lexicon) and not token.opens_sentence:
        return True
    return population >= _LARGE and token.folded not in first_names() and (stop > place + 1 or not token.opens_sentence)


def _unlisted(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    """A town that no list has, after "I live in": capital words."""
    stop = place
    for near in range(place, min(len(tokens), place + _LONGEST)):
        token = tokens[near]
        if near > place and not token.is_near:
            break
        if token.is_word and token.is_capital and token.folded not in lexicon.words["not_names"]:
            stop = near + 1
        elif near == place or token.folded not in lexicon.words["joiners"]:
            break
    return stop


def _unlisted_plain(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    """A town that no list has, in text without capitals: up to three words that are no common ones."""
    stop = place
    while stop < min(len(tokens), place + 3) and tokens[stop].is_word and (stop == place or tokens[stop].is_near):
        if tokens[stop].folded in lexicon.words["not_names"] | lexicon.words["street_words_before"]:
            break
        stop += 1
    return stop


def _institution(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> int:
    """Where the name of a hospital or school ends that begins at `place`, its kind not included."""
    if lexicon.facility_name == "before":
        return _named_before(tokens, place, lexicon)
    if not lexicon.phrases["facilities"].before(tokens, place) or not tokens[place].is_near:
        return place
    saint = tokens[place].folded in lexicon.words["saints"] and place + 1 < len(tokens)
    if caseless:
        return place + 2 if saint else place
    stop = _unlisted(tokens, _past_joiners(tokens, place, lexicon), lexicon)
    return stop if stop > _past_joiners(tokens, place, lexicon) and _is_named(tokens, place, stop, lexicon) else place


def _past_joiners(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    while place + 1 < len(tokens) and tokens[place].folded in lexicon.words["joiners"]:
        place += 1
    return place


def _is_named(tokens: list[Token], place: int, stop: int, lexicon: Lexicon) -> bool:
    """A German noun after "Klinik" is not a name unless a list or a saint says so."""
    if lexicon.language != "de":
        return True
    first = tokens[place].folded
    return first in lexicon.words["saints"] or first in first_names() or town_at([first]) is not None


def _named_before(tokens: list[Token], place: int, lexicon: Lexicon) -> int:
    """English: "Saint Mary's Hospital", "Riverside Clinic"."""
    for stop in range(place + 1, min(len(tokens), place + _LONGEST) + 1):
        run = tokens[place:stop]
        if stop < len(tokens) and _is_facility(tokens, stop, lexicon):
            saint = run[0].folded in lexicon.words["saints"]
            capital = all(token.is_capital or token.folded in ("s", "of", "and") for token in run)
            opens = run[0].folded in lexicon.words["not_names"] or (run[0].opens_sentence and len(run) == 1)
            return stop if (saint or (capital and not opens)) and (saint or run[0].is_capital) else place
    return place


def _is_facility(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    return any(
        lexicon.phrases["facilities"].before(tokens, near) == near - place
        for near in (place + 1, place + 2)
        if near <= len(tokens)
    )
