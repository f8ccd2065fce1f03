"""Routes: as it is, through English, both; the guard stands at each translation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.knowledge import starter_store
from voicedoc.converse.ask import Asker, Asking
from voicedoc.converse.knowledge.answer import Answer, Quote
from voicedoc.converse.knowledge.boundaries import text_of
from voicedoc.converse.knowledge.search import Search
from voicedoc.converse.routes import Both, DirectRoute, PivotRoute, checked, disagreements
from voicedoc.engine import open_translators
from voicedoc.profiles import load_profile
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.unit

QUESTION = "Posso tomar ibuprofeno com varfarina?"
ENGLISH = "Can I take ibuprofen with warfarin?"
SENTENCE = (
    "Do not take ibuprofen together with warfarin, apixaban, rivaroxaban, dabigatran, edoxaban or another blood "
    "thinner unless a doctor tells you to: it can cause serious bleeding."
)
GOOD = (
    "Não tome ibuprofeno com varfarina, apixabano, rivaroxabano, dabigatrano, edoxabano ou outro anticoagulante, a "
    "menos que um médico lhe diga: pode causar hemorragia grave."
)
BAD = GOOD.replace("Não tome", "Tome")


@pytest.fixture
def search(tmp_path: Path) -> Iterator[Search]:
    with starter_store(tmp_path) as store:
        yield Search(store)


def of_ibuprofen(answer: Answer) -> Quote:
    """The sentence that is translated here, among those of other sheets."""
    return next(quote for quote in answer.quotes if quote.text == SENTENCE)


def translator(**phrases: str) -> ScriptedTranslator:
    return ScriptedTranslator(phrases={QUESTION: ENGLISH, SENTENCE: GOOD, **phrases}, pairs=["pt-en", "en-pt"])


def test_each_sentence_is_shown_in_the_askers_language_and_quoted_in_its_own(search: Search) -> None:
    answer = DirectRoute(search, translator=translator()).answer(QUESTION, "pt")
    first = of_ibuprofen(answer)
    assert (first.text, first.shown, first.doubt, first.language) == (SENTENCE, GOOD, "", "en")
    assert answer.message == text_of("ask-also", "pt")


def test_a_translation_that_lost_its_not_is_never_shown(search: Search) -> None:
    route = DirectRoute(search, translator=ScriptedTranslator(phrases={SENTENCE: BAD}, pairs=["en-pt"]))
    first = of_ibuprofen(route.answer(QUESTION, "pt"))
    assert first.shown == SENTENCE
    assert first.doubt


def test_without_a_translator_the_documents_own_words_are_shown_and_it_is_said_why(search: Search) -> None:
    for some in (None, ScriptedTranslator(pairs=["en-fr"])):
        first = of_ibuprofen(DirectRoute(search, translator=some).answer(QUESTION, "pt"))
        assert first.shown == first.text == SENTENCE
        assert "no translator from 'en' to 'pt'" in first.doubt


def test_through_english_gives_the_same_answer(search: Search) -> None:
    answer = PivotRoute(search, translator()).answer(QUESTION, "pt")
    assert (answer.kind, answer.route, answer.question) == ("answer", "pivot", QUESTION)
    assert of_ibuprofen(answer).shown == GOOD


def test_a_question_that_english_changed_is_not_answered_through_english(search: Search) -> None:
    wrong = ScriptedTranslator(phrases={QUESTION: "Can I take ibuprofen with paracetamol?"}, pairs=["pt-en", "en-pt"])
    answer = PivotRoute(search, wrong).answer(QUESTION, "pt")
    assert (answer.kind, answer.quotes) == ("unknown", ())
    assert "could not be put into English reliably" in answer.warnings[0]


def test_a_boundary_that_shows_only_in_english_holds(search: Search) -> None:
    asked = "Que quantia serve para um miúdo?"
    some = ScriptedTranslator(phrases={asked: "What dose is for a child?"}, pairs=["pt-en", "en-pt"])
    answer = PivotRoute(search, some).answer(asked, "pt")
    assert (answer.kind, answer.reason, answer.message) == ("boundary", "dose", text_of("dose", "pt"))


def test_both_ways_that_agree_say_nothing_more(search: Search) -> None:
    some = translator()
    answer = Both(DirectRoute(search, translator=some), PivotRoute(search, some)).answer(QUESTION, "pt")
    assert (answer.kind, answer.route, answer.warnings) == ("answer", "both", ())


def test_both_ways_that_disagree_warn_the_clinician(search: Search) -> None:
    lost = ScriptedTranslator(phrases={QUESTION: "Can I take ibuprofen with warfarin and grapefruit?"})
    one = DirectRoute(search).answer(QUESTION, "pt")
    other = DirectRoute(search).answer("Can babies have honey?", "en")
    found = disagreements(one, other)
    assert any("cite different documents" in warning for warning in found)
    assert any("only one route's sentences say" in warning and "drug" in warning for warning in found)
    unknown = DirectRoute(search).answer("Quem ganhou?", "pt")
    assert disagreements(one, unknown) == ("the routes disagree: direct gives 'answer', direct gives 'unknown'",)
    both = Both(DirectRoute(search), PivotRoute(search, lost)).answer(QUESTION, "pt")
    assert both.quotes == one.quotes
    assert any("disagree" in warning for warning in both.warnings) or both.kind == "answer"


def test_the_profile_chooses_per_language_and_falls_back_where_nothing_translates(search: Search) -> None:
    asking = Asking(route="direct", routes={"pt": "both"})
    with_both = Asker(search, translator=translator(), asking=asking)
    assert with_both.ask(QUESTION, "pt").route == "both"
    assert with_both.ask(ENGLISH, "en").route == "direct"
    assert Asker(search, asking=asking).ask(QUESTION, "pt").route == "direct"
    deaf = ScriptedTranslator(pairs=["en-pt"])
    assert Asker(search, translator=deaf, asking=asking).ask(QUESTION, "pt").route == "direct"


def test_a_translator_that_fails_or_says_nothing_is_not_relied_on() -> None:
    failing = ScriptedTranslator(failing=["Take one."], phrases={"Go.": ""})
    assert checked("Take one.", "en", "pt", failing)[1]
    assert checked("Go.", "en", "pt", failing)[1]
    assert checked("Go.", "en", "sv", ScriptedTranslator())[1] == "the guard cannot compare 'en' with 'sv'"


def test_a_profiles_translators_are_opened_alone_and_a_direction_without_one_is_no_error() -> None:
    with open_translators(load_profile("scripted"), [("en", "pt"), ("pt", "en")]) as made:
        assert made.supports("en", "pt")
    with open_translators(load_profile("embedded"), [("zh", "ru")]) as made:
        assert not made.supports("zh", "ru")
