"""Where a text speaks of signs, whatever it says about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from voicedoc.converse.signs.lexicon import Pattern, SignLexicon
from voicedoc.guard.phrases import Match
from voicedoc.guard.tokens import Token

_COMMA = 2
"""Tokens that a comma counts for: "a pain, right here in my chest" is one thing, two sentences with commas are not."""

_AGAINST_SELF = ("wants-to-die", "suicide-plan", "harmed-self")
"""Words that say these say nothing about others: "me quiero matar"."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Tokens `first` to `stop`."""

    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A sign that is spoken of in `parts`, in order of place."""

    sign: str
    parts: tuple[Place, ...]

    @property
    def first(self) -> int:
        return self.parts[0].first

    @property
    def stop(self) -> int:
        return max(part.stop for part in self.parts)

    def own(self) -> Iterator[int]:
        """The tokens that say it; those between its parts are not its own."""
        for part in self.parts:
            yield from range(part.first, part.stop)


def mentions(tokens: list[Token], lexicon: SignLexicon) -> list[Mention]:
    """Every mention, in order of place. Of those of one sign that share words, the shortest is left."""
    by_sign: dict[str, list[Mention]] = {}
    for found in _found(tokens, lexicon):
        by_sign.setdefault(found.sign, []).append(found)
    against_self = {at for sign in _AGAINST_SELF for mention in by_sign.get(sign, ()) for at in mention.own()}
    by_sign["harm-others"] = [one for one in by_sign.get("harm-others", ()) if against_self.isdisjoint(one.own())]
    kept = [mention for found in by_sign.values() for mention in _apart(found)]
    return sorted(kept, key=lambda mention: (mention.first, mention.stop, mention.sign))


def _apart(found: list[Mention]) -> Iterator[Mention]:
    taken: set[int] = set()
    for mention in sorted(found, key=lambda mention: (mention.stop - mention.first, mention.first)):
        if taken.isdisjoint(mention.own()):
            taken.update(mention.own())
            yield mention


def _found(tokens: list[Token], lexicon: SignLexicon) -> Iterator[Mention]:
    hidden = _hidden(tokens, lexicon)
    last: dict[str, Place] = {}
    for at, token in enumerate(tokens):
        if token.ends_sentence or token.text in lexicon.guard.negation.but:
            last.clear()
        if at in hidden or token.kind == "mark":
            continue
        for match in lexicon.atoms.all_at(tokens, at):
            if hidden.isdisjoint(range(match.first, match.stop)) and not _only_answers(tokens, match, lexicon):
                last[match.value] = Place(match.first, match.stop)
                for pattern in lexicon.patterns[match.value]:
                    if (parts := _together(pattern, match.value, last, tokens, lexicon)) is not None:
                        yield Mention(pattern.sign, parts)


def _only_answers(tokens: list[Token], match: Match, lexicon: SignLexicon) -> bool:
    """The "no" of "No, the baby moves"."""
    if match.stop - match.first > 1 or match.stop == len(tokens) or not tokens[match.stop].ends_clause:
        return False
    cue = lexicon.guard.negation.cues.at(tokens, match.first)
    return cue is not None and cue.value in {"cue", "concord"}


def _hidden(tokens: list[Token], lexicon: SignLexicon) -> set[int]:
    """The tokens of idioms: "chest of drawers"."""
    hidden: set[int] = set()
    for at in range(len(tokens)):
        if match := lexicon.idioms.at(tokens, at):
            hidden.update(range(match.first, match.stop))
    return hidden


def _together(
    pattern: Pattern, newest: str, last: dict[str, Place], tokens: list[Token], lexicon: SignLexicon
) -> tuple[Place, ...] | None:
    """Where the parts of a pattern stand, if they are near enough. `newest` has just been found."""
    if len(pattern.parts) == 1:
        return (last[newest],)
    if any(part not in last for part in pattern.parts) or (pattern.ordered and newest != pattern.parts[-1]):
        return None
    said = [last[part] for part in pattern.parts]
    parts = said if pattern.ordered else sorted(said)
    most = lexicon.close if pattern.ordered else lexicon.gap
    near = all(
        before.stop <= after.first and _between(before.stop, after.first, tokens, most) <= most
        for before, after in pairwise(parts)
    )
    return tuple(parts) if near else None


def _between(first: int, stop: int, tokens: list[Token], most: int) -> int:
    """How far apart; counted no further than it matters."""
    if stop - first > most:
        return stop - first
    return sum(_COMMA if tokens[at].ends_clause else 1 for at in range(first, stop))
