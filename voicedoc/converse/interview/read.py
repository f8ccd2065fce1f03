"""What an answer says, by rules: a state and a value for the question, and every sign that is told along with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal, NamedTuple

from voicedoc.converse.complaints.pack import Expects, Question
from voicedoc.converse.interview.heard import Heard, heard, phrases_of, repeats
from voicedoc.converse.interview.taken import Told, joined, told_of_medicines
from voicedoc.converse.interview.texts import LANGUAGES, texts
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.extract import extract, read
from voicedoc.guard.lexicon import lexicon_of, supported
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.questions import outermost, sentences
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import Token, tokenise

State = Literal["present", "absent", "unknown", "told"]

WHEN = frozenset({"duration", "date", "time", "timing"})
"""Kinds of items that say when something began."""

_COMPOSED = frozenset({"dose", "duration", "frequency", "date"})
_ONE = re.compile("1[ /](hour|day|week|month|year)")
_BESIDE = 2
"""Characters between an age and the word that says that it is one."""

_LED = 2
"""Tokens at most from a time to the "for", "since" or "ago" beside it."""

_SHORT = 6
"""Words. What is longer does more than repeat a word of the question."""

_SCALE = 10.0

UNANSWERED, UNCLEAR, CONTRADICTED = "unanswered", "unclear", "contradicted"
"""Values of facts: it was asked and not answered; it was answered both ways, and nobody knows which holds; it was
answered with "no", and something was told before.
"""

_HALF = "0.5"
_UNITS: Mapping[str, frozenset[str]] = {
    "year": frozenset({"year", "month", "week", "day"}),
    "week": frozenset({"week", "month"}),
    "celsius": frozenset({"celsius", "fahrenheit"}),
}
"""The units that an answer may be in, by the unit that is asked for; others only in their own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an utterance answers. `value` as in `FactNoted`; `declined`: the patient would rather not say."""

    state: State
    value: str = ""
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An utterance as it was read. `request` is one of `heard.REQUESTS`, or "".

    `answer` is None where it does not answer the question. `signs` are all that it tells, in order of place; the one
    that was asked about is among them only if it was told in so many words. `conflicts`: the yes or no says otherwise;
    `last` is then what its end says. `is_question`: it asks something back, which is no request.
    """

    text: str
    language: str
    request: str
    answer: Answer | None
    signs: tuple[Sign, ...]
    items: tuple[Critical, ...]
    conflicts: bool = False
    is_question: bool = False
    last: Answer | None = None

    def words_of(self, sign: Sign) -> str:
        """The sentence that tells a sign, word for word."""
        for row in sentences(tokenise(self.text)):
            if row[0].start <= sign.start < row[-1].end:
                return self.text[row[0].start : row[-1].end].strip()
        return sign.words

    def words_at(self, starts: Iterable[int]) -> str:
        """The sentences around these places, word for word, with those between them."""
        rows = [row for row in sentences(tokenise(self.text)) if any(row[0].start <= at < row[-1].end for at in starts)]
        return self.text[rows[0][0].start : rows[-1][-1].end].strip() if rows else self.text.strip()


def read_reply(question: Question | None, text: str, language: str) -> Reply:
    """Read what was said in answer to `question`; without one, what is told unasked. Linear time."""
    known = supported(language)
    signs = signs_of(text, language) if known else ()
    items = extract(text, language) if known else ()
    said = heard(text, language)
    request = said.request
    if said.is_only("unknown"):  # "说不清楚": that one cannot say, not that one's speech is slurred
        signs = ()
    if question is None or request:
        return Reply(text, language, request, None, signs, items)
    reading = _Reading(question, text, primary(language), said, signs, items)
    answer = reading.answer()
    asks = answer is None and said.is_question
    return Reply(text, language, "", answer, signs, items, reading.conflicts, asks, reading.last)


