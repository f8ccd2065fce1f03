"""How many utterances are read at once with a Whisper model: together where that is plain, alone where it is doubtful.

Passages cost an encoder half of what single utterances do, and give the decoder the sentences around each one. What
comes out doubtful (no words, unsure words, a loop, an uncertain language) is read again by itself, with `whisper`'s
judgement: so that what is discarded or doubted does not depend on how an utterance was read.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed
from voicedoc.recognize.doubts import SURE_FROM, SUSPECT_FROM, gaps, is_plain
from voicedoc.recognize.languages import LanguageChoice, choose, follow, whisper_code
from voicedoc.recognize.passages import Passage, Place, lay_out
from voicedoc.recognize.whisper import (
    UNCERTAIN_BELOW,
    Heard,
    Part,
    Reading,
    WhisperEngine,
    context_of,
    hypothesis,
    tell_parts,
    whole_words,
)
from voicedoc.recognize.windows import Window, parts

log = logging.getLogger(__name__)

LONGEST, LONGEST_SHORT = 28.0, 18.0
"""Seconds of a passage, in full and in short context. Whisper wants some silence after the last word."""

SHORT, SHORT_FROM = 20.0, 14.0
"""Seconds of the short context of passages, and of a passage from which it has all of them, so that passages can be
decoded together. On a CPU the encoder's work grows faster than what it hears: on two cores of an AMD EPYC 1.03 s for
30 s, 0.61 s for 24 s, 0.51 s for 21 s, 0.35 s for 20 s (whisper-base, int8). On a consultation and 23 English
utterances (1,476 words) the word error rate was 8.1 % in 20 s and 8.0 % in 30 s."""

MOST_TOKENS = 440
"""That a passage may have: a Whisper decoder has 448 positions."""

Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Like `map`: applies a function to each item, perhaps to several at a time; results in order."""


class BatchEngine(WhisperEngine, Protocol):
    """A Whisper model that decodes several encodings at once. All calls may come from several threads."""

    def stack(self, encodings: Sequence[Any]) -> Any:
        """Encodings of the same context as one."""
        ...

    def read_all(self, stacked: Any, language: str, n: int, *, max_tokens: int) -> list[Reading]:
        """`read` for each of the `n` encodings."""
        ...

    def align_all(
        self, stacked: Any, language: str, tokens: Sequence[Sequence[int]], seconds: Sequence[float]
    ) -> list[list[Heard]]:
        """`align` for each of the encodings."""
        ...


class _Heard(NamedTuple):
    """A passage that has been encoded, with the language of each of its places; None for one to be read alone."""

    passage: Passage
    context: float
    encoding: Any
    choices: tuple[LanguageChoice | None, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({choice.code for choice in self.choices if choice}))


