"""The built wheel, in a clean environment with its own dependencies alone, does the scripted main job."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.sounds import write_bursts

pytestmark = pytest.mark.unit

CONSTRAINTS = ROOT / ".ci" / "constraints.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_holds_the_package_the_cards_and_the_profiles_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"voicedoc", "voicedoc_corpora", "voicedoc_desktop"}
    assert "voicedoc_desktop/look/style.qss" in names
    assert "voicedoc_desktop/words/voicedoc_pt.qm" in names
    assert "voicedoc/_shipped/pipelines/embedded.toml" in names
    assert "voicedoc/_shipped/models/recognize/whisper-base.toml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_runs_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-c", str(CONSTRAINTS), str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    recording = write_bursts(tmp_path / "visit.wav")
    command = [str(environment / "bin" / "voicedoc"), "interpret", str(recording), "--doctor", "en", "--patient", "pt"]
    done = subprocess.run(
        [*command, "--profile", "scripted", "--out", str(tmp_path / "out")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Bom dia" in (tmp_path / "out" / "transcript.md").read_text("utf-8")
