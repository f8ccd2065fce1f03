from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.converse.signs.lexicon import sign_lexicon
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import names
from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard.lexicon import LANGUAGES

pytestmark = pytest.mark.unit


def present(text: str, language: str) -> set[str]:
    return {sign.name for sign in signs_of(text, language) if sign.present}


def denied(text: str, language: str) -> set[str]:
    return {sign.name for sign in signs_of(text, language) if not sign.present}


SAID = [
    ("en", "my heart is racing", "palpitations"),
    ("en", "um I can't catch my breath", "breathless"),
    ("en", "no i can't breathe", "breathless-severe"),
    ("en", "i can't sleep my chest hurts so bad", "chest-pain"),
    ("en", "the baby hasn't moved since last night", "baby-moves-less"),
    ("en", "I haven't peed since yesterday", "urine-little"),
    ("en", "everyone would be better off if I weren't here", "wants-to-die"),
    ("pt", "sinto um aperto no peito", "chest-pressure"),
    ("pt", "não consigo terminar uma frase", "breathless-severe"),
    ("es", "me falta el aire", "breathless"),
    ("es", "se le torció la boca", "face-drooping"),
    ("fr", "je n'arrive plus à respirer", "breathless-severe"),
    ("de", "ich kriege keine Luft", "breathless-severe"),
    ("de", "sein Mundwinkel hängt", "face-drooping"),
    ("it", "non riesco a muovere il braccio", "arm-weak"),
    ("zh", "我喘不过气", "breathless-severe"),
    ("zh", "我不想活了", "wants-to-die"),
    ("hi", "सांस नहीं आ रही", "breathless-severe"),
    ("hi", "मेरे सीने में दर्द है", "chest-pain"),
    ("ar", "ما اقدر اتنفس", "breathless-severe"),
    ("ar", "عندي ألم شديد في صدري", "chest-pain"),
    ("ru", "не могу дышать", "breathless-severe"),
    ("ru", "сильно болит в груди", "chest-pain"),
]


@pytest.mark.parametrize(("language", "text", "sign"), SAID)
def test_what_patients_say_in_their_own_words_is_read(language: str, text: str, sign: str) -> None:
    assert sign in present(text, language)


DENIED = [
    ("en", "no chest pain but I have a fever", "chest-pain", "fever"),
    ("en", "I've got no fever cough chest pain or shortness of breath", "breathless", None),
    ("en", "my chest doesn't hurt", "chest-pain", None),
    ("pt", "não tenho dor no peito mas tenho febre", "chest-pain", "fever"),
    ("pt", "Dor no peito não tenho.", "chest-pain", None),
    ("es", "no me duele el pecho pero tengo fiebre", "chest-pain", "fever"),
    ("fr", "j'ai pas mal à la poitrine mais j'ai de la fièvre", "chest-pain", "fever"),
    ("de", "ich habe keine Brustschmerzen aber Fieber", "chest-pain", "fever"),
    ("it", "non ho dolore al petto ma ho la febbre", "chest-pain", "fever"),
    ("zh", "没有胸痛，但是发烧", "chest-pain", "fever"),
    ("hi", "सीने में दर्द नहीं है सांस फूल रही है", "chest-pain", "breathless"),
    ("ar", "لا يوجد ألم في الصدر لكن عندي حرارة", "chest-pain", "fever"),
    ("ru", "грудь не болит но есть температура", "chest-pain", "fever"),
    ("ru", "температуры нет кашля нет", "cough", None),
]


@pytest.mark.parametrize(("language", "text", "sign", "other"), DENIED)
def test_a_denial_reaches_what_it_denies_and_no_further(language: str, text: str, sign: str, other: str | None) -> None:
    assert sign in denied(text, language) - present(text, language)
    assert other is None or other in present(text, language)


NOTHING = [
    ("en", "my father had a heart attack", "history-heart"),
    ("en", "my mother has diabetes", "diabetes"),
    ("en", "what if I have a heart attack", "history-heart"),
    ("en", "Do you have chest pain?", "chest-pain"),
    ("en", "I had chest pain two years ago", "chest-pain"),
    ("en", "the chest pain went away", "chest-pain"),
    ("en", "my chest of drawers is heavy", "chest-pain"),
    ("en", "I could die laughing", "rigid-unwell"),
    ("en", "my neighbour's face drooped and they took her away", "face-drooping"),
    ("pt", "minha mãe teve infarto", "history-heart"),
    ("pt", "tô com dor de cabeça mas já passou", "headache"),
    ("es", "me muero de risa", "rigid-unwell"),
    ("es", "se me quitó el dolor de cabeza", "headache"),
    ("fr", "mon père a eu un infarctus", "history-heart"),
    ("de", "mein Vater hatte einen Herzinfarkt", "history-heart"),
    ("it", "mio padre ha avuto un infarto", "history-heart"),
    ("zh", "我爸爸得过心脏病", "history-heart"),
    ("zh", "笑死我了", "rigid-unwell"),
    ("hi", "मेरे पिताजी को दिल का दौरा पड़ा था", "history-heart"),
    ("ar", "أبي كان عنده جلطة قلبية", "history-heart"),
    ("ru", "у отца был инфаркт", "history-heart"),
]


