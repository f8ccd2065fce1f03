"""`voicedoc phrases`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicedoc.cli.phrases import phrases
from voicedoc.errors import ConfigError, UnsupportedLanguage

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(phrases, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_without_the_model_search_goes_by_letters_and_says_so() -> None:
    given = ["search", "any allergies", "--language", "en", "--target", "pt", "--json"]
    result = CliRunner().invoke(phrases, given, catch_exceptions=False)
    assert json.loads(result.stdout)[0]["id"] == "allergies.any"
    assert "voicedoc models pull multilingual-e5-small" in result.stderr


def test_search_shows_the_phrase_its_translation_and_its_status() -> None:
    output = run("search", "any allergies", "--language", "en", "--target", "pt")
    assert "allergies.any" in output and "Tem alguma alergia?" in output and "unreviewed" in output


def test_search_says_when_nothing_fits() -> None:
    assert run("search", "the train is late", "--language", "en", "--target", "pt") == "no phrase says this\n"


def test_search_fills_slots_and_says_what_to_check() -> None:
    output = run("search", "Take 2.5 mg of Zyxomol twice a day", "--language", "en", "--target", "pt")
    assert "Tome 2,5 miligramas de Zyxomol" in output and "check: Zyxomol" in output
    assert "say or type: dose" in run("search", "take Zyxomol twice a day", "--language", "en", "--target", "pt")


def test_search_takes_a_glossary(tmp_path: Path) -> None:
    path = tmp_path / "visit.csv"
    path.write_text("kind,en,pt\ndrug,acetaminophen,paracetamol\n", "utf-8")
    text = "Are you allergic to acetaminophen?"
    output = run("search", text, "--language", "en", "--target", "pt", "--glossary", str(path))
    assert "É alérgico a paracetamol?" in output and "check" not in output


def test_search_as_json_can_be_read_by_programs() -> None:
    output = run("search", "Where is the pain?", "--language", "en", "--target", "de", "--limit", "1", "--json")
    (match,) = json.loads(output)
    assert match["id"] == "pain.where" and match["de"] == "Wo tut es weh?" and match["missing"] == []
    assert json.loads(run("search", "the train is late", "--language", "en", "--target", "de", "--json")) == []


def test_search_for_one_speaker_shows_only_what_that_one_says() -> None:
    output = run("search", "fever", "--language", "en", "--target", "pt", "--speaker", "patient")
    assert "patient.fever" in output and "symptoms.fever" not in output


def test_list_shows_a_category_in_the_languages_asked_for() -> None:
    output = run("list", "--category", "consent", "--language", "en", "--language", "ru")
    assert "consent.record" in output and "Можно записать" in output and "pain." not in output


def test_list_as_json_has_every_wordings_status() -> None:
    entries = json.loads(run("list", "--category", "patient", "--json"))
    assert all(
        "published by source" in wording["status"] for entry in entries for wording in entry["wordings"].values()
    )


def test_mistakes_have_remedies() -> None:
    with pytest.raises(ConfigError) as caught:
        run("list", "--category", "alergies")
    assert "allergies" in caught.value.remedy
    with pytest.raises(UnsupportedLanguage):
        run("list", "--language", "fi")
    assert CliRunner().invoke(phrases, ["search", "x", "--language", "english", "--target", "pt"]).exit_code == 2
