"""The window never waits: the longest time for which the GUI thread does nothing else, in a whole visit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.visit_plan import VisitPlan
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import Stage
from voicedoc_desktop.views.visit import VisitView

from tests.helpers.desktop_visit import GuardedVisit, file_sound, scripted_profile
from tests.helpers.vault import PASSPHRASE
from voicedoc.core.commands import Command

pytestmark = pytest.mark.unit

PATIENCE = 120_000
"""Milliseconds that a test waits on a busy machine."""

EVERY = 5
"""Milliseconds between two looks."""

AT_FIRST = 200
"""Milliseconds after a page was turned in which nothing counts: it is being made."""

MOST = 50.0
"""Milliseconds for which the GUI thread may be busy with one thing."""


class Gap(NamedTuple):
    """The GUI thread came `late`, in milliseconds; without those in which other programs had the processors."""

    at: int
    late: float


class Watchdog(QObject):
    """Looks at the clock every few milliseconds in the GUI thread, and notes when it comes late."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.turned: list[int] = []
        self._since = QElapsedTimer()
        self._since.start()
        self._last, self._waited = self._since.nsecsElapsed(), _waited()
        self._timer = QTimer(self, interval=EVERY, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def turn(self) -> None:
        """A page has been turned."""
        self.turned.append(self._since.elapsed())

    @property
    def longest(self) -> Gap:
        """The longest stall outside of the turning of pages."""
        counted = [gap for gap in self.gaps if not any(-AT_FIRST < gap.at - at < AT_FIRST for at in self.turned)]
        return max(counted, key=lambda gap: gap.late)

    def _look(self) -> None:
        now, waited = self._since.nsecsElapsed(), _waited()
        late = (now - self._last - (waited - self._waited)) / 1e6 - EVERY
        self.gaps.append(Gap(self._since.elapsed(), max(0.0, late)))
        self._last, self._waited = self._since.nsecsElapsed(), _waited()


def _waited() -> int:
    """Nanoseconds for which this process' threads, taken together, have waited for a processor."""
    return sum(_waited_in(task) for task in Path("/proc/self/task").iterdir())


def _waited_in(task: Path) -> int:
    try:
        return int((task / "schedstat").read_text().split()[1])
    except (OSError, IndexError):  # the thread has ended
        return 0


@pytest.fixture
def desk_of_its_own(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    task = partial(GuardedVisit, sound=file_sound(tmp_path))
    monkeypatch.setattr("voicedoc_desktop.viewmodels.visit.HoldVisit", task)
    desk = Desk()
    yield desk
    desk.close()


def test_the_watchdog_sees_a_stall(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    qtbot.wait(30)
    time.sleep(2 * MOST / 1000)
    qtbot.wait(30)
    assert watchdog.longest.late > MOST


def test_in_a_whole_visit_the_window_waits_for_nothing(
    desk_of_its_own: Desk, qtbot: QtBot, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    viewmodel = VisitViewModel(desk_of_its_own, SettingsStore(tmp_path / "settings.toml"))
    view = VisitView(viewmodel)
    qtbot.addWidget(view)
    view.resize(1200, 860)
    view.show()
    qtbot.waitExposed(view)
    watchdog = Watchdog()
    stages: list[Stage] = []

    def follow() -> None:
        if not stages or stages[-1] is not viewmodel.state.stage:
            stages.append(viewmodel.state.stage)
            watchdog.turn()

    viewmodel.changed.connect(follow)
    profile = scripted_profile(tmp_path)
    viewmodel.begin(VisitPlan(doctor="en", patient="pt", profile=profile, checks=False, silent=True))
    qtbot.waitUntil(lambda: viewmodel.state.stage is Stage.CONSENT, timeout=PATIENCE)
    viewmodel.consent(agreed=True)
    qtbot.waitUntil(lambda: len([line for line in viewmodel.state.talk.in_order if line.text]) >= 3, timeout=PATIENCE)
    viewmodel.press(Command.END)
    qtbot.waitUntil(lambda: viewmodel.state.stage is Stage.ENDED, timeout=PATIENCE)
    record_property("longest stall in ms", round(watchdog.longest.late, 1))
    record_property("looks", len(watchdog.gaps))
    assert stages == [Stage.OPENING, Stage.CONSENT, Stage.TALK, Stage.ENDED]
    assert len(watchdog.gaps) > 300
    assert watchdog.longest.late < MOST, sorted(watchdog.gaps, key=lambda gap: -gap.late)[:8]
