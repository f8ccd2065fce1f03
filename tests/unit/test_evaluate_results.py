"""Rows on disk, and figures from them, beside what they are when everything is held in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.evaluate.asking import Draw, Inquiry
from voicedoc.evaluate.figures import figures_of
from voicedoc.evaluate.results import Results, content_of, read_rows
from voicedoc.evaluate.rows import Item, Row
from voicedoc.evaluate.scores import Scorer, share, whole
from voicedoc.evaluate.solve import Job
from voicedoc.evaluate.statistics import interval

pytestmark = pytest.mark.unit


def job(number: int, text: str = "") -> Job:
    inquiry = Inquiry("answer", "en", text or f"Q{number}?", options={"B": "b", "A": "a"})
    return Job(Item(f"i{number}", "en", f"g{number}", "en", "ref", inquiry=inquiry), "asking", answerer="model")


def row(number: int, output: str = "", error: str = "") -> Row:
    return Row(f"i{number}", "en", f"g{number}", "en", "ref", output or f"out {number}", error=error)


def test_rows_come_in_the_order_of_the_jobs_whatever_the_order_of_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with Results(path, "c") as results:
        assert not any(results.expect(job(number)) for number in range(5))
        for number in (3, 0, 4, 1):
            results.add(job(number), row(number))
        rows = results.finish()
    assert [one.item for one in rows] == ["i0", "i1", "i3", "i4"] == [one.item for one in rows]
    assert len(rows) == 4 and rows[-1].output == "out 4" and [one.item for one in rows[1:3]] == ["i1", "i3"]
    assert [one.item for one in read_rows(path, "c")] == [one.item for one in rows]
    assert list(read_rows(path, "another")) == []


def test_only_what_is_still_the_same_question_is_known(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with Results(path, "c") as results:
        for number in range(3):
            results.expect(job(number))
            results.add(job(number), row(number, error="ServerFailed: busy" if number == 2 else "BackendFailed: x"))
        results.finish()
    with Results(path, "c") as results:
        assert results.expect(job(0))
        assert not results.expect(job(1, "another question?"))
        assert not results.expect(job(2))  # its server may answer now
        results.add(job(1), row(1, "anew"))
        assert [one.output for one in results.finish()] == ["out 0", "anew"]
        assert results.n_resumed == 1
    with Results(path, "other settings") as results:
        assert not results.expect(job(0))
        results.add(job(0), row(0, "otherwise"))
        assert [one.output for one in results.finish()] == ["otherwise"]
    assert [one.output for one in read_rows(path, "c")] == ["out 0", "anew"]
    with Results(path, "c") as results:  # nothing that was measured is lost
        assert results.expect(job(0)) and results.expect(job(1))


def test_what_a_later_run_is_not_about_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    for numbers in (range(3), range(1), range(3)):
        with Results(path, "c") as results:
            for number in numbers:
                if not results.expect(job(number)):
                    results.add(job(number), row(number))
            assert len(results.finish()) == len(numbers)
        assert len(list(read_rows(path, "c"))) == len(numbers)
        assert len(path.read_bytes().splitlines()) == 3
    assert results.n_resumed == 3


def test_a_row_that_was_written_twice_is_what_it_was_last(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with Results(path, "c") as results:
        results.expect(job(0))
        results.add(job(0), row(0, "first"))
        results.add(job(0), row(0, "last"))
    path.write_bytes(path.read_bytes() + b'{"config": "c", "item": "i1", "err')  # and then it died
    with Results(path, "c") as results:
        assert results.expect(job(0)) and not results.expect(job(1))
        assert [one.output for one in results.finish()] == ["last"]


def test_the_content_of_a_job_is_all_that_it_depends_on_and_not_where_it_lies(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "a.wav").write_bytes(b"sound")
    base = job(0)
    heard = replace(base, item=replace(base.item, audio=one / "a.wav"))
    assert content_of(heard) == content_of(replace(base, item=replace(base.item, audio=other / "a.wav")))
    (other / "a.wav").write_bytes(b"another sound")
    changed = [
        base,
        replace(base, item=replace(base.item, audio=other / "a.wav")),
        replace(heard, answerer="always no"),
        replace(heard, draw=Draw(3, (0.5,))),
        replace(heard, item=replace(heard.item, reference="other")),
        replace(heard, item=replace(heard.item, inquiry=Inquiry("answer", "en", "Q0?", options={"B": "b", "A": "c"}))),
        replace(heard, item=replace(heard.item, inquiry=Inquiry("answer", "en", "Q0?", options={"A": "a", "B": "b"}))),
    ]
    assert len({content_of(heard), *map(content_of, changed)}) == 1 + len(changed)
    assert len(json.dumps(content_of(heard))) == 34


BLOCKS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=3)
COUNTS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), BLOCKS), max_size=12)


@given(COUNTS)
def test_figures_row_by_row_are_those_of_all_rows_at_once(made: list[tuple[str, int, list[tuple[int, int]]]]) -> None:
    rows = [
        Row(str(place), slice_, f"g{group}", "en", "", json.dumps(blocks))
        for place, (slice_, group, blocks) in enumerate(made)
    ]
    scorer = Scorer("s", "t", True, lambda one: [tuple(counts) for counts in json.loads(one.output)], share)
    never = Scorer("n", "t", True, whole(lambda _row: None), share)
    found = {figure.slice: figure for figure in figures_of([scorer, never], iter(rows), overall="all")}
    for part in ("a", "b", "all"):
        counted = [one for one in made if (part in (one[0], "all")) and one[2]]
        table = [counts for _, _, blocks in counted for counts in blocks]
        if not np.any(table):
            assert part not in found
            continue
        groups = [f"g{group}" for _, group, blocks in counted for _ in blocks] if len(counted) > 1 else None
        wanted = interval(table, share, groups=groups)
        figure = found[part]
        assert (figure.value, figure.low, figure.high) == (wanted.value, wanted.low, wanted.high)
        assert (figure.n, figure.n_groups) == (len(counted), wanted.n_groups)
        assert figure.counts == tuple(map(sum, zip(*table, strict=True)))


def test_what_is_no_number_is_no_figure() -> None:
    scorer = Scorer("s", "t", True, whole(lambda _row: (2.0, 0.0)), share)  # words that were found where none were said
    assert list(figures_of([scorer], [row(0), row(1)])) == []
