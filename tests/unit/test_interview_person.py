"""Who the patient is, when it began, and whose illness it is, where that is told unasked."""

# ruff: noqa: E501  # rows of examples; letters of other scripts count double

from __future__ import annotations

import pytest

from tests.helpers.interviews import LANGUAGES, Talk
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import Packs, load_packs
from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.alarm import of_rules
from voicedoc.converse.interview.family import family_told, without_family
from voicedoc.converse.interview.history import _Writer, to_markdown
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.read import read_reply
from voicedoc.converse.interview.state import AGE, SEX
from voicedoc.converse.interview.texts import texts
from voicedoc.converse.signs.read import signs_of
from voicedoc.core.speech import Visit
from voicedoc.export.transcript import transcript_of

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def opened(packs: Packs, language: str, text: str) -> Talk:
    return Talk(visit=Visit("en", language), packs=packs, alarms=of_rules(Alarms())).says(text)


def told(talk: Talk) -> dict[str, str]:
    return {name: fact.value or fact.state for (_, name), fact in talk.state.facts.items()}


def shown(talk: Talk) -> str:
    writer = _Writer(Plan(talk.packs), talk.state, transcript_of(talk.events), "en")
    return to_markdown(writer.history({}, asked_for_a_person=False))


@pytest.mark.parametrize(
    ("language", "text", "age", "sex", "onset"),
    [
        ("en", "My back has hurt for four days, I'm sixty-one, I'm a man.", "61", "male", "4 day"),
        ("en", "I'm a 29-year-old woman with a headache since Monday", "29", "female", "monday"),
        ("pt", "Estou com dor de cabeça há cinco dias, tenho sessenta anos, sou homem.", "60", "male", "5 day"),
        ("es", "Me duele la espalda desde hace como cuatro semanas, tengo treinta y un años, soy mujer.", "31", "female", "4 week"),
        ("fr", "Je suis un homme de 47 ans, j'ai mal à la tête depuis deux jours.", "47", "male", "2 day"),
        ("de", "Ich bin 33 und weiblich, ich habe seit zwei Tagen Kopfschmerzen.", "33", "female", "2 day"),
        ("it", "Ho mal di testa da una settimana, ho ventisette anni, sono un uomo.", "27", "male", "1 week"),
        ("zh", "我头疼五天了，三十六岁，男的。", "36", "male", "5 day"),
        ("hi", "मुझे दो दिन से सिरदर्द है, मैं पचास साल की हूँ, मैं महिला हूँ।", "50", "female", "2 day"),
        ("ar", "عندي صداع من يومين، عمري خمسون سنة، أنا رجل.", "50", "male", "2 day"),
        ("ru", "Голова болит четыре дня, мне тридцать лет, я мужчина.", "30", "male", "4 day"),
    ],
)  # fmt: skip
def test_age_sex_and_onset_are_told_in_one_breath(
    packs: Packs, language: str, text: str, age: str, sex: str, onset: str
) -> None:
    found = told(opened(packs, language, text))
    assert (found.get(AGE), found.get(SEX)) == (age, sex)
    assert onset in {found.get("common.pain-start"), found.get("common.start")}


@pytest.mark.parametrize(
    ("language", "text", "weeks"),
    [
        ("en", "I'm 28 weeks pregnant and my back hurts.", "28"), ("pt", "Estou grávida de sete meses e me dói as costas.", "7 month"),
        ("es", "Estoy en la semana 22 de embarazo y me duele la espalda.", "22"), ("fr", "Je suis enceinte, à la vingtième semaine, j'ai mal au dos.", "20"),
        ("de", "Ich bin in der 31. Woche schwanger und habe Rückenschmerzen.", "31"), ("de", "Ich bin im sechsten Monat schwanger, der Rücken tut weh.", "6 month"),
        ("it", "Sono incinta di quattro mesi e ho mal di schiena.", "4 month"), ("zh", "怀孕六个月了，腰疼。", "6 month"),
        ("hi", "मैं सात महीने की गर्भवती हूँ और पीठ में दर्द है।", "7 month"), ("ar", "أنا حامل في الشهر السابع وظهري يؤلمني.", "7 month"),
        ("ru", "Двадцать шестая неделя беременности, болит спина.", "26"),
    ],
)  # fmt: skip
def test_how_far_a_pregnancy_is_is_no_onset(packs: Packs, language: str, text: str, weeks: str) -> None:
    found = told(opened(packs, language, text))
    assert found.get("pregnancy.weeks") == weeks
    assert "common.start" not in found and "common.pain-start" not in found


