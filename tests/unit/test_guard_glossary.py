"""The guard knows the drugs and allergens of a visit's glossary beside its own."""

from __future__ import annotations

import pytest

from voicedoc.core.glossary import Glossary, Term
from voicedoc.guard import compare_texts
from voicedoc.guard.names import VisitNames

pytestmark = pytest.mark.unit

NAMES = VisitNames(
    Glossary(
        (
            Term("drug", "Zyntrafel", {"ru": "Зинтрафел", "hi": "ज़िंट्राफेल"}),
            Term("drug", "", {"en": "the blue pill", "pt": "o comprimido azul"}),
            Term("drug", "", {"en": "acetaminophen", "pt": "paracetamol"}),
            Term("allergy", "", {"en": "lupin", "pt": "tremoço"}),
            Term("name", "Hope"),
        )
    )
)


def held(source: str, target: str, language: str = "pt", names: VisitNames | None = NAMES) -> list[str]:
    found = compare_texts(source, target, source="en", target=language, names=names).held
    return [f"{verdict.kind} {verdict.item.kind} {verdict.item.value}" for verdict in found]


def test_a_drug_that_is_in_no_list_is_missed_where_the_glossary_has_it():
    assert held("Take Zyntrafel now.", "Tome agora.", names=None) == []
    assert held("Take Zyntrafel now.", "Tome agora.") == ["missing drug zyntrafel"]
    assert held("Take it now.", "Tome Zyntrafel agora.") == ["invented drug zyntrafel"]
    assert held("Take Zyntrafel now.", "Tome Zyntrafel agora.") == []


@pytest.mark.parametrize(("language", "text"), [("ru", "Примите Зинтрафел."), ("hi", "ज़िंट्राफेल लें।")])
def test_a_drug_is_the_same_in_other_scripts(language: str, text: str):
    assert held("Take Zyntrafel.", text, language) == []


def test_a_name_of_several_words_is_one_drug():
    assert held("Take the blue pill.", "Tome o comprimido azul.") == []
    assert held("Take the blue pill.", "Tome o comprimido.") == ["missing drug the blue pill"]


def test_a_drug_that_the_guard_lists_keeps_its_other_names():
    assert held("Take Tylenol.", "Tome paracetamol.") == []
    assert held("Take acetaminophen.", "Tome Tylenol.") == []


def test_an_allergen_counts_where_allergies_are_spoken_of():
    assert held("I'm allergic to lupin.", "Tenho alergia a tremoço.") == []
    assert held("I'm allergic to lupin.", "Tenho alergia a soja.") == ["changed allergy lupin"]
    assert held("I'm allergic to lupin.", "Tenho alergia a soja.", names=None) == ["invented allergy soy"]


def test_people_are_no_drugs():
    assert held("Hope is here.", "Esperança está aqui.") == []