@dataclass
class _Reading:
    """One utterance in the light of one question."""

    question: Question
    text: str
    language: str
    said: Heard
    signs: tuple[Sign, ...]
    items: tuple[Critical, ...]
    conflicts: bool = False
    last: Answer | None = None

    def answer(self) -> Answer | None:
        """What is answered; None where it is not clear."""
        if not any(token.kind != "mark" for token in self.said.tokens or tokenise(self.text)):
            return None
        found = _READERS[self.question.expects](self)
        if found:
            return found
        if self.said.is_("refuse"):
            return Answer("unknown", declined=True)
        return Answer("unknown") if self.said.is_("unknown") else None

    def by_yes_no(self) -> Answer | None:
        """Yes or no. Who says both, and that they were wrong before, means what they say last."""
        answer = self._yes_or_no()
        if not self.conflicts:
            return answer
        self.last = self._of_the_end()
        if self.last is None or not self.said.corrects:
            return None
        self.conflicts = False
        return self.last

    def _of_the_end(self) -> Answer | None:
        """What the last clauses say: as few as say anything."""
        for clause in reversed(self.said.clauses[1:]):
            start = clause.start
            signs = tuple(sign for sign in self.signs if sign.start >= start)
            later = (item for item in self.items if item.start >= start)
            items = tuple(replace(item, start=item.start - start, end=item.end - start) for item in later)
            said = heard(self.text[start:], self.language)
            end = _Reading(self.question, self.text[start:], self.language, said, signs, items)
            answer = end._yes_or_no()
            if answer or end.conflicts:
                return answer
        return None

    def _yes_or_no(self) -> Answer | None:
        told = {sign.present for sign in self.signs if sign.name == self.question.sign} if self.question.sign else set()
        asked = tokenise(self.question.text.get(self.language, ""))
        says = self.said.says(asked)
        plain = {"yes": True, "no": False}.get(says)
        if says == "both" or len(told) == 2 or (plain is not None and told and plain not in told):
            self.conflicts = True
            return None
        if plain is None:
            plain = self._echoed(asked)
            if plain is not None and told and plain not in told:
                self.conflicts = True
                return None
        is_so = plain if plain is not None else next(iter(told), None)
        return None if is_so is None else Answer("present" if is_so else "absent")

    def _echoed(self, asked: Sequence[Token]) -> bool | None:
        """Whether the question's own words come back, as they are or denied: "Is it worse?" - "It is not worse." """
        denying = {at for item in self.items if item.kind == "negation" for at in range(item.start, item.end)}
        words = [token for token in self.said.tokens if token.kind == "word"]
        plain = [span for span in self.said.plain(words) if span.kind in ("yes", "no")]
        covered = {at for span in plain for at in range(span.first, span.stop)}
        content = [token for at, token in enumerate(words) if at not in covered and token.start not in denying]
        theirs = [token for token in asked if token.kind == "word"]
        repeated = [token for token in theirs if repeats(token, content)]
        if len(words) > _SHORT or self.said.is_question or 2 * len(repeated) < len(theirs) or not content:
            return None
        if not all(repeats(token, asked) for token in content):  # not: "no respiro bien"
            return None
        return not (any(token.start in denying for token in words) or any(span.kind == "no" for span in plain))

    def by_scale(self) -> Answer | None:
        numbers = self._numbers()
        fitting = [value for value in numbers if 0.0 <= value <= _SCALE]
        if not numbers or len(fitting) < len(numbers) or len(set(fitting)) > 2:
            return None
        first, last = fitting[0], fitting[-1]
        if len(fitting) == 2 and last == _SCALE and self._says("out_of"):
            last = first
        if first != last:
            return Answer("told", f"{_plain(min(first, last))}-{_plain(max(first, last))}")
        return Answer("told", _plain(first))

    def _numbers(self) -> list[float]:
        """The numbers that count something; "un siete" is a seven, not a one and a seven."""
        composed = [item for item in self.items if item.kind in _COMPOSED]
        numbers = [item for item in self.items if item.kind == "number"]
        found = [one for one in numbers if not any(each.start <= one.start < each.end for each in composed)]
        adjacent = [
            one
            for one, after in zip_longest(found, found[1:])
            if not (after and one.value == "1" and after.start - one.end <= 1 and not self.text[one.start].isdigit())
        ]
        return [float(value) for value in _with_halves(adjacent)]

    def by_duration(self) -> Answer | None:
        when = told_when(self.text, self.language, self.items)
        return Answer("told", "; ".join(one.value for one in when)) if when else None

    def by_number(self) -> Answer | None:
        measured = [item for item in outermost(self.items) if item.kind in ("dose", "duration")]
        if len(measured) == 1:
            number, _, unit = measured[0].value.partition(" ")
            asked = self.question.unit
            if unit not in _UNITS.get(asked, {asked} if asked else {unit}):
                return None
            return Answer("told", number if unit == asked else measured[0].value)
        numbers = set(_with_halves([item for item in self.items if item.kind == "number"]))
        return Answer("told", next(iter(numbers))) if len(numbers) == 1 and not measured else None

    def by_place(self) -> Answer | None:
        named = [item for item in self.items if item.kind in ("laterality", "body")]
        values = dict.fromkeys(item.value for item in named)
        return Answer("told", "; ".join(values)) if any(item.kind == "body" for item in named) else None

    def by_choice(self) -> Answer | None:
        tokens = tokenise(self.text)
        denied = polarities(tokens, lexicon_of(self.language)) if supported(self.language) else []
        chosen = {
            option: None
            for option, at in _options_in(self.question, self.language, tokens)
            if not (denied and denied[at] is Polarity.DENIED)
        }
        return Answer("told", " ".join(chosen)) if chosen else None

    def by_drugs(self) -> Answer | None:
        told = self._told_of_medicines()
        if told.medicines:
            return Answer("told", joined(told.medicines))
        return self._none_or_words() if self._is_in_a_language_of_ours else self._named("drug")

    def by_allergies(self) -> Answer | None:
        told = self._told_of_medicines()
        if told.allergens:
            return Answer("told", joined(told.allergens))
        if not any(one.is_marked for one in told.medicines):
            return self._named("drug", "allergy")
        return Answer("absent") if self.said.says() == "no" else self._none_or_words()

    def _told_of_medicines(self) -> Told:
        return told_of_medicines(self.text, self.language, self.items)

    @property
    def _is_in_a_language_of_ours(self) -> bool:
        return self.language in LANGUAGES

    def _named(self, *kinds: str) -> Answer | None:
        """What is named and not denied; else nothing, or the patient's own words."""
        items = [item for item in outermost(self.items) if item.kind in kinds and item.value != "allergy"]
        named = affirmed(self.text, self.language, items)
        if named:
            return Answer("told", "; ".join(dict.fromkeys(item.value for item in named)))
        return self._none_or_words()

    def by_text(self) -> Answer | None:
        return self._none_or_words(wants_more=False)

    def _none_or_words(self, *, wants_more: bool = True) -> Answer | None:
        """Nothing, or the patient's own words. A bare "yes" is an answer only where more is not wanted."""
        if self._is_none():
            return Answer("absent")
        if self.said.is_("unknown") or self.said.is_("refuse"):
            return None
        if wants_more and (not self.said.rest or self._denies_all()):
            return None
        return Answer("told", self.text.strip())

    def _denies_all(self) -> bool:
        """ "No, I don't take any medication": nothing is named, and the last thing said is denied."""
        tokens = list(self.said.tokens)
        if not supported(self.language) or not self.said.rest:
            return False
        denied = dict(
            zip((token.start for token in tokens), polarities(tokens, lexicon_of(self.language)), strict=True)
        )
        return denied[self.said.rest[-1].start] is Polarity.DENIED

    def _is_none(self) -> bool:
        return self.said.is_("none") or (self.said.says() == "no" and not self.said.rest)

    def _says(self, kind: str) -> bool:
        """Whether a word of a kind stands between the first number and the last one."""
        numbers = [item for item in self.items if item.kind == "number"]
        between = self.text[numbers[0].start : numbers[-1].end].lower()
        return any(form in between for form in texts(self.language).heard[kind])


