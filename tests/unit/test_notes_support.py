"""Whether what a sentence rests on says it: numbers, medicines, doses, sides, denials, and its words at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.helpers.notes import visit
from voicedoc.converse.notes.claims import answer_of, claims_of, denies
from voicedoc.converse.notes.content import covered, stems
from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Support
from voicedoc.converse.notes.support import Checker
from voicedoc.guard.scope import Polarity

pytestmark = pytest.mark.unit

SUPPORTED, PARTLY, UNSUPPORTED = Support.SUPPORTED, Support.PARTLY, Support.UNSUPPORTED

VISIT = (
    ("doctor", "Do you have any fever?"),
    ("patient", "No, nothing like that."),
    ("doctor", "Do you smoke?"),
    ("patient", "Yes, twenty a day."),
    ("patient", "I have had a pain in the left side of my chest for three days."),
    ("patient", "I take metformin 500 mg twice a day."),
    ("patient", "I can't walk upstairs any more."),
    ("doctor", "I'll prescribe amoxicillin 500 mg three times a day for seven days."),
    ("patient", "I am allergic to penicillin."),
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(visit("en", *VISIT))


JUDGED = [
    ("Denies fever.", 2, SUPPORTED),
    ("The patient reports no fever.", 2, SUPPORTED),
    ("Has fever.", 2, UNSUPPORTED),
    ("Fever reported.", 2, UNSUPPORTED),
    ("Smokes twenty a day.", 4, SUPPORTED),
    ("Smokes thirty a day.", 4, UNSUPPORTED),
    ("Does not smoke.", 4, UNSUPPORTED),
    ("Left-sided chest pain for 3 days.", 5, SUPPORTED),
    ("Chest pain.", 5, SUPPORTED),
    ("Right-sided chest pain for 3 days.", 5, UNSUPPORTED),
    ("Left-sided chest pain for 3 weeks.", 5, UNSUPPORTED),
    ("Denies chest pain.", 5, UNSUPPORTED),
    ("Takes metformin 500 mg twice daily.", 6, SUPPORTED),
    ("Takes metformin.", 6, SUPPORTED),
    ("Takes metformin 50 mg twice daily.", 6, UNSUPPORTED),
    ("Takes metformin 500 mg once daily.", 6, UNSUPPORTED),
    ("Takes metoprolol 500 mg twice daily.", 6, UNSUPPORTED),
    ("Does not take metformin.", 6, UNSUPPORTED),
    ("Can walk upstairs.", 7, PARTLY),
    ("Cannot walk upstairs.", 7, SUPPORTED),
    ("Amoxicillin 500 mg three times a day for a week prescribed.", 8, SUPPORTED),
    ("Amoxicillin 500 mg three times a day for ten days prescribed.", 8, UNSUPPORTED),
    ("Allergic to penicillin.", 9, SUPPORTED),
    ("No known drug allergies.", 9, UNSUPPORTED),
    ("Lives in a quiet village by the sea.", 5, UNSUPPORTED),
]


@pytest.mark.parametrize(("text", "utterance", "support"), JUDGED)
def test_a_sentence_is_judged_by_what_was_said(checker: Checker, text: str, utterance: int, support: Support) -> None:
    judged = checker.judge(text, "en", [utterance])
    assert judged.support is support, judged.reasons
    assert bool(judged.reasons) == (support is not SUPPORTED)


def test_without_evidence_nothing_is_supported(checker: Checker) -> None:
    assert checker.judge("Chest pain.", "en", []).support is UNSUPPORTED
    assert checker.judge("Chest pain.", "en", [404]).support is UNSUPPORTED


def test_the_evidence_that_is_named_counts_not_what_was_said_elsewhere(checker: Checker) -> None:
    assert checker.judge("Allergic to penicillin.", "en", [6]).support is UNSUPPORTED


def test_a_question_alone_supports_nothing(checker: Checker) -> None:
    assert checker.judge("Has fever.", "en", [1]).support is UNSUPPORTED
    assert checker.with_answers([1]) == (1, 2)
    assert checker.with_answers([5]) == (5,)


def test_a_sentence_that_asks_is_marked(checker: Checker) -> None:
    assert checker.judge("Do you smoke?", "en", [3, 4]).support is PARTLY


def test_the_no_of_an_answer_denies_what_was_asked_and_not_what_follows() -> None:
    turns = (("doctor", "Do you smoke?"), ("patient", "No, but I drink a glass of wine every week."))
    checker = Checker(visit("en", *turns))
    assert checker.judge("Drinks a glass of wine every week.", "en", [2]).support is SUPPORTED
    assert checker.judge("Smokes.", "en", [2]).support is UNSUPPORTED


@pytest.mark.parametrize(("said", "changed"), [
    ("I can't sleep on my back.", "Can sleep on his back."),
    ("I haven't eaten since breakfast.", "Has eaten since breakfast."),
    ("My mother never had a stroke.", "Mother had a stroke."),
])  # fmt: skip
def test_a_denial_that_got_lost_is_marked(said: str, changed: str) -> None:
    checker = Checker(visit("en", ("patient", said)))
    assert checker.judge(changed, "en", [1]).support is not SUPPORTED


def test_several_utterances_support_one_sentence(checker: Checker) -> None:
    text = "Takes metformin 500 mg twice a day and is allergic to penicillin."
    assert checker.judge(text, "en", [6, 9]).support is SUPPORTED
    assert checker.judge(text, "en", [6]).support is UNSUPPORTED


def test_what_was_said_in_another_language_is_compared_by_its_items_and_never_certain() -> None:
    checker = Checker(visit("pt", *[("patient", "Tomo metformina 500 mg duas vezes por dia.")]))
    kept = checker.judge("Takes metformin 500 mg twice a day.", "en", [1])
    assert (kept.support, kept.reasons) == (PARTLY, ("what was said is in another language",))
    assert checker.judge("Takes metformin 850 mg twice a day.", "en", [1]).support is UNSUPPORTED


def test_in_a_language_that_the_rules_do_not_know_nothing_is_certain() -> None:
    checker = Checker(visit("xx", *[("patient", "Bla bla bla bla.")]))
    assert checker.judge("Bla bla bla bla.", "xx", [1]).support is PARTLY


DENIALS = [
    ("en", "Denies fever."), ("pt", "Nega febre."), ("es", "Niega fiebre."), ("fr", "Nie toute fièvre."),
    ("de", "Verneint Fieber."), ("it", "Nega febbre."), ("zh", "否认发热。"), ("ru", "Отрицает температуру."),
    ("ar", "ينفي الحمى."), ("hi", "बुखार से इनकार करते हैं।"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), DENIALS)
def test_a_notes_verb_of_denial_denies(language: str, text: str) -> None:
    assert denies(text, language)
    symptoms = [claim for claim in claims_of(text, language) if claim.thing.startswith("symptom")]
    assert symptoms
    assert all(claim.polarity is Polarity.DENIED for claim in symptoms)


def test_a_denial_ends_with_its_sentence_and_at_a_but() -> None:
    found = {claim.words: claim.polarity for claim in claims_of("Denies fever but has a cough. Nausea.", "en")}
    assert found["fever"] is Polarity.DENIED
    assert found["cough"] is not Polarity.DENIED
    assert found["Nausea"] is not Polarity.DENIED


@pytest.mark.parametrize(("text", "polarity"), [
    ("Yes.", Polarity.AFFIRMED), ("No, nothing like that.", Polarity.DENIED), ("It hurts here.", None),
    ("Not sure.", None),
])  # fmt: skip
def test_an_answer_is_a_yes_or_a_no_or_neither(text: str, polarity: Polarity | None) -> None:
    assert answer_of(text, "en") is polarity


# --- words


def test_words_of_one_stem_and_chinese_pairs_are_content() -> None:
    assert stems("The patient reports swelling.", "en") == stems("swells", "en") | {"swell"} == {"swell"}
    assert stems("胸口疼", "zh") == {"胸口", "口疼"}


def test_a_sentence_without_content_words_has_no_share() -> None:
    assert covered("It is so.", frozenset(), "en") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_share_is_between_none_and_all(sentence: str, evidence: str) -> None:
    share = covered(sentence, stems(evidence, "en"), "en")
    assert share is None or 0.0 <= share <= 1.0
    assert covered(sentence, stems(sentence, "en"), "en") in (None, 1.0)


# --- what was said supports itself


@pytest.mark.parametrize("place", [n for n, (_, text) in enumerate(VISIT, 1) if not text.endswith("?")])
def test_what_was_said_word_for_word_is_supported_by_itself(checker: Checker, place: int) -> None:
    assert checker.judge(VISIT[place - 1][1], "en", [place]).support is SUPPORTED


@given(st.integers(1, 9999).filter(lambda number: number != 500))
def test_no_other_dose_is_ever_supported(number: int) -> None:
    judged = _CHECKER.judge(f"Takes metformin {number} mg twice a day.", "en", [6])
    assert judged.support is UNSUPPORTED


@given(st.text(max_size=200), st.lists(st.integers(0, 12), max_size=4))
def test_any_text_gets_a_verdict(text: str, utterances: list[int]) -> None:
    assert _CHECKER.judge(text, "en", utterances).support in (SUPPORTED, PARTLY, UNSUPPORTED)


_CHECKER = Checker(visit("en", *VISIT))


# --- with vectors


class Near:
    """An embedder for which texts with the same last word mean the same."""

    name = "near"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            rows[row, hash_of(text.split()[-1].strip(".").lower())] = 1.0
        return rows


def hash_of(word: str) -> int:
    return sum(map(ord, word)) % 64


def test_vectors_spare_a_sentence_whose_wording_differs() -> None:
    material: Material = visit("en", ("patient", "My tummy aches terribly lately."), ("patient", "I like football."))
    text = "Considerable discomfort persisting lately."
    assert Checker(material).judge(text, "en", [1]).support is not SUPPORTED
    assert Checker(material, Near()).judge(text, "en", [1]).support is SUPPORTED
    assert Checker(material, Near()).judge(text, "en", [2]).support is not SUPPORTED


def test_vectors_never_overrule_a_rule() -> None:
    material = visit("en", ("patient", "I take metformin 500 mg daily."))
    assert Checker(material, Near()).judge("Takes metformin 50 mg daily.", "en", [1]).support is UNSUPPORTED


# --- in other languages

VISITS = {
    "pt": (
        ("doctor", "Tem febre?"),
        ("patient", "Não."),
        ("patient", "Tomo metformina 500 mg duas vezes por dia."),
        ("patient", "Dói-me o joelho esquerdo há três semanas."),
    ),
    "es": (
        ("doctor", "¿Tiene fiebre?"),
        ("patient", "No."),
        ("patient", "Tomo metformina 500 mg dos veces al día."),
        ("patient", "Me duele la rodilla izquierda desde hace tres semanas."),
    ),
    "de": (
        ("doctor", "Haben Sie Fieber?"),
        ("patient", "Nein."),
        ("patient", "Ich nehme Metformin 500 mg zweimal täglich."),
        ("patient", "Mein linkes Knie tut seit drei Wochen weh."),
    ),
    "fr": (
        ("doctor", "Avez-vous de la fièvre ?"),
        ("patient", "Non."),
        ("patient", "Je prends de la metformine 500 mg deux fois par jour."),
        ("patient", "J'ai mal au genou gauche depuis trois semaines."),
    ),
    "zh": (
        ("doctor", "你发烧吗？"),
        ("patient", "没有。"),
        ("patient", "我每天两次吃500毫克二甲双胍。"),
        ("patient", "我左膝盖疼了三个星期。"),
    ),
    "ar": (
        ("doctor", "هل لديك حمى؟"),
        ("patient", "لا."),
        ("patient", "آخذ ميتفورمين 500 ملغ مرتين في اليوم."),
        ("patient", "ركبتي اليسرى تؤلمني منذ ثلاثة أسابيع."),
    ),
    "hi": (
        ("doctor", "क्या आपको बुखार है?"),
        ("patient", "नहीं।"),
        ("patient", "मैं मेटफॉर्मिन 500 मिग्रा दिन में दो बार लेता हूँ।"),
        ("patient", "मेरे बाएँ घुटने में तीन हफ़्ते से दर्द है।"),
    ),
}

ABROAD = [
    ("pt", "Nega febre.", [1, 2], SUPPORTED),
    ("pt", "Tem febre.", [1, 2], UNSUPPORTED),
    ("pt", "Toma metformina 500 mg duas vezes ao dia.", [3], SUPPORTED),
    ("pt", "Toma metformina 850 mg duas vezes ao dia.", [3], UNSUPPORTED),
    ("pt", "Dor no joelho esquerdo há três semanas.", [4], SUPPORTED),
    ("pt", "Dor no joelho direito há três semanas.", [4], UNSUPPORTED),
    ("es", "Niega fiebre.", [1, 2], SUPPORTED),
    ("es", "Tiene fiebre.", [1, 2], UNSUPPORTED),
    ("es", "Toma metformina 500 mg dos veces al día.", [3], SUPPORTED),
    ("es", "Toma metformina 850 mg dos veces al día.", [3], UNSUPPORTED),
    ("es", "Dolor en la rodilla izquierda desde hace tres semanas.", [4], SUPPORTED),
    ("es", "Dolor en la rodilla derecha desde hace tres semanas.", [4], UNSUPPORTED),
    ("de", "Verneint Fieber.", [1, 2], SUPPORTED),
    ("de", "Hat Fieber.", [1, 2], UNSUPPORTED),
    ("de", "Nimmt Metformin 500 mg zweimal täglich.", [3], SUPPORTED),
    ("de", "Nimmt Metformin 850 mg zweimal täglich.", [3], UNSUPPORTED),
    ("de", "Schmerzen im linken Knie seit drei Wochen.", [4], SUPPORTED),
    ("de", "Schmerzen im rechten Knie seit drei Wochen.", [4], UNSUPPORTED),
    ("fr", "Nie la fièvre.", [1, 2], SUPPORTED),
    ("fr", "A de la fièvre.", [1, 2], UNSUPPORTED),
    ("fr", "Prend de la metformine 500 mg deux fois par jour.", [3], SUPPORTED),
    ("fr", "Prend de la metformine 850 mg deux fois par jour.", [3], UNSUPPORTED),
    ("fr", "Douleur au genou gauche depuis trois semaines.", [4], SUPPORTED),
    ("fr", "Douleur au genou droit depuis trois semaines.", [4], UNSUPPORTED),
    ("zh", "否认发烧。", [1, 2], SUPPORTED),
    ("zh", "有发烧。", [1, 2], UNSUPPORTED),
    ("zh", "每天两次服用500毫克二甲双胍。", [3], SUPPORTED),
    ("zh", "每天两次服用850毫克二甲双胍。", [3], UNSUPPORTED),
    ("zh", "左膝盖疼三个星期。", [4], SUPPORTED),
    ("zh", "右膝盖疼三个星期。", [4], UNSUPPORTED),
    ("ar", "ينفي الحمى.", [1, 2], SUPPORTED),
    ("ar", "لديه حمى.", [1, 2], UNSUPPORTED),
    ("ar", "يأخذ ميتفورمين 500 ملغ مرتين في اليوم.", [3], SUPPORTED),
    ("ar", "يأخذ ميتفورمين 850 ملغ مرتين في اليوم.", [3], UNSUPPORTED),
    ("ar", "ألم في الركبة اليسرى منذ ثلاثة أسابيع.", [4], SUPPORTED),
    ("ar", "ألم في الركبة اليمنى منذ ثلاثة أسابيع.", [4], UNSUPPORTED),
    ("hi", "बुखार से इनकार।", [1, 2], SUPPORTED),
    ("hi", "बुखार है।", [1, 2], UNSUPPORTED),
    ("hi", "मेटफॉर्मिन 500 मिग्रा दिन में दो बार लेते हैं।", [3], SUPPORTED),
    ("hi", "मेटफॉर्मिन 850 मिग्रा दिन में दो बार लेते हैं।", [3], UNSUPPORTED),
    ("hi", "बाएँ घुटने में तीन हफ़्ते से दर्द।", [4], SUPPORTED),
    ("hi", "दाएँ घुटने में तीन हफ़्ते से दर्द।", [4], UNSUPPORTED),
]


@pytest.mark.parametrize(("language", "text", "utterances", "support"), ABROAD)
def test_denials_doses_and_sides_are_judged_in_other_languages(
    language: str, text: str, utterances: list[int], support: Support
) -> None:
    judged = Checker(visit(language, *VISITS[language])).judge(text, language, utterances)
    assert judged.support is support, judged.reasons
