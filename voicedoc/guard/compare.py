"""What is on one side of a translation and not on the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.core.speech import Critical
from voicedoc.guard.extract import Found, Reading, read
from voicedoc.guard.negation import Denial

N_NAMED = 5
"""Items of the other side that a message names at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is "missing" (`item` is in the source only) or "invented" (in the target only)."""

    kind: str
    item: Critical
    message: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdicts on one pair of texts, in order: numbers, units, negations. Equal ones are one, with a count."""

    verdicts: tuple[Verdict, ...]


def compare_texts(source_text: str, target_text: str, *, source: str, target: str) -> Comparison:
    """Compare the numbers, units and negations of a text and its translation. Pure; a millisecond or less.

    Raises:
        UnsupportedLanguage: If the guard does not know one of the languages (BCP 47 tags).
    """
    before, after = read(source_text, source), read(target_text, target)
    found = [*_numbers(before, after), *_units(before, after), *_negations(before, after)]
    equal: dict[tuple[str, ...], list[_Difference]] = defaultdict(list)
    for difference in found:
        equal[difference.key].append(difference)
    return Comparison(tuple(same[0].verdict(len(same)) for same in equal.values()))


@dataclass(frozen=True, slots=True)
class _Difference:
    """An item on one side, and what the `other` side has, in words."""

    kind: str
    item: Critical
    other: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.kind, self.item.kind, self.item.value, self.item.text.lower(), self.other

    def verdict(self, n: int) -> Verdict:
        times = f" ({n} times)" if n > 1 else ""
        if self.kind == "missing":
            return Verdict(self.kind, self.item, f"{_named(self.item)}{times} was said; the translation {self.other}")
        message = f"the translation says {_named(self.item)}{times}; what was said {self.other}"
        return Verdict(self.kind, self.item, message)


def _numbers(source: Reading, target: Reading) -> Iterator[_Difference]:
    lost = _unmatched(source.numbers, target)
    added = _unmatched(target.numbers, source)
    lost, added = _without_halves(lost, added)
    added, lost = _without_halves(added, lost)
    yield from _differences("number", lost, added, source.numbers, target.numbers)


def _unmatched(these: tuple[Found, ...], other: Reading) -> list[Critical]:
    """The strict items of `these` that are more than the equal numbers, strict, lenient or loose, of `other`."""
    budget = Counter(found.item.value for found in other.numbers) + Counter(other.loose)
    left: list[Critical] = []
    for found in sorted(these, key=lambda found: found.lenient):
        if budget[found.item.value] > 0:
            budget[found.item.value] -= 1
        elif not found.lenient:
            left.append(found.item)
    return left


def _without_halves(mixed: list[Critical], split: list[Critical]) -> tuple[list[Critical], list[Critical]]:
    """Take out "2.5" on one side with "2" and "0.5" on the other. The 1 of "one and a half" is lenient, not there."""
    parts: dict[str, list[Critical]] = defaultdict(list)
    for item in split:
        parts[item.value].append(item)
    used: set[Critical] = set()
    for item in mixed:
        whole, halves = parts[item.value.removesuffix(".5")], parts["0.5"]
        if item.value.endswith(".5") and item.value != "0.5" and halves and (whole or item.value == "1.5"):
            used |= {item, halves.pop(), *([whole.pop()] if whole else [])}
    return [item for item in mixed if item not in used], [item for item in split if item not in used]


def _units(source: Reading, target: Reading) -> Iterator[_Difference]:
    """Units compare as sets: "20 to 30 mg" is "20 mg to 30 mg"."""
    lost, added = _absent(source.units, target), _absent(target.units, source)
    yield from _differences("unit", lost, added, source.units, target.units)


def _absent(these: tuple[Found, ...], other: Reading) -> list[Critical]:
    known = {found.item.value for found in other.units}
    missed = (found for found in reversed(these) if not found.lenient and not _is_age(found, other))
    first = {found.item.value: found.item for found in missed}
    return sorted((item for value, item in first.items() if value not in known), key=lambda item: item.start)


def _is_age(unit: Found, other: Reading) -> bool:
    """ "I'm 39" needs no years."""
    return unit.item.value == "year" and unit.amount in other.ages


def _differences(
    kind: str, lost: list[Critical], added: list[Critical], source: tuple[Found, ...], target: tuple[Found, ...]
) -> Iterator[_Difference]:
    for item in lost:
        yield _Difference("missing", item, _has(kind, added or [found.item for found in target]))
    for item in added:
        yield _Difference("invented", item, _has(kind, lost or [found.item for found in source]))


def _named(item: Critical) -> str:
    return f'"{item.text}"' if item.kind == "negation" else f'{item.kind} {item.value} ("{item.text}")'


def _has(kind: str, items: list[Critical]) -> str:
    counts = Counter(f'{item.value} ("{item.text}")' for item in items)
    named = [f"{name}{f' ({n} times)' if n > 1 else ''}" for name, n in counts.items()]
    return "has " + (", ".join(named[:N_NAMED] + ["…"] * (len(named) > N_NAMED)) or f"no {kind}")


def _negations(source: Reading, target: Reading) -> Iterator[_Difference]:
    """Sentence by sentence where both sides have as many, otherwise over the whole text."""
    if len(source.denials) == len(target.denials):
        pairs = list(zip(source.denials, target.denials, strict=True))
    else:
        pairs = [(_joined(source.denials), _joined(target.denials))]
    for before, after in pairs:
        yield from _negation(before, after)


def _joined(denials: tuple[Denial, ...]) -> Denial:
    sure = tuple(item for denial in denials for item in denial.sure)
    return Denial(sure, sum(denial.n_agreeing for denial in denials), sum(denial.n_weak for denial in denials))


def _negation(before: Denial, after: Denial) -> Iterator[_Difference]:
    n_lost = len(before.sure) - len(after.sure) - after.n_agreeing - max(0, after.n_weak - before.n_weak)
    n_added = len(after.sure) - len(before.sure) - before.n_agreeing - max(0, before.n_weak - after.n_weak)
    for item in before.sure[: max(0, n_lost)]:
        yield _Difference("missing", item, _denies(after))
    for item in after.sure[: max(0, n_added)]:
        yield _Difference("invented", item, _denies(before))


def _denies(denial: Denial) -> str:
    words = ", ".join(dict.fromkeys(f'"{item.text}"' for item in denial.sure[:N_NAMED]))
    return f"negates only with {words}" if words else "negates nothing"
