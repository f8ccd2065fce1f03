"""How an utterance is read with any Whisper model: language, reading, second opinion, words in time.

The model's own part is an engine: encode, tell languages apart, decode, align.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple, Protocol

import numpy as np

from voicedoc.core.audio import SPEECH_RATE
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.recognize.agreement import said_once
from voicedoc.recognize.doubts import SUSPECT_FROM, UNSURE_BELOW, gaps, is_invented, is_repetitive, suspicion
from voicedoc.recognize.languages import UNSPACED, LanguageChoice, choose, follow, whisper_code
from voicedoc.recognize.windows import BLOCK, Window, blocks, parts, windows

FULL = 30.0
"""Seconds that a Whisper encoder was trained to hear."""

PAD = 3.0
"""Seconds of silence after the speech in a short context. With 2 s or 1 s more readings end in a loop."""

SHORTEST = 8.0
"""Seconds of the shortest context. Of 54 utterances under 1.3 s 10 looped in 4 s, 5 in 6 s, 3 in 8 s, 1 in 10 s."""

UNCERTAIN_BELOW = 0.75
"""Confidence in the choice of language."""

LONGEST_HINT = 200
"""Tokens of words to expect. With them and the longest reading a decoder's 448 positions are not full."""

MORE_WORDS = 1.3
"""Times the words of a reading that skips speech, from which its pieces' readings are taken instead."""

LOUD = 0.05
"""Of an utterance's mean power, what most of a stretch without words has if somebody speaks there."""

_SO_FAR_TOKENS = 14
"""A second, of speech that goes on: speech that is cut off within a word often makes a greedy decoder loop, and each
token costs time."""


class Reading(NamedTuple):
    """What a decoder wrote. `text` keeps its leading space; `log_probability` is the mean over `tokens`.

    `cut` means that the text was not finished within the tokens that so much speech can have. `others` are further
    texts that were weighed, the likelier first.
    """

    text: str
    tokens: tuple[int, ...]
    log_probability: float
    no_speech: float
    cut: bool
    others: tuple[str, ...] = ()

    @property
    def is_loop(self) -> bool:
        """Whether the decoder went round in circles."""
        return self.cut or is_repetitive(self.text)

    @property
    def suspicion(self) -> float:
        """How much speaks for invented words."""
        return suspicion(self.no_speech, self.log_probability)


class Heard(NamedTuple):
    """A word, with its seconds in the window and its probability. `text` may begin with a space."""

    text: str
    start: float
    end: float
    probability: float


_NUMBER_GOES_ON = re.compile(r"\d[.,:/]?\Z"), re.compile(r"[.,:/]?\d")


def whole_words(heard: Sequence[Heard], code: str) -> list[Heard]:
    """The words as they are written: "13" and ".60" are one, as sure as its least sure part.

    A decoder's pieces are one word up to the next space; in languages without spaces, as long as a number goes on.
    """
    words: list[Heard] = []
    for piece in heard:
        if words and _goes_on(words[-1].text, piece.text, spaced=code not in UNSPACED):
            before = words.pop()
            sure = min(before.probability, piece.probability)
            words.append(Heard(before.text + piece.text, before.start, max(before.end, piece.end), sure))
        else:
            words.append(piece)
    return words


def _goes_on(before: str, piece: str, *, spaced: bool) -> bool:
    if spaced:
        return not piece.startswith(" ")
    ends, begins = _NUMBER_GOES_ON
    return bool(ends.search(before) and begins.match(piece))


class WhisperEngine(Protocol):
    """One loaded Whisper model. Seconds count from the window's start."""

    @property
    def codes(self) -> frozenset[str]:
        """The languages that it knows, in Whisper's codes."""
        ...

    def encode(self, window: Window, context: float) -> Any:
        """Hear `window`, followed by silence up to `context` seconds."""
        ...

    def part(self, encoding: Any, start: float, end: float) -> Any:
        """What of `encoding` was heard between two seconds: enough to tell its language, too little to read it."""
        ...

    def languages(self, encoding: Any) -> Mapping[str, float]:
        """The probability of each language, by code."""
        ...

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        """Decode. `no_repeat` > 0 forbids a second occurrence of so many tokens in a row."""
        ...

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        """The words of `tokens`, or pieces of them, in time; none where the model cannot tell."""
        ...


