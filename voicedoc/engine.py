"""A profile's backends, loaded for one visit: constructed on the threads that will use them, and told about plainly."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from voicedoc import __version__
from voicedoc.attribute.diarizer import Diarizer
from voicedoc.attribute.voice import CamPlusVoice
from voicedoc.converse.dialogue.role import DialogueModel
from voicedoc.converse.suspicion.suspicion import Suspicion
from voicedoc.core.audio import Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import ModelUsed, Notice, SessionOpened
from voicedoc.core.glossary import NO_GLOSSARY, Glossary
from voicedoc.core.languages import primary, same_language
from voicedoc.core.speech import Visit
from voicedoc.errors import BackendUnavailable, ConfigError, ModelError, UnsupportedLanguage
from voicedoc.guard.asking import Asking
from voicedoc.phrases import PhraseBank
from voicedoc.phrases.bank import kept_vectors
from voicedoc.phrases.e5 import MODEL as MEANINGS
from voicedoc.phrases.lexicon import languages as bank_languages
from voicedoc.phrases.role import SentenceEmbedder
from voicedoc.profiles import Profile, TranslateSpec, VoiceSpec
from voicedoc.recognize.one_by_one import OneByOne
from voicedoc.recognize.role import BatchRecognizer, QuickRecognizer, SpeechRecognizer
from voicedoc.registry import backend, did_you_mean
from voicedoc.runtime.worker import InlineWorker, ThreadWorker, Worker
from voicedoc.segment.endpoint import Endpointing
from voicedoc.segment.patience import Listening
from voicedoc.segment.role import TurnModel, VoiceDetector
from voicedoc.speak.memory import RememberingSynthesizer
from voicedoc.speak.router import Quality, Voice, Voices
from voicedoc.store.models import ModelStore
from voicedoc.translate.compose import OneWay, Pivot
from voicedoc.translate.glossary import WithGlossary
from voicedoc.translate.role import Translator
from voicedoc.translate.router import Translators

T = TypeVar("T")

Embed = Callable[[Samples], NDArray[np.float32] | None]
"""Makes a voice print, shape `(n_dimensions,)`, unit length, of speech at 16 kHz; None where there is too little."""

PHRASES = "phrases"
"""The worker that searches the phrase bank: what it finds is for the screen, and may wait for everything else."""

ADVICE = "advice"
"""The worker that reads what is said for the silent advisor: it waits for everything else, too."""

CAMPPLUS = "pyannote-campplus"
"""The model whose network makes voice prints."""


@dataclass(frozen=True)
class Engine:
    """Everything that a session of one visit needs. `notices` say what this engine cannot do for this visit.

    Of a live session also: `listening` and `asking`; `partial_recognizer` reads utterances that go on, None where the
    profile has none; `embed` makes a voice print of speech at 16 kHz, None where no model does; `phrases` is the phrase
    bank, None where it does not have both languages; `suspicion` reads what patients say for dangers by its meaning, on
    the same thread, None where its model is not there. `glossary` has the visit's own words.
    """

    profile: Profile
    visit: Visit
    detector: VoiceDetector
    endpointing: Endpointing
    recognizer: SpeechRecognizer
    translator: Translators
    voices: Voices
    models: tuple[ModelUsed, ...]
    notices: tuple[Notice, ...]
    workers: Mapping[str, Worker]
    listening: Listening = field(default_factory=Listening)
    turns: TurnModel | None = None
    asking: Asking = field(default_factory=Asking)
    partial_recognizer: QuickRecognizer | None = None
    embed: Embed | None = None
    phrases: PhraseBank | None = None
    suspicion: Suspicion | None = None
    glossary: Glossary = NO_GLOSSARY

    def worker(self, stage: str) -> Worker:
        """The thread of a stage's backends."""
        return self.workers[_worker_names(self.profile)[stage]]


