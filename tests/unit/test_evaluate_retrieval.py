"""Retrieval: ranks, answers out of the right documents, and the real starter set by words alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.challenge.knowledge import questions
from tests.helpers.systems import ScriptedDocuments, ScriptedSystems
from voicedoc.converse.knowledge.answer import Answer, Citation, Quote
from voicedoc.errors import ConfigError, CorpusError, UnsupportedLanguage
from voicedoc.evaluate.documents import StarterDocuments, retrieve
from voicedoc.evaluate.retrieval import BY_NAME, FINDERS, read_questions
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

QUESTIONS = """
[[question]]
language = "en"
text = "first?"
sheets = ["a", "b"]

[[question]]
language = "en"
text = "second?"
sheets = ["c"]

[[question]]
language = "en"
text = "nobody knows?"
sheets = []
"""


def quoting(*names: str) -> Answer:
    quotes = tuple(Quote("s", "en", Citation(n, name, f"starter/{name}", 1, 0, 1), "s") for n, name in enumerate(names))
    return Answer("answer", "q", "en", "", quotes=quotes)


SCRIPTED = ScriptedDocuments(
    found={"first?": ("x", "b", "a"), "second?": ("x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "c")},
    answers={"first?": quoting("b", "x"), "second?": quoting("c", "c")},
    names=("a", "z"),
)


def task_file(folder: Path, ways: tuple[str, ...]) -> str:
    (folder / "own.toml").write_text(QUESTIONS, "utf-8")
    path = folder / "small.toml"
    path.write_text(
        f'kind = "retrieval"\nversion = 1\ntitle = "Small"\nscorers = {json.dumps(load_task("retrieval").scorers)}\n'
        'tables = ["retrieval"]\n[data]\npart = "wanted"\nfiles = ["own.toml"]\nlanguages = ["en"]\n'
        f"answerers = {json.dumps(ways)}\n",
        "utf-8",
    )
    return str(path)


def figures(outcome: Outcome, part: str) -> dict[str, float]:
    return {figure.scorer: round(figure.value, 1) for figure in outcome.figures if figure.slice == part}


def test_ranks_and_answers_are_scored_of_those_questions_that_they_are_about(tmp_path: Path) -> None:
    systems = ScriptedSystems(documents=SCRIPTED)
    outcome = run_task(load_task(task_file(tmp_path, ("both", BY_NAME))), systems, tmp_path / "out", root=None)
    assert figures(outcome, "en both") == {
        "hr@1": 0.0,
        "hr@3": 50.0,
        "hr@5": 50.0,
        "mrr": 25.0,  # second, and below the tenth
        "answered": 100.0,
        "cites-right": 100.0,
        "cites-only-right": 50.0,
        "abstains": 100.0,
        "told-by-tables": 0.0,
        "failed": 0.0,
    }
    by_name = figures(outcome, f"en {BY_NAME}")
    assert by_name["hr@1"] == 50.0 and "answered" not in by_name
    (table,) = outcome.tables
    assert ("mean reciprocal rank of the first right passage, of 10", "both", 25.0, 0.0, 50.0, 2) in table.rows


def test_nothing_finds_by_another_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'wrods'") as caught:
        load_task(task_file(tmp_path, ("wrods",)))
    assert "words" in caught.value.remedy
    with pytest.raises(ConfigError, match="needs a way"):
        load_task(task_file(tmp_path, ()))


def test_questions_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for text in ("[[question]]\ntext = 'no language'", "not toml", ""):
        path = tmp_path / "own.toml"
        path.write_text(text, "utf-8")
        with pytest.raises(CorpusError, match=r"own\.toml"):
            read_questions(path)
    with pytest.raises(CorpusError, match=r"none\.toml"):
        read_questions(tmp_path / "none.toml")


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StarterDocuments]:
    documents = StarterDocuments(tmp_path_factory.mktemp("starter"), None, None)
    yield documents
    documents.close()


def test_the_starter_set_is_found_by_words_and_says_when_meaning_needs_a_model(starter: StarterDocuments) -> None:
    found = retrieve(starter, "words", "Can babies have honey?", "en", ["honey-and-babies"])
    assert (found.kind, found.found[0], found.cited) == ("answer", "honey-and-babies", ("honey-and-babies",))
    assert {"honey-and-babies", "warfarin"} <= set(starter.names)
    for way in ("meaning", "both"):
        with pytest.raises(UnsupportedLanguage, match="meaning"):
            retrieve(starter, way, "Can babies have honey?", "en", [])
    assert "no vectors" in starter.fingerprint


def test_the_shipped_questions_name_sheets_that_there_are(starter: StarterDocuments) -> None:
    asked = questions()
    assert len(asked) == 75 and sum(bool(one.sheets) for one in asked) == 54
    assert {sheet for one in (*asked, *questions("calibration")) for sheet in one.sheets} <= set(starter.names)
    assert set(load_task("retrieval").data.answerers) == set(FINDERS)
