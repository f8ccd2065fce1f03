"""Drugs, sides, body parts and whatever else the lexicon names, with what is denied and which side belongs to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.guard.drugs import find_drugs, without_names
from voicedoc.guard.found import Found, critical
from voicedoc.guard.lexicon import Lexicon
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


def find_concepts(text: str, tokens: list[Token], covered: set[int], lexicon: Lexicon) -> Iterator[Found]:
    """What is named of the categories that the language supports.

    `covered` are tokens of times and frequencies, whose "in the evening" is part of those.
    """
    drugs = list(_drugs(tokens, lexicon))
    tokens = without_names(tokens, lexicon)
    concepts = [*_in_lexicon(tokens, lexicon), *drugs]
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


def _drugs(tokens: list[Token], lexicon: Lexicon) -> Iterator[_Concept]:
    """Those in the list, and those that only sound like a drug."""
    for match in find_drugs(tokens, lexicon.prefixes):
        named = Match(match.first, match.stop, match.value)
        yield _Concept("drug", (match.value,), named, _UNLISTED if match.lenient else _NAMED)


def _in_lexicon(tokens: list[Token], lexicon: Lexicon) -> Iterator[_Concept]:
    """For each category the longest phrases at each place, unless they lie inside a longer one of any category."""
    begins, ends = 0, 0
    for at in range(len(tokens)):
        matches = list(lexicon.concepts.all_at(tokens, at))
        if matches and matches[0].stop > max(ends, at + 1):
            begins, ends = at, matches[0].stop
        seen: dict[str, list[Match]] = {}
        for match in matches:
            if match.stop > ends or (match.stop == ends and begins == at) or ends <= at:
                seen.setdefault(match.value.partition(" ")[0], []).append(match)
        for category, found in seen.items():
            if category != "idiom":
                longest = [match for match in found if match.stop == found[0].stop]
                values = dict.fromkeys(match.value.partition(" ")[2] for match in longest)
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
