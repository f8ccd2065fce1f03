"""What a patient says at the beginning leads to the right complaint, in ten languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.tables import LANGUAGES
from voicedoc.converse.signs.sign import Sign

pytestmark = pytest.mark.unit

PACKS = load_packs()

SAID = [
    ("en", "I have a terrible pain in my chest.", "chest-pain"),
    ("en", "My head really hurts since yesterday.", "headache"),
    ("en", "My stomach hurts and I feel sick.", "abdominal-pain"),
    ("en", "I've had a fever for three days.", "fever"),
    ("en", "I keep coughing.", "cough-breathlessness"),
    ("en", "I can't breathe properly.", "cough-breathlessness"),
    ("en", "My lower back is killing me.", "back-pain"),
    ("en", "I feel dizzy all the time.", "dizziness"),
    ("pt", "Estou com uma dor muito forte no peito.", "chest-pain"),
    ("pt", "Minha cabeça está doendo muito.", "headache"),
    ("pt", "Dói-me a barriga desde ontem.", "abdominal-pain"),
    ("pt", "Estou com febre.", "fever"),
    ("pt", "Tenho falta de ar.", "cough-breathlessness"),
    ("pt", "Tenho dores nas costas.", "back-pain"),
    ("pt", "Sinto tonturas quando me levanto.", "dizziness"),
    ("es", "Me duele mucho el pecho.", "chest-pain"),
    ("es", "Tengo un dolor de cabeza horrible.", "headache"),
    ("es", "Me duele el estómago.", "abdominal-pain"),
    ("es", "Tengo fiebre desde el lunes.", "fever"),
    ("es", "Tengo tos y me falta el aire.", "cough-breathlessness"),
    ("es", "Me duele la espalda.", "back-pain"),
    ("es", "Estoy mareado.", "dizziness"),
    ("fr", "J'ai une douleur dans la poitrine.", "chest-pain"),
    ("fr", "J'ai très mal à la tête.", "headache"),
    ("fr", "J'ai mal au ventre.", "abdominal-pain"),
    ("fr", "J'ai de la fièvre.", "fever"),
    ("fr", "Je tousse beaucoup.", "cough-breathlessness"),
    ("fr", "J'ai mal au dos.", "back-pain"),
    ("fr", "J'ai la tête qui tourne.", "dizziness"),
    ("de", "Ich habe starke Brustschmerzen.", "chest-pain"),
    ("de", "Mir tut der Kopf weh.", "headache"),
    ("de", "Ich habe Schmerzen im Bauch.", "abdominal-pain"),
    ("de", "Ich habe Fieber.", "fever"),
    ("de", "Ich bekomme schwer Luft und huste.", "cough-breathlessness"),
    ("de", "Mein Rücken tut weh.", "back-pain"),
    ("de", "Mir ist schwindlig.", "dizziness"),
    ("it", "Ho un forte dolore al petto.", "chest-pain"),
    ("it", "Ho mal di testa.", "headache"),
    ("it", "Mi fa male la pancia.", "abdominal-pain"),
    ("it", "Ho la febbre.", "fever"),
    ("it", "Ho la tosse da una settimana.", "cough-breathlessness"),
    ("it", "Ho mal di schiena.", "back-pain"),
    ("it", "Mi gira la testa.", "dizziness"),
    ("zh", "我胸口很疼。", "chest-pain"),
    ("zh", "我头疼。", "headache"),
    ("zh", "我肚子很疼。", "abdominal-pain"),
    ("zh", "我发烧了。", "fever"),
    ("zh", "我一直咳嗽。", "cough-breathlessness"),
    ("zh", "我的腰很疼。", "back-pain"),
    ("zh", "我头晕。", "dizziness"),
    ("hi", "मेरे सीने में बहुत दर्द है।", "chest-pain"),
    ("hi", "मेरे सिर में दर्द है।", "headache"),
    ("hi", "मेरे पेट में दर्द हो रहा है।", "abdominal-pain"),
    ("hi", "मुझे बुखार है।", "fever"),
    ("hi", "मुझे खाँसी है।", "cough-breathlessness"),
    ("hi", "मेरी कमर में दर्द है।", "back-pain"),
    ("hi", "मुझे चक्कर आ रहे हैं।", "dizziness"),
    ("ar", "عندي ألم شديد في الصدر.", "chest-pain"),
    ("ar", "عندي صداع قوي.", "headache"),
    ("ar", "بطني يؤلمني.", "abdominal-pain"),
    ("ar", "عندي حمى.", "fever"),
    ("ar", "عندي سعال وضيق في التنفس.", "cough-breathlessness"),
    ("ar", "ظهري يؤلمني.", "back-pain"),
    ("ar", "أشعر بدوخة.", "dizziness"),
    ("ru", "У меня сильно болит в груди.", "chest-pain"),
    ("ru", "У меня болит голова.", "headache"),
    ("ru", "Живот болит.", "abdominal-pain"),
    ("ru", "У меня температура.", "fever"),
    ("ru", "Я кашляю.", "cough-breathlessness"),
    ("ru", "Болит спина.", "back-pain"),
    ("ru", "У меня кружится голова.", "dizziness"),
]

IN_OTHER_WORDS = [
    ("en", "It feels like an elephant is sitting on my chest", "chest-pain"),
    ("en", "I've got this splitting headache", "headache"),
    ("en", "my tummy has been hurting since breakfast", "abdominal-pain"),
    ("en", "I think I'm running a temperature", "fever"),
    ("en", "I get out of breath going upstairs", "cough-breathlessness"),
    ("en", "I've put my back out", "back-pain"),
    ("en", "The room keeps spinning around", "dizziness"),
    ("en", "my chest feels tight when I walk", "chest-pain"),
    ("en", "there's a stabbing pain in my belly", "abdominal-pain"),
    ("en", "I'm short of breath", "cough-breathlessness"),
    ("en", "I passed out this morning", "dizziness"),
    ("pt", "Sinto um peso no peito", "chest-pain"),
    ("pt", "estou com falta de ar e tosse", "cough-breathlessness"),
    ("pt", "minhas costas doem muito", "back-pain"),
    ("pt", "estou muito tonta", "dizziness"),
    ("pt", "tenho uma dor muito forte na barriga", "abdominal-pain"),
    ("pt", "a cabeça dói demais", "headache"),
    ("pt", "Tô com febre alta", "fever"),
    ("es", "siento una presión en el pecho", "chest-pain"),
    ("es", "me duele mucho la cabeza", "headache"),
    ("es", "me cuesta respirar", "cough-breathlessness"),
    ("es", "tengo mareos", "dizziness"),
    ("es", "tengo dolor en la espalda baja", "back-pain"),
    ("es", "me duele la panza", "abdominal-pain"),
    ("es", "tengo calentura", "fever"),
    ("fr", "ça me serre dans la poitrine", "chest-pain"),
    ("fr", "j'ai des maux de tête", "headache"),
    ("fr", "je suis essoufflé", "cough-breathlessness"),
    ("fr", "j'ai des vertiges", "dizziness"),
    ("fr", "j'ai mal dans le bas du dos", "back-pain"),
    ("fr", "j'ai des crampes au ventre", "abdominal-pain"),
    ("fr", "j'ai 39 de fièvre", "fever"),
    ("de", "Ich habe so einen Druck auf der Brust", "chest-pain"),
    ("de", "Mein Kopf tut so weh", "headache"),
    ("de", "Ich kriege keine Luft", "cough-breathlessness"),
    ("de", "Ich habe Kreuzschmerzen", "back-pain"),
    ("de", "Mir ist so schwindelig", "dizziness"),
    ("de", "Mein Bauch tut weh", "abdominal-pain"),
    ("de", "Ich habe 39 Fieber", "fever"),
    ("it", "sento un peso sul petto", "chest-pain"),
    ("it", "mi fa male la testa", "headache"),
    ("it", "faccio fatica a respirare", "cough-breathlessness"),
    ("it", "ho le vertigini", "dizziness"),
    ("it", "mi fa male la schiena", "back-pain"),
    ("it", "ho mal di pancia", "abdominal-pain"),
    ("it", "ho la febbre alta", "fever"),
    ("zh", "我胸口闷", "chest-pain"),
    ("zh", "头疼得厉害", "headache"),
    ("zh", "喘不过气来", "cough-breathlessness"),
    ("zh", "我觉得天旋地转", "dizziness"),
    ("zh", "后背疼", "back-pain"),
    ("zh", "胃不舒服，很疼", "abdominal-pain"),
    ("zh", "我有点发热", "fever"),
    ("hi", "छाती में भारीपन लग रहा है", "chest-pain"),
    ("hi", "मेरा सिर बहुत दुख रहा है", "headache"),
    ("hi", "साँस नहीं आ रही", "cough-breathlessness"),
    ("hi", "मेरा सिर घूम रहा है", "dizziness"),
    ("hi", "पीठ में बहुत दर्द है", "back-pain"),
    ("hi", "पेट में मरोड़ हो रही है", "abdominal-pain"),
    ("hi", "कल से तेज़ बुखार है", "fever"),
    ("ar", "أحس بضغط على صدري", "chest-pain"),
    ("ar", "رأسي يؤلمني كثيرا", "headache"),
    ("ar", "لا أستطيع التنفس", "cough-breathlessness"),
    ("ar", "أشعر أن كل شيء يدور", "dizziness"),
    ("ar", "عندي ألم في أسفل الظهر", "back-pain"),
    ("ar", "عندي مغص في بطني", "abdominal-pain"),
    ("ar", "حرارتي مرتفعة", "fever"),
    ("ru", "Давит в груди", "chest-pain"),
    ("ru", "Голова раскалывается", "headache"),
    ("ru", "Мне не хватает воздуха", "cough-breathlessness"),
    ("ru", "Кружится голова", "dizziness"),
    ("ru", "Спину прихватило, болит", "back-pain"),
    ("ru", "Болит живот", "abdominal-pain"),
    ("ru", "Температура 39", "fever"),
]

DENIED = [
    ("en", "I have no chest pain, but I have a fever.", "chest-pain"),
    ("pt", "Não tenho dor no peito.", "chest-pain"),
    ("es", "No tengo fiebre.", "fever"),
    ("fr", "Je n'ai pas mal à la tête.", "headache"),
    ("de", "Ich habe kein Fieber.", "fever"),
    ("it", "Non ho la tosse.", "cough-breathlessness"),
    ("zh", "我没有发烧。", "fever"),
    ("hi", "मुझे बुखार नहीं है।", "fever"),
    ("ar", "ليس عندي صداع.", "headache"),
    ("ru", "У меня нет кашля.", "cough-breathlessness"),
]


NOTHING = [
    ("en", "Good morning, I am here to collect my test results."),
    ("en", "I need a new prescription for my glasses."),
    ("en", "My knee hurts when I run."),
    ("en", "It is very hot in this room, can you open the window?"),
    ("pt", "Bom dia, vim buscar os resultados dos exames."),
    ("pt", "Meu joelho dói."),
    ("es", "Buenos días, vengo por los resultados."),
    ("es", "Me duele la rodilla."),
    ("fr", "Bonjour, je viens chercher mes résultats."),
    ("fr", "Il fait bonne température ici."),
    ("de", "Guten Tag, ich möchte meine Befunde abholen."),
    ("de", "Mein Knie tut weh."),
    ("it", "Buongiorno, vengo a ritirare gli esami."),
    ("it", "Ho girato tutta la città."),
    ("zh", "您好，我来拿化验结果。"),
    ("zh", "我膝盖疼。"),
    ("hi", "नमस्ते, मैं अपनी रिपोर्ट लेने आया हूँ।"),
    ("hi", "मेरे घुटने में दर्द है।"),
    ("ar", "صباح الخير، جئت لأخذ نتائج التحاليل."),
    ("ar", "ركبتي تؤلمني."),
    ("ru", "Здравствуйте, я пришёл за результатами анализов."),
    ("ru", "У меня болит колено."),
]


def found(text: str, language: str) -> list[str]:
    return [pack.id for pack in PACKS.find(text, language)]


def sign(name: str, *, present: bool = True, start: int = 0) -> Sign:
    return Sign(name, present, name, start, start + len(name))


@pytest.mark.parametrize(("language", "text", "wanted"), [*SAID, *IN_OTHER_WORDS])
def test_a_plain_complaint_is_found_first(language: str, text: str, wanted: str) -> None:
    assert found(text, language)[:1] == [wanted]


@pytest.mark.parametrize(("language", "text", "denied"), DENIED)
def test_what_is_denied_is_no_complaint(language: str, text: str, denied: str) -> None:
    assert denied not in found(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pack_is_found_by_each_of_its_own_words(language: str) -> None:
    missed = [
        (pack.id, words)
        for pack in PACKS.packs.values()
        for words in pack.said[language]
        if pack.id not in found(words.replace("*", ""), language)
    ]
    assert missed == []


def test_a_sign_alone_finds_its_complaint_in_a_language_that_rules_do_not_know() -> None:
    assert [pack.id for pack in PACKS.find("…", "sw", [sign("chest-pain")])][:1] == ["chest-pain"]


def test_a_denied_sign_finds_nothing() -> None:
    assert PACKS.find("…", "en", [sign("chest-pain", present=False)]) == ()


def test_of_two_complaints_the_one_said_first_comes_first() -> None:
    assert found("I have a headache and a fever.", "en")[:2] == ["headache", "fever"]
    assert found("I have a fever and a headache.", "en")[:2] == ["fever", "headache"]


def test_words_that_are_a_part_of_another_complaint_are_none_of_their_own() -> None:
    assert found("My baby has a fever.", "en") == ["child-with-fever"]
    fever = sign("fever", start=len("My baby has a "))
    assert [pack.id for pack in PACKS.find("My baby has a fever.", "en", [fever])] == ["child-with-fever"]
    assert set(found("My baby has a fever, and I have a fever and a headache.", "en")) >= {"fever", "headache"}


def test_a_region_counts_as_its_language() -> None:
    assert found("Estou com febre.", "pt-BR")[:1] == ["fever"]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_where_no_complaint_is_said_none_of_ours_is_found(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize("text", ["", "?!", "\n" * 50, "*", "chest"])
def test_what_says_nothing_finds_nothing(text: str) -> None:
    assert found(text, "en") == []


@given(st.text(max_size=80), st.sampled_from([*LANGUAGES, "ja", "sw"]))
def test_any_text_is_read_and_each_pack_is_found_once(text: str, language: str) -> None:
    ids = [pack.id for pack in PACKS.find(text, language)]
    assert len(set(ids)) == len(ids)


@given(st.sampled_from(SAID), st.text(alphabet="xyz ", max_size=20))
def test_words_after_the_complaint_do_not_hide_it(said: tuple[str, str, str], more: str) -> None:
    language, text, wanted = said
    assert wanted in found(f"{text} {more}", language)
