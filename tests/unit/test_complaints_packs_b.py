"""What rash, injury, pregnancy, child, crisis and follow-up packs come to, and in whose words they are found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Pack
from voicedoc.converse.complaints.tree import (
    decision,
    from_text2mdt,
    next_sign,
    path,
    possible,
    sign_triples,
    to_text2mdt,
)

pytestmark = pytest.mark.unit

PACKS = (
    "rash",
    "injury",
    "pregnancy",
    "child-with-fever",
    "mental-health-crisis",
    "diabetes-follow-up",
    "hypertension-follow-up",
)
URGENCY = ("routine", "soon", "urgent", "emergency")
LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru")

COMES_TO = {
    "rash": {
        "emergency": [
            "swelling-face",
            "throat-tight",
            "breathless",
            "rash-not-fading",
            "fever neck-stiff",
            "fever rigid-unwell",
            "rash-blisters new-medicine",
            "rash-blisters rash-mouth-eyes-genitals",
            "rash-spreading-fast fever",
        ],
        "urgent": ["fever", "rash-blisters", "rash-spreading-fast", "rash-mouth-eyes-genitals"],
        "soon": ["hives", "new-medicine"],
        "routine": ["", "itching"],
    },
    "injury": {
        "emergency": [
            "bleeding-heavy",
            "injury-high-force",
            "bone-deformed",
            "limb-cold-numb",
            "fainted",
            "seizure",
            "head-injury vomiting",
            "head-injury drowsy-hard-to-wake",
            "head-injury bone-deformed",
            "burn-large",
            "eye-injury",
        ],
        "urgent": [
            "head-injury",
            "wound-deep",
            "bite",
            "cannot-bear-weight",
            "violence-at-home",
        ],
        "soon": ["tetanus-not-covered", "blood-thinner"],
        "routine": [""],
    },
    "pregnancy": {
        "emergency": [
            "seizure",
            "shoulder-tip-pain",
            "fainted",
            "pregnancy-headache-vision",
            "vaginal-bleeding abdominal-pain",
            "vaginal-bleeding bleeding-heavy",
        ],
        "urgent": [
            "vaginal-bleeding",
            "baby-moves-less",
            "waters-broken",
            "contractions",
            "fever",
            "hands-face-swollen",
        ],
        "routine": [""],
    },
    "child-with-fever": {
        "emergency": [
            "floppy",
            "drowsy-hard-to-wake",
            "breathing-fast-drawn",
            "blue-lips",
            "rash-not-fading",
            "neck-stiff",
            "fontanelle-bulging",
            "seizure",
            "cry-weak-or-high",
        ],
        "urgent": ["infant-under-3-months", "nappies-dry", "baby-feeds-poorly", "travelled-tropics"],
        "soon": ["", "ear-pain", "vaccines-missing"],
    },
    "mental-health-crisis": {
        "emergency": [
            "suicide-plan",
            "wants-to-die suicide-plan",
            "wants-to-die harmed-self",
            "overdose",
            "alcohol-withdrawal",
            "wants-to-die alcohol-withdrawal",
        ],
        "urgent": ["wants-to-die", "harmed-self", "harm-others", "hears-voices", "violence-at-home"],
        "soon": ["", "low-mood", "anxious"],
    },
    "diabetes-follow-up": {
        "emergency": [
            "chest-pain",
            "arm-weak",
            "speech-slurred",
            "confused",
            "vomiting sugar-very-high",
            "breath-fruity",
        ],
        "urgent": ["vomiting", "sugar-very-high", "foot-wound", "fever"],
        "soon": ["sugar-low", "medicine-missed", "numb-tingling", "vision-blurred"],
        "routine": [""],
    },
    "hypertension-follow-up": {
        "emergency": [
            "chest-pain",
            "arm-weak",
            "speech-slurred",
            "vision-lost",
            "pressure-very-high headache",
            "confused",
        ],
        "urgent": ["pressure-very-high", "breathless"],
        "soon": ["medicine-missed", "dizzy", "legs-swollen"],
        "routine": [""],
    },
}

SAID = {
    "rash": {
        "en": "I have an itchy rash on my arms.",
        "pt": "Estou com manchas vermelhas na pele.",
        "es": "Me ha salido un sarpullido en los brazos.",
        "fr": "J'ai des boutons sur les bras et ça me démange.",
        "de": "Ich habe einen Ausschlag an den Armen.",
        "it": "Mi è venuto uno sfogo sulle braccia.",
        "zh": "我手臂上起了疹子，很痒。",
        "hi": "मेरी बाँहों पर दाने निकल आए हैं।",
        "ar": "ظهر عندي طفح على ذراعي.",
        "ru": "У меня на руках появилась сыпь.",
    },
    "injury": {
        "en": "I fell off a ladder and cut my hand.",
        "pt": "Caí da escada e cortei a mão.",
        "es": "Me caí de la escalera y me corté la mano.",
        "fr": "Je suis tombé de l'échelle et je me suis coupé la main.",
        "de": "Ich bin von der Leiter gestürzt und habe mir in die Hand geschnitten.",
        "it": "Sono caduto dalla scala e mi sono tagliato la mano.",
        "zh": "我从梯子上摔下来，割伤了手。",
        "hi": "मैं सीढ़ी से गिर गया और हाथ कट गया।",
        "ar": "وقعت من السلم وجرحت يدي.",
        "ru": "Я упал с лестницы и порезал руку.",
    },
    "pregnancy": {
        "en": "I am seven months pregnant and the baby moves less.",
        "pt": "Estou grávida de sete meses e o bebê mexe menos.",
        "es": "Estoy embarazada de siete meses y el bebé se mueve menos.",
        "fr": "Je suis enceinte de sept mois et le bébé bouge moins.",
        "de": "Ich bin im siebten Monat schwanger und das Baby bewegt sich weniger.",
        "it": "Sono incinta di sette mesi e il bambino si muove meno.",
        "zh": "我怀孕七个月了，胎动变少了。",
        "hi": "मैं सात महीने की गर्भवती हूँ और बच्चा कम हिलता है।",
        "ar": "أنا حامل في الشهر السابع والجنين يتحرك أقل.",
        "ru": "Я на седьмом месяце, беременна, ребёнок шевелится меньше.",
    },
    "child-with-fever": {
        "en": "My baby has had a fever since yesterday.",
        "pt": "O meu bebê está com febre desde ontem.",
        "es": "Mi bebé tiene fiebre desde ayer.",
        "fr": "Mon bébé a de la fièvre depuis hier.",
        "de": "Mein Baby hat seit gestern Fieber.",
        "it": "Il mio bambino ha la febbre da ieri.",
        "zh": "我的孩子发烧了，从昨天开始的。",
        "hi": "मेरे बच्चे को कल से बुखार है।",
        "ar": "طفلي عنده حرارة منذ أمس.",
        "ru": "У моего ребёнка со вчера температура.",
    },
    "mental-health-crisis": {
        "en": "I want to die, I cannot go on.",
        "pt": "Eu quero morrer, não aguento mais.",
        "es": "Quiero morir, ya no puedo más.",
        "fr": "Je veux mourir, je n'en peux plus.",
        "de": "Ich denke an Suizid, ich kann so nicht weiter.",
        "it": "Voglio morire, sono disperato.",
        "zh": "我想死，活着太难受了。",
        "hi": "मैं मरना चाहता हूँ, बहुत निराश हूँ।",
        "ar": "أفكر في الانتحار.",
        "ru": "Я хочу умереть, у меня депрессия.",
    },
    "diabetes-follow-up": {
        "en": "I have come for my diabetes check.",
        "pt": "Vim para a consulta do diabetes.",
        "es": "Vengo al control de la diabetes.",
        "fr": "Je viens pour le contrôle de mon diabète.",
        "de": "Ich komme zur Kontrolle wegen Diabetes.",
        "it": "Sono qui per il controllo del diabete.",
        "zh": "我来复查糖尿病。",
        "hi": "मैं अपनी डायबिटीज की जाँच के लिए आया हूँ।",
        "ar": "جئت لمتابعة مرض السكري.",
        "ru": "Я пришёл на контроль, у меня диабет.",
    },
    "hypertension-follow-up": {
        "en": "I am here because of my blood pressure.",
        "pt": "Vim por causa da pressão alta.",
        "es": "Vengo por la presión alta.",
        "fr": "Je viens pour mon hypertension.",
        "de": "Ich komme wegen meines Blutdrucks, ich habe Bluthochdruck.",
        "it": "Sono qui per la pressione alta.",
        "zh": "我来看高血压。",
        "hi": "मैं अपने ब्लड प्रेशर के लिए आया हूँ।",
        "ar": "جئت بسبب ارتفاع الضغط.",
        "ru": "Я пришла из-за давления, у меня гипертония.",
    },
}

SUICIDE = {
    "en": "suicide",
    "pt": "suicídio",
    "es": "suicidio",
    "fr": "suicide",
    "de": "Suizid",
    "it": "suicidio",
    "zh": "自杀",
    "hi": "आत्महत्या",
    "ar": "الانتحار",
    "ru": "самоубийств",
}


def pack(name: str) -> Pack:
    return load_packs().pack(name)


def signs_of(tree_of: Pack) -> list[str]:
    return sorted({sign for node in tree_of.tree for sign in node.signs})


def level_of(name: str, present: Mapping[str, bool | None]) -> str:
    """How urgent it is when these are known and every other sign is denied."""
    known = dict.fromkeys(signs_of(pack(name)), False) | dict(present)
    decided = decision(pack(name).tree, known)
    assert decided is not None
    return decided.level


@pytest.mark.parametrize(
    ("name", "present", "level"),
    [
        (name, present, level)
        for name, levels in COMES_TO.items()
        for level, cases in levels.items()
        for present in cases
    ],
)
def test_these_signs_come_to_this_level(name: str, present: str, level: str):
    assert level_of(name, dict.fromkeys(present.split(), True)) == level


@pytest.mark.parametrize("name", PACKS)
@given(data=st.data())
def test_a_further_sign_never_makes_it_less_urgent(name: str, data: st.DataObject):
    signs = signs_of(pack(name))
    known = {sign: data.draw(st.booleans(), label=sign) for sign in signs}
    further = data.draw(st.sampled_from(signs), label="further")
    before, after = (level_of(name, known | {further: present}) for present in (False, True))
    assert URGENCY.index(after) >= URGENCY.index(before)


@pytest.mark.parametrize("name", PACKS)
def test_every_decision_of_a_tree_can_be_reached(name: str):
    tree = pack(name).tree
    reached, waiting = set[int](), [dict[str, bool]()]
    while waiting:
        known = waiting.pop()
        sign = next_sign(tree, known)
        if sign is None:
            reached.add(id(decision(tree, known)))
        else:
            waiting += [known | {sign: True}, known | {sign: False}]
    assert reached == {id(node) for node in tree if node.role == "D"}


@pytest.mark.parametrize("name", PACKS)
def test_the_signs_that_lead_to_an_emergency_are_must_ask(name: str):
    asked = {question.sign: question for question in pack(name).questions if question.sign}
    decisive = {sign for node in pack(name).tree for sign in node.signs} & asked.keys()
    assert [sign for sign in decisive if not asked[sign].must] == []


@pytest.mark.parametrize("name", PACKS)
def test_what_alone_is_an_emergency_is_asked_whatever_else_was_said(name: str):
    after_others = {"injury": {"seizure"}}.get(name, {"infant-under-3-months"})  # after a blow; from the age
    alone = {signs for signs in COMES_TO[name]["emergency"] if " " not in signs} - after_others
    asked = {question.sign: question for question in pack(name).questions}
    assert [sign for sign in alone if asked[sign].only_if or asked[sign].unless or asked[sign].only_for] == []


def test_a_suicide_plan_is_an_emergency_whatever_else_is_unknown():
    tree = pack("mental-health-crisis").tree
    unknown = dict.fromkeys(signs_of(pack("mental-health-crisis")), None)
    decided = decision(tree, unknown | {"suicide-plan": True})
    assert decided is not None
    assert decided.level == "emergency"


def test_a_plan_that_the_patient_cannot_speak_of_is_listed_and_the_emergency_stays_possible():
    tree = pack("mental-health-crisis").tree
    known = {"overdose": False, "wants-to-die": True, "suicide-plan": None, "harmed-self": False}
    known |= {"alcohol-withdrawal": False}
    decided = decision(tree, known)
    assert decided is not None
    assert decided.level == "urgent"
    assert "suicide-plan" in {sign for step in path(tree, known) for sign in step.unknown}
    assert {node.level for node in possible(tree, known)} == {"emergency", "urgent"}


def test_suicide_is_asked_about_by_its_name_in_every_language():
    asking = next(one for one in pack("mental-health-crisis").questions if one.sign == "wants-to-die")
    assert [language for language in LANGUAGES if SUICIDE[language] not in asking.text[language]] == []


def test_what_several_packs_ask_is_asked_in_the_same_words():
    by_english: dict[str, Mapping[str, str]] = {}
    for question in (question for name in PACKS for question in pack(name).questions):
        first = by_english.setdefault(question.text["en"], question.text)
        to_a_woman = {"ar", "hi"} if question.id.startswith("pregnancy.") else set()
        other = {language for language in LANGUAGES if question.text[language] != first[language]}
        assert other <= to_a_woman, question.id


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_patient_is_understood_to_speak_of_the_complaint(name: str, language: str):
    found = load_packs().find(SAID[name][language], language)
    assert [one.id for one in found][:1] == [name]


@pytest.mark.parametrize(
    ("text", "language", "not_found"),
    [
        ("I have had a fever since yesterday.", "en", "child-with-fever"),
        ("My child fell from the table.", "en", "child-with-fever"),
        ("Tengo fiebre desde ayer.", "es", "child-with-fever"),
        ("I am not pregnant.", "en", "pregnancy"),
        ("Não estou grávida.", "pt", "pregnancy"),
        ("Ich bin nicht schwanger.", "de", "pregnancy"),
        ("У меня нет диабета.", "ru", "diabetes-follow-up"),
        ("Je n'ai pas de boutons.", "fr", "rash"),
    ],
)
def test_what_is_denied_or_somebody_elses_complaint_is_not_found(text: str, language: str, not_found: str):
    assert not_found not in [one.id for one in load_packs().find(text, language)]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_tree_goes_to_text2mdt_and_back(name: str, language: str):
    shipped = pack(name)
    entry = to_text2mdt(shipped, language)
    back = from_text2mdt(entry, sign_triples(shipped, language), language=language, level="routine")
    assert [(node.role, node.signs, node.relation, node.level, node.advice) for node in back] == [
        (node.role, node.signs, node.relation, node.level, node.advice) for node in shipped.tree
    ]
