"""Tasks, runs, resumption and reports, with scripted systems."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from tests.helpers.systems import ScriptedSystems
from voicedoc.cli import main
from voicedoc.errors import BackendUnavailable, ConfigError, CorpusError
from voicedoc.evaluate.items import items_of
from voicedoc.evaluate.run import PACKAGES, Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.tasks import load_task, task_names
from voicedoc.shipped import shipped

pytestmark = pytest.mark.unit

SENTENCES = [
    {"id": "1", "text": {"en": "Take 20 mg.", "pt-BR": "Tome 20 mg."}},
    {"id": "2", "text": {"en": "I have no pain.", "pt-BR": "Não tenho dor."}},
    {"id": "3", "text": {"en": "Three days.", "pt-BR": "Três dias."}},
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A development set in small: two utterances and three parallel sentences."""
    folder = tmp_path / "devset"
    (folder / "text").mkdir(parents=True)
    lines = [json.dumps(line, ensure_ascii=False) for line in SENTENCES]
    (folder / "text" / "small.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    manifest = []
    for n, (language, text) in enumerate([("pt", "dois dias"), ("hi", "दो दिन"), ("pt", "três dias")], start=1):
        audio = f"{n}.wav"
        soundfile.write(folder / audio, np.zeros(1000 * n, dtype=np.float32), 16_000)
        manifest.append(
            {"id": f"u{n}", "kind": "utterance", "audio": audio, "language": language, "duration": 1.0, "text": text}
            | {"licence": "CC0-1.0"}
        )
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, manifest)) + "\n", "utf-8")
    return folder


def task_file(folder: Path, kind: str, part: str, scorers: list[str], languages: list[str], extra: str = "") -> str:
    shutil.copy(folder / "devset" / "text" / "small.jsonl", folder / "own.jsonl")
    files = {"utterances": [], "translations": ["text/small.jsonl"], "sentences": ["own.jsonl"]}[part]
    text = (
        f'kind = "{kind}"\nversion = 1\ntitle = "Small & plain"\nscorers = {json.dumps(scorers)}\n{extra}'
        f'[data]\npart = "{part}"\nfiles = {json.dumps(files)}\nlanguages = {json.dumps(languages)}\n'
    )
    path = folder / "small.toml"
    path.write_text(text, "utf-8")
    return str(path)


def figures(outcome: Outcome) -> dict[tuple[str, str], float]:
    return {(figure.slice, figure.scorer): round(figure.value, 1) for figure in outcome.figures}


def test_shipped_tasks_load_and_name_known_scorers():
    assert {"asr", "translation", "voices"} <= set(task_names())
    for name in task_names():
        task = load_task(name)
        assert task.version >= 1 and set(task.scorers) <= set(SCORERS)


def test_shipped_sentences_are_at_least_thirty_in_each_language_with_doses():
    task = load_task("voices")
    items = items_of(task, None)
    for language in ("en", "pt", "es", "fr", "de", "it"):
        texts = [item.reference for item in items if item.language == language]
        assert len(texts) == len(set(texts)) >= 30
        assert sum(any(mark.isdigit() for mark in text) for text in texts) >= 20


def test_recognition_is_scored_by_language_and_a_missing_language_is_named(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "recognition", "utterances", ["wer", "numbers", "failed"], ["pt", "hi"]))
    systems = ScriptedSystems(heard={1000: "Dois dias.", 3000: "seis dias"}, lacks=frozenset({"hi"}))
    outcome = run_task(task, systems, tmp_path / "out", root=root)
    assert figures(outcome) == {("pt", "wer"): 25.0, ("pt", "numbers"): 50.0, ("pt", "failed"): 0.0}
    assert outcome.skipped == {"hi": "no recogniser for 'hi'"}
    assert outcome.figures[0].counts == (1, 4)


def test_translation_has_its_baseline_and_the_guards_alarms(tmp_path: Path, root: Path):
    scorers = ["chrf", "chrf-copied", "alarms", "alarms-human", "failed"]
    task = load_task(task_file(tmp_path, "translation", "translations", scorers, ["en-pt"]))
    systems = ScriptedSystems(table={"Take 20 mg.": "Tome 20 mg.", "I have no pain.": "Tenho dor."})
    outcome = run_task(task, systems, tmp_path / "out", root=root)
    found = figures(outcome)
    assert found["en-pt small", "alarms"] == 66.7  # the lost negation, and the one that failed
    assert found["en-pt small", "failed"] == 33.3
    assert found["en-pt small", "alarms-human"] == 0.0
    assert found["en-pt small", "chrf"] > found["en-pt small", "chrf-copied"] > 0.0


