"""Which medicines somebody says that they take, and what they do not bear, each with the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from voicedoc.converse.interview.heard import phrases_of
from voicedoc.converse.interview.texts import LANGUAGES
from voicedoc.converse.medicines.lexicon import medicine_lexicon
from voicedoc.converse.medicines.read import Named, State, medicines_in
from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.questions import outermost, sentences
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import Token, tokenise

_NO_MEDICINE = frozenset({"alcohol", "grapefruit"})
"""Names of the lexicon that are asked for elsewhere."""

_BESIDE = 5
"""Characters at most between a medicine and its dose: " de ", " (", "的"."""

_MOST_A_DAY = 12
"""A count a day above it was misread: "850 twice a day" said in words."""

_LONGEST_NAME = 4
"""Tokens at most of an allergen that no list has."""

_UNITS = {"milligram": "mg", "gram": "g", "microgram": "µg", "millilitre": "ml", "milliliter": "ml"}
_FREQUENCY = re.compile(r"(\d+)/day")


@dataclass(frozen=True, slots=True)
class Taken:
    """A medicine with its dose, or what is not borne. `name` is international; `words` as it was said, from `start`.

    `is_marked`: a word beside it says that it is taken; else it is only named.
    """

    name: str
    words: str
    start: int = field(default=0, compare=False)
    is_marked: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of medicines: `medicines` are taken now, `allergens` not borne; `borne`: that they are is said."""

    medicines: tuple[Taken, ...] = ()
    allergens: tuple[Taken, ...] = ()
    borne: tuple[Taken, ...] = ()


def told_of_medicines(text: str, language: str, items: Sequence[Critical]) -> Told:
    """What the patient says that they take and do not bear. Nothing in a language without words for medicines.

    Left out: what is stopped, denied, asked about, asked for, and other people's.
    """
    if primary(language) not in LANGUAGES:
        return Told()
    page = _Page(text, language, tuple(items))
    allergens = page.allergies(State.NOW)
    return Told(
        medicines=tuple(page.with_dose(one) for one in page.named if page.is_taken(one)),
        allergens=tuple(dict.fromkeys([*allergens, *page.other_allergens()])),
        borne=tuple(page.allergies(State.DENIED)),
    )


