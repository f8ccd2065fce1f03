"""A spoken interview on real weights: a voice asks, the recogniser hears, rules read, the translator translates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soxr

from tests.helpers.live import held
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import ClauseSpoken, FactNoted, QuestionAsked, StageFailed, Translated, TurnAttributed
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.errors import BackendUnavailable, ModelError
from voicedoc.intake import Interviewing
from voicedoc.live import Room
from voicedoc.profiles import Profile, load_profile
from voicedoc.runtime.worker import InlineWorker

pytestmark = [pytest.mark.model, pytest.mark.anyio]

VISIT = Visit("pt", "en")
ANSWERS = ("I have had a bad headache since yesterday.", "No, it did not.", "No, not at all.")
GREETING, QUESTION = 16.0, 7.0
"""Seconds of quiet, in which the assistant speaks."""


def inline() -> Profile:
    """The embedded profile with all work in the session's own thread: virtual time waits for it."""
    profile = load_profile("embedded")
    return replace(
        profile,
        segment=replace(profile.segment, worker="inline"),
        recognize=replace(profile.recognize, worker="inline", partials=""),
        speak=replace(profile.speak, worker="inline"),
    )


def said(engine: Engine) -> Samples:
    """The patient's answers, each after the time that a question takes, by a voice that is not the assistant's."""
    voice = engine.voices.ranked("en")[-1].synthesizer
    parts = [np.zeros(round(GREETING * SPEECH_RATE), np.float32)]
    for text in ANSWERS:
        sound = np.concatenate(list(voice.synthesize(text, language="en")))
        parts += [soxr.resample(sound, voice.rate, SPEECH_RATE), np.zeros(round(QUESTION * SPEECH_RATE), np.float32)]
    return as_samples(np.concatenate(parts))


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_spoken_interview_asks_aloud_and_understands_the_answers(tmp_path: Path, anyio_backend: str) -> None:
    try:
        with open_live_engine(inline(), VISIT) as opened:
            engine = replace(opened, workers=dict.fromkeys(opened.workers, InlineWorker()))
            stage = Interviewing().stage(VISIT)
            session = await held(engine, tmp_path, said(engine), room=Room(roles=(Role.PATIENT,)), intake=stage)
    except (ModelError, BackendUnavailable) as error:
        pytest.skip(f"{error}. {error.remedy}")
    assert not session.of(StageFailed)
    asked = [event.question for event in session.of(QuestionAsked)]
    assert asked[:3] == ["common.complaint", "common.headache-thunderclap", "common.face"]
    assert {event.utterance for event in session.of(QuestionAsked)} <= {
        clause.utterance for clause in session.of(ClauseSpoken)
    }
    states = {fact.name: fact.state for fact in session.of(FactNoted)}
    assert states["headache"] == "present" and states["headache-thunderclap"] == states["face-drooping"] == "absent"
    heard = [turn.utterance for turn in session.of(TurnAttributed) if turn.role is Role.PATIENT]
    assert len(heard) == len(ANSWERS)
    assert {event.utterance for event in session.of(Translated)} >= set(heard)