_READERS: Mapping[Expects, Callable[[_Reading], Answer | None]] = {
    "yes-no": _Reading.by_yes_no,
    "scale": _Reading.by_scale,
    "duration": _Reading.by_duration,
    "number": _Reading.by_number,
    "place": _Reading.by_place,
    "choice": _Reading.by_choice,
    "drugs": _Reading.by_drugs,
    "allergies": _Reading.by_allergies,
    "text": _Reading.by_text,
}


def _with_halves(numbers: Sequence[Critical]) -> list[str]:
    """The values, and "thirty-eight and a half" as one of them."""
    values: list[str] = []
    for item in numbers:
        whole = values[-1] if values else ""
        is_half = item.value == _HALF and not item.text.strip()[:1].isdigit()
        if is_half and whole.isdigit():
            values[-1] = f"{whole}.5"
        else:
            values.append(item.value)
    return values


class When(NamedTuple):
    """A time or how long, and where it is said; `since`: with a word such as "for", "since", "ago"."""

    value: str
    start: int
    end: int
    since: bool


def told_when(text: str, language: str, items: Sequence[Critical]) -> list[When]:
    """What a text says of when something began, in order of place."""
    tokens = tokenise(text)
    found = [(item.value, item.start, item.end) for item in outermost(items) if item.kind in WHEN]
    found += list(_beside(found, _single(text, language, tokens), tokens, language))
    if primary(language) not in LANGUAGES:
        return [When(*one, since=False) for one in found]
    found = list(_with_yesterday(found, tokens, language))
    told = [When(*one, since=_is_led(one[1], one[2], tokens, language)) for one in sorted(found, key=lambda x: x[1])]
    return _corrected(told, list(_said(tokens, language, "correction")))


def _corrected(told: list[When], corrections: Sequence[tuple[int, int]]) -> list[When]:
    """ "Three weeks, no wait, three days": what is said after the correction, where that is a time."""
    last = corrections[-1][1] if corrections else 0
    return [one for one in told if one.start >= last] or told


def _beside(
    found: Sequence[tuple[str, int, int]],
    singles: Iterable[tuple[str, int, int]],
    tokens: Sequence[Token],
    language: str,
) -> Iterator[tuple[str, int, int]]:
    """Those of `singles` that count beside other times: with a "for" or "since"."""
    for one in singles:
        apart = all(one[2] <= start or end <= one[1] for _, start, end in found)
        if not found or (apart and primary(language) in LANGUAGES and _is_led(one[1], one[2], tokens, language)):
            yield one


