"""A profile's backends as the systems under test, each loaded when it is first needed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc import __version__
from voicedoc.converse.dialogue.role import DialogueModel, Message, Reply, Sampling
from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Event, Utterance
from voicedoc.core.journal import read_journal
from voicedoc.core.languages import primary
from voicedoc.core.speech import Translation, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.engine import BatchEngine, Engine, dialogue_model, open_batch_engine, open_engine
from voicedoc.errors import BackendFailed, ModelMissing, UnsupportedLanguage
from voicedoc.evaluate.asking import JUDGE
from voicedoc.evaluate.documents import Documents, StarterDocuments
from voicedoc.evaluate.endpoint import Endpoint, EndpointReplier, is_endpoint, load_endpoint
from voicedoc.evaluate.replies import Asked, InProcess, Replier, Replies, StoredReplies, stopped
from voicedoc.evaluate.rules import PREFIX, RuleReplier
from voicedoc.evaluate.spending import Bill, Used, added_up
from voicedoc.evaluate.systems import Sound
from voicedoc.export.transcript import Transcript
from voicedoc.phrases.role import TokenEmbedder
from voicedoc.profiles import Profile, TranslateSpec, VoiceSpec
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.registry import backend
from voicedoc.runtime.worker import ThreadWorker
from voicedoc.speak.role import Synthesizer
from voicedoc.store.models import ModelStore
from voicedoc.store.sessions import JOURNAL
from voicedoc.translate.role import Translator

MOST_AT_ONCE = 16
"""Threads for rules, which need none."""


class ProfileSystems:
    """The `Systems` of one profile. Use as a context manager, on one thread but for replies, meanings and translations.

    `dialogue` names a dialogue model in the place of the profile's, `judge` one that judges in the place of that: by
    its card, a folder, a rule ("rule:always-no") or the TOML file of an `Endpoint`. `replies` is where they are kept;
    `sharing` says how many processes have an endpoint's limits in common.
    """

    def __init__(
        self,
        profile: Profile,
        store: ModelStore | None = None,
        *,
        dialogue: str = "",
        judge: str = "",
        replies: Replies | None = None,
        sharing: int = 1,
    ) -> None:
        self._profile, self._store = profile, store or ModelStore.default()
        self._dialogue, self._judge = dialogue, judge
        self._replies = replies or StoredReplies()
        self._asked, self._sharing = Asked(self._replies), sharing
        self._repliers: dict[str, Replier] = {}
        self._endpoints: dict[str, Endpoint] = {}
        self._over = False
        self._making, self._here = threading.Lock(), ThreadWorker("evaluate")
        self._opened = ExitStack()
        self._engine: BatchEngine | None = None
        self._session: Engine | None = None
        self._translators: dict[tuple[str, str], Translator] = {}
        self._voices: dict[str, Synthesizer] = {}

    def __enter__(self) -> ProfileSystems:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        with self._making:
            self._over = True  # threads that are in the middle of something shall ask for nothing more
            while self._repliers:
                self._repliers.popitem()[1].close()
        self._here.close()

    def close(self) -> None:
        """End the threads of batch jobs and sessions, and close the documents. A later job opens them again."""
        self._engine = self._session = None
        self.__dict__.pop("documents", None)
        self._opened.close()

    @property
    def name(self) -> str:
        """The profile's name."""
        return self._profile.name

    @cached_property
    def fingerprint(self) -> str:
        """A digest over the version, the profile's text, its models, and which of them answers and which judges."""
        return _digest_of(self._own, *self._others.values(), f"model={self.model}", f"judge={self.judge}")

    @cached_property
    def _own(self) -> str:
        """A digest over the version, the profile's text and its models."""
        models = (f"{name}={digest}" for name, digest in self._own_models.items())
        return _digest_of(__version__, self._profile.sha256, *models)

    @cached_property
    def models(self) -> Mapping[str, str]:
        """The digest of each of the profile's models; "missing" for one that has not been pulled."""
        return {**self._own_models, **self._others}

    @cached_property
    def _own_models(self) -> Mapping[str, str]:
        return {name: self._digest(name) for name in self._profile.models}

    @cached_property
    def _others(self) -> Mapping[str, str]:
        return dict(self.called(name) for name in (self._dialogue, self._judge) if name)

    @property
    def meaning_models(self) -> Mapping[str, str]:
        """Multilingual E5, or "missing"."""
        from voicedoc.phrases.e5 import MODEL

        return {MODEL: self._digest(MODEL)}

    @property
    def model(self) -> str:
        """See `Systems`."""
        if self._dialogue:
            return self.called(self._dialogue)[0]
        spec = self._profile.dialogue
        return (spec.model or spec.dialogue_model) if spec else ""

    @property
    def judge(self) -> str:
        """See `Systems`. Without another, the model under test."""
        return self.called(self._judge)[0] if self._judge else self.model

    def called(self, name: str) -> tuple[str, str]:
        """See `Systems`."""
        if is_endpoint(name):
            endpoint = load_endpoint(Path(name))
            self._endpoints[endpoint.identity] = endpoint
            return endpoint.title, endpoint.sha256
        return name, name if name.startswith(PREFIX) else self._digest(name)

    def bills(self, used: Iterable[Used]) -> tuple[Bill, ...]:
        """See `Systems`. Prices are known of the model, the judge, and whoever was `called`."""
        _ = self._others
        return tuple(map(self._bill, added_up(used)))

    def _bill(self, used: Used) -> Bill:
        counts = (used.n_replies, used.n_prompt_tokens, used.n_tokens)
        endpoint = self._endpoints.get(used.model)
        if endpoint is None:
            return Bill(used.model.partition(" ")[0], *counts)
        cost = endpoint.cost(used)
        return Bill(endpoint.title, *counts, cost, "" if cost is None else endpoint.currency)

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

    def interpret(self, recording: Path, languages: tuple[str, str]) -> list[Event]:
        """The journal of a live-like session, whose folder is thrown away: its languages are the doctor's, first."""
        from voicedoc.session import Recording, interpret_file

        engine = self._live(languages)
        with TemporaryDirectory(prefix="voicedoc-evaluate-") as folder:
            done = interpret_file(engine, Recording(recording), Path(folder) / "session", paced=True)
            if done.reason != "finished":
                raise KeyboardInterrupt
            return read_journal(done.folder / JOURNAL)

    def _live(self, languages: tuple[str, str]) -> Engine:
        """The engine of a visit. Only the last one is kept."""
        if self._session is None or self._session.visit.languages != languages:
            self.close()
            self._session = self._opened.enter_context(open_engine(self._profile, Visit(*languages), store=self._store))
        return self._session

    @cached_property
    def documents(self) -> Documents:
        """The starter set, found by words and, where multilingual E5 has been pulled, by meaning."""
        folder = Path(self._opened.enter_context(TemporaryDirectory(prefix="voicedoc-evaluate-")))
        opened = StarterDocuments(folder, self._meanings, _AnyPair(self))
        self._opened.callback(opened.close)
        return opened

    def translate(self, text: str, source: str, target: str) -> str:
        """What the profile's translator for the pair gives."""
        return self._translation(text, source, target).text

    def _translation(self, text: str, source: str, target: str) -> Translation:
        return self._here.run(partial(self._translated, text, source, target))

    def _translated(self, text: str, source: str, target: str) -> Translation:
        if (source, target) not in self._translators:
            self._translators[source, target] = self._translator(source, target)
        return self._translators[source, target].translate(text, source=source, target=target)

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

    def reply(
        self, messages: Sequence[Message], sampling: Sampling, *, of: str = "", schema: Mapping[str, Any] | None = None
    ) -> Reply:
        """What a dialogue model replies.

        Raises:
            UnsupportedLanguage: If there is none: nothing can be asked, in any language.
        """
        name = (self._judge if of == JUDGE else of) or self._dialogue
        return self._asked.reply(self._replier(name), messages, sampling, schema)

    @cached_property
    def at_once(self) -> int:
        """See `Systems`."""
        return max(self._most(name) for name in (self._dialogue, self._judge))

    def _most(self, name: str) -> int:
        if is_endpoint(name):
            return load_endpoint(Path(name)).share(self._sharing).at_once
        return MOST_AT_ONCE if name.startswith(PREFIX) else 1

    def _replier(self, name: str) -> Replier:
        with self._making:
            if self._over:
                raise stopped()
            if name not in self._repliers:
                self._repliers[name] = self._made_replier(name)
            return self._repliers[name]

    def _made_replier(self, name: str) -> Replier:
        if name.startswith(PREFIX):
            return RuleReplier(name)
        if is_endpoint(name):
            return EndpointReplier(load_endpoint(Path(name)).share(self._sharing))
        made_of = self._digest(name) if name else self._own
        return InProcess(partial(self._dialogue_model, name), made_of, self._here)

    def _dialogue_model(self, name: str) -> DialogueModel:
        model = dialogue_model(self._profile, name, store=self._store)
        if model is None:
            raise UnsupportedLanguage(
                f"profile '{self.name}' has no dialogue model", remedy="name one with --model, or in [dialogue]"
            )
        return model

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """The meanings as multilingual E5 has them; None where that model has not been pulled."""
        return self._here.run(lambda: self._meanings.embed(texts) if self._meanings else None)

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]] | None:
        """As multilingual E5 has them; None where that model has not been pulled."""
        return self._here.run(lambda: self._meanings.token_vectors(texts) if self._meanings else None)

    @cached_property
    def _meanings(self) -> TokenEmbedder | None:
        from voicedoc.phrases.e5 import E5, MODEL

        try:
            return E5(self._store.open(MODEL))
        except ModelMissing:
            return None

    def _make(self, role: str, name: str, model: str, options: Mapping[str, Any]) -> Any:
        return backend(role, name)(self._store.open(model) if model else None, **options)


def _digest_of(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


class _AnyPair:
    """All of a profile's translators as one, each loaded when it is first needed."""

    def __init__(self, systems: ProfileSystems) -> None:
        self._systems, self.name = systems, systems.name

    def supports(self, source: str, target: str) -> bool:
        try:
            self._systems._route(source, target)
        except UnsupportedLanguage:
            return False
        return True

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        return self._systems._translation(text, source, target)
