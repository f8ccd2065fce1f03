"""What the silent advisor makes of a visit: alarms, conflicts, facts, open questions. By rules alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import pytest

from tests.helpers.said import said
from voicedoc.converse.advice.advisor import UNLISTED, Advisor, advisor_for
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import load_packs
from voicedoc.core.events import (
    AlarmRaised,
    ConflictFound,
    Event,
    FactNoted,
    QuestionsOpen,
    TurnAttributed,
    TurnCorrected,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.errors import UnsupportedLanguage

pytestmark = pytest.mark.unit

E = TypeVar("E", bound=Event)

DOCTOR, PATIENT, OTHER = Role.DOCTOR, Role.PATIENT, Role.OTHER


def advisor(language: str = "en") -> Advisor:
    return Advisor(load_packs(), Alarms(), language)


def told(*turns: TurnAttributed | TurnCorrected, language: str = "en") -> list[Event]:
    """Everything that is told of a visit."""
    one = advisor(language)
    return [
        event for turn in turns for event in (one.correct(turn) if isinstance(turn, TurnCorrected) else one.hear(turn))
    ]


def visit(*lines: tuple[Role, str], language: str = "en") -> list[Event]:
    return told(*(said(number, role, text, language) for number, (role, text) in enumerate(lines, start=1)))


def of(events: Sequence[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def conflicts(events: Sequence[Event]) -> set[tuple[str, ...]]:
    return {event.names for event in of(events, ConflictFound)}


# --- what cannot wait


def test_a_red_flag_is_raised_with_its_reason_and_who_said_it() -> None:
    events = visit((PATIENT, "I have chest pain."), (PATIENT, "I am covered in a cold sweat."))
    alarms = of(events, AlarmRaised)
    emergency = next(alarm for alarm in alarms if alarm.level == "emergency")
    assert emergency.evidence == (1, 2) and emergency.utterance == 2 and emergency.at == 13.5
    assert {"chest-pain", "sweating-cold"} <= set(emergency.signs)
    assert "cardiac" in emergency.reason


def test_the_reason_is_in_the_clinicians_language() -> None:
    turns = (said(1, PATIENT, "I have chest pain and a cold sweat."),)
    (alarm,) = [alarm for alarm in of(told(*turns, language="pt-BR"), AlarmRaised) if alarm.level == "emergency"]
    assert "cardíaca" in alarm.reason
    (alarm,) = [alarm for alarm in of(told(*turns, language="ru"), AlarmRaised) if alarm.level == "emergency"]
    assert "cardiac" in alarm.reason  # the rule has no Russian wording


def test_an_alarm_is_told_once() -> None:
    line = (PATIENT, "I have chest pain and a cold sweat.")
    alarms = [alarm.alarm for alarm in of(visit(line, line, line), AlarmRaised)]
    assert alarms and len(alarms) == len(set(alarms))


def test_the_doctors_words_raise_no_alarm() -> None:
    events = visit((DOCTOR, "Chest pain with a cold sweat is an emergency."), (DOCTOR, "Do you have chest pain?"))
    assert of(events, AlarmRaised) == [] and of(events, FactNoted) == []


def test_what_is_denied_raises_none() -> None:
    events = visit((PATIENT, "I have no chest pain and no cold sweat."))
    assert of(events, AlarmRaised) == []
    assert {(fact.name, fact.state) for fact in of(events, FactNoted)} >= {("chest-pain", "absent")}


def test_a_plain_yes_to_a_question_counts() -> None:
    events = visit(
        (PATIENT, "I have a headache."),
        (DOCTOR, "Did the headache come suddenly and reach its worst within one minute?"),
        (PATIENT, "Yes."),
    )
    (alarm,) = [alarm for alarm in of(events, AlarmRaised) if alarm.level == "emergency"]
    assert "headache-thunderclap" in alarm.signs and alarm.utterance == 3
    fact = next(fact for fact in of(events, FactNoted) if fact.name == "headache-thunderclap")
    assert (fact.state, fact.words, fact.by, fact.question) == (
        "present",
        "Yes.",
        "rule",
        "common.headache-thunderclap",
    )


def test_a_question_that_the_doctor_confirmed_still_stands() -> None:
    """The guard asks the doctor first whether "penicillin" was heard right."""
    events = visit(
        (DOCTOR, "Are you allergic to penicillin?"), (DOCTOR, "Yes."), (PATIENT, "Yes."), (DOCTOR, "Take amoxicillin.")
    )
    assert conflicts(events) == {("penicillin", "amoxicillin")}


@pytest.mark.parametrize("answer", ["Well, it depends.", "I took a taxi here.", "Yes and no."])
def test_what_is_neither_yes_nor_no_answers_nothing(answer: str) -> None:
    events = visit((PATIENT, "I have a headache."), (DOCTOR, "Do you have a stiff neck?"), (PATIENT, answer))
    assert "neck-stiff" not in {fact.name for fact in of(events, FactNoted)}


def test_a_no_denies_all_that_was_asked_and_a_yes_to_several_things_tells_nothing() -> None:
    question = (DOCTOR, "Do you have a fever or a stiff neck?")
    facts = of(visit(question, (PATIENT, "No.")), FactNoted)
    assert {("fever", "absent"), ("neck-stiff", "absent")} <= {(fact.name, fact.state) for fact in facts}
    assert of(visit(question, (PATIENT, "Yes.")), FactNoted) == []


# --- medicines


def test_a_medicine_that_is_prescribed_beside_one_that_is_taken() -> None:
    events = visit((PATIENT, "I take warfarin for my heart."), (DOCTOR, "I will give you ibuprofen for the pain."))
    (conflict,) = of(events, ConflictFound)
    assert conflict.names == ("warfarin", "ibuprofen") and conflict.severity == "major"
    assert conflict.evidence == (1, 2) and conflict.utterance == 2 and "https://" in conflict.source
    assert conflict.message == "Together they raise the risk of serious bleeding."


def test_a_medicine_that_was_stopped_before_is_in_nobodys_way() -> None:
    assert visit((PATIENT, "I stopped warfarin last year."), (DOCTOR, "Take ibuprofen.")) == [
        event for event in visit((PATIENT, "I stopped warfarin last year.")) if isinstance(event, FactNoted)
    ]


def test_what_is_stopped_for_it_is_no_conflict_any_more() -> None:
    one = advisor()
    one.hear(said(1, PATIENT, "I take warfarin."))
    assert one.hear(said(2, DOCTOR, "Stop taking warfarin.")) == []
    assert of(one.hear(said(3, DOCTOR, "Take ibuprofen for the pain.")), ConflictFound) == []


def test_a_warning_of_the_doctors_does_not_take_the_patients_medicine_away() -> None:
    one = advisor()
    one.hear(said(1, PATIENT, "I take warfarin."))
    assert of(one.hear(said(2, DOCTOR, "You must not take aspirin with warfarin.")), ConflictFound) == []
    assert conflicts(one.hear(said(3, PATIENT, "But I take ibuprofen for my knee."))) == {("warfarin", "ibuprofen")}


def test_an_allergy_that_is_told_and_one_that_is_answered() -> None:
    told_ = visit((PATIENT, "I'm allergic to penicillin."), (DOCTOR, "I will prescribe amoxicillin."))
    asked = visit(
        (DOCTOR, "Are you allergic to penicillin?"), (PATIENT, "Yes, I am."), (DOCTOR, "I will prescribe amoxicillin.")
    )
    named = visit(
        (DOCTOR, "Are you allergic to any medicine?"), (PATIENT, "Penicillin."), (DOCTOR, "So I prescribe amoxicillin.")
    )
    for events in (told_, asked, named):
        assert conflicts(events) == {("penicillin", "amoxicillin")}
        assert "penicillin" in {fact.name for fact in of(events, FactNoted) if fact.slot == "allergies"}
    denied = visit(
        (DOCTOR, "Are you allergic to penicillin?"), (PATIENT, "No."), (DOCTOR, "I will prescribe amoxicillin.")
    )
    assert conflicts(denied) == set()


def test_a_blood_thinner_without_a_name_and_alcohol_count() -> None:
    assert conflicts(visit((PATIENT, "I'm on blood thinners."), (DOCTOR, "Take naproxen."))) == {
        ("anticoagulant", "naproxen")
    }
    assert ("metronidazole", "alcohol") in conflicts(
        visit((PATIENT, "I drink a bottle of wine every day."), (DOCTOR, "I prescribe metronidazole."))
    )


def test_what_the_patient_considers_is_worth_a_warning() -> None:
    events = visit((PATIENT, "I take warfarin."), (PATIENT, "Can I take ibuprofen for my knee?"))
    assert conflicts(events) == {("warfarin", "ibuprofen")}


def test_pregnancy_and_a_medicine_that_does_not_suit_it() -> None:
    events = visit((PATIENT, "I am pregnant."), (DOCTOR, "I will prescribe doxycycline."))
    (conflict,) = of(events, ConflictFound)
    assert (conflict.kind, conflict.names) == ("condition", ("pregnant", "doxycycline"))


def test_another_persons_medicine_does_not_count_but_a_companion_speaks_of_the_patient() -> None:
    prescribed = (DOCTOR, "I will prescribe ibuprofen.")
    assert conflicts(visit((PATIENT, "My husband takes warfarin."), prescribed)) == set()
    assert conflicts(visit((OTHER, "My husband takes warfarin."), prescribed)) == {("warfarin", "ibuprofen")}


def test_a_medicine_that_no_table_has_is_noted_as_such() -> None:
    facts = of(visit((PATIENT, "I take ambroxol and warfarin.")), FactNoted)
    assert {fact.name: fact.value for fact in facts if fact.slot == "drugs" and fact.name != "blood-thinner"} == {
        "ambroxol": UNLISTED,
        "warfarin": "",
    }


def test_nothing_that_is_told_has_a_dose_in_it() -> None:
    events = visit(
        (PATIENT, "I take warfarin 5 mg and lithium 400 mg."), (DOCTOR, "Take ibuprofen 600 mg three times a day.")
    )
    assert len(of(events, ConflictFound)) == 2
    assert not any(any(letter.isdigit() for letter in conflict.message) for conflict in of(events, ConflictFound))


# --- what is worth asking


def test_a_complaint_opens_its_must_ask_questions_and_asking_closes_them() -> None:
    events = visit((PATIENT, "I have a bad headache."), (DOCTOR, "Do you have a stiff neck?"), (PATIENT, "No."))
    first, second = of(events, QuestionsOpen)
    assert first.complaint == second.complaint == "headache" and first.asked == ()
    assert second.asked == ("common.neck-stiff",)
    assert set(first.questions) == {*second.questions, *second.asked}
    assert all(load_packs().question(one).must for one in first.questions if one.startswith("headache."))


def test_what_the_patient_has_told_need_not_be_asked() -> None:
    (open_,) = of(visit((PATIENT, "I have a headache, and a fever.")), QuestionsOpen)[:1]
    assert "common.fever" in open_.asked and "common.fever" not in open_.questions


@pytest.mark.parametrize(
    "words",
    ["How are you today?", "Would you like some water?", "The neck is fine.", "What is your date of birth?"],
)
def test_what_is_not_asked_is_not_closed(words: str) -> None:
    events = visit((PATIENT, "I have a headache."), (DOCTOR, words))
    assert [one.asked for one in of(events, QuestionsOpen)] == [()]


def test_later_complaints_need_a_sign_of_the_patients_own() -> None:
    events = visit((PATIENT, "I have a rash."), (PATIENT, "Years ago my mother had migraines."))
    assert {one.complaint for one in of(events, QuestionsOpen)} == {"rash"}


# --- corrections


def test_what_another_said_is_forgotten_and_told_again_where_it_still_holds() -> None:
    one = advisor()
    one.hear(said(1, PATIENT, "I take warfarin."))
    assert len(of(one.hear(said(2, PATIENT, "Should I take ibuprofen?")), ConflictFound)) == 1
    changed = one.correct(TurnCorrected(at=20.0, utterance=UtteranceId(2), role=DOCTOR))
    assert of(changed, ConflictFound) == []  # a question of the doctor's proposes nothing
    again = one.correct(TurnCorrected(at=25.0, utterance=UtteranceId(2), role=PATIENT))
    assert [(event.names, event.at) for event in of(again, ConflictFound)] == [(("warfarin", "ibuprofen"), 25.0)]
    assert one.correct(TurnCorrected(at=26.0, utterance=UtteranceId(2), role=PATIENT)) == []
    assert one.correct(TurnCorrected(at=26.0, utterance=UtteranceId(9), role=PATIENT)) == []


def test_an_utterance_that_goes_on_takes_the_place_of_its_beginning() -> None:
    one = advisor()
    assert of(one.hear(said(1, PATIENT, "I take warfarin.")), FactNoted)
    later = one.hear(said(1, PATIENT, "I take warfarin. No, I stopped that, I take apixaban.", at=30.0))
    assert {(fact.name, fact.state) for fact in of(later, FactNoted)} >= {("apixaban", "present")}
    assert all(event.at == 30.0 for event in later)


def test_an_alarm_whose_evidence_was_the_doctors_comes_back_with_other_evidence() -> None:
    one = advisor()
    line = "I have chest pain and a cold sweat."
    one.hear(said(1, PATIENT, line))
    assert of(one.hear(said(2, PATIENT, line)), AlarmRaised) == []
    again = of(one.correct(TurnCorrected(at=30.0, utterance=UtteranceId(1), role=DOCTOR)), AlarmRaised)
    assert again and {(alarm.at, alarm.evidence) for alarm in again} == {(30.0, (2,))}
    assert of(one.correct(TurnCorrected(at=31.0, utterance=UtteranceId(2), role=DOCTOR)), AlarmRaised) == []


# --- the whole


def test_the_same_visit_gives_the_same_advice_and_late_words_the_same_picture() -> None:
    lines = [
        (PATIENT, "I have a headache and I take warfarin."),
        (DOCTOR, "Do you have a stiff neck?"),
        (PATIENT, "No."),
        (DOCTOR, "Are you allergic to penicillin?"),
        (PATIENT, "Yes."),
        (DOCTOR, "I will give you ibuprofen and amoxicillin."),
    ]
    turns = [said(number, role, text) for number, (role, text) in enumerate(lines, start=1)]
    assert told(*turns) == told(*turns)
    shuffled = random.Random(7).sample(turns, len(turns))
    assert conflicts(told(*shuffled)) == conflicts(told(*turns)) != set()


def test_a_visit_in_two_languages() -> None:
    one = advisor_for(Visit("en", "pt"))
    events = [
        *one.hear(said(1, PATIENT, "Dói-me o peito e estou com suores frios.", "pt")),
        *one.hear(said(2, PATIENT, "Tomo varfarina.", "pt")),
        *one.hear(said(3, DOCTOR, "I will give you ibuprofen.", "en")),
    ]
    assert conflicts(events) == {("warfarin", "ibuprofen")}
    assert "emergency" in {alarm.level for alarm in of(events, AlarmRaised)}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("pt", ("Estou com dor de cabeça.", "Tem febre?", "Não.", "É alérgico a algum medicamento?", "Penicilina.",
                "Tomo varfarina.", "Vou receitar amoxicilina e ibuprofeno.")),
        ("es", ("Me duele la cabeza.", "¿Tiene fiebre?", "No.", "¿Es alérgico a algún medicamento?", "Penicilina.",
                "Tomo warfarina.", "Le voy a recetar amoxicilina e ibuprofeno.")),
        ("fr", ("J'ai mal à la tête.", "Avez-vous de la fièvre ?", "Non.", "Êtes-vous allergique à un médicament ?",
                "La pénicilline.", "Je prends de la warfarine.", "Je prescris de l'amoxicilline et de l'ibuprofène.")),
        ("zh", ("我头很痛。", "您发烧吗？", "没有。", "您对药物过敏吗？", "青霉素。", "我在吃华法林。",
                "我给您开阿莫西林和布洛芬。")),
        ("hi", ("मेरे सिर में दर्द है।", "क्या आपको बुखार है?", "नहीं।", "क्या आपको किसी दवा से एलर्जी है?", "पेनिसिलिन।",
                "मैं वारफेरिन लेता हूँ।", "मैं आपको एमोक्सिसिलिन और आइबुप्रोफेन दूंगा।")),
    ],
)  # fmt: skip
def test_a_whole_visit_in_another_language(language: str, lines: tuple[str, ...]) -> None:
    roles = (PATIENT, DOCTOR, PATIENT, DOCTOR, PATIENT, PATIENT, DOCTOR)
    events = visit(*zip(roles, lines, strict=True), language=language)
    assert conflicts(events) == {("penicillin", "amoxicillin"), ("warfarin", "ibuprofen")}
    facts = {(fact.name, fact.state) for fact in of(events, FactNoted)}
    assert {("headache", "present"), ("fever", "absent"), ("penicillin", "present"), ("warfarin", "present")} <= facts
    assert "common.fever" in of(events, QuestionsOpen)[-1].asked


def test_a_language_that_cannot_be_read_is_said() -> None:
    with pytest.raises(UnsupportedLanguage):
        advisor().hear(said(1, PATIENT, "Nina maumivu ya kifua.", "sw"))
    assert advisor().hear(said(1, PATIENT, "   ")) == []
    advisor_for(Visit("sw", "en"))  # nothing to prepare; no failure
