"""Many utterances laid one after another into passages as long as a model hears at once, and whose each word is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import Utterance
from voicedoc.recognize.whisper import Heard

GAP = 1.0
"""Seconds of silence between two utterances, where there was as much in the recording. With less, more words at the
edges fall to the neighbour: on a consultation of 162 utterances 105 had the words that they have when they are read
alone, with 0.5 s 103, with 0.2 s 98."""

LATE = 0.1
"""Seconds before its end at which a word is in its utterance. Its start may lie in the pause before."""


class Place(NamedTuple):
    """Where in a passage an utterance is, in seconds. `number` is its place in the sequence that was laid out."""

    number: int
    start: float
    end: float


class Passage(NamedTuple):
    """Consecutive utterances of one channel, with short pauses between them."""

    samples: Samples
    places: tuple[Place, ...]

    @property
    def seconds(self) -> float:
        return self.samples.size / SPEECH_RATE

    def cut(self, place: Place) -> Samples:
        """The samples of one utterance."""
        return self.samples[round(place.start * SPEECH_RATE) : round(place.end * SPEECH_RATE)]

    def owners(self, words: Sequence[Heard]) -> list[list[Heard]]:
        """The words of each place, their seconds counted from its start. The utterances' order is kept."""
        edges = [(before.end + after.start) / 2 for before, after in pairwise(self.places)]
        found: list[list[Heard]] = [[] for _ in self.places]
        least = 0
        for word in words:
            least = max(least, int(np.searchsorted(edges, max(word.start, word.end - LATE), side="right")))
            start = self.places[least].start
            found[least].append(word._replace(start=max(0.0, word.start - start), end=max(0.0, word.end - start)))
        return found


def lay_out(utterances: Sequence[Utterance], numbers: Sequence[int], longest: float) -> list[Passage]:
    """Passages of those utterances whose `numbers` are given, in order, each channel's by themselves.

    None has more than `longest` seconds: an utterance that does is in no passage.
    """
    passages = []
    for channel in sorted({utterances[number].channel for number in numbers}):
        row = [number for number in numbers if utterances[number].channel == channel]
        passages += _laid(
            utterances, [number for number in row if utterances[number].span.duration <= longest], longest
        )
    return passages


def _laid(utterances: Sequence[Utterance], numbers: Sequence[int], longest: float) -> list[Passage]:
    rows: list[list[tuple[int, int]]] = []
    end = 0
    for place, number in enumerate(numbers):
        first = end + _pause(utterances[numbers[place - 1]], utterances[number]) if place else 0
        if not rows or first + utterances[number].samples.size > longest * SPEECH_RATE:
            rows.append([])
            first = 0
        rows[-1].append((number, first))
        end = first + utterances[number].samples.size
    return [_passage(utterances, row) for row in rows]


def _pause(before: Utterance, after: Utterance) -> int:
    """Samples between two utterances: as in the recording, at most `GAP`."""
    return round(min(GAP, max(0.0, after.span.start - before.span.end)) * SPEECH_RATE)


def _passage(utterances: Sequence[Utterance], row: Sequence[tuple[int, int]]) -> Passage:
    last, first = row[-1]
    samples = np.zeros(first + utterances[last].samples.size, np.float32)
    places = []
    for number, begin in row:
        own = utterances[number].samples
        samples[begin : begin + own.size] = own
        places.append(Place(number, begin / SPEECH_RATE, (begin + own.size) / SPEECH_RATE))
    return Passage(as_samples(samples), tuple(places))
