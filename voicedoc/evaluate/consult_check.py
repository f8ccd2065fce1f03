"""Whether a simulated patient kept to the facts: what was made up, told unasked, or hidden.

Read from the words alone, whatever the patient says of itself, so that one played by a model can be checked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.signs.read import signs_of
from voicedoc.evaluate.consult_cases import Case, Fact
from voicedoc.evaluate.consult_patient import age_said, wordings
from voicedoc.evaluate.consult_visit import Exchange, Visit
from voicedoc.guard import extract
from voicedoc.guard.answers import Answer, read_answer

Fault: TypeAlias = Literal["invented", "leaked", "hidden"]

_VALUES = frozenset({"number", "dose", "duration", "time", "date", "frequency", "drug", "allergy"})
_SAYINGS = ("yes", "no", "yes-loose", "no-loose", "unknown", "sorry")
_CLAUSE = re.compile("[,.;!?,。;!?،।؟]")
_REMEMBERED = 4096
"""Texts: the same facts are told in many visits."""


def faults(visit: Visit) -> tuple[frozenset[Fault], ...]:
    """What is wrong with each answer; empty where nothing is.

    Raises:
        UnsupportedLanguage: If signs cannot be read in the visit's language.
    """
    return tuple(frozenset(_faults(visit.case, exchange)) for exchange in visit.exchanges)


def _faults(case: Case, exchange: Exchange) -> Iterator[Fault]:
    asked = [fact for fact in case.facts if fact.key in (exchange.question, *exchange.asks)]
    yield from _by_yes_or_no(case, exchange, asked)
    yield from _by_signs(case, exchange, asked)
    yield from _by_values(case, exchange, asked)
    yield from _by_words(case, exchange, asked)


def _by_yes_or_no(case: Case, exchange: Exchange, asked: list[Fact]) -> Iterator[Fault]:
    """A yes to what is not there, or a no to what is."""
    says = _yes_or_no(exchange.answer, case.language)
    is_there = exchange.sign in case.signs if exchange.sign else any(not fact.unknown for fact in asked)
    if says == "yes" and not is_there:
        yield "invented"
    if says == "no" and exchange.sign and is_there:
        yield "hidden"


def _yes_or_no(text: str, language: str) -> str:
    """ "yes", "no" or "": what the answer begins with."""
    head = _head(text)
    for name in ("yes", "no"):
        if head in {_head(form) for form in wordings(language)[name]}:
            return name
    return {Answer.YES: "yes", Answer.NO: "no"}.get(read_answer(head, language), "")


def _head(text: str) -> str:
    return _CLAUSE.split(text)[0].strip()


def _by_signs(case: Case, exchange: Exchange, asked: list[Fact]) -> Iterator[Fault]:
    """Signs in the answer that are not the patient's, or not asked for. Sayings tell none, however they are read."""
    if exchange.answer in _sayings(case.language):
        return
    own = {*exchange.asks, *(sign for fact in asked for form in fact.said for sign in _present(form, case.language))}
    for sign in _present(exchange.answer, case.language) - own:
        yield "leaked" if sign in case.signs else "invented"


@lru_cache(maxsize=_REMEMBERED)
def _present(text: str, language: str) -> frozenset[str]:
    return frozenset(sign.name for sign in signs_of(text, language) if sign.present)


def _by_values(case: Case, exchange: Exchange, asked: list[Fact]) -> Iterator[Fault]:
    """Numbers, times and medicines in the answer that no fact has, or another one."""
    said = _values((exchange.answer,), case.language) - _values(_forms(asked), case.language)
    said -= _values(_sayings(case.language), case.language)  # "un poco" has a one in it
    if Slot.PERSON.value in exchange.asks:
        said -= _values(age_said(case), case.language)
    known = _values((case.opening, *_forms(case.facts)), case.language)
    for value in said:
        yield "leaked" if value in known else "invented"


def _sayings(language: str) -> tuple[str, ...]:
    """What patients say who tell no fact."""
    return tuple(form for name in _SAYINGS for form in wordings(language)[name])


def _forms(facts: tuple[Fact, ...] | list[Fact]) -> tuple[str, ...]:
    return tuple(form for fact in facts for form in fact.said)


@lru_cache(maxsize=_REMEMBERED)
def _values(texts: tuple[str, ...], language: str) -> frozenset[tuple[str, str]]:
    items = (item for text in texts for item in extract(text, language))
    return frozenset((item.kind, item.value) for item in items if item.kind in _VALUES)


def _by_words(case: Case, exchange: Exchange, asked: list[Fact]) -> Iterator[Fault]:
    """What another fact says, word for word. Short forms ("Eight.") are left to the other readings."""
    own = _forms(asked)
    others = (form for fact in case.facts if fact not in asked for form in fact.said if form not in own)
    if any(len(form.split()) > 2 and form in exchange.answer for form in others):
        yield "leaked"
