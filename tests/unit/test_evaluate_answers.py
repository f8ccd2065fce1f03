"""Answers in free text, read strictly and as the released scorers read them, and the vote of samples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.evaluate.answers import JUDGEMENTS, Judgement, Vote, read_judgement, read_letter, read_verdict, vote

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "strict", "released"),
    [
        ("The fever suggests it. Final Answer: (B)", "B", "B"),
        ("final answer : c", "C", "C"),
        ("**Final Answer:** (C)", "C", "C"),
        ("**Final Answer: (C)**", "C", "C"),
        ("The final answer is $\\boxed{D}$.", "D", "D"),
        ("Final Answer: $\\boxed{\\text{A}}$", "A", None),
        ("Final Answer: The final answer is $\\boxed{B}$", "B", "B"),
        ("Final Answer：（B）", "B", None),
        ("Final Answer: (B)\nOn reflection, Final Answer: (C)", "C", "B"),
        ("The final answer is (A). No: the final answer is (D).", "D", "D"),
        ("Final answer: B. Diazepam", "B", "B"),
        ("Final answer: (B) Diazepam", "B", "B"),
        ("Final answer: B - Diazepam", "B", "B"),
        ("Final answer: Diazepam", None, "D"),
        ("Final answer: a beta blocker", None, "A"),
        ("Final answer: B-blocker", None, "B"),
        ("Final answer: (A) or (B)", None, "A"),
        ("Final answer: A or B", None, "A"),
        ("Final answer: A/B", None, "A"),
        ("Final answer: none of these", None, None),
        ("Final Answer:\n\n(C)\nI hope this helps.", "C", "C"),
        ("Final answer: (E)", None, None),
        ("B", "B", None),
        ("(b).", "B", None),
        ("A fever has many causes.", None, None),
        ("I would choose C", None, None),
        ("", None, None),
    ],
)
def test_a_letter_is_read(text: str, strict: str | None, released: str | None):
    assert read_letter(text) == strict
    assert read_letter(text, as_released=True) == released


def test_a_letter_must_be_one_of_the_options():
    assert read_letter("Final Answer: (E)", "ABCDE") == "E"
    assert read_letter("Final Answer: (D)", "ABC") is None
    assert read_letter("Final Answer: (D)", "ABC", as_released=True) is None


@pytest.mark.parametrize(
    ("text", "strict", "released"),
    [
        # The four errors of the released reader.
        ("不对", "no", "yes"),
        ("Unknown", None, "no"),
        ("कारण पता नहीं है", None, "no"),
        ("Yes, known side effect", "yes", None),
        # What it reads right, and what else there is.
        ("Yes", "yes", "yes"),
        ("No.", "no", "no"),
        ("Sí", "yes", "yes"),
        ("Sí, es correcto.", "yes", "yes"),
        ("是的。", "yes", "yes"),
        ("不是", "no", "no"),
        ("不正确", "no", "no"),
        ("हाँ।", "yes", "yes"),
        ("नहीं, यह गलत है", "no", "no"),
        ("**Yes**", "yes", "yes"),
        ("Answer: **No**", "no", "no"),
        ("Answer: yes", "yes", "yes"),
        ("答案：对", "yes", "yes"),
        ("Não.", "no", None),
        ("Not sure", None, "no"),
        ("Noted", None, "no"),
        ("No idea", None, "no"),
        ("No-one knows", None, "no"),
        ("不确定", None, None),
        ("是不是呢", None, "no"),
        ("Yes and no", None, None),
        ("", None, None),
    ],
)
def test_yes_or_no_is_read(text: str, strict: str | None, released: str | None):
    assert read_verdict(text) == strict
    assert read_verdict(text, as_released=True) == released


@pytest.mark.parametrize("judgement", JUDGEMENTS)
def test_a_judgement_is_read_from_the_last_sentences(judgement: Judgement):
    text = f"Answer 2 says more. It is longer.\n{JUDGEMENTS[judgement]}."
    assert read_judgement(text) == read_judgement(text, as_released=True) == judgement
    buried = f"{JUDGEMENTS[judgement]}. But this is not the end. There is more. And more"
    assert read_judgement(buried) is None is read_judgement(buried, as_released=True)


def test_of_two_judgements_the_released_reader_takes_the_first_of_its_list_and_the_strict_one_none():
    text = f"One might say: {JUDGEMENTS['contradicts']}. In the end: {JUDGEMENTS['more']}."
    assert read_judgement(text) is None
    assert read_judgement(text, as_released=True) == "contradicts"


def test_the_vote_takes_the_most_frequent_and_of_equals_the_first():
    assert vote(["B", "A", None, "B", "C"]) == Vote("B", 2, 4, 5)
    assert vote(["C", "A", "A", "C"]).answer == "C"
    assert vote([None, None]) == Vote(None, 0, 0, 2)
    assert vote([]) == Vote(None, 0, 0, 0)


@given(st.lists(st.sampled_from(["A", "B", "C", None]), max_size=12))
def test_no_answer_has_more_votes_than_the_winner(answers: list[str | None]):
    found = vote(answers)
    assert all(answers.count(letter) <= found.n_for for letter in "ABC")
    assert found.n_for <= found.n_readable <= found.n == len(answers)


@given(st.text(max_size=80))
def test_every_text_can_be_read_or_is_none(text: str):
    for released in (False, True):
        assert read_letter(text, as_released=released) in {*"ABCD", None}
        assert read_verdict(text, as_released=released) in {"yes", "no", None}
        assert read_judgement(text, as_released=released) in {*JUDGEMENTS, None}
