"""Whether both sides deny equally often, and the same things."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from voicedoc.core.speech import Critical
from voicedoc.guard.extract import Reading
from voicedoc.guard.found import Found
from voicedoc.guard.negation import Denial
from voicedoc.guard.policy import CHANGED, INVENTED, KEPT, MISSING
from voicedoc.guard.scope import Polarity
from voicedoc.guard.verdicts import WORDED_OTHERWISE, Pair

_DENIED = 0.9
_DENIABLE = frozenset({"symptom", "body", "drug", "allergy", "pregnancy"})
_N_NAMED = 5


def negation_pairs(before: Reading, after: Reading) -> Iterator[Pair]:
    """Sentence by sentence where both sides have as many, otherwise over the whole text."""
    if len(before.denials) == len(after.denials):
        pairs = list(zip(before.denials, after.denials, strict=True))
    else:
        pairs = [(_joined(before.denials), _joined(after.denials))]
    objects = _Objects(before, after)
    for one, other in pairs:
        yield from _negation(one, other, objects)


def _joined(denials: tuple[Denial, ...]) -> Denial:
    sure = tuple(item for denial in denials for item in denial.sure)
    return Denial(sure, sum(denial.n_agreeing for denial in denials), sum(denial.n_weak for denial in denials))


def _negation(before: Denial, after: Denial, objects: _Objects) -> Iterator[Pair]:
    n_lost = len(before.sure) - len(after.sure) - after.n_agreeing - max(0, after.n_weak - before.n_weak)
    n_added = len(after.sure) - len(before.sure) - before.n_agreeing - max(0, before.n_weak - after.n_weak)
    lost = objects.unexplained(before.sure, 0)[: max(0, n_lost)] if n_lost > 0 else []
    added = objects.unexplained(after.sure, 1)[: max(0, n_added)] if n_added > 0 else []
    for item in lost:
        yield Pair(MISSING, item, None, _DENIED, _denies(after))
    for item in added:
        yield Pair(INVENTED, None, item, _DENIED, _denies(before))
    unmatched, invented = frozenset(lost), frozenset(added)
    sources = [item for item in before.sure if item not in unmatched]
    targets = [item for item in after.sure if item not in invented]
    for one, other in zip(sources, targets, strict=False):
        yield Pair(KEPT, one, other, _DENIED)


class _Objects:
    """What each negative word denies. "No fever, no cough" is "neither fever nor cough": both deny the same things."""

    def __init__(self, before: Reading, after: Reading) -> None:
        self._readings = (before, after)
        self._named = [[one for one in reading.concepts if one.item.kind in _DENIABLE] for reading in self._readings]
        self._denied = [_denied(named) for named in self._named]
        for named in self._named:
            named.sort(key=lambda one: one.item.start)

    def unexplained(self, cues: tuple[Critical, ...], side: int) -> list[Critical]:
        """The negative words of a side, without those whose object the other side denies, too."""
        return [cue for cue in cues if self._object(cue, side) not in self._denied[1 - side]]

    def _object(self, cue: Critical, side: int) -> tuple[str, str] | None:
        """The next thing that is denied after a negative word; before it, in languages that put it there."""
        named, is_before = self._named[side], self._readings[side].lexicon.negation.scope == "before"
        place = bisect_left(named, cue.start, key=lambda one: one.item.start) - is_before
        if not 0 <= place < len(named) or named[place].polarity is not Polarity.DENIED:
            return None
        return named[place].item.kind, named[place].item.value


def _denied(named: list[Found]) -> set[tuple[str, str]]:
    return {(one.item.kind, one.item.value) for one in named if one.polarity is Polarity.DENIED}


def _denies(denial: Denial) -> str:
    words = ", ".join(dict.fromkeys(f'"{item.text}"' for item in denial.sure[:_N_NAMED]))
    return f"negates only with {words}" if words else "negates nothing"


def scope_pairs(before: Reading, after: Reading) -> Iterator[Pair]:
    """What is denied on one side and affirmed on the other, though both deny equally often."""
    sources, targets = _polarities(before), _polarities(after)
    for key in (key for key in sources if key in targets):
        said, shown = sources[key], targets[key]
        if {said.polarity, shown.polarity} == {Polarity.DENIED, Polarity.AFFIRMED}:
            yield Pair(CHANGED, _denial(said), _denial(shown), WORDED_OTHERWISE)


def _polarities(reading: Reading) -> dict[tuple[str, str], Found]:
    """Symptoms, drugs, allergies and the like that are named with one polarity only."""
    found: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in reading.concepts:
        if one.item.kind in _DENIABLE:
            found[one.item.kind, one.item.value].append(one)
    return {key: ones[0] for key, ones in found.items() if len({one.polarity for one in ones}) == 1}


def _denial(one: Found) -> Critical:
    denied = one.polarity is Polarity.DENIED
    item = one.item
    return Critical("negation", f"{'not ' if denied else ''}{item.value}", item.text, item.start, item.end)
