"""From the start of the app's process to a window that can be used, beside an empty window of the same library.

"Usable": the first screen is painted, its start button is there, and the event loop has nothing left to do. Both kinds
are started in turns, each time in a fresh process; the first start of either is left out, since it fills file caches.
Models are loaded by nobody: the app's processes begin to look around only after the window is there.

    python -m tests.bench.bench_desktop               # offscreen
    python -m tests.bench.bench_desktop --display :99 # a real X server, such as Xvfb :99
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import spread, write_result

STARTS = 7

EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QPushButton("Start"))
window.show()
QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), app.quit()))
app.exec()
"""

OURS = """
import time
from PySide6.QtCore import QTimer
from voicedoc_desktop import app as the_app

def opened(app, desk, settings, open_window=the_app.open_window):
    settings.change(welcomed=True)
    window = open_window(app, desk, settings)

    def look():
        home = window.views.get(the_app.Place.HOME)
        if home is None or not home.isVisible():
            QTimer.singleShot(0, look)
            return
        home.repaint()
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, window.close)

    QTimer.singleShot(0, look)
    return window

the_app.open_window = opened
if __name__ == "__main__":
    the_app.main([])
"""


def start(program: Path, environment: dict[str, str]) -> float:
    """Seconds from the start of a process to its usable window."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, program], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        usable = float(process.stdout.readline())
    return usable - began


def measure(platform: str, display: str, folder: Path) -> dict[str, object]:
    """Both kinds, in turns."""
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "VOICEDOC_DESKTOP_SETTINGS": str(folder / "desktop.toml")}
    environment |= {"VOICEDOC_SESSIONS": str(folder / "sessions")} | ({"DISPLAY": display} if display else {})
    programs = {"empty": folder / "empty.py", "ours": folder / "ours.py"}
    programs["empty"].write_text(EMPTY)
    programs["ours"].write_text(OURS)
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(STARTS + 1):
        for name, program in programs.items():
            seconds = start(program, environment)
            if number:
                times[name].append(seconds)
    ratios = [ours / empty for ours, empty in zip(times["ours"], times["empty"], strict=True)]
    return {name: spread(values) for name, values in times.items()} | {"ratio": spread(ratios)}


def main() -> None:
    """Measure, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--display", default="", help="an X display; without it Qt draws offscreen")
    display = parser.parse_args().display
    platform = "xcb" if display else "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        found = measure(platform, display, Path(folder))
    path = write_result(f"desktop-{platform}", {"starts": STARTS, "seconds": found})
    print(path)


if __name__ == "__main__":
    main()
