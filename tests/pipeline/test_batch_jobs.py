"""Many recordings in one process: each done once, whatever happens to the others or to the process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.jobs import FORMATS, check_finished, scripted_order, statuses, tasks_for, unfinished
from tests.helpers.sounds import write_bursts
from voicedoc import batch
from voicedoc.batch import Job
from voicedoc.errors import ModelMissing
from voicedoc.export.transcript import Transcript
from voicedoc.jobs import work
from voicedoc.jobs.find import find_recordings
from voicedoc.jobs.local import transcribe_here
from voicedoc.jobs.plan import plan
from voicedoc.jobs.work import Order, Progress, Report
from voicedoc.profiles import load_profile
from voicedoc.store.models import ModelStore
from voicedoc.store.results import read_result

pytestmark = pytest.mark.unit


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "rec"
    (folder / "mon").mkdir(parents=True)
    write_bursts(folder / "a.wav", 2)
    write_bursts(folder / "mon" / "b.flac", 3)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def reports_of(recordings: Path, out: Path, order: Order) -> list[Report]:
    return list(transcribe_here(tasks_for(recordings, out), order))


def snapshot(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be recognised, and nothing loaded for it."""
    monkeypatch.setattr(work, "open_batch_engine", lambda *_, **__: pytest.fail("an engine was loaded"))


def test_each_recording_gets_its_folder_and_its_figures(recordings: Path, out: Path, tmp_path: Path) -> None:
    reports = reports_of(recordings, out, scripted_order(tmp_path))
    assert statuses(reports) == {"a.wav": "done", "b.flac": "done"}
    for report in reports:
        check_finished(report.task.folder)
    assert [(r.figures.duration, r.figures.n_utterances, r.figures.n_words) for r in reports] == [(5, 2, 6), (7, 3, 9)]
    assert all(report.seconds > 0 and report.figures.n_failed == 0 for report in reports)
    assert {path.name for path in out.iterdir()} == {"a.voicedoc", "mon"}
    assert unfinished(out) == []