def _single(text: str, language: str, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """ "A week ago", "há uma semana": one of a unit, said as an article."""
    if not supported(language):
        return
    for one in read(text, language).composed:
        match = _ONE.fullmatch(one.item.value)
        if one.lenient and match:
            yield f"1 {match[1]}", one.item.start, one.item.end
    for unit in ("hour", "day", "week", "month", "year"):
        for span in _said(tokens, language, f"one_{unit}"):
            if _is_led(*span, tokens, language):
                yield f"1 {unit}", *span


def _with_yesterday(
    found: Sequence[tuple[str, int, int]], tokens: Sequence[Token], language: str
) -> Iterator[tuple[str, int, int]]:
    """ "Last night" is an evening, and yesterday's."""
    has_date = any(value == "yesterday" for value, _, _ in found)
    nights = [] if has_date else list(_said(tokens, language, "last_night"))
    for value, start, end in found:
        within = any(first < end and start < stop for first, stop in nights)
        yield (f"yesterday; {value}" if within and value == "evening" else value), start, end
    if nights and not any(first < end and start < stop for first, stop in nights for _, start, end in found):
        yield "yesterday; evening", *nights[0]


def _is_led(start: int, end: int, tokens: Sequence[Token], language: str) -> bool:
    """Whether "for", "since" or "ago" stands beside it, with a word between at most."""
    near = [at for at, token in enumerate(tokens) if token.start < end and start < token.end]
    if not near:
        return False
    begins, ends = near[0], near[-1] + 1
    while begins > max(0, near[0] - _LED) and not tokens[begins - 1].ends_clause:
        begins -= 1
    while ends < min(len(tokens), near[-1] + 1 + _LED) and not tokens[ends].ends_clause:
        ends += 1
    first, stop = tokens[begins].start, tokens[ends - 1].end
    return any(span[1] >= first and span[0] < stop for span in _said(tokens, language, "since"))


def told_age(text: str, language: str, items: Sequence[Critical]) -> str:
    """An age that is told unasked and cannot be anything else: "I am 71 years old". "" where there is none."""
    if primary(language) not in LANGUAGES:
        return ""
    tokens = tokenise(text)
    spans = list(_said(tokens, language, "aged"))
    for one in told_when(text, language, items):
        number, _, unit = one.value.partition(" ")
        beside = any(start <= one.end + _BESIDE and one.start <= stop + _BESIDE for start, stop in spans)
        if unit == "year" and not one.since and beside and number.isdigit():
            return number
    return ""


def _said(tokens: Sequence[Token], language: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where one of our phrases of a kind is said, from and to which character."""
    row, at = list(tokens), 0
    phrases = phrases_of(primary(language), kind)
    while at < len(row):
        match = phrases.at(row, at)
        if match:
            yield row[match.first].start, row[match.stop - 1].end
        at = match.stop if match else at + 1


def affirmed(text: str, language: str, items: Sequence[Critical]) -> list[Critical]:
    """The items that are not denied: not the aspirin of "I take no aspirin"."""
    if not items or not supported(language):
        return list(items)
    tokens = tokenise(text)
    found = zip(tokens, polarities(tokens, lexicon_of(language)), strict=True)
    denied = {token.start for token, polarity in found if polarity is Polarity.DENIED}
    return [item for item in items if item.start not in denied]


def denies(text: str, language: str) -> bool:
    """Whether anything is denied in it."""
    return supported(language) and Polarity.DENIED in polarities(tokenise(text), lexicon_of(language))


def in_own_words(question: Question, reply: Reply) -> Answer:
    """What stands in the history where a second answer is not clear either: the words, or that it is not known."""
    says_more = any(token.kind != "mark" for token in heard(reply.text, reply.language).rest)
    if reply.conflicts:
        if question.must and question.sign:
            return Answer("present", UNCLEAR)
        return Answer(reply.last.state if reply.last else "unknown", UNCLEAR)
    if question.expects in ("drugs", "allergies") and denies(reply.text, reply.language):
        return Answer("unknown", UNCLEAR)  # "no food allergies" names none, and is not none
    if question.expects in ("yes-no", "scale", "number") or not says_more or reply.is_question:
        return Answer("unknown", UNANSWERED)
    return Answer("told", reply.text.strip())


def _options_in(question: Question, language: str, tokens: Sequence[Token]) -> Iterable[tuple[str, int]]:
    """The options that are said, with the place of their first word; the longest wording counts."""
    said = ((words, option.id) for option in question.options for words in option.said.get(language, ()))
    phrases = Phrases(said)
    row, at = list(tokens), 0
    while at < len(row):
        match = phrases.at(row, at)
        if match:
            yield match.value, at
        at = match.stop if match else at + 1


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
