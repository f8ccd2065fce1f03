"""The shipped tasks on the embedded profile's real models, a few items for each slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task
from voicedoc.profiles import load_profile
from voicedoc.shipped import shipped

pytestmark = pytest.mark.model

Load = Callable[[str], LoadedModel]


@pytest.fixture(scope="module")
def systems() -> Iterator[ProfileSystems]:
    with ProfileSystems(load_profile("embedded")) as opened:
        yield opened


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


def test_a_conversation_in_two_languages_is_written_down_with_its_speakers(
    loaded_model: Load, devset: Path, systems: ProfileSystems, tmp_path: Path
):
    needed(loaded_model)
    outcome = run_task(load_task("conversations"), systems, tmp_path, root=devset, limit=1)
    part = "two languages"
    assert values(outcome, "failed")[part] == 0.0
    assert values(outcome, "wer-stream")[part] < 40.0
    assert values(outcome, "cpwer")[part] < values(outcome, "cpwer-one")[part]
    assert values(outcome, "roles")[part] > values(outcome, "roles-doctor")[part]
    assert values(outcome, "der")[part] < values(outcome, "der-one")[part]


def test_voices_of_a_meeting_are_told_apart(loaded_model: Load, devset: Path, systems: ProfileSystems, tmp_path: Path):
    needed(loaded_model)
    outcome = run_task(load_task("diarization"), systems, tmp_path, root=devset, limit=2)
    assert max(values(outcome, "failed").values()) == 0.0
    for part in ("number found", "number given"):
        assert values(outcome, "der-collar")[part] < values(outcome, "der")[part] < 60.0


def test_noise_makes_no_words(loaded_model: Load, systems: ProfileSystems, tmp_path: Path):
    needed(loaded_model)
    text = (shipped("pipelines") / "evaluate" / "nonspeech.toml").read_text("utf-8")
    task = tmp_path / "nonspeech.toml"
    task.write_text(text.replace("repeat = 5", "repeat = 1"), "utf-8")
    outcome = run_task(load_task(str(task)), systems, tmp_path / "out", root=None)
    found = values(outcome, "false-words")
    assert {kind: found[kind] for kind in ("silence", "white", "pink", "brown", "hum")} == dict.fromkeys(
        ("silence", "white", "pink", "brown", "hum"), 0.0
    )


def needed(loaded_model: Load) -> None:
    """Skips where a model of the batch job has not been pulled."""
    profile = load_profile("embedded")
    for name in (profile.segment.model, profile.recognize.model, profile.diarize.model if profile.diarize else ""):
        if name:
            loaded_model(name)
