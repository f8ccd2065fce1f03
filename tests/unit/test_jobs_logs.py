"""Ray's logs go with the run, and those of a run that was killed with the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from voicedoc.jobs.joining import _log_folder

pytestmark = pytest.mark.unit


def made(folder: Path, *, age: float) -> Path:
    (folder / "logs").mkdir(parents=True)
    os.utime(folder, (folder.stat().st_mtime - age,) * 2)
    return folder


def test_logs_of_killed_runs_go_and_those_of_running_ones_stay(tmp_path: Path) -> None:
    killed = made(tmp_path / "voicedoc-ray-killed", age=120)
    running = made(tmp_path / "voicedoc-ray-running", age=120)
    beginning = made(tmp_path / "voicedoc-ray-beginning", age=0)
    foreign = made(tmp_path / "something-else", age=120)
    with FileLock(running / ".lock"):
        os.utime(running, (running.stat().st_mtime - 120,) * 2)
        with _log_folder(tmp_path) as folder:
            own = Path(folder)
            assert own.is_dir()
            assert not killed.exists()
            assert running.exists() and beginning.exists() and foreign.exists()
    assert not own.exists()