class QuickEngine(WhisperEngine, Protocol):
    """An engine that can also decode without weighing alternatives."""

    def glance(self, encoding: Any, language: str, *, max_tokens: int) -> Reading:
        """Decode, taking the likeliest token each time."""
        ...


class Part(NamedTuple):
    """One window's reading, judged: one of `text` and `discarded` is empty, save where it was read in pieces.

    `has_gap`: the decoder had left out speech.
    """

    offset: float
    text: str
    discarded: str
    log_probability: float
    words: tuple[Heard, ...]
    is_loop: bool
    others: tuple[str, ...] = ()
    has_gap: bool = False


def recognize(
    engine: WhisperEngine, utterance: Utterance, languages: tuple[str, ...], *, short_context: bool
) -> Hypothesis:
    """Read an utterance. With `short_context` the encoder hears the speech and some silence, not `FULL` seconds.

    The language is chosen in the first window. Where it changes within the utterance, each piece is read in its own: a
    decoder that is told one language translates, or garbles, what is said in another. A reading that loops or may be
    invented is made again in full context, where a model is most stable; one that loops there too, once more with
    repeats forbidden. Nothing is sampled.

    Raises:
        UnsupportedLanguage: If the model does not know one of `languages`.
    """
    codes = tuple(whisper_code(tag, engine.codes) for tag in languages)
    readers = [_Reader(engine, window, short_context) for window in windows(utterance.samples)]
    shares = {codes[0]: 1.0} if len(set(codes)) == 1 else engine.languages(readers[0].encoding)
    chosen = choose(languages, codes, shares, readers[0].window.seconds)
    pieces = [] if chosen.other else _pieces(readers, codes)
    if not pieces:
        return hypothesis(utterance.span, chosen, (), [reader.whole(chosen.code) for reader in readers])
    mixed = [reader.whole(code) for reader, code in pieces]
    tags = dict(zip(codes, languages, strict=True))
    read = hypothesis(utterance.span, *_mainly(pieces, tags), mixed)
    spoken = [tags[code] for (_, code), part in zip(pieces, mixed, strict=True) for _ in part.words]
    return replace(read, languages=tuple(spoken))


def recognize_so_far(
    engine: QuickEngine, utterance: Utterance, languages: tuple[str, ...], *, short_context: bool
) -> Hypothesis:
    """Read an utterance that goes on, once and without weighing alternatives. Words have no times.

    Of a loop the first round is kept; a window whose reading may be invented is left out.

    Raises:
        UnsupportedLanguage: If the model does not know one of `languages`.
    """
    codes = tuple(whisper_code(tag, engine.codes) for tag in languages)
    heard = windows(utterance.samples)
    encodings = [engine.encode(window, context_of(window.seconds, short_context=short_context)) for window in heard]
    shares = {codes[0]: 1.0} if len(set(codes)) == 1 else engine.languages(encodings[0])
    chosen = choose(languages, codes, shares, heard[0].seconds)
    readings = [
        engine.glance(encoding, chosen.code, max_tokens=10 + int(_SO_FAR_TOKENS * window.seconds))
        for window, encoding in zip(heard, encodings, strict=True)
    ]
    kept = [reading for reading in readings if reading.suspicion <= SUSPECT_FROM]
    sure = sum(math.exp(reading.log_probability) for reading in kept) / max(1, len(kept))
    text = "".join(said_once(reading.text) for reading in kept).strip()
    return Hypothesis(text, chosen.tag, chosen.confidence, sure)


def tell_parts(
    engine: WhisperEngine, encoding: Any, spans: Sequence[tuple[float, float]], *, offset: float = 0.0
) -> list[Mapping[str, float]]:
    """The probability of each language in each of `spans`, which begin `offset` seconds into what was encoded."""
    return [engine.languages(engine.part(encoding, offset + start, offset + end)) for start, end in spans]


class _Told(NamedTuple):
    """A part of a window, from `start` to `end` seconds, and the code of the language in it."""

    reader: _Reader
    start: float
    end: float
    code: str


