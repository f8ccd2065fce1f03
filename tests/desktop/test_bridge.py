"""The desk: what tasks tell arrives in the GUI thread, in order and not too often, whatever their process comes to."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QThread, Signal
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import EVERY, VISIT, Desk, Job, _Running
from voicedoc_desktop.process.client import Process
from voicedoc_desktop.process.task import DIED, Failure, PassphraseWanted
from voicedoc_desktop.process.wire import Done

from tests.helpers.desktop_tasks import Count, Die, Echo, Give, Linger, Look, Refuse, Unlock

pytestmark = pytest.mark.unit

PATIENCE = 30_000
"""Milliseconds that a test waits on a busy machine."""


@pytest.fixture
def desk_of_its_own(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


class Watched:
    """What a job's signals brought, and in which thread."""

    def __init__(self, job: Job) -> None:
        self.job, self.told, self.ends = job, list[tuple[Any, ...]](), list[Any]()
        self.when = list[int]()
        self._since = QElapsedTimer()
        self._since.start()
        job.told.connect(self._take)
        job.over.connect(lambda: self.ends.append("over"))
        job.done.connect(self.ends.append)
        job.failed.connect(self.ends.append)

    def _take(self, items: tuple[Any, ...]) -> None:
        assert QThread.currentThread().isMainThread() and not self.ends
        self.told.append(items)
        self.when.append(self._since.elapsed())

    @property
    def items(self) -> list[Any]:
        return [item for items in self.told for item in items]


def ended(qtbot: QtBot, job: Job) -> Watched:
    watched = Watched(job)
    qtbot.waitUntil(lambda: len(watched.ends) == 2, timeout=PATIENCE)
    return watched


