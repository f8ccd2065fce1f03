"""Which sentences deny something. "Não … nada" denies once, as "not … anything" does."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from voicedoc.core.speech import Critical
from voicedoc.guard.lexicon import Lexicon, Negation
from voicedoc.guard.tokens import Token

_LONGEST_SUBJECT = 8
_BETWEEN = frozenset("不没沒无")


@dataclass(frozen=True, slots=True)
class Denial:
    """How often one sentence denies: at least once for each of `sure`, perhaps once more for each of the others.

    `n_agreeing` words may only agree with a sure one ("não … nenhum"), or are an "or" after it ("not … or"). `n_weak`
    words deny by their meaning ("avoid", "unable"), which the other language may say with "not".
    """

    sure: tuple[Critical, ...]
    n_agreeing: int
    n_weak: int


@dataclass(slots=True)
class _Sentence:
    sure: list[Critical]
    n_agreeing: int = 0
    n_weak: int = 0
    in_clause: int = 0  # sure ones since the last comma
    particle: bool = False  # French "ne" in this clause
    has_words: bool = False
    agreeing: list[Critical] = field(default_factory=list)  # deny only where nothing else does

    def end_clause(self) -> None:
        self.n_weak += self.particle and not self.in_clause
        self.in_clause, self.particle = 0, False

    def done(self) -> Denial:
        self.end_clause()
        if self.agreeing and not self.sure:
            self.sure.append(self.agreeing.pop(0))
        self.n_agreeing += len(self.agreeing)
        return Denial(tuple(self.sure), self.n_agreeing, self.n_weak)


def find_denials(text: str, tokens: list[Token], lexicon: Lexicon) -> tuple[Denial, ...]:
    """One `Denial` for each sentence that has words."""
    done: list[Denial] = []
    for sentence in _sentences(tokens):
        counted = _count(text, sentence, lexicon.negation)
        if counted.has_words:
            done.append(counted.done())
    return tuple(done)


def _sentences(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        sentences[-1].append(token)
        if token.ends_sentence:
            sentences.append([])
    return sentences


def _count(text: str, tokens: list[Token], negation: Negation) -> _Sentence:
    sentence, at = _Sentence([]), 0
    counted = -1
    question = bool(tokens) and tokens[-1].text == "?"
    while at < len(tokens):
        token = tokens[at]
        match = negation.cues.at(tokens, at) if at != counted else None
        length, kind = (match.stop - at, match.value) if match else (1, "")
        counted = max(counted, match.tail) if match else counted
        sentence.has_words |= token.kind in {"word", "digits", "code"}
        sentence.particle |= token.text in negation.particles
        if token.ends_clause:
            sentence.end_clause()
        if sentence.particle and kind == "pseudo" and token.text in negation.with_particle:  # "n'a plus de fièvre"
            length, kind = 1, "with-particle"
        if kind == "with-particle":
            begins = at == 0 or tokens[at - 1].ends_clause  # "Personne n'a …"
            kind = "concord" if sentence.particle or (begins and _has_particle(tokens, at, negation)) else ""
        sentence.n_agreeing += not kind and bool(sentence.sure) and token.text in negation.or_words
        if _is_repeated(tokens, at):
            sentence.n_agreeing += kind in {"cue", "concord"}
        elif not (question and token.text in negation.not_in_questions) and not asks(tokens, at):
            start, end = token.start, tokens[at + length - 1].end
            _take(sentence, kind, Critical("negation", "not", text[start:end], start, end))
        at += length
    return sentence


def _has_particle(tokens: list[Token], at: int, negation: Negation) -> bool:
    """Whether "ne" comes later in the clause."""
    following = takewhile(lambda token: not token.ends_clause, tokens[at + 1 : at + 1 + _LONGEST_SUBJECT])
    return any(token.text in negation.particles for token in following)


def _is_repeated(tokens: list[Token], at: int) -> bool:
    """The later ones of "No, no, no." But "no, no pain" denies twice, in case the first only answers."""
    before = at - 1
    while before >= 0 and tokens[before].text == ",":
        before -= 1
    ends = at + 1 == len(tokens) or tokens[at + 1].ends_clause
    return ends and before >= 0 and tokens[before].text == tokens[at].text


def asks(tokens: list[Token], at: int) -> bool:
    """Whether the word asks "yes or no", as Chinese does: 有没有, 痛不痛."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text not in _BETWEEN:
        return False
    return tokens[at - 1].text == tokens[at + 1].text


def _take(sentence: _Sentence, kind: str, item: Critical) -> None:
    agrees = (kind == "concord" and sentence.in_clause > 0) or (kind == "coordinator" and bool(sentence.sure))
    if kind in {"weak", "privative"}:
        sentence.n_weak += 1
    elif kind == "agreeing":
        sentence.agreeing.append(item)
    elif agrees:
        sentence.n_agreeing += 1
    elif kind in {"cue", "concord", "coordinator"}:
        sentence.sure.append(item)
        sentence.in_clause += 1
