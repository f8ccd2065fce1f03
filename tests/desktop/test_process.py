"""The processes beside the window: what they are told and tell, how they fail, how they die, and that none is left."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from voicedoc_desktop.process.client import Life, Process
from voicedoc_desktop.process.task import BUG, Failure, PassphraseWanted, Task
from voicedoc_desktop.process.wire import Answer, Died, Do, Done, Failed, Passphrase, Say, Stop, Told
from voicedoc_desktop.process.worker import Place, Safe, Worker

from tests.conftest import ROOT
from tests.helpers.desktop_tasks import (
    WORDS,
    Blunder,
    BlunderInThread,
    Count,
    Die,
    Echo,
    Give,
    GiveLock,
    GiveUnreadable,
    Linger,
    Look,
    Refuse,
    Unlock,
    Unreadable,
)

pytestmark = pytest.mark.unit

PATIENCE = 30.0
"""Seconds that a test waits on a busy machine."""


class Heard:
    """What a process says, in its order."""

    def __init__(self) -> None:
        self._answers: queue.SimpleQueue[tuple[Life, Answer]] = queue.SimpleQueue()

    def __call__(self, life: Life, answer: Answer) -> None:
        self._answers.put((life, answer))

    def next(self) -> Answer:
        return self._answers.get(timeout=PATIENCE)[1]

    def until(self, *kinds: type) -> list[Any]:
        """Everything up to the first of some kinds."""
        found = [self.next()]
        while not isinstance(found[-1], kinds):
            found.append(self.next())
        return found


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Life, Heard]]:
    """A process for tests that leave it alive."""
    heard = Heard()
    life = Process("office", heard).life
    yield life, heard
    life.end()
    life.wait()


def done(shared: tuple[Life, Heard], task: Task[Any]) -> list[Any]:
    """All that comes of a task."""
    life, heard = shared
    life.send(Do(1, task))
    return heard.until(Done, Failed)


def test_a_task_tells_in_order_and_returns(shared: tuple[Life, Heard]) -> None:
    assert done(shared, Count(500)) == [*(Told(1, number) for number in range(500)), Done(1, 500)]


def test_what_the_window_says_is_heard_in_order_until_it_stops_the_task(shared: tuple[Life, Heard]) -> None:
    life, heard = shared
    life.send(Do(7, Echo()))
    for word in ("yes", "no", "yes"):
        life.send(Say(7, word))
    assert [heard.next() for _ in range(3)] == [Told(7, "yes"), Told(7, "no"), Told(7, "yes")]
    life.send(Stop(7))
    assert heard.next() == Done(7, 3)
    life.send(Say(7, "too late"))  # is lost, and nothing else
    assert done(shared, Give(1)) == [Done(1, 1)]


def test_a_task_that_waits_does_not_keep_another_one_waiting(shared: tuple[Life, Heard]) -> None:
    life, heard = shared
    life.send(Do(2, Echo()))
    assert done(shared, Give("beside")) == [Done(1, "beside")]
    life.send(Stop(2))
    assert heard.next() == Done(2, 0)


def test_a_deliberate_error_is_told_as_it_is(shared: tuple[Life, Heard]) -> None:
    assert done(shared, Refuse()) == [Failed(1, Failure("there is no such thing", "do without", "BackendFailed"))]


@pytest.mark.parametrize("grouped", [False, True])
def test_a_mistake_in_the_program_is_told_and_logged_by_its_place_without_a_patients_words(
    capfd: pytest.CaptureFixture[str], grouped: bool
) -> None:
    heard = Heard()
    life = Process("office", heard).life  # its standard error is this test's
    (failed,) = done((life, heard), Blunder(grouped))
    life.end()
    life.wait()
    logged = capfd.readouterr().err
    assert failed.failure.kind == BUG
    assert "desktop_tasks.py" in logged
    for told in (logged, failed.failure.message):
        assert ("ValueError" if grouped else "RuntimeError at desktop_tasks.py") in told
        assert not any(word in told for word in WORDS.split() if len(word) > 2)


@pytest.mark.parametrize(("task", "status"), [(BlunderInThread(), 0), (Unreadable(), 1)])
def test_a_mistake_beside_the_tasks_is_logged_without_a_patients_words(
    capfd: pytest.CaptureFixture[str], task: Task[Any], status: int
) -> None:
    heard = Heard()
    life = Process("office", heard).life
    life.send(Do(1, task))
    if status == 0:
        assert heard.next() == Done(1, None)
        life.end()
    assert heard.until(Died)[-1] == Died(status)
    logged = capfd.readouterr().err
    assert "a mistake in the program" in logged and "Error at" in logged
    assert not any(word in logged for word in WORDS.split() if len(word) > 2)


@pytest.mark.parametrize("tells", [False, True])
def test_what_cannot_be_sent_is_a_mistake_that_is_told(shared: tuple[Life, Heard], tells: bool) -> None:
    (failed,) = done(shared, GiveLock(tells))
    assert (failed.failure.kind, done(shared, Give(2))) == (BUG, [Done(1, 2)])


def test_a_process_is_offline_and_knows_no_qt(shared: tuple[Life, Heard]) -> None:
    (told,) = done(shared, Look())
    pid, has_qt, offline = told.result
    assert pid == shared[0].pid != os.getpid()
    assert (has_qt, offline) == (False, "1")


def test_a_passphrase_that_waits_in_a_descriptor_of_the_window_is_not_looked_for_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOICEDOC_PASSPHRASE_FD", "3")
    heard = Heard()
    life = Process("office", heard).life
    (told,) = done((life, heard), Look("VOICEDOC_PASSPHRASE_FD"))
    assert told.result[2] == ""
    life.end()
    life.wait()


# --- death


@pytest.mark.parametrize("status", [-signal.SIGKILL, -signal.SIGSEGV, 3])
def test_a_death_is_told_and_the_next_task_has_a_new_process(status: int) -> None:
    heard = Heard()
    process = Process("visit", heard)
    first = process.life
    first.send(Do(1, Echo()))
    first.send(Do(2, Die(status)))
    assert heard.until(Died)[-1] == Died(status)
    second = process.life
    assert first.is_over and second is not first
    assert done((second, heard), Give("again")) == [Done(1, "again")]
    process.end()
    second.wait()
    assert heard.next() == Died(0)


def test_what_is_sent_to_a_process_that_is_gone_is_lost_without_an_error() -> None:
    heard = Heard()
    life = Process("visit", heard).life
    life.send(Do(1, Die()))
    assert heard.until(Died) == [Died(-signal.SIGKILL)]
    life.send(Do(2, Give(1)))
    life.wait()


def test_the_end_waits_for_tasks_and_is_no_emergency(tmp_path: Path) -> None:
    heard = Heard()
    process = Process("office", heard)
    process.life.send(Do(1, Linger(tmp_path / "left")))
    heard.next()
    ending = process.end()
    assert ending is not None
    ending.wait()
    assert (tmp_path / "left").read_text() == "alone: True"
    assert heard.until(Died)[-1] == Died(0)


def test_a_process_that_does_not_end_is_killed() -> None:
    heard = Heard()
    life = Process("office", heard).life
    life.send(Do(1, Count(60, 1.0)))  # does not look whether it is stopped
    heard.next()
    life.end()
    life.wait(0.2)
    assert life.is_over
    assert heard.until(Died)[-1] == Died(-signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_asked_to_end_by_the_system_ends_its_tasks_and_ignores_ctrl_c(
    tmp_path: Path, number: int
) -> None:
    heard = Heard()
    life = Process("office", heard).life
    life.send(Do(1, Linger(tmp_path / "left")))
    pid = heard.next().item  # type: ignore[union-attr]
    os.kill(pid, number)
    if number == signal.SIGINT:
        life.send(Do(2, Give("still here")))
        assert heard.next() == Done(2, "still here")
        life.end()
    assert heard.until(Died)[-1] == Died(0)
    assert (tmp_path / "left").exists()


WINDOW = """
import sys, time
from pathlib import Path
from voicedoc_desktop.process.client import Process
from voicedoc_desktop.process.wire import Do
from tests.helpers.desktop_tasks import Linger

