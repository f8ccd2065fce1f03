"""What the interview asks, in which order, and when it stops."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.interviews import LANGUAGES, PACKS, Talk, turn
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.alarm import Alarm, of_rules
from voicedoc.converse.interview.interviewer import MOST_REPEATS, Begun
from voicedoc.converse.interview.read import UNANSWERED, UNCLEAR
from voicedoc.converse.interview.state import COMPLAINT, Interview, Person, age_in_years, replayed
from voicedoc.converse.interview.texts import texts
from voicedoc.core.events import (
    AlarmRaised,
    Cleared,
    FactNoted,
    InterpreterCalled,
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    Translated,
    TurnAttributed,
    UtteranceReopened,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.core.time import Span

pytestmark = pytest.mark.unit


def test_it_begins_with_who_asks_and_the_complaint_in_the_patients_own_words() -> None:
    talk = Talk()
    assert isinstance(talk.events[0], InterviewOpened) and talk.events[0].packs == ("chest 1", "head 2")
    assert talk.said == [texts("en").say["hello"], "What brings you here?"]
    assert talk.asked == ["common.complaint"]


def test_the_complaint_leads_to_its_pack_and_the_trees_signs_are_asked_first() -> None:
    talk = Talk().says("I have chest pain", "no", "no")
    assert talk.state.complaints == ("chest",)
    assert talk.asked[1:3] == ["chest.pressure", "chest.arm"]
    assert talk.asked[3] == "chest.onset"


def test_of_two_complaints_the_more_dangerous_one_comes_first() -> None:
    talk = Talk().says("I have a headache and chest pain")
    assert talk.state.complaints == ("chest", "head")
    assert talk.asked[-1] == "chest.pressure"


def test_what_was_told_is_never_asked() -> None:
    talk = Talk().says("I have chest pain, it is not going into my arm", "no")
    assert "chest.arm" not in talk.asked
    told = talk.fact("pain-spreads-arm")
    assert (told.state, told.question) == ("absent", "")


def test_when_it_began_is_read_from_the_complaint() -> None:
    talk = Talk().says("I have had chest pain for three days", "no", "no")
    assert (talk.fact("chest.onset").value, talk.fact("chest.onset").question) == ("3 day", "")
    assert talk.asked[-1] == "chest.scale"


@pytest.mark.parametrize("complaint", ["I am 45 years old and have chest pain", "chest pain, took aspirin for 3 days"])
def test_an_age_or_a_course_of_medicine_is_not_when_it_began(complaint: str) -> None:
    talk = Talk().says(complaint, "no", "no")
    assert "chest.onset" in talk.asked


def test_a_complaint_that_no_pack_is_about_gets_a_general_history() -> None:
    talk = Talk().says("my toe is funny")
    assert talk.state.complaints == ()
    talk.says("no", "yesterday", "in my left foot", "it prickles", "four", "it is getting better")
    assert talk.asked[1:7] == [
        "general.bleeding",
        "general.onset",
        "general.site",
        "general.character",
        "general.severity",
        "general.course",
    ]
    assert [talk.fact(f"general.{name}").value for name in ("site", "severity", "course")] == [
        "left; foot",
        "4",
        "better",
    ]


def test_a_tree_that_comes_to_an_emergency_ends_the_interview_at_once_in_both_languages() -> None:
    talk = Talk().says("I have chest pain", "yes")
    (alarm,) = talk.of(AlarmRaised)
    assert (alarm.alarm, alarm.level, alarm.signs) == ("chest.tree", "emergency", ("chest-pressure",))
    assert alarm.evidence == (2,)
    assert talk.state.closed and talk.state.closed.reason == "emergency"
    assert "chest.onset" in talk.state.closed.open
    last = talk.of(Cleared)[-1]
    assert last.critical and last.text == texts("en").say["emergency"] and last.listener is Role.PATIENT
    assert talk.of(Translated)[-1].translation.text == texts("pt").say["emergency"]
    assert talk.state.open is None


def test_a_rule_that_finds_an_emergency_in_an_aside_ends_it_too_with_its_own_words() -> None:
    def rules(interview: Interview) -> list[Alarm]:
        found = interview.known.get("neck-stiff") is True
        return [Alarm("stiff", "emergency", "meningitis?", ("neck-stiff",), {"en": "Go now."})] if found else []

    talk = Talk(alarms=rules).says("I have a headache", "no, but my neck is stiff")
    assert talk.state.closed and talk.state.closed.reason == "emergency"
    assert talk.said[-1].startswith("Go now. ")
    assert talk.asked == ["common.complaint", "head.sudden"]


def test_something_urgent_is_told_once_and_the_interview_goes_on() -> None:
    talk = Talk().says("I have a headache", "yes", "in my head", "no")
    assert [(alarm.alarm, alarm.level) for alarm in talk.of(AlarmRaised)] == [("head.tree", "urgent")]
    assert talk.state.closed is None


def test_who_the_patient_is_goes_before_a_question_for_some_people_only() -> None:
    talk = Talk().says("I have a headache", "no", "my head", "no")
    assert talk.asked[-1] == "common.age"
    assert talk.says("30", "woman").asked[-2:] == ["common.sex", "head.birth"]
    other = Talk().says("I have a headache", "no", "my head", "no", "72")
    assert other.asked[-1] != "common.sex" or "head.birth" not in other.says("woman").asked


def test_a_question_for_some_people_is_asked_where_nobody_knows() -> None:
    talk = Talk().says("I have a headache", "no", "my head", "no", "I don't know", "I'd rather not say")
    assert talk.asked[-1] == "head.birth"
    assert talk.fact("common.sex").value == "declined"


def test_what_is_known_beforehand_is_not_asked() -> None:
    talk = Talk(known=Begun(("head",), Person(30, "male")))
    assert [fact.words for fact in talk.of(FactNoted)] == [""] * len(talk.of(FactNoted))
    talk.says("it aches", "no", "my head", "no")
    assert talk.asked == ["common.complaint", "head.sudden", "head.where", "head.neck", "common.drugs"]


def test_a_question_that_hangs_on_a_sign_is_asked_only_then() -> None:
    lines = ("my toe is funny", "no", "today", "foot", "odd", "2", "the same", "40", "man", "none")
    without = Talk().says(*lines, "no allergies")
    assert without.asked[-1] == "common.worry"
    with_one = Talk().says(*lines, "penicillin")
    assert with_one.asked[-1] == "common.reaction"
    assert with_one.fact("history-allergy").state == "present"


def test_the_end_asks_for_worries_and_whatever_else_there_is_and_thanks() -> None:
    answers = {"common.age": "40", "common.sex": "man", "chest.onset": "today", "chest.scale": "3"}
    talk = Talk().says("chest pain").answers(lambda name: answers.get(name, "no"))
    assert talk.asked[-2:] == ["common.worry", "common.else"]
    assert talk.state.closed and talk.state.closed.reason == "complete" and talk.state.closed.open == ()
    assert talk.said[-1] == texts("en").say["thanks"]
    assert "common.work" not in talk.asked  # it need not be asked


def test_something_new_at_the_end_is_gone_into_while_there_is_room() -> None:
    talk = Talk().says(
        "my toe is funny", "no", "today", "foot", "odd", "2", "the same", "40", "man", "none", "none", "nothing"
    )
    assert talk.asked[-1] == "common.else"
    assert talk.says("I also have chest pain").asked[-1] == "chest.pressure"


def test_the_budget_ends_it_and_what_is_open_is_told() -> None:
    talk = Talk(budget=4).says("chest pain").answers(lambda name: "no")
    assert talk.state.closed and talk.state.closed.reason == "budget"
    assert talk.state.closed.n_questions == 4
    assert "common.allergies" in talk.state.closed.open and "chest.pressure" not in talk.state.closed.open
    assert talk.asked[-2:] == ["common.worry", "common.else"]


def test_what_every_history_needs_is_not_crowded_out_by_the_complaint() -> None:
    talk = Talk(budget=9).says("chest pain")
    talk.answers(lambda name: {"common.age": "40", "common.sex": "man"}.get(name, "no"))
    assert {"chest.pressure", "chest.arm", "common.drugs", "common.allergies"} <= set(talk.asked)
    assert "chest.course" not in talk.asked


# --- what patients ask of the assistant


def test_repeat_says_it_again_in_the_same_words_but_not_for_ever() -> None:
    talk = Talk().says("chest pain", "what did you say?")
    assert talk.said[-1] == "Is it a pressure?" and talk.of(QuestionAsked)[-1].act == "repeat"
    talk.says(*["repeat please"] * 5)
    assert talk.asked.count("chest.pressure") <= 2 + MOST_REPEATS
    assert talk.fact("chest-pressure").state == "unknown"


def test_why_is_told_and_what_does_that_mean_gets_help() -> None:
    talk = Talk().says("chest pain", "why do you ask?")
    assert talk.said[-1] == f"{texts('en').say['why']} Is it a pressure?"
    talk.says("what does that mean?")
    assert talk.said[-1] == f"Is it a pressure? {texts('en').hint['yes-no']}"
    assert talk.of(QuestionAsked)[-1].act == "clarify"


def test_who_wants_a_person_gets_one_and_the_interview_ends() -> None:
    talk = Talk().says("chest pain", "I want to talk to a person please")
    assert len(talk.of(InterpreterCalled)) == 1
    assert talk.state.closed and talk.state.closed.reason == "stopped"
    assert talk.said[-1] == texts("en").say["person"]


def test_a_greeting_is_no_complaint() -> None:
    talk = Talk().says("Good morning")
    assert talk.asked == ["common.complaint"] * 2 and talk.of(QuestionAsked)[-1].act == "clarify"
    assert talk.says("chest pain").asked[-1] == "chest.pressure"
    assert Talk().says("Good morning", "hello?").asked[-1] == "general.bleeding"


def test_a_complaint_that_is_named_late_is_gone_into() -> None:
    talk = Talk().says("I do not feel well at all", "it is this chest pain")
    assert talk.state.complaints == ("chest",) and talk.asked[-1] == "chest.pressure"


@pytest.mark.parametrize(
    "back", ["Is it my heart?", "Can you give me an antibiotic?", "How much aspirin should I take?"]
)
def test_questions_that_only_a_doctor_can_answer_are_not_answered(back: str) -> None:
    talk = Talk().says("chest pain", back)
    assert talk.said[-1] == f"{texts('en').say['cannot']} Is it a pressure?"
    talk.says(back, back, back)
    assert talk.asked[-1] == "chest.arm", "it does not go on for ever"


def test_stop_ends_it_and_what_is_open_is_told() -> None:
    talk = Talk().says("chest pain", "stop")
    assert talk.state.closed and talk.state.closed.reason == "stopped" and "chest.pressure" in talk.state.closed.open
    assert talk.of(InterpreterCalled) == []


def test_a_danger_in_the_same_breath_goes_before_the_request() -> None:
    rules = of_rules(Alarms())
    talk = Talk(alarms=rules).says("chest pain", "I can't breathe, I want to talk to a person")
    assert talk.state.closed and talk.state.closed.reason == "emergency"


def test_an_answer_that_is_not_clear_is_asked_for_once_more_with_help_then_it_is_unknown() -> None:
    talk = Talk().says("chest pain", "purple")
    assert talk.said[-1].endswith(texts("en").hint["yes-no"]) and talk.of(QuestionAsked)[-1].act == "clarify"
    talk.says("green")
    assert talk.fact("chest-pressure").state == "unknown" and talk.fact("chest-pressure").words == "green"
    assert talk.asked[-1] == "chest.arm"


def test_the_options_are_shown_where_a_choice_was_not_clear() -> None:
    talk = Talk().says("chest pain since today", "no", "no", "5", "purple")
    assert talk.said[-1].endswith("For example: better, worse, the same.")
    assert talk.says("hard to describe really").fact("chest.course").state in ("told", "unknown")


def test_a_yes_that_was_heard_badly_is_asked_for_again() -> None:
    talk = Talk().says("chest pain")
    badly = turn("yes", 5)
    doubtful = replace(
        badly, hypothesis=replace(badly.hypothesis, confidence=0.2), method="channel", span=Span(4.5, 5.0)
    )
    talk.follow(talk.who.take(talk.state, doubtful, talk.numbers))
    assert talk.state.closed is None and talk.of(QuestionAsked)[-1].act == "clarify"


def test_who_goes_on_before_the_question_can_have_been_heard_has_not_answered_it() -> None:
    talk = Talk().says("I have chest pain")
    asked = talk.state.open
    assert asked is not None
    early = {"method": "channel", "span": Span(asked.since + 0.2, asked.since + 0.9)}
    talk.says("yes indeed", **early)
    assert "chest-pressure" not in talk.state.known
    assert talk.asked[-2:] == ["chest.pressure", "chest.pressure"] and talk.of(QuestionAsked)[-1].act == "repeat"


def test_nothing_follows_after_the_end() -> None:
    talk = Talk().says("chest pain", "stop")
    before = len(talk.events)
    talk.says("yes", "I have a headache")
    assert [type(event) for event in talk.events[before:]] == [TurnAttributed, TurnAttributed]


def test_one_that_goes_on_puts_its_open_question_again() -> None:
    talk = Talk().says("chest pain")
    resumed = replayed(Interview(talk.visit), talk.events)
    events = talk.who.begin(resumed, 9.0, talk.numbers)
    assert [event.question for event in events if isinstance(event, QuestionAsked)] == ["chest.pressure"]
    assert talk.who.begin(replayed(Interview(talk.visit), talk.says("stop").events), 9.0, talk.numbers) == []


def test_patient_and_doctor_may_speak_one_language() -> None:
    talk = Talk(visit=Visit("en-GB", "en")).says("chest pain")
    assert talk.of(Translated) == [] and len(talk.of(Cleared)) == len(talk.said)


# --- who the patient is


@pytest.mark.parametrize(("value", "years"), [("45", 45.0), ("6 month", 0.5), ("old", None), ("200", None), ("", None)])
def test_an_age_is_read_in_years(value: str, years: float | None) -> None:
    assert age_in_years(value) == years


def test_groups_are_known_only_as_far_as_the_person_is() -> None:
    assert Person().belongs("childbearing") is None and Person(30).belongs("childbearing") is None
    assert Person(30, "female").belongs("childbearing") is True and Person(70).belongs("childbearing") is False
    assert Person(sex="male").belongs("childbearing") is False
    assert (
        Person(8).belongs("child") is True and Person(8).belongs("adult") is False and Person().belongs("adult") is None
    )
    assert Person(child=True).belongs("adult") is False and Person(child=True).belongs("over-50") is False
    assert Person(50).belongs("over-50") is True and Person(sex="other").belongs("female") is None


def test_a_child_is_known_by_its_age() -> None:
    talk = Talk().says("my toe is funny", "no", "today", "foot", "odd", "2", "the same", "8")
    assert talk.state.known["child"] is True and talk.state.known["infant-under-3-months"] is False


# --- the packs that come with VoiceDoc

NO = {"en": "no", "pt": "não", "es": "no", "fr": "non", "de": "nein", "it": "no", "zh": "没有", "hi": "नहीं"}
NO |= {"ar": "لا", "ru": "нет"}
YES = {"en": "yes", "pt": "sim", "es": "sí", "fr": "oui", "de": "ja", "it": "sì", "zh": "是", "hi": "हाँ"}
YES |= {"ar": "نعم", "ru": "да"}


def shipped(language: str, opening: str, **answers: str) -> Talk:
    """An interview with the packs and rules that come with VoiceDoc: every other question is answered with no."""
    talk = Talk(visit=Visit("en", language), packs=load_packs(), alarms=of_rules(Alarms()), budget=35).says(opening)
    given = {f"common.{name}": answer for name, answer in answers.items()}
    return talk.answers(lambda name: given.get(name, NO[language]))


ALWAYS = {"common.illnesses", "common.drugs", "common.drugs-bought", "common.allergies"}
CLOSING = {"common.worry", "common.anything-else"}


def test_allergies_and_medicines_keep_their_places_with_two_complaints() -> None:
    talk = shipped("pt", "Tenho dor de cabeça e também dor de barriga, há três dias", age="40", sex="homem")
    assert talk.state.complaints == ("abdominal-pain", "headache")
    assert talk.asked[1:3] == ["abdominal-pain.sudden", "abdominal-pain.rigid"]
    assert set(talk.asked) >= ALWAYS | CLOSING
    assert not {"common.start", "common.pain-start"} & set(talk.asked), "it was told"
    assert len(talk.asked) == len(set(talk.asked))


def test_allergies_and_medicines_keep_their_places_where_every_answer_is_asked_for_twice() -> None:
    talk = Talk(visit=Visit("en", "en"), packs=load_packs(), alarms=of_rules(Alarms()), budget=35)
    talk.says("I have a headache and belly pain").answers(lambda name: "purple")
    assert set(talk.asked) >= ALWAYS | CLOSING
    assert talk.asked[1].startswith("abdominal-pain.")


def test_who_is_told_of_in_the_complaint_is_not_asked_for() -> None:
    talk = shipped("pt", "minha filha de dois anos está com febre desde ontem à noite", sex="menina")
    assert talk.state.complaints == ("child-with-fever",)
    assert talk.fact("common.age").value == "2" and "common.age" not in talk.asked
    assert talk.fact("common.start").value == "yesterday; evening" and "common.start" not in talk.asked


def test_a_childs_age_is_asked_as_a_childs_and_the_adults_fever_is_left_out() -> None:
    talk = shipped("en", "My little girl has a fever", age="two", sex="girl")
    assert talk.state.complaints == ("child-with-fever",)
    assert texts("en").say["child_age"] in talk.said and "How old are you?" not in talk.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_childs_age_is_asked_in_every_language(language: str) -> None:
    talk = Talk(visit=Visit("en", language), packs=load_packs(), known=Begun(("child-with-fever",), Person(child=True)))
    talk.says("38,5").answers(lambda name: NO[language], 25)
    assert any(texts(language).say["child_age"] in said for said in talk.said)


def test_a_childs_age_that_is_told_late_leads_to_the_childs_questions() -> None:
    talk = Talk(visit=Visit("en", "en"), packs=load_packs()).says("fever")
    talk.answers(lambda name: {"common.age": "4", "common.sex": "girl"}.get(name, "no"))
    assert talk.state.complaints == ("child-with-fever",)
    assert "child-with-fever.drowsy" in talk.asked


def test_eight_weeks_are_under_three_months() -> None:
    talk = shipped("zh", "孩子发烧了", age="八个星期。")
    assert talk.state.known["infant-under-3-months"] is True and talk.state.alarms


def test_a_week_of_pregnancy_is_no_age() -> None:
    talk = shipped("en", "I am 8 weeks pregnant and I am bleeding a little", age="30", sex="woman")
    assert talk.fact("pregnancy.weeks").value == "8" and talk.fact("common.age").value == "30"


@pytest.mark.parametrize(
    "opening", ["Why should I tell a stupid machine?", "I don't know", "Hello there", "You are an idiot"]
)
def test_an_opening_without_a_complaint_is_asked_for_once_more_with_some_to_choose_from(opening: str) -> None:
    talk = Talk(visit=Visit("en", "en"), packs=load_packs()).says(opening)
    assert talk.asked == ["common.complaint"] * 2
    assert "Headache" in talk.said[-1]
    assert talk.says("I have a headache").state.complaints == ("headache",)


def test_where_no_complaint_is_found_the_dangers_come_first() -> None:
    talk = shipped("es", "Me siento raro.", age="40", sex="hombre")
    assert talk.asked[2:7] == [
        "common.breathless", "common.chest-pain", "common.fainted", "general.bleeding", "mental-health-crisis.suicide",
    ]  # fmt: skip
    assert talk.fact("common.complaint").words == "Me siento raro." and set(talk.asked) >= ALWAYS


def test_a_danger_that_is_found_so_is_gone_into() -> None:
    talk = shipped("en", "my toe is funny", age="40", sex="man", **{"chest-pain": "yes"})
    assert talk.state.complaints == ("chest-pain",) and "chest-pain.pressure" in talk.asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_heavy_bleeding_that_is_found_so_ends_it(language: str) -> None:
    talk = Talk(visit=Visit("en", language), packs=load_packs(), alarms=of_rules(Alarms()))
    talk.says("x y z", "x y z").answers(lambda name: YES[language] if name == "general.bleeding" else NO[language])
    assert talk.state.closed and talk.state.closed.reason == "emergency"


def test_an_emergency_in_the_opening_is_the_complaint() -> None:
    talk = shipped("en", "I can't breathe and my chest hurts")
    assert talk.state.closed and talk.state.closed.reason == "emergency"
    assert talk.fact("common.complaint").words == "I can't breathe and my chest hurts"
    assert talk.state.complaints and "common.complaint" not in talk.state.closed.open


def test_who_is_a_bit_nervous_is_in_no_crisis() -> None:
    assert shipped("en", "I have a cough and I am a bit nervous").state.complaints[0] == "cough-breathlessness"
    talk = Talk(visit=Visit("en", "en"), packs=load_packs()).says("I have a cough and I want to kill myself")
    assert talk.state.complaints[0] == "mental-health-crisis"


def test_what_one_is_allergic_to_is_no_medicine_and_its_rash_is_not_of_today() -> None:
    opening = "I have a headache, I take ramipril, I am allergic to aspirin, I am 71 years old"
    talk = shipped("en", opening, sex="woman")
    assert talk.fact("drugs").value == "ramipril" and talk.fact("allergies").value == "acetylsalicylic acid"
    assert talk.fact("common.age").value == "71"
    told = shipped("en", "I have a headache", age="40", sex="man", allergies="allergic to penicillin, I get a rash")
    assert "rash" not in told.state.known and told.fact("common.allergies").value == "penicillin"
    later = {"allergies": "penicillin", "allergy-reaction": "with penicillin I get a rash"}
    told = shipped("en", "I have a headache", age="40", sex="man", **later)
    assert "rash" not in told.state.known and (Slot.DRUGS, Slot.DRUGS) not in told.state.facts


def test_not_answered_is_not_the_same_as_not_known() -> None:
    talk = shipped("en", "I have a headache", age="repeat", sex="I don't know")
    assert (talk.fact("common.age").state, talk.fact("common.age").value) == ("unknown", UNANSWERED)
    assert (talk.fact("common.sex").state, talk.fact("common.sex").value) == ("unknown", "")


def test_a_danger_that_is_told_and_denied_twice_counts() -> None:
    talk = Talk().says("I have chest pain", *["Yes, no, well, it is not a pressure, yes"] * 2)
    assert (talk.fact("chest-pressure").state, talk.fact("chest-pressure").value) == ("present", UNCLEAR)
    assert talk.state.closed and talk.state.closed.reason == "emergency"


# --- for every way in which people answer

WORDS = st.sampled_from(
    ["yes", "no", "no, not really", "I don't know", "maybe", "7", "three days", "what?", "why do you ask?", "purple",
     "left arm", "none", "ibuprofen", "better", "woman", "45", "", "chest pain", "headache", "…", "yes, a little"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60), st.integers(1, 25))
def test_no_question_is_asked_again_but_for_one_clarification_and_what_the_patient_asked_for(
    lines: list[str], budget: int
) -> None:
    talk = Talk(budget=budget).says(*lines)
    for name in set(talk.asked):
        acts = [event.act for event in talk.of(QuestionAsked) if event.question == name]
        assert acts.count("ask") + acts.count("close") == 1
        assert acts.count("clarify") + acts.count("confirm") <= 1 and acts.count("repeat") <= MOST_REPEATS


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(1, 12))
def test_it_always_ends_within_the_budget_and_the_closing_questions(lines: list[str], budget: int) -> None:
    answers = iter(lines * 200)
    talk = Talk(budget=budget).answers(lambda name: next(answers))
    assert talk.state.closed is not None
    closing = {event.question for event in talk.of(QuestionAsked) if event.act == "close"}
    counted = [event for event in talk.of(QuestionAsked) if event.act not in ("close", "repeat")]
    assert talk.state.n_asked == len([event for event in counted if event.question not in closing]) <= budget
    assert len(talk.of(InterviewClosed)) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_the_events_alone_lead_to_the_same_state(lines: list[str]) -> None:
    talk = Talk(budget=12).says(*lines)
    assert replayed(Interview(talk.visit), talk.events) == talk.state


def test_what_followed_from_an_utterance_that_was_reopened_does_not_stand() -> None:
    talk = Talk().says("chest pain")
    before = talk.state
    talk.says("no")
    reopened = UtteranceReopened(at=2.5, utterance=UtteranceId(2), channel=0, revision=1)
    again = replayed(Interview(talk.visit), [*talk.events, reopened])
    assert again.known == before.known and again.open == before.open


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_complaint_can_be_held_to_its_end_in_every_language(language: str) -> None:
    packs = load_packs()
    for name in packs.packs:
        talk = Talk(Visit("en", language), packs, of_rules(Alarms()), Begun((name,), Person(30, "female")), budget=40)
        no = {"zh": "没有", "hi": "नहीं", "ar": "لا", "ru": "нет", "de": "nein", "fr": "non", "pt": "não"}.get(
            language, "no"
        )
        talk.says("…" if language == "zh" else "hm").answers(lambda question, no=no: no)  # type: ignore[misc]
        closed = talk.state.closed
        assert closed and closed.reason in ("complete", "budget"), (name, closed)
        assert all(fact.state != "present" for fact in talk.of(FactNoted)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emergency_of_a_shipped_tree_stops_at_once_in_every_language(language: str) -> None:
    packs = load_packs()
    yes = {
        "en": "yes",
        "pt": "sim",
        "es": "sí",
        "fr": "oui",
        "de": "ja",
        "it": "sì",
        "zh": "是的",
        "hi": "हाँ",
        "ar": "نعم",
        "ru": "да",
    }
    for name, pack in packs.packs.items():
        if not any(node.level == "emergency" for node in pack.tree if node.role == "D"):
            continue
        talk = Talk(Visit("en", language), packs, known=Begun((name,), Person(30, "female")))
        talk.says("hm").answers(lambda question: yes[language])
        closed = talk.state.closed
        assert closed and closed.reason == "emergency", name
        raised = [event.level for event in talk.of(AlarmRaised)].index("emergency")
        at = talk.of(AlarmRaised)[raised].at
        assert all(event.at < at for event in talk.of(QuestionAsked)), "it asked on"
        assert talk.of(Cleared)[-1].critical


def test_a_pack_that_is_known_beforehand_is_a_fact_without_words() -> None:
    talk = Talk(packs=PACKS, known=Begun(("chest",)))
    assert (talk.fact(COMPLAINT).value, talk.fact(COMPLAINT).words) == ("chest", "")
