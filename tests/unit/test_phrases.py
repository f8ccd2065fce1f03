"""The phrase bank's data, its slots and its veto."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voicedoc_corpora.devset import parallel

from voicedoc.core.glossary import Glossary, Term
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.phrases import Phrase, PhraseBank
from voicedoc.phrases.amounts import amounts, in_digits, written
from voicedoc.phrases.bank import PUBLISHED, UNREVIEWED, read_phrases, sources
from voicedoc.phrases.lexicon import languages, lexicon_of
from voicedoc.phrases.normal import normalised
from voicedoc.phrases.search import LONGEST
from voicedoc.phrases.slots import UNITS

pytestmark = pytest.mark.unit

LANGUAGES = ["ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh"]


@pytest.fixture(scope="module")
def bank() -> PhraseBank:
    return PhraseBank.load()


@pytest.fixture(scope="module")
def with_drugs() -> PhraseBank:
    drugs = (
        Term("drug", "Xarelto"),
        Term("drug", "Ben-u-ron"),
        Term("drug", forms={"en": "acetaminophen", "pt": "paracetamol"}),
        Term("drug", "Brufen 600"),
    )
    return PhraseBank.load(drugs=Glossary(drugs))


def _ids(bank: PhraseBank, text: str, language: str = "en", target: str = "pt") -> list[str]:
    return [match.phrase.id for match in bank.find(text, language, target)]


def test_the_bank_speaks_ten_languages_and_says_what_the_issue_asks(bank: PhraseBank) -> None:
    assert sorted(languages()) == LANGUAGES
    assert {
        "consent",
        "pre-session",
        "allergies",
        "pain",
        "medication",
        "teach-back",
        "emergency",
        "navigation",
    } <= set(bank.categories)
    for category in ("consent", "pre-session", "allergies", "pain", "medication", "teach-back", "emergency"):
        assert all(phrase.has(*LANGUAGES) for phrase in bank.phrases if phrase.category == category)


def test_ids_are_unique(bank: PhraseBank) -> None:
    ids = [phrase.id for phrase in bank.phrases]
    assert len(ids) == len(set(ids))


def test_every_wording_has_a_source_a_licence_and_a_review_status(bank: PhraseBank) -> None:
    found = {
        (phrase.source_of(language).licence, phrase.source_of(language).review)
        for phrase in bank.phrases
        for language in phrase.text
    }
    assert found == {("Apache-2.0", UNREVIEWED), ("MIT", PUBLISHED), ("CC0-1.0", PUBLISHED)}


@pytest.mark.parametrize(
    ("file", "source"),
    [("medical_phrases", "meditranslaters"), ("refugee_medical_glossary", "refugee-phrasebook")],
)
def test_what_is_called_published_is_the_sources_own_wording(
    bank: PhraseBank, devset: Path, file: str, source: str
) -> None:
    published = {item.id.strip(): item for item in reversed(list(parallel(devset / "text" / f"{file}.jsonl")))}
    ours = [phrase for phrase in bank.phrases if phrase.source == source]
    assert len(ours) > 20
    for phrase in ours:
        for language in phrase.published:
            theirs = published[phrase.source_id].in_language(language) or ""
            assert phrase.text[language] == " ".join(theirs.split()), (phrase.id, language)


def test_no_wording_offers_alternatives_or_stage_directions(bank: PhraseBank) -> None:
    strange = [
        (phrase.id, language)
        for phrase in bank.phrases
        for language, text in phrase.text.items()
        if any(mark in text for mark in "/()[]…") or ".." in text
    ]
    assert strange == []


def test_no_two_phrases_of_one_speaker_are_the_same_words(bank: PhraseBank) -> None:
    for language in LANGUAGES:
        said = [(normalised(p.text[language]), p.speaker) for p in bank.phrases if p.has(language)]
        assert len(said) == len(set(said)), sorted(text for text in said if said.count(text) > 1)


def test_every_phrase_is_found_by_its_own_words_in_every_language(bank: PhraseBank) -> None:
    for language in LANGUAGES:
        target = "de" if language == "en" else "en"
        missed = [
            phrase.id
            for phrase in bank.phrases
            if phrase.has(language, target)
            and "{" not in phrase.text[language]
            and phrase.id not in [m.phrase.id for m in bank.find(phrase.text[language], language, target, 3)]
        ]
        assert missed == [], language


# --- amounts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", sorted(set().union(*UNITS.values())))
@pytest.mark.parametrize("value", ["1", "2", "3", "5", "11", "21", "2.5", "1000"])
def test_an_amount_that_is_written_is_read_as_the_same(language: str, unit: str, value: str) -> None:
    text = normalised(written(Decimal(value), unit, language))
    found = amounts(in_digits(text, language), language)
    assert [(amount.value, amount.unit) for amount in found] == [(Decimal(value), unit)], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_a_tablet_is_read_and_written_in_every_language(language: str) -> None:
    text = written(Decimal("0.5"), "tablet", language)
    assert [(a.value, a.unit) for a in amounts(normalised(text), language)] == [(Decimal("0.5"), "tablet")]
    assert not any(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("take 2.5 mg", "en", ("2.5", "milligram")),
        ("tome 2,5 mg", "pt", ("2.5", "milligram")),
        ("1,000 mg", "en", ("1000", "milligram")),
        ("1.000 mg", "pt", ("1000", "milligram")),
        ("0.125 mg", "en", ("0.125", "milligram")),
        ("four hundred milligrams", "en", ("400", "milligram")),
        ("quatrocentos miligramas", "pt", ("400", "milligram")),
        ("two and a half tablets", "en", ("2.5", "tablet")),
        ("dois comprimidos", "pt", ("2", "tablet")),
        ("½ tablet", "en", ("0.5", "tablet")),
        ("1½ tablets", "en", ("1.5", "tablet")),
        ("twice", "en", ("2", "time")),
        ("zweimal", "de", ("2", "time")),
        ("de 8 em 8 horas", "pt", ("8", "hour")),
        ("每天三次", "zh", ("3", "time")),
        ("半片", "zh", ("0.5", "tablet")),
        ("قرصين", "ar", ("2", "tablet")),
        ("दो गोलियाँ", "hi", ("2", "tablet")),
        ("две таблетки", "ru", ("2", "tablet")),
        ("५०० मिलीग्राम", "hi", ("500", "milligram")),
        ("٥٠٠ ملغ", "ar", ("500", "milligram")),
    ],
)
def test_amounts_are_read_as_they_are_said(text: str, language: str, expected: tuple[str, str]) -> None:
    (found,) = amounts(in_digits(normalised(text), language), language)
    assert (found.value, found.unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize("text", ["1 or 2 tablets", "1-2 tablets", "one to two tablets", "2 to 4 mg"])
def test_a_range_is_no_amount_that_a_slot_could_take(text: str) -> None:
    (found,) = amounts(in_digits(normalised(text), "en"), "en")
    assert found.value is None


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_any_text_can_be_searched(text: str, language: str) -> None:
    bank = _small_bank()
    assert bank.find(text, language, "de" if language != "de" else "en") is not None
    bank.exact(text, language, "de" if language != "de" else "en")


_SMALL: list[PhraseBank] = []


def _small_bank() -> PhraseBank:
    if not _SMALL:
        phrases = [phrase for phrase in PhraseBank.load().phrases if phrase.category == "medication"]
        _SMALL.append(PhraseBank(tuple(phrases)))
    return _SMALL[0]


def test_a_text_far_longer_than_any_phrase_is_not_looked_up(bank: PhraseBank) -> None:
    assert bank.find("Do you have any allergies? " * (LONGEST // 20), "en", "pt") == []


# --- slots


def test_numbers_and_units_of_the_utterance_are_written_in_the_targets_way(bank: PhraseBank) -> None:
    match = bank.find("Take 2.5 mg of Xarelto twice a day", "en", "pt")[0]
    assert match.phrase.id == "medication.take-times"
    assert match.text == "Tome 2,5 miligramas de Xarelto duas vezes ao dia."
    assert dict(match.slots) == {"dose": "2,5 miligramas", "times": "duas vezes", "drug": "Xarelto"}


def test_a_drug_that_nobody_knows_is_copied_and_marked(bank: PhraseBank) -> None:
    match = bank.find("Take 2 tablets of Zyxomol every 8 hours", "en", "ru")[0]
    assert match.unsure == ("drug",) and "Zyxomol" in match.text and not match.is_complete


def test_a_drug_of_the_glossary_has_its_name_in_the_target(with_drugs: PhraseBank) -> None:
    match = with_drugs.find("Take 500 mg of acetaminophen every 6 hours", "en", "pt")[0]
    assert match.text == "Tome 500 miligramas de paracetamol a cada 6 horas." and match.is_complete


@pytest.mark.parametrize("drug", ["Ben-u-ron", "Brufen 600"])
def test_a_drug_may_have_hyphens_and_numbers_in_its_name(with_drugs: PhraseBank, drug: str) -> None:
    match = with_drugs.find(f"Take 2 tablets of {drug} twice a day", "en", "pt")[0]
    assert match.text == f"Tome 2 comprimidos de {drug} duas vezes ao dia." and match.is_complete


def test_a_glossary_of_thousands_of_drugs_costs_its_reading_only() -> None:
    drugs = Glossary(tuple(Term("drug", f"drugname{n}x") for n in range(5_000)))
    bank = PhraseBank.load(drugs=drugs)
    said = "Take 2 tablets of drugname4999x twice a day"
    assert bank.find(said, "en", "pt")[0].is_complete
    began = time.process_time()
    bank.find(said, "en", "pt")
    assert time.process_time() - began < 0.5


def test_what_was_not_said_is_missing_and_stays_open(bank: PhraseBank) -> None:
    match = next(m for m in bank.find("Take Xarelto twice a day", "en", "pt") if m.phrase.id == "medication.take-times")
    assert match.missing == ("dose",) and "{dose}" in match.text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("pt", "Tome meio comprimido de Xarelto a cada 12 horas."),
        ("de", "Nehmen Sie eine halbe Tablette Xarelto alle 12 Stunden."),
        ("zh", "请每12小时服用Xarelto，每次半片。"),
        ("ar", "تناولوا نصف قرص من Xarelto كل 12 ساعة."),
        ("ru", "Принимайте Xarelto: половину таблетки каждые 12 часов."),
        ("hi", "Xarelto आधी गोली, हर 12 घंटे में लें।"),
    ],
)
def test_a_dose_reads_right_in_each_language(bank: PhraseBank, target: str, expected: str) -> None:
    assert bank.find("Take half a tablet of Xarelto every 12 hours", "en", target)[0].text == expected


# --- the veto


@pytest.mark.parametrize(
    ("text", "not_for"),
    [
        ("Take it after meals", "medication.before-food"),
        ("Stop taking Xarelto", "medication.keep"),
        ("Do not stop taking Xarelto", "medication.stop"),
        ("Take Xarelto", "medication.do-not-take"),
        ("Lift up your left arm", "examination.lift-arm"),
        ("Show me three fingers", "examination.two-fingers"),
        ("Does your mother have any allergies?", "allergies.any"),
        ("Take 1 or 2 tablets of Xarelto twice a day", "medication.take-times"),
        ("Take 2 tablets of 500 mg Xarelto twice a day", "medication.take-times"),
        ("You must come back if you do not recover completely after 15 days", "examination.back-after-5-days"),
        ("You mustn't move your leg", "examination.lift-leg"),
    ],
)
def test_what_says_the_opposite_is_not_offered_however_alike_it_looks(
    bank: PhraseBank, text: str, not_for: str
) -> None:
    assert not_for not in _ids(bank, text)


def test_a_statement_that_denies_is_no_question_with_a_tag(bank: PhraseBank) -> None:
    assert "allergies.drug" in _ids(bank, "Você é alérgico a penicilina.", "pt", "en")
    assert "allergies.drug" not in _ids(bank, "Você não é alérgico a penicilina.", "pt", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_languages_negation_is_seen(bank: PhraseBank, language: str) -> None:
    target = "de" if language == "en" else "en"
    text = bank.phrase("pain.no-chest").text[language]
    assert "pain.chest" not in _ids(bank, text, language, target)
    assert "pain.no-chest" in _ids(bank, text, language, target)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one, other", [("before-food", "after-food"), ("stop", "keep")])
def test_each_languages_opposites_are_seen(bank: PhraseBank, language: str, one: str, other: str) -> None:
    target = "de" if language == "en" else "en"
    text = bank.phrase(f"medication.{one}").text[language].replace("{drug}", "Xarelto")
    assert f"medication.{one}" in _ids(bank, text, language, target)
    assert f"medication.{other}" not in _ids(bank, text, language, target)


def test_who_speaks_decides_between_question_and_answer(bank: PhraseBank) -> None:
    doctor = [m.phrase.id for m in bank.find("fever", "en", "pt", speaker=Role.DOCTOR)]
    patient = [m.phrase.id for m in bank.find("fever", "en", "pt", speaker=Role.PATIENT)]
    assert "symptoms.fever" in doctor and "patient.fever" not in doctor
    assert "patient.fever" in patient and "symptoms.fever" not in patient


# --- exact


@pytest.mark.parametrize(
    "text", ["Do you have any allergies?", "do you have any allergies", " Do you have  any ALLERGIES! "]
)
def test_case_punctuation_and_spaces_do_not_matter(bank: PhraseBank, text: str) -> None:
    match = bank.exact(text, "en-GB", "pt-BR")
    assert match is not None and match.text == "Tem alguma alergia?"


@pytest.mark.parametrize(
    "text",
    ["Do you have any food allergies?", "Do you not have any allergies?", "Are you allergic to peanuts?", "", "?",
     "Take 2 tablets of peanuts twice a day."],
)  # fmt: skip
def test_anything_else_is_not_exact(bank: PhraseBank, text: str) -> None:
    assert bank.exact(text, "en", "pt") is None


def test_an_exact_instruction_needs_a_drug_that_is_known(with_drugs: PhraseBank) -> None:
    known = with_drugs.exact("Take two tablets of acetaminophen twice a day.", "en", "pt")
    assert known is not None and known.text == "Tome 2 comprimidos de paracetamol duas vezes ao dia."
    assert with_drugs.exact("Take two tablets of Zyxomol twice a day.", "en", "pt") is None


# --- errors


def test_a_language_that_the_bank_lacks_is_named(bank: PhraseBank) -> None:
    with pytest.raises(UnsupportedLanguage, match="'fi'") as caught:
        bank.find("kipua", "fi", "en")
    assert "pt" in caught.value.remedy
    with pytest.raises(UnsupportedLanguage):
        bank.find("pain", "en", "fi")


def test_a_mistyped_id_gets_a_suggestion(bank: PhraseBank) -> None:
    with pytest.raises(ConfigError) as caught:
        bank.phrase("allergies.anny")
    assert "allergies.any" in caught.value.remedy


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('id = "x.a"\nspeaker = "doctor"\ntext = { en = "Take {dose}.", pt = "Tome." }', "same slots"),
        ('id = "x.a"\nspeaker = "doctor"\ntext = { en = "Take {food}.", pt = "Tome {food}." }', "same slots"),
        ('id = "x.a"\nspeaker = "doctor"\ntext = { en = "A" }\nsource = "nowhere"', "no source"),
        ('id = "y.a"\nspeaker = "doctor"\ntext = { en = "A" }', "begins with"),
        ('id = "x.a"\nspeaker = "doctor"\ntext = { en = "A" }\nalso = { pt = ["B"] }', "no text in pt"),
        ('id = "x.a"\nspeaker = "doctor"\ntext = { en = "A" }\ncolour = "red"', "colour"),
        ('id = "x.a"\ntext = { en = "A" }', "needs id, speaker and text"),
    ],
)
def test_a_broken_phrase_is_refused_by_name(tmp_path: Path, entry: str, problem: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(f"[[phrases]]\n{entry}\n", "utf-8")
    with pytest.raises(ConfigError, match=problem) as caught:
        read_phrases(path)
    assert "x.toml" in str(caught.value)


def test_a_phrase_knows_which_of_its_wordings_are_whose() -> None:
    phrase = Phrase("x.a", "x", None, {"en": "A", "pt": "B"}, source="meditranslaters", published=frozenset({"en"}))
    assert phrase.source_of("en-GB") is sources()["meditranslaters"]
    assert phrase.source_of("pt").review == UNREVIEWED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_has_every_unit_and_contrast(language: str) -> None:
    lexicon = lexicon_of(language)
    assert set(lexicon.words.values()) >= set().union(*UNITS.values())
    assert set(lexicon.contrasts) == set(lexicon_of("en").contrasts)
