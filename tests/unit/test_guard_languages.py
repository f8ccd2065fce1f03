"""The guard in languages beside English: what it reads, what it lets pass and what it names in each category."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.unit.guard_languages import arabic, chinese, hindi, russian
from voicedoc.guard import CATEGORIES, compare_texts, extract, support

pytestmark = pytest.mark.unit

LANGUAGES: dict[str, ModuleType] = {"ar": arabic, "zh": chinese, "hi": hindi, "ru": russian}


def held(language: str, english: str, text: str) -> set[str]:
    there = compare_texts(english, text, source="en", target=language).held
    back = compare_texts(text, english, source=language, target="en").held
    assert {verdict.item.kind for verdict in there} == {verdict.item.kind for verdict in back}
    return {verdict.item.kind for verdict in there}


def named(language: str, english: str, text: str) -> set[str]:
    return {v.item.kind for v in compare_texts(english, text, source="en", target=language).differences}


@pytest.mark.parametrize(
    ("language", "text", "kind", "values"), [(tag, *row) for tag, data in LANGUAGES.items() for row in data.READ]
)
def test_what_is_said_is_read(language: str, text: str, kind: str, values: list[str]):
    assert [item.value for item in extract(text, language) if item.kind == kind] == values


@pytest.mark.parametrize(
    ("language", "category", "english", "right", "wrong"),
    [(tag, *row) for tag, data in LANGUAGES.items() for row in data.PAIRS],
)
def test_a_faithful_translation_passes_and_a_wrong_one_is_named(
    language: str, category: str, english: str, right: str, wrong: str
):
    assert held(language, english, right) == set()
    assert category in named(language, english, wrong)


@pytest.mark.parametrize(
    ("language", "english", "text"), [(tag, *row) for tag, data in LANGUAGES.items() for row in data.SAME]
)
def test_what_is_said_in_the_languages_own_way_passes(language: str, english: str, text: str):
    assert held(language, english, text) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_that_is_claimed_has_a_pair(language: str, category: str):
    assert support(language)[category] == (category in {pair[0] for pair in LANGUAGES[language].PAIRS})
