"""What a text says about medicines: which are taken, stopped or not borne, and conditions that they may not suit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from voicedoc.converse.medicines.lexicon import LANGUAGES, Mark, MedicineLexicon, medicine_lexicon
from voicedoc.converse.medicines.table import known_name
from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.drugs import find_drugs, without_names
from voicedoc.guard.extract import extract
from voicedoc.guard.joined import apart
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import Token, tokenise

Kind: TypeAlias = Literal["medicine", "allergy", "condition"]

_DENYING = frozenset({"cue", "concord", "coordinator", "agreeing", "with-particle"})

_GOVERNING = frozenset({Mark.STOP, Mark.AVOID, Mark.MISS})

_ASKING = frozenset("?？؟")

_ACROSS = 5
"""What an "and" counts for, in tokens: "I stopped warfarin and take apixaban"."""

_FARTHEST = 40
"""Tokens at most from a medicine to the word that says something about it."""

_JOINED = 2
"""Tokens at most from "no" or "except" to what they belong to."""

_AFTER_BUT = 4
"""Tokens at most from "but" to what is named after it, "but to iodine"."""

_LISTED = 3
"""Tokens between the members of a list at most: "al látex y a las nueces"."""

_REACTION = 8
"""Tokens at most from a medicine to what came of it."""

_GOVERNS = 6
"""Tokens at most from "stopped" to the "taking" that belongs to it."""


class State(StrEnum):
    """What is said of it. `NOW`: taken or to be taken, present. `ASKED`: the sentence is a question."""

    NOW = "now"
    STOPPED = "stopped"
    DENIED = "denied"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Named:
    """One medicine, allergy or condition. `name` is an INN, or as the tables call it; `words` how it was said.

    `is_marked`: a word beside it says whether it is taken; else it is only named.
    """

    kind: Kind
    name: str
    state: State
    words: str
    start: int
    end: int
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """Tokens `first` to `stop` that name something. `is_condition`: no medicine; `is_allergen`: none either."""

    first: int
    stop: int
    name: str
    is_condition: bool = False
    is_allergen: bool = False


def medicines_in(text: str, language: str, *, anybodys: bool = False, allergens: bool = False) -> tuple[Named, ...]:
    """What `text` says of medicines, in order of place; nothing in a language without a lexicon.

    What is said of relatives and friends is left out, unless `anybodys`. With `allergens`, also what is no medicine and
    not borne: "allergic to nuts".
    """
    if primary(language) not in LANGUAGES:
        return ()
    page = _Page(text, medicine_lexicon(language), language if allergens else "")
    found = (page.read(at) for at, place in enumerate(page.places) if anybodys or not page.is_others(place))
    return tuple(one for one in found if one is not None)


def speaks_of_allergy(text: str, language: str) -> bool:
    """Whether a word for an allergy or a reaction is said."""
    if primary(language) not in LANGUAGES:
        return False
    return any(mark.value == Mark.REACT for mark in _matches(tokenise(text), medicine_lexicon(language).marks))


class _Page:
    """One text with all that bears on the medicines that it names."""

    def __init__(self, text: str, lexicon: MedicineLexicon, language: str = "") -> None:
        self._text, self._lexicon = text, lexicon
        self._tokens = apart(tokenise(text), lexicon.guard)
        places = [*_places(self._tokens, lexicon)]
        if language:
            places += _allergens(self._tokens, places, extract(text, language))
        self.places = sorted(places, key=lambda place: place.first)
        plain = without_names(self._tokens, lexicon.guard)
        self._polarity = polarities(plain, lexicon.guard)
        self._mine, self._others = _matches(plain, lexicon.mine), _matches(plain, lexicon.others)
        self._excepting = _matches(plain, lexicon.excepting)
        self._instead = {match.stop for match in _matches(plain, lexicon.instead)}
        named = {at for place in self.places if not place.is_allergen for at in range(place.first, place.stop)}
        marks = [mark for mark in _matches(plain, lexicon.marks) if mark.first not in named]
        self._marks = [self._governed(mark, marks) for mark in marks]
        self._chosen = self._chosen_marks()

    def is_others(self, place: _Place) -> bool:
        """Whether the sentence has spoken of somebody else, and not again of who speaks."""
        first = self._sentence(place.first)[0]
        others = [match.stop for match in self._others if first <= match.first < place.first]
        return bool(others) and not any(others[-1] <= match.first < place.first for match in self._mine)

    def read(self, at: int) -> Named | None:
        """What is said of the medicine or condition at a place; None where nothing is."""
        place, mark = self.places[at], self._chosen[at]
        if place.is_allergen and (mark is None or mark.value != Mark.REACT):
            return None
        if not self._instead.isdisjoint(range(place.first - 1, place.first + 1)):
            return self._named(place, "medicine", State.STOPPED, mark)
        if place.is_condition or mark is None:
            return self._named(place, "condition" if place.is_condition else "medicine", self._state(at), mark)
        if mark.value == Mark.REACT:
            return self._named(place, "allergy", self._allergy_state(at), mark)
        if mark.value in (Mark.STOP, Mark.AVOID) and not self._is_revoked(mark):
            state = State.STOPPED if mark.value == Mark.STOP else State.DENIED
            return None if self._asks(place) else self._named(place, "medicine", state, mark)
        return self._named(place, "medicine", self._state(at) if mark.value == Mark.TAKE else State.NOW, mark)

    def _named(self, place: _Place, kind: Kind, state: State, mark: Match | None) -> Named:
        start, end = self._tokens[place.first].start, self._tokens[place.stop - 1].end
        return Named(kind, place.name, state, self._text[start:end], start, end, mark is not None)

    # --- what is said of it

    def _state(self, at: int) -> State:
        if self._asks(self.places[at]):
            return State.ASKED
        return State.DENIED if self._is_denied(at) else State.NOW

    def _allergy_state(self, at: int) -> State:
        """ "Not allergic to penicillin", "no allergy to penicillin"."""
        mark = self._chosen[at]
        if self._asks(self.places[at]):
            return State.ASKED
        if mark is None or self._is_excepted(self.places[at]):
            return State.NOW
        if self._nearest(self.places[at]) is None and self._beyond_but(self.places[at]) is mark:
            return State.DENIED if self._polarity[self.places[at].first] is Polarity.DENIED else State.NOW
        denied = self._is_denied(at) or self._polarity[mark.first] is Polarity.DENIED
        return State.DENIED if denied or self._is_denied_between(self.places[at], mark) else State.NOW

    def _is_denied_between(self, place: _Place, mark: Match) -> bool:
        """ "Nicht gegen Penicillin allergisch": a cue closely before both, in their clause."""
        first = min(place.first, mark.first)
        cues = self._lexicon.guard.negation.cues
        for at in range(first - 1, max(-1, first - 1 - _JOINED), -1):
            if self._tokens[at].ends_clause:
                return False
            if (cue := cues.at(self._tokens, at)) and cue.value in _DENYING:
                return True
        return False

    def _is_denied(self, at: int) -> bool:
        """Denied, or listed after what is: "I don't take aspirin, ibuprofen or warfarin"."""
        place = self.places[at]
        if self._is_excepted(place):
            return False
        if self._polarity[place.first] is not Polarity.OPEN or at == 0:
            return self._polarity[place.first] is Polarity.DENIED
        return self._are_listed(at - 1) and self._is_denied(at - 1)

    def _is_excepted(self, place: _Place) -> bool:
        """ "No allergies except penicillin"; "पेनिसिलिन के अलावा"."""
        before, after = range(place.first - _JOINED, place.first + 1), range(place.stop, place.stop + 1)
        return any(match.stop in before or match.first in after for match in self._excepting)

    def _is_revoked(self, mark: Match) -> bool:
        """ "I have not stopped it"; but "no longer take" is a stop by itself."""
        cues = (self._lexicon.guard.negation.cues.at(self._tokens, at) for at in range(mark.first, mark.stop))
        if any(cue and cue.value in _DENYING for cue in cues):
            return False
        return self._polarity[mark.first] is Polarity.DENIED

    def _asks(self, place: _Place) -> bool:
        stop = self._sentence(place.first)[1]
        return self._tokens[stop - 1].text in _ASKING

    def _sentence(self, at: int) -> tuple[int, int]:
        first, stop = at, at
        while first > 0 and not self._tokens[first - 1].ends_sentence:
            first -= 1
        while stop < len(self._tokens) and not self._tokens[stop].ends_sentence:
            stop += 1
        return first, min(stop + 1, len(self._tokens))

    # --- the word that says it

    def _chosen_marks(self) -> list[Match | None]:
        """For each place the mark nearest to it in its clause; in a list, that of its neighbour."""
        chosen = [self._nearest(place) or self._beyond_but(place) for place in self.places]
        for at in range(1, len(chosen)):
            if chosen[at] is None and self._are_listed(at - 1):
                chosen[at] = chosen[at - 1]
        for at in range(len(chosen) - 2, -1, -1):
            if chosen[at] is None and self._are_listed(at):
                chosen[at] = chosen[at + 1]
        return chosen

    def _nearest(self, place: _Place) -> Match | None:
        if (reaction := self._reaction(place)) is not None:
            return reaction
        away = [(self._distance(place, mark), mark) for mark in self._marks]
        near = [(distance, mark) for distance, mark in away if distance is not None]
        return min(near, key=lambda one: one[0])[1] if near else None

    def _beyond_but(self, place: _Place) -> Match | None:
        """ "No allergy to penicillin, but to iodine"."""
        but = self._lexicon.guard.negation.but
        if not any(self._tokens[at].text in but for at in range(max(0, place.first - _AFTER_BUT), place.first)):
            return None
        first = self._sentence(place.first)[0]
        said = [mark for mark in self._marks if first <= mark.first < place.first]
        return said[-1] if said and said[-1].value == Mark.REACT else None

    def _reaction(self, place: _Place) -> Match | None:
        """What came of it, told in several words after it: "I had penicillin and came out in a rash"."""
        for mark in self._marks:
            if mark.value == Mark.REACT and mark.stop - mark.first > 1 and mark.first >= place.stop:
                distance = self._distance(place, mark)
                between = range(place.stop, mark.first)
                if distance is None or len(between) > _REACTION or any(other.first in between for other in self.places):
                    return None
                return mark
        return None

    def _distance(self, place: _Place, mark: Match) -> int | None:
        """Tokens between; None where a clause ends between them."""
        first, stop = (mark.stop, place.first) if mark.first < place.first else (place.stop, mark.first)
        if stop - first > _FARTHEST:
            return None
        between = self._tokens[first:stop]
        negation = self._lexicon.guard.negation
        excepting = {at for match in self._excepting for at in range(match.first, match.stop)}
        apart = (token for at, token in enumerate(between, start=first) if at not in excepting)
        if any(token.ends_clause or token.text in negation.but for token in apart):
            return None
        return len(between) + _ACROSS * sum(token.text in negation.and_words for token in between)

    def _are_listed(self, at: int) -> bool:
        """Whether a place and the next one are members of one list."""
        between = self._tokens[self.places[at].stop : self.places[at + 1].first]
        if len(between) > _LISTED or any(token.ends_sentence for token in between):
            return False
        return not any(match.first in range(self.places[at].stop, self.places[at + 1].first) for match in self._marks)

    def _governed(self, mark: Match, marks: list[Match]) -> Match:
        """ "Stop taking", "aufgehört, es zu nehmen": a taking that is stopped."""
        if mark.value != Mark.TAKE:
            return mark
        governing = [other for other in marks if other.value in _GOVERNING and self._governs(other, mark)]
        return Match(mark.first, mark.stop, governing[0].value) if governing else mark

    def _governs(self, stop: Match, take: Match) -> bool:
        if take.stop <= stop.first <= take.stop + 1:  # "लेना बंद"
            return True
        if not stop.stop <= take.first <= stop.stop + _GOVERNS:
            return False
        words = range(stop.stop, take.first)
        negation = self._lexicon.guard.negation
        joins = {at for at in words if self._tokens[at].text in negation.but | negation.and_words}
        begins = {match.first for match in self._mine} & set(words)
        sentence = any(self._tokens[at].ends_sentence for at in words)
        return not joins and not begins and not sentence and not self._is_complete(stop, words)

    def _is_complete(self, stop: Match, words: range) -> bool:
        """Whether what is stopped is named before the clause ends: "stopped warfarin, taking apixaban"."""
        ends = [at for at in words if self._tokens[at].ends_clause]
        first = stop.first
        while first > 0 and not self._tokens[first - 1].ends_clause:
            first -= 1
        return bool(ends) and any(first <= place.first < ends[-1] for place in self.places)


def _places(tokens: list[Token], lexicon: MedicineLexicon) -> Iterator[_Place]:
    """Every medicine and every condition that is named; of two at one place, the longer."""
    medicines = [*_matches(tokens, lexicon.named), *find_drugs(tokens, lexicon.guard.prefixes)]
    taken: set[int] = set()
    for match in sorted(medicines, key=lambda match: (match.first - match.stop, match.first)):
        if taken.isdisjoint(range(match.first, match.stop)):
            taken.update(range(match.first, match.stop))
            yield _Place(match.first, match.stop, known_name(match.value))
    for match in _matches(tokens, lexicon.conditions):
        if taken.isdisjoint(range(match.first, match.stop)):
            yield _Place(match.first, match.stop, match.value, is_condition=True)


def _allergens(tokens: list[Token], named: Iterable[_Place], items: Iterable[Critical]) -> Iterator[_Place]:
    """What is no medicine, and often not borne: nuts, latex, pollen."""
    taken = {at for place in named for at in range(place.first, place.stop)}
    for item in items:
        if item.kind == "allergy" and item.value != "allergy":
            own = [at for at, token in enumerate(tokens) if item.start <= token.start < item.end]
            if own and taken.isdisjoint(own):
                taken.update(own)
                yield _Place(own[0], own[-1] + 1, item.value, is_allergen=True)


def _matches(tokens: Iterable[Token], phrases: Phrases) -> list[Match]:
    tokens = list(tokens)
    found, at = [], 0
    while at < len(tokens):
        match = phrases.at(tokens, at)
        if match:
            found.append(match)
        at = match.stop if match else at + 1
    return found