def test_nothing_waits_in_the_systems_folder_for_temporary_files(
    recordings: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is often small, or memory: hours of samples are for the disk of the results."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert statuses(reports_of(recordings, out, scripted_order(tmp_path))) == {"a.wav": "done", "b.flac": "done"}


def test_progress_rises_to_the_end_of_each(recordings: Path, out: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    list(transcribe_here(tasks_for(recordings, out), scripted_order(tmp_path), watch=seen.append))
    for task in tasks_for(recordings, out):
        heard = [progress.heard for progress in seen if progress.task == task]
        assert heard == sorted(heard)
        assert heard[0] == 0.0
        assert {progress.duration for progress in seen if progress.task == task} == {task.duration}
        assert task.duration and 0.8 * task.duration < heard[-1] <= task.duration


def test_a_second_run_needs_to_be_told_what_to_do(recordings: Path, out: Path, tmp_path: Path, no_engine: None) -> None:
    tasks = tasks_for(recordings, out)
    for task in tasks:
        (task.folder).mkdir(parents=True)
        (task.folder / "journal.jsonl").touch()
    reports = list(transcribe_here(tasks, scripted_order(tmp_path)))
    assert set(statuses(reports).values()) == {"failed"}
    assert all("exists already" in report.message and "--resume" in report.remedy for report in reports)


@pytest.fixture
def finished(recordings: Path, out: Path, tmp_path: Path) -> Iterator[dict[Path, int]]:
    """What a first run has left."""
    assert set(statuses(reports_of(recordings, out, scripted_order(tmp_path))).values()) == {"done"}
    return snapshot(out)


def test_resuming_a_finished_run_does_nothing(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path, no_engine: None
) -> None:
    reports = reports_of(recordings, out, scripted_order(tmp_path, resume=True))
    assert statuses(reports) == {"a.wav": "already", "b.flac": "already"}
    assert [report.figures.n_words for report in reports] == [6, 9]
    assert {report.message for report in reports} == {""}
    assert snapshot(out) == finished


def test_resuming_with_more_formats_writes_them_from_the_journal(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path, no_engine: None
) -> None:
    more = scripted_order(tmp_path, resume=True, job=Job(formats=(*FORMATS, "rttm")))
    reports = reports_of(recordings, out, more)
    assert statuses(reports) == {"a.wav": "already", "b.flac": "already"}
    assert {report.message for report in reports} == {"added rttm"}
    for report in reports:
        assert (report.task.folder / "speakers.rttm").is_file()
        check_finished(report.task.folder)
        assert (earlier := read_result(report.task.folder)) and earlier.formats == (*FORMATS, "rttm")
    before = snapshot(out)
    assert {report.message for report in reports_of(recordings, out, more)} == {""}
    assert snapshot(out) == before


def test_a_note_that_comes_later_is_taken_into_the_fhir_documents(recordings: Path, out: Path, tmp_path: Path) -> None:
    reports_of(recordings, out, scripted_order(tmp_path, job=Job(formats=(*FORMATS, "fhir"))))
    fhir = out / "a.voicedoc" / "fhir-r4.json"
    assert "Note draft" not in fhir.read_text("utf-8")
    later = scripted_order(tmp_path, resume=True, job=Job(formats=(*FORMATS, "fhir", "note")))
    assert {report.message for report in reports_of(recordings, out, later)} == {"added note"}
    assert "Note draft" in fhir.read_text("utf-8")


def test_a_recording_without_speech_is_not_said_to_have_new_subtitles(out: Path, tmp_path: Path) -> None:
    silent = tmp_path / "rec" / "silent.wav"
    write_bursts(silent, 0)
    with_subtitles = Job(formats=(*FORMATS, "srt"))
    reports_of(silent.parent, out, scripted_order(tmp_path, job=with_subtitles))
    for _ in range(2):
        again = reports_of(silent.parent, out, scripted_order(tmp_path, resume=True, job=with_subtitles))
        assert [(report.status, report.message) for report in again] == [("already", "")]


def test_a_document_that_was_deleted_is_made_again(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path, no_engine: None
) -> None:
    (out / "a.voicedoc" / "transcript.md").unlink()
    reports = reports_of(recordings, out, scripted_order(tmp_path, resume=True))
    assert [report.message for report in reports] == ["added md", ""]
    assert (out / "a.voicedoc" / "transcript.md").is_file()


def test_results_of_other_settings_are_kept_unless_they_are_to_be_replaced(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path
) -> None:
    other = scripted_order(tmp_path, resume=True, job=Job(n_speakers=1, formats=FORMATS))
    reports = reports_of(recordings, out, other)
    assert set(statuses(reports).values()) == {"failed"}
    assert all("with other settings: --speakers was not given and is 1" in report.message for report in reports)
    assert all("--overwrite" in report.remedy for report in reports)
    assert snapshot(out) == finished

    replaced = reports_of(recordings, out, replace(other, overwrite=True))
    assert set(statuses(replaced).values()) == {"done"}
    assert set(statuses(reports_of(recordings, out, other)).values()) == {"already"}
    assert unfinished(out) == []


def test_a_recording_that_has_changed_is_not_taken_for_done(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path
) -> None:
    write_bursts(recordings / "a.wav", 4)
    reports = reports_of(recordings, out, scripted_order(tmp_path, resume=True))
    assert statuses(reports) == {"a.wav": "failed", "b.flac": "already"}
    assert "was made from another recording, or a.wav has changed since" in reports[0].message
    both = scripted_order(tmp_path, resume=True, overwrite=True)
    assert statuses(reports_of(recordings, out, both)) == {"a.wav": "done", "b.flac": "already"}


def test_overwriting_without_resuming_does_all_again(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path
) -> None:
    reports = reports_of(recordings, out, scripted_order(tmp_path, overwrite=True))
    assert set(statuses(reports).values()) == {"done"}
    assert all(snapshot(out)[path] > before for path, before in finished.items() if path.is_file())


def test_a_journal_that_is_damaged_is_told_and_the_others_go_on(
    finished: dict[Path, int], recordings: Path, out: Path, tmp_path: Path, no_engine: None
) -> None:
    (out / "a.voicedoc" / "journal.jsonl").write_text("{\n}\n", "utf-8")
    (out / "a.voicedoc" / "transcript.md").unlink()
    reports = reports_of(recordings, out, scripted_order(tmp_path, resume=True))
    assert statuses(reports) == {"a.wav": "failed", "b.flac": "already"}
    assert "not JSON" in reports[0].message


def test_a_bad_recording_stops_none_of_the_others(recordings: Path, out: Path, tmp_path: Path) -> None:
    (recordings / "0-first.wav").write_bytes(b"not audio")
    (recordings / "mon" / "aa.mp3").touch()
    reports = reports_of(recordings, out, scripted_order(tmp_path))
    assert statuses(reports) == {"0-first.wav": "failed", "a.wav": "done", "aa.mp3": "failed", "b.flac": "done"}
    assert all(report.message and report.remedy for report in reports if report.status == "failed")
    assert sorted(path.name for path in out.rglob("*.voicedoc")) == ["a.voicedoc", "b.voicedoc"]
    assert unfinished(out) == []


def test_equal_recordings_are_done_once(recordings: Path, out: Path, tmp_path: Path) -> None:
    (recordings / "z.wav").write_bytes((recordings / "a.wav").read_bytes())
    reports = reports_of(recordings, out, scripted_order(tmp_path))
    assert statuses(reports) == {"a.wav": "done", "b.flac": "done", "z.wav": "same"}
    assert "same as" in reports[-1].message
    assert reports[-1].task.folder == out / "a.voicedoc"
    assert not (out / "z.voicedoc").exists()


def test_a_copy_of_a_recording_that_failed_has_failed_too_and_names_it(
    recordings: Path, out: Path, tmp_path: Path
) -> None:
    for name in ("0.wav", "1.wav", "c.wav"):
        (recordings / name).write_bytes(b"no sound at all")
    reports = reports_of(recordings, out, scripted_order(tmp_path))
    assert statuses(reports) == {
        "0.wav": "failed", "1.wav": "failed", "c.wav": "failed", "a.wav": "done", "b.flac": "done",
    }  # fmt: skip
    first, *copies = [report for report in reports if report.status == "failed"]
    for report in copies:
        assert f"is the same as {first.task.path}, which failed: {first.message}" in report.message
        assert report.remedy == first.remedy


def test_what_concerns_every_recording_is_raised_before_the_first(recordings: Path, out: Path, tmp_path: Path) -> None:
    order = scripted_order(tmp_path)
    path = tmp_path / "lacking.toml"
    path.write_text(order.engine.profile.path.read_text("utf-8").replace("[recognize]", '[recognize]\nmodel = "/gone"'))
    lacking = replace(order, engine=replace(order.engine, profile=load_profile(str(path))))
    with pytest.raises(ModelMissing, match="/gone"):
        reports_of(recordings, out, lacking)
    assert not out.exists()


def test_a_bug_is_not_taken_for_a_bad_recording(
    recordings: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "transcribe_file", broken)
    with pytest.raises(ZeroDivisionError):
        reports_of(recordings, out, scripted_order(tmp_path))


DRIVER = """
import sys
from pathlib import Path
from tests.helpers.jobs import scripted_order, tasks_for
from voicedoc.jobs.local import transcribe_here

folder = Path(sys.argv[1])

def watch(progress):
    if progress.heard > 5.0:
        print("working", flush=True)

tasks = tasks_for(folder / "rec", folder / "out")
for report in transcribe_here(tasks, scripted_order(folder, resume=True), watch=watch):
    print(report.status, report.task.path.name, flush=True)
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_in_mid_recording_is_taken_up_there(
    sent: signal.Signals, recordings: Path, out: Path, tmp_path: Path
) -> None:
    write_bursts(recordings / "b.wav", 300)
    command = [sys.executable, "-c", DRIVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as driver:
        assert driver.stdout
        assert driver.stdout.readline() == "done a.wav\n"
        assert driver.stdout.readline() == "working\n"
        driver.send_signal(sent)
        rest = re.sub(r"working(\n|$)", "", driver.stdout.read())  # killed between the word and the end of its line
    if sent is signal.SIGKILL:
        assert (driver.returncode, rest) == (-signal.SIGKILL, "")
    else:
        assert (driver.returncode, rest) == (0, "interrupted b.wav\n"), "and nothing is begun after it"
    assert [path.name for path in unfinished(out) if path.is_dir()] == ["b.voicedoc.partial"]
    assert not (out / "b.voicedoc.partial" / "result.json").exists()

    reports = reports_of(recordings, out, scripted_order(tmp_path, resume=True))
    assert [report.status for report in reports] == ["already", "done", "done"]
    for report in reports:
        check_finished(report.task.folder)
    assert unfinished(out) == []


def test_a_named_file_and_a_pattern_go_the_whole_way(recordings: Path, tmp_path: Path) -> None:
    order = scripted_order(tmp_path)
    (report,) = transcribe_here(plan(find_recordings([recordings / "a.wav"]).recordings, tmp_path / "visit"), order)
    assert report.task.folder == tmp_path / "visit"
    check_finished(tmp_path / "visit")
    found = find_recordings([f"{recordings}/**/*.flac"])
    (report,) = transcribe_here(plan(found.recordings, tmp_path / "all"), order, store=ModelStore(tmp_path / "store"))
    check_finished(tmp_path / "all" / "b.voicedoc")


def test_ctrl_c_while_documents_are_written_keeps_that_recording_and_begins_no_other(
    recordings: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = batch.write_documents

    def interrupted(transcript: Transcript, folder: Path, names: Iterable[str]) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)  # until the event loop has seen it
        write(transcript, folder, names)

    monkeypatch.setattr(batch, "write_documents", interrupted)
    (report,) = reports_of(recordings, out, scripted_order(tmp_path))
    assert (report.status, report.stopped) == ("done", True)
    check_finished(report.task.folder)
