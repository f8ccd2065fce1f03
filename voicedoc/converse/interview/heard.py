"""What an utterance is beside its content: a yes, a no, "I don't know", "say that again", "I want a person"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from voicedoc.converse.interview.texts import LANGUAGES, texts
from voicedoc.core.languages import primary
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.questions import question_table
from voicedoc.guard.tokens import Token, tokenise

REQUESTS = ("person", "stop", "repeat", "meaning", "why")
"""What a patient asks of the assistant, the most important first."""

_ANSWERS = ("yes", "no", "maybe", "unknown", "refuse", "none")

_BESIDE = {"unknown": 6, "refuse": 4, "stop": 3, "repeat": 4, "meaning": 4, "why": 3, "none": 3}
"""Words beside a phrase of several words that still are nothing else; beside a single word there may be none."""

_HAN_WORD = 0.5
"""A Chinese character is about half a word."""

_FIRM = "firm "
_NEGATOR = "not"
"""The "no" of "No respiro bien": where more follows without a pause, it may deny that instead of answering."""

_ASKING = frozenset("?？؟")

_STEM = 4
"""Letters that two words share at their beginning where they are forms of one."""

_LONGEST = 80
"""Tokens. What is longer tells something."""


class Span(NamedTuple):
    """Tokens `first` to `stop` say `kind`."""

    first: int
    stop: int
    kind: str


class Clause(NamedTuple):
    """Part of an utterance. `kind` is the answer with which it begins, "" where it begins otherwise.

    `start` is the place of its first character. `firm`: it is a yes or no whatever follows; "I am" and "a little" are
    only where nothing else is said. `rest` are the words after it that are no filling, `after` those that are, too:
    they may turn it, as in "no respiro bien".
    """

    kind: str
    firm: bool
    start: int
    rest: tuple[Token, ...]
    after: tuple[Token, ...]

    def holds(self, asked: Sequence[Token]) -> bool:
        """Whether its yes or no is one, to a question of these words."""
        if self.firm or not self.rest:
            return True
        theirs = [token for token in asked if _is_word(token)]
        repeated = sum(repeats(token, self.after) for token in theirs)
        return 2 * repeated >= len(theirs) and all(repeats(word, asked) for word in self.after)


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance taken apart, clause by clause."""

    language: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]

    @property
    def rest(self) -> tuple[Token, ...]:
        """The words that are neither an answer nor filling."""
        return tuple(token for clause in self.clauses for token in clause.rest)

    def says(self, asked: Sequence[Token] = ()) -> str:
        """ "yes", "no", "both" or "": what its clauses begin with, taken together. `asked` are the question's words."""
        plain = {each.kind for each in self.clauses if each.kind in ("yes", "no") and each.holds(asked)}
        return "both" if len(plain) == 2 else next(iter(plain), "")

    def is_(self, kind: str) -> bool:
        """Whether it says this and nothing else to speak of."""
        if not self.tokens or len(self.tokens) > _LONGEST:
            return False
        spans = list(_spans(self.tokens, phrases_of(self.language, kind)))
        if not spans:
            return False
        covered = {at for span in spans for at in range(span.first, span.stop)}
        fillers = _covered(self.tokens, phrases_of(self.language, "filler"))
        places = [at for at, token in enumerate(self.tokens) if at not in covered | fillers and _is_word(token)]
        if kind == "none" and any(at > max(covered) for at in places):  # "no allergies except to nuts"
            return False
        beside = [self.tokens[at] for at in places]
        weight = sum(_HAN_WORD if token.kind == "word" and _is_han(token) else 1.0 for token in beside)
        return weight <= (_BESIDE.get(kind, 0) if self._longest(kind) > 1.0 else 0)

    def is_only(self, kind: str) -> bool:
        """Whether it says this and not a word more."""
        return bool(self.clauses) and all(clause.kind == kind and not clause.rest for clause in self.clauses)

    @property
    def corrects(self) -> bool:
        """Whether it takes back what was said: "no, wait, I was wrong"."""
        return any(_spans(self.tokens, phrases_of(self.language, "correction")))

    @property
    def asks_for_a_person(self) -> bool:
        """Whether anywhere in it somebody wants to speak to a human being."""
        return any(_spans(self.tokens, phrases_of(self.language, "person")))

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return bool(self.tokens) and self.tokens[-1].text in _ASKING

    @property
    def request(self) -> str:
        """One of `REQUESTS`, or ""."""
        if self.asks_for_a_person:
            return "person"
        kinds = [kind for kind in REQUESTS[1:] if self.is_(kind)]
        return max(kinds, key=self._longest, default="")  # of "che cosa" and "che cosa significa" the latter

    def _longest(self, kind: str) -> float:
        spans = _spans(self.tokens, phrases_of(self.language, kind))
        return max((_n_words(self.tokens[span.first : span.stop]) for span in spans), default=0.0)

    def plain(self, words: Sequence[Token]) -> Iterator[Span]:
        """The plain answers among words: the "habe ich nicht" of "Fieber habe ich nicht"."""
        for span in _spans(words, _answers(self.language)):
            yield span._replace(kind=span.kind.removeprefix(_FIRM))