@dataclass(frozen=True)
class BatchEngine:
    """Everything that a batch job needs: `languages` that may be heard, the doctor's first, and `targets`.

    `diarizer` is None where the profile has none.
    """

    profile: Profile
    languages: tuple[str, ...]
    targets: tuple[str, ...]
    detector: VoiceDetector
    endpointing: Endpointing
    recognizer: BatchRecognizer
    diarizer: Diarizer | None
    translator: Translators
    models: tuple[ModelUsed, ...]
    notices: tuple[Notice, ...]
    workers: Mapping[str, Worker]
    glossary: Glossary = NO_GLOSSARY

    @property
    def visit(self) -> Visit:
        """The first two languages; one alone is both's."""
        return Visit(self.languages[0], self.languages[min(1, len(self.languages) - 1)])

    def worker(self, stage: str) -> Worker:
        """The thread of a stage's backends."""
        return self.workers[_worker_names(self.profile)[stage]]


@dataclass(frozen=True)
class TextEngine:
    """Everything that a session needs in which nothing is heard or spoken: translation, where there is any, and what
    reads dangers by their meaning, on the thread "phrases".
    """

    profile: Profile
    visit: Visit
    translator: Translators
    models: tuple[ModelUsed, ...]
    notices: tuple[Notice, ...]
    workers: Mapping[str, Worker]
    suspicion: Suspicion | None = None
    glossary: Glossary = NO_GLOSSARY

    def worker(self, stage: str) -> Worker:
        """The thread of a stage's backends."""
        return self.workers[_worker_names(self.profile)[stage]]


def _worker_names(profile: Profile) -> dict[str, str]:
    understand = profile.recognize.worker
    return {
        "capture": "capture",
        "segment": profile.segment.worker,
        "recognize": understand,
        "translate": understand,
        "partials": profile.recognize.partials or understand,
        "phrases": PHRASES if understand != "inline" else "inline",
        "advise": ADVICE if understand != "inline" else "inline",
        "speak": profile.speak.worker,
        "diarize": profile.diarize.worker if profile.diarize else "inline",
    }


@contextmanager
def open_engine(
    profile: Profile, visit: Visit, *, glossary: Glossary = NO_GLOSSARY, store: ModelStore | None = None
) -> Generator[Engine, None, None]:
    """Load a profile for a visit, whose own words `glossary` has. Its threads end with the context.

    Raises:
        UnsupportedLanguage: If the profile cannot interpret this visit's pair at all.
        ModelMissing: If a model has not been pulled.
        BackendUnavailable: If a package is not installed.
    """
    _check_pair(profile, visit)
    with ExitStack() as closing:
        loader = _Loader(profile, store or ModelStore.default(), _open_workers(profile, closing), glossary=glossary)
        yield loader.engine(visit)


@contextmanager
def open_translators(
    profile: Profile, pairs: Sequence[tuple[str, str]], *, store: ModelStore | None = None
) -> Generator[Translators, None, None]:
    """The profile's translators for some directions, on the caller's thread; none for those that it does not have.

    Raises:
        ModelMissing: If a model has not been pulled.
        BackendUnavailable: If a package is not installed.
    """
    with ExitStack() as closing:
        workers = dict.fromkeys(_worker_names(profile).values(), _open_worker("inline", closing))
        yield _Loader(profile, store or ModelStore.default(), workers)._translators(pairs)


def dialogue_model(profile: Profile, name: str = "", *, store: ModelStore | None = None) -> DialogueModel | None:
    """The dialogue model `name`, or the profile's; None where there is neither. Make and use it on one thread.

    Raises:
        ConfigError: If it is a model for something else, or an option is wrong.
        ModelMissing: If it has not been pulled.
        BackendUnavailable: If a package is not installed.
    """
    if name:
        return named_dialogue_model(name, store=store)
    spec = profile.dialogue
    if spec is None:
        return None
    loaded = (store or ModelStore.default()).open(spec.model) if spec.model else None
    model: DialogueModel = backend("dialogue_models", spec.dialogue_model)(loaded, **spec.options)
    return model


