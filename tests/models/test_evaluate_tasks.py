"""The shipped tasks on the embedded profile's real models, a few items for each slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.results import read_rows
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import Task, load_task
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


def test_a_spoken_question_is_answered_aloud_in_every_set_of_stages(
    loaded_model: Load, systems: ProfileSystems, tmp_path: Path
):
    for name in load_profile("embedded").models:
        loaded_model(name)
    outcome = run_task(
        shortened("speech-loop", tmp_path, '["pt", "en"]', '["en"]', PARROT), systems, tmp_path, root=None, limit=1
    )
    part = "en copies the question"
    assert values(outcome, "failed")[part] == 0.0
    assert values(outcome, "loop-wer")[part] < 60.0
    blamed = [values(outcome, f"blame-items-{stage}")[part] for stage in ("asr", "dialogue", "tts")]
    assert sum(blamed) == pytest.approx(values(outcome, "loss-items")[part])


def test_questions_find_their_sheets_by_words(loaded_model: Load, systems: ProfileSystems, tmp_path: Path):
    for name in ("firefox-en-pt", "firefox-pt-en"):
        loaded_model(name)  # what is found is shown in Portuguese
    words = ('"words", "meaning", "both", "by name"', '"words"')
    task = shortened("retrieval", tmp_path, '["en", "pt", "es", "zh"]', '["en", "pt"]', words)
    outcome = run_task(task, systems, tmp_path, root=None, limit=3)
    assert min(values(outcome, "hr@3").values()) == 100.0
    assert max(values(outcome, "failed").values()) == 0.0


def test_an_utterance_is_translated_after_it_has_ended(
    loaded_model: Load, devset: Path, systems: ProfileSystems, tmp_path: Path
):
    for name in load_profile("embedded").models:
        loaded_model(name)
    task = shortened("latency", tmp_path, '["pt-en", "en-pt"]', '["pt-en"]')
    outcome = run_task(task, systems, tmp_path, root=devset, limit=1)
    (row,) = read_rows(outcome.folder / "results.jsonl", outcome.config)
    assert row.timed and not row.error
    for one in row.timed:
        assert one.first_audio is not None and 0.0 < one.endpoint < one.first_audio
        assert one.streamed.source_length < one.streamed.delays[0] < one.streamed.elapsed[0]
    assert (outcome.folder / "instances.log").is_file()


PARROT = ('answerers = ["documents", "model", "copies the question"]', 'answerers = ["copies the question"]')


def shortened(name: str, folder: Path, whole: str, part: str, *others: tuple[str, str]) -> Task:
    """A shipped task with other words in the place of some of its own."""
    source = shipped("pipelines") / "evaluate"
    text = (source / f"{name}.toml").read_text("utf-8")
    for before, after in ((whole, part), *others):
        assert before in text
        text = text.replace(before, after)
    (folder / "data").symlink_to(source / "data")
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return load_task(str(folder / f"{name}.toml"))


def needed(loaded_model: Load) -> None:
    """Skips where a model of the batch job has not been pulled."""
    profile = load_profile("embedded")
    for name in (profile.segment.model, profile.recognize.model, profile.diarize.model if profile.diarize else ""):
        if name:
            loaded_model(name)