if __name__ == "__main__":
    life = Process("visit", lambda life, answer: print(getattr(answer, "item", ""), flush=True)).life
    life.send(Do(1, Linger(Path(sys.argv[1]))))
    if sys.argv[2] == "leaves":
        time.sleep(float(sys.argv[3]))
    else:
        time.sleep(60)
"""


@pytest.mark.parametrize("way", ["killed", "leaves"])
def test_a_window_that_dies_or_forgets_takes_its_processes_along(tmp_path: Path, way: str) -> None:
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    window = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "left"), way, "2"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert window.stdout is not None
    child = int(window.stdout.readline())
    if way == "killed":
        window.kill()
    window.communicate(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(child)
    assert (tmp_path / "left").read_text() == "alone: True"


QT_WINDOW = """
import queue
import PySide6.QtCore
from voicedoc_desktop.process.client import Process
from voicedoc_desktop.process.wire import Do
from tests.helpers.desktop_tasks import Look

if __name__ == "__main__":
    answers = queue.SimpleQueue()
    life = Process("office", lambda life, answer: answers.put(answer)).life
    life.send(Do(1, Look()))
    print(answers.get().result[1])
"""


def test_a_process_does_not_load_what_its_window_was_started_by(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(QT_WINDOW)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, str(script)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False"]


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_what_is_said_to_a_task_that_ends_at_the_same_moment_is_lost_without_an_error() -> None:
    class Ending(dict[int, Place]):
        """As if the task ended just after somebody looked whether it is there."""

        def __contains__(self, job: object) -> bool:
            return True

    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        worker = Worker(theirs)
        worker._places = Ending()
        for order in (Say(1, "too late"), Stop(1)):
            worker._obey(order)
        worker.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # the window's own hook logs it
@pytest.mark.parametrize("error", [RuntimeError("no context"), OSError("no memory")])
def test_whatever_a_process_comes_to_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(process: object) -> None:
        raise error

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    heard = Heard()
    process = Process("office", heard)
    process.life.send(Do(1, Give(1)))
    assert heard.next() == Died(None)
    assert process.end() is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # the window's own hook logs it
def test_a_process_that_says_what_the_window_cannot_read_ends() -> None:
    heard = Heard()
    life = Process("office", heard).life
    life.send(Do(1, GiveUnreadable()))
    assert heard.next() in (Died(None), Died(0))
    assert life.is_over


# --- the session store's key


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session store of the test's own, under a passphrase that nobody has given."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.delenv("VOICEDOC_PASSPHRASE", raising=False)
    return tmp_path


def test_a_passphrase_is_asked_of_the_window_once_for_each_process(store: Path) -> None:
    heard = Heard()
    life = Process("office", heard).life
    life.send(Do(1, Unlock()))
    asked = heard.next()
    assert isinstance(asked, PassphraseWanted) and asked.twice
    life.send(Passphrase("correct horse battery"))
    assert heard.next() == Done(1, "passphrase")
    life.send(Do(2, Unlock()))
    assert heard.next() == Done(2, "passphrase")
    life.end()
    life.wait()


def test_without_a_passphrase_the_store_stays_closed_and_it_may_be_typed_later(store: Path) -> None:
    heard = Heard()
    life = Process("office", heard).life
    for typed in (None, "short"):
        life.send(Do(1, Unlock()))
        assert isinstance(heard.next(), PassphraseWanted)
        life.send(Passphrase(typed))
        failed = heard.next()
        assert isinstance(failed, Failed) and failed.failure.kind == "KeyRefused" and failed.failure.remedy
    life.send(Do(1, Unlock()))
    heard.next()
    life.end()  # while somebody is asked
    life.wait()
    assert isinstance(heard.until(Died)[-1], Died)


def test_once_the_window_is_gone_nobody_is_asked_for_a_passphrase() -> None:
    asked: list[object] = []
    safe = Safe(asked.append)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(safe._ask, "Passphrase", False) for _ in range(2)]
        safe.refuse()
        assert [each.result(PATIENCE) for each in waiting] == [None, None]
    assert safe._ask("Passphrase", False) is None
    assert len(asked) <= 1
