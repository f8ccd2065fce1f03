"""Reading rows out of files: what is broken is reported with its line, and the reading goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voicedoc_corpora.files import (
    LINE,
    Malformed,
    Record,
    beside,
    csv_rows,
    files,
    json_entries,
    json_lines,
    xml_elements,
)
from voicedoc_corpora.languages import tag_of_code, tag_of_name
from voicedoc_corpora.rows import Broken, Choice, intact

from voicedoc.errors import CorpusError

pytestmark = pytest.mark.unit

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)


def _write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _places(rows: list[Record | Broken]) -> list[tuple[int, str]]:
    """Each row's line, with the reason of those that are broken."""
    return [(row.line, row.reason if isinstance(row, Broken) else "") for row in rows]


def test_a_broken_line_is_reported_in_its_place(tmp_path: Path):
    path = _write(tmp_path / "rows.jsonl", b'\xef\xbb\xbf{"a": 1}\n\n{"a"\n[1]\n{"a": "\xff"}\n{"a": 2}\n')
    rows = list(json_lines(path))
    assert [line for line, _ in _places(rows)] == [1, 3, 4, 5, 6]
    reasons = [reason for _, reason in _places(rows)]
    assert reasons[0] == reasons[-1] == ""
    assert "not JSON" in reasons[1] and "not an object but list" in reasons[2] and "not UTF-8" in reasons[3]


@given(objects=st.lists(OBJECTS, max_size=5), indent=st.sampled_from([None, 1, 4]))
def test_every_entry_of_a_list_is_found_on_its_line(
    objects: list[dict[str, object]], indent: int | None, tmp_path_factory: pytest.TempPathFactory
):
    path = _write(tmp_path_factory.mktemp("json") / "list.json", json.dumps(objects, indent=indent))
    rows = list(json_entries(path))
    assert [row.fields for row in rows if isinstance(row, Record)] == objects
    text = path.read_text().split("\n")
    assert all(text[row.line - 1].lstrip(" [").startswith("{") for row in rows)


@given(objects=st.dictionaries(st.text(max_size=5), OBJECTS, max_size=5))
def test_entries_that_are_named_keep_their_names(
    objects: dict[str, dict[str, object]], tmp_path_factory: pytest.TempPathFactory
):
    path = _write(tmp_path_factory.mktemp("json") / "object.json", json.dumps(objects, indent=2))
    assert {row.key: row.fields for row in json_entries(path) if isinstance(row, Record)} == objects


@pytest.mark.parametrize("tail", ["", "]", ',\n{"c": }]', ' {"c": 3}]', '] {"c": 3}'])
def test_json_that_breaks_off_keeps_the_entries_before(tmp_path: Path, tail: str):
    rows = list(json_entries(_write(tmp_path / "list.json", '[{"a": 1},\n {"b": 2}' + tail)))
    assert [row.fields for row in rows if isinstance(row, Record)] == [{"a": 1}, {"b": 2}]
    broken = [row for row in rows if isinstance(row, Broken)]
    assert len(broken) == (tail != "]") and all("not read" in row.reason for row in broken)


def test_json_of_another_shape_is_one_broken_row(tmp_path: Path):
    for text in ("", "3", '"text"'):
        (row,) = json_entries(_write(tmp_path / "list.json", text))
        assert isinstance(row, Broken)


def test_a_table_says_where_a_row_begins(tmp_path: Path):
    table = 'id,note\n1,"two\nlines"\n2,short\n3\n4,"a"b\n5,last\n'
    rows = list(csv_rows(_write(tmp_path / "table.csv", table)))
    assert [line for line, _ in _places(rows)] == [2, 4, 5, 6, 7]
    assert [row.fields["id"] for row in rows if isinstance(row, Record)] == ["1", "2", "5"]
    assert "1 fields instead of 2" in _places(rows)[2][1] and "not CSV" in _places(rows)[3][1]


def test_xml_that_breaks_off_keeps_the_elements_before(tmp_path: Path):
    rows = list(xml_elements(_write(tmp_path / "a.xml", "<a>\n<b/>\n<b><b>&lt;</b></b>\n<b>"), "b"))
    whole = [row for row in rows if not isinstance(row, Broken)]
    assert [(row.get(LINE), "".join(row.itertext())) for row in whole] == [("2", ""), ("3", "<")]
    assert isinstance(rows[-1], Broken) and rows[-1].line == 4


def test_a_field_says_what_is_wrong_with_it_and_not_what_it_holds():
    record = Record(Path("file"), 1, {"number": "secret", "text": ["secret"], "empty": " ", "texts": {"A": 1}})
    for ask, reason in (
        (lambda: record.text("none"), "'none' is missing"),
        (lambda: record.text("text"), "'text' is not text but list"),
        (lambda: record.text("empty"), "'empty' is empty"),
        (lambda: record.number("number"), "'number' is not a number"),
        (lambda: record.items("number"), "'number' is not a list"),
        (lambda: record.texts("texts"), "'texts' does not hold texts"),
    ):
        with pytest.raises(Malformed, match=reason) as caught:
            ask()
        assert "secret" not in str(caught.value)
    assert record.maybe("none") == ""


def test_no_files_are_an_error_that_says_what_was_looked_for(tmp_path: Path):
    with pytest.raises(CorpusError, match=r"holds no \*\.tsv or \*\.csv"):
        files(tmp_path, "*.tsv", "*.csv")
    with pytest.raises(CorpusError, match="is missing"):
        files(tmp_path / "none", "*.tsv")


def test_a_recording_may_lack_only_with_its_folder(tmp_path: Path):
    assert beside(tmp_path / "audio", "a.wav") is None
    (tmp_path / "audio").mkdir()
    with pytest.raises(Malformed, match=r"audio/a\.wav is missing"):
        beside(tmp_path / "audio", "a.wav")


def test_who_wants_only_intact_rows_is_told_of_the_first_that_is_not(tmp_path: Path):
    choice = Choice("1", "en", "?", {"A": "yes"}, "A")
    rows = intact([choice, Broken(tmp_path, 7, "is not JSON")])
    assert next(rows) == choice
    with pytest.raises(CorpusError, match="line 7: is not JSON"):
        next(rows)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("eng_Latn", "en"), ("zho_Hans", "zh"), ("zho_Hant", "zh-Hant"), ("arb_Arab", "ar"), ("arb_Latn", "ar-Latn"),
        ("yue_Hant", "yue"), ("en_us", "en-US"), ("cmn_hans_cn", "zh-CN"), ("es_419", "es-419"), ("sw_ke", "sw-KE"),
        ("prs_Arab", "fa-AF"), ("fil_ph", "fil-PH"),
    ],
)  # fmt: skip
def test_codes_become_tags(code: str, tag: str):
    assert tag_of_code(code) == tag


def test_names_become_tags():
    assert [tag_of_name(name) for name in ("English", "Spanish", "Chinese", "Hindi")] == ["en", "es", "zh", "hi"]
    with pytest.raises(Malformed, match="Klingonese"):
        tag_of_name("Klingonese")
