from __future__ import annotations

import pytest

from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard.teach_back import Repetition, compare_repetition

pytestmark = pytest.mark.unit

INSTRUCTION = "Take one tablet of amoxicillin twice a day for seven days. Do not drink alcohol."


def repetition(said: str, language: str = "pt") -> Repetition:
    return compare_repetition(INSTRUCTION, said, source="en", target=language)


def test_a_whole_repetition_in_other_words_keeps_everything():
    found = repetition(
        "Vou tomar um comprimido de amoxicilina duas vezes por dia, durante sete dias, e não posso beber."
    )
    assert found.whole and not found.added
    assert {"one tablet", "amoxicillin", "twice a day", "seven days", "not"} <= set(found.kept)


def test_what_is_missing_is_named_in_the_doctors_words():
    found = repetition("Tomo um comprimido de amoxicilina duas vezes por dia. Não posso beber.")
    assert found.missing == ("seven days",) and not found.changed
    assert not found.whole


def test_what_is_changed_is_named_in_both():
    found = repetition("Tomo um comprimido de amoxicilina uma vez por dia, sete dias, e não bebo álcool.")
    assert found.changed == ("twice a day → uma vez por dia",)
    assert not found.missing


def test_a_dropped_prohibition_is_missing():
    found = repetition("Um comprimido de amoxicilina duas vezes por dia, sete dias, e posso beber álcool.")
    assert "not" in found.missing


def test_what_the_patient_adds_is_named_and_leaves_it_whole():
    text = "Um comprimido de amoxicilina duas vezes por dia, sete dias, não bebo álcool, e tomo ibuprofeno."
    found = repetition(text)
    assert found.added == ("ibuprofeno",) and found.whole


def test_body_parts_and_symptoms_are_worded_freely():
    found = compare_repetition("Put 2 drops in your eyes for the itching.", "Duas gotas.", source="en", target="pt")
    assert found.whole


def test_a_language_that_the_guard_does_not_know_cannot_be_compared():
    with pytest.raises(UnsupportedLanguage):
        repetition("Twee keer per dag.", "nl")
