"""Every recording gets a result folder of its own, and equal recordings one together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.sounds import write_bursts
from voicedoc.capture.decode import sha256_of
from voicedoc.jobs.find import Recording, find_recordings
from voicedoc.jobs.plan import Task, longest_first, plan
from voicedoc.store.results import Key, Result, write_result

pytestmark = pytest.mark.unit


def touch(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names, start=1):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * number)  # each of another size: not the same recording
    return folder


def folders(tasks: list[Task], out: Path) -> dict[str, str]:
    return {str(task.path): str(task.folder.relative_to(out)) for task in tasks}


def test_one_file_that_is_named_has_the_folder_that_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav")
    (task,) = plan(find_recordings([tmp_path / "a.wav"]).recordings, tmp_path / "out")
    assert task.folder == tmp_path / "out"


def test_without_a_folder_results_come_here_under_the_recordings_name(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav", "rec/b.wav")
    assert [t.folder for t in plan(find_recordings([tmp_path / "a.wav"]).recordings)] == [Path("a.voicedoc")]
    assert [t.folder for t in plan(find_recordings([tmp_path / "rec"]).recordings)] == [Path("b.voicedoc")]


def test_results_lie_as_the_recordings_lay(tmp_path: Path) -> None:
    touch(tmp_path, "rec/a.wav", "rec/mon/b.wav", "rec/tue/b.wav", "c.wav")
    found = find_recordings([tmp_path / "rec", tmp_path / "c.wav"])
    made = [str(task.folder) for task in plan(found.recordings, Path("out"))]
    assert made == ["out/a.voicedoc", "out/mon/b.voicedoc", "out/tue/b.voicedoc", "out/c.voicedoc"]


def test_recordings_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav", "a.mp3", "b.wav", "x/c.wav", "y/c.wav", "x/D.wav", "d.WAV")
    paths = [tmp_path / name for name in ("a.wav", "a.mp3", "b.wav", "x/c.wav", "y/c.wav", "x/D.wav", "d.WAV")]
    made = [str(task.folder) for task in plan([Recording(path) for path in paths])]
    assert made[:5] == ["a.wav.voicedoc", "a.mp3.voicedoc", "b.voicedoc", "x-c.wav.voicedoc", "y-c.wav.voicedoc"]
    assert made[5:] == ["x-D.wav.voicedoc", f"{tmp_path.name}-d.WAV.voicedoc"], "one name to some file systems"


@given(st.lists(st.sampled_from([
    f"{folder}{stem}{suffix}"
    for folder in ("", "a/", "b/", "a/b/", "b/b/")
    for stem in ("x", "X", "x.wav", "a-x", "b-x", "a-x.wav")
    for suffix in (".wav", ".mp3", "", ".voicedoc")
]), unique=True, min_size=1))  # fmt: skip
def test_no_two_recordings_ever_share_a_folder_and_the_order_of_arguments_does_not_matter(names: list[str]) -> None:
    recordings = [Recording(Path("/nowhere") / name) for name in names]
    made = {task.path: task.folder for task in plan(recordings)}
    assert len({str(folder).casefold() for folder in made.values()}) == len(names)
    assert {task.path: task.folder for task in plan(recordings[::-1])} == made


def test_equal_recordings_are_done_once(tmp_path: Path) -> None:
    for name in ("rec/b.wav", "rec/a.wav", "copies/c.wav"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_bursts(tmp_path / name, 2)
    write_bursts(tmp_path / "rec" / "other.wav", 3)
    found = find_recordings([tmp_path / "copies", tmp_path / "rec"])
    tasks = plan(found.recordings, tmp_path / "out")
    first = tmp_path / "copies" / "c.wav"
    assert [task.same_as for task in tasks] == [None, first, first, None]
    assert {task.folder for task in tasks[:3]} == {tmp_path / "out" / "c.voicedoc"}
    assert tasks[3].folder == tmp_path / "out" / "other.voicedoc"


def made_before(task: Task) -> None:
    task.folder.mkdir(parents=True)
    write_result(task.folder, Result(Key(sha256_of(task.path), "as before"), ("json",)))


def test_results_stay_where_they_are_when_a_recording_of_the_same_name_comes_or_goes(tmp_path: Path) -> None:
    rec, out = touch(tmp_path / "rec", "a.mp3", "a.wav"), tmp_path / "out"
    wav = str(rec / "a.wav")
    (rec / "a.mp3").rename(tmp_path / "later.mp3")
    for task in plan(find_recordings([rec]).recordings, out):
        made_before(task)
    (tmp_path / "later.mp3").rename(rec / "a.mp3")
    both = folders(plan(find_recordings([rec]).recordings, out), out)
    assert both == {wav: "a.voicedoc", str(rec / "a.mp3"): "a.mp3.voicedoc"}
    (out / "a.voicedoc").rename(out / "a.wav.voicedoc")
    (rec / "a.mp3").unlink()
    assert folders(plan(find_recordings([rec]).recordings, out), out) == {wav: "a.wav.voicedoc"}


def test_results_are_known_by_the_recordings_bytes_and_not_by_its_suffix(tmp_path: Path) -> None:
    rec, out = touch(tmp_path / "rec", "a.wav"), tmp_path / "out"
    (task,) = plan(find_recordings([rec]).recordings, out)
    made_before(task)
    touch(rec, "a.mp3", "a.wav")  # a.mp3 is what a.wav was, and a.wav is new
    made = folders(plan(find_recordings([rec]).recordings, out), out)
    assert made == {str(rec / "a.mp3"): "a.voicedoc", str(rec / "a.wav"): "a.wav.voicedoc"}


def test_recordings_of_one_size_that_differ_are_both_done(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"aaaa")
    (tmp_path / "b.wav").write_bytes(b"bbbb")
    assert [task.same_as for task in plan(find_recordings([tmp_path]).recordings)] == [None, None]


def test_empty_files_are_each_told_and_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    (tmp_path / "b.wav").touch()
    assert [task.same_as for task in plan(find_recordings([tmp_path]).recordings)] == [None, None]


def test_the_duration_is_known_beforehand_where_a_file_says_it(tmp_path: Path) -> None:
    write_bursts(tmp_path / "a.wav", 2)
    (tmp_path / "b.wav").write_bytes(b"not audio")
    recordings = [*find_recordings([tmp_path]).recordings, Recording(tmp_path / "gone.wav")]
    assert [task.duration for task in plan(recordings)] == [5.0, None, None]


def test_the_longest_come_first_and_the_unknown_last() -> None:
    tasks = [Task(Path(name), Path(), duration) for name, duration in (("a", 5.0), ("b", None), ("c", 9.0), ("d", 5.0))]
    assert [str(task.path) for task in longest_first(tasks)] == ["c", "a", "d", "b"]
