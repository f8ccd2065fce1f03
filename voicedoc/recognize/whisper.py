"""How an utterance is read with any Whisper model: language, reading, second opinion, words in time.

The model's own part is an engine: encode, tell languages apart, decode, align.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.recognize.doubts import SUSPECT_FROM, UNSURE_BELOW, is_invented, is_repetitive, suspicion
from voicedoc.recognize.languages import LanguageChoice, choose, whisper_code
from voicedoc.recognize.windows import Window, windows

FULL = 30.0
"""Seconds that a Whisper encoder was trained to hear."""

PAD = 3.0
"""Seconds of silence after the speech in a short context. With 2 s or 1 s more readings end in a loop."""

SHORTEST = 8.0
"""Seconds of the shortest context. Of 54 utterances under 1.3 s 10 looped in 4 s, 5 in 6 s, 3 in 8 s, 1 in 10 s."""

UNCERTAIN_BELOW = 0.75
"""Confidence in the choice of language."""


class Reading(NamedTuple):
    """What a decoder wrote. `text` keeps its leading space; `log_probability` is the mean over `tokens`.

    `cut` means that the text was not finished within the tokens that so much speech can have.
    """

    text: str
    tokens: tuple[int, ...]
    log_probability: float
    no_speech: float
    cut: bool

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


class WhisperEngine(Protocol):
    """One loaded Whisper model. Seconds count from the window's start."""

    @property
    def codes(self) -> frozenset[str]:
        """The languages that it knows, in Whisper's codes."""
        ...

    def encode(self, window: Window, context: float) -> Any:
        """Hear `window`, followed by silence up to `context` seconds."""
        ...

    def languages(self, encoding: Any) -> Mapping[str, float]:
        """The probability of each language, by code."""
        ...

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        """Decode. `no_repeat` > 0 forbids a second occurrence of so many tokens in a row."""
        ...

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        """The words of `tokens` in time; none where the model cannot tell."""
        ...


class _Part(NamedTuple):
    """One window's reading, judged: one of `text` and `discarded` is empty."""

    offset: float
    text: str
    discarded: str
    log_probability: float
    words: tuple[Heard, ...]
    is_loop: bool


def recognize(
    engine: WhisperEngine, utterance: Utterance, languages: tuple[str, str], *, short_context: bool
) -> Hypothesis:
    """Read an utterance. With `short_context` the encoder hears the speech and some silence, not `FULL` seconds.

    The language is chosen in the first window. A reading that loops or may be invented is made again in full context,
    where a model is most stable; one that loops there too, once more with repeats forbidden. Nothing is sampled.

    Raises:
        UnsupportedLanguage: If the model does not know one of `languages`.
    """
    codes = (whisper_code(languages[0], engine.codes), whisper_code(languages[1], engine.codes))
    readers = [_Reader(engine, window, short_context) for window in windows(utterance.samples)]
    shares = engine.languages(readers[0].encoding)
    chosen = choose(languages, codes, shares, readers[0].window.seconds)
    return _hypothesis(utterance.span, chosen, [reader.part(chosen.code) for reader in readers])


def max_tokens(seconds: float) -> int:
    """More tokens than anybody says in so many seconds, in any script: a reading that needs more is a loop.

    Thai, the densest of the development set, has 13 tokens a second.
    """
    return min(220, 20 + int(25 * seconds))


class _Reader:
    """Reads one window. Keeps the encoding, which telling languages apart, decoding and aligning share."""

    def __init__(self, engine: WhisperEngine, window: Window, short_context: bool) -> None:
        self._engine = engine
        self.window = window
        self._context = min(FULL, max(SHORTEST, window.seconds + PAD)) if short_context else FULL

    @cached_property
    def encoding(self) -> Any:
        return self._engine.encode(self.window, self._context)

    def part(self, language: str) -> _Part:
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
        return self._judged(readings[-1], language, doubt)._replace(is_loop=loops)

    def _read(self, language: str, *, no_repeat: int = 0) -> Reading:
        limit = max_tokens(self.window.seconds)
        return self._engine.read(self.encoding, language, max_tokens=limit, no_repeat=no_repeat)

    def _judged(self, reading: Reading, language: str, doubt: float) -> _Part:
        """Keep or discard."""
        if any(letter.isalnum() for letter in reading.text):
            words = self._engine.align(self.encoding, language, reading.tokens, self.window.seconds)
            if not is_invented(doubt, min((word.probability for word in words), default=1.0)):
                return _Part(self.window.offset, reading.text, "", reading.log_probability, tuple(words), False)
        return _Part(self.window.offset, "", reading.text.strip(), reading.log_probability, (), False)


def _hypothesis(span: Span, chosen: LanguageChoice, parts: list[_Part]) -> Hypothesis:
    kept = [part for part in parts if part.text]
    text = "".join(part.text for part in kept).strip()
    discarded = " ".join(part.discarded for part in parts if part.discarded)
    if not kept:
        return Hypothesis("", chosen.tag, chosen.confidence, 0.0, doubts=("no speech",), discarded=discarded)
    words = _placed(span, kept)
    sure = [word.confidence for word in words] or [math.exp(part.log_probability) for part in kept]
    confidence = sum(sure) / len(sure)
    return Hypothesis(text, chosen.tag, chosen.confidence, confidence, words, _doubts(chosen, kept), discarded)


def _doubts(chosen: LanguageChoice, parts: list[_Part]) -> tuple[str, ...]:
    doubts = {
        "repetition": any(part.is_loop for part in parts),
        "low confidence": any(part.log_probability < UNSURE_BELOW for part in parts),
        "uncertain language": chosen.confidence < UNCERTAIN_BELOW,
    }
    found = tuple(doubt for doubt, holds in doubts.items() if holds)
    return (*found, f"another language: {chosen.other}") if chosen.other else found


def _placed(span: Span, parts: list[_Part]) -> tuple[Word, ...]:
    """Words on the session's clock: none before the one in front of it, none outside `span`."""
    words: list[Word] = []
    earliest = span.start
    for part in parts:
        begin = span.start + part.offset
        for word in part.words:
            start = min(max(earliest, begin + word.start), span.end)
            earliest = min(max(start, begin + word.end), span.end)
            words.append(Word(word.text.strip(), Span(start, earliest), min(1.0, max(0.0, word.probability))))
    return tuple(words)
