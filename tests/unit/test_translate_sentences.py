"""Long text is cut where nothing is lost, and put together whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.errors import BackendFailed
from voicedoc.translate.sentences import pieces, sentences, translate_by_sentence

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "whole",
    [
        "Take 2.5 mg of it.",
        "Dr. Smith is here.",
        "A Sra. Lopes vai ao médico.",
        "Tome 2,5 mg às 10:30.",
        "Come at 8 a.m. and wait.",
        "Mr. J. Smith called.",
        "Am 3. Mai kommen Sie wieder.",
        "Vitamins, e.g. B12, help.",
        "It is 2. 5 milligrams.",
        "Well… maybe.",
    ],
)
def test_what_is_not_an_end_does_not_split(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It hurts. Here? Yes!", ["It hurts.", "Here?", "Yes!"]),
        ("¿Le duele? Sí.", ["¿Le duele?", "Sí."]),
        ("我头痛。昨天开始的！", ["我头痛。", "昨天开始的！"]),
        ("क्या दर्द है? हाँ। बहुत।", ["क्या दर्द है?", "हाँ।", "बहुत।"]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_ends_of_sentences_split(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    assert pieces("the first half of it is this, the second is that", max_length=40) == [
        "the first half of it is this,",
        "the second is that",
    ]


def test_a_number_is_not_cut_from_its_unit() -> None:
    assert pieces("and then I always take 400 milligrams", max_length=26) == [
        "and then I always take",
        "400 milligrams",
    ]
    assert pieces("and then I always took 400 mg", max_length=27)[-1] == "400 mg"


def test_a_word_without_spaces_is_cut_by_force() -> None:
    assert pieces("x" * 450, max_length=200) == ["x" * 200, "x" * 200, "x" * 50]


@given(st.text(alphabet="aB1. ,;?!…\n。'\"2:", max_size=300), st.integers(8, 60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, max_length: int) -> None:
    parts = pieces(text, max_length=max_length)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part and len(part) <= max_length for part in parts)


def test_pieces_are_joined_with_spaces_where_the_language_has_them() -> None:
    assert translate_by_sentence("One. Two. …", str.upper, target="pt") == "ONE. TWO. …"
    assert translate_by_sentence("One. Two.", lambda _: "一。", target="zh-Hant") == "一。一。"


def test_a_piece_without_words_is_not_given_to_the_model() -> None:
    seen: list[str] = []
    translate_by_sentence("Yes. ... !", lambda piece: seen.append(piece) or piece, target="pt")
    assert seen == ["Yes."]


def test_a_sentence_that_comes_back_empty_fails_the_whole() -> None:
    with pytest.raises(BackendFailed, match="1 of 2 sentences") as caught:
        translate_by_sentence("It hurts. Secret.", lambda piece: "" if "Secret" in piece else piece, target="pt")
    assert "Secret" not in str(caught.value)
