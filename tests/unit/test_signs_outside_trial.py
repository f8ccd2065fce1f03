"""What an outside trial found: words that say no sign, plain words that do, and treatments that are no overdose."""

# ruff: noqa: E501  # rows of examples

from __future__ import annotations

import pytest

from voicedoc.converse.signs.read import signs_of

pytestmark = pytest.mark.unit


def present(text: str, language: str) -> set[str]:
    return {sign.name for sign in signs_of(text, language) if sign.present}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I finished all my tablets as prescribed."), ("pt", "Tomei todos os comprimidos como a médica mandou."),
        ("es", "Me tomé todas las pastillas como me dijo el médico."), ("fr", "J'ai pris toute la boîte de comprimés comme prescrit."),
        ("de", "Ich habe die ganze Packung Tabletten genommen, wie der Arzt gesagt hat."), ("it", "Ho preso tutte le pastiglie come da ricetta."),
        ("zh", "我按医嘱把药全吃完了。"), ("hi", "मैंने डॉक्टर के कहे अनुसार सारी गोलियाँ खा लीं।"), ("ar", "أخذت كل الحبوب كما وصف الطبيب."), ("ru", "Я выпил все таблетки, как назначил врач."),
    ],
)  # fmt: skip
def test_a_treatment_that_is_finished_is_no_overdose(language: str, text: str) -> None:
    assert "overdose" not in present(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I took all my tablets at once, not as prescribed."), ("en", "I took thirty pills, not as directed."),
        ("en", "I took an overdose of the tablets, as prescribed by Dr Lee they were for sleep."), ("en", "I took all my tablets, as the doctor said not to."),
        ("en", "I took all my pills in one go instead of as prescribed."), ("en", "I was to take one as prescribed but I took all my tablets."),
        ("pt", "Tomei a cartela inteira de comprimidos, não como o médico mandou."), ("pt", "Tomei todos os comprimidos de uma vez, não como receitado."),
        ("es", "Me tomé todas las pastillas, no como me dijo el médico."), ("fr", "J'ai avalé tous les comprimés, pas comme prescrit."),
        ("fr", "J'ai pris toute la boîte de comprimés, comme le médecin me l'avait interdit."), ("de", "Ich habe die ganze Packung Tabletten genommen, nicht wie verordnet."),
        ("de", "Ich habe alle Tabletten genommen, wie der Arzt es verboten hat."), ("it", "Ho preso tutte le pastiglie, non come prescritto."),
        ("zh", "我没有按医嘱，吃了一整瓶药。"), ("ru", "Я выпил все таблетки, не по назначению."), ("hi", "मैंने सारी गोलियाँ एक साथ खा लीं, डॉक्टर के कहे अनुसार नहीं।"),
        ("ar", "أخذت كل الحبوب دفعة واحدة وليس كما وصف الطبيب."),
    ],
)  # fmt: skip
def test_what_is_taken_against_a_prescription_is_an_overdose(language: str, text: str) -> None:
    assert "overdose" in present(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I took all my tablets at once."), ("de", "Ich habe die ganze Packung Tabletten geschluckt."), ("pt", "Tomei todos os comprimidos de uma vez."),
        ("fr", "J'ai avalé toute la boîte de comprimés."), ("it", "Ho preso tutte le pastiglie insieme."), ("zh", "我吃了五十片安眠药"),
    ],
)  # fmt: skip
def test_all_at_once_is_one(language: str, text: str) -> None:
    assert "overdose" in present(text, language)


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("en", "I drank a bottle of water on the way.", "overdose"), ("en", "He bit my nails off, so to say.", "bite"), ("en", "Her broken heart will mend.", "injury"),
        ("fr", "J'ai la voix cassée depuis hier.", "injury"), ("it", "Muoio di fame.", "rigid-unwell"), ("pt", "Caiu a ficha ontem.", "injury"),
        ("es", "Me dio fiebre de golpe.", "injury"), ("es", "Estaba morado de frío.", "blue-lips"), ("ar", "لثتي تنزف قليلا", "bleeding-heavy"),
        ("zh", "我五十岁，吃药，对头孢过敏", "overdose"), ("zh", "胸不痛", "chest-pain"), ("hi", "उसकी ज़बान लड़खड़ा रही है", "unsteady"),
        ("en", "A 45-year-old man", "child"), ("en", "My newborn is hungry", "postpartum"), ("es", "Mi jefe me va a dar un infarto", "history-heart"),
    ],
)  # fmt: skip
def test_words_that_say_no_sign(language: str, text: str, sign: str) -> None:
    assert sign not in present(text, language)


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("ru", "В голове словно что-то взорвалось", "headache-thunderclap"), ("fr", "Il a avalé du déboucheur", "poisoned"), ("ar", "فجأة لم أعد أرى شيئا", "vision-lost"),
        ("it", "Non muove più il braccio destro", "arm-weak"), ("zh", "左边手脚突然动不了", "arm-weak"), ("ar", "فجأة لم يعد يحرك ذراعه", "arm-weak"),
        ("fr", "Elle ne lève plus le bras droit", "arm-weak"), ("de", "Mein linker Arm ist auf einmal ganz schlaff", "arm-weak"), ("es", "Perdí la fuerza de medio cuerpo", "arm-weak"),
        ("en", "His speech is all mushy", "speech-slurred"), ("zh", "孩子浑身抽筋", "seizure"), ("de", "Das Kind bewegt sich seit heute früh nicht mehr", "baby-moves-less"),
        ("it", "Sono incinta e non lo sento muovere", "baby-moves-less"), ("es", "Recibí un golpe en la rodilla", "injury"), ("fr", "Je me suis coupé le pouce", "injury"),
    ],
)  # fmt: skip
def test_plain_words_that_say_one(language: str, text: str, sign: str) -> None:
    assert sign in present(text, language)


def test_a_chest_that_does_not_hurt_is_no_question() -> None:
    found = {sign.name: sign.present for sign in signs_of("胸不疼，也不喘。", "zh")}
    assert found["chest-pain"] is False and found["breathless"] is False
    assert "chest-pain" not in {sign.name for sign in signs_of("胸疼不疼？", "zh")}
