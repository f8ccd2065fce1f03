"""Simulated patients: they tell what they are asked, and nothing else; and the check that sees when they do not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.visits import case, question
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.evaluate.consult_cases import LEVELS, Case, Fact, read_cases
from voicedoc.evaluate.consult_check import faults
from voicedoc.evaluate.consult_patient import InventingPatient, Patient, ScriptedPatient, wordings
from voicedoc.evaluate.consult_visit import Ask, Close, Move, Visit, visit
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

LANGUAGES = ("en", "es", "pt", "zh")


@cache
def cases(language: str) -> tuple[Case, ...]:
    task = load_task("consult")
    return tuple(one for name in task.data.files for one in read_cases(task.folder / name, language))


@cache
def questions() -> tuple[Question, ...]:
    packs = load_packs()
    every = (*packs.common, *(one for pack in packs.packs.values() for one in pack.questions))
    return tuple({one.id: one for one in every}.values())


class Asking:
    """A doctor who asks what it was given."""

    def __init__(self, row: Iterable[Question]) -> None:
        self._left = list(row)

    def hear(self, text: str) -> Move:
        del text
        return Ask(self._left[0].text["en"], self._left.pop(0)) if self._left else Close("complete")

    def noted(self) -> tuple[()]:
        return ()

    def raised(self) -> tuple[()]:
        return ()


def interrogated(of: Case, row: Iterable[Question], patient: Patient | None = None) -> Visit:
    return visit(of, Asking(row), patient or ScriptedPatient(of), 100)


def test_there_are_two_patients_for_each_complaint_with_facts_in_every_language():
    assert len(cases("en")) >= 24
    for language in LANGUAGES:
        assert [one.id for one in cases(language)] == [one.id for one in cases("en")]
    complaints = [one.complaint for one in cases("en")]
    assert all(complaints.count(name) >= 2 for name in complaints) and len(set(complaints)) == 14
    assert len({one.id for one in cases("en")}) == len(cases("en"))
    assert all(len(one.facts) >= 4 and len(one.must) >= 10 for one in cases("en"))


def test_every_complaint_of_a_case_is_a_pack():
    assert {one.complaint for one in cases("en")} <= set(load_packs().packs)


def test_every_level_and_both_sexes_occur():
    assert {one.level for one in cases("en")} == set(LEVELS)
    assert {one.sex for one in cases("en")} == {"female", "male"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_facts(language: str):
    for here, there in zip(cases("en"), cases(language), strict=True):
        assert [(one.key, one.value, one.unknown) for one in here.facts] == [
            (one.key, one.value, one.unknown) for one in there.facts
        ]
        assert (here.told, here.must, here.level) == (there.told, there.must, there.level)


def test_a_fact_is_told_to_the_question_for_it_and_to_no_other():
    knows = case(facts=(Fact("nausea", ("Yes, since breakfast.",)), Fact("drugs", ("Aspirin.",), value="aspirin")))
    patient = ScriptedPatient(knows)
    assert patient.answer(question("nausea")) == ("Yes, since breakfast.", "told", "nausea")
    assert patient.answer(question("vomiting")) == ("No.", "denied", "")
    assert patient.answer(question(slot=Slot.DRUGS, expects="drugs")) == ("Aspirin.", "told", "drugs")
    assert patient.answer(question(slot=Slot.ONSET, expects="duration")) == ("I don't know.", "unknown", "")


def test_what_was_told_at_first_or_follows_is_a_yes():
    patient = ScriptedPatient(case(facts=(Fact("fever-high"),)))
    assert [patient.answer(question(sign)).kind for sign in ("headache", "fever", "nausea")] == [
        "told",
        "told",
        "denied",
    ]


def test_what_a_patient_cannot_tell_stays_unknown():
    assert ScriptedPatient(case(facts=(Fact("fever", unknown=True),))).answer(question("fever")).kind == "unknown"


def test_asked_what_else_a_patient_does_not_say_the_same_again():
    patient = ScriptedPatient(case(facts=(Fact("drugs", ("Aspirin.",), value="aspirin"),)))
    which, bought = (question(slot=Slot.DRUGS, expects="drugs", name=name) for name in ("which", "bought"))
    assert [patient.answer(one).text for one in (which, bought, which)] == ["Aspirin.", "No.", "Aspirin."]


def test_asked_again_a_patient_says_it_in_other_words():
    patient = ScriptedPatient(case())
    assert [patient.answer(question("headache")).text for _ in range(3)] == ["Yes.", "Yes, I do.", "Yes, I do."]


def test_loose_answers_are_the_same_each_time_and_plain_when_asked_again():
    knows = case(facts=(Fact("nausea"), Fact("onset", ("Today.",))))
    for sign, last in (("nausea", "Yes, I do."), ("vomiting", "No, not that.")):
        first, again = ScriptedPatient(knows, loose=True), ScriptedPatient(knows, loose=True)
        said = [first.answer(question(sign)).text for _ in range(3)]
        assert said == [again.answer(question(sign)).text for _ in range(3)]
        assert said[0] not in wordings("en")["yes"] + wordings("en")["no"] and said[-1] == last
    with pytest.raises(UnsupportedLanguage, match="loosely"):
        ScriptedPatient(case(language="ru"), loose=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_loose_answers_are_no_faults(language: str):
    for of in cases(language):
        assert set(faults(interrogated(of, questions()[1:60:2], ScriptedPatient(of, loose=True)))) == {frozenset()}


def test_a_measured_thing_is_no_answer_to_a_scale():
    patient = ScriptedPatient(case(facts=(Fact("severity", ("38.4",), expects="number"),)))
    assert patient.answer(question(slot=Slot.SEVERITY, expects="scale")).kind == "unknown"
    assert patient.answer(question(slot=Slot.SEVERITY, expects="number")).text == "38.4"


def test_age_and_sex_are_known():
    patient = ScriptedPatient(case())
    assert patient.answer(question(slot=Slot.PERSON, expects="number")).text == "30."
    assert patient.answer(question(slot=Slot.PERSON, expects="choice")).text == "A woman."


def test_words_that_are_no_question_get_no_answer():
    assert ScriptedPatient(case()).answer(None).kind == "sorry"


def test_patients_speak_ten_languages_and_say_which_they_do_not():
    for language in ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru"):
        assert all(forms for name, forms in wordings(language).items() if not name.endswith("-loose"))
    with pytest.raises(UnsupportedLanguage, match="'tlh'"):
        ScriptedPatient(case(language="tlh"))


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_no_order_of_questions_makes_a_patient_leak_or_invent(data: st.DataObject):
    of = data.draw(st.sampled_from(cases(data.draw(st.sampled_from(LANGUAGES)))))
    row = data.draw(st.lists(st.sampled_from(questions()), max_size=25))
    held = interrogated(of, row)
    said = {form for fact in of.facts for form in fact.said}
    generic = {form for forms in wordings(of.language).values() for form in forms}
    for asked, exchange in zip(row, held.exchanges, strict=True):
        matching = of.fact(asked)
        own = set(matching.said) if matching else set()
        assert exchange.answer not in said - own - generic
        assert exchange.kind != "told" or matching or asked.sign in of.signs or asked.slot is Slot.PERSON
    assert set(faults(held)) <= {frozenset()}


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_an_answer_does_not_depend_on_what_was_asked_before(data: st.DataObject):
    of = data.draw(st.sampled_from(cases("en")))
    row = data.draw(st.lists(st.sampled_from(questions()), max_size=12, unique_by=lambda one: one.id))
    last = data.draw(st.sampled_from([one for one in questions() if one not in row and one.expects == "yes-no"]))
    assert interrogated(of, [*row, last]).exchanges[-1].answer == ScriptedPatient(of).answer(last).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_patient_who_invents_is_caught_and_the_honest_answers_between_are_not(language: str):
    n_planted = n_caught = 0
    for of in cases(language):
        held = interrogated(of, questions()[:60:2], InventingPatient(of))
        for exchange, found in zip(held.exchanges, faults(held), strict=True):
            n_planted += exchange.kind == "invented"
            n_caught += exchange.kind == "invented" and bool(found)
            assert exchange.kind == "invented" or not found
    assert n_planted >= 250
    assert n_caught >= 0.97 * n_planted


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('sign = "nausea"', 'sign = "nausae"', "'nausae' is no sign"),
        ('level = "soon"', 'level = "later"', "level 'later'"),
        ('en = "Today."', 'fr = "Aujourd\'hui."', "'onset' is not said in 'en'"),
        ('must = ["onset"]', 'must = ["onset or offset"]', "'offset' is no sign"),
    ],
)
def test_a_file_with_a_mistake_says_which(tmp_path: Path, before: str, after: str, message: str):
    text = """must = ["onset"]
[[case]]
id = "one"
level = "soon"
conclusion = "c"
recommendation = "r"
age = 1
sex = "male"
told = ["headache"]
opening = { en = "My head hurts." }
facts = [{ slot = "onset", en = "Today." }, { sign = "nausea" }]
"""
    path = tmp_path / "headache.toml"
    path.write_text(text, "utf-8")
    assert [one.complaint for one in read_cases(path, "en")] == ["headache"]
    assert read_cases(path, "pt") == ()
    path.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ConfigError, match=message):
        read_cases(path, "en")
