from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.helpers
import voicedoc.guard
from voicedoc.guard import LANGUAGES, extract
from voicedoc.guard.answers import Answer, n_words_beside, read_answer, restates
from voicedoc.guard.questions import wording

pytestmark = pytest.mark.unit

YES, NO, UNCLEAR, CORRECTION, STATEMENT = Answer

TABLES = tomllib.loads((Path(tests.helpers.__file__).parent / "guard_answers.toml").read_text("utf-8"))
SAID = {language: table.pop("said") for language, table in TABLES.items()}
"""What was said before the question, in each language: 20 mg, twice a day."""

ANSWERS = {language: {Answer(kind): texts for kind, texts in table.items()} for language, table in TABLES.items()}

CASES = [
    (language, answer, text) for language, table in ANSWERS.items() for answer, texts in table.items() for text in texts
]


@pytest.mark.parametrize(("language", "answer", "text"), CASES)
def test_an_answer_is_read_as_people_mean_it(language: str, answer: Answer, text: str):
    assert read_answer(text, language, extract(SAID[language], language)) is answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_but_a_yes_is_ever_read_as_one(language: str):
    others = [text for kind, texts in ANSWERS[language].items() if kind is not YES for text in texts]
    asked = extract(SAID[language], language)
    assert [text for text in others if read_answer(text, language, asked) is YES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guard_language_has_questions_and_answers(language: str):
    words = wording(language)
    assert words and all("{items}" in question for question in (words.read_back, words.doubt))
    assert not any("{" in text for text in (words.hold, words.say_again, words.teach_back))
    assert set(ANSWERS[language]) == set(Answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_means_two_things(language: str):
    path = Path(voicedoc.guard.__file__).parent / "questions" / f"{language}.toml"
    lists = tomllib.loads(path.read_text("utf-8"))["answers"]
    phrases = [phrase for listed in lists.values() for phrase in listed]
    assert sorted(phrases) == sorted(set(phrases))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_yes_and_no_is_plain(language: str):
    path = Path(voicedoc.guard.__file__).parent / "questions" / f"{language}.toml"
    lists = tomllib.loads(path.read_text("utf-8"))["answers"]
    assert [phrase for phrase in lists["yes"] + lists["echo"] if read_answer(phrase, language) is not YES] == []
    assert [phrase for phrase in lists["no"] if read_answer(phrase, language) is not NO] == []
    assert [
        phrase for phrase in lists["unsure"] + lists["filler"] if read_answer(phrase, language) is not UNCLEAR
    ] == []


def test_another_side_is_a_correction():
    asked = extract("My left arm hurts.", "en")
    assert read_answer("Right.", "en", asked) is UNCLEAR
    assert read_answer("That's right.", "en", asked) is YES
    assert read_answer("No, the right arm.", "en", asked) is CORRECTION


def test_a_correction_stands_by_itself_only_where_it_says_what_was_asked_about():
    asked = extract("Take twenty milligrams.", "en")
    assert restates("No, take fifteen milligrams.", "en", asked)
    assert not restates("No, fifteen.", "en", asked)
    assert not restates("No, I said something.", "en", asked)
    assert restates("No, that was for my brother.", "en", asked)


def test_a_language_without_answer_words_has_no_plain_answers():
    assert read_answer("Ja.", "nl") is STATEMENT
    assert n_words_beside("Ja, graag.", "nl") == 2


def test_a_long_text_is_a_statement():
    assert read_answer("yes " * 1000, "en") is STATEMENT


@given(st.sampled_from(LANGUAGES), st.text(max_size=80), st.text(max_size=80))
def test_reading_an_answer_never_raises(language: str, text: str, said: str):
    assert read_answer(text, language, extract(said, language)) in Answer


@given(st.sampled_from(LANGUAGES), st.sampled_from(["15", "7", "300"]))
def test_another_number_than_the_one_asked_about_is_never_a_yes(language: str, number: str):
    asked = extract(SAID[language], language)
    for yes in ANSWERS[language][YES]:
        assert read_answer(f"{yes.rstrip('.。।!')}, {number}", language, asked) is not YES
