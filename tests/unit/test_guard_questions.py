from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.challenge.pairs import challenge
from voicedoc.guard import LANGUAGES, extract
from voicedoc.guard import questions as questions_module
from voicedoc.guard.questions import excerpts, outermost, stated, with_items, wording

pytestmark = pytest.mark.unit


def read(text: str, language: str = "en", *kinds: str) -> tuple[str, ...]:
    items = [item for item in extract(text, language) if not kinds or item.kind in kinds]
    return excerpts(text, language, items)


def test_items_are_read_with_the_words_between_them():
    assert read("Take twenty milligrams of lisinopril twice a day.") == ("twenty milligrams of lisinopril twice a day",)


def test_items_far_apart_are_read_one_by_one():
    text = "Take 20 mg because of what we found in your blood last time, and come back in 2 weeks."
    assert read(text, "en", "dose", "duration") == ("20 mg", "2 weeks")


def test_what_is_denied_or_stopped_is_read_whole():
    assert read("Do not take ibuprofen.", "en", "drug") == ("Do not take ibuprofen",)
    assert read("Stop taking the metformin.", "en", "drug") == ("Stop taking the metformin",)


def test_a_mere_number_or_side_is_read_with_its_sentence():
    assert read("Hello. My left arm hurts!", "en", "laterality") == ("My left arm hurts",)
    assert read("I am 39 now.", "en", "number") == ("I am 39 now",)


def test_marks_that_belong_to_an_item_stay():
    (only,) = read("Not more than one tablet b.i.d.", "en")
    assert only.endswith("b.i.d") or only.endswith("b.i.d.")


def test_the_outermost_items_are_the_composed_ones():
    kinds = [item.kind for item in outermost(extract("Take 20 mg twice a day.", "en"))]
    assert kinds == ["dose", "frequency"]


def test_what_is_only_asked_is_not_stated():
    items = stated("Do you take metformin? Take 20 mg.", "en")
    assert {item.value for item in items} == {"20", "20 milligram", "milligram"}


def test_a_question_is_in_the_speakers_language_with_their_words():
    words = wording("pt-BR")
    assert words
    said = read("Tome vinte miligramas duas vezes por dia.", "pt")
    assert with_items(words.read_back, words.comma, said) == "Disse: vinte miligramas duas vezes por dia. Certo?"


def test_there_are_questions_in_every_language_of_the_guard():
    assert questions_module.LANGUAGES == LANGUAGES
    assert wording("nl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_contains_each_items_own_words(language: str):
    words = wording(language)
    assert words
    texts = sorted({pair.source for pair in challenge("dev") if pair.source_language == language})[::4]
    assert len(texts) > 30
    for text in texts:
        items = extract(text, language)
        asked = with_items(words.read_back, words.comma, excerpts(text, language, items))
        assert [item.text for item in items if item.text not in asked] == []


@given(st.sampled_from(LANGUAGES), st.text(max_size=120))
def test_any_text_can_be_read_back(language: str, text: str):
    items = extract(text, language)
    said = "\n".join(excerpts(text, language, items))
    assert all(item.text in said for item in items)
    assert all(excerpt in text for excerpt in excerpts(text, language, items))