def named_dialogue_model(name: str, *, store: ModelStore | None = None) -> DialogueModel:
    """A dialogue model by its card's name, a hub repository's that was pulled, or a folder's with a GGUF file or a
    checkpoint. Make and use it on one thread.

    Raises:
        ConfigError: If it is a model for something else.
        ModelMissing: If it has not been pulled.
        BackendUnavailable: If a package is not installed.
    """
    store = store or ModelStore.default()
    loaded = store.open(name)
    model: DialogueModel = backend("dialogue_models", _runs(loaded, name, store))(loaded)
    return model


def _runs(loaded: LoadedModel, name: str, store: ModelStore) -> str:
    """The backend that runs a dialogue model: its card's, or by the files of a folder."""
    if "/" in name:
        return "xllamacpp" if any(loaded.path.glob("*.gguf")) else "transformers"
    card = store.card(name)
    if card.role != "dialogue":
        raise ConfigError(f"'{name}' is a model to {card.role}", remedy="voicedoc models list: those to dialogue")
    return card.backend


def opening(engine: Engine | BatchEngine | TextEngine) -> SessionOpened:
    """The first line of a journal: what the session runs on. Its stages are not known yet."""
    return SessionOpened(
        at=0.0,
        version=__version__,
        profile=engine.profile.name,
        profile_sha256=engine.profile.sha256,
        doctor=engine.visit.doctor,
        patient=engine.visit.patient,
        models=engine.models,
        stages=(),
    )


@contextmanager
def open_live_engine(
    profile: Profile, visit: Visit, *, glossary: Glossary = NO_GLOSSARY, store: ModelStore | None = None
) -> Generator[Engine, None, None]:
    """Load a profile for a live session, with what only those need. Its threads end with the context.

    Raises: as `open_engine`.
    """
    _check_pair(profile, visit)
    with ExitStack() as closing:
        workers = _open_workers(profile, closing)
        loader = _Loader(profile, store or ModelStore.default(), workers, live=True, glossary=glossary)
        yield loader.live_engine(visit)


@contextmanager
def open_text_engine(
    profile: Profile, visit: Visit, *, glossary: Glossary = NO_GLOSSARY, store: ModelStore | None = None
) -> Generator[TextEngine, None, None]:
    """Load what translates between patient and doctor. Where that is not to be had, a notice says so, and nothing is
    translated: what people type stays as it is.
    """
    with ExitStack() as closing:
        workers = _open_workers(profile, closing)
        yield _Loader(profile, store or ModelStore.default(), workers, glossary=glossary).text_engine(visit)


@contextmanager
def open_batch_engine(
    profile: Profile,
    languages: tuple[str, ...],
    targets: tuple[str, ...] = (),
    *,
    diarize: bool = True,
    glossary: Glossary = NO_GLOSSARY,
    store: ModelStore | None = None,
) -> Generator[BatchEngine, None, None]:
    """Load a profile for batch jobs. Its threads end with the context. `diarize=False` leaves the diarizer out.

    `glossary` has the words that must come through.

    Raises:
        UnsupportedLanguage: If the profile must not be used for one of `languages`, or translates none into a target.
        ModelMissing: If a model has not been pulled.
        BackendUnavailable: If a package is not installed.
    """
    _check_languages(profile, languages)
    _check_targets(profile, languages, targets)
    with ExitStack() as closing:
        loader = _Loader(profile, store or ModelStore.default(), _open_workers(profile, closing), glossary=glossary)
        yield loader.batch_engine(languages, targets, diarize=diarize)


