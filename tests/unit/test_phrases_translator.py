"""Fixed translations before machine translation."""

from __future__ import annotations

import pytest

from voicedoc.core.glossary import Glossary, Term
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.phrases import PhraseBank
from voicedoc.phrases.translator import PhraseBankTranslator
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def bank() -> PhraseBank:
    return PhraseBank.load(drugs=Glossary((Term("drug", "Xarelto"),)))


def test_a_phrase_is_translated_as_it_is_fixed_and_names_itself(bank: PhraseBank) -> None:
    made = PhraseBankTranslator(bank=bank).translate("do you have any allergies", source="en", target="pt-BR")
    assert (made.text, made.models, made.doubts) == ("Tem alguma alergia?", ("phrase:allergies.any",), ())
    assert (made.source, made.target) == ("en", "pt-BR")


def test_several_phrases_in_a_row_are_all_translated(bank: PhraseBank) -> None:
    made = PhraseBankTranslator(bank=bank).translate("Please sit down. Where does it hurt?", source="en", target="zh")
    assert made.text == "请坐。哪里疼？"
    assert made.models == ("phrase:small-talk.sit", "phrase:pain.where")


def test_a_phrase_of_two_sentences_is_one_phrase(bank: PhraseBank) -> None:
    text = "You may refuse. You will still be treated."
    assert PhraseBankTranslator(bank=bank).translate(text, source="en", target="de").models == (
        "phrase:consent.may-refuse",
    )


def test_slots_are_filled(bank: PhraseBank) -> None:
    made = PhraseBankTranslator(bank=bank).translate("Take 2.5 mg of Xarelto once a day.", source="en", target="pt")
    assert made.text == "Tome 2,5 miligramas de Xarelto uma vez ao dia."


@pytest.mark.parametrize(
    "text",
    ["Please sit down. The weather is nice.", "Have you any allergies?", "Do you not have any allergies?", "", "…"],
)
def test_what_is_not_a_phrase_goes_to_the_fallback_whole(bank: PhraseBank, text: str) -> None:
    fallback = ScriptedTranslator()
    made = PhraseBankTranslator(bank=bank, fallback=fallback).translate(text, source="en", target="pt")
    assert made == fallback.translate(text, source="en", target="pt")


def test_without_a_fallback_it_is_unsupported_and_the_text_is_in_no_message(bank: PhraseBank) -> None:
    with pytest.raises(UnsupportedLanguage) as caught:
        PhraseBankTranslator(bank=bank).translate("Secret words.", source="en", target="pt")
    assert "Secret" not in str(caught.value)


def test_an_instruction_with_a_drug_that_nobody_knows_is_not_translated(bank: PhraseBank) -> None:
    with pytest.raises(UnsupportedLanguage):
        PhraseBankTranslator(bank=bank).translate("Take 2 tablets of Zyxomol twice a day.", source="en", target="pt")


def test_only_accepted_review_statuses_are_used(bank: PhraseBank) -> None:
    strict = PhraseBankTranslator(bank=bank, accept=["published by source"])
    assert strict.translate("Take a deep breath", source="en", target="pt").text == "Respire fundo"
    with pytest.raises(UnsupportedLanguage):
        strict.translate("Where does it hurt?", source="en", target="pt")


def test_a_status_that_no_wording_has_is_an_error(bank: PhraseBank) -> None:
    with pytest.raises(ConfigError, match="reviewd") as caught:
        PhraseBankTranslator(bank=bank, accept=["reviewd"])
    assert caught.value.remedy


def test_it_supports_what_the_bank_or_the_fallback_has(bank: PhraseBank) -> None:
    alone = PhraseBankTranslator(bank=bank)
    assert alone.supports("en", "pt-BR") and not alone.supports("en", "fi") and not alone.supports("en", "en-GB")
    finnish = PhraseBankTranslator(bank=bank, fallback=ScriptedTranslator(pairs=["en-fi"]))
    assert finnish.supports("en", "fi") and not finnish.supports("en", "pt")
    assert finnish.translate("Where does it hurt?", source="en", target="fi").models == ("scripted",)
