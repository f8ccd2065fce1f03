"""A profile's backends as the systems under test, each loaded when it is first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc import __version__
from voicedoc.converse.dialogue.role import DialogueModel, Message, Reply, Sampling, whole
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Utterance
from voicedoc.core.languages import primary
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span
from voicedoc.engine import BatchEngine, dialogue_model, open_batch_engine
from voicedoc.errors import BackendFailed, ModelMissing, UnsupportedLanguage
from voicedoc.evaluate.systems import Sound
from voicedoc.export.transcript import Transcript
from voicedoc.phrases.role import SentenceEmbedder
from voicedoc.profiles import Profile, TranslateSpec, VoiceSpec
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.registry import backend
from voicedoc.speak.role import Synthesizer
from voicedoc.store.models import ModelStore
from voicedoc.translate.role import Translator


class ProfileSystems:
    """The `Systems` of one profile. Use on one thread, as a context manager: batch jobs have threads of their own.

    `dialogue` names a dialogue model in the place of the profile's.
    """

    def __init__(self, profile: Profile, store: ModelStore | None = None, *, dialogue: str = "") -> None:
        self._profile, self._store, self._dialogue = profile, store or ModelStore.default(), dialogue
        self._opened = ExitStack()
        self._engine: BatchEngine | None = None
        self._translators: dict[tuple[str, str], Translator] = {}
        self._voices: dict[str, Synthesizer] = {}
        self._replies: dict[tuple[tuple[Message, ...], Sampling], Reply] = {}

    def __enter__(self) -> ProfileSystems:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the threads of batch jobs. A later job starts them again."""
        self._engine = None
        self._opened.close()

    @property
    def name(self) -> str:
        """The profile's name."""
        return self._profile.name

    @cached_property
    def fingerprint(self) -> str:
        """A digest over the version, the profile's text and its models."""
        models = [f"{name}={digest}" for name, digest in self.models.items()]
        return hashlib.sha256(" ".join([__version__, self._profile.sha256, *models]).encode()).hexdigest()

    @cached_property
    def models(self) -> Mapping[str, str]:
        """The digest of each of the profile's models; "missing" for one that has not been pulled."""
        named = [*self._profile.models, *([self._dialogue] if self._dialogue else [])]
        return {name: self._digest(name) for name in named}

    def _digest(self, model: str) -> str:
        try:
            return self._store.open(model).sha256
        except ModelMissing:
            return "missing"  # a task that needs it says so when it comes to it

    def transcribe(self, sound: Sound, language: str) -> str:
        """What the profile's recogniser reads, told the language."""
        if reason := self._profile.recognize.unfit.get(primary(language)):
            raise UnsupportedLanguage(f"profile '{self.name}' must not be used for '{language}': {reason}")
        span = Span.from_samples(0, sound.samples.size, SPEECH_RATE)
        utterance = Utterance(
            at=span.end, utterance=UtteranceId(1), channel=0, span=span, reason="end", samples=sound.samples
        )
        return self._recognizer.recognize(utterance, languages=(language, language)).text

    @cached_property
    def _recognizer(self) -> SpeechRecognizer:
        spec = self._profile.recognize
        made: SpeechRecognizer = self._make("recognizers", spec.recognizer, spec.model, spec.options)
        return made

    def write_down(self, recording: Path, languages: tuple[str, ...], n_speakers: int | None) -> Transcript:
        """The transcript of a batch job, whose folder is thrown away.

        Raises:
            KeyboardInterrupt: If the job was stopped, which it takes for its own end: half a transcript is no result.
        """
        from voicedoc.batch import Job, transcribe_file

        engine = self._batch(languages)
        with TemporaryDirectory(prefix="voicedoc-evaluate-") as folder:
            done = transcribe_file(engine, recording, Path(folder) / "job", Job(n_speakers, formats=()))
        if done.reason != "finished":
            raise KeyboardInterrupt
        return done.transcript

    def _batch(self, languages: tuple[str, ...]) -> BatchEngine:
        """The engine for `languages`. Only the last one is kept: each holds all models."""
        if self._engine is None or self._engine.languages != languages:
            self.close()
            self._engine = self._opened.enter_context(open_batch_engine(self._profile, languages, store=self._store))
        return self._engine

    def translate(self, text: str, source: str, target: str) -> str:
        """What the profile's translator for the pair gives."""
        if (source, target) not in self._translators:
            self._translators[source, target] = self._translator(source, target)
        return self._translators[source, target].translate(text, source=source, target=target).text

    def _translator(self, source: str, target: str) -> Translator:
        from voicedoc.translate.compose import Pivot

        spec = self._route(source, target)
        if spec.via:
            pivot: Translator = Pivot(
                self._translator(source, spec.via), self._translator(spec.via, target), via=spec.via
            )
            return pivot
        made: Translator = self._make("translators", spec.translator, spec.model, spec.options)
        return made

    def _route(self, source: str, target: str) -> TranslateSpec:
        for spec in self._profile.translate:
            if spec.source in ("*", primary(source)) and spec.target in ("*", primary(target)):
                return spec
        raise UnsupportedLanguage(f"profile '{self.name}' has no translator from '{source}' to '{target}'")

    def voices(self, language: str) -> tuple[str, ...]:
        """The profile's voices for a language, by their backends' names."""
        return tuple(self._voice_specs(language))

    def _voice_specs(self, language: str) -> dict[str, VoiceSpec]:
        named: dict[str, VoiceSpec] = {}
        for spec in self._profile.voices:
            if primary(language) in spec.languages:
                name = spec.synthesizer if spec.synthesizer not in named else f"{spec.synthesizer}:{spec.model}"
                named.setdefault(name, spec)
        return named

    def say(self, voice: str, text: str, language: str) -> Sound:
        """The text as the session would speak it: numbers in words, then clause by clause."""
        from voicedoc.speak.clauses import clauses
        from voicedoc.speak.spoken import spoken_text

        synthesizer = self._voice(voice, language)
        chunks = [
            chunk
            for clause in clauses(text)
            for chunk in synthesizer.synthesize(spoken_text(clause, language), language=language)
        ]
        if not chunks:
            raise BackendFailed(f"voice '{voice}' gave no sound")
        return Sound(as_samples(np.concatenate(chunks)), synthesizer.rate)

    def _voice(self, voice: str, language: str) -> Synthesizer:
        key = f"{primary(language)} {voice}"
        if key not in self._voices:
            spec = self._voice_specs(language)[voice]
            self._voices[key] = self._make("synthesizers", spec.synthesizer, spec.model, spec.options)
        return self._voices[key]

    def reply(self, messages: Sequence[Message], sampling: Sampling) -> Reply:
        """What the dialogue model replies.

        Raises:
            UnsupportedLanguage: If there is none: nothing can be asked, in any language.
        """
        if self._answering is None:
            raise UnsupportedLanguage(
                f"profile '{self.name}' has no dialogue model", remedy="name one with --model, or in [dialogue]"
            )
        request = (tuple(messages), sampling)
        if request not in self._replies:  # the same request has the same reply: temperature 0, or a seed
            self._replies[request] = whole(self._answering.stream(messages, sampling=sampling))
        return self._replies[request]

    @cached_property
    def _answering(self) -> DialogueModel | None:
        return dialogue_model(self._profile, self._dialogue, store=self._store)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """The meanings as multilingual E5 has them; None where that model has not been pulled."""
        return self._meanings.embed(texts) if self._meanings else None

    @cached_property
    def _meanings(self) -> SentenceEmbedder | None:
        from voicedoc.phrases.e5 import E5, MODEL

        try:
            return E5(self._store.open(MODEL))
        except ModelMissing:
            return None

    def _make(self, role: str, name: str, model: str, options: Mapping[str, Any]) -> Any:
        return backend(role, name)(self._store.open(model) if model else None, **options)
