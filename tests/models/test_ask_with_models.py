"""Answers with the packaged models: found by meaning, translated, and held by the guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.challenge.knowledge import questions
from tests.helpers.knowledge import starter_store
from voicedoc.converse.ask import Asker, Asking
from voicedoc.converse.knowledge.distil import distil
from voicedoc.converse.knowledge.search import Search
from voicedoc.core.cards import LoadedModel
from voicedoc.engine import open_translators
from voicedoc.guard import compare_texts
from voicedoc.phrases.e5 import E5, MODEL
from voicedoc.profiles import load_profile

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def search(loaded_model: Callable[[str], LoadedModel], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    embedder = E5(loaded_model(MODEL))
    with starter_store(Path(tmp_path_factory.mktemp("knowledge"))) as store:
        store.embed_missing(embedder)
        yield Search(store, embedder)


def test_the_right_sheet_is_among_the_first_three_passages_for_nine_questions_in_ten(search: Search) -> None:
    asked = [question for question in questions() if question.sheets]
    found = 0
    for question in asked:
        hits = search.find(distil(question.text, question.language), 3)
        found += any(hit.passage.document.source.removeprefix("starter/") in question.sheets for hit in hits)
    assert found >= 0.9 * len(asked)


def test_a_portuguese_question_is_answered_in_portuguese_both_ways(
    search: Search, loaded_model: Callable[[str], LoadedModel]
) -> None:
    for name in ("firefox-en-pt", "firefox-pt-en"):
        loaded_model(name)
    with open_translators(load_profile("embedded"), [("pt", "en"), ("en", "pt")]) as translator:
        asker = Asker(search, translator=translator, asking=Asking("both"))
        answer = asker.ask("Posso tomar ibuprofeno com varfarina?", "pt")
    assert (answer.kind, answer.route) == ("answer", "both")
    assert any("serious bleeding" in quote.text for quote in answer.quotes)
    for quote in answer.quotes:
        assert (quote.shown == quote.text) == bool(quote.doubt)
        assert quote.doubt or not compare_texts(quote.text, quote.shown, source="en", target="pt").held
    assert any(not quote.doubt for quote in answer.quotes)
