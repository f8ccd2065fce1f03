"""Translators of translators: pivots, ways back, routes."""

from __future__ import annotations

import pytest

from voicedoc.core.speech import Translation
from voicedoc.errors import UnsupportedLanguage
from voicedoc.translate.compose import Pivot, back_translate
from voicedoc.translate.identity import Identity
from voicedoc.translate.router import Translators
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.unit

EN_PT = ScriptedTranslator(pairs=["en-pt"], phrases={"It hurts.": "Dói."}, name="a")
PT_ES = ScriptedTranslator(pairs=["pt-es"], phrases={"Dói.": "Duele."}, name="b")
PT_EN = ScriptedTranslator(pairs=["pt-en"], phrases={"Dói.": "It aches."}, name="c")


def test_a_pivot_names_both_models_in_order() -> None:
    made = Pivot(EN_PT, PT_ES, via="pt").translate("It hurts.", source="en", target="es-MX")
    assert made == Translation("Duele.", "en", "es-MX", ("a", "b"))


def test_a_pivot_supports_what_both_halves_do() -> None:
    pivot = Pivot(EN_PT, PT_ES, via="pt")
    assert pivot.supports("en-GB", "es") and not pivot.supports("es", "en") and not pivot.supports("en", "pt")
    with pytest.raises(UnsupportedLanguage):
        pivot.translate("x", source="es", target="en")


def test_a_pivot_keeps_the_doubts_of_both_halves() -> None:
    made = Pivot(Identity(), Identity(), via="pt").translate("It hurts.", source="en", target="es")
    assert made.doubts == ("untranslated",)


def test_a_way_back_says_what_the_other_hears() -> None:
    there = EN_PT.translate("It hurts.", source="en", target="pt")
    back = back_translate(PT_EN, there)
    assert back == Translation("It aches.", "pt", "en", ("a", "c"))


def test_the_first_that_supports_a_pair_takes_it() -> None:
    everything = ScriptedTranslator(name="all")
    routes = Translators([EN_PT, everything])
    assert routes.plan("en", "pt-BR") is EN_PT
    assert routes.plan("en", "vi") is everything
    assert routes.translate("It hurts.", source="en", target="pt").models == ("a",)


def test_what_is_missing_is_said_by_name_with_a_remedy() -> None:
    with pytest.raises(UnsupportedLanguage, match="from 'vi' to 'en'; this profile has: a, b") as caught:
        Translators([EN_PT, PT_ES], remedy="voicedoc models pull x").plan("vi", "en")
    assert caught.value.remedy == "voicedoc models pull x"


def test_a_pivot_that_could_be_is_proposed() -> None:
    with pytest.raises(UnsupportedLanguage) as caught:
        Translators([PT_ES, EN_PT]).plan("en", "es")
    assert 'via = "pt"' in caught.value.remedy


def test_no_translators_at_all_support_nothing() -> None:
    assert not Translators([]).supports("en", "pt")
    with pytest.raises(UnsupportedLanguage, match="none"):
        Translators([]).translate("x", source="en", target="pt")
