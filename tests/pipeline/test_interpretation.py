"""The main job on real models: a consultation in two languages, who said what, and what each of them heard."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile
import soxr
from voicedoc_corpora.consultation import Consultation, Part, consult

from tests.conftest import ROOT
from tests.helpers.nonspeech import NONSPEECH
from voicedoc.core.audio import as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import (
    ClauseShown,
    ClauseSynthesized,
    Event,
    NothingHeard,
    SessionOpened,
    StageFailed,
    TranscriptFinal,
    Translated,
    TurnAttributed,
    Utterance,
    event_types,
)
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.engine import Engine, open_engine
from voicedoc.evaluate.scores import word_errors
from voicedoc.evaluate.text import normalise
from voicedoc.profiles import load_profile
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.session import Recording, interpret_file

pytestmark = pytest.mark.model

LINES = (
    (Role.DOCTOR, "en", "How long have you had this cough?"),
    (Role.PATIENT, "pt", "Tenho tosse há três semanas e febre à noite."),
    (Role.DOCTOR, "en", "I will give you an antibiotic. Take one capsule every eight hours for seven days."),
    (Role.PATIENT, "pt", "Posso tomar o remédio com leite?"),
    (Role.DOCTOR, "en", "No, please take it with water."),
    (Role.PATIENT, "pt", "A minha mãe teve tuberculose quando eu era criança."),
)


@pytest.fixture(scope="module")
def engine(loaded_model: Callable[[str], LoadedModel]) -> Iterator[Engine]:
    profile = load_profile("embedded")
    for name in profile.models:
        loaded_model(name)
    with open_engine(profile, Visit("en", "pt")) as engine:
        yield engine


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("recipe", ROOT / "pipelines" / "recipes" / "sample_consultation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def consultation(
    recipe: ModuleType, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Consultation]:
    from voicedoc.store.models import ModelStore

    made = recipe.synthesized(recipe.sample_voices(ModelStore.default()), LINES)
    path = tmp_path_factory.mktemp("consultation") / "visit.flac"
    made.write(path)
    return path, made


@pytest.fixture(scope="module")
def interpreted(
    engine: Engine, consultation: tuple[Path, Consultation], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("interpreted") / "out"
    outcome = interpret_file(engine, Recording(consultation[0]), folder)
    assert outcome.reason == "finished"
    return folder


def error_rate(reference: str, heard: str, language: str) -> float:
    """Word error rate of normalised texts."""
    return word_errors(normalise(reference, language), normalise(heard, language)).rate


def turns_by_overlap(events: list[Event], made: Consultation) -> list[tuple[Role, str, str]]:
    """For each turn of the consultation: role, language and words of what overlaps it."""
    found = []
    for turn in made.turns:
        over = [e for e in events if isinstance(e, TurnAttributed) and e.span.overlap(turn.span) > 0.3]
        roles = {e.role for e in over}
        assert len(roles) == 1, (turn, over)
        found.append((roles.pop(), over[0].hypothesis.language, " ".join(e.hypothesis.text for e in over)))
    return found


def test_who_said_what_in_which_language(interpreted: Path, consultation: tuple[Path, Consultation]) -> None:
    events = read_journal(interpreted / "journal.jsonl")
    found = turns_by_overlap(events, consultation[1])
    assert [(role, language) for role, language, _ in found] == [(role, language) for role, language, _ in LINES]
    rates = [error_rate(text, heard, language) for (_, language, text), (_, _, heard) in zip(LINES, found, strict=True)]
    assert sum(rates) / len(rates) < 0.25, list(zip(rates, found, strict=True))


def test_what_each_heard_is_the_translation_of_what_the_other_said(interpreted: Path, engine: Engine) -> None:
    events = read_journal(interpreted / "journal.jsonl")
    for role, language in ((Role.PATIENT, "pt"), (Role.DOCTOR, "en")):
        meant = " ".join(e.translation.text for e in events if isinstance(e, Translated) and e.listener is role)
        heard = heard_again(engine.recognizer, interpreted / f"interpretation-{role.value}.wav", language)
        assert error_rate(meant, heard, language) < 0.3, (meant, heard)


def heard_again(recognizer: SpeechRecognizer, path: Path, language: str) -> str:
    """What the recogniser hears in a track: each stretch of sound in turn, with only `language` to choose from."""
    samples, rate = soundfile.read(path, dtype="float32")
    samples = soxr.resample(samples, rate, 16_000)
    loud = np.flatnonzero(np.abs(samples) > 1e-4)
    stretches = np.split(loud, np.flatnonzero(np.diff(loud) > 8_000) + 1)
    texts = []
    for number, stretch in enumerate(stretches, start=1):
        first, stop = max(0, int(stretch[0]) - 1600), int(stretch[-1]) + 1600
        utterance = Utterance(
            at=0.0,
            utterance=UtteranceId(number),
            channel=0,
            span=Span.from_samples(first, min(stop, samples.size), 16_000),
            reason="silence",
            samples=as_samples(samples[first:stop]),
        )
        texts.append(recognizer.recognize(utterance, languages=(language, language)).text)
    return " ".join(texts)


def test_nothing_that_was_understood_is_lost(interpreted: Path) -> None:
    events = read_journal(interpreted / "journal.jsonl")
    for utterance in (e for e in events if isinstance(e, Utterance)):
        about = [e for e in events if getattr(e, "utterance", None) == utterance.utterance]
        assert any(isinstance(e, TranscriptFinal | NothingHeard | StageFailed) for e in about)
    for translated in (e for e in events if isinstance(e, Translated)):
        clauses = [
            e.text
            for e in events
            if isinstance(e, ClauseSynthesized | ClauseShown) and e.utterance == translated.utterance
        ]
        assert "".join(clauses).replace(" ", "") == translated.translation.text.replace(" ", "")


def test_the_first_line_names_every_model_and_its_hash(interpreted: Path) -> None:
    opened = read_journal(interpreted / "journal.jsonl")[0]
    assert isinstance(opened, SessionOpened)
    assert {m.name for m in opened.models} >= {"silero-vad", "whisper-base", "firefox-en-pt", "firefox-pt-en", "kokoro"}
    assert all(len(m.sha256) == 64 for m in opened.models)


def test_paced_and_unpaced_runs_of_real_models_give_the_same_journal(
    engine: Engine, interpreted: Path, consultation: tuple[Path, Consultation], tmp_path: Path
) -> None:
    interpret_file(engine, Recording(consultation[0]), tmp_path / "paced", paced=True)
    timing = {name for name, kind in event_types().items() if kind.timing}
    paced, hurried = (
        [
            line
            for line in (folder / "journal.jsonl").read_bytes().splitlines()
            if json.loads(line)["type"] not in timing
        ]
        for folder in (tmp_path / "paced", interpreted)
    )
    assert paced == hurried


def test_one_speaker_per_channel(engine: Engine, recipe: ModuleType, tmp_path: Path) -> None:
    from voicedoc.store.models import ModelStore

    made = recipe.synthesized(recipe.sample_voices(ModelStore.default()), LINES[:4], separate=True)
    made.write(tmp_path / "call.wav")
    recording = Recording(tmp_path / "call.wav", channels=(Role.DOCTOR, Role.PATIENT))
    interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert [(role, language) for role, language, _ in turns_by_overlap(events, made)] == [
        (role, language) for role, language, _ in LINES[:4]
    ]
    assert {e.method for e in events if isinstance(e, TurnAttributed)} == {"channel"}


def test_given_turns_say_who_spoke(engine: Engine, consultation: tuple[Path, Consultation], tmp_path: Path) -> None:
    path, made = consultation
    recording = Recording(path, turns=path.with_suffix(".turns.json"))
    interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert [role for role, _, _ in turns_by_overlap(events, made)] == [role for role, _, _ in LINES]
    assert {e.method for e in events if isinstance(e, TurnAttributed)} == {"turns"}


def real_consultation(devset: Path) -> Consultation:
    """Two English readers and a Portuguese one, in turns."""
    rows = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    said = {
        language: [r for r in rows if r["kind"] == "utterance" and r["language"] == language]
        for language in ("en", "pt")
    }
    order = [(Role.DOCTOR, said["en"][0]), (Role.PATIENT, said["pt"][0]), (Role.DOCTOR, said["en"][1])]
    parts = []
    for role, row in order:
        samples, rate = soundfile.read(devset / row["audio"], dtype="float32")
        assert rate == 16_000
        parts.append(Part(role, row["language"], row["text"], as_samples(samples)))
    return consult(parts, rate=16_000)


def test_real_voices_of_two_languages_are_told_apart(engine: Engine, devset: Path, tmp_path: Path) -> None:
    made = real_consultation(devset)
    made.write(tmp_path / "visit.wav")
    interpret_file(engine, Recording(tmp_path / "visit.wav"), tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    found = turns_by_overlap(events, made)
    assert [role for role, _, _ in found] == [turn.role for turn in made.turns]
    assert all(
        error_rate(turn.text, heard, turn.language) < 0.5 for turn, (_, _, heard) in zip(made.turns, found, strict=True)
    )


def test_noise_and_music_have_no_words_even_with_the_detector_at_its_most_willing(
    engine: Engine, tmp_path: Path
) -> None:
    sounds = np.concatenate([make(4.0, 0.1) for make in NONSPEECH.values()])
    soundfile.write(tmp_path / "room.wav", sounds, 16_000)
    willing = replace(engine, endpointing=replace(engine.endpointing, threshold=0.16))
    outcome = interpret_file(willing, Recording(tmp_path / "room.wav"), tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert [e for e in events if isinstance(e, TranscriptFinal | ClauseSynthesized)] == []
    assert outcome.reason == "finished"


def test_speech_in_a_third_language_is_marked(engine: Engine, devset: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    german = next(row for row in rows if row["kind"] == "utterance" and row["language"] == "de")
    interpret_file(engine, Recording(devset / german["audio"]), tmp_path / "out")
    said = json.loads((tmp_path / "out" / "transcript.json").read_text("utf-8"))["utterances"]
    assert any("another language: de" in " ".join(row["warnings"]) for row in said)
