"""Names of people: after a cue or a title, from lists, and those that were found elsewhere in the transcript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from voicedoc.deidentify.gazetteer import first_names, is_name, is_usual, last_names, own_first_names
from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon
from voicedoc.deidentify.medicines import is_medicine
from voicedoc.deidentify.nations import nations
from voicedoc.deidentify.spoken import number_at
from voicedoc.deidentify.tokens import Token, is_caseless

_SPELLED = re.compile(
    r"(?<![\w-])[A-Za-zÀ-ÿ](?:-[A-Za-zÀ-ÿ]){3,}(?![\w-])|(?<![\w-])[A-ZÀ-Ý](?:[ ,.]{1,2}[A-ZÀ-Ý]){3,}(?![\w-])"
)
_NAME_ALONE = 4
"""Words. So short an answer is nothing but the name."""

_LONGEST = 5
"""Words of a name, with those that join them."""


def find_names(text: str, tokens: list[Token], lexicon: Lexicon, *, asked: bool) -> Iterator[Identifier]:
    """Each word of a name as an `Identifier` of its own. `asked`: the text before asked who somebody is."""
    caseless = is_caseless(text)
    for match in _SPELLED.finditer(text):
        yield Identifier(match.start(), match.end(), "name")
    for place in range(len(tokens)):
        for token in _names_at(tokens, place, lexicon, caseless=caseless, asked=asked):
            yield Identifier(token.start, token.end, "name")


def _names_at(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool, asked: bool) -> list[Token]:
    """The words of the name that begins at `place`; none where there is no name."""
    token = tokens[place]
    if not token.is_word or token.folded in lexicon.words["not_names"]:
        return []
    if _follows(("name_cues", "titles"), tokens, place, lexicon):
        return _after_cue(tokens, place, lexicon, caseless=caseless)
    if _follows(("greetings", "kin"), tokens, place, lexicon):
        return _after_greeting(tokens, place, lexicon, caseless=caseless)
    if _follows(("weak_name_cues",), tokens, place, lexicon):
        return _after_weak_cue(tokens, place, lexicon, caseless=caseless)
    if asked and (found := _answer(tokens, place, lexicon, caseless=caseless)):
        return found
    return _from_lists(tokens, place, lexicon, caseless=caseless)


def _follows(keys: tuple[str, ...], tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether one of several cues stands just before, with at most a comma between. "M. Petit" needs its dot."""
    gap = tokens[place].gap.strip()
    if not place or gap not in ("", ",", ".", ":", "'", "’", "-", "“", '"', ', "', ": “"):
        return False
    if len(tokens[place - 1].text) == 1 and gap != ".":
        keys = tuple(key for key in keys if key != "titles")
    return any(lexicon.phrases[key].before(tokens, place) for key in keys)