@pytest.mark.parametrize(
    ("language", "text", "age"),
    [
        ("en", "My twelve-day-old baby has a fever.", "12 day"), ("pt", "Meu bebê de quinze dias está com febre.", "15 day"),
        ("es", "Mi bebé de tres semanas tiene fiebre.", "3 week"), ("fr", "Mon bébé de deux mois a de la fièvre.", "2 month"),
        ("de", "Mein drei Wochen altes Baby hat Fieber.", "3 week"), ("it", "Il mio bambino di due settimane ha la febbre.", "2 week"),
        ("zh", "孩子二十天大，发烧了。", "20 day"), ("hi", "दस दिन का बच्चा है, बुखार है।", "10 day"),
        ("ar", "رضيعي عمره عشرون يوما وعنده حرارة.", "20 day"), ("ru", "Моему ребёнку двенадцать дней, у него температура.", "12 day"),
    ],
)  # fmt: skip
def test_a_baby_with_fever_is_seen_at_once_and_its_age_is_no_onset(
    packs: Packs, language: str, text: str, age: str
) -> None:
    talk = opened(packs, language, text)
    assert talk.state.is_emergency and told(talk).get(AGE) == age
    assert "common.start" not in told(talk)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My daughter is three, she has had a fever since Sunday."), ("pt", "Minha filha tem três anos e está com febre desde domingo."),
        ("es", "Mi hija tiene tres años y tiene fiebre desde el domingo."), ("fr", "Ma fille a trois ans, elle a de la fièvre depuis dimanche."),
        ("de", "Meine Tochter ist drei und hat seit Sonntag Fieber."), ("it", "Mia figlia ha tre anni, ha la febbre da domenica."),
        ("zh", "我女儿三岁，从星期天开始发烧。"), ("hi", "मेरी बेटी तीन साल की है, उसे रविवार से बुखार है।"),
        ("ar", "بنتي عمرها ثلاث سنوات وعندها حرارة من يوم الأحد."), ("ru", "Моей дочке три года, у неё температура с воскресенья."),
    ],
)  # fmt: skip
def test_who_speaks_for_a_child_is_asked_about_the_child(packs: Packs, language: str, text: str) -> None:
    talk = opened(packs, language, text)
    found = told(talk)
    assert talk.state.complaints == ("child-with-fever",)
    assert (found.get(AGE), found.get(SEX), found.get("common.start")) == ("3", "female", "sunday")
    assert talk.said.count(texts(language).say["about_child"]) == 1
    talk.says("…", "…")
    assert talk.said.count(texts(language).say["about_child"]) == 1


def test_who_the_patient_is_stands_once_in_the_history(packs: Packs) -> None:
    text = shown(opened(packs, "en", "My daughter is three, she has had a fever since Sunday."))
    assert "- Age: 3" in text and texts("en").signs["about-child"] in text
    assert "is a child:" not in text and "three months:" not in text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My father had a heart attack last year. I have a cough."), ("pt", "Meu avô teve um infarto no ano passado. Estou com tosse."),
        ("es", "A mi padre le dio un ictus el año pasado. Tengo tos."), ("fr", "Mon frère a fait un infarctus l'an dernier. Je tousse."),
        ("de", "Mein Vater hat seit zehn Jahren Diabetes. Ich habe Husten."), ("it", "Mia sorella ha avuto un ictus dieci anni fa. Ho la tosse."),
        ("zh", "我爸爸有糖尿病十年了。我咳嗽。"), ("hi", "मेरे पिता को मधुमेह है। मुझे खाँसी है।"), ("ar", "أبي عنده سكري من عشر سنوات. عندي سعال."),
        ("ru", "У мамы диабет десять лет. У меня кашель."),
    ],
)  # fmt: skip
def test_a_relatives_illness_is_family_history_and_dates_nothing(packs: Packs, language: str, text: str) -> None:
    talk = opened(packs, language, text)
    fact = talk.state.facts.get((Slot.FAMILY, Slot.FAMILY))
    assert fact and fact.words in text and fact.words != text
    assert not {"common.start", "common.pain-start", "diabetes", "history-heart"} & set(told(talk))
    assert talk.state.complaints == ("cough-breathlessness",)


@pytest.mark.parametrize("text", ["My wife has diabetes.", "I have diabetes and my mother drove me here.", "Does my mother have diabetes?"])  # fmt: skip
def test_what_is_no_relatives_illness_is_no_family_history(text: str) -> None:
    assert not list(family_told(read_reply(None, text, "en")))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I had a stroke in 2015, no trouble since. I have a cough."), ("it", "Ho avuto un infarto dieci anni fa. Ho la tosse."),
        ("pt", "Tive um infarto em 2010, hoje estou bem. Tenho tosse."), ("fr", "J'ai le nez qui coule, aujourd'hui c'est pour un certificat."),
    ],
)  # fmt: skip
def test_times_of_something_else_are_no_onset(packs: Packs, language: str, text: str) -> None:
    assert not {"common.start", "general.onset"} & set(told(opened(packs, language, text)))


