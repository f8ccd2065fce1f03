"""Notes by rules: what the interview knows in fixed wordings, what was said word for word, each with its evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.notes import LABELS, LANGUAGES, QUESTIONS, fact, interview_events, question, visit, visit_events
from tests.helpers.transcripts import consultation_events, opening, turn
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.read import CONTRADICTED
from voicedoc.converse.interview.texts import checks, general_questions
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.note import Note, Origin, Sentence, Support, from_data, sha256_of, to_bytes, to_data
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.template import load_template
from voicedoc.converse.suspicion.suspicion import concerns
from voicedoc.core.events import (
    Cleared,
    Event,
    Held,
    QuestionAsked,
    Suspected,
    Translated,
    TurnAttributed,
    TurnCorrected,
)
from voicedoc.core.speech import Role, Translation, UtteranceId
from voicedoc.core.time import Span

pytestmark = pytest.mark.unit


def drafted(events: list[Event], template: str = "soap", language: str = "") -> Note:
    plan = load_template(template)
    return draft_by_rules(gather(events, language=language, reader=plan.reader), plan, LABELS)


def texts(note: Note, section: str, label: str | None = None) -> list[str]:
    return [sentence.text for sentence in under(note, section, label)]


def under(note: Note, section: str, label: str | None = None) -> list[Sentence]:
    (found,) = [one for one in note.sections if one.name == section]
    return [said for part in found.paragraphs if label in (None, part.label) for said in part.sentences]


# --- an interview


def test_an_interviews_facts_are_worded_in_the_clinicians_language() -> None:
    note = drafted(interview_events())
    assert note.language == "en"
    assert texts(note, "subjective", "History of present illness") == ["Since: 3 days", "Short of breath."]
    assert texts(note, "subjective", "Medicines") == [
        "Medicines: warfarin; ibuprofen – “Warfarin and ibuprofen.” (pt: “Varfarina e ibuprofeno.”)"
    ]


def test_what_was_denied_or_is_not_known_stands_together() -> None:
    note = drafted(interview_events())
    assert texts(note, "subjective", "Allergies") == ["Allergies: none."]
    assert texts(note, "subjective", "Denied or not known") == ["Denies: Cold sweat.", "Does not know: Fainted."]


def test_the_patients_own_words_stand_beside_their_translation() -> None:
    (reason,) = under(drafted(interview_events()), "subjective", "Reason for the visit")
    assert reason.text == "Reason: “I have a pain in my chest.” (pt: “Tenho uma dor no peito.”)"
    assert reason.utterances == (2,)


def test_alarms_conflicts_and_open_questions_are_listed_with_their_evidence() -> None:
    note = drafted(interview_events())
    (alarm,) = under(note, "assessment", "Alarm signs")
    assert alarm.text == "EMERGENCY: chest pain with breathlessness"
    assert alarm.utterances == (2, 6)
    (conflict,) = under(note, "assessment", "Medicines that may not go together")
    assert conflict.text == "ibuprofen + warfarin: may cause bleeding (SmPC)"
    (still,) = under(note, "plan", "Still open")
    assert (still.text, still.support) == ("Not asked, or not answered: Family.", Support.REMARK)


def test_what_may_have_been_meant_stands_beside_the_alarms_but_not_for_the_patient() -> None:
    heart = concerns()["heart"]
    said = Suspected(
        at=40.0, utterance=UtteranceId(4), concern="heart", reason=heart.reason["en"], signs=("breathless",),
        words="Há três dias.", probability=0.9,
    )  # fmt: skip
    unasked = replace(said, concern="suicide", signs=("wants-to-die",))
    rows = texts(drafted([*interview_events(), said, unasked], "soap"), "assessment", "Alarm signs")[1:]
    meant = "What may have been meant"
    assert rows == [
        f"{meant}: {heart.reason['en']}: “Há três dias.” (Short of breath: yes)",
        f"{meant}: {concerns()['suicide'].reason['en']}: “Há três dias.” (not asked)",
    ]
    for_patient = replace(load_template("soap"), reader="patient")
    note = draft_by_rules(gather([*interview_events(), said], language="en"), for_patient, LABELS)
    assert not [one for one in note.sentences() if heart.reason["en"] in one.text]


def test_what_was_not_confirmed_and_what_was_contradicted_says_so() -> None:
    read_back = [
        fact(2, Slot.ALLERGIES, "allergies", "told", "Sou alérgico a nozes.", "nut"),
        fact(4, Slot.ALLERGIES, "check.allergies", "absent", "Não.", question="check.allergies"),
        fact(2, Slot.DRUGS, "drugs", "told", "Tomo varfarina.", "warfarin"),
        fact(6, Slot.DRUGS, "common.drugs", "unknown", "Não.", CONTRADICTED, question="common.drugs"),
        fact(8, Slot.DRUGS, "check.drugs", "present", "Sim.", question="check.drugs"),
    ]
    events: list[Event] = [opening("en", "pt")]
    said = {2: "Sou alérgico a nozes. Tomo varfarina.", 4: "Não.", 6: "Não.", 8: "Sim."}
    for number, text in said.items():
        events += turn(number, Span(3.0 * number, 3.0 * number + 1.0), text, "pt", "patient")
    plan = load_template("soap")
    labels = Labels.of([*QUESTIONS, *checks()])
    note = draft_by_rules(gather([*events, *read_back]), plan, labels)
    (allergy,) = [one for one in under(note, "subjective", "Allergies") if "nut" in one.text]
    assert allergy.support is Support.PARTLY and "NOT confirmed when read back" in allergy.reasons
    (medicine,) = [one for one in under(note, "subjective", "Medicines") if "warfarin" in one.text]
    assert "NOT confirmed when read back" not in medicine.reasons
    everything = [sentence.text for sentence in note.sentences()]
    assert not [text for text in everything if text.startswith("Denies") or text.startswith("Not asked")]
    assert "Medicines: “no”, against what was told before." in everything


def test_what_facts_hold_is_not_quoted_as_well() -> None:
    note = drafted(interview_events())
    assert not any(sentence.origin is Origin.SAID for sentence in note.sentences())


def test_what_was_told_beside_a_fact_is_quoted() -> None:
    events = interview_events()
    long_answer = "Sim, e o meu pai morreu de um enfarte do coração quando tinha quarenta anos."
    noted = fact(6, Slot.ASSOCIATED, "breathless", "present", long_answer, question="chest.breath")
    events = [*(_resaid(event, 6, long_answer) for event in events), noted]
    quoted = [one.text for one in drafted(events, language="pt").sentences() if one.origin is Origin.SAID]
    assert any("o meu pai morreu" in text for text in quoted)


def _resaid(event: Event, utterance: int, text: str) -> Event:
    if isinstance(event, TurnAttributed) and event.utterance == utterance:
        return replace(event, hypothesis=replace(event.hypothesis, text=text))
    return event


def test_what_the_assistant_says_is_nobodys_history() -> None:
    events = interview_events()
    warning = "If you are alone, call an ambulance. The pain may be your heart."
    events = [_resaid(event, 5, warning) for event in events]
    for language in ("en", "pt"):
        assert not any(5 in sentence.utterances for sentence in drafted(events, language=language).sentences())


def test_own_words_that_nobody_translated_are_marked() -> None:
    (reason,) = under(drafted(interview_events(), language="de"), "subjective", "Grund des Besuchs")
    assert reason.text == "de:Reason: pt: “Tenho uma dor no peito.”"
    assert (reason.support, reason.reasons) == (Support.PARTLY, ("not translated into de",))


# --- answers that no, none, or nothing at all


def test_only_what_can_be_denied_is_denied() -> None:
    events = [
        *interview_events(),
        fact(8, Slot.CONCERN, "common.worry", "absent", "Não.", question="common.worry"),
        fact(8, Slot.ASSOCIATED, "infant-under-3-months", "absent", "Não."),
        fact(8, Slot.FAMILY, "common.family", "absent", "Não.", question="common.family"),
        fact(8, Slot.SEVERITY, "chest.how-bad", "absent", "Não.", question="chest.how-bad"),
    ]
    note = draft_by_rules(gather(events), load_template("soap"), WITH_WORRY)
    assert texts(note, "subjective", "Denied or not known") == [
        "Denies: Cold sweat.",
        "Not asked, or not answered: How bad.",
        "Does not know: Fainted.",
    ]
    assert texts(note, "subjective", "Family history") == ["Family: none."]


WITH_WORRY = Labels.of([*QUESTIONS, question("common.worry", Slot.CONCERN, "Main worry", expects="text")])


def test_what_was_not_understood_is_not_what_the_patient_does_not_know() -> None:
    high = fact(16, Slot.SEVERITY, "chest.how-bad", "unknown", "Trinta e oito e meio.", question="chest.how-bad")
    note = drafted([*answering("Ficou confuso?", "Trinta e oito e meio."), high])
    assert "Not asked, or not answered: How bad." in texts(note, "subjective", "Denied or not known")
    assert texts(note, "subjective", "Also said, not placed") == ["“Ficou confuso?” – “Trinta e oito e meio.”"]


def test_an_answer_that_fitted_no_question_is_listed_with_its_words() -> None:
    (said,) = under(drafted(answering("Ficou confuso?", "38,7")), "subjective", "Also said, not placed")
    assert (said.text, said.utterances) == ("“Ficou confuso?” – “38,7”", (15, 16))


def test_what_was_said_beside_a_yes_or_no_is_listed() -> None:
    words = "Não, mas acho que ficavam todos mais felizes sem mim."
    noted = fact(16, Slot.ASSOCIATED, "confused", "absent", words, question="chest.faint")
    (said,) = texts(drafted([*answering("Ficou confuso?", words), noted]), "subjective", "Also said, not placed")
    assert words in said


def test_a_sign_that_was_told_unasked_has_its_words() -> None:
    words = "Não, mas às vezes queria morrer."
    noted = fact(16, Slot.ASSOCIATED, "breathless", "present", words)
    found = texts(drafted([*answering("E à noite?", words), noted]), "subjective")
    assert f"Short of breath – pt: “{words}”" in found


@pytest.mark.parametrize("words", ["Sem ar e suores frios.", "De repente fico sem ar e com suores frios, e caio."])
def test_words_that_tell_two_signs_are_quoted_once(words: str) -> None:
    signs = [fact(16, Slot.ASSOCIATED, name, "present", words) for name in ("breathless", "sweating-cold")]
    found = texts(drafted([*answering("E à noite?", words), *signs]), "subjective")
    assert sum(words in text for text in found) == 1


def test_an_answer_that_was_not_clear_is_none() -> None:
    unclear = fact(10, Slot.ASSOCIATED, "fainted", "unknown", "Não sei.", "unclear", question="chest.faint")
    denied = texts(drafted([*interview_events(), unclear]), "subjective", "Denied or not known")
    assert denied == ["Denies: Cold sweat.", "Not asked, or not answered: Fainted."]


@pytest.mark.parametrize("words", ["Repita, por favor.", "Não sei.", "Sim."])
def test_what_has_nothing_for_a_history_is_not_listed(words: str) -> None:
    assert texts(drafted(answering("Ficou confuso?", words)), "subjective", "Also said, not placed") == []


def test_what_was_said_after_the_interview_is_no_answer_of_it() -> None:
    events = [*interview_events(), *turn(16, Span(150.0, 152.0), "O tempo está bom.", "pt", "patient")]
    assert texts(drafted(events), "subjective", "Also said, not placed") == []


def answering(asked: str, answer: str) -> list[Event]:
    """The interview with one more question and its answer, in utterances 15 and 16."""
    events = interview_events()
    asks = QuestionAsked(at=126.0, utterance=UtteranceId(15), question="q", act="ask")
    said = [
        replace(event, role=role)
        for number, text, role in ((15, asked, Role.ASSISTANT), (16, answer, Role.PATIENT))
        for event in turn(number, Span(130.0 + number, 131.0 + number), text, "pt", role.value)
        if isinstance(event, TurnAttributed)
    ]
    return [*events[:-2], asks, *said, *events[-2:]]


# --- translations that must not be used


def test_a_translation_that_was_held_is_never_an_entry() -> None:
    events = held_back(interview_events(), 12, "I stopped warfare and ibuprofen.")
    (medicine,) = under(drafted(events), "subjective", "Medicines")
    assert medicine.text == "Medicines: warfarin; ibuprofen – pt: “Varfarina e ibuprofeno.”"
    assert medicine.support is Support.PARTLY
    assert {"not translated into en", "its translation was held"} <= set(medicine.reasons)
    assert "warfare" not in to_bytes(drafted(events)).decode()
    assert not any("warfare" in said.text for said in gather(events).said())  # which models read


def test_what_was_said_and_held_is_quoted_as_it_was_said() -> None:
    events = held_back(consultation_events(), 2, "I have a pen in my chest.")
    note = drafted(events)
    (pain,) = [one for one in note.sentences() if 2 in one.utterances and one.origin is Origin.SAID]
    assert "Tenho uma dor no peito há três dias." in pain.text
    assert (pain.language, pain.support) == ("pt", Support.PARTLY)
    assert "pen in my chest" not in to_bytes(note).decode()


def test_a_held_translation_that_a_person_has_cleared_may_be_used() -> None:
    events = held_back(interview_events(), 12, "Warfarin, ibuprofen.")
    yes = Cleared(
        at=200.0,
        utterance=UtteranceId(12),
        listener=Role.DOCTOR,
        language="en",
        text="Warfarin, ibuprofen.",
        purpose="translation",
    )
    (medicine,) = texts(drafted([*events, yes]), "subjective", "Medicines")
    assert "“Warfarin, ibuprofen.”" in medicine


def held_back(events: list[Event], utterance: int, text: str) -> list[Event]:
    """The events, with another translation of one utterance, which the guard holds."""
    made = Translation(text, "pt", "en", ("m",))
    held = Held(
        at=160.0,
        utterance=UtteranceId(utterance),
        listener=Role.DOCTOR,
        translation=made,
        back="",
        differences=("x",),
        n_attempts=1,
    )
    swapped = [
        replace(event, translation=made) if isinstance(event, Translated) and event.utterance == utterance else event
        for event in events
    ]
    return [*swapped, held]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_worded_in_any_of_ten_languages(language: str) -> None:
    note = drafted(interview_events(), language=language)
    denied = "Cold sweat" if language == "en" else f"{language}:Cold sweat"
    assert any(denied in text for text in texts(note, "subjective"))
    assert note.title
    assert len({section.title for section in note.sections}) == 4


def test_a_later_fact_takes_the_place_of_an_earlier_one() -> None:
    events = [*interview_events(), fact(8, Slot.ASSOCIATED, "sweating-cold", "present", "Não.")]
    note = drafted(events)
    assert "Cold sweat." in texts(note, "subjective")
    assert not any("Denies: Cold sweat" in text for text in texts(note, "subjective"))


def test_a_fact_whose_words_nobody_said_is_unsupported() -> None:
    events = [*interview_events(), fact(8, Slot.HISTORY, "history-heart", "present", "Tive um enfarte.", by="model")]
    (invented,) = under(drafted(events), "subjective", "Past history")
    assert invented.support is Support.UNSUPPORTED
    assert "does not say “Tive um enfarte.”" in invented.reasons[0]


def test_a_fact_of_an_utterance_that_is_not_there_is_unsupported() -> None:
    events = [*interview_events(), fact(99, Slot.HISTORY, "history-heart", "present", "Sim.")]
    (lost,) = under(drafted(events), "subjective", "Past history")
    assert lost.support is Support.UNSUPPORTED


def test_what_was_known_beforehand_is_a_remark() -> None:
    events = [*interview_events(), fact(0, Slot.PERSON, "common.sex", "told", "", "female")]
    (known,) = under(drafted(events), "subjective", "Social history")
    assert (known.text, known.support, known.utterances) == ("Sex: en:woman", Support.REMARK, ())


def test_a_fact_that_was_noted_of_the_doctors_words_is_left_out() -> None:
    events = [*interview_events(), TurnCorrected(at=130.0, utterance=UtteranceId(6), role=Role.DOCTOR)]
    corrected = [event for event in events if isinstance(event, TurnCorrected)]
    assert corrected
    assert "Short of breath." not in texts(drafted(events), "subjective")


def test_signs_that_no_question_asks_for_are_called_by_their_meaning() -> None:
    assert Labels().label("cough", "pt") == "a cough"
    assert Labels().label("something-new", "pt") == "something-new"


@pytest.mark.parametrize(("value", "language", "worded"), [
    ("3 day", "de", "3 Tage"), ("1 day", "en", "1 day"), ("2.5 hour", "en", "2.5 hours"), ("7", "en", "7"),
    ("3 parsec", "en", ""), ("for ever", "en", ""), ("1 day; 2 week", "en", "1 day; 2 weeks"),
    ("3 day", "pt", "3 dias"), ("3 month", "it", "3 mesi"), ("2 week", "zh", "2周"), ("3 day", "ar", "3 أيام"),
    ("2 year", "hi", "2 वर्ष"), ("2-3 day", "en", ""),
])  # fmt: skip
def test_amounts_are_worded_as_people_write_them(value: str, language: str, worded: str) -> None:
    assert Labels().value(fact(1, Slot.ONSET, "x", "told", "", value), language) == worded


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ["minute", "hour", "day", "week", "month", "year"])
def test_every_amount_has_a_wording_in_every_language(unit: str, language: str) -> None:
    worded = Labels().value(fact(1, Slot.ONSET, "x", "told", "", f"3 {unit}"), language)
    assert worded
    assert "duration" not in worded


def test_a_scale_says_of_how_many() -> None:
    assert LABELS.value(fact(1, Slot.SEVERITY, "chest.how-bad", "told", "sete", "7"), "en") == "7/10"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_that_an_interview_asks_has_a_label_of_its_language(language: str) -> None:
    labels, plan = Labels.shipped(), Plan(load_packs())
    of_packs = [one.id for pack in plan.packs.packs.values() for one in pack.questions]
    ids = [*(one.id for one in (*plan.packs.common, *general_questions())), *of_packs]
    for name in ids:
        asked = plan.question(name)
        assert asked
        assert labels.label(name, language) == asked.label[language]


def test_the_words_of_a_complaint_stay_where_they_name_a_packs_id() -> None:
    told = fact(1, Slot.CHIEF_COMPLAINT, "common.complaint", "told", "", "a headache since Monday")
    assert Labels.shipped().value(told, "en") == ""


def test_a_question_that_no_pack_has_any_more_is_called_by_its_slot() -> None:
    gone = fact(1, Slot.ONSET, "old-pack.began", "told", "", "3 day", question="old-pack.began")
    assert [Labels.shipped().of_fact(gone, language) for language in ("en", "de")] == ["Onset", "Beginn"]


def test_a_medicine_that_was_told_unasked_is_no_answer_to_a_question() -> None:
    assert Labels.shipped().of_fact(fact(1, Slot.DRUGS, "drugs", "told", "", "ramipril"), "en") == "Medicines"


def test_a_rare_name_of_a_complaint_is_its_packs_title() -> None:
    found = Labels.shipped().value(fact(1, Slot.CHIEF_COMPLAINT, "complaint", "told", "", "chest-pain"), "pt")
    assert found
    assert found != "chest-pain"


# --- a visit


def test_what_was_said_stands_word_for_word_under_its_heading() -> None:
    note = drafted(consultation_events())
    assert texts(note, "objective") == ["“Your heart sounds normal & your lungs are clear.”"]
    assert "“Do you have any allergies?” – “No.”" in texts(note, "subjective", "Allergies")
    (plan,) = under(note, "plan", "")
    assert (plan.utterances, plan.origin, plan.support) == ((3,), Origin.SAID, Support.SUPPORTED)


def test_nothing_is_said_twice_and_every_sentence_of_a_visit_has_its_evidence() -> None:
    note = drafted(consultation_events())
    said = [(sentence.text, sentence.utterances) for sentence in note.sentences()]
    assert len(set(said)) == len(said)
    there = {one.utterance for one in note.evidence}
    assert all(sentence.utterances and set(sentence.utterances) <= there for sentence in note.sentences())


def test_evidence_has_what_was_said_and_its_translation() -> None:
    note = drafted(consultation_events())
    (pain,) = [one for one in note.evidence if one.utterance == 2]
    assert (pain.language, pain.text) == ("pt", "Tenho uma dor no peito há três dias.")
    assert pain.translation == "I have had a pain in my chest for three days."


def test_the_patients_summary_is_what_the_doctor_said_in_the_patients_language() -> None:
    note = drafted(consultation_events(), "summary", "pt")
    assert texts(note, "watch") == [
        "Chame uma ambulância se a dor voltar e venha ver-me daqui a duas semanas.",
    ]
    assert texts(note, "found") == ["O seu coração soa normal & os seus pulmões estão limpos."]
    doctors = {1, 3, 5, 6, 10, 14}
    assert all(set(one.utterances) <= doctors for one in note.sentences() if one.utterances != (1, 2))


def test_a_translation_that_lost_something_is_not_handed_to_the_patient() -> None:
    (medicine,) = under(drafted(consultation_events(), "summary", "pt"), "medicines")
    assert medicine.text == "I will prescribe 2.5 mg of bisoprolol, once a day, for 14 days."
    assert (medicine.language, medicine.support) == ("en", Support.PARTLY)


def test_a_translation_that_was_held_is_not_handed_to_the_patient() -> None:
    held = Held(
        at=24.5,
        utterance=UtteranceId(5),
        listener=Role.PATIENT,
        translation=Translation("O seu coração soa normal & os seus pulmões estão limpos.", "en", "pt", ("m",)),
        back="",
        differences=("x",),
        n_attempts=1,
    )
    events = consultation_events()
    note = drafted([*events[:-1], held, events[-1]], "summary", "pt")
    (found,) = under(note, "found")
    assert (found.text, found.language) == ("Your heart sounds normal & your lungs are clear.", "en")
    assert found.support is Support.PARTLY


def test_what_was_not_heard_well_is_marked_for_a_patient_too() -> None:
    events = [_mumbled(event) for event in visit_events("en", ("doctor", "Take ibuprofen 400 mg twice a day."))]
    (clinicians,) = drafted(events).sentences()
    assert (clinicians.support, clinicians.reasons) == (Support.SUPPORTED, ("doubtful: low confidence",))
    (patients,) = drafted(events, "summary").sentences()
    assert patients.support is Support.PARTLY


def _mumbled(event: Event) -> Event:
    if isinstance(event, TurnAttributed):
        return replace(event, hypothesis=replace(event.hypothesis, confidence=0.2))
    return event


def test_what_nobody_translated_is_marked() -> None:
    note = drafted(consultation_events(), "soap", "fr")
    assert all(sentence.support is Support.PARTLY for sentence in note.sentences())
    assert all("not translated into fr" in sentence.reasons for sentence in note.sentences())


def test_an_empty_session_makes_a_note_that_says_so() -> None:
    note = drafted(visit_events("en"))
    assert list(note.sentences()) == []
    assert "nothing was said in this session" in note.notices
    assert note.counts().rate is None


def test_when_to_come_back_is_found_by_the_templates_own_cues() -> None:
    note = drafted(visit_events("en", ("doctor", "I'd like to see you again in two weeks.")), "summary")
    assert texts(note, "return") == ["I'd like to see you again in two weeks."]


def test_a_drug_that_the_patient_names_is_not_the_doctors_advice() -> None:
    note = drafted(visit_events("en", ("patient", "I take ibuprofen 400 mg.")), "summary")
    assert texts(note, "medicines") == []


# --- as it is kept


@pytest.mark.parametrize("template", ["soap", "summary"])
def test_a_note_comes_back_from_its_data_as_it_was(template: str) -> None:
    note = drafted(consultation_events(), template)
    assert from_data(to_data(note)) == note


def test_the_same_journal_gives_the_same_bytes() -> None:
    assert to_bytes(drafted(interview_events())) == to_bytes(drafted(interview_events()))


def test_another_word_is_another_digest() -> None:
    one, other = (drafted(visit_events("en", ("doctor", f"I'll prescribe {name}."))) for name in ("rest", "tests"))
    assert sha256_of(one) != sha256_of(other)


def test_visits_are_gathered_in_the_readers_language() -> None:
    assert gather(interview_events()).language == "en"
    assert gather(interview_events(), reader="patient").language == "pt"
    assert visit("de", ("doctor", "Guten Tag.")).language == "de"
