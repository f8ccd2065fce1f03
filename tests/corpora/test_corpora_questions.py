"""Readers of questions and of decision trees: XLingHealth, MedQA, PubMedQA, CasiMedicos-Arg, Text2MDT."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from voicedoc_corpora import casimedicos, medqa, pubmedqa, text2mdt, xlinghealth
from voicedoc_corpora.rows import Broken, Choice, DecisionTree, Question, Tagged

pytestmark = pytest.mark.unit

LANGUAGES = ("English", "Spanish", "Chinese", "Hindi")


def _reasons(rows: list[Any]) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows if isinstance(row, Broken)]


# --- XLingHealth


def _workbook(path: Path, rows: list[list[Any]], names: list[str] | None = None) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    wide = [f"{part}_{language}" for language in LANGUAGES for part in ("question", "answer")]
    for row in ([*(names or ["id", "label", "answer_ids", *wide])], *rows):
        book.active.append(row)
    book.save(path)
    return path


def _texts(number: int) -> list[str]:
    return [f"{part} {number} in {language}" for language in LANGUAGES for part in ("question", "answer")]


def test_a_wide_sheet_becomes_questions_in_four_languages(tmp_path: Path):
    _workbook(tmp_path / "LiveQA.xlsx", [[0, 1, "[0, 4, 7]", *_texts(0)], [4.0, 0, None, *_texts(4)]])
    first, second = xlinghealth.read(tmp_path)
    assert isinstance(first, Question) and isinstance(second, Question)
    assert (first.id, first.fits, first.wrong) == ("LiveQA:0", True, ("LiveQA:4", "LiveQA:7"))
    assert (second.id, second.fits, second.wrong) == ("LiveQA:4", False, ())
    assert first.text["hi"] == "question 0 in Hindi" and first.answer["zh"] == "answer 0 in Chinese"
    assert set(first.text) == set(first.answer) == set(xlinghealth.CARD.languages)


def test_a_sheet_may_have_other_languages(tmp_path: Path):
    names = ["id", "label", "question_Swahili", "answer_Swahili"]
    (row,) = xlinghealth.read(_workbook(tmp_path / "own.xlsx", [[1, 1, "Homa?", "Pumzika."]], names))
    assert isinstance(row, Question) and row.text == {"sw": "Homa?"} and row.answer == {"sw": "Pumzika."}


def test_rows_of_a_workbook_that_are_not_as_they_should_be_are_reported(tmp_path: Path):
    sound = [1, 1, "[1]", *_texts(1)]
    rows = [
        ["", 1, None, *_texts(2)],
        [3, "perhaps", None, *_texts(3)],
        [4, 2, None, *_texts(4)],
        [5, 1, "[1, 2", *_texts(5)],
        [6, 1, None, *_texts(6)[:-1]],
        [7, 1, None, 8, *_texts(7)[1:]],
        sound,
    ]
    found = list(xlinghealth.read(_workbook(tmp_path / "book.xlsx", rows)))
    assert [line for line, _ in _reasons(found)] == [2, 3, 4, 5, 6, 7]
    assert isinstance(found[-1], Question) and found[-1].id == "book:1"


def test_labels_may_be_a_list_beside_the_ids(tmp_path: Path):
    rows = [
        [3, "[1, 0, 1]", "['3', 7, 8]", *_texts(3)],
        [4, "[1, 0]", "[4, 5, 6]", *_texts(4)],
        [5, "[0, 1]", "[5, 6]", *_texts(5)],
        [6, "[1, 2]", "[6, 7]", *_texts(6)],
    ]
    found = list(xlinghealth.read(_workbook(tmp_path / "book.xlsx", rows)))
    assert isinstance(found[0], Question) and found[0].fits and found[0].wrong == ("book:7",)
    assert [line for line, _ in _reasons(found)] == [3, 4, 5]


@pytest.mark.parametrize(
    "names", [["id", "label", "question_English"], ["id", "question_English", "answer_English"], ["id", "label"]]
)
def test_a_sheet_without_the_columns_is_reported_once(tmp_path: Path, names: list[str]):
    path = _workbook(tmp_path / "book.xlsx", [["1"] * len(names)] * 3, names)
    ((line, reason),) = _reasons(list(xlinghealth.read(path)))
    assert line == 1 and "has no column" in reason


def test_a_language_that_nobody_speaks_is_reported(tmp_path: Path):
    names = ["id", "label", "question_Klingonese", "answer_Klingonese"]
    ((_, reason),) = _reasons(list(xlinghealth.read(_workbook(tmp_path / "a.xlsx", [[1, 1, "a", "b"]], names))))
    assert "Klingonese" in reason


def test_what_is_no_workbook_does_not_end_the_reading(tmp_path: Path):
    (tmp_path / "HealthQA.xlsx").write_text("version https://git-lfs.github.com/spec/v1\n")
    _workbook(tmp_path / "LiveQA.xlsx", [[1, 1, None, *_texts(1)]])
    found = list(xlinghealth.read(tmp_path))
    assert isinstance(found[0], Broken) and "Git LFS" in found[0].reason
    assert isinstance(found[1], Question)


def test_the_development_sets_questions_survive_a_workbook(tmp_path: Path, devset: Path):
    lines = (devset / "text" / "xlinghealth.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    tags = dict(zip(LANGUAGES, ("en", "es", "zh", "hi"), strict=True))
    rows = [
        [n, 1, None, *(item[part][tags[language]] for language in LANGUAGES for part in ("question", "answer"))]
        for n, item in enumerate(items)
    ]
    found = list(xlinghealth.read(_workbook(tmp_path / "LiveQA.xlsx", rows)))
    assert len(found) == 97
    for row, item in zip(found, items, strict=True):
        assert isinstance(row, Question)
        assert row.text == {tag: item["question"][tag].strip() for tag in tags.values()}
        assert row.answer == {tag: item["answer"][tag].strip() for tag in tags.values()}


# --- MedQA, PubMedQA


def _jsonl(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


MEDQA = {"question": "Which?", "answer": "b", "options": {"A": "a", "B": "b"}, "meta_info": "step1", "answer_idx": "B"}


def test_medqa_in_its_folders_has_its_languages(tmp_path: Path):
    for folder in ("US", "Mainland", "Taiwan"):
        _jsonl(tmp_path / folder / "test.jsonl", MEDQA)
    found = [row for row in medqa.read(tmp_path) if isinstance(row, Choice)]
    assert Counter(row.language for row in found) == {"en": 1, "zh": 1, "zh-TW": 1}
    assert {(row.id, row.question, row.answer) for row in found} == {("test:1", "Which?", "B")}


def test_medqa_questions_without_an_answer_are_reported(tmp_path: Path):
    rows = [
        MEDQA | {"answer_idx": "E"},
        MEDQA | {"answer": "a"},
        MEDQA | {"options": ["a", "b"]},
        {k: v for k, v in MEDQA.items() if k != "question"},
        MEDQA,
    ]
    found = list(medqa.read(_jsonl(tmp_path / "test.jsonl", *rows)))
    assert [line for line, _ in _reasons(found)] == [1, 2, 3, 4] and isinstance(found[4], Choice)


@pytest.mark.parametrize(("name", "n"), [("mmlu_clinical", 80), ("pubmedqa", 50)])
def test_real_questions_in_this_format_are_read(devset: Path, name: str, n: int):
    found = list(medqa.read(devset / "text" / f"{name}.jsonl"))
    assert len(found) == n and _reasons(found) == []
    assert all(isinstance(row, Choice) and row.question and row.answer in row.options for row in found)


PUBMEDQA = {
    "QUESTION": "Does it help?",
    "CONTEXTS": ["It was given.", "It helped."],
    "LABELS": ["METHODS", "RESULTS"],
    "final_decision": "maybe",
    "LONG_ANSWER": "It may help.",
}


def test_pubmedqa_becomes_a_choice_of_three(tmp_path: Path):
    rows = {"1": PUBMEDQA, "2": PUBMEDQA | {"final_decision": "perhaps"}, "3": PUBMEDQA | {"CONTEXTS": []}}
    path = tmp_path / "ori_pqal.json"
    path.write_text(json.dumps(rows, indent=4))
    found = list(pubmedqa.read(tmp_path))
    expected = Choice("1", "en", "Does it help?", pubmedqa.DECISIONS, "C", "It was given.\nIt helped.", "It may help.")
    assert found[0] == expected
    lines = path.read_text().splitlines()
    assert [lines[line - 1].strip() for line, _ in _reasons(found)] == ['"2": {', '"3": {']


# --- CasiMedicos-Arg


def test_casimedicos_sentences_have_a_tag_for_each_word(tmp_path: Path):
    (tmp_path / "ES").mkdir()
    (tmp_path / "ES" / "dev.tsv").write_text(
        "TIPO: O \n\nFiebre B-Premise HighQuality\nalta. I-Premise\n\nEs O\nA B-Claim\n"
    )
    found = list(casimedicos.read(tmp_path))
    assert found[1] == Tagged("dev:3", "es", ("Fiebre", "alta."), ("B-Premise", "I-Premise"))
    assert [row.id for row in found if isinstance(row, Tagged)] == ["dev:1", "dev:3", "dev:6"]


def test_a_sentence_with_a_broken_line_is_left_out_and_reported(tmp_path: Path):
    (tmp_path / "dev.tsv").write_text("A O\n\nB\nC I-Claim\nD I-Guess\n\nE O\n")
    found = list(casimedicos.read(tmp_path))
    assert [line for line, _ in _reasons(found)] == [3, 5]
    assert [row.words for row in found if isinstance(row, Tagged)] == [("A",), ("E",)]


# --- Text2MDT


@pytest.fixture
def guidelines(devset: Path) -> Path:
    folder = devset.parent / "text2mdt"
    if not folder.is_dir():
        pytest.skip(f"no Text2MDT at {folder}")
    return folder


def test_every_real_decision_tree_is_read(guidelines: Path):
    found = list(text2mdt.read(guidelines))
    assert len(found) == 400 and _reasons(found) == []
    assert Counter(row.id.split(":")[0] for row in found if isinstance(row, DecisionTree)) == {"train": 300, "dev": 100}
    assert len({row.id for row in found if isinstance(row, DecisionTree)}) == 400
    nodes = [node for row in found if isinstance(row, DecisionTree) for node in row.nodes]
    assert Counter(node.role for node in nodes)["C"] == 735 and sum(len(node.triples) for node in nodes) == 2630


def _node(role: str) -> dict[str, Any]:
    return {"role": role, "triples": [["a", "b", "c"]], "logical_rel": "null"}


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        ([_node("C"), _node("D")], "1 branches of the tree have no node"),
        ([_node("D"), _node("D")], "node 2 has no place"),
        ([], "1 branches"),
        ([_node("E")], "node 1 has neither the role"),
        ([{**_node("D"), "triples": [["a", "b"]]}], "something else than triples"),
        ([{**_node("D"), "logical_rel": "xor"}], "neither and, or, nor null"),
        (["D"], "node 1"),
    ],
)
def test_a_tree_that_does_not_fold_is_reported(tmp_path: Path, nodes: list[Any], reason: str):
    whole = {"text": "t", "tree": [_node("C"), _node("D"), _node("D")]}
    (tmp_path / "dev.json").write_text(json.dumps([{"text": "t", "tree": nodes}, whole]))
    broken, tree = text2mdt.read(tmp_path)
    assert isinstance(broken, Broken) and reason in broken.reason
    assert isinstance(tree, DecisionTree) and [node.role for node in tree.nodes] == ["C", "D", "D"]