def test_each_voice_is_scored_by_what_is_heard_of_it(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer", "numbers"], ["en"]))
    outcome = run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    assert figures(outcome)["en clear", "numbers"] == 100.0
    assert figures(outcome)["en mumbling", "numbers"] == 50.0
    assert figures(outcome)["en mumbling", "wer"] > 0.0


def test_a_second_run_solves_nothing_again_and_gives_the_same_files(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer"], ["en"]))
    first, again = ScriptedSystems(), ScriptedSystems()
    run_task(task, first, tmp_path / "out", root=None)
    before = (tmp_path / "out" / "small" / "scores.json").read_bytes()
    page = (tmp_path / "out" / "small" / "report.html").read_bytes()
    outcome = run_task(task, again, tmp_path / "out", root=None)
    assert (first.n_calls, again.n_calls, outcome.n_resumed) == (6, 0, 6)
    assert (tmp_path / "out" / "small" / "scores.json").read_bytes() == before
    assert (tmp_path / "out" / "small" / "report.html").read_bytes() == page


def test_two_items_of_one_name_are_refused_before_anything_is_measured(tmp_path: Path, root: Path):
    path = task_file(tmp_path, "voices", "sentences", ["wer"], ["en"])
    own = tmp_path / "own.jsonl"
    own.write_text(own.read_text("utf-8").replace('"3"', '"2"'), "utf-8")
    systems = ScriptedSystems()
    with pytest.raises(CorpusError, match="two items are called"):
        run_task(load_task(path), systems, tmp_path / "out", root=None)
    assert systems.n_calls == 0


def test_a_run_that_died_in_the_middle_of_a_line_goes_on(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer"], ["en"]))
    run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    results = tmp_path / "out" / "small" / "results.jsonl"
    whole = results.read_text("utf-8")
    lines = whole.splitlines(keepends=True)
    results.write_text("".join(lines[:2]) + lines[2][:40], "utf-8")
    again = ScriptedSystems()
    outcome = run_task(task, again, tmp_path / "out", root=None)
    assert (again.n_calls, outcome.n_resumed) == (4, 2)
    assert len(results.read_text("utf-8").splitlines()) == 6


def test_other_models_or_sentences_are_measured_anew(tmp_path: Path, root: Path):
    name = task_file(tmp_path, "voices", "sentences", ["wer"], ["en"])
    run_task(load_task(name), ScriptedSystems(), tmp_path / "out", root=None)
    other = ScriptedSystems(fingerprint="f2")
    assert run_task(load_task(name), other, tmp_path / "out", root=None).n_resumed == 0
    (tmp_path / "own.jsonl").write_text(json.dumps(SENTENCES[0]) + "\n", "utf-8")
    outcome = run_task(load_task(name), other, tmp_path / "out", root=None)
    assert (outcome.n_resumed, outcome.n_items) == (0, 2)
    lines = (tmp_path / "out" / "small" / "results.jsonl").read_text("utf-8").splitlines()
    assert sum(json.loads(line)["config"] == outcome.config for line in lines) == 2
    assert len(lines) == 14  # what other models gave stands


def test_another_profile_in_the_same_folder_loses_nothing(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer"], ["en"]))
    for fingerprint, n_resumed in (("f1", 0), ("f2", 0), ("f1", 6)):
        outcome = run_task(task, ScriptedSystems(fingerprint=fingerprint), tmp_path / "out", root=None)
        assert outcome.n_resumed == n_resumed


def test_a_limit_counts_for_each_slice(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer"], ["en", "pt"]))
    outcome = run_task(task, ScriptedSystems(), tmp_path / "out", root=None, limit=1)
    assert outcome.n_items == 4  # two languages, two voices


def test_scores_say_where_they_come_from_and_the_report_stands_alone(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "translation", "translations", ["chrf"], ["en-pt"]))
    table = {line["text"]["en"]: line["text"]["pt-BR"] for line in SENTENCES}
    run_task(task, ScriptedSystems(table=table), tmp_path / "out", root=root)
    scores = json.loads((tmp_path / "out" / "small" / "scores.json").read_text("utf-8"))
    assert scores["chrf_signature"] and scores["bootstrap"]["seed"] == 1 and scores["system"] == "scripted"
    assert scores["figures"][0]["value"] == 100.0 and scores["figures"][0]["n"] == 3
    page = (tmp_path / "out" / "small" / "report.html").read_text("utf-8")
    assert "<svg" in page and "Small &amp; plain" in page and "100.0" in page
    assert "<script" not in page and 'src="' not in page and "@import" not in page


def test_a_single_item_has_a_dash_for_its_interval(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "voices", "sentences", ["wer"], ["en"]))
    outcome = run_task(task, ScriptedSystems(), tmp_path / "out", root=None, limit=1)
    assert [figure.interval for figure in outcome.figures] == ["–", "–"]
    scores = json.loads((tmp_path / "out" / "small" / "scores.json").read_text("utf-8"))
    assert scores["figures"][0]["low"] is None


def test_nothing_to_measure_is_an_error_with_its_reason(tmp_path: Path, root: Path):
    task = load_task(task_file(tmp_path, "recognition", "utterances", ["wer"], ["hi"]))
    with pytest.raises(ConfigError, match="no recogniser for 'hi'"):
        run_task(task, ScriptedSystems(lacks=frozenset({"hi"})), tmp_path / "out", root=root)


@pytest.mark.parametrize(
    ("wrong", "right", "message", "remedy"),
    [
        ("version = 1", "verzion = 1", "unknown key 'verzion'", "version"),
        ('"wer"', '"werr"', "scorer 'werr'", "wer"),
        ('kind = "voices"', 'kind = "voises"', "kind 'voises'", "voices"),
        ('part = "sentences"', 'part = "sentence"', "part 'sentence'", "sentences"),
        ("version = 1", 'version = "1"', "version = '1' is a str", "int"),
        ('title = "Small & plain"\n', "", "lacks the key 'title'", "title"),
        ("version = 1", "version = ", "is not TOML", "line"),
        ("languages", "langages", "unknown key 'langages'", "languages"),
    ],
)
def test_a_mistake_in_a_task_is_named_with_a_remedy(
    tmp_path: Path, root: Path, wrong: str, right: str, message: str, remedy: str
):
    path = Path(task_file(tmp_path, "voices", "sentences", ["wer"], ["en"]))
    text = path.read_text("utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right, 1), "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        load_task(str(path))
    assert remedy in caught.value.remedy


def test_a_mistyped_task_gets_a_suggestion():
    with pytest.raises(ConfigError, match="no task 'voises'") as caught:
        load_task("voises")
    assert "voices" in caught.value.remedy


def test_the_development_set_must_be_named_and_there(tmp_path: Path, root: Path):
    with pytest.raises(ConfigError) as caught:
        items_of(load_task("asr"), None)
    assert "--data" in caught.value.remedy
    with pytest.raises(CorpusError, match=r"manifest\.jsonl is missing"):
        items_of(load_task("asr"), tmp_path / "nowhere")


def test_the_command_explains_itself_and_refuses_a_typo():
    runner = CliRunner()
    shown = runner.invoke(main, ["evaluate", "--help"])
    assert shown.exit_code == 0 and "--profile" in shown.output and "--limit" in shown.output
    wrong = runner.invoke(main, ["evaluate", "asrr", "--profile", "scripted"])
    assert wrong.exit_code == 1 and "did you mean 'asr'?" in wrong.output


@pytest.mark.parametrize("package", PACKAGES)
def test_a_missing_package_is_said_before_anything_is_measured(
    package: str, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
):
    task = load_task(task_file(tmp_path, "recognition", "utterances", ["wer"], ["pt"]))
    systems = ScriptedSystems(heard={1000: "dois dias", 3000: "três dias"})
    monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    with pytest.raises(BackendUnavailable, match=package) as caught:
        run_task(task, systems, tmp_path / "out", root=root)
    assert caught.value.remedy == "pip install 'voicedoc[evaluate]'"
    assert systems.n_calls == 0
    assert not (tmp_path / "out").exists()


def test_the_command_shows_the_whole_remedy_for_a_missing_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jiwer", None)
    shown = CliRunner().invoke(main, ["evaluate", "voices", "--profile", "scripted", "--out", str(tmp_path / "out")])
    assert shown.exit_code == 1 and "Try: pip install 'voicedoc[evaluate]'" in shown.output


def test_the_packages_of_scoring_are_in_the_extra():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    extra = {re.split(r"[<>=\[]", line)[0].replace("-", "_") for line in project["optional-dependencies"]["evaluate"]}
    assert set(PACKAGES) - {"sklearn"} <= extra and "scikit_learn" in extra


def test_what_was_measured_is_shown_with_its_brackets(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch):
    path = task_file(tmp_path, "recognition", "utterances", ["wer"], ["pt", "hi"])
    task = Path(path)
    task.write_text(task.read_text("utf-8").replace("Small & plain", "Small [/red] and [bold]plain"), "utf-8")
    systems = ScriptedSystems(heard={1000: "dois dias", 3000: "três dias"}, lacks=frozenset({"hi"}))
    monkeypatch.setattr("voicedoc.evaluate.backends.ProfileSystems", lambda _profile, **_options: systems)
    shown = CliRunner().invoke(
        main, ["evaluate", path, "--profile", "scripted", "--out", str(tmp_path / "out"), "--data", str(root)]
    )
    assert shown.exit_code == 0, shown.output
    assert "Small [/red] and [bold]plain" in shown.output


def test_data_for_tasks_is_shipped():
    assert (shipped("pipelines") / "evaluate" / "data" / "doses.jsonl").is_file()
