"""No reader ends on what it cannot read, whatever a file holds."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from voicedoc_corpora.catalogue import CORPORA
from voicedoc_corpora.rows import Broken

pytestmark = pytest.mark.unit

NAMES = {"flores": "eng_Latn.devtest", "fleurs": "test.tsv", "primock57": "day1_consultation01_doctor.TextGrid"}
FIELDS = (
    "id", "label", "question", "options", "answer_idx", "text", "tree", "role", "triples", "history", "instruction",
    "output", "dialogue", "self_report", "CONTEXTS", "final_decision", "cate1", "cate2", "diagnosis",
)  # fmt: skip

PIECES = st.sampled_from(
    [
        "SPEAKER", "a", "1", "-1", "nan", "inf", "1e999", "<NA>", "O", "B-Claim", '"', '""', "<exists>", "<tu>",
        "</tu>", "<recording>", '<segment start="x">', "{", "}", "[", "]", ",", ":", "\t", " ", "\n", "id,dialogue\n",
        '"ooTextFile"', '"TextGrid"', '"IntervalTier"',
    ]
)  # fmt: skip
JUMBLE = st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode())
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8)
LISTS = st.lists(OBJECTS, max_size=3).map(lambda rows: json.dumps(rows).encode())
LINES = st.lists(OBJECTS, max_size=3).map(lambda rows: b"\n".join(json.dumps(row).encode() for row in rows))


@pytest.mark.parametrize("name", CORPORA)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60) | JUMBLE | LISTS | LINES)
def test_whatever_a_file_holds_becomes_rows_and_broken_ones(tmp_path: Path, name: str, content: bytes):
    if name == "xlinghealth":
        pytest.importorskip("openpyxl")
    path = tmp_path / NAMES.get(name, "file")
    path.write_bytes(content)
    for row in CORPORA[name].read(path):
        if isinstance(row, Broken):
            assert (
                row.reason
                and 0 <= row.line <= content.replace(b"\r", b"\n").count(b"\n") + 1
                and row.file.parent == tmp_path
            )


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_workbook_is_no_obstacle(tmp_path: Path, seed: int):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "label", "question_English", "answer_English"], *([n, 1, "q", "a"] for n in range(5))):
        book.active.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    whole, draw = path.read_bytes(), random.Random(seed)
    for _ in range(20):
        damaged = bytearray(whole[: draw.randrange(len(whole))] if draw.random() < 0.3 else whole)
        for _ in range(draw.choice([1, 3, 30]) if damaged else 0):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        path.write_bytes(damaged)
        assert all(row.file == path for row in CORPORA["xlinghealth"].read(path) if isinstance(row, Broken))