def batch_models(
    profile: Profile,
    languages: tuple[str, ...],
    targets: tuple[str, ...] = (),
    *,
    diarize: bool = True,
    store: ModelStore | None = None,
) -> tuple[LoadedModel, ...]:
    """The models that `open_batch_engine` would load, each once, sorted by name. Loads none.

    Raises:
        ModelMissing: If a model has not been pulled.
    """
    specs = [spec for pair in _pairs(languages, targets) for spec in _legs(profile, *pair)]
    names = [profile.segment.model, profile.recognize.model, *(spec.model for spec in specs)]
    names += [profile.diarize.model] if profile.diarize and diarize else []
    stored = store or ModelStore.default()
    opened = {model.name: model for model in (stored.open(name) for name in dict.fromkeys(names) if name)}
    return tuple(opened[name] for name in sorted(opened))


def live_models(profile: Profile, visit: Visit) -> tuple[str, ...]:
    """The names of the models that a live session of this visit loads, each once; not what finds phrases by meaning."""
    specs = [spec for pair in (visit.languages, visit.languages[::-1]) for spec in _legs(profile, *pair)]
    spoken = {primary(language) for language in visit.languages}
    names = [profile.diarize.model] if profile.diarize and profile.diarize.model == CAMPPLUS else []
    names += [profile.segment.model, profile.recognize.model, *(spec.model for spec in specs)]
    names += [spec.model for spec in profile.voices if spoken & set(spec.languages)]
    names += [profile.turns.model] if profile.turns else []
    return tuple(dict.fromkeys(name for name in names if name))


def _legs(profile: Profile, source: str, target: str) -> Iterator[TranslateSpec]:
    """The translators for a direction that have a model of their own: a pivot is its two halves."""
    for spec in _routes(profile, source, target):
        if not spec.via:
            yield spec
            continue
        for leg in ((source, spec.via), (spec.via, target)):
            yield from [half for half in _routes(profile, *leg) if not half.via][:1]


