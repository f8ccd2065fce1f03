"""What denies and what only looks so: "не забудьте" is "remember", "пока не пройдёт" is "until it passes"."""

from __future__ import annotations

import pytest

from voicedoc.guard import compare_texts

pytestmark = pytest.mark.unit

SAME = {
    "remember": {
        "en": "Remember to take your tablets.",
        "pt": "Não se esqueça de tomar os seus comprimidos.",
        "es": "No se olvide de tomar sus pastillas.",
        "fr": "N'oubliez pas de prendre vos comprimés.",
        "de": "Vergessen Sie nicht, Ihre Tabletten zu nehmen.",
        "it": "Non dimentichi di prendere le compresse.",
        "zh": "别忘了吃药片。",
        "hi": "अपनी गोलियाँ लेना न भूलें।",
        "ar": "لا تنس تناول حبوبك.",
        "ru": "Не забудьте принять таблетки.",
    },
    "until": {
        "en": "Stay in bed until the fever is gone.",
        "pt": "Fique na cama até a febre passar.",
        "es": "Quédese en cama hasta que no tenga fiebre.",
        "it": "Resti a letto finché la febbre non è passata.",
        "zh": "卧床休息，直到退烧。",
        "hi": "जब तक बुखार न उतर जाए, तब तक बिस्तर पर रहें।",
        "ar": "ابق في السرير حتى تزول الحمى.",
        "ru": "Оставайтесь в постели, пока температура не спадёт.",
    },
    "until all of it": {
        "en": "Keep taking the antibiotic until it is all used up.",
        "pt": "Continue tomando o antibiótico até acabar.",
        "fr": "Continuez l'antibiotique jusqu'à la fin de la boîte.",
        "de": "Nehmen Sie das Antibiotikum weiter, bis es aufgebraucht ist.",
        "it": "Continui a prendere l'antibiotico fino a quando la scatola non è finita.",
        "zh": "继续吃抗生素，直到全部吃完。",
        "hi": "एंटीबायोटिक तब तक जारी रखें, जब तक पूरी दवा खत्म न हो जाए।",
        "ru": "Продолжайте принимать антибиотик, пока он весь не закончится.",
    },
    "unless": {
        "en": "Take it every day unless your doctor tells you otherwise.",
        "pt": "Tome todos os dias, a menos que o médico diga outra coisa.",
        "fr": "Prenez-le tous les jours, sauf si votre médecin vous dit le contraire.",
        "de": "Nehmen Sie es jeden Tag, es sei denn, Ihr Arzt sagt etwas anderes.",
        "zh": "除非医生另有说明，否则每天服用。",
        "hi": "इसे रोज़ लें, जब तक आपका डॉक्टर कुछ और न कहे।",
        "ru": "Принимайте каждый день, если только врач не скажет иначе.",
    },
    "never stops": {
        "en": "He coughs all the time.",
        "pt": "Ele tosse o tempo todo.",
        "de": "Er hustet die ganze Zeit.",
        "zh": "他不停地咳嗽。",
        "ru": "Он всё время кашляет.",
    },
    "unbearable": {
        "en": "The pain in my back is unbearable.",
        "es": "El dolor de espalda es insoportable.",
        "zh": "我背疼得受不了。",
        "de": "Die Schmerzen im Rücken sind unerträglich.",
    },
    "tag": {
        "en": "You are allergic to penicillin, right?",
        "pt": "O senhor é alérgico à penicilina, não é?",
    },
}

DENIED = [
    ("pt", "Isto não é uma infecção.", "en", "This is an infection."),
    ("pt", "A dor não é forte.", "es", "El dolor es fuerte."),
    ("en", "The tumour is not malignant.", "pt", "O tumor é maligno."),
    ("es", "No es contagioso.", "pt", "É contagioso."),
    ("pt", "Nem sempre tomo os comprimidos.", "en", "I always take the tablets."),
    ("de", "Ich habe noch nicht gegessen.", "en", "I have eaten."),
    ("en", "I have not eaten yet.", "de", "Ich habe schon gegessen."),
    ("ru", "Не пейте алкоголь, пока принимаете метронидазол.", "en", "Drink alcohol while you take metronidazole."),
    ("hi", "जब तक मैं न कहूँ, पानी न पिएँ।", "en", "Drink water until I tell you."),
    ("zh", "我没有呼吸困难。", "en", "I have difficulty breathing."),
    ("it", "Non si alzi finché il medico non arriva.", "en", "Get up until the doctor comes."),
]

PAIRS = [
    pytest.param(one, said, other, shown, id=f"{name} {one}-{other}")
    for name, texts in SAME.items()
    for one, said in texts.items()
    for other, shown in texts.items()
    if one != other
]


@pytest.mark.parametrize(("one", "said", "other", "shown"), PAIRS)
def test_what_means_the_same_is_not_held(one: str, said: str, other: str, shown: str):
    held = compare_texts(said, shown, source=one, target=other).held
    assert [verdict.message for verdict in held if verdict.item.kind == "negation"] == []


@pytest.mark.parametrize(("one", "said", "other", "shown"), DENIED)
def test_a_denial_that_is_lost_is_held(one: str, said: str, other: str, shown: str):
    held = compare_texts(said, shown, source=one, target=other).held
    assert "negation" in {verdict.item.kind for verdict in held}
