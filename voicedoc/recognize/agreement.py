"""Which words of a growing hypothesis are shown as settled: those on which two readings in a row agree.

Source: LocalAgreement-2 of Liu et al. 2020, "Low-Latency Sequence-to-Sequence Speech Recognition and Translation by
Partial Hypothesis Selection" (arXiv 2005.11185), as used by Macháček et al. 2023 for Whisper (arXiv 2307.14743).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_SPACELESS = ("CJK ", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER")
"""Beginnings of the Unicode names of letters that are written without spaces between words."""


class Shown(NamedTuple):
    """A partial hypothesis, `stable + unstable`. `stable` begins with every earlier `stable`."""

    stable: str
    unstable: str


class Agreement:
    """Stabilises the hypotheses of one utterance, in the order in which they were read.

    Readings may differ in case, punctuation and the words already settled: each is laid beside what is settled where it
    fits best, and only what comes after counts.
    """

    def __init__(self) -> None:
        self._settled: list[str] = []
        self._before: list[str] | None = None

    def take(self, text: str) -> Shown:
        """What is to be shown after one more reading."""
        units = split(text)
        if self._before is not None:
            own, other = self._rest(units), self._rest(self._before)
            self._settled += own[: _common(own, other)]
        self._before = units
        return Shown("".join(self._settled), "".join(self._rest(units)))

    def _rest(self, units: Sequence[str]) -> list[str]:
        """What of a reading comes after that which is settled."""
        first, *more = units[_fitting(self._settled, units) :] or [""]
        is_glued = self._settled and first and not (first.startswith(" ") or _spaceless(first[0]))
        return [f" {first}" if is_glued else first, *more] if first else []


def split(text: str) -> list[str]:
    """Words with the space in front of them, or single letters in scripts without spaces; joined they are `text`.

    >>> split("It hurts. 痛い")
    ['It', ' hurts.', ' 痛', 'い']
    """
    units: list[str] = []
    for mark in " ".join(text.split()):
        if not units or mark == " " or _begins(mark, units[-1]):
            units.append(mark)
        else:
            units[-1] += mark
    return units


def _begins(mark: str, unit: str) -> bool:
    """Whether `mark` is a unit of its own after `unit`, with no space between them."""
    if unit == " ":
        return False
    return _spaceless(mark) or (_spaceless(unit[-1]) and mark.isalnum())


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same word, whatever their case and punctuation."""
    return plain(one) == plain(other)


def plain(unit: str) -> str:
    """A unit without case and what surrounds it: marks within a word or a number tell it from another."""
    bare, marks = unit.casefold().strip(), [mark for mark in unit.casefold() if not _is_letter(mark)]
    return bare.strip("".join(marks)) or bare


def _is_letter(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LMN"


def _spaceless(mark: str) -> bool:
    return mark.isalpha() and unicodedata.name(mark, "").startswith(_SPACELESS)


def said_once(text: str) -> str:
    """`text` without the repeats of a loop at its end: three of anything, or two of three units and more.

    >>> said_once("Concord returned to. Concord returned to. Concord")
    'Concord returned to.'
    >>> said_once("No, no.")
    'No, no.'
    """
    units = split(text)
    for whole in (units, units[:-1]):  # the last may be half a word
        words = [plain(unit) for unit in whole]
        for length in range(1, len(words) // 2 + 1):
            same = _periodic(words, length)
            if same >= length * (1 if length > 2 else 2):
                return "".join(whole[: len(whole) - same])
    return text


def _periodic(words: Sequence[str], length: int) -> int:
    """How many words at the end are the same as `length` words before."""
    same = 0
    while same < len(words) - length and words[-1 - same] == words[-1 - same - length]:
        same += 1
    return same


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many units two readings begin with in common."""
    n = 0
    for mine, theirs in zip(one, other, strict=False):
        if not same_unit(mine, theirs):
            break
        n += 1
    return n


def _fitting(settled: Sequence[str], units: Sequence[str]) -> int:
    """How many of `units` stand for `settled`: the beginning that is nearest to it by edits, the shortest of equals."""
    distances = list(range(len(units) + 1))
    for row, word in enumerate(settled, start=1):
        corner, distances[0] = distances[0], row
        for column, unit in enumerate(units, start=1):
            change = corner + (not same_unit(word, unit))
            corner = distances[column]
            distances[column] = min(change, distances[column] + 1, distances[column - 1] + 1)
    return distances.index(min(distances))
