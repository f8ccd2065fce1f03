"""A visit's glossary: read, checked, and what each step gets from it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.glossary import MAX_HOTWORDS, Glossary, Pair, Term, any_term, key_of
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit

TOML = """
[[terms]]
kind = "drug"
term = "Xarelto"
say = { pt = "Zarélto" }

[[terms]]
kind = "drug"
en = "acetaminophen"
pt-BR = "paracetamol"

[[terms]]
kind = "name"
term = "Nguyen"
say = { en = "Win", pt = "Uíen" }

[[terms]]
kind = "allergy"
term = "latex"
pt = "látex"
"""

CSV = """kind,term,en,pt-BR,pt,say:pt,say:en
drug,Xarelto,,,,Zarélto,
drug,,acetaminophen,paracetamol,,,
name,Nguyen,,,,Uíen,Win
allergy,latex,,,látex,,

"""


def read(tmp_path: Path, text: str, suffix: str = ".toml") -> Glossary:
    path = tmp_path / f"visit{suffix}"
    path.write_text(text, "utf-8")
    return Glossary.read(path)


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    return read(tmp_path, TOML)


def test_toml_and_csv_say_the_same(tmp_path: Path, glossary: Glossary) -> None:
    assert read(tmp_path, CSV, ".csv") == glossary
    assert read(tmp_path, "\ufeff" + CSV, ".csv") == glossary  # as spreadsheets save it


def test_hotwords_are_the_terms_of_one_language(glossary: Glossary) -> None:
    assert glossary.hotwords("en-GB") == "Xarelto, acetaminophen, Nguyen, latex"
    assert glossary.hotwords("pt") == "Xarelto, paracetamol, Nguyen, látex"


def test_hotwords_never_cut_a_term_nor_grow_past_the_prompt() -> None:
    terms = tuple(Term("drug", f"Longname{n:04}") for n in range(200))
    words = Glossary(terms).hotwords("en")
    assert len(words) <= MAX_HOTWORDS
    assert set(words.split(", ")) <= {term.common for term in terms}


def test_pairs_are_what_must_become_what(glossary: Glossary) -> None:
    assert glossary.pairs("en", "pt") == [
        Pair("acetaminophen", "paracetamol"),
        Pair("Xarelto", "Xarelto"),
        Pair("Nguyen", "Nguyen", cased=True),
        Pair("latex", "látex"),
    ]


def test_a_term_without_a_form_in_the_language_is_left_alone(glossary: Glossary) -> None:
    assert [pair.source for pair in glossary.pairs("fr", "de")] == ["Xarelto", "Nguyen", "latex"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Tome Xarelto, senhor Nguyen.", "pt", "Tome Zarélto, senhor Uíen."),
        ("XARELTO é bom", "pt-BR", "Zarélto é bom"),
        ("Xareltomania", "pt", "Xareltomania"),
        ("Take Xarelto", "en", "Take Xarelto"),
        ("Nichts davon", "de", "Nichts davon"),
    ],
)
def test_a_voice_gets_the_respelling(glossary: Glossary, text: str, language: str, expected: str) -> None:
    assert glossary.pronounce(text, language) == expected


@pytest.mark.parametrize("said", ["İnsulin  Glargine", "ınsulin\nglargine", "INSULIN\u00a0GLARGINE"])
def test_a_term_is_one_term_however_it_is_spaced_and_capitalised(said: str) -> None:
    glossary = Glossary((Term("drug", "insulin glargine", say={"en": "in su lin"}),))
    assert glossary.pronounce(f"Take {said}.", "en") == "Take in su lin."
    assert glossary.drug(said, "en", "pt") == "insulin glargine"


def other_is_found(term: str, text: str) -> bool:
    """Whether a pattern for the one finds the other; that of one letter costs nothing to make."""
    return re.fullmatch(re.escape(term), text, re.IGNORECASE) is not None


def test_what_a_pattern_takes_for_one_term_has_one_key() -> None:
    letters = [chr(at) for at in range(0x20000) if chr(at).lower() != chr(at).upper()]
    pairs = [(one, other) for one in letters for other in (one.lower(), one.upper(), one.title(), "i")]
    unlike = [(one, other) for one, other in pairs if one != other and key_of(one) != key_of(other)]
    assert not [pair for pair in unlike if other_is_found(*pair)]


def test_a_respelling_in_a_language_that_the_term_has_no_form_in_changes_nothing() -> None:
    term = Term("drug", forms={"en": "Tylenol", "es": "Tylenol"}, say={"pt": "Tailenol"})
    assert Glossary((term,)).pronounce("Tome isto.", "pt") == "Tome isto."


def test_drugs_and_allergens_have_names_in_the_other_language(glossary: Glossary) -> None:
    assert glossary.drug("Acetaminophen", "en", "pt") == "paracetamol"
    assert glossary.drug("latex", "en", "pt") == "látex"
    assert glossary.drug("Nguyen", "en", "pt") is None and glossary.drug("aspirin", "en", "pt") is None
    assert list(glossary.drugs("pt")) == ["Xarelto", "paracetamol", "látex"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("terms = 3", "list of"),
        ('[[terms]]\nkind = "drug"\nterm = "A"\n[other]\nx = 1', "list of"),
        ('[[terms]]\nkind = "pill"\nterm = "A"', "entry 1: kind is 'pill'"),
        ('[[terms]]\nterm = "A"', "entry 1: kind is ''"),
        ('[[terms]]\nkind = "drug"', "entry 1: needs a term"),
        ('[[terms]]\nkind = "drug"\nen = "A"', "form in two languages"),
        ('[[terms]]\nkind = "drug"\nterm = ""', "entry 1: term is no text"),
        ('[[terms]]\nkind = "drug"\nterm = "A"\npt = 3', "entry 1: pt is no text"),
        ('[[terms]]\nkind = "drug"\nterm = "A"\nEnglish = "B"', "'English' is neither"),
        ('[[terms]]\nkind = "drug"\nterm = "A"\nsay = "B"', "say is not a table"),
        ('[[terms]]\nkind = "drug"\nterm = "A"\nsay = { pt = "" }', "say.pt is no text"),
        (
            '[[terms]]\nkind = "drug"\nen = "A"\npt = "B"\n[[terms]]\nkind = "drug"\nen = "a"\npt = "C"',
            "twice for 'en'",
        ),
        ("[[terms", "cannot read"),
    ],
)
def test_what_is_wrong_is_said_with_place_and_remedy(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem.replace("(", r"\(")) as caught:
        read(tmp_path, text)
    assert "visit.toml" in str(caught.value) and caught.value.remedy


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind,term\ndrug,A,B\n", "line 2 has more cells"),
        ("kind,term\npill,A\n", "line 2: kind is 'pill'"),
        ("", "has no column 'kind'"),
        ("drug,Xarelto\ndrug,Eliquis\n", "has no column 'kind'"),
        ("kind,en,EN,pt\ndrug,A,B,C\n", "has the column 'en' twice"),
    ],
)
def test_csv_errors_name_the_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        read(tmp_path, text, ".csv")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheets_csv_may_have_semicolons_or_tabs_and_capitals(
    tmp_path: Path, glossary: Glossary, separator: str
) -> None:
    text = CSV.replace(",", separator).replace("kind", "Kind").replace("drug", "Drug")
    assert read(tmp_path, text, ".csv") == glossary


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_accents_that_are_written_as_marks_of_their_own_are_the_same(tmp_path: Path, suffix: str) -> None:
    text = CSV if suffix == ".csv" else TOML
    assert read(tmp_path, unicodedata.normalize("NFD", text), suffix) == read(tmp_path, text, suffix)


def test_another_kind_of_file_and_a_missing_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"neither \.toml nor \.csv"):
        read(tmp_path, "x", ".txt")
    with pytest.raises(ConfigError, match="cannot read"):
        Glossary.read(tmp_path / "none.toml")
    (tmp_path / "latin.csv").write_bytes("kind,term\nname,José\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="cannot read"):
        Glossary.read(tmp_path / "latin.csv")


def test_an_empty_glossary_changes_nothing() -> None:
    empty = Glossary()
    assert (empty.hotwords("en"), empty.pairs("en", "pt"), empty.pronounce("Xarelto", "pt")) == ("", [], "Xarelto")


def test_a_term_is_found_between_chinese_letters_and_not_inside_words() -> None:
    assert any_term(["Xarelto"]).search("请服用Xarelto一天一次")
    assert any_term(["阿司匹林"]).search("请服用阿司匹林片")
    assert not any_term(["ace"]).search("aceite")


@given(st.lists(st.text(min_size=1).filter(lambda text: bool(text.strip()))), st.text())
def test_any_terms_make_a_pattern(terms: list[str], text: str) -> None:
    any_term(terms).search(text)


def test_a_digest_is_over_what_it_says(tmp_path: Path, glossary: Glossary) -> None:
    assert read(tmp_path, CSV, ".csv").sha256 == glossary.sha256
    assert Glossary(glossary.terms[:1]).sha256 != glossary.sha256
    assert Glossary().sha256 == ""
