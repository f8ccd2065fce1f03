"""What people have corrected in a transcript afterwards: the new words in time, and the old ones to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np

from voicedoc.core.events import TextCorrected
from voicedoc.core.languages import primary
from voicedoc.core.speech import Word
from voicedoc.core.time import Span
from voicedoc.export.reflow import clock_of

MARK = "\u270e"
"""Stands before what a person has written."""

_WITHOUT_SPACES = frozenset({"zh", "yue", "ja", "th", "lo", "km", "my"})


def told_of(corrections: Iterable[TextCorrected]) -> list[str]:
    """What readers are told of a line's corrections, the first one first, each on one line."""
    return [_told(one) for one in corrections]


def _told(one: TextCorrected) -> str:
    when = datetime.fromisoformat(one.corrected).strftime("%Y-%m-%d %H:%M")
    which = "" if one.spoken else f" ({one.language})"
    by = f" by {one.editor}" if one.editor else ""
    before = f"before: “{one.before}”" if one.before else "there was none before"
    return f"corrected{which}{by}, {when}; {before}"


def retimed(text: str, language: str, before: str, words: Sequence[Word], span: Span) -> tuple[Word, ...]:
    """The words of a corrected text in time: what stayed keeps its time, what is new has the time of what it replaces.

    A person has read them, so all are certain. Where there were no `words` in time before, there are none now.
    """
    if not words or not before:
        return ()
    said, anchors = clock_of(before, span, words), _anchors(before, text)
    return tuple(
        Word(text[start:stop], said(*_origin(start, stop, anchors)), 1.0) for start, stop in _places(text, language)
    )


class _Anchors(NamedTuple):
    """Positions in a corrected text, ascending, and where in the one before the same was."""

    places: list[int]
    origins: list[int]


def _anchors(before: str, text: str) -> _Anchors:
    anchors = _Anchors([0], [0])
    for block in SequenceMatcher(None, before, text, autojunk=False).get_matching_blocks():
        anchors.places.extend((block.b, block.b + block.size))
        anchors.origins.extend((block.a, block.a + block.size))
    return anchors


def _origin(start: int, stop: int, anchors: _Anchors) -> tuple[int, int]:
    """What a word stands in the place of, in characters of the text before; at least one of them."""
    first, last = np.interp([start, stop], anchors.places, anchors.origins)
    begin = int(np.floor(first))
    return begin, max(begin + 1, int(np.ceil(last)))


def _places(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends; each character is one where words are not apart."""
    start = -1
    for place, character in enumerate([*text, " "]):
        if character.isspace():
            if start >= 0:
                yield start, place
            start = -1
        elif primary(language) in _WITHOUT_SPACES:
            yield place, place + 1
        elif start < 0:
            start = place
