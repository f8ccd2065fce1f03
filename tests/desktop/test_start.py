"""The start of the app: what it imports before its window is there, and what it does with the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from voicedoc_desktop.app import main

pytestmark = pytest.mark.unit

LIGHT = ("voicedoc.core", "voicedoc.view", "voicedoc.errors", "voicedoc.registry")
"""What of the engine the window may know before it is shown; visits and devices, which are light, come with Home."""

WITH_HOME = (*LIGHT, "voicedoc.visit", "voicedoc.visit.room", "voicedoc.capture", "voicedoc.capture.devices")

PROGRAM = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from voicedoc_desktop.app import open_window
from voicedoc_desktop.bridge import Desk, Job
from voicedoc_desktop.settings import SettingsStore
from pathlib import Path

class Idle(Desk):
    def do(self, task, *, process="office"):
        return Job(lambda item: None, lambda: None)
    def close(self):
        pass

app = QApplication([])
settings = SettingsStore(Path(sys.argv[1]))
settings.change(welcomed=True)
window = open_window(app, Idle(), settings)
print(*(name for name in sys.modules if name.startswith("voicedoc.") or name in HEAVY), file=sys.stdout)
print("--")
for _ in range(5):
    app.processEvents()
assert window.place.value == "home" and window.views, window.views
print(*(name for name in sys.modules if name.startswith("voicedoc.") or name in HEAVY))
window.close()
"""

HEAVY = ("torch", "onnxruntime", "ctranslate2", "transformers", "anyio", "rich", "av", "soundfile", "sounddevice")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """The modules at two moments: the window is shown; Home is."""
    path = tmp_path_factory.mktemp("start") / "desktop.toml"
    program = f"HEAVY = {HEAVY!r}\n{PROGRAM}"
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    before, _, after = done.stdout.partition("--")
    return before.split(), after.split()


def _beyond(names: list[str], allowed: tuple[str, ...]) -> list[str]:
    return sorted(name for name in names if not any(name == each or name.startswith(f"{each}.") for each in allowed))


def test_the_window_is_shown_before_anything_of_the_engine_is_imported(imported: tuple[list[str], list[str]]) -> None:
    assert _beyond(imported[0], LIGHT) == []


def test_home_needs_nothing_heavy_in_the_windows_process(imported: tuple[list[str], list[str]]) -> None:
    beyond = [name for name in imported[1] if name not in WITH_HOME]
    assert _beyond(beyond, LIGHT) == []


def test_the_command_line_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("VoiceDoc ")


CLOSING = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from voicedoc_desktop import app as the_app

other = []

def opened(app, desk, settings, open_window=the_app.open_window):
    settings.change(welcomed=True)
    window = open_window(app, desk, settings)
    other.append(QWidget())
    other[0].show()
    QTimer.singleShot(0, window.close)
    return window

the_app.open_window = opened
if __name__ == "__main__":
    sys.exit(the_app.main([]))
"""


def test_closing_the_window_ends_the_app_even_with_the_patients_window_open(tmp_path: Path) -> None:
    program = tmp_path / "closing.py"
    program.write_text(CLOSING)
    places = {"VOICEDOC_DESKTOP_SETTINGS": str(tmp_path / "desktop.toml"), "VOICEDOC_SESSIONS": str(tmp_path / "kept")}
    done = subprocess.run([sys.executable, program], env=os.environ | places, timeout=120, check=False)
    assert done.returncode == 0
