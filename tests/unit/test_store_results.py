"""A result is there when all of it is there; nothing of somebody else's is ever removed."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from voicedoc.errors import StoreError
from voicedoc.store.results import (
    RESULT,
    Key,
    Result,
    check_free,
    draft_folder,
    holds_results,
    locked,
    partial_of,
    read_result,
    write_result,
)

pytestmark = pytest.mark.unit

KEY = Key("a" * 64, "b" * 64)


def finish(final: Path, content: str = "hello", *, key: Key = KEY, overwrite: bool = False) -> None:
    with draft_folder(final, key, overwrite=overwrite) as draft:
        (draft.folder / "transcript.md").write_text(content, "utf-8")
        draft.finish(("md",))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_finished_draft_becomes_the_folder_and_knows_its_key(tmp_path: Path) -> None:
    final = tmp_path / "out" / "a.voicedoc"
    with draft_folder(final, KEY) as draft:
        (draft.folder / "transcript.md").write_text("hello", "utf-8")
        assert draft.folder == partial_of(final)
        assert not final.exists()
        draft.finish(("md", "json"))
        assert not final.exists(), "not before everything is closed"
    assert draft.folder == final
    assert read_result(final) == Result(KEY, ("md", "json"))
    assert names(final) == {"transcript.md", RESULT}
    assert names(tmp_path / "out") == {"a.voicedoc"}


@pytest.mark.parametrize("error", [StoreError("the disk is full"), RuntimeError("a bug"), KeyboardInterrupt()])
def test_what_fails_stays_partial_and_keeps_its_own_error(error: BaseException, tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    with pytest.raises(type(error)) as caught, draft_folder(final, KEY) as draft:
        (draft.folder / "journal.jsonl").touch()
        raise error
    assert caught.value is error
    assert names(tmp_path) == {"a.voicedoc.partial"}
    assert read_result(partial_of(final)) is None


def test_a_draft_that_is_not_finished_stays_partial_and_is_begun_anew(tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    with draft_folder(final, KEY) as draft:
        (draft.folder / "journal.jsonl").write_text("half", "utf-8")
        (draft.folder / "deeper").mkdir()
        (draft.folder / "deeper" / "file").touch()
    assert not final.exists()
    with draft_folder(final, KEY) as draft:
        assert names(draft.folder) == {".lock"}


def test_an_earlier_result_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    finish(final, "first")
    with pytest.raises(StoreError, match="exists already") as caught, draft_folder(final, KEY):
        pytest.fail("it must not begin")
    assert "--resume" in caught.value.remedy
    assert names(tmp_path) == {"a.voicedoc"}
    finish(final, "second", overwrite=True)
    assert (final / "transcript.md").read_text("utf-8") == "second"
    assert names(tmp_path) == {"a.voicedoc"}


def test_an_earlier_result_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    finish(final, "first")
    with pytest.raises(RuntimeError), draft_folder(final, KEY, overwrite=True):
        raise RuntimeError("a bug")
    assert (final / "transcript.md").read_text("utf-8") == "first"
    assert read_result(final) is not None


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_of_other_things_is_never_touched(overwrite: bool, tmp_path: Path) -> None:
    final = tmp_path / "Documents"
    final.mkdir()
    (final / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(StoreError, match="something other than results") as caught:
        finish(final, overwrite=overwrite)
    assert "--out" in caught.value.remedy
    with pytest.raises(StoreError):
        check_free(final, overwrite=overwrite)
    assert names(final) == {"thesis.txt"}


def test_a_folder_that_only_sounds_like_a_draft_is_never_cleared(tmp_path: Path) -> None:
    (tmp_path / "a.partial").mkdir()
    (tmp_path / "a.partial" / "thesis.txt").touch()
    with pytest.raises(StoreError, match=r"a\.partial is there already"):
        finish(tmp_path / "a", overwrite=True)
    assert names(tmp_path / "a.partial") == {"thesis.txt"}


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.voicedoc").write_text("?", "utf-8")
    with pytest.raises(StoreError):
        finish(tmp_path / "a.voicedoc", overwrite=True)


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    finish(tmp_path / "new")
    assert read_result(tmp_path / "new")


def test_a_folder_named_by_a_dot_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    finish(Path())
    assert names(tmp_path) == {"here"}
    assert read_result(tmp_path / "here")


def test_a_job_that_died_while_replacing_gives_the_older_result_back(tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    finish(final, "first")
    final.rename(tmp_path / ".a.voicedoc.older")
    with pytest.raises(StoreError, match="exists already"), draft_folder(final, KEY):
        pytest.fail("it must not begin")
    assert (final / "transcript.md").read_text("utf-8") == "first"


def test_two_jobs_never_write_one_folder(tmp_path: Path) -> None:
    final = tmp_path / "a.voicedoc"
    with draft_folder(final, KEY), pytest.raises(StoreError, match="another job"), draft_folder(final, KEY):
        pytest.fail("it must not begin")
    finish(final)
    with locked(final), pytest.raises(StoreError, match="another job"), locked(final):
        pytest.fail("it must not begin")
    assert names(final) == {"transcript.md", RESULT}


def _finish_many(final: Path, began: object) -> None:
    for _ in range(50):
        try:
            finish(final, str(os.getpid()), overwrite=True)
        except StoreError as error:
            assert "another job" in str(error), error


def test_many_jobs_at_once_leave_one_whole_result(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    final = tmp_path / "a.voicedoc"
    jobs = [context.Process(target=_finish_many, args=(final, None)) for _ in range(3)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(60)
    assert [job.exitcode for job in jobs] == [0, 0, 0]
    assert read_result(final) == Result(KEY, ("md",))
    assert (final / "transcript.md").read_text("utf-8") in {str(job.pid) for job in jobs}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"recording": "a"}', '{"recording": 1, "config": 2}'])
def test_a_damaged_result_file_is_no_result(content: str, tmp_path: Path) -> None:
    (tmp_path / RESULT).write_text(content, "utf-8")
    assert read_result(tmp_path) is None


def test_a_result_file_is_data_for_people_too(tmp_path: Path) -> None:
    write_result(tmp_path, Result(KEY, ("md", "json")))
    said = json.loads((tmp_path / RESULT).read_text("utf-8"))
    assert said["formats"] == ["md", "json"]
    assert said["voicedoc"]


def test_a_folder_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot write") as caught:
        finish(tmp_path / "file" / "a.voicedoc")
    assert caught.value.remedy


def test_results_are_told_from_recordings(tmp_path: Path) -> None:
    finish(tmp_path / "named-otherwise")
    with draft_folder(tmp_path / "begun", KEY):
        pass
    for name, content in (
        ("empty.voicedoc", ""),
        ("session", "journal.jsonl"),
        ("tuesday", "a.wav"),
        ("x.partial", "a"),
    ):
        (tmp_path / name).mkdir()
        if content:
            (tmp_path / name / content).touch()
    made = {path.name for path in tmp_path.iterdir() if holds_results(path)}
    assert made == {"named-otherwise", "begun.partial", "empty.voicedoc", "session"}
