"""Which of the things that a text names are denied: in "no chest pain, but fever" the pain, not the fever."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from voicedoc.guard.lexicon import Lexicon, Negation
from voicedoc.guard.negation import asks
from voicedoc.guard.tokens import Token


class Polarity(StrEnum):
    """Whether something is said to be so. OPEN is everything that is not certain: questions, lists, double denials."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    OPEN = "open"


@dataclass(slots=True)
class _Clause:
    """Tokens `first` to `stop`, the places of sure cues in it, and what else tells its scope."""

    first: int
    stop: int = 0
    cues: list[int] = field(default_factory=list)
    doubtful: bool = False  # a word that may deny by its meaning
    lists: bool = False  # has an "or"
    begins_with_but: bool = False


def polarities(tokens: list[Token], lexicon: Lexicon) -> list[Polarity]:
    """For each token, whether what is named there is denied."""
    result = [Polarity.OPEN] * len(tokens)
    first = 0
    for at, token in enumerate(tokens):
        if token.ends_sentence or at + 1 == len(tokens):
            if token.text not in {"?", "？", "؟"}:
                clauses = _clauses(tokens, first, at + 1, lexicon.negation)
                _mark(result, clauses, lexicon.negation.scope)
                _spare_circumstances(result, tokens, clauses, lexicon.negation)
            first = at + 1
    return result


def _clauses(tokens: list[Token], first: int, stop: int, negation: Negation) -> list[_Clause]:
    clauses, at, counted = [_Clause(first)], first, -1
    while at < stop:
        token, match = tokens[at], negation.cues.at(tokens, at) if at != counted else None
        counted = max(counted, match.tail) if match else counted
        joins = token.text in negation.but or token.text in negation.and_words or _joins(tokens, at, negation)
        if token.ends_clause or (joins and at > clauses[-1].first):
            clauses[-1].stop = at
            clauses.append(_Clause(at + token.ends_clause))
        current = clauses[-1]
        current.begins_with_but |= token.text in negation.but
        current.lists |= token.text in negation.or_words
        if match and token.text in negation.without:  # "a cough without fever"
            current.doubtful = True
        elif match and match.value in {"cue", "concord", "coordinator"} and not asks(tokens, at):
            current.cues.append(at)
        elif (match and match.value != "privative") or token.text in negation.particles:
            current.doubtful = True
        at += match.stop - match.first if match else 1
    clauses[-1].stop = stop
    return clauses


def _joins(tokens: list[Token], at: int, negation: Negation) -> bool:
    """The "и" of "кашель, и не сплю", which a denial follows; "нет температуры и кашля" is one clause."""
    if negation.scope != "clause" or tokens[at].text not in negation.or_words:
        return False
    match = negation.cues.at(tokens, at)
    return match is not None and match.value == "coordinator" and match.stop > at + 1


def _mark(result: list[Polarity], clauses: list[_Clause], scope: str) -> None:
    denying = False
    last_denial = max((place for place, clause in enumerate(clauses) if clause.cues), default=-1)
    for place, clause in enumerate(clauses):
        denying = denying and not clause.begins_with_but
        ahead = scope != "after" and place < last_denial
        for at in range(clause.first, clause.stop):
            result[at] = _polarity(at, clause, scope, denying, ahead)
        denying = denying or bool(clause.cues) or clause.doubtful


def _spare_circumstances(
    result: list[Polarity], tokens: list[Token], clauses: list[_Clause], negation: Negation
) -> None:
    """ "Not during pregnancy", "при температуре нельзя" and "बुखार में न लें" do not deny the circumstances."""
    cues = {at for clause in clauses for at in clause.cues}
    for at in (at for clause in clauses for at in range(clause.first, clause.stop)):
        before = next((place for place in (at - 1, at - 2) if place in cues or _is(tokens, place, negation.during)), at)
        after = any(_is(tokens, place, negation.during_after) for place in (at + 1, at + 2))
        if result[at] is Polarity.DENIED and ((before < at and before not in cues) or after):
            result[at] = Polarity.OPEN


def _is(tokens: list[Token], at: int, words: frozenset[str]) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text in words


def _polarity(at: int, clause: _Clause, scope: str, denying: bool, ahead: bool) -> Polarity:
    if denying and clause.lists:
        return Polarity.DENIED
    if clause.cues:
        reached = scope == "clause" or (clause.cues[0] < at if scope == "after" else clause.cues[-1] > at)
        return Polarity.DENIED if reached else Polarity.OPEN
    if clause.doubtful or ahead:
        return Polarity.OPEN
    return Polarity.OPEN if denying else Polarity.AFFIRMED
