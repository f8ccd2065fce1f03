"""Where a text is cut: early, and never inside what belongs together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.speak.clauses import clauses, next_cut

pytestmark = pytest.mark.unit


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_first_clause_ends_at_the_first_comma_that_is_far_enough() -> None:
    assert next(clauses("Take it with food, and drink a lot of water afterwards.")) == "Take it with food,"


def test_later_clauses_are_longer() -> None:
    first, second = clauses(
        "Take it with food, and water, and rest, then come back next week if it has not got better."
    )
    assert first == "Take it with food,"
    assert second.startswith("and water, and rest, then")


@pytest.mark.parametrize(
    "whole",
    [
        "Take exactly 2.5 mg.",
        "Tome exatamente 2,5 mg.",
        "Come tomorrow at 10:30 please.",
        "It began on 12.05.2024 at home.",
        "Please ask for Dr. Smith.",
        "Olá, eu sou a Sra. Silva.",
        "Take one tablet b.i.d. with food.",
        "Kommen Sie bitte am 5. Mai.",
        "Take either 2, 3 or 4 of them.",
        "His initial is J. Smith.",
    ],
)
def test_what_belongs_together_stays_together(whole: str) -> None:
    assert list(clauses(whole, first=12, rest=12)) == [whole]


def test_a_dose_may_be_cut_after_its_comma_only() -> None:
    assert list(clauses("Take only 2.5 mg, twice a day.")) == ["Take only 2.5 mg,", "twice a day."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("早上好，请每天服用2.5毫克，早晚各一次。如果头痛，请告诉我们。", 3),
        ("कृपया एक गोली सुबह लें। फिर रात को एक और लें।", 2),
        ("تناول حبة واحدة في الصباح، وحبة أخرى قبل النوم؟ شكرا لك.", 3),
    ],
)
def test_other_scripts_have_their_own_marks(text: str, parts: int) -> None:
    assert len(list(clauses(text))) == parts


def test_closing_quotes_stay_with_their_clause() -> None:
    assert next(clauses('She told me "stop." Then she left.')) == 'She told me "stop."'


def test_an_endless_sentence_is_cut_between_words() -> None:
    parts = list(clauses("word " * 100, longest=80))
    assert len(parts) > 4
    assert max(map(len, parts)) <= 81


def test_an_endless_sentence_is_not_cut_between_a_number_and_its_unit() -> None:
    for shift in range(12):
        text = "a" * shift + " take 250 mg of this" * 20
        assert all(not part[-1].isdigit() and not part.startswith("mg") for part in clauses(text, longest=60))


def test_a_growing_text_is_cut_where_the_whole_one_is() -> None:
    text = "Please take this twice a day, and come back on Monday at 10:30. Call us if it hurts."
    cut = next_cut(text, 12, 160)
    assert all(next_cut(text[:n], 12, 160) in (0, cut) for n in range(len(text) + 1))


@given(st.text("ab1 2.5,:;!?-\"'()«。，।、\n漢字हिन्दी"), st.integers(1, 40), st.integers(20, 200))
def test_no_character_is_lost_or_added(text: str, first: int, longest: int) -> None:
    parts = list(clauses(text, first=first, longest=longest))
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(part == part.strip() and part for part in parts)


@given(
    st.lists(st.sampled_from(["take", "2.5", "mg", "10:30", "Dr.", "well,", "now.", "1,000", "e.g.", "3"]), max_size=60)
)
def test_no_clause_begins_or_ends_inside_a_number(words: list[str]) -> None:
    assert [word for part in clauses(" ".join(words)) for word in part.split()] == words


def test_nothing_gives_no_clauses() -> None:
    assert list(clauses("  \n ")) == []
