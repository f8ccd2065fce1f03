"""`voicedoc corpora`: list, info, check; and what every card must say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from voicedoc_corpora.catalogue import CORPORA, check, corpus, identify

from voicedoc.cli import main
from voicedoc.errors import ConfigError, CorpusError

pytestmark = pytest.mark.unit

QUESTION = {"question": "Which?", "options": {"A": "a", "B": "b"}, "answer_idx": "B"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["corpora", *map(str, arguments)])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "test.jsonl").write_text(json.dumps(QUESTION) + "\n")
    return tmp_path


@pytest.mark.parametrize("name", CORPORA)
def test_a_card_says_all_that_one_must_know(name: str):
    card = corpus(name).card
    assert card.description and card.languages and card.sources and card.attribution and card.fields and card.certainty
    assert all(source.files and source.origin and source.licence for source in card.sources)


def test_list_names_every_corpus():
    shown, listed = run("list"), run("list", "--json")
    assert shown.exit_code == listed.exit_code == 0
    assert [card["name"] for card in json.loads(listed.output)] == list(CORPORA)
    assert all(name in shown.output for name in CORPORA)


def test_info_says_where_it_comes_from_and_how_sure_its_format_is():
    shown = run("info", "flores")
    card = corpus("flores").card
    assert shown.exit_code == 0
    for said in (card.sources[0].licence, card.sources[0].origin, card.attribution, card.certainty, *card.fields):
        assert said in shown.output
    assert json.loads(run("info", "flores", "--json").output)["sources"][0]["redistributable"] is True
    assert "not to be passed on" in run("info", "emotiontalk").output


def test_a_mistyped_corpus_gets_a_suggestion():
    result = run("info", "pubmedq")
    assert result.exit_code == 1 and "pubmedqa" in result.output
    with pytest.raises(ConfigError, match="no corpus is called 'x'"):
        corpus("x")


def test_check_counts_the_rows_of_a_sound_copy(copy: Path):
    result = run("check", copy)
    assert result.exit_code == 0, result.output
    assert "medqa: 1 Choice, 0 broken" in result.output


def test_check_names_the_broken_rows_and_fails(copy: Path):
    with (copy / "test.jsonl").open("a") as file:
        file.write('{"question": "no more"}\n' * 25)
    result, listed = run("check", copy), run("check", copy, "--json")
    assert result.exit_code == listed.exit_code == 1
    assert "test.jsonl, line 2: field 'options' is missing" in result.output and "and 5 more" in result.output
    findings = json.loads(listed.output)
    assert findings["corpus"] == "medqa" and findings["rows"] == {"Choice": 1}
    assert [row["line"] for row in findings["broken"]] == list(range(2, 27))


def test_check_says_how_many_have_no_recording(tmp_path: Path):
    (tmp_path / "a.rttm").write_text("SPEAKER a 1 0.0 1.0 <NA> <NA> Ana <NA> <NA>\n")
    result = run("check", tmp_path)
    assert result.exit_code == 0 and "1 have no recording here" in result.output


def test_a_copy_that_nothing_can_read_must_be_named(copy: Path):
    (copy / "test.jsonl").write_text("{}\n")
    result = run("check", copy)
    assert result.exit_code == 1 and "--corpus" in result.output
    assert "line 1" in run("check", copy, "--corpus", "medqa").output
    with pytest.raises(CorpusError, match="looks like no corpus"):
        identify(copy)


def test_a_copy_that_several_can_read_must_be_named(copy: Path):
    (copy / "a.rttm").write_text("SPEAKER a 1 0.0 1.0 <NA> <NA> Ana <NA> <NA>\n")
    with pytest.raises(CorpusError, match="any of medqa, ami"):
        identify(copy)
    assert check(corpus("medqa"), copy).is_sound


def test_a_copy_without_rows_is_not_sound(copy: Path):
    (copy / "test.jsonl").write_text("")
    assert run("check", copy, "--corpus", "medqa").exit_code == 1


def test_the_development_sets_pieces_are_recognised(devset: Path):
    assert identify(devset / "audio" / "diar").card.name == "ami"
    assert identify(devset / "text" / "mmlu_clinical.jsonl").card.name == "medqa"
    assert run("check", devset / "audio" / "diar").exit_code == 0