class _Page:
    """One text with what it names."""

    def __init__(self, text: str, language: str, items: tuple[Critical, ...]) -> None:
        self._text, self._language, self._items = text, primary(language), items
        self._lexicon = medicine_lexicon(language)
        self._tokens = tokenise(text)
        self._rows = [list(row) for row in sentences(self._tokens)]
        everything = medicines_in(text, language, allergens=True)
        self.named = [one for one in everything if not self._goes_on_about_another(one.start)]

    def allergies(self, state: State) -> list[Taken]:
        """What is said to be not borne, or with `DENIED` to be so."""
        found = [one for one in self.named if one.kind == "allergy" and one.state is state]
        return [Taken(one.name, one.words, one.start) for one in found]

    def is_taken(self, one: Named) -> bool:
        """Whether it is a medicine that the patient takes now."""
        counts = one.kind == "medicine" and one.state is State.NOW and one.name not in _NO_MEDICINE
        return counts and not self._is_asked_for(one)

    def with_dose(self, one: Named) -> Taken:
        """A medicine with what is said of how much, and how often."""
        ends = [token.end for token in self._tokens if token.start >= one.end and token.ends_clause]
        stop = min([len(self._text), *ends, *(other.start for other in self.named if other.start > one.start)])
        after = [item for item in outermost(self._items) if one.end <= item.start < stop]
        amounts = (item for item in after if item.kind in ("dose", "number") and item.start - one.end <= _BESIDE)
        amount = next(amounts, None)
        how_often = next((item for item in after if item.kind == "frequency"), None)
        said = [item for item in (amount or self._dose_before(one), how_often) if item]
        words = self._text[min([one.start, *(i.start for i in said)]) : max([one.end, *(i.end for i in said)])]
        return Taken(" ".join([one.name, *map(_amount, said)]), words, one.start, one.is_marked)

    def other_allergens(self) -> Iterator[Taken]:
        """What no list has, in the patient's own words: "allergic to strawberries"."""
        polarity = polarities(self._tokens, self._lexicon.guard)
        of_allergies = [one.start for one in self.named if one.kind == "allergy"]
        for item in self._items:
            row = self._row(item.start)
            if item.kind != "allergy" or item.value != "allergy" or not row:
                continue
            at = next(at for at, token in enumerate(self._tokens) if token.end > item.start)
            named = any(row[0].start <= start < row[-1].end for start in of_allergies)
            others = self._speaks_of_another(row) or self._goes_on_about_another(item.start)
            if not named and not others and polarity[at] is not Polarity.DENIED and row[-1].text not in "?？؟":
                yield from self._in_own_words(row, item)

    def _in_own_words(self, row: list[Token], item: Critical) -> Iterator[Taken]:
        before = [token for token in row if token.end <= item.start]
        after = [token for token in row if token.start >= item.end]
        leads = phrases_of(self._language, "allergic_to")
        words: list[Token] = []
        if after and (match := leads.at(after, 0)):
            words = self._until_a_break(after[match.stop :])
        elif led := [match for at in range(len(before)) if (match := leads.at(before, at))]:
            words = self._until_a_break(before[led[-1].stop :])
            if not words and self._language == "hi":  # "अंडे से एलर्जी"
                words = before[max(0, led[-1].first - 1) : led[-1].first]
        if 0 < len(words) <= _LONGEST_NAME:
            said = self._text[words[0].start : words[-1].end]
            yield Taken(said, said, words[0].start)

    def _until_a_break(self, tokens: Sequence[Token]) -> list[Token]:
        negation = self._lexicon.guard.negation

        def goes_on(token: Token) -> bool:
            mine = self._lexicon.mine.at([token], 0) is not None
            return not token.ends_clause and token.kind != "mark" and token.text not in negation.but and not mine

        return list(takewhile(goes_on, tokens))

    # --- whose, and whether it is wanted

    def _row(self, start: int) -> list[Token]:
        return next((row for row in self._rows if row[0].start <= start < row[-1].end), [])

    def _speaks_of_another(self, row: Sequence[Token]) -> bool:
        return _has(row, self._lexicon.others) and not _has(row, self._lexicon.mine)

    def _goes_on_about_another(self, start: int) -> bool:
        """ "My wife has asthma. She takes salbutamol." """
        for before, row in pairwise(self._rows):
            if row[0].start <= start < row[-1].end:
                theirs = phrases_of(self._language, "theirs").at(row, 0) is not None
                ends_with_another = _last(before, self._lexicon.others) > _last(before, self._lexicon.mine)
                return theirs and ends_with_another and not _has(row, self._lexicon.mine)
        return False

    def _is_asked_for(self, one: Named) -> bool:
        """ "Please give me morphine": wanted, and not taken."""
        row = [token for token in self._row(one.start) if token.start < one.start]
        wants = phrases_of(self._language, "wants")
        asked = [match.stop for at in range(len(row)) if (match := wants.at(row, at))]
        return bool(asked) and not _has(row[asked[-1] + 1 :], self._lexicon.mine)

    def _dose_before(self, one: Named) -> Critical | None:
        """The "5 mg" of "5 mg of ramipril"."""
        found = [item for item in outermost(self._items) if item.kind == "dose" and item.end <= one.start]
        if not found or one.start - found[-1].end > _BESIDE:
            return None
        of_another = any(0 <= found[-1].start - other.end <= _BESIDE for other in self.named)
        return None if of_another else found[-1]


def _amount(item: Critical) -> str:
    """A dose as doctors write it; as it was said where the reading cannot be right."""
    often = _FREQUENCY.fullmatch(item.value)
    if often and int(often[1]) > _MOST_A_DAY:
        return f"“{item.text}”"
    number, _, unit = item.value.partition(" ")
    return f"{number} {_UNITS.get(unit, unit)}".strip()


def _has(tokens: Sequence[Token], phrases: Phrases) -> bool:
    return _last(tokens, phrases) >= 0


def _last(tokens: Sequence[Token], phrases: Phrases) -> int:
    """Where one of these phrases is said last, -1 where none is."""
    row = list(tokens)
    return max((at for at in range(len(row)) if phrases.at(row, at)), default=-1)


def joined(told: Iterable[Taken]) -> str:
    """The names as a fact's value."""
    return "; ".join(dict.fromkeys(one.name for one in told))


def belongs_to_others(row: Sequence[Token], language: str, starts: Iterable[int]) -> bool:
    """Whether what stands at these places of a sentence is told of relatives or friends."""
    if primary(language) not in LANGUAGES:
        return False
    lexicon = medicine_lexicon(language)
    before = [token for token in row if token.start < max(starts, default=0)]
    return _last(before, lexicon.others) > _last(before, lexicon.mine)
