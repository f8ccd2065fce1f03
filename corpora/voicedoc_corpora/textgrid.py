"""Praat's TextGrids: who says what when, one tier for each speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicedoc_corpora.files import Malformed, number, span
from voicedoc_corpora.rows import Broken, Turn

VALUE = re.compile(r'"(?:[^"]|"")*"|<\w+>|(?<![\w.\[])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w\]])')
"""Praat ignores whatever is no text in quotes, no flag, and no number that stands alone.

Source: Praat's manual, "TextGrid file formats".
"""


def turns(path: Path) -> Iterator[Turn | Broken]:
    """The intervals of all tiers that are not empty, tier by tier; where the file breaks off, that."""
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    values = _Values(text)
    try:
        yield from _tiers(values)
    except Malformed as error:
        yield Broken(path, values.line, str(error))


@dataclass
class _Values:
    """The values of a TextGrid one after another."""

    text: str
    at: int = 0

    @property
    def line(self) -> int:
        """Where the last value that was asked for stands."""
        return self.text.count("\n", 0, self.at) + 1

    def next(self) -> str:
        found = VALUE.search(self.text, self.at)
        if found is None:
            self.at = len(self.text)
            raise Malformed("the TextGrid breaks off")
        self.at = found.end()
        return found.group()

    def number(self) -> float:
        return number(self.next(), "what should be one")

    def string(self) -> str:
        value = self.next()
        if value[0] != '"':
            raise Malformed("a number stands where text should")
        return value[1:-1].replace('""', '"')


def _tiers(values: _Values) -> Iterator[Turn]:
    if values.string() != "ooTextFile" or values.string() != "TextGrid":
        raise Malformed("is no TextGrid")
    values.number(), values.number()
    if values.next() != "<exists>":
        raise Malformed("has no tiers")
    for _ in range(int(values.number())):
        if values.string() != "IntervalTier":
            raise Malformed("a tier is not of intervals")
        speaker = values.string().lower()
        values.number(), values.number()
        for _ in range(int(values.number())):
            yield from _interval(values, speaker)


def _interval(values: _Values, speaker: str) -> Iterator[Turn]:
    start, end, text = values.number(), values.number(), values.string().strip()
    place = span(start, end)
    if text:
        yield Turn(speaker, text, place.start, place.end)
