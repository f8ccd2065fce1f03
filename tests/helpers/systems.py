"""Systems under test that do as they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.converse.knowledge.search import Way
from voicedoc.core.audio import as_samples
from voicedoc.core.events import Event
from voicedoc.errors import AudioError, BackendFailed, UnsupportedLanguage
from voicedoc.evaluate.documents import Documents
from voicedoc.evaluate.spending import Bill, Used, added_up
from voicedoc.evaluate.systems import Sound
from voicedoc.export.transcript import Transcript


@dataclass
class ScriptedDocuments:
    """Finds and answers what it has been told to, by question; else nothing."""

    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    names: tuple[str, ...] = ("first", "second")
    fingerprint: str = "d1"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def find(self, question: str, language: str, way: Way, limit: int) -> tuple[str, ...]:
        return self.found.get(question, ())[:limit]

    def ask(self, question: str, language: str, way: Way = "both") -> Answer:
        self.asked.append((question, language))
        return self.answers.get(question, Answer("unknown", question, language, "I do not know."))


@dataclass
class ScriptedSystems:
    """Hears what its voice said last, or what `heard` maps an audio length to; translates by table.

    `replies` are the dialogue model's, `judgements` the judge's.

    Writes every recording down as `written`; without lines, it could not be read, unless it `may_be_empty`.
    """

    heard: dict[int, str] = field(default_factory=dict)
    table: dict[str, str] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    written: Transcript = field(default_factory=Transcript)
    may_be_empty: bool = False
    name: str = "scripted"
    at_once: int = 1
    fingerprint: str = "f1"
    models: dict[str, str] = field(default_factory=lambda: {"ears": "ab" * 32})
    meaning_models: dict[str, str] = field(default_factory=lambda: {"meanings": "cd" * 32})
    model: str = "scripted model"
    judge: str = "scripted judge"
    n_calls: int = 0
    jobs: list[tuple[int, tuple[str, ...], int | None]] = field(default_factory=list)
    replies: Callable[[str], Sequence[str]] | None = None
    judgements: Callable[[str], Sequence[str]] | None = None
    asked_of: list[str] = field(default_factory=list)
    documents: Documents = field(default_factory=ScriptedDocuments)
    journal: list[Event] = field(default_factory=list)
    _said: str = ""

    def __enter__(self) -> ScriptedSystems:
        return self

    def __exit__(self, *_: object) -> None: ...

    def called(self, name: str) -> tuple[str, str]:
        return name, f"digest of {name}"

    def bills(self, used: Iterable[Used]) -> tuple[Bill, ...]:
        return tuple(Bill(one.model, one.n_replies, one.n_prompt_tokens, one.n_tokens) for one in added_up(used))

    def write_down(self, recording: Path, languages: tuple[str, ...], n_speakers: int | None) -> Transcript:
        self.n_calls += 1
        if not self.written.lines and not self.may_be_empty:
            raise AudioError(f"cannot read {recording.name}")
        self.jobs.append((soundfile.info(recording).frames, languages, n_speakers))
        return self.written

    def interpret(self, recording: Path, languages: tuple[str, str]) -> list[Event]:
        self.n_calls += 1
        return self.journal

    def transcribe(self, sound: Sound, language: str) -> str:
        self.n_calls += 1
        assert sound.rate == 16_000
        if language in self.lacks:
            raise UnsupportedLanguage(f"no recogniser for '{language}'")
        return self._said or self.heard[sound.samples.size]

    def translate(self, text: str, source: str, target: str) -> str:
        self.n_calls += 1
        if text not in self.table:
            raise BackendFailed("no translation")
        return self.table[text]

    def voices(self, language: str) -> tuple[str, ...]:
        return ("clear", "mumbling")

    def say(self, voice: str, text: str, language: str) -> Sound:
        self._said = text if voice == "clear" else text.replace("20", "25")
        return Sound(as_samples(np.zeros(2205, dtype=np.float32)), 22_050)

    def reply(
        self, messages: Sequence[Message], sampling: Sampling, *, of: str = "", schema: Mapping[str, Any] | None = None
    ) -> Reply:
        """From `replies` by the last message, the temperature's seed choosing among several; from `judgements` where
        the judge is asked and there are any.
        """
        self.n_calls += 1
        self.asked_of.append(of)
        says = self.judgements if of == "judge" and self.judgements else self.replies
        if says is None:
            raise UnsupportedLanguage("there is no dialogue model")
        several = says(messages[-1].text)
        text = several[sampling.seed % len(several)]
        return Reply(text, "stop", 10, len(text.split()))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Equal texts are alike, others are not."""
        known = sorted(set(texts))
        return np.stack([np.eye(len(known), dtype=np.float32)[known.index(text)] for text in texts])

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]] | None:
        """Each word is like itself and like no other; a mark stands at either end."""
        words = [["<", *text.split(), ">"] for text in texts]
        known = sorted({word for own in words for word in own})
        return [np.stack([np.eye(len(known), dtype=np.float32)[known.index(word)] for word in own]) for own in words]