class Together:
    """Reads a batch of utterances. At most `n_at_once` passages are decoded together.

    `each` applies a function to many items; `alone` reads one utterance by itself. What is decoded with what depends
    on the utterances only, so that the same ones give the same readings.
    """

    def __init__(
        self,
        engine: BatchEngine,
        languages: tuple[str, ...],
        *,
        short_context: bool,
        n_at_once: int,
        each: Each,
        alone: Callable[[Utterance], Hypothesis | BackendFailed],
    ) -> None:
        self._engine, self._languages, self._short = engine, languages, short_context
        self._codes = tuple(whisper_code(tag, engine.codes) for tag in languages)
        self._longest = LONGEST_SHORT if short_context else LONGEST
        self._n_at_once, self._each, self._alone = n_at_once, each, alone

    def read(self, utterances: Sequence[Utterance]) -> list[Hypothesis | BackendFailed]:
        """What each utterance says, or why it could not be read."""
        heard = list(self._each(self._hear, lay_out(utterances, range(len(utterances)), self._longest)))
        choices = {
            place.number: choice
            for one in heard
            for place, choice in zip(one.passage.places, one.choices, strict=True)
            if choice
        }
        ready = [one for one in heard if len(one.codes) == 1]
        mixed = [place.number for one in heard if len(one.codes) > 1 for place in one.passage.places]
        ready += self._heard_by_language(utterances, {number: choices[number] for number in mixed if number in choices})
        words: dict[int, list[Heard]] = {}
        for found in self._each(self._read, self._batches(ready)):
            words |= found
        return self._results(utterances, choices, words, _followers(ready))

    def _results(
        self,
        utterances: Sequence[Utterance],
        choices: dict[int, LanguageChoice],
        words: dict[int, list[Heard]],
        followers: dict[int, int],
    ) -> list[Hypothesis | BackendFailed]:
        """Plain readings as they are, the others made again."""
        read = {number: _part(own, utterances[number].span.duration) for number, own in words.items()}
        found: dict[int, Hypothesis | BackendFailed] = {
            number: hypothesis(utterances[number].span, choices[number], (), [part])
            for number, part in read.items()
            if part
        }
        doubtful = [number for number in range(len(utterances)) if number not in found]
        again = self._again(utterances, doubtful, words)
        misled = [followers[number] for number in doubtful if words.get(number) and _is_empty(again[number])]
        again |= self._again(utterances, [number for number in misled if number in found], words)
        found |= again
        return [found[number] for number in range(len(utterances))]

    def _again(
        self, utterances: Sequence[Utterance], numbers: Sequence[int], words: dict[int, list[Heard]]
    ) -> dict[int, Hypothesis | BackendFailed]:
        """Readings of single utterances, weighed against what was heard of them among others."""
        alone = self._each(self._alone, [utterances[number] for number in numbers])
        return {
            number: _weighed(one, heard_something=bool(words.get(number, True)))
            for number, one in zip(numbers, alone, strict=True)
        }

    def _hear(self, passage: Passage) -> _Heard:
        """Encode a passage and tell the language of each of its utterances."""
        context = self._context(passage)
        nothing = _Heard(passage, context, None, (None,) * len(passage.places))
        if len(passage.places) == 1:
            return nothing
        try:
            encoding = self._engine.encode(Window(0.0, passage.samples), context)
            choices = tuple(self._told(encoding, passage, place) for place in passage.places)
        except RuntimeError as error:  # out of memory
            log.warning("could not encode %.1f s at once: %s", passage.seconds, error)
            return nothing
        return _Heard(passage, context, encoding, choices)

    def _context(self, passage: Passage) -> float:
        if self._short and passage.seconds >= SHORT_FROM:
            return SHORT
        return context_of(passage.seconds, short_context=self._short)

    def _told(self, encoding: Any, passage: Passage, place: Place) -> LanguageChoice | None:
        """The language of an utterance, from its part of the encoding; None where it is uncertain, or changes."""
        seconds = place.end - place.start
        if len(set(self._codes)) == 1:
            return choose(self._languages, self._codes, {self._codes[0]: 1.0}, seconds)
        (shares,) = tell_parts(self._engine, encoding, [(place.start, place.end)])
        choice = choose(self._languages, self._codes, shares, seconds)
        if choice.other or choice.confidence < UNCERTAIN_BELOW:
            return None
        spans = parts(passage.cut(place))
        if len(spans) > 1:
            told = follow(self._codes, tell_parts(self._engine, encoding, spans, offset=place.start))
            if set(told) != {choice.code}:
                return None
        return choice

    def _heard_by_language(self, utterances: Sequence[Utterance], choices: dict[int, LanguageChoice]) -> list[_Heard]:
        """Utterances of passages in several languages, laid out anew, each language by itself."""
        passages = [
            passage
            for code in dict.fromkeys(self._codes)
            for passage in self._laid_out(utterances, choices, code)
            if len(passage.places) > 1
        ]
        return [one for one in self._each(partial(self._encoded, choices), passages) if one.encoding is not None]

    def _laid_out(
        self, utterances: Sequence[Utterance], choices: dict[int, LanguageChoice], code: str
    ) -> list[Passage]:
        numbers = [number for number in sorted(choices) if choices[number].code == code]
        return lay_out(utterances, numbers, self._longest)

    def _encoded(self, choices: dict[int, LanguageChoice], passage: Passage) -> _Heard:
        context = self._context(passage)
        told = tuple(choices[place.number] for place in passage.places)
        try:
            return _Heard(passage, context, self._engine.encode(Window(0.0, passage.samples), context), told)
        except RuntimeError as error:  # out of memory
            log.warning("could not encode %.1f s at once: %s", passage.seconds, error)
            return _Heard(passage, context, None, told)

    def _batches(self, ready: Sequence[_Heard]) -> list[Sequence[_Heard]]:
        """What can be decoded together: of one language and one context."""
        kinds: dict[tuple[str, float], list[_Heard]] = {}
        for one in ready:
            kinds.setdefault((one.codes[0], one.context), []).append(one)
        return [batch for row in kinds.values() for batch in _shares(row, self._n_at_once)]

    def _read(self, batch: Sequence[_Heard]) -> dict[int, list[Heard]]:
        """The words of each utterance, save of passages that are doubtful as a whole. What needs too much is halved."""
        try:
            return self._read_at_once(batch)
        except RuntimeError as error:
            log.warning("could not read %d passages at once: %s", len(batch), error)
        if len(batch) == 1:
            return {}
        half = len(batch) // 2
        return self._read(batch[:half]) | self._read(batch[half:])

    def _read_at_once(self, batch: Sequence[_Heard]) -> dict[int, list[Heard]]:
        code = batch[0].codes[0]
        stacked = self._engine.stack([one.encoding for one in batch])
        seconds = [one.passage.seconds for one in batch]
        limit = min(MOST_TOKENS, 20 + int(25 * max(seconds)))
        readings = self._engine.read_all(stacked, code, len(batch), max_tokens=limit)
        aligned = self._engine.align_all(stacked, code, [reading.tokens for reading in readings], seconds)
        return {
            place.number: own
            for one, reading, words in zip(batch, readings, aligned, strict=True)
            if not reading.is_loop and reading.suspicion <= SUSPECT_FROM
            for place, choice, own in zip(
                one.passage.places, one.choices, one.passage.owners(whole_words(words, code)), strict=True
            )
            if choice
        }


