"""Where a text may be cut so that speaking can begin early: never inside a dose, a time or an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = ".!?…。！？؟।॥"
_SOFT = ",;:—，；：、،؛"
_UNSPACED = "。！？，；：、"
"""Marks of scripts that put no space after them."""
_CLOSING = "\"'”’»)]」』》）"
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_WEIGHT = 2.5
"""Letters of Latin script that take as long to say as one ideograph or syllable block."""
_ABBREVIATION = re.compile(
    r"(?:(?<!\w)(?:Dr|Dra|Drs|Mr|Mrs|Ms|Sr|Sra|Srta|Prof|Profa|Mme|Mlle|Dott|Sig|St|vs|approx|ca|etc|ej|ex|bzw|usw|ggf|bspw|max|"
    r"No|Nr|Nº|Tel|Std|tab|caps|comp|p|art|ст|рт|г|мл|мг)|(?<!\w)[^\W\d_]|\.[^\W\d_]{1,2}|(?<![\w:.,/])\d{1,2})$"
)
"""What a full stop after it does not end: titles, initials, "b.i.d", and numbers ("5. Mai")."""
_BOUND = re.compile(r"\d\s+\S*$|\s\d\S*$|(?<!\w)\d\S*$")
"""A number at the end, with or without the word that follows it: its unit or noun stays with it."""


def clauses(text: str, *, first: int = 12, rest: int = 40, longest: int = 160) -> Iterator[str]:
    """Cut `text` into speakable clauses, in order; together they hold every character of it but white space.

    Lengths are in letters; an ideograph counts 2.5. The first clause may end at any comma after `first` letters,
    later ones at the end of a sentence or at a comma after `rest`; none is longer than `longest` unless it has no
    place to cut.
    """
    text, least = text.strip(), first
    while text:
        cut = next_cut(text, least, longest) or len(text)
        yield text[:cut].strip()
        text, least = text[cut:].lstrip(), rest


def next_cut(text: str, least: int, longest: int) -> int:
    """The position after the first clause of `text`; 0 where more text is needed to tell. Text may still grow."""
    length = 0.0
    for position, mark in enumerate(text[:-1]):
        length += _WIDE_WEIGHT if _WIDE.match(mark) else 1.0
        if mark in _END and length >= min(least, 8) and _ends(text, position):
            return _with_closing(text, position + 1)
        if mark in _SOFT and length >= least and _ends(text, position):
            return _with_closing(text, position + 1)
        if length > longest:
            return _forced(text, position)
    return 0


def _ends(text: str, position: int) -> bool:
    """Whether the mark at `position` is punctuation and not part of a number, a time or an abbreviation."""
    mark, after = text[position], text[position + 1]
    if mark in _UNSPACED:
        return not (text[:position][-1:].isdigit() and after.isdigit())
    if not (after.isspace() or after in _CLOSING):
        return False
    if mark == "." and _ABBREVIATION.search(text[:position]):
        return False
    return not (mark in ",:" and text[:position][-1:].isdigit() and text[position + 1 :].lstrip()[:1].isdigit())


def _with_closing(text: str, cut: int) -> int:
    """Closing quotes, brackets and further marks stay with the clause."""
    while cut < len(text) and text[cut] in _CLOSING + _END:
        cut += 1
    return cut


def _forced(text: str, limit: int) -> int:
    """The last space before `limit` that separates no number from what it counts; 0 where there is none."""
    spaces = [found.start() for found in re.finditer(r"\s", text[:limit])]
    for space in reversed(spaces):
        if not _BOUND.search(text[:space]) and not text[space:].lstrip()[:1].isdigit():
            return space
    return 0
