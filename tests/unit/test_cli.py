"""The command line: what it prints, its exit status, and that every mistake gets a remedy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.helpers.sounds import write_bursts
from voicedoc.cli import Commands, main

pytestmark = pytest.mark.unit


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def interpret(*arguments: str | Path) -> Result:
    return run("interpret", "--doctor", "en", "--patient", "pt", "--profile", "scripted", *arguments)


@pytest.mark.parametrize("command", list(Commands.files))
def test_every_command_has_help_that_teaches(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


@pytest.mark.parametrize("command", list(Commands.files))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"voicedoc {command}" in (ROOT / "README.md").read_text("utf-8")


def test_a_mistyped_command_gets_a_suggestion() -> None:
    result = run("interpet")
    assert result.exit_code == 2
    assert "did you mean 'interpret'" in result.output


def test_interpret_shows_captions_and_where_the_results_lie(tmp_path: Path) -> None:
    result = interpret(write_bursts(tmp_path / "visit.wav"), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "Bom dia. Tem alguma dor?" in result.output
    assert "finished: 4 utterances" in result.output
    assert "transcript.md" in result.output


def test_interpret_prints_json_for_machines(tmp_path: Path) -> None:
    result = interpret(write_bursts(tmp_path / "visit.wav"), "--out", tmp_path / "out", "--json")
    row = json.loads(result.stdout)
    assert row["reason"] == "finished"
    assert (row["by_doctor"], row["by_patient"], row["translated"]) == (2, 2, 4)
    assert row["folder"] == str(tmp_path / "out")


def test_each_of_several_files_gets_a_folder_and_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"nothing")
    good = write_bursts(tmp_path / "good.wav")
    result = interpret(tmp_path / "bad.wav", good, "--out", tmp_path / "out", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [row["reason"] for row in rows] == ["failed", "finished"]
    assert rows[0]["remedy"]
    assert (tmp_path / "out" / "good.voicedoc" / "transcript.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--profile", "embeded"), "did you mean 'embedded'"),
        (("--channels", "doctor,patinet"), "is no role"),
        (("--turns", "nowhere.rttm"), "does not exist"),
    ],
)
def test_a_mistake_gets_a_remedy(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    result = interpret(write_bursts(tmp_path / "visit.wav"), *arguments)
    assert result.exit_code in (1, 2)
    assert message in result.output


@pytest.mark.parametrize(
    ("doctor", "patient", "message"),
    [("en", "de", "no translator between"), ("en", "hi", "must not be used")],
)
def test_a_visit_that_cannot_be_served_says_so_at_the_start(
    tmp_path: Path, doctor: str, patient: str, message: str
) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    result = run("interpret", recording, "--doctor", doctor, "--patient", patient, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert message in re.sub(r"\s+", " ", result.output)
    assert "Try:" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("doctor", "patient", "message"),
    [
        ("en", "en-GB", "two different languages"),
        ("en", "portuguese", "did you mean 'pt'"),
        ("en", "ptt", "no language tag"),
        ("", "pt", "no language tag"),
    ],
)
def test_a_slip_in_a_language_is_wrong_usage(tmp_path: Path, doctor: str, patient: str, message: str) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    result = run("interpret", recording, "--doctor", doctor, "--patient", patient, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.output


def test_language_tags_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    arguments = ("--doctor", "EN", "--patient", "pt_BR", "--profile", "scripted", "--out", tmp_path / "out", "--json")
    assert json.loads(run("interpret", recording, *arguments).stdout)["reason"] == "finished"


def test_a_missing_file_is_wrong_usage_before_anything_is_loaded(tmp_path: Path) -> None:
    result = interpret(tmp_path / "nowhere.wav")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_a_session_in_which_an_utterance_failed_has_an_exit_status(tmp_path: Path) -> None:
    result = interpret(write_bursts(tmp_path / "long.wav", n=5), "--out", tmp_path / "out", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["failed"] == 1


def test_brackets_in_a_path_are_no_markup(tmp_path: Path) -> None:
    result = interpret(write_bursts(tmp_path / "[red]mark[bold].wav"), "--out", tmp_path / "[/red]y")
    assert result.exit_code == 0
    assert "[/red]y/transcript.md" in result.output


def test_a_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "visit.wav").rename(tmp_path / os.fsdecode(b"bad\xff.wav"))
    result = interpret(path, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "bad?.wav" in (tmp_path / "out" / "transcript.md").read_text("utf-8")


def test_a_reader_who_goes_away_does_not_end_the_session(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    command = f"{sys.executable} -m voicedoc interpret {recording} --doctor en --patient pt --profile scripted"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} --out {tmp_path}/out | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Não sou alérgico" in (tmp_path / "out" / "transcript.md").read_text("utf-8")


def test_a_terminal_without_letters_shows_their_codes(tmp_path: Path) -> None:
    arguments = [write_bursts(tmp_path / "visit.wav"), "--doctor", "en", "--patient", "pt", "--profile", "scripted"]
    done = subprocess.run(
        [sys.executable, "-m", "voicedoc", "interpret", *arguments, "--out", tmp_path / "out"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"d\\xf3i-me" in done.stdout


def test_pipelines_lists_and_shows_the_shipped_profiles() -> None:
    names = [row["name"] for row in json.loads(run("pipelines", "list", "--json").stdout)]
    assert names == ["embedded", "embedded-es", "scripted", "workstation"]
    for name in names:
        assert name in run("pipelines", "list").output
        assert "[recognize]" in run("pipelines", "show", name).output


def test_check_reports_every_backend_and_model_of_the_profile() -> None:
    rows = json.loads(run("check", "--json").stdout)
    found = {row["what"] for row in rows}
    assert {"recognizer faster-whisper", "model whisper-base", "CUDA GPU"} <= found
    assert all(row["remedy"] for row in rows if not row["works"])


def test_check_of_the_scripted_profile_needs_nothing() -> None:
    assert run("check", "--profile", "scripted").exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_VOICEDOC_COMPLETE" in result.output


def test_names_in_a_file_of_turns_are_given_their_roles(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    rows = [f"SPEAKER visit 1 {start} 1.5 <NA> <NA> {name} <NA> <NA>" for start, name in ((0.7, "A"), (2.7, "B"))]
    (tmp_path / "visit.rttm").write_text("\n".join(rows) + "\n", "utf-8")
    turns = ("--turns", tmp_path / "visit.rttm", "--out", tmp_path / "out", "--json")
    unknown = interpret(recording, *turns)
    assert unknown.exit_code == 1
    assert "speaker 'A'" in unknown.output
    named = interpret(recording, *turns, "--speaker", "A=patient", "--speaker", "B=doctor")
    row = json.loads(named.stdout)
    assert (row["by_doctor"], row["by_patient"]) == (1, 1)
    assert interpret(recording, *turns, "--speaker", "A").exit_code == 2


def test_ctrl_c_while_models_load_has_its_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("voicedoc.engine.open_engine", interrupted)
    result = interpret(write_bursts(tmp_path / "visit.wav"), "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()
