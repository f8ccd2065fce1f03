"""The shipped tasks on the embedded profile's real models, a few items for each slice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task
from voicedoc.profiles import load_profile

pytestmark = pytest.mark.model

Load = Callable[[str], LoadedModel]


@pytest.fixture(scope="module")
def systems() -> ProfileSystems:
    return ProfileSystems(load_profile("embedded"))


def values(outcome: Outcome, scorer: str) -> dict[str, float]:
    return {figure.slice: figure.value for figure in outcome.figures if figure.scorer == scorer}


def test_english_is_recognised(loaded_model: Load, devset: Path, systems: ProfileSystems, tmp_path: Path):
    loaded_model("whisper-base")
    outcome = run_task(load_task("asr"), systems, tmp_path, root=devset, limit=2)
    assert values(outcome, "wer")["en"] < 25.0
    assert values(outcome, "failed")["en"] == 0.0


def test_the_packaged_pair_translates(loaded_model: Load, devset: Path, systems: ProfileSystems, tmp_path: Path):
    for name in ("firefox-en-pt", "firefox-pt-en"):
        loaded_model(name)
    outcome = run_task(load_task("translation"), systems, tmp_path, root=devset, limit=10)
    scores, copied = values(outcome, "chrf"), values(outcome, "chrf-copied")
    assert len(scores) == 4
    assert all(scores[part] > copied[part] + 20.0 for part in scores)


def test_each_voice_is_understood(loaded_model: Load, systems: ProfileSystems, tmp_path: Path):
    profile = load_profile("embedded")
    for name in profile.models:
        loaded_model(name)
    outcome = run_task(load_task("voices"), systems, tmp_path, root=None, limit=1)
    assert {part.split()[0] for part in values(outcome, "wer")} >= {"en", "pt"}
    assert max(values(outcome, "failed").values()) == 0.0
