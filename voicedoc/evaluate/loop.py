"""The whole speech loop: a spoken question, recognised, translated, answered, translated back, spoken, heard again.

It is run with every set of its stages real and gold in the place of the others, so that the loss can be laid at a
stage's door. Gold is what should have come out: the question as written, its human translation, the reference answer,
the text that should be read out. Whatever came before is then forgotten. A dialogue model's own words have no human
translation: with gold in the place of the translator they stay in the language in which they were made, and are
compared with the reference answer in that.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.core.languages import primary, same_language
from voicedoc.errors import BackendFailed, ConfigError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.blame import coalitions
from voicedoc.evaluate.documents import Documents
from voicedoc.evaluate.exchanges import ASR, DIALOGUE, MT, TTS, Chain, Exchange, Looped
from voicedoc.evaluate.sounds import at_speech_rate
from voicedoc.evaluate.systems import Sound
from voicedoc.registry import did_you_mean

PIVOT = "en"
"""In what language the dialogue model answers, where questions do not go to it directly."""

LONGEST = 80
"""Tokens of an answer that is to be spoken."""

_WORDINGS = Path(__file__).with_name("loop.toml")


class Speaks(Protocol):
    """What a loop needs of `Systems`."""

    @property
    def documents(self) -> Documents: ...
    def transcribe(self, sound: Sound, language: str) -> str: ...
    def translate(self, text: str, source: str, target: str) -> str: ...
    def voices(self, language: str) -> tuple[str, ...]: ...
    def say(self, voice: str, text: str, language: str) -> Sound: ...
    def reply(self, messages: Sequence[Message], sampling: Sampling) -> Reply: ...
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None: ...


class Calls:
    """What has been asked of models, by what went in: nothing is asked twice.

    What failed is remembered, too, unless a server did, which may answer the next time.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, str | BackendFailed] = {}

    def once(self, key: Hashable, call: Callable[[], str]) -> str:
        """What `call` gives, the first time for this key.

        Raises:
            BackendFailed: If it failed, now or then.
        """
        if key not in self._known:
            try:
                self._known[key] = call()
            except ServerFailed:
                raise
            except BackendFailed as failure:
                self._known[key] = failure
        found = self._known[key]
        if isinstance(found, BackendFailed):
            raise found
        return found


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers: `answer` gives a text in the question's language. `direct`: in the language in which it is asked."""

    answer: Callable[[Speaks, str, str], str]
    direct: bool = False


def _by_model(systems: Speaks, question: str, language: str) -> str:
    messages = [Message("system", spoken_system(language)), Message("user", question)]
    return systems.reply(messages, Sampling(max_tokens=LONGEST)).text.strip()


def _by_documents(systems: Speaks, question: str, language: str) -> str:
    return said_of(systems.documents.ask(question, language))


def _by_rote(_systems: Speaks, question: str, _language: str) -> str:
    return question


ANSWERERS: Mapping[str, Answerer] = MappingProxyType(
    {
        "model": Answerer(_by_model),
        "model, direct": Answerer(_by_model, direct=True),
        "documents": Answerer(_by_documents),
        "documents, direct": Answerer(_by_documents, direct=True),
        "copies the question": Answerer(_by_rote),
    }
)
"""Who answers, by name: the dialogue model and the documents, through English or directly; and a parrot."""


