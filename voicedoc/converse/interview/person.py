"""Who the patient is, where they tell it unasked: how old, which sex, how far in a pregnancy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voicedoc.converse.complaints.pack import Question
from voicedoc.converse.interview.heard import phrases_of
from voicedoc.converse.interview.read import Reply, When, told_age, told_when
from voicedoc.converse.interview.taken import belongs_to_others
from voicedoc.converse.interview.texts import LANGUAGES, texts
from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.questions import sentences
from voicedoc.guard.tokens import Token, tokenise

_AGES = ("child", "infant-under-3-months")
_ADULT = 16.0
_OLDEST = 110.0
_LAST_WEEK, _LAST_MONTH = 44, 10
_BESIDE = 5
"""Characters at most between "pregnant" and how far."""

_HALF, _AND_A = "0.5", 7
"""A half, and the characters of " and a " at most."""

_NEAR = 2
"""Tokens at most between what belongs together."""


@dataclass(frozen=True, slots=True)
class PersonTold:
    """`age` as in a fact, "45" or "10 day"; `sex` an option of the question; `weeks` of a pregnancy, "34" or "8 month".

    `places` are where ages and weeks are told: these are no times at which something began.
    """

    age: str = ""
    sex: str = ""
    weeks: str = ""
    places: tuple[tuple[int, int], ...] = ()


def person_told(reply: Reply, sex: Question | None, *, child: bool, pregnant: bool) -> PersonTold:
    """Read an utterance. `child`: the patient is one; `pregnant`: the patient is, or said so just now."""
    if primary(reply.language) not in LANGUAGES:
        return PersonTold()
    page = _Page(reply)
    weeks = next(page.weeks(), None) if pregnant else None
    age = None if weeks else next(page.child_ages() if child else page.ages(), None)
    found = [one for one in (age, weeks) if one]
    return PersonTold(
        age=age.value.removesuffix(" year") if age else "",
        sex=next(page.sexes(sex, age, child=child), "") if sex else "",
        weeks=weeks.value.removesuffix(" week") if weeks else "",
        places=tuple((one.start, one.end) for one in found),
    )


class _Page:
    """One utterance."""

    def __init__(self, reply: Reply) -> None:
        self._reply, self._language = reply, primary(reply.language)
        self._tokens = tokenise(reply.text)
        self._when = told_when(reply.text, reply.language, reply.items)
        numbers = [one for one in reply.items if one.kind == "number"]
        self._numbers = [one for one in numbers if not any(when.start <= one.start < when.end for when in self._when)]

    def ages(self) -> Iterator[When]:
        """How old an adult is."""
        mine = [item for item in self._reply.items if not self._is_anothers(item.start)]
        told = told_age(self._reply.text, self._language, mine)
        found = (one for one in self._when if told and one.value == f"{told} year")
        bare = (one for one in self._bare("aged") if _ADULT <= float(one.value.split()[0]) < _OLDEST)
        yield from (one for one in (*found, *bare) if not self._is_anothers(one.start))

    def _is_anothers(self, start: int) -> bool:
        """ "My mother is 80 years old and lives with me." """
        rows = (row for row in sentences(self._tokens) if row[0].start <= start < row[-1].end)
        return any(belongs_to_others(row, self._language, [start]) for row in rows)

    def child_ages(self) -> Iterator[When]:
        """How old a child is; a baby in days."""
        signs = {(sign.start, sign.end) for sign in self._reply.signs if sign.name in _AGES}
        yield from (one for one in self._when if (one.start, one.end) in signs)
        told = [one for one in self._when if not one.since and one.value.partition(" ")[2] in ("week", "month", "year")]
        yield from told[:1] if len(told) == 1 else ()
        yield from (one for one in self._bare("aged_child") if float(one.value.split()[0]) < _ADULT)

    def _bare(self, kind: str) -> Iterator[When]:
        """ "I'm forty-three": a number that stands alone after a phrase, and ends what is said."""
        phrases = phrases_of(self._language, kind)
        ends = {self._tokens[match.stop - 1].end for match in _all(self._tokens, phrases)}
        for one in self._numbers:
            before = max((token.end for token in self._tokens if token.end <= one.start), default=-1)
            after = next((token for token in self._tokens if token.start >= one.end), None)
            halved = self._half_after(one)
            if before in ends and not halved and (after is None or after.ends_clause or self._joins(after)):
                yield When(f"{one.value} year", one.start, one.end, since=False)
            elif before in ends and halved:
                yield When(f"{float(one.value) + 0.5:g} year", one.start, halved, since=False)

    def _half_after(self, one: Critical) -> int:
        """Where the "and a half" of "two and a half" ends, 0 where there is none."""
        halves = (each.end for each in self._numbers if each.value == _HALF and 0 <= each.start - one.end <= _AND_A)
        return next(halves, 0)

    def _joins(self, token: Token) -> bool:
        return phrases_of(self._language, "and").at([token], 0) is not None

    def weeks(self) -> Iterator[When]:
        """How far a pregnancy is: "34 weeks", "in the 33rd week", "im achten Monat"."""
        for unit, most in (("week", _LAST_WEEK), ("month", _LAST_MONTH)):
            for match in _all(self._tokens, phrases_of(self._language, unit)):
                for count, start, end in self._counts():
                    if self._is_near(match, start, end) and 0 < count <= most:
                        yield When(f"{count} {unit}", start, end, since=False)
        for one in self._when:
            if one.value.partition(" ")[2] in ("week", "month") and (not one.since or self._is_by_pregnancy(one)):
                yield one

    def _is_by_pregnancy(self, when: When) -> bool:
        """ "怀孕八个月了"."""
        words = (one for one in self._reply.items if one.kind == "pregnancy")
        return any(0 <= max(when.start - one.end, one.start - when.end) <= _BESIDE for one in words)

    def _counts(self) -> Iterator[tuple[int, int, int]]:
        """Numbers and ordinals, with their places; "thirty-fourth" may be two words."""
        whole = [(float(one.value), one.start, one.end) for one in self._numbers if one.value.isdigit()]
        for match in _all(self._tokens, _ordinals(self._language)):
            start, end = self._tokens[match.first].start, self._tokens[match.stop - 1].end
            tens = [value for value, _, stop in whole if 0 <= start - stop <= 1 and value % 10 == 0]
            yield int(match.value) + int(sum(tens)), start, end
        yield from ((int(value), start, end) for value, start, end in whole)

    def _is_near(self, match: Match, start: int, end: int) -> bool:
        stop, first = self._tokens[match.stop - 1].end, self._tokens[match.first].start
        low, high = (stop, start) if start >= stop else (end, first)
        between = [token for token in self._tokens if low <= token.start < high and token.kind != "mark"]
        return low <= high and len(between) <= _NEAR

    def sexes(self, asking: Question, age: When | None, *, child: bool) -> Iterator[str]:
        """The sex that is told of the patient."""
        if child:
            for name, kind in (("female", "girl"), ("male", "boy")):
                if _all(self._tokens, phrases_of(self._language, kind)):
                    yield name
            return
        mine = _all(self._tokens, phrases_of(self._language, "i_am"))
        for match in _all(self._tokens, _options(asking, self._language)):
            after_me = any(0 <= match.first - one.stop <= _NEAR for one in mine)
            start = self._tokens[match.first].start
            after_age = age is not None and 0 <= start - age.end <= _NEAR * 3
            before_age = age is not None and 0 <= age.start - self._tokens[match.stop - 1].end <= _NEAR * 3
            if after_me or after_age or (before_age and match.first <= 1) or self._is_alone(match):
                yield match.value

    def _is_alone(self, match: Match) -> bool:
        begins = match.first == 0 or self._tokens[match.first - 1].ends_clause
        return begins and (match.stop == len(self._tokens) or self._tokens[match.stop].ends_clause)


def _all(tokens: Sequence[Token], phrases: Phrases) -> list[Match]:
    row, at, found = list(tokens), 0, []
    while at < len(row):
        if match := phrases.at(row, at):
            found.append(match)
        at = match.stop if match else at + 1
    return found


@cache
def _ordinals(language: str) -> Phrases:
    return Phrases((form, number) for number, forms in texts(language).ordinals.items() for form in forms)


def _options(question: Question, language: str) -> Phrases:
    return Phrases(_said(question, language))


def _said(question: Question, language: str) -> Iterable[tuple[str, str]]:
    for option in question.options:
        yield from ((words, option.id) for words in option.said.get(language, ()))