def test_what_a_task_tells_comes_whole_in_order_and_together(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    watched = ended(qtbot, desk_of_its_own.do(Count(300, 0.001)))
    assert watched.items == list(range(300))
    assert watched.ends == ["over", 300]
    gaps = [later - earlier for earlier, later in zip(watched.when[:-2], watched.when[1:-1], strict=True)]
    assert all(gap >= EVERY - 2 for gap in gaps), gaps


def test_a_task_hears_the_window_and_ends_when_it_is_stopped(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    job = desk_of_its_own.do(Echo())
    watched = Watched(job)
    for word in ("yes", "no"):
        job.say(word)
    qtbot.waitUntil(lambda: watched.items == ["yes", "no"], timeout=PATIENCE)
    job.stop()
    qtbot.waitUntil(lambda: watched.ends == ["over", 2], timeout=PATIENCE)
    job.say("too late")
    job.stop()
    assert ended(qtbot, desk_of_its_own.do(Give("fine"))).ends == ["over", "fine"]


def test_an_error_is_told_once(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    assert ended(qtbot, desk_of_its_own.do(Refuse())).ends == [
        "over",
        Failure("there is no such thing", "do without", "BackendFailed"),
    ]


def test_the_two_processes_are_two(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    pids = [ended(qtbot, desk_of_its_own.do(Look(), process=name)).ends[1][0] for name in ("office", VISIT, "office")]
    assert pids[0] == pids[2] != pids[1]


def test_a_death_fails_its_own_jobs_only_and_the_next_task_runs(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    died: list[str] = []
    desk_of_its_own.died.connect(died.append)
    safe = Watched(desk_of_its_own.do(Echo()))
    lost = Watched(desk_of_its_own.do(Echo(), process=VISIT))
    lost.job.say("last words")
    qtbot.waitUntil(lambda: lost.items == ["last words"], timeout=PATIENCE)
    began = time.monotonic()
    killed = Watched(desk_of_its_own.do(Die(), process=VISIT))
    qtbot.waitUntil(lambda: len(lost.ends) == len(killed.ends) == 2, timeout=PATIENCE)
    assert time.monotonic() - began < PATIENCE / 1000
    for watched in (lost, killed):
        assert watched.ends[1].kind == DIED and f"signal {signal.SIGKILL}" in watched.ends[1].message
        assert watched.ends[1].remedy
    assert died == [VISIT] and not safe.ends
    assert ended(qtbot, desk_of_its_own.do(Give("anew"), process=VISIT)).ends == ["over", "anew"]
    safe.job.stop()
    qtbot.waitUntil(lambda: safe.ends == ["over", 0], timeout=PATIENCE)


def test_closing_ends_what_runs_and_is_no_death(qtbot: QtBot) -> None:
    desk, died = Desk(), list[str]()
    desk.died.connect(died.append)
    watched = Watched(desk.do(Echo()))
    desk.close()
    qtbot.waitUntil(lambda: watched.ends == ["over", 0], timeout=PATIENCE)
    qtbot.wait(2 * EVERY)
    assert died == []
    desk.close()  # again does nothing


# --- the passphrase


@pytest.fixture
def locked(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session store that nobody has given a passphrase for."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.delenv("VOICEDOC_PASSPHRASE", raising=False)


@pytest.mark.usefixtures("locked")
def test_a_passphrase_is_asked_for_once_though_two_processes_want_it(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    asked: list[PassphraseWanted] = []
    desk_of_its_own.passphrase_wanted.connect(asked.append)
    first = Watched(desk_of_its_own.do(Unlock()))
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=PATIENCE)
    desk_of_its_own.answer_passphrase("correct horse battery")
    qtbot.waitUntil(lambda: first.ends == ["over", "passphrase"], timeout=PATIENCE)
    assert ended(qtbot, desk_of_its_own.do(Unlock(), process=VISIT)).ends == ["over", "passphrase"]
    assert [wanted.twice for wanted in asked] == [True]


@pytest.mark.usefixtures("locked")
def test_a_wrong_passphrase_is_asked_for_again_and_is_given_to_nobody_else(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    asked: list[PassphraseWanted] = []
    desk_of_its_own.passphrase_wanted.connect(asked.append)
    typed = iter(["correct horse battery", "incorrect horse", None, "correct horse battery"])
    desk_of_its_own.passphrase_wanted.connect(lambda wanted: desk_of_its_own.answer_passphrase(next(typed)))
    assert ended(qtbot, desk_of_its_own.do(Unlock())).ends == ["over", "passphrase"]
    ended(qtbot, desk_of_its_own.do(Die()))
    desk_of_its_own._typed = None  # as after the app was started anew
    for process in ("office", VISIT):
        refused = ended(qtbot, desk_of_its_own.do(Unlock(), process=process)).ends[1]
        assert refused.kind == "KeyRefused"
    assert ended(qtbot, desk_of_its_own.do(Unlock(), process=VISIT)).ends == ["over", "passphrase"]
    assert ended(qtbot, desk_of_its_own.do(Unlock())).ends == ["over", "passphrase"]
    assert [wanted.twice for wanted in asked] == [True, False, False, False]


@pytest.mark.usefixtures("locked")
def test_a_passphrase_that_opens_the_store_no_more_is_handed_to_nobody(desk_of_its_own: Desk, qtbot: QtBot) -> None:
    asked: list[PassphraseWanted] = []
    desk_of_its_own.passphrase_wanted.connect(asked.append)
    desk_of_its_own.passphrase_wanted.connect(lambda _: desk_of_its_own.answer_passphrase("correct horse battery"))
    assert ended(qtbot, desk_of_its_own.do(Unlock())).ends == ["over", "passphrase"]
    desk_of_its_own.forget_passphrase()
    assert ended(qtbot, desk_of_its_own.do(Unlock(), process=VISIT)).ends == ["over", "passphrase"]
    assert len(asked) == 2


def test_a_dialog_that_a_delivery_opens_takes_what_arrives_meanwhile(qtbot: QtBot) -> None:
    """What the outer delivery has counted may have been taken by an inner one; it then waits for nothing."""
    desk, heard = Desk(), list[object]()
    life = Process("office", lambda life, answer: None).life
    try:
        jobs = [Job(lambda item: None, lambda: None, desk) for _ in range(3)]
        for number, job in enumerate(jobs):
            desk._running[number] = _Running(job, life)
            job.done.connect(heard.append)
        jobs[0].done.connect(lambda _: desk._deliver())  # as the event loop of a dialog does
        for number in range(3):
            desk._inbox.put((life, Done(number, number)))
        spare = threading.Timer(5.0, lambda: [desk._inbox.put((life, Done(9, None))) for _ in range(9)])
        spare.start()
        began = time.monotonic()
        desk._deliver()
        spare.cancel()
        assert time.monotonic() - began < 5.0
        assert heard == [0, 1, 2]
    finally:
        life.end()
        life.wait()


def test_a_passphrase_is_asked_for_after_the_delivery_that_wants_it(qtbot: QtBot) -> None:
    desk, asked = Desk(), list[object]()
    desk.passphrase_wanted.connect(asked.append)
    life = Process("office", lambda life, answer: None).life
    try:
        desk._inbox.put((life, PassphraseWanted("", twice=False)))
        desk._deliver()
        assert asked == []
        qtbot.waitUntil(lambda: len(asked) == 1, timeout=PATIENCE)
    finally:
        life.end()
        life.wait()


# --- the end


def test_the_end_is_waited_for_without_the_window_standing_still(qtbot: QtBot, tmp_path: Path) -> None:
    desk, ends = Desk(), list[str]()
    desk.ended.connect(lambda: ends.append("ended"))
    lingering = Watched(desk.do(Linger(tmp_path / "left")))
    qtbot.waitUntil(lambda: bool(lingering.items), timeout=PATIENCE)
    assert desk.is_at_work("office") and not desk.is_at_work(VISIT)
    desk.end()
    assert ends == []
    late = Watched(desk.do(Give("too late"), process=VISIT))
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE)
    assert (tmp_path / "left").exists() and lingering.ends[0] == "over"
    assert late.ends == [] and desk._processes[VISIT]._life is None


def test_a_process_that_does_not_end_in_time_is_killed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc_desktop.bridge.GRACE", 0.0)
    monkeypatch.setattr("voicedoc_desktop.bridge.SPARE", 0.3)
    desk, ends = Desk(), list[str]()
    desk.ended.connect(lambda: ends.append("ended"))
    counting = Watched(desk.do(Count(60, 1.0)))  # does not look whether it is stopped
    qtbot.waitUntil(lambda: bool(counting.items), timeout=PATIENCE)
    desk.end()
    qtbot.waitUntil(lambda: bool(ends), timeout=15_000)
    assert counting.ends[1].kind == DIED


def test_a_desk_that_did_nothing_or_whose_process_has_died_ends_at_once(qtbot: QtBot) -> None:
    desk, ends = Desk(), list[str]()
    desk.ended.connect(lambda: ends.append("ended"))
    ended(qtbot, desk.do(Die()))
    desk.end()
    assert ends == ["ended"]


# --- the library


def test_a_signal_costs_no_reference(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one to True with each: after some hundreds Python 3.11 and older end with a fatal error."""

    class Bell(QObject):
        rings = Signal(object)

    bell, before = Bell(), sys.getrefcount(True)
    bell.rings.connect(lambda item: None)
    for _ in range(100):
        bell.rings.emit(1)
    assert sys.getrefcount(True) > before - 50
