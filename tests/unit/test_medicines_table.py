"""The tables of medicines: every name is one that can be read, every rule has a sentence and a source."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

import voicedoc.converse.medicines as package
import voicedoc.guard as guard
from voicedoc.converse.medicines.lexicon import LANGUAGES, Mark, medicine_lexicon
from voicedoc.converse.medicines.read import medicines_in
from voicedoc.converse.medicines.table import (
    allergies,
    classes,
    conditions,
    interactions,
    known_name,
    known_names,
    sentence,
    sources,
)
from voicedoc.converse.signs.sign import names
from voicedoc.errors import UnsupportedLanguage

pytestmark = pytest.mark.unit

FOLDER = Path(str(package.__file__)).parent

THINGS = frozenset({"alcohol", "grapefruit"})
"""What is no medicine."""


def read(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def drugs_of_the_guard() -> set[str]:
    lines = (Path(str(guard.__file__)).with_name("drugs.csv")).read_text("utf-8").splitlines()
    return {row["inn"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def named_things() -> set[str]:
    return {name for language in LANGUAGES for name in read(f"lexicons/{language}.toml")["names"]}


def test_there_are_enough_pairs_and_all_ten_languages() -> None:
    pairs = read("interactions.toml")["pairs"]
    assert len(pairs) >= 150
    assert LANGUAGES == ("ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh")


def test_every_rule_has_a_sentence_and_a_source() -> None:
    for rule in (*interactions(), *allergies(), *conditions()):
        assert rule.source in sources()
        text = sentence(rule.effect, "en", one="warfarin", other="ibuprofen", **{"class": "NSAID"})
        assert text.endswith(".") and "{" not in text
        assert rule.severity in ("major", "moderate")


def test_every_source_says_who_and_where_and_is_used() -> None:
    used = {rule.source for rule in (*interactions(), *allergies(), *conditions())}
    assert set(sources()) == used
    for source in sources().values():
        assert source.publisher and source.title and source.url.startswith("https://")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_effect_has_a_wording_with_the_same_blanks(language: str) -> None:
    for effect, wordings in read("effects.toml").items():
        blanks = [re.findall(r"{\w+}", str(wordings[tag])) for tag in ("en", language)]
        assert blanks[0] == blanks[1], effect
        assert str(wordings[language])[-1] in ".。।"
        assert not re.search(r"\d", str(wordings[language])), "it says no doses"


def test_an_effect_without_a_wording_in_a_language_is_said_in_english() -> None:
    assert sentence("bleeding", "sw") == sentence("bleeding", "en")


def test_every_medicine_of_the_tables_can_be_read_in_what_somebody_says() -> None:
    """By the guard's list, by the words here, or at least as an unlisted name that sounds like it."""
    can_be_named = drugs_of_the_guard() | named_things()
    unread = [name for name in known_names() - can_be_named if not medicines_in(f"I take {name} every day.", "en")]
    # brands and class words of these are rare; the guard's list is not ours
    assert len(unread) <= 25, sorted(unread)
    assert known_names() >= named_things() - THINGS


def test_conditions_are_signs_or_words_of_every_lexicon() -> None:
    own = set(read("lexicons/en.toml")["conditions"])
    for rule in conditions():
        assert rule.one <= names().keys() | own
    for language in LANGUAGES:
        assert set(read(f"lexicons/{language}.toml")["conditions"]) == own
        assert set(read(f"lexicons/{language}.toml")["names"]) == named_things()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_beside_a_medicine_has_two_meanings(language: str) -> None:
    table = read(f"lexicons/{language}.toml")
    marks = [set(table[mark.value]) for mark in Mark]
    assert sum(map(len, marks)) == len(set().union(*marks))
    assert medicine_lexicon(f"{language}-XX").guard.language == language


def test_classes_have_members_and_no_class_is_a_member_by_mistake() -> None:
    for name, group in classes().items():
        assert len(group.members) >= 2, name
        assert not group.members & (classes().keys() - {name} - {"tetracycline"}), name


def test_a_name_by_its_sound_is_the_tables_name() -> None:
    assert known_name("vardenafil") == "vardenafil"
    assert known_name("rosuvastatina") == "rosuvastatin"
    assert known_name("nothing of the kind") == "nothing of the kind"


def test_a_language_without_words_for_medicines_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage, match="'sw'"):
        medicine_lexicon("sw")
    assert medicines_in("Ninakunywa warfarin.", "sw") == ()