@pytest.mark.parametrize(("language", "text", "sign"), NOTHING)
def test_other_peoples_past_and_supposed_things_are_no_signs(language: str, text: str, sign: str) -> None:
    assert sign not in {found.name for found in signs_of(text, language)}


def test_a_question_why_says_what_it_asks_about() -> None:
    assert "chest-pain" in present("Why does my chest hurt so much?", "en")
    assert "chest-pain" in present("I have chest pain, is that bad?", "en")


def test_a_question_that_the_patient_repeats_and_denies_says_nothing() -> None:
    assert "breathless" not in present("Am I short of breath when I walk? No, not at all.", "en")


def test_an_event_that_is_over_still_counts() -> None:
    assert "face-drooping" in present("my face drooped but it went away", "en")


def test_a_caregiver_speaks_for_the_patient() -> None:
    assert "breathless-severe" in present("my husband collapsed and he's not breathing", "en")


@pytest.mark.parametrize(
    ("language", "text", "sign", "is_present"),
    [
        ("en", "a fever of 38.5", "fever-high", True),
        ("en", "a temperature of 38.4", "fever-high", False),
        ("en", "a temperature of 102", "fever-high", True),
        ("pt", "39 e meio de febre", "fever-high", True),
        ("zh", "发烧39度", "fever-high", True),
        ("en", "my sugar was 340 this morning", "sugar-very-high", True),
        ("en", "my sugar is 2.9", "sugar-low", True),
        ("en", "my blood pressure was 190 over 100", "pressure-very-high", True),
        ("pt", "pressão 19 por 12", "pressure-very-high", True),
        ("en", "I took 20 paracetamol tablets last night", "overdose", True),
        ("es", "me tomé 15 pastillas", "overdose", True),
        ("en", "my baby is six weeks old", "infant-under-3-months", True),
        ("hi", "मेरा बच्चा दो महीने का है", "infant-under-3-months", True),
        ("en", "my baby is six months old", "infant-under-3-months", False),
    ],
)
def test_a_number_becomes_a_sign_at_its_threshold(language: str, text: str, sign: str, is_present: bool) -> None:
    assert sign in (present if is_present else denied)(text, language)


@pytest.mark.parametrize(
    "text", ["my blood pressure was 130 over 80", "my sugar was 110", "my baby had a fever for two weeks"]
)
def test_a_number_on_the_calm_side_is_no_sign(text: str) -> None:
    assert not present(text, "en") & {"pressure-very-high", "sugar-low", "sugar-very-high", "infant-under-3-months"}


@pytest.mark.parametrize("text", ["I took two tablets", "I have 20 tablets left", "I am 71 and took tablets today"])
def test_a_few_tablets_or_another_number_are_no_overdose(text: str) -> None:
    assert "overdose" not in present(text, "en")


def test_a_sign_brings_those_that_it_includes_and_a_denial_those_within() -> None:
    assert {"breathless-severe", "breathless"} <= present("I can't breathe", "en")
    assert {"headache", "headache-thunderclap"} <= denied("I have no headache", "en")


def test_a_sign_says_where_its_words_are() -> None:
    text = "well, my chest hurts"
    sign = next(sign for sign in signs_of(text, "en") if sign.name == "chest-pain")
    assert sign.words == text[sign.start : sign.end] == "chest hurts"


def test_a_language_that_nobody_wrote_words_for_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        signs_of("det gør ondt", "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_is_read_and_names_only_known_signs(language: str) -> None:
    named = {pattern.sign for patterns in sign_lexicon(language).patterns.values() for pattern in patterns}
    assert named <= set(names())
    assert len(named) > 150


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_reading(text: str, language: str) -> None:
    assert all(text[sign.start : sign.end] == sign.words for sign in signs_of(text, language))


OWN_WORDS = [
    *("no", "i", "my", "chest", "hurts", "can't", "breathe", ",", ".", "?", "but", "and", "father", "had", "fever"),
    *("39", "went", "away", "what", "if"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(OWN_WORDS)))
def test_no_order_of_its_own_words_breaks_the_reading(words: list[str]) -> None:
    assert all(sign.name in names() for sign in signs_of(" ".join(words), "en"))


def test_a_no_beside_trouble_breathing_is_not_a_stopped_breath() -> None:
    assert "breathless-severe" not in present("no chest pain, no trouble breathing, just a cough", "en")
