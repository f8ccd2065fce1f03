"""A Ray cluster on this machine: workers and drivers die, and every recording is done exactly once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.jobs import check_finished, scripted_order, statuses, tasks_for, unfinished
from tests.helpers.sounds import write_bursts
from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.jobs.cluster import MOST_DEATHS, transcribe_on
from voicedoc.jobs.joining import Cluster
from voicedoc.jobs.local import transcribe_here
from voicedoc.jobs.work import Progress

psutil = pytest.importorskip("psutil")

pytestmark = [
    pytest.mark.unit,
    # not imported here: it reads its environment when it is
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'voicedoc[ray]'"),
]

TWO = Cluster("local", workers=2, cores=1)


def make_recordings(folder: Path, n: int, n_bursts: int) -> Path:
    """`n` different recordings of about `2 * n_bursts` seconds."""
    folder.mkdir()
    for number in range(n):
        write_bursts(folder / f"{number}.wav", n_bursts + number, rate=8000)
    return folder


def ray_processes() -> list[psutil.Process]:
    """Ray's processes that are below this one."""
    below = psutil.Process().children(recursive=True)
    return [p for p in below if p.status() != psutil.STATUS_ZOMBIE and "ray" in " ".join(p.cmdline())]


def test_a_killed_workers_recording_is_done_again_and_every_one_exactly_once(tmp_path: Path) -> None:
    tasks = tasks_for(make_recordings(tmp_path / "rec", 8, 60), tmp_path / "out")
    order, killed, listening = scripted_order(tmp_path), [], set[str]()

    def kill_once(progress: Progress) -> None:
        if not killed and progress.heard > 10.0:
            listening.update(
                connection.laddr.ip
                for process in ray_processes()
                for connection in process.net_connections()
                if connection.status == psutil.CONN_LISTEN
            )
            killed.append(progress)
            os.kill(progress.worker, signal.SIGKILL)

    reports = list(transcribe_on(TWO, tasks, order, watch=kill_once, poll=0.02))
    assert len(killed) == 1
    assert Counter(report.task.path for report in reports) == Counter(task.path for task in tasks)
    assert set(statuses(reports).values()) == {"done"}
    assert {report.task: report.attempts for report in reports} == {
        task: 2 if task == killed[0].task else 1 for task in tasks
    }
    for task in tasks:
        check_finished(task.folder)
    assert unfinished(tmp_path / "out") == []
    assert len(list((tmp_path / "out").iterdir())) == 8
    assert listening and listening <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}, "nothing else can reach it"

    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = list(transcribe_on(TWO, tasks, scripted_order(tmp_path, resume=True)))
    assert [report.status for report in again] == ["already"] * 8
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == written
    assert ray_processes() == []


DRIVER = """
import sys
from pathlib import Path
from tests.helpers.jobs import scripted_order, tasks_for
from voicedoc.jobs.cluster import transcribe_on
from voicedoc.jobs.joining import Cluster

folder = Path(sys.argv[1])
tasks = tasks_for(folder / "rec", folder / "out")
for report in transcribe_on(Cluster("local", workers=2, cores=1), tasks, scripted_order(folder, resume=True)):
    print(report.status, flush=True)
"""


