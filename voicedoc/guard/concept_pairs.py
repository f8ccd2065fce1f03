"""Which drugs, sides, body parts and other concepts of the two sides belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from voicedoc.core.speech import Critical
from voicedoc.guard.extract import Reading
from voicedoc.guard.found import Found
from voicedoc.guard.policy import CHANGED, KEPT, OPPOSITES
from voicedoc.guard.verdicts import WORDED_OTHERWISE, Pair, differences


def concept_pairs(category: str, before: Reading, after: Reading) -> Iterator[Pair]:
    """Concepts compare as sets: a text may name a thing once or twice."""
    sources, targets = _named(before, category), _named(after, category)
    there, here = _by_key(targets), _by_key(sources)
    for one in sources:
        if other := next((there[key] for key in sorted(one.keys) if key in there), None):
            yield Pair(KEPT, one.item, other.item, one.confidence)
    lost = [one for one in sources if one.keys.isdisjoint(there) and not _is_said(one, after)]
    added = [one for one in targets if one.keys.isdisjoint(here) and not _is_said(one, before)]
    if category == "laterality" and {one.item.value for one in (*lost, *added)} == {"left", "right"}:
        yield from differences(lost, added, both_lenient=True)
        return
    yield from _changed_concepts(category, lost, added)
    if category == "laterality" and not lost and not added:
        yield from _swapped_sides(before, after)


def _named(reading: Reading, category: str) -> list[Found]:
    """The first item of each value in order of place, a strict one where there is one."""
    found: dict[str, Found] = {}
    for one in reading.concepts:
        known = found.get(one.item.value)
        if one.item.kind == category and (known is None or (known.lenient and not one.lenient)):
            found[one.item.value] = one
    return list(found.values())


def _by_key(items: list[Found]) -> dict[str, Found]:
    return {key: one for one in reversed(items) for key in one.keys}


def _is_said(one: Found, other: Reading) -> bool:
    """Whether the other side has a word that sounds like an unlisted drug, or "two" for "both"."""
    if one.item.kind == "drug":
        return one.item.value in other.sounds
    both = one.item.kind == "laterality" and one.item.value == "both"
    return both and any(part.kind == "number" and part.value == "2" for part in other.parts)


def _changed_concepts(category: str, lost: list[Found], added: list[Found]) -> Iterator[Pair]:
    if category not in OPPOSITES:
        yield from differences(lost, added)
        return
    kinds = {value: place for place, values in enumerate(OPPOSITES[category]) for value in values}
    shared = {kinds.get(one.item.value) for one in lost} & {kinds.get(one.item.value) for one in added}
    opposed = ([one for one in side if kinds.get(one.item.value) not in {None, *shared}] for side in (lost, added))
    others = [[one for one in side if kinds.get(one.item.value) in {None, *shared}] for side in (lost, added)]
    yield from differences(*opposed)
    yield from differences(others[0], ())
    yield from differences((), others[1])


def _swapped_sides(before: Reading, after: Reading) -> Iterator[Pair]:
    """A body part that both sides name with a side, but not with the same one."""
    sources, targets = _sides(before), _sides(after)
    for part in (part for part in sources if part in targets):
        one, other = sources[part], targets[part]
        if one.keys().isdisjoint(other):
            said, shown = next(iter(one.values())), next(iter(other.values()))
            yield Pair(CHANGED, said, shown, WORDED_OTHERWISE)


def _sides(reading: Reading) -> dict[str, dict[str, Critical]]:
    sides: dict[str, dict[str, Critical]] = defaultdict(dict)
    for one in reading.concepts:
        for part in one.beside:
            sides[part].setdefault(one.item.value, one.item)
    return sides
