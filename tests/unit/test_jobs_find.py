"""What is named is found, each once; what cannot be is told, each once, with a remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.jobs import let_all_reach, nobody
from voicedoc.jobs.find import SUFFIXES, Found, find_recordings
from voicedoc.store.results import RESULT

pytestmark = pytest.mark.unit


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"RIFF")
    return folder


def found_names(found: Found, folder: Path) -> list[str]:
    return [str(recording.path.relative_to(folder)) for recording in found.recordings]


def test_a_folder_gives_its_recordings_and_those_below_by_name(tmp_path: Path) -> None:
    make(tmp_path, "b.wav", "a.MP3", "mon/c.m4a", "mon/deep/d.opus", "notes.txt", "scan.pdf", "mon/list.csv")
    found = find_recordings([tmp_path])
    assert found_names(found, tmp_path) == ["a.MP3", "b.wav", "mon/c.m4a", "mon/deep/d.opus"]
    assert [str(recording.below) for recording in found.recordings] == [".", ".", "mon", "mon/deep"]
    assert found.problems == []


def test_every_common_kind_is_a_recording() -> None:
    common = {
        ".wav",
        ".mp3",
        ".m4a",
        ".flac",
        ".ogg",
        ".oga",
        ".opus",
        ".webm",
        ".mp4",
        ".aac",
        ".amr",
        ".wma",
        ".aiff",
    }
    assert common | {".3gp", ".mkv", ".mov"} <= SUFFIXES


def test_a_named_file_is_tried_whatever_it_is_called(tmp_path: Path) -> None:
    make(tmp_path, "dictation", "a.dat", ".hidden.wav")
    named = [tmp_path / "dictation", tmp_path / "a.dat", tmp_path / ".hidden.wav"]
    assert [recording.path for recording in find_recordings(named).recordings] == named


def test_only_one_file_that_is_named_is_alone(tmp_path: Path) -> None:
    make(tmp_path, "a.wav", "b.wav", "one/c.wav")
    assert [r.alone for r in find_recordings([tmp_path / "a.wav"]).recordings] == [True]
    assert [r.alone for r in find_recordings([tmp_path / "a.wav", tmp_path / "b.wav"]).recordings] == [False, False]
    assert [r.alone for r in find_recordings([tmp_path / "one"]).recordings] == [False], "there may be more tomorrow"
    assert [r.alone for r in find_recordings([f"{tmp_path}/one/*"]).recordings] == [False]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("rec/*.wav", ["rec/a.wav", "rec/b.wav"]), ("**/x*.mp3", ["rec/deep/x1.mp3", "x2.mp3"]),
     ("rec/[ab].wav", ["rec/a.wav", "rec/b.wav"]), ("rec/d*", ["rec/deep/x1.mp3"]),
     ("rec/**", ["rec/a.wav", "rec/b.wav", "rec/deep/x1.mp3"])],
)  # fmt: skip
def test_patterns_that_the_shell_left_alone_are_expanded(
    pattern: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "rec/b.wav", "rec/a.wav", "rec/deep/x1.mp3", "x2.mp3")
    found = find_recordings([f"{tmp_path}/{pattern}"])
    assert found_names(found, tmp_path) == expected
    assert found.problems == []
    monkeypatch.chdir(tmp_path)
    assert [str(recording.path) for recording in find_recordings([pattern]).recordings] == expected


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    make(tmp_path, "visit[1].wav", "visit1.wav")
    assert found_names(find_recordings([tmp_path / "visit[1].wav"]), tmp_path) == ["visit[1].wav"]


def test_what_is_named_twice_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.wav", "b.wav")
    (tmp_path / "link.wav").symlink_to(tmp_path / "a.wav")
    monkeypatch.chdir(tmp_path)
    found = find_recordings(["b.wav", tmp_path / "b.wav", ".", "./a.wav", "*.wav", tmp_path])
    assert [str(recording.path) for recording in found.recordings] == ["b.wav", "a.wav"]
    assert found.problems == [], "a folder with nothing new is no folder without recordings"
    whole = [(tmp_path / name, f"the same file as {first}", "") for name, first in [("b.wav", "b.wav")]]
    assert found.skipped[:1] == whole
    assert (Path("link.wav"), "the same file as a.wav", "") in found.skipped
    assert Path("b.wav") not in [path for path, *_ in found.skipped], "named once more by the very same name"


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    make(tmp_path, "rec/a.wav", "rec/mon/b.wav")
    (tmp_path / "rec" / "mon" / "up").symlink_to(tmp_path / "rec")
    (tmp_path / "rec" / "self").symlink_to(tmp_path / "rec" / "self")
    assert found_names(find_recordings([tmp_path / "rec"]), tmp_path) == ["rec/a.wav", "rec/mon/b.wav"]


def test_a_link_to_nothing_in_a_folder_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.wav")
    (tmp_path / "b.wav").symlink_to("gone.wav")
    found = find_recordings([tmp_path])
    assert found_names(found, tmp_path) == ["a.wav"]
    assert [problem.path.name for problem in found.problems] == ["b.wav"]


def test_a_link_to_another_folder_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/a.wav")
    (tmp_path / "rec").mkdir()
    (tmp_path / "rec" / "mon").symlink_to(tmp_path / "elsewhere")
    assert found_names(find_recordings([tmp_path / "rec"]), tmp_path) == ["rec/mon/a.wav"]


def test_hidden_files_and_results_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.wav", ".b.wav", ".trash/c.wav", "a.voicedoc/audio.flac", "b.voicedoc.partial/audio.flac")
    make(tmp_path, "mine/audio.flac", f"mine/{RESULT}", "visit/audio.flac", "visit/journal.jsonl", "visit/x.wav")
    make(tmp_path, "other.partial/audio.flac", "other.partial/.lock", "half.partial/d.wav")
    expected = ["a.wav", "half.partial/d.wav"]
    assert found_names(find_recordings([tmp_path]), tmp_path) == expected
    assert sorted(found_names(find_recordings([f"{tmp_path}/**/*.wav", f"{tmp_path}/*/*.flac"]), tmp_path)) == expected
    assert sorted(found_names(find_recordings([f"{tmp_path}/*"]), tmp_path)) == expected
    named = [path for path in sorted(tmp_path.iterdir()) if not path.name.startswith(".")]
    found = find_recordings(named)  # as the shell expands rec/* when the results are in rec, too
    assert sorted(found_names(found, tmp_path)) == expected
    assert found.problems == []
    results = [path for path, message, _ in found.skipped if "results of VoiceDoc" in message]
    assert {path.name for path in results} == {
        "a.voicedoc", "b.voicedoc.partial", "mine", "visit", "other.partial",
    }  # fmt: skip


def test_only_results_are_nothing_to_do_and_that_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.voicedoc/audio.flac")
    (problem,) = find_recordings([tmp_path / "a.voicedoc"]).problems
    assert "no recording" in problem.message


def test_problems_are_told_once_each_with_a_remedy_and_the_rest_is_found(tmp_path: Path) -> None:
    make(tmp_path, "a.wav", "texts/b.txt")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.wav").symlink_to(tmp_path / "gone.wav")
    named = ["gone.wav", "empty", "texts", "broken.wav", "*.mp3", "a.wav", "gone.wav", "empty"]
    found = find_recordings([tmp_path / name for name in named])
    assert found_names(found, tmp_path) == ["a.wav"]
    assert [str(problem.path.relative_to(tmp_path)) for problem in found.problems] == named[:5]
    told = [problem.message for problem in found.problems]
    assert "no file or folder" in told[0]
    assert "no recording in the folder" in told[1]
    assert "link to nothing" in told[3]
    assert "nothing matches" in told[4]
    assert all(problem.remedy for problem in found.problems)


def test_nothing_named_is_told() -> None:
    (problem,) = find_recordings([]).problems
    assert "no recording was named" in problem.message


def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    make(tmp_path, "rec/a.wav", "rec/shut/b.wav", "rec/z.wav")
    let_all_reach(tmp_path / "rec")
    (tmp_path / "rec" / "shut").chmod(0)
    with nobody():
        found = find_recordings([tmp_path / "rec"])
    (tmp_path / "rec" / "shut").chmod(0o755)
    assert found_names(found, tmp_path) == ["rec/a.wav", "rec/z.wav"]
    (problem,) = found.problems
    assert "cannot read the folder" in problem.message
    assert "shut" in problem.remedy


def test_a_name_that_is_no_text_is_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"visita \xe7.wav")
    make(tmp_path, name)
    assert [recording.path.name for recording in find_recordings([tmp_path]).recordings] == [name]