def _pairs(languages: tuple[str, ...], targets: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every direction in which a batch job translates."""
    return [(source, target) for target in targets for source in languages if not same_language(source, target)]


def _open_workers(profile: Profile, closing: ExitStack) -> dict[str, Worker]:
    return {name: _open_worker(name, closing) for name in set(_worker_names(profile).values())}


def _open_worker(name: str, closing: ExitStack) -> Worker:
    worker = InlineWorker() if name == "inline" else ThreadWorker(name, gives_way=name in (PHRASES, ADVICE))
    closing.callback(worker.close)
    return worker


def _check_pair(profile: Profile, visit: Visit) -> None:
    """Refuse what cannot work before anything heavy is loaded."""
    if primary(visit.doctor) == primary(visit.patient):
        raise ConfigError(
            f"doctor and patient both speak '{visit.doctor}'",
            remedy="--doctor and --patient take two different languages",
        )
    _check_languages(profile, visit.languages)
    directions = [visit.languages, visit.languages[::-1]]
    if not any(_routes(profile, source, target) for source, target in directions):
        raise UnsupportedLanguage(
            f"profile '{profile.name}' has no translator between '{visit.doctor}' and '{visit.patient}'",
            remedy=_remedy(profile, "-".join(visit.languages)),
        )


def _check_languages(profile: Profile, languages: tuple[str, ...]) -> None:
    for language in languages:
        if reason := profile.recognize.unfit.get(primary(language)):
            raise UnsupportedLanguage(
                f"profile '{profile.name}' must not be used for '{language}': {reason}",
                remedy=_remedy(profile, language),
            )


def _check_targets(profile: Profile, languages: tuple[str, ...], targets: tuple[str, ...]) -> None:
    for target in targets:
        sources = [language for language in languages if not same_language(language, target)]
        if sources and not any(_routes(profile, source, target) for source in sources):
            raise UnsupportedLanguage(
                f"profile '{profile.name}' has no translator from {', '.join(sources)} to '{target}'",
                remedy=_remedy(profile, f"{sources[0]}-{target}"),
            )


def _remedy(profile: Profile, wanted: str) -> str:
    """What the profile says to pull for a language or a pair; else where to look."""
    for key in (wanted, "-".join(reversed(wanted.split("-"))), primary(wanted)):
        if key in profile.pull:
            return profile.pull[key]
    return profile.pull.get("*", "voicedoc pipelines list shows profiles with more languages")


def _routes(profile: Profile, source: str, target: str) -> list[TranslateSpec]:
    """The profile's translators for a direction, best first, as written."""
    return [
        spec
        for spec in profile.translate
        if spec.source in ("*", primary(source)) and spec.target in ("*", primary(target))
    ]


class _Loader:
    """Constructs the backends of one engine, each on its worker's thread."""

    def __init__(
        self,
        profile: Profile,
        store: ModelStore,
        workers: Mapping[str, Worker],
        *,
        live: bool = False,
        glossary: Glossary = NO_GLOSSARY,
    ) -> None:
        self._profile, self._store, self._workers, self._live = profile, store, workers, live
        self._glossary = glossary
        self._models: dict[str, ModelUsed] = {}
        self._notices: list[Notice] = []
        self._translators_made: dict[int, Translator] = {}
        self._names = _worker_names(profile)

    def engine(self, visit: Visit) -> Engine:
        detector, recognizer = self._detector(), self._recognizer(visit.languages)
        translator = self._translators([visit.languages, visit.languages[::-1]])
        voices = self._voices(visit.languages)
        return Engine(
            profile=self._profile,
            visit=visit,
            detector=detector,
            endpointing=self._endpointing(),
            recognizer=recognizer,
            translator=translator,
            voices=voices,
            models=tuple(self._models.values()),
            notices=tuple(self._notices),
            workers=self._workers,
            glossary=self._glossary,
        )

    def live_engine(self, visit: Visit) -> Engine:
        """An engine whose voices remember what they said, with what live sessions need beside it."""
        embed = self._voice_prints()
        engine = self.engine(visit)
        where = self._profile.path.name
        quick = engine.recognizer if self._profile.recognize.partials else None
        turns = self._turn_model()
        return replace(
            engine,
            listening=_checked(Listening, dict(self._profile.segment.listening), f"{where} [segment.listening]"),
            turns=turns,
            asking=_checked(Asking, _with_tuples(self._profile.guard), f"{where} [guard]"),
            partial_recognizer=cast(QuickRecognizer, quick) if hasattr(quick, "recognize_so_far") else None,
            embed=embed,
            phrases=self._phrases(visit),
            suspicion=self._suspicion(),
            models=tuple(self._models.values()),
            notices=tuple(self._notices),
        )

    def text_engine(self, visit: Visit) -> TextEngine:
        """An engine that only translates what the patient says."""
        pairs = [] if same_language(visit.doctor, visit.patient) else [(visit.patient, visit.doctor)]
        try:
            translator = self._translators(pairs)
        except (ModelError, BackendUnavailable) as error:
            translator = Translators([])
            message = f"what the patient says is not translated: {error}"
            self._notices.append(Notice(at=0.0, code="no-translator", message=message, remedy=error.remedy))
        return TextEngine(
            profile=self._profile,
            visit=visit,
            translator=translator,
            suspicion=self._suspicion(),
            models=tuple(self._models.values()),
            notices=tuple(self._notices),
            workers=self._workers,
            glossary=self._glossary,
        )

    def _voice_prints(self) -> Embed | None:
        """Voice prints by the diarizer's own network, where the profile has one."""
        spec = self._profile.diarize
        if spec is None or spec.model != CAMPPLUS:
            return None
        model = self._store.open(spec.model)
        self._models[f"attribute:{model.name}"] = ModelUsed("attribute", model.name, model.sha256, model.licence)
        return self._workers[self._names["diarize"]].run(partial(CamPlusVoice, model))

    def _phrases(self, visit: Visit) -> PhraseBank | None:
        """The phrase bank, ready to be searched in what the doctor speaks."""
        if not {primary(language) for language in visit.languages} <= bank_languages():
            return None
        worker = self._workers[self._names["phrases"]]
        return worker.run(partial(_searchable, visit, self._meanings, self._glossary))

    def _suspicion(self) -> Suspicion | None:
        """What reads dangers by their meaning, where its model is there."""
        return Suspicion(self._meanings) if self._meanings else None

    @cached_property
    def _meanings(self) -> SentenceEmbedder | None:
        """What knows sentences by their meaning, where its model is there: on a thread that nothing else waits for."""
        worker = self._workers[self._names["phrases"]]
        if isinstance(worker, InlineWorker):
            return None
        try:
            model = self._store.open(MEANINGS)
            embedder: SentenceEmbedder = worker.run(partial(backend("embedders", "e5"), model))
        except ModelError as error:
            message = f"reviewed phrases are found by their letters, dangers by their words alone: {error}"
            self._notices.append(Notice(at=0.0, code="no-meanings", message=message, remedy=error.remedy))
            return None
        self._models[f"phrases:{model.name}"] = ModelUsed("phrases", model.name, model.sha256, model.licence)
        return embedder

    def batch_engine(self, languages: tuple[str, ...], targets: tuple[str, ...], *, diarize: bool) -> BatchEngine:
        detector, recognizer = self._detector(), self._recognizer(languages)
        translator = self._translators(_pairs(languages, targets))
        diarizer = self._diarizer() if diarize else None
        return BatchEngine(
            profile=self._profile,
            languages=languages,
            targets=targets,
            detector=detector,
            endpointing=self._endpointing(),
            recognizer=recognizer if hasattr(recognizer, "recognize_batch") else OneByOne(recognizer),
            diarizer=diarizer,
            translator=translator,
            models=tuple(self._models.values()),
            notices=tuple(self._notices),
            workers=self._workers,
            glossary=self._glossary,
        )

    def _detector(self) -> VoiceDetector:
        spec = self._profile.segment
        detector: VoiceDetector = self._make("segment", "detectors", spec.detector, spec.model, spec.options)
        return detector

    def _turn_model(self) -> TurnModel | None:
        if (spec := self._profile.turns) is None:
            return None
        turns: TurnModel = self._make("segment", "turn_models", spec.turn_model, spec.model, spec.options)
        return turns

    def _endpointing(self) -> Endpointing:
        where = f"{self._profile.path.name} [segment.endpointing]"
        return _checked(Endpointing, dict(self._profile.segment.endpointing), where)

    def _recognizer(self, languages: tuple[str, ...]) -> Any:
        spec = self._profile.recognize
        recognizer = self._make("recognize", "recognizers", spec.recognizer, spec.model, spec.options)
        worker = self._workers[self._names["recognize"]]
        worker.run(partial(recognizer.check_languages, languages))
        hints = {language: line for language in languages if (line := self._glossary.hotwords(language))}
        if hints and hasattr(recognizer, "hint"):
            worker.run(partial(recognizer.hint, hints))
        elif hints:
            self._notices.append(_deaf_to_hints(spec.recognizer))
        return recognizer

    def _diarizer(self) -> Diarizer | None:
        spec = self._profile.diarize
        if spec is None:
            return None
        diarizer: Diarizer = self._make("diarize", "diarizers", spec.diarizer, spec.model, spec.options)
        return diarizer

    def _make(self, stage: str, role: str, name: str, model: str, options: Mapping[str, Any]) -> Any:
        kind = backend(role, name)
        loaded = self._store.open(model) if model else None
        used = loaded or LoadedModel(name, self._profile.path, "")
        self._models[f"{stage}:{used.name}"] = ModelUsed(stage, used.name, used.sha256, used.licence)
        where = f"{self._profile.path.name}, options of '{name}'"
        worker = self._workers[self._names[stage]]
        return worker.run(partial(_checked, kind, dict(options), where, loaded))

    def _translators(self, pairs: Sequence[tuple[str, str]]) -> Translators:
        routes: list[Translator] = []
        for source, target in pairs:
            specs = _routes(self._profile, source, target)
            routes += [OneWay(self._held(self._translator(spec, source, target)), source, target) for spec in specs]
            if not specs:
                self._notice(
                    "no-translator",
                    f"profile '{self._profile.name}' has no translator from '{source}' to '{target}': text only",
                    f"{source}-{target}",
                )
            elif specs[0].quality != "good":
                self._notice(
                    "draft-translation",
                    f"translation from '{source}' to '{target}' is a {specs[0].quality}: confirm what matters",
                    f"{source}-{target}",
                )
        return Translators(routes)

    def _translator(self, spec: TranslateSpec, source: str, target: str) -> Translator:
        if spec.via:
            legs = [(source, spec.via), (spec.via, target)]
            first, second = (self._leg(*leg) for leg in legs)
            return Pivot(first, second, via=spec.via)
        if id(spec) not in self._translators_made:  # one that serves both directions is loaded once
            self._translators_made[id(spec)] = self._make(
                "translate", "translators", spec.translator, spec.model, spec.options
            )
        return self._translators_made[id(spec)]

    def _held(self, translator: Translator) -> Translator:
        """A translator that is held to the glossary, where there is one."""
        return WithGlossary(translator, self._glossary) if self._glossary.terms else translator

    def _leg(self, source: str, target: str) -> Translator:
        for spec in _routes(self._profile, source, target):
            if not spec.via:
                return self._translator(spec, source, target)
        raise ConfigError(
            f"{self._profile.path.name}: a pivot needs '{source}' to '{target}', which no [[translate]] gives",
            remedy="add that [[translate]], or take the pivot out",
        )

    def _voices(self, languages: tuple[str, ...]) -> Voices:
        known = {primary(language) for language in languages}
        wanted = [spec for spec in self._profile.voices if known & set(spec.languages)]
        speak = self._profile.speak
        voices = Voices(
            [self._voice(spec) for spec in wanted],
            floor=speak.floor,
            startup_budget=speak.startup_budget,
            pronounce=self._glossary.pronounce,
        )
        for language, lack in voices.missing(languages).items():
            self._notice("no-voice", f"{lack}; it is shown, not spoken", language)
        return voices

    def _voice(self, spec: VoiceSpec) -> Voice:
        synthesizer = self._make("speak", "synthesizers", spec.synthesizer, spec.model, spec.options)
        if self._live:
            synthesizer = RememberingSynthesizer(synthesizer)
        return Voice(synthesizer, Quality.named(spec.quality), spec.startup, frozenset(spec.languages))

    def _notice(self, code: str, message: str, wanted: str) -> None:
        self._notices.append(Notice(at=0.0, code=code, message=message, remedy=_remedy(self._profile, wanted)))


def _searchable(visit: Visit, embedder: SentenceEmbedder | None, drugs: Glossary) -> PhraseBank:
    """The phrase bank with the index of the doctor's language, which the first search makes."""
    bank = PhraseBank.load(embedder=embedder, kept_in=kept_vectors(), drugs=drugs)
    bank.find("Good morning.", *visit.languages)
    return bank


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table's values, lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _deaf_to_hints(recognizer: str) -> Notice:
    return Notice(
        at=0.0,
        code="no-hints",
        message=f"recogniser '{recognizer}' cannot be told the glossary's words: it may spell them otherwise",
        remedy="choose a profile with a Whisper recogniser, or check these words in the transcript",
    )


def _checked(kind: Callable[..., T], options: dict[str, Any], where: str, *positional: object) -> T:
    """Call a constructor with options from a profile; an option that it does not take is the user's to mend."""
    taken = [p.name for p in inspect.signature(kind).parameters.values() if p.name != "model"]
    for name in options:
        if name not in taken:
            raise ConfigError(f"{where}: unknown key '{name}'", remedy=did_you_mean(name, taken))
    return kind(*positional, **options)