def test_a_killed_driver_leaves_nothing_running_and_a_resumed_one_does_the_rest(tmp_path: Path) -> None:
    tasks = tasks_for(make_recordings(tmp_path / "rec", 6, 60), tmp_path / "out")
    command = [sys.executable, "-c", DRIVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as driver:
        assert driver.stdout and driver.stdout.readline() == "done\n"
        below = psutil.Process(driver.pid).children(recursive=True)
        # Ray's own two agents hold each other's pipes, and end by a time limit of theirs, about a minute later
        below = [process for process in below if not process.name().endswith("Agent")]
        driver.kill()
    _, alive = psutil.wait_procs(below, timeout=30)
    assert alive == []
    n_done = sum((task.folder / "result.json").exists() for task in tasks)
    assert 1 <= n_done < 6

    journals = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.voicedoc/journal.jsonl")}
    reports = list(transcribe_here(tasks, scripted_order(tmp_path, resume=True)))
    assert Counter(report.status for report in reports) == {"already": n_done, "done": 6 - n_done}
    assert all(path.read_bytes() == content for path, content in journals.items())
    for task in tasks:
        check_finished(task.folder)
    assert unfinished(tmp_path / "out") == []


def test_a_recording_that_kills_every_worker_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    make_recordings(tmp_path / "rec", 3, 40)
    for name in ("2.wav", "3.wav"):
        (tmp_path / "rec" / name).write_bytes(b"not audio")
    (tmp_path / "rec" / "9.wav").write_bytes((tmp_path / "rec" / "0.wav").read_bytes())
    tasks = tasks_for(tmp_path / "rec", tmp_path / "out")
    deadly, pids = tasks[1], set[int]()

    def kill(progress: Progress) -> None:
        if progress.task == deadly and progress.worker not in pids:
            pids.add(progress.worker)
            os.kill(progress.worker, signal.SIGKILL)

    one = Cluster("local", workers=1, cores=1)
    reports = {
        report.task: report for report in transcribe_on(one, tasks, scripted_order(tmp_path), watch=kill, poll=0.02)
    }
    assert len(pids) == MOST_DEATHS
    assert [reports[task].status for task in tasks] == ["done", "failed", "failed", "failed", "same"]
    assert "killed its worker 3 times" in reports[deadly].message
    assert "not audio" in reports[tasks[2]].message
    assert f"the same as {tasks[2].path}, which failed: " in reports[tasks[3]].message
    assert all(reports[task].remedy for task in tasks[1:4])
    assert not deadly.folder.exists()
    assert not tasks[2].folder.exists()


def test_what_no_worker_could_do_is_told_before_any_is_hired(tmp_path: Path) -> None:
    tasks = tasks_for(make_recordings(tmp_path / "rec", 1, 2), tmp_path / "out")
    with pytest.raises(BackendUnavailable, match="needs 1 cores and 1 GPU") as caught:
        list(transcribe_on(Cluster("local", cores=1, gpus=1), tasks, scripted_order(tmp_path)))
    assert caught.value.remedy
    assert ray_processes() == []


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    tasks = tasks_for(make_recordings(tmp_path / "rec", 1, 2), tmp_path / "out")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(BackendUnavailable, match=address) as caught:
        list(transcribe_on(Cluster(address), tasks, scripted_order(tmp_path)))
    assert "--ray local" in caught.value.remedy
    with pytest.raises(ConfigError, match="no address"):
        list(transcribe_on(Cluster("somewhere"), tasks, scripted_order(tmp_path)))


STARTING = """
import os, signal, sys
from pathlib import Path
import ray
from voicedoc.cli import main

init = ray.init

def interrupted(*arguments, **options):
    os.kill(os.getpid(), signal.SIGINT)
    print("starting", flush=True)
    return init(*arguments, **options)

ray.init = interrupted
sys.exit(main())
"""


def processes_of(session: int) -> list[psutil.Process]:
    """What runs in a session of the system, however its parents ended."""
    return [p for p in psutil.process_iter() if p.status() != psutil.STATUS_ZOMBIE and _session(p.pid) == session]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def test_ctrl_c_while_a_local_cluster_starts_ends_as_interrupted_and_leaves_nothing_running(tmp_path: Path) -> None:
    recordings, out = make_recordings(tmp_path / "rec", 1, 2), tmp_path / "out"
    options = ["--languages", "en,pt", "--profile", "scripted", "--ray", "local", "--out", str(out)]
    command = [sys.executable, "-c", STARTING, "transcribe", str(recordings), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, start_new_session=True
    ) as driver:
        told, _ = driver.communicate(timeout=120)
    assert (driver.returncode, told) == (130, "starting\ninterrupted\n")
    assert processes_of(driver.pid) == []
    assert not out.exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_cluster_run_that_is_stopped_reports_what_was_in_hand(sent: signal.Signals, tmp_path: Path) -> None:
    tasks = tasks_for(make_recordings(tmp_path / "rec", 3, 200), tmp_path / "out")

    def stop(progress: Progress) -> None:
        os.kill(os.getpid(), sent)

    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    reports = list(transcribe_on(TWO, tasks, scripted_order(tmp_path), watch=stop, poll=0.02))
    assert reports and {report.status for report in reports} == {"interrupted"}
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert ray_processes() == []
