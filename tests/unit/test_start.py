"""The two first commands: what they say where something is missing, and that nothing is done twice."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from voicedoc import start

pytestmark = pytest.mark.unit


def test_a_missing_system_package_is_named_with_the_command_that_gets_it(capsys: pytest.CaptureFixture[str]) -> None:
    packages = {
        "libfoo1": start.SystemPackage(lambda: False, "for foo"),
        "installed1": start.SystemPackage(lambda: True, ""),
    }
    assert start._system_packages(packages, install=False)
    said = capsys.readouterr().out
    assert "missing: libfoo1 (for foo)" in said
    assert "apt-get install libfoo1" in said
    assert "installed1" not in said


def test_without_venv_nothing_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"python3-venv": start.SystemPackage(lambda: False, "the environment")}
    monkeypatch.setattr(start, "SYSTEM_PACKAGES", missing)
    monkeypatch.setattr(start, "_run", _never)
    assert start.main([]) == 1


def test_an_old_python_is_told_what_to_get(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert start.main([]) == 1
    assert "3.11" in capsys.readouterr().err


def _never(command: list[str], **_: str) -> None:
    raise AssertionError(f"ran {command}")


def test_a_second_run_makes_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: str) -> None:
        commands.append(command)
        (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(start, "CONSTRAINTS", ROOT / ".ci" / "constraints.txt")
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    monkeypatch.setattr(start, "_run", run)
    start._environment("cpu")
    assert len(commands) == 3
    start._environment("cpu")
    assert len(commands) == 3
    start._environment("all,dev")
    assert len(commands) == 5  # the same environment, more in it
    (tmp_path / "pyproject.toml").write_text("[project]\n# changed\n", "utf-8")
    start._environment("cpu")
    assert len(commands) == 7


def test_a_failing_step_ends_with_its_exit_status() -> None:
    with pytest.raises(SystemExit) as caught:
        start._run([sys.executable, "-c", "raise SystemExit(7)"])
    assert caught.value.code == 7


def test_the_start_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import voicedoc.start"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_extra_that_the_commands_install_exists() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {*start.DEMO_EXTRAS.split(","), *start.TEST_EXTRAS.split(",")} <= set(extras)


def test_the_constraints_pin_torch_for_the_cpu() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    assert "torch==2.13.0" in lines
    assert not [line for line in lines if line.startswith("nvidia")]
    assert all("==" in line for line in lines if line and not line.startswith("#"))
