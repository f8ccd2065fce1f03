from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.guard import LANGUAGES
from voicedoc.guard.doubt import DOUBT_BELOW, find_doubts

pytestmark = pytest.mark.unit


def heard(text: str, *unsure: str, language: str = "en", alternatives: tuple[str, ...] = ()) -> Hypothesis:
    """A reading whose words are sure but for those named."""
    words = tuple(
        Word(word, Span(float(at), at + 1.0), 0.1 if word.strip(".,") in unsure else 0.95)
        for at, word in enumerate(text.split())
    )
    return Hypothesis(text, language, 1.0, 0.9, words, alternatives=alternatives)


def doubted(hypothesis: Hypothesis) -> set[str]:
    return {doubt.item.text for doubt in find_doubts(hypothesis)}


def test_an_item_with_an_unsure_word_is_doubted_and_its_neighbours_are_not():
    assert doubted(heard("Take fifteen milligrams twice a day.", "fifteen")) == {"fifteen", "fifteen milligrams"}
    assert doubted(heard("Take fifteen milligrams twice a day.", "Take")) == set()


def test_the_confidence_is_that_of_the_least_sure_word():
    (doubt,) = [one for one in find_doubts(heard("For 5 days", "days")) if one.item.kind == "duration"]
    assert doubt.confidence == 0.1 < DOUBT_BELOW
    assert find_doubts(heard("For 5 days", "days"), below=0.05) == ()


def test_each_of_two_equal_words_has_its_own_confidence():
    text = "One day, five drops, five tablets."
    words = [Word(word, Span(0, 1), 0.9) for word in text.split()]
    words[4] = Word("five", Span(0, 1), 0.2)
    doubts = find_doubts(Hypothesis(text, "en", 1.0, 0.9, tuple(words)))
    assert {doubt.item.text for doubt in doubts} == {"five", "five tablets"}


def test_a_value_that_another_reading_has_otherwise_is_doubted():
    doubts = find_doubts(heard("Take fifteen milligrams.", alternatives=("Take fifty milligrams.",)))
    assert {(doubt.item.value, doubt.other) for doubt in doubts} == {
        ("15", "fifty"),
        ("15 milligram", "fifty milligrams"),
    }


def test_another_spelling_or_a_reading_that_lacks_it_raises_no_doubt():
    assert doubted(heard("Take 15 mg.", alternatives=("Take fifteen milligrams!", "Take it."))) == set()


def test_only_the_value_that_differs_is_doubted():
    reading = heard("5 mg of warfarin and 2 mg of folate", alternatives=("5 mg of warfarin and 3 mg of folate",))
    assert doubted(reading) == {"2", "2 mg"}


def test_a_short_no_is_not_doubted():
    assert doubted(heard("No.", "No", alternatives=("Now.",))) == set()


def test_words_without_spaces_are_placed_in_the_text():
    words = tuple(
        Word(text, Span(0, 1), sure) for text, sure in (("每次", 0.9), ("十五", 0.2), ("毫克", 0.9), ("。", 0.9))
    )
    doubts = find_doubts(Hypothesis("每次十五毫克。", "zh", 1.0, 0.8, words))
    assert {doubt.item.value for doubt in doubts} == {"15", "15 milligram"}


def test_a_reading_without_words_in_time_or_in_an_unknown_language_has_no_doubts():
    assert find_doubts(Hypothesis("Take 15 mg.", "en", 1.0, 0.2)) == ()
    assert find_doubts(heard("Neem 15 mg.", "15", language="nl")) == ()


@given(
    st.sampled_from(LANGUAGES), st.text(max_size=60), st.lists(st.text(max_size=8), max_size=8), st.text(max_size=40)
)
def test_any_reading_can_be_doubted(language: str, text: str, words: list[str], other: str):
    placed = tuple(Word(word, Span(0, 1), 0.1) for word in words)
    for doubt in find_doubts(Hypothesis(text, language, 1.0, 0.5, placed, alternatives=(other,))):
        assert text[doubt.item.start : doubt.item.end] == doubt.item.text