def check_loop_answerers(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so, or nobody is named."""
    if not names:
        raise ConfigError("a speech loop needs somebody who answers", remedy=f"answerers = {list(ANSWERERS)[:2]}")
    for name in names:
        if name not in ANSWERERS:
            remedy = did_you_mean(name, list(ANSWERERS))
            raise ConfigError(f"nobody who answers in a speech loop is called '{name}'", remedy=remedy)


def loop_fingerprint() -> str:
    """A digest over how a dialogue model is asked for an answer that will be spoken."""
    return hashlib.sha256(f"{LONGEST} ".encode() + _WORDINGS.read_bytes()).hexdigest()


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads(_WORDINGS.read_text("utf-8"))
    return table


def spoken_system(language: str) -> str:
    """What a dialogue model is told before a question whose answer will be spoken.

    Raises:
        UnsupportedLanguage: If nobody has written that in the language.
    """
    if primary(language) not in _wordings():
        raise UnsupportedLanguage(
            f"nobody has written how to ask for a spoken answer in '{language}'",
            remedy=f"there are {', '.join(sorted(_wordings()))}",
        )
    return _wordings()[primary(language)]["system"]


def said_of(answer: Answer) -> str:
    """An answer out of documents as it would be read out: what tables and documents say, or the fixed words."""
    if answer.kind != "answer":
        return answer.message
    return " ".join([*(one.text for one in answer.interactions), *(quote.shown for quote in answer.quotes)])


# --- one question through the loop


@dataclass
class _Loop:
    """One question and everything that it needs. `failures` are what came to nothing, each once."""

    who: str
    language: str
    exchange: Exchange
    sound: Sound | None
    systems: Speaks
    calls: Calls
    name: str
    failures: dict[str, None] = field(default_factory=dict)

    @property
    def inner(self) -> str:
        return self.language if ANSWERERS[self.who].direct else PIVOT

    @property
    def crosses(self) -> bool:
        """Whether anything has to be translated."""
        return not same_language(self.language, self.inner)

    @property
    def stages(self) -> tuple[str, ...]:
        return (ASR, MT, DIALOGUE, TTS) if self.crosses else (ASR, DIALOGUE, TTS)

    def chain(self, real: frozenset[str]) -> Chain:
        """What comes of it with these stages real."""
        question, answer = self.exchange.question, self.exchange.answer
        transcript = self._heard_question() if ASR in real else question[self.language]
        asked = transcript
        if self.crosses:
            asked = self._put(transcript, self.language, self.inner) if MT in real else question[self.inner]
        given = self._answered(asked) if DIALOGUE in real else answer[self.inner]
        told, tongue = self._told(given, real)
        heard = self._read_out(told, tongue) if TTS in real else told
        ordered = tuple(stage for stage in self.stages if stage in real)
        return Chain(ordered, transcript, asked, given, told, heard, tongue)

    def _told(self, given: str, real: frozenset[str]) -> tuple[str, str]:
        """What is to be said, and in which language."""
        if not self.crosses:
            return given, self.language
        if MT in real:
            return self._put(given, self.inner, self.language), self.language
        return (given, self.inner) if DIALOGUE in real else (self.exchange.answer[self.language], self.language)

    def _heard_question(self) -> str:
        if self.sound is not None:
            hear = partial(self.systems.transcribe, self.sound, self.language)
            return self._or_nothing(("heard", self.name, self.language), hear)
        # Another voice than the one that answers, where there is one.
        return self._read_out(self.exchange.question[self.language], self.language, voice=-1)

    def _put(self, text: str, source: str, target: str) -> str:
        key = ("translated", text, source, target)
        return self._or_nothing(key, lambda: self.systems.translate(text, source, target)) if text else ""

    def _answered(self, asked: str) -> str:
        answer = ANSWERERS[self.who].answer
        key = ("answered", self.who, asked, self.inner)
        return self._or_nothing(key, lambda: answer(self.systems, asked, self.inner)) if asked else ""

    def _read_out(self, text: str, language: str, *, voice: int = 0) -> str:
        """What the recogniser hears of a voice."""
        voices = self.systems.voices(language)
        if not voices:
            raise UnsupportedLanguage(f"there is no voice for '{language}'")
        name = voices[voice]

        def heard() -> str:
            return self.systems.transcribe(at_speech_rate(self.systems.say(name, text, language)), language)

        return self._or_nothing(("read out", name, text, language), heard) if text else ""

    def _or_nothing(self, key: Hashable, call: Callable[[], str]) -> str:
        try:
            return self.calls.once(key, call).strip()
        except ServerFailed:
            raise
        except BackendFailed as failure:
            self.failures[f"{type(failure).__name__}: {failure}"] = None
            return ""


def run_loop(
    who: str, name: str, language: str, exchange: Exchange, sound: Sound | None, systems: Speaks, calls: Calls
) -> tuple[Looped, str]:
    """A question, asked by `sound` or by a voice, through every set of real stages; and what failed, "" for nothing.

    `name` tells recordings apart. What comes to nothing stays nothing up to the end.

    Raises:
        ServerFailed: If a server gave no answer: it may later.
        UnsupportedLanguage: If a stage cannot do this language at all.
    """
    loop = _Loop(who, language, exchange, sound, systems, calls, name)
    for needed in {language, loop.inner}:
        if needed not in exchange.question or needed not in exchange.answer:
            raise ConfigError(f"question '{name}' is not written in '{needed}'")
    chains = tuple(loop.chain(real) for real in coalitions(loop.stages))
    looped = Looped(who, loop.stages, loop.inner, exchange.question[loop.inner], exchange.answer[loop.inner], chains)
    return _measured(looped, exchange, systems), "; ".join(loop.failures)


def _measured(looped: Looped, exchange: Exchange, systems: Speaks) -> Looped:
    """With the likeness of what was heard: to the reference, and to what the text route gives."""
    texts = {one.heard for one in looped.chains} | {exchange.answer[one.language] for one in looped.chains}
    listed = sorted(text for text in texts if text)
    vectors = systems.embed(listed)
    if vectors is None:
        return looped
    places = {text: place for place, text in enumerate(listed)}

    def alike(one: str, other: str) -> float:
        return float(vectors[places[one]] @ vectors[places[other]]) if one and other else 0.0

    chains = tuple(replace(one, alike=alike(one.heard, exchange.answer[one.language])) for one in looped.chains)
    return replace(looped, chains=chains, agreement=alike(looped.chain().heard, looped.chain(ASR, TTS).heard))
