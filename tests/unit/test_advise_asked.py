"""Which questions of the packs a clinician asks in other words. Rather none than the wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.converse.advice.asked import NOTHING, QuestionFinder
from voicedoc.converse.complaints.load import load_packs
from voicedoc.errors import UnsupportedLanguage

pytestmark = pytest.mark.unit

FINDER = QuestionFinder(load_packs())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Do you have a stiff neck?", "common.neck-stiff"),
        ("Any fever?", "common.fever"),
        ("Have you had a temperature or fever?", "common.fever"),
        ("Did the headache come suddenly and reach its worst within one minute?", "common.headache-thunderclap"),
        ("Good morning. Have you noticed any fever at all?", "common.fever"),
        ("Are you short of breath?", "common.breathless"),
    ],
)
def test_a_question_in_other_words_is_known(text: str, question: str) -> None:
    if question not in {one.id for pack in load_packs().packs.values() for one in pack.questions}:
        pytest.skip(f"the packs have no {question}")
    assert question in FINDER.asked(text, "en").questions


@pytest.mark.parametrize("text", ["How are you?", "Do you take sugar in your tea?", "Is it raining?", "Thank you."])
def test_small_talk_asks_nothing(text: str) -> None:
    assert FINDER.asked(text, "en").questions == ()


def test_what_is_stated_is_not_asked() -> None:
    assert FINDER.asked("You have a stiff neck and a fever.", "en") == NOTHING


def test_only_the_last_question_is_answered() -> None:
    asked = FINDER.asked("Do you have a fever? Do you have a stiff neck?", "en")
    assert {"common.fever", "common.neck-stiff"} <= set(asked.questions) and asked.last == ("neck-stiff",)
    assert FINDER.asked("Do you have a fever? I will look at your neck now.", "en").last == ()


def test_a_question_about_allergies_is_known_as_one() -> None:
    assert FINDER.asked("Are you allergic to anything?", "en").about_allergy
    assert not FINDER.asked("Are you allergic to anything? And do you smoke?", "en").about_allergy


@pytest.mark.parametrize("language", ["en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru"])
def test_every_packs_own_wording_is_known_in_its_language(language: str) -> None:
    packs = load_packs()
    wordings = {q.id: q.text[language] for pack in packs.packs.values() for q in pack.questions if q.must}
    try:
        found = {one: FINDER.asked(text, language).questions for one, text in wordings.items()}
    except UnsupportedLanguage:
        pytest.skip(f"signs cannot be read in {language}")
    asking = {one for one, text in wordings.items() if text.strip()[-1:] in "?？؟"}
    known = {one for one in asking if found[one]}
    assert len(known) >= 0.95 * len(asking), sorted(asking - known)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    asked = FINDER.asked(text, "en")
    assert isinstance(asked.questions, tuple)