def _after_cue(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> list[Token]:
    """After "my name is" or "Dr": capital words; in text without capitals, up to three that are no common words."""
    if caseless or not tokens[place].is_capital:
        run = _run(tokens, place, lexicon, lambda token: token.folded not in lexicon.words["not_names"], longest=3)
        return (
            run if caseless else [token for token in run if is_name(token.folded) and not lexicon.is_word(token.folded)]
        )
    return _capital_run(tokens, place, lexicon)


def _may_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capital word may be part of a name: no common word, no number, no medicine."""
    if token.folded in lexicon.words["not_names"] or not token.is_capital:
        return False
    return is_name(token.folded) or not (is_medicine(token.folded) or number_at([token], 0, lexicon))


def _capital_run(tokens: list[Token], place: int, lexicon: Lexicon) -> list[Token]:
    return _run(tokens, place, lexicon, lambda token: _may_name(token, lexicon))


def _after_greeting(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> list[Token]:
    """After "hello" or "my brother": a capital word; without capitals a name, or after a greeting any rare word."""
    token = tokens[place]
    if not caseless:
        opens = token.opens_sentence and not (is_name(token.folded) and not lexicon.is_word(token.folded))
        return (
            []
            if opens or not token.is_capital or _is_no_person(token.folded, lexicon)
            else _capital_run(tokens, place, lexicon)
        )
    greeted = _follows(("greetings",), tokens, place, lexicon) and not lexicon.is_word(token.folded)
    return _listed_run(tokens, place, lexicon) or ([token] if greeted else [])


def _after_weak_cue(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> list[Token]:
    """After "I'm" or "with": a capital word where nouns are not capital, else one from a list."""
    token = tokens[place]
    listed = is_name(token.folded) and not lexicon.is_word(token.folded)
    if caseless:
        return _listed_run(tokens, place, lexicon) if listed else []
    if not token.is_capital or _is_no_person(token.folded, lexicon):
        return []
    if not listed and (lexicon.language == "de" or token.opens_sentence) and not _pair(tokens, place, lexicon):
        return []
    return _capital_run(tokens, place, lexicon)


def _pair(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether two capital words follow each other, neither of which is known as a word."""
    run = _capital_run(tokens, place, lexicon)
    return len(run) > 1 and not any(lexicon.is_word(token.folded) or len(token.text) == 1 for token in run)


def _stands_out(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether capital words here are likely a name: in mid-sentence, or with an age after them."""
    stop = place + len(_capital_run(tokens, place, lexicon))
    aged = stop < len(tokens) and "," in tokens[stop].gap and (age := number_at(tokens, stop, lexicon)) is not None
    if aged and age and any(token.folded in lexicon.words["age_units"] for token in tokens[stop : stop + 4]):
        return True
    return lexicon.language != "de" and not tokens[place].opens_sentence


def _is_no_person(word: str, lexicon: Lexicon) -> bool:
    """Whether a capital word is a disease, a medicine, a people or a language."""
    nation = word in nations(lexicon.language) and word not in first_names()
    return nation or word in lexicon.words["eponyms"] or word in lexicon.words["medicines"]


def _answer(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> list[Token]:
    """The answer to "what is your name?": capital words, or a list's."""
    if caseless:
        return _listed_run(tokens, place, lexicon)
    token, listed = tokens[place], is_name(tokens[place].folded) and not lexicon.is_word(tokens[place].folded)
    starts = token.opens_sentence and not listed and len(tokens) > _NAME_ALONE
    return _capital_run(tokens, place, lexicon) if token.is_capital and not starts else []


def _from_lists(tokens: list[Token], place: int, lexicon: Lexicon, *, caseless: bool) -> list[Token]:
    """A word of the lists of names. Without capitals only one that is usual in this language, or two in a row."""
    token = tokens[place]
    if caseless:
        run = _listed_run(tokens, place, lexicon)
        return run if len(run) > 1 or token.folded in own_first_names(lexicon.language) else []
    if not token.is_capital or _is_no_person(token.folded, lexicon):
        return []
    if not is_name(token.folded):
        is_pair = _pair(tokens, place, lexicon) and _stands_out(tokens, place, lexicon)
        return _capital_run(tokens, place, lexicon) if is_pair else []
    run = _capital_run(tokens, place, lexicon)
    common = lexicon.is_word(token.folded) and (token.opens_sentence or lexicon.language == "de")
    doubtful = common or (token.opens_sentence and not is_usual(token.folded, lexicon.language))
    if doubtful and not (len(run) > 1 and run[1].folded in last_names() and not lexicon.is_word(run[1].folded)):
        return []
    return run if len(run) > 1 and not _nouns(run, lexicon) else [token]


def _nouns(run: list[Token], lexicon: Lexicon) -> bool:
    """Whether what follows a listed word may be a German noun."""
    return lexicon.language == "de" and not all(is_name(token.folded) for token in run)


def _listed_run(tokens: list[Token], place: int, lexicon: Lexicon) -> list[Token]:
    return _run(tokens, place, lexicon, lambda token: _is_usual(token, lexicon))


def _is_usual(token: Token, lexicon: Lexicon) -> bool:
    parts = token.folded.split("-")
    return not lexicon.is_word(token.folded) and any(is_usual(part, lexicon.language) for part in parts)


def _run(
    tokens: list[Token], place: int, lexicon: Lexicon, accepts: Callable[[Token], bool], *, longest: int = _LONGEST
) -> list[Token]:
    """Words in a row that `accepts` takes, without those that join them ("da", "von")."""
    found: list[Token] = []
    for near in range(place, min(len(tokens), place + longest)):
        token = tokens[near]
        if near > place and not _goes_on(tokens[near - 1], token):
            break
        if accepts(token):
            found.append(token)
        elif not (found and token.folded in lexicon.words["joiners"]):
            break
    return found


def _goes_on(before: Token, token: Token) -> bool:
    """Whether a name may go on: a full stop ends it, but for an initial's."""
    return token.is_near and ("." not in token.gap or len(before.text) < 4)
