"""Whether somebody said yes. Plain answers only: what might be one is asked again, what says more is a statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import supported
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.questions import LANGUAGES, outermost, question_table
from voicedoc.guard.tokens import Token, tokenise

_KINDS = ("yes", "no", "echo", "unsure", "filler")

_COMPOSED = frozenset({"dose", "frequency", "duration", "time", "date"})
_NO_CONTENT = frozenset({"negation", "unit"})

_ENOUGH = 3
"""Words beside a no that say something by themselves."""

_ASKING = frozenset("?？؟")

_LONGEST = 60
"""Tokens. What is longer is no answer."""


class Answer(StrEnum):
    """What an utterance is to a question. `CORRECTION` denies and says more, or says another value: "No, fifteen."

    `STATEMENT` says something else, or more than a yes ("Yes, but only on Sundays").
    """

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    CORRECTION = "correction"
    STATEMENT = "statement"


@dataclass(slots=True)
class _Heard:
    """An utterance taken apart. `rest` are words that are no answer; `contradicts`: an item has another value."""

    kinds: set[str] = field(default_factory=set)
    rest: list[Token] = field(default_factory=list)
    begins_with_no: bool = False
    repeats: bool = False
    contradicts: bool = False
    adds: bool = False
    asks: bool = False


def read_answer(text: str, language: str, asked: Collection[Critical] = ()) -> Answer:
    """What `text` is to a question about items `asked` of what was said before.

    A language without answer words has no plain answers: all is a statement. Never raises; takes linear time.
    """
    if primary(language) not in LANGUAGES or not supported(language):
        return Answer.STATEMENT
    if len(tokenise(text)) > _LONGEST:
        return Answer.STATEMENT
    heard = _heard(text, language, asked)
    if heard.contradicts and (heard.begins_with_no or not heard.rest):
        return Answer.CORRECTION
    if heard.rest or heard.contradicts or heard.adds:
        return Answer.CORRECTION if heard.begins_with_no else Answer.STATEMENT
    return _plain(heard)


def restates(text: str, language: str, asked: Collection[Critical]) -> bool:
    """Whether `text` can stand for what was asked about: it says a thing of each kind, or nothing of any and more else.

    "No, fifteen." cannot stand for "Take fifty milligrams"; "No, fifteen milligrams" and "No, that was my brother" can.
    """
    said = {item.kind for item in _telling(extract(text, language))}
    wanted = {item.kind for item in _telling(list(asked))}
    return said >= wanted or (not said & (wanted | {"number"}) and len(_heard(text, language, ()).rest) >= _ENOUGH)


def n_words_beside(text: str, language: str) -> int:
    """How many words of `text` are neither an answer nor filling; all where the language has no answer words."""
    if primary(language) not in LANGUAGES or not supported(language):
        return len(text.split())
    return len(_heard(text, language, ()).rest)


def _plain(heard: _Heard) -> Answer:
    says = heard.kinds - {"filler"}
    if heard.asks or "unsure" in says:
        return Answer.UNCLEAR
    if says in ({"yes"}, {"yes", "echo"}) or (says == {"echo"} and not heard.repeats):
        return Answer.YES
    return Answer.NO if says == {"no"} and not heard.repeats else Answer.UNCLEAR


def _heard(text: str, language: str, asked: Collection[Critical]) -> _Heard:
    tokens = tokenise(text)
    heard = _Heard(asks=any(token.text in _ASKING for token in tokens))
    phrases = _phrases(primary(language))
    everything = _telling(extract(text, language))
    sides = [item for item in everything if item.kind == "laterality"]
    free = _without_answers(tokens, phrases, sides, heard)
    items = [item for item in everything if any(_within(token, item) for token in free)]
    known = {(item.kind, item.value) for item in asked}
    for item in items:
        heard.repeats |= (item.kind, item.value) in known
        others = any(kind == item.kind for kind, _ in known)
        heard.contradicts |= others and (item.kind, item.value) not in known
        heard.adds |= not others
    compared = [item for item in items if any(kind == item.kind for kind, _ in known)]
    heard.rest = [token for token in free if not any(_within(token, item) for item in compared)]
    return heard


def _without_answers(words: list[Token], phrases: Phrases, sides: Sequence[Critical], heard: _Heard) -> list[Token]:
    """Notes which kinds of answer the utterance has. Returns the words that belong to none: "right" in "right arm"."""
    rest: list[Token] = []
    at, first = 0, True
    while at < len(words):
        match = None if any(_within(words[at], side) for side in sides) else phrases.at(words, at)
        stop = match.stop if match else at + 1
        if match:
            heard.kinds.add(match.value)
            ends = stop == len(words) or words[stop].ends_clause
            heard.begins_with_no |= first and match.value == "no" and ends
            first = first and match.value == "filler"
        elif words[at].kind in {"word", "digits", "code"}:
            rest.append(words[at])
            first = False
        at = stop
    return rest


def _telling(items: Sequence[Critical]) -> list[Critical]:
    """Items that can be compared: a number inside a dose is the dose's."""
    composed = [item for item in outermost(items) if item.kind in _COMPOSED]
    return [
        item
        for item in items
        if item.kind not in _NO_CONTENT
        and (item in composed or not any(one.start <= item.start and item.end <= one.end for one in composed))
    ]


def _within(token: Token, item: Critical) -> bool:
    return item.start <= token.start and token.end <= item.end


@cache
def _phrases(language: str) -> Phrases:
    table = question_table(language)["answers"]
    return Phrases((form, kind) for kind in _KINDS for form in table[kind])