def _pieces(readers: Sequence[_Reader], codes: Sequence[str]) -> list[tuple[_Reader, str]]:
    """What is in one language each, with its code; empty where the language does not change."""
    spans = [parts(reader.window.samples) for reader in readers]
    if len(set(codes)) == 1 or sum(map(len, spans)) == 1:
        return []
    heard = [tell_parts(reader.engine, reader.encoding, own) for reader, own in zip(readers, spans, strict=True)]
    course = iter(follow(codes, [shares for own in heard for shares in own]))
    told = [_Told(reader, *span, next(course)) for reader, own in zip(readers, spans, strict=True) for span in own]
    if len({part.code for part in told}) == 1:
        return []
    rows = [list(row) for _, row in groupby(told, key=lambda part: (part.reader.window.offset, part.code))]
    return [(row[0].reader.cut(row[0].start, row[-1].end), row[0].code) for row in rows]


def _mainly(pieces: Sequence[tuple[_Reader, str]], tags: Mapping[str, str]) -> tuple[LanguageChoice, tuple[str, ...]]:
    """The language that is spoken longest, by how much; and all of them."""
    seconds: dict[str, float] = {}
    for reader, code in pieces:
        seconds[code] = seconds.get(code, 0.0) + reader.window.seconds
    most = max(seconds, key=lambda code: seconds[code])
    choice = LanguageChoice(tags[most], most, seconds[most] / sum(seconds.values()))
    return choice, tuple(tags[code] for code in seconds)


def max_tokens(seconds: float) -> int:
    """More tokens than anybody says in so many seconds, in any script: a reading that needs more is a loop.

    Thai, the densest of the development set, has 13 tokens a second.
    """
    return min(220, 20 + int(25 * seconds))


def context_of(seconds: float, *, short_context: bool) -> float:
    """How much the encoder is to hear, in seconds, for so much speech."""
    return min(FULL, max(SHORTEST, seconds + PAD)) if short_context else FULL


class _Reader:
    """Reads one window. Keeps the encoding, which telling languages apart, decoding and aligning share."""

    def __init__(self, engine: WhisperEngine, window: Window, short_context: bool) -> None:
        self.engine, self.window = engine, window
        self._short = short_context
        self._context = context_of(window.seconds, short_context=short_context)

    @cached_property
    def encoding(self) -> Any:
        return self.engine.encode(self.window, self._context)

    def cut(self, start: float, end: float) -> _Reader:
        """A reader of a part of the window; of all of it, this one."""
        first, stop = (round(seconds * SPEECH_RATE) for seconds in (start, end))
        samples = self.window.samples[first:stop]
        if samples.size == self.window.samples.size:
            return self
        return _Reader(self.engine, Window(self.window.offset + start, samples), self._short)

    def whole(self, language: str) -> Part:
        """The reading; where the decoder has skipped speech, that of shorter pieces, if they have clearly more words.

        Decoders skip sentences where voices overlap, in any context. Either way it is doubted, and what was read first
        stays among the others.
        """
        read = self.part(language)
        if not read.words or not any(self._is_loud(*gap) for gap in gaps(_times(read.words), self.window.seconds)):
            return read
        pieces = [self.cut(start, end).part(language) for start, end in parts(self.window.samples)]
        if sum(len(piece.words) for piece in pieces) >= MORE_WORDS * len(read.words):
            read = _joined(pieces, self.window.offset)._replace(others=(read.text,))
        return read._replace(has_gap=True)

    def _is_loud(self, start: float, end: float) -> bool:
        """Whether a stretch of the window is about as loud as the window."""
        power = np.square(blocks(self.window.samples), dtype=np.float64).mean(axis=1)
        within = power[round(start / BLOCK) : round(end / BLOCK)]
        return bool(within.size) and float(np.median(within)) > LOUD * float(power.mean())

    def part(self, language: str) -> Part:
        """The reading, or the last of those that were needed, judged by all that did not loop."""
        readings = [self._read(language)]
        if self._context < FULL and (readings[0].is_loop or readings[0].suspicion > SUSPECT_FROM):
            self._context = FULL
            del self.encoding
            readings.append(self._read(language))
        loops = readings[-1].is_loop
        if readings[-1].cut:
            readings.append(self._read(language, no_repeat=3))
        counted = [reading for reading in readings if not reading.is_loop] or readings[-1:]
        doubt = sum(reading.suspicion for reading in counted) / len(counted)
        return self._judged(readings[-1], language, doubt, is_loop=loops)

    def _read(self, language: str, *, no_repeat: int = 0) -> Reading:
        limit = max_tokens(self.window.seconds)
        return self.engine.read(self.encoding, language, max_tokens=limit, no_repeat=no_repeat)

    def _judged(self, reading: Reading, language: str, doubt: float, *, is_loop: bool) -> Part:
        """Keep or discard. A loop of which the model is unsure is no speech: breath makes such ones."""
        unsure = is_loop and reading.log_probability < UNSURE_BELOW
        if not unsure and any(letter.isalnum() for letter in reading.text):
            heard = self.engine.align(self.encoding, language, reading.tokens, self.window.seconds)
            words = whole_words(heard, language)
            if not is_invented(doubt, min((word.probability for word in words), default=1.0)):
                sure = reading.log_probability
                return Part(self.window.offset, reading.text, "", sure, tuple(words), is_loop, reading.others)
        return Part(self.window.offset, "", reading.text.strip(), reading.log_probability, (), is_loop)


