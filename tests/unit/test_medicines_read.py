"""Which medicines somebody says they take, have stopped or cannot take, in ten languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.converse.medicines.lexicon import LANGUAGES
from voicedoc.converse.medicines.read import medicines_in, speaks_of_allergy

pytestmark = pytest.mark.unit

TAKEN = [
    ("en", "I take warfarin and ibuprofen every day.", {"warfarin", "ibuprofen"}),
    ("en", "No, I take warfarin.", {"warfarin"}),
    ("en", "I'm on blood thinners and a water pill.", {"anticoagulant", "diuretic"}),
    ("en", "I haven't stopped the warfarin.", {"warfarin"}),
    ("en", "Don't stop your warfarin.", {"warfarin"}),
    ("en", "I'll prescribe you clarithromycin.", {"clarithromycin"}),
    ("en", "I drink two glasses of wine every evening.", {"alcohol"}),
    ("en", "I take St John's wort for my mood.", {"hypericum"}),
    ("en", "My mother says I should take aspirin.", {"acetylsalicylic acid"}),
    ("en", "My husband is on insulin; I take lisinopril 10 mg.", {"insulin", "lisinopril"} - {"insulin"}),
    ("en", "Advil and Coumadin.", {"ibuprofen", "warfarin"}),
    ("en", "We start you on apixaban instead of warfarin.", {"apixaban"}),
    ("en", "I never miss my warfarin.", {"warfarin"}),
    ("en", "I never forget to take my warfarin.", {"warfarin"}),
    ("en", "I was on warfarin but they changed me to apixaban in March.", {"apixaban"}),
    ("en", "They took me off lisinopril because of the cough and put me on losartan.", {"losartan"}),
    ("en", "I take cetirizine for my allergies.", {"cetirizine"}),
    ("pt", "Nunca esqueço a varfarina.", {"warfarin"}),
    ("en", "Nothing but metformin.", {"metformin"}),
    ("pt", "Não tomo nada a não ser metformina.", {"metformin"}),
    ("de", "Ich nehme nichts außer Metformin.", {"metformin"}),
    ("pt", "Tomo varfarina e ibuprofeno.", {"warfarin", "ibuprofen"}),
    ("pt", "Minha mãe toma varfarina e eu tomo aspirina.", {"acetylsalicylic acid"}),
    ("es", "Tomo Sintrom por la noche.", {"acenocoumarol"}),
    ("fr", "Je prends de la warfarine.", {"warfarin"}),
    ("de", "Ich nehme Marcumar.", {"phenprocoumon"}),
    ("de", "Marcumar wurde abgesetzt, jetzt nehme ich Eliquis.", {"apixaban"}),
    ("it", "Prendo il warfarin.", {"warfarin"}),
    ("zh", "我在吃华法林。", {"warfarin"}),
    ("hi", "मैं वारफेरिन लेता हूँ।", {"warfarin"}),
    ("ar", "أنا آخذ الوارفارين.", {"warfarin"}),
    ("ru", "Я принимаю варфарин.", {"warfarin"}),
]

NOT_TAKEN = [
    ("en", "I stopped warfarin last year."),
    ("en", "I stopped taking warfarin."),
    ("en", "I used to take metformin."),
    ("en", "I've been off prednisone for two months."),
    ("en", "I don't take aspirin, ibuprofen or warfarin."),
    ("en", "I have never taken aspirin."),
    ("en", "My mother takes warfarin."),
    ("en", "I no longer take digoxin."),
    ("en", "Stop taking ibuprofen."),
    ("en", "Do you take any blood thinners like warfarin?"),
    ("en", "Should I stop the warfarin?"),
    ("en", "Let us avoid ibuprofen."),
    ("pt", "A minha mulher toma diazepam."),
    ("pt", "Deixei de tomar a varfarina."),
    ("pt", "Já não tomo varfarina."),
    ("pt", "Não tomo aspirina."),
    ("es", "Dejé el Sintrom."),
    ("es", "No tomo aspirina."),
    ("es", "Mi marido toma warfarina."),
    ("fr", "J'ai arrêté la warfarine."),
    ("fr", "Je ne prends plus de warfarine."),
    ("fr", "Je ne prends pas d'aspirine."),
    ("de", "Marcumar wurde abgesetzt."),
    ("de", "Ich habe aufgehört, Marcumar zu nehmen."),
    ("de", "Ich nehme kein Aspirin."),
    ("it", "Ho smesso il Coumadin."),
    ("it", "Non prendo aspirina."),
    ("zh", "华法林已经停了。"),
    ("zh", "我不吃阿司匹林。"),
    ("hi", "मैंने वारफेरिन लेना बंद कर दिया।"),
    ("hi", "मैं एस्पिरिन नहीं लेता।"),
    ("ar", "توقفت عن تناول الوارفارين."),
    ("ar", "لا آخذ الأسبرين."),
    ("ru", "Варфарин отменили."),
    ("ru", "Я не пью аспирин."),
    ("ru", "У мамы варфарин."),
]

ALLERGIC = [
    ("en", "I am allergic to penicillin.", {"penicillin"}),
    ("en", "I'm allergic to penicillin, sulfa and aspirin.", {"penicillin", "sulfa", "acetylsalicylic acid"}),
    ("en", "Penicillin gave me a rash.", {"penicillin"}),
    ("en", "I take metformin and I'm allergic to penicillin.", {"penicillin"}),
    ("en", "I had penicillin as a child and came out in a rash.", {"penicillin"}),
    ("es", "Me sale sarpullido con la amoxicilina.", {"amoxicillin"}),
    ("pt", "Tenho alergia a AAS.", {"acetylsalicylic acid"}),
    ("en", "No allergies except penicillin.", {"penicillin"}),
    ("en", "I get a rash from penicillin.", {"penicillin"}),
    ("pt", "Sou alérgica à penicilina.", {"penicillin"}),
    ("es", "Soy alérgico a la penicilina.", {"penicillin"}),
    ("fr", "Je suis allergique à la pénicilline.", {"penicillin"}),
    ("de", "Ich bin gegen Penicillin und Sulfa allergisch.", {"penicillin", "sulfa"}),
    ("it", "Sono allergica alla penicillina.", {"penicillin"}),
    ("zh", "我对青霉素、头孢呋辛过敏。", {"penicillin", "cefuroxime"}),
    ("hi", "मुझे पेनिसिलिन से एलर्जी है।", {"penicillin"}),
    ("ar", "عندي حساسية من البنسلين.", {"penicillin"}),
    ("ru", "Я принимаю варфарин, на пенициллин аллергия.", {"penicillin"}),
]


def now(text: str, language: str, kind: str) -> set[str]:
    return {one.name for one in medicines_in(text, language) if one.kind == kind and one.state == "now"}


@pytest.mark.parametrize(("language", "text", "names"), TAKEN)
def test_what_is_taken_is_read(language: str, text: str, names: set[str]) -> None:
    assert now(text, language, "medicine") == names


@pytest.mark.parametrize(("language", "text"), NOT_TAKEN)
def test_what_is_stopped_denied_asked_or_anothers_is_not_taken(language: str, text: str) -> None:
    assert now(text, language, "medicine") == set()


@pytest.mark.parametrize(("language", "text", "names"), ALLERGIC)
def test_an_allergy_is_no_medicine_that_is_taken(language: str, text: str, names: set[str]) -> None:
    assert now(text, language, "allergy") == names
    assert now(text, language, "medicine").isdisjoint(names)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm not allergic to penicillin."),
        ("en", "Are you allergic to penicillin?"),
        ("en", "No allergies."),
        ("pt", "Não sou alérgico à penicilina."),
        ("de", "Ich bin nicht gegen Penicillin allergisch."),
        ("zh", "我对青霉素不过敏。"),
    ],
)
def test_an_allergy_that_is_denied_or_asked_is_none(language: str, text: str) -> None:
    assert now(text, language, "allergy") == set()


def test_a_companion_speaks_of_the_patient() -> None:
    (one,) = medicines_in("My husband takes warfarin.", "en", anybodys=True)
    assert (one.name, one.state) == ("warfarin", "now")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I have kidney disease."),
        ("pt", "Tenho insuficiência renal."),
        ("de", "Ich habe eine Niereninsuffizienz."),
    ],
)
def test_conditions_are_read_too(language: str, text: str) -> None:
    assert now(text, language, "condition") == {"history-kidney"}


def test_words_and_places_are_those_of_the_text() -> None:
    text = "Well, Coumadin is what I take."
    (one,) = medicines_in(text, "en")
    assert (one.words, text[one.start : one.end], one.name, one.is_marked) == ("Coumadin", "Coumadin", "warfarin", True)
    assert not medicines_in("Coumadin.", "en")[0].is_marked


def test_a_word_for_an_allergy_is_heard() -> None:
    assert speaks_of_allergy("Are you allergic to anything?", "en")
    assert not speaks_of_allergy("Do you take anything?", "en")
    assert not speaks_of_allergy("Una mzio?", "sw")


WORDS = [
    "I",
    "take",
    "stopped",
    "warfarin",
    "aspirin",
    "and",
    "or",
    "but",
    "not",
    "no",
    ",",
    ".",
    "?",
    "allergic",
    "to",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.sampled_from(LANGUAGES))
def test_no_text_is_too_much(text: str, language: str) -> None:
    for one in medicines_in(text, language):
        assert text[one.start : one.end] == one.words


def test_a_very_long_text_takes_no_more_than_a_moment() -> None:
    text = "I take warfarin, aspirin and ibuprofen but stopped metformin and my mother takes insulin, " * 100
    began = time.monotonic()
    assert len(medicines_in(text, "en")) > 100
    assert time.monotonic() - began < 20.0