def _shares(row: Sequence[_Heard], most: int) -> list[Sequence[_Heard]]:
    """`row` in an even number of parts that are nearly as long, so that no core waits for the last. Each part has at
    most `most`."""
    n = min(len(row), 2 * math.ceil(len(row) / (2 * most)))
    edges = [round(len(row) * part / n) for part in range(n + 1)]
    return [row[first:stop] for first, stop in pairwise(edges)]


def _part(words: Sequence[Heard], seconds: float) -> Part | None:
    """An utterance's share of a passage's words, as its reading; None where it is doubtful."""
    text = "".join(word.text for word in words)
    times = [(word.start, word.end) for word in words]
    if not is_plain(text, [word.probability for word in words], seconds) or gaps(times, seconds):
        return None
    mean = sum(math.log(max(1e-9, word.probability)) for word in words) / len(words)
    return Part(0.0, text, "", mean, tuple(words), False)


def _weighed(alone: Hypothesis | BackendFailed, *, heard_something: bool) -> Hypothesis | BackendFailed:
    """The reading of an utterance alone, discarded where nothing was heard of it among others and it is unsure too."""
    if heard_something or isinstance(alone, BackendFailed) or alone.confidence >= SURE_FROM or not alone.text:
        return alone
    return replace(alone, text="", words=(), confidence=0.0, doubts=("no speech",), discarded=alone.text)


def _followers(read: Sequence[_Heard]) -> dict[int, int]:
    """For each utterance the next one of its passage; for a last one, itself.

    Where words fell to an utterance that has none, they were most likely the first of the next one.
    """
    rows = [[place.number for place in one.passage.places] for one in read]
    return {number: row[min(at + 1, len(row) - 1)] for row in rows for at, number in enumerate(row)}


def _is_empty(read: Hypothesis | BackendFailed) -> bool:
    return isinstance(read, Hypothesis) and not read.text