def heard(text: str, language: str) -> Heard:
    """Take an utterance apart. In a language without phrases, nothing is recognised. Never raises; linear time."""
    tokens = tuple(tokenise(text))
    if primary(language) not in LANGUAGES:
        return Heard("en", (), (Clause("", False, 0, tokens, tokens),))
    language = primary(language)
    return Heard(language, tokens, tuple(_clause(each, language) for each in _clauses(tokens[:_LONGEST])))


def repeats(word: Token, asked: Sequence[Token]) -> bool:
    """Whether a word is one of the question's, or another form of it."""
    return any(_alike(word, other) for other in asked)


def _alike(one: Token, other: Token) -> bool:
    if one.plain == other.plain:
        return True
    shared = _n_shared(one.plain, other.plain)
    return shared >= _STEM and shared >= min(len(one.plain), len(other.plain)) - 2


def _n_shared(one: str, other: str) -> int:
    """Letters with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if token.ends_clause:
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def _clause(tokens: list[Token], language: str) -> Clause:
    answers, fillers = _answers(language), phrases_of(language, "filler")
    kinds: list[str] = []
    at = 0
    while at < len(tokens):
        answer, filler = answers.at(tokens, at), fillers.at(tokens, at)
        if answer and (filler is None or answer.stop >= filler.stop):
            kinds.append(answer.value)
            at = answer.stop
        elif filler:
            at = filler.stop
        else:
            break
    covered = _covered(tokens, fillers)
    after = [place for place in range(at, len(tokens)) if _is_word(tokens[place])]
    rest = tuple(tokens[place] for place in after if place not in covered)
    kind, firm = _together(kinds, goes_on=bool(rest))
    return Clause(kind, firm, tokens[0].start, rest, tuple(tokens[place] for place in after))


def _together(kinds: Sequence[str], *, goes_on: bool) -> tuple[str, bool]:
    """What answers that follow one another come to, and whether that is firm; `goes_on`: other words follow.

    "The truth is I don't know" is no yes; "a little, nothing much" and "not always" are neither.
    """
    if "unknown" in kinds:
        return "unknown", False
    if _NEGATOR in kinds:
        denies = not goes_on and all(kind in (_NEGATOR, "no", _FIRM + "no") for kind in kinds)
        return ("no", True) if denies else ("", False)
    firm = [kind.removeprefix(_FIRM) for kind in kinds if kind.startswith(_FIRM)]
    if firm:
        return (firm[0], True) if len(set(firm)) == 1 else ("", False)
    return (kinds[0], False) if len(set(kinds)) == 1 else ("", False)


def _spans(tokens: Sequence[Token], phrases: Phrases) -> Iterator[Span]:
    row, at = list(tokens), 0
    while at < len(row):
        match: Match | None = phrases.at(row, at)
        if match:
            yield Span(match.first, match.stop, match.value)
        at = match.stop if match else at + 1


def _covered(tokens: Sequence[Token], phrases: Phrases) -> set[int]:
    return {at for span in _spans(tokens, phrases) for at in range(span.first, span.stop)}


def _is_word(token: Token) -> bool:
    return token.kind in ("word", "digits", "code")


def _is_han(token: Token) -> bool:
    return len(token.text) == 1 and "\u3400" <= token.text <= "\u9fff"


def _n_words(tokens: Sequence[Token]) -> float:
    return sum(_HAN_WORD if _is_han(token) else 1.0 for token in tokens if _is_word(token))


@cache
def _answers(language: str) -> Phrases:
    """What answers begin with. The guard's yes and no are firm, ours not, nor are words that deny what follows."""
    ours = {form: kind for kind in _ANSWERS[:-1] for form in texts(language).heard[kind]}
    table = question_table(language)["answers"]
    guards = {form: _FIRM + kind for kind in ("yes", "no") for form in table[kind]}
    negators = dict.fromkeys(texts(language).heard["negator"], _NEGATOR)
    return Phrases({**ours, **guards, **negators}.items())


@cache
def phrases_of(language: str, kind: str) -> Phrases:
    """Our phrases of one kind, or the guard's "filler"."""
    forms = question_table(language)["answers"]["filler"] if kind == "filler" else texts(language).heard[kind]
    return Phrases((form, kind) for form in forms)
