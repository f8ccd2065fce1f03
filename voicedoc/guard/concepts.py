"""Drugs, sides, body parts and whatever else the lexicon names, with what is denied and which side belongs to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.guard.drugs import find_drugs, without_names
from voicedoc.guard.found import Found, critical
from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.names import VisitNames
from voicedoc.guard.phrases import Match
from voicedoc.guard.scope import polarities
from voicedoc.guard.tokens import Token

_NAMED, _UNLISTED = 0.9, 0.7
"""Confidence in what a word list says, and in a drug that is recognised by the end of its name."""

_REACH = 3
"""Words between a side and its body part at most."""


@dataclass(frozen=True, slots=True)
class _Concept:
    """What a phrase stands for. One with several values may mean any of them: "filho" is son or child."""

    category: str
    values: tuple[str, ...]
    match: Match
    confidence: float = _NAMED


def find_concepts(
    text: str, tokens: list[Token], covered: set[int], lexicon: Lexicon, names: VisitNames | None = None
) -> Iterator[Found]:
    """What is named of the categories that the language supports, and of the visit's own drugs and allergens.

    `covered` are tokens of times and frequencies, whose "in the evening" is part of those.
    """
    drugs = list(_drugs(tokens, lexicon, names))
    named = {at for one in drugs for at in range(one.match.first, one.match.stop)}
    tokens = without_names(tokens, lexicon)
    concepts = [*(one for one in _in_lexicon(tokens, lexicon) if one.match.first not in named), *drugs]
    concepts += _allergens(tokens, lexicon, names) if names else []
    polarity = polarities(tokens, lexicon)
    body = {
        at: one.values[0] for one in concepts if one.category == "body" for at in range(one.match.first, one.match.stop)
    }
    is_allergy = any(one.category == "allergy" for one in concepts)
    for one in concepts:
        match, category = one.match, "allergy" if one.category == "allergen" else one.category
        beside = tuple(_beside(tokens, match, body)) if category == "laterality" else ()
        lenient = (match.lenient and not beside) or (one.category == "allergen" and not is_allergy)
        if category in lexicon.supports and not (category == "timing" and match.first in covered):
            item = critical(category, one.values[0], text, tokens, match.first, match.stop)
            yield Found(
                item,
                frozenset(one.values),
                lenient,
                polarity=polarity[match.first],
                beside=beside,
                confidence=one.confidence,
            )


def _allergens(tokens: list[Token], lexicon: Lexicon, names: VisitNames) -> Iterator[_Concept]:
    phrases = names.allergens(lexicon.language)
    for at in range(len(tokens)):
        if match := phrases.at(tokens, at):
            yield _Concept("allergen", (match.value,), match)


def _drugs(tokens: list[Token], lexicon: Lexicon, names: VisitNames | None) -> Iterator[_Concept]:
    """Those in the lists, and those that only sound like a drug."""
    for match in find_drugs(tokens, lexicon.prefixes, names.drugs(lexicon.language) if names else None):
        named = Match(match.first, match.stop, match.value)
        yield _Concept("drug", (match.value,), named, _UNLISTED if match.lenient else _NAMED)


def _in_lexicon(tokens: list[Token], lexicon: Lexicon) -> Iterator[_Concept]:
    """For each category the longest phrases at each place, unless they lie inside a longer one of any category.

    An idiom of one word hides what it names: "herzinfarkt*" is not about the heart.
    """
    begins, ends = 0, 0
    for at in range(len(tokens)):
        matches = list(lexicon.concepts.all_at(tokens, at))
        if matches and matches[0].stop > max(ends, at + 1):
            begins, ends = at, matches[0].stop
        seen: dict[str, list[Match]] = {}
        for match in matches:
            if match.stop > ends or (match.stop == ends and begins == at) or ends <= at:
                seen.setdefault(match.value.partition(" ")[0], []).append(match)
        hidden = {match.value.partition(" ")[2] for match in seen.pop("idiom", ())}
        for category, found in seen.items():
            longest = [match for match in found if match.stop == found[0].stop]
            values = dict.fromkeys(match.value.partition(" ")[2] for match in longest)
            if hidden.isdisjoint({category, *values}):
                yield _Concept(category, tuple(values), longest[0])


def _beside(tokens: list[Token], side: Match, body: dict[int, str]) -> Iterator[str]:
    """The body part nearest to a side, within a few words and in its clause."""
    near: list[tuple[int, str]] = []
    for places in (range(side.stop, side.stop + 1 + _REACH), range(side.first - 1, side.first - 2 - _REACH, -1)):
        for away, at in enumerate(places):
            if not 0 <= at < len(tokens) or tokens[at].ends_clause:
                break
            if at in body:
                near.append((away, body[at]))
                break
    if near:
        yield min(near, key=lambda one: one[0])[1]