def test_a_time_that_is_corrected_is_the_last_one(packs: Packs) -> None:
    for language, text in (
        ("en", "My head has hurt for three weeks, no wait, for three days"), ("pt", "Tenho dor de cabeça há três semanas, não, espera, há três dias"),
        ("de", "Ich habe seit drei Wochen Kopfschmerzen, nein warte, seit drei Tagen"), ("es", "Me duele la cabeza desde hace tres semanas, perdón, quise decir tres días"),
    ):  # fmt: skip
        assert told(opened(packs, language, text)).get("common.pain-start") == "3 day", language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_denied_denies_its_cases_but_says_nothing_of_them(packs: Packs, language: str) -> None:
    never = {
        "en": "I never thought of suicide. I have a cough.", "de": "An Selbstmord habe ich nie gedacht. Ich habe Husten.", "fr": "Je n'ai jamais pensé au suicide. Je tousse.",
        "es": "Nunca he pensado en el suicidio. Tengo tos.", "it": "Non ho mai pensato al suicidio. Ho la tosse.", "pt": "Nunca pensei em suicídio. Tenho tosse.",
        "zh": "我从来没想过自杀。我咳嗽。", "hi": "मैंने कभी आत्महत्या के बारे में नहीं सोचा। मुझे खाँसी है।", "ar": "لم أفكر أبدا في الانتحار. عندي سعال.", "ru": "Я никогда не думал о самоубийстве. У меня кашель.",
    }[language]  # fmt: skip
    talk = opened(packs, language, never)
    assert "suicide-plan" not in told(talk)
    assert talk.state.known.get("wants-to-die") in (False, None)


def test_two_signs_that_are_denied_make_no_third_one() -> None:
    for language, text in (
        ("en", "No chest pain, no trouble breathing."), ("hi", "सीने में दर्द नहीं है, साँस लेने में तकलीफ़ नहीं है"),
        ("ar", "ليس عندي ألم في الصدر، ولا صعوبة في التنفس"),
    ):  # fmt: skip
        found = {sign.name: sign.present for sign in signs_of(text, language)}
        assert found["chest-pain"] is False and found["breathless"] is False
        assert "pain-on-breathing" not in found, language


def test_numbness_is_not_said_to_be_of_the_feet_and_times_have_no_internal_names(packs: Packs) -> None:
    talk = Talk(visit=Visit("en", "en"), packs=packs).says("I have had a headache since last year and my hand tingles")
    text = shown(talk)
    assert "Numbness or tingling: yes" in text and "feet" not in text
    assert "last year" in text and "last-year" not in text


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("es", "No que yo sepa", "absent"), ("it", "non che io sappia", "absent"), ("de", "eher nicht", "absent"), ("fr", "pas que je sache", "absent"),
        ("ru", "насколько я знаю нет", "absent"), ("zh", "好像没有", "absent"), ("ar", "لا أظن", "absent"), ("pt", "que eu saiba não", "absent"),
        ("en", "not to my knowledge", "absent"), ("hi", "शायद नहीं", "absent"), ("it", "boh", "unknown"), ("fr", "chais pas", "unknown"),
    ],
)  # fmt: skip
def test_not_that_i_know_is_a_no(packs: Packs, language: str, text: str, state: str) -> None:
    asked = Plan(packs).asking_for("fever")
    answer = read_reply(asked, text, language).answer
    assert answer is not None and answer.state == state


@pytest.mark.parametrize(("language", "text"), [("ru", "Позовите врача!"), ("ru", "позовите кого-нибудь"), ("es", "¡Ayuda!"), ("es", "llamen a alguien")])  # fmt: skip
def test_a_call_for_somebody_is_a_wish_for_a_person(language: str, text: str) -> None:
    assert read_reply(None, text, language).request == "person"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I have chest pain. My father died of that at 52 years old.", ""), ("My mother is 80 years old and lives with me, I have back pain", ""),
        ("I am 30 years old and have back pain. My mother is 80 years old.", "30"), ("My mother is 80 years old. I'm 30 years old, I have back pain.", "30"),
    ],
)  # fmt: skip
def test_a_relatives_age_is_not_the_patients(packs: Packs, text: str, age: str) -> None:
    told_age = opened(packs, "en", text).state.facts.get(("person", "common.age"))
    assert (told_age.value if told_age else "") == age


@pytest.mark.parametrize(
    "text", ["I have epilepsy and my mother drove me here.", "My mother drove me here, I have cirrhosis.", "My mother has no epilepsy."]
)  # fmt: skip
def test_the_patients_own_illness_is_no_family_history_where_a_relative_is_named(packs: Packs, text: str) -> None:
    assert ("family", "family") not in opened(packs, "en", text).state.facts


def test_what_follows_a_relatives_illness_without_a_comma_is_still_the_patients() -> None:
    text = "my father had a heart attack and I have bad cramps in the belly"
    assert without_family(read_reply(None, text, "en")).split() == [
        "my",
        *["I", "have", "bad", "cramps", "in", "the", "belly"],
    ]