def _joined(pieces: Sequence[Part], offset: float) -> Part:
    """Consecutive pieces as one part that begins at `offset`."""
    said = [piece for piece in pieces if piece.text]
    return Part(
        offset,
        "".join(piece.text for piece in said),
        " ".join(piece.discarded for piece in pieces if piece.discarded),
        min(piece.log_probability for piece in said),
        tuple(
            word._replace(start=word.start + piece.offset - offset, end=word.end + piece.offset - offset)
            for piece in said
            for word in piece.words
        ),
        any(piece.is_loop for piece in said),
    )


def _times(words: Sequence[Heard]) -> list[tuple[float, float]]:
    return [(word.start, word.end) for word in words]


def hypothesis(span: Span, chosen: LanguageChoice, spoken: tuple[str, ...], parts_read: Sequence[Part]) -> Hypothesis:
    """What the parts of one utterance come to. `spoken` names the languages where there are several, else is empty."""
    kept = [part for part in parts_read if part.text]
    text = "".join(part.text for part in kept).strip()
    discarded = " ".join(part.discarded for part in parts_read if part.discarded)
    if not kept:
        return Hypothesis("", chosen.tag, chosen.confidence, 0.0, doubts=("no speech",), discarded=discarded)
    words = _placed(span, kept)
    sure = [word.confidence for word in words] or [math.exp(part.log_probability) for part in kept]
    confidence = sum(sure) / len(sure)
    doubts = _doubts(chosen, spoken, kept)
    others = _alternatives(kept)
    return Hypothesis(text, chosen.tag, chosen.confidence, confidence, words, doubts, discarded, others)


def _alternatives(parts_read: Sequence[Part]) -> tuple[str, ...]:
    """The whole text with one part in another reading at a time."""
    texts = [part.text for part in parts_read]
    return tuple(
        "".join([*texts[:place], other, *texts[place + 1 :]]).strip()
        for place, part in enumerate(parts_read)
        for other in part.others
    )


def _doubts(chosen: LanguageChoice, spoken: tuple[str, ...], parts_read: Sequence[Part]) -> tuple[str, ...]:
    doubts = {
        "repetition": any(part.is_loop for part in parts_read) or is_repetitive("".join(p.text for p in parts_read)),
        "words may be missing": any(part.has_gap for part in parts_read),
        "low confidence": any(part.log_probability < UNSURE_BELOW for part in parts_read),
        "uncertain language": chosen.confidence < UNCERTAIN_BELOW and not spoken,
        f"another language: {chosen.other}": bool(chosen.other),
        f"several languages: {', '.join(spoken)}": bool(spoken),
    }
    return tuple(doubt for doubt, holds in doubts.items() if holds)


def _placed(span: Span, parts_read: Sequence[Part]) -> tuple[Word, ...]:
    """Words on the session's clock: none before the one in front of it, none outside `span`."""
    words: list[Word] = []
    earliest = span.start
    for part in parts_read:
        begin = span.start + part.offset
        for word in part.words:
            start = min(max(earliest, begin + word.start), span.end)
            earliest = min(max(start, begin + word.end), span.end)
            words.append(Word(word.text.strip(), Span(start, earliest), min(1.0, max(0.0, word.probability))))
    return tuple(words)
