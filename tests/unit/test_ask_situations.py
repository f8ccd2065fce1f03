"""What a question tells or only asks: many tablets taken; side effects that nobody has yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.knowledge import starter_store
from voicedoc.converse.ask import Asker
from voicedoc.converse.knowledge.boundaries import text_of
from voicedoc.converse.knowledge.search import Search
from voicedoc.converse.knowledge.situations import tells_many_taken, without_feared
from voicedoc.converse.signs.read import signs_of

pytestmark = pytest.mark.unit

MANY = [
    ("en", "I took 20 paracetamol tablets last night, what now?"),
    ("pt", "Tomei vinte comprimidos de paracetamol ontem à noite, e agora?"),
    ("es", "Tomé 20 pastillas de paracetamol anoche, ¿qué hago?"),
    ("fr", "J'ai pris 20 comprimés de paracétamol hier soir, que faire ?"),
    ("de", "Ich habe gestern Abend 20 Tabletten Paracetamol genommen, was jetzt?"),
    ("it", "Ho preso 20 compresse di paracetamolo ieri sera, e adesso?"),
    ("zh", "我昨晚吃了20片扑热息痛，怎么办？"),
    ("hi", "मैंने कल रात पैरासिटामोल की 20 गोलियाँ खा लीं, अब क्या?"),
    ("ar", "تناولت 20 حبة باراسيتامول الليلة الماضية، ماذا أفعل؟"),
    ("ru", "Я выпил 20 таблеток парацетамола вчера вечером, что делать?"),
]

FEW = [
    ("en", "I took two tablets at 8, may I drink beer?"),
    ("en", "I have taken 14 tablets daily for years. Can I have grapefruit?"),
    ("es", "Tomo 12 pastillas al día. ¿Puedo beber leche?"),
    ("en", "I took paracetamol 500 mg 3 hours ago."),
]


@pytest.mark.parametrize(("language", "question"), MANY)
def test_many_tablets_taken_are_an_overdose(language: str, question: str) -> None:
    assert tells_many_taken(question, language)


@pytest.mark.parametrize(("language", "question"), FEW)
def test_a_few_tablets_or_so_many_each_day_are_none(language: str, question: str) -> None:
    assert not tells_many_taken(question, language)


def test_an_overdose_told_as_a_number_gets_the_emergency_text(tmp_path: Path) -> None:
    with starter_store(tmp_path) as store:
        for language, question in MANY:
            answer = Asker(Search(store)).ask(question, language)
            assert (answer.kind, answer.message) == ("emergency", text_of("overdose", language))


FEARED = [
    ("en", "Would cetirizine make me drowsy at work?"),
    ("en", "I can't stop scratching, would cetirizine make me drowsy at work?"),
    ("fr", "La cétirizine peut-elle me rendre somnolent ?"),
    ("de", "Kann mich Cetirizin schläfrig machen?"),
]

REAL = [
    ("en", "Cetirizine makes me so drowsy that I cannot be woken. Why?", "drowsy-hard-to-wake"),
    ("en", "I have crushing chest pain, could ibuprofen make me drowsy?", "chest-pressure"),
    ("en", "Could my crushing chest pain be caused by ibuprofen?", "chest-pressure"),
]


@pytest.mark.parametrize(("language", "question"), FEARED)
def test_a_side_effect_that_is_asked_about_is_no_emergency(tmp_path: Path, language: str, question: str) -> None:
    assert not [sign for sign in without_feared(question, language, signs_of(question, language)) if sign.present]
    with starter_store(tmp_path) as store:
        assert Asker(Search(store)).ask(question, language).kind != "emergency"


@pytest.mark.parametrize(("language", "question", "sign"), REAL)
def test_what_somebody_has_stays_although_a_side_effect_is_asked_about(language: str, question: str, sign: str) -> None:
    told = signs_of(question, language)
    if sign in {one.name for one in told}:
        assert sign in {one.name for one in without_feared(question, language, told)}
    else:
        pytest.fail(f"the sign is not read: {told}")
