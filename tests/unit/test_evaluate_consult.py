"""Scores of visits, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.visits import asked, case, held, row
from voicedoc.core.journal import from_json, to_json
from voicedoc.evaluate.consult import CONSULT_CURVES, CONSULT_SCORERS, covered
from voicedoc.evaluate.consult_cases import Fact
from voicedoc.evaluate.consult_visit import Noted, Raised, Visit
from voicedoc.evaluate.curves import line_of
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scorers import SCORERS

pytestmark = pytest.mark.unit

KNOWS = case(
    facts=(
        Fact("onset", ("Three days ago.",), value="3 day"),
        Fact("nausea"),
        Fact("drugs", ("I take nothing.",), value="none"),
        Fact("character", ("It throbs.",)),
        Fact("fever", unknown=True),
    )
)


def counts(scorer: str, visit: Visit | None) -> tuple[float, ...] | None:
    return SCORERS[scorer].count(row(visit))


def sign(name: str, state: str = "present") -> Noted:
    return Noted("associated symptoms", name, state, "", "")


def told(slot: str, value: str, words: str = "") -> Noted:
    return Noted(slot, f"common.{slot}", "told", value, words)


def test_what_was_told_or_asked_is_covered_and_one_of_several_is_enough():
    visit = held(asked("Do you vomit?", asks=("vomiting",)), asked("Which medicines?", asks=("drugs",)))
    assert covered(visit) == {("headache",), ("nausea", "vomiting"), ("drugs",)}
    assert counts("must-ask", visit) == (3, 4)
    assert counts("must-ask", held()) == (1, 4)


def test_only_the_first_questions_count_for_coverage_on_the_way():
    visit = held(*(asked(f"{n}?", asks=("smokes",)) for n in range(5)), asked("Since when?", asks=("onset",)))
    assert counts("must-ask-5", visit) == (1, 4)
    assert counts("must-ask-10", visit) == counts("must-ask", visit) == (2, 4)


def test_coverage_where_asking_may_stop_early_is_left_out_of_the_calm_figure():
    assert counts("must-ask-calm", held(of=case(level="emergency"))) is None
    assert counts("must-ask-calm", held()) == (1, 4)


def test_the_curve_goes_from_the_opening_to_the_budget_and_stays_where_the_visit_ended():
    curve = CONSULT_CURVES[0]
    visit = held(asked("Since when?", asks=("onset",)), asked("Which medicines?", asks=("drugs",)))
    points = curve.points(row(visit))
    assert points == [(1, 4), (2, 4)] + [(3, 4)] * 9
    drawn = line_of(curve, "en interview", [row(visit), replace(row(held()), group="2")])
    assert drawn is not None
    assert drawn.values[:3] == (25.0, 37.5, 50.0) and len(drawn.values) == 11 and drawn.n == 2
    assert drawn.low[2] == 25.0 and drawn.high[2] == 75.0
    assert line_of(curve, "en interview", [row(None)]) is None
    assert CONSULT_CURVES[1].points(row(visit)) == points
    assert CONSULT_CURVES[1].points(row(held(of=case(level="emergency")))) == []


def test_questions_and_repeats_are_counted():
    visit = held(asked("Since when?", question="onset"), asked("When did it start?", question="onset"))
    assert counts("questions", visit) == (2, 1)
    assert counts("repeated", visit) == (1, 2)
    assert counts("over-budget", visit) == (0, 1)
    assert counts("over-budget", held(reason="budget")) == (1, 1)


def test_an_alarm_is_right_in_an_emergency_and_false_elsewhere():
    alarm = (Raised("urgent", 0), Raised("emergency", 1))
    ill, well = case(level="emergency"), case(level="urgent")
    assert counts("red-flags", held(of=ill, raised=alarm)) == (1, 1)
    assert counts("red-flags", held(of=ill, raised=alarm[:1])) == (0, 1)
    assert counts("red-flags", held(of=well, raised=alarm)) is None
    assert counts("false-emergencies", held(of=well, raised=alarm)) == (1, 1)
    assert counts("false-emergencies", held(of=ill, raised=alarm)) is None
    assert counts("to-alarm", held(of=ill, raised=alarm)) == (1, 1)
    assert counts("to-alarm", held(of=ill)) is None


def test_after_an_alarm_nothing_more_is_to_be_asked():
    ill, alarm = case(level="emergency"), (Raised("emergency", 1),)
    assert counts("stopped", held(asked("a?"), of=ill, raised=alarm)) == (1, 1)
    assert counts("stopped", held(asked("a?"), asked("b?"), of=ill, raised=alarm)) == (0, 1)
    assert counts("stopped", held(of=ill)) == (0, 1)
    assert counts("stopped", held(raised=alarm)) is None


def test_the_level_is_right_or_wrong():
    assert counts("level", held(level="soon")) == (1, 1)
    assert counts("level", held(level="urgent")) == counts("level", held()) == (0, 1)


def test_a_level_that_is_too_low_is_told_apart_and_no_level_is_too_low():
    assert [counts("under", held(level=level)) for level in ("urgent", "soon", "routine", "")] == [
        (0, 1), (0, 1), (1, 1), (1, 1),
    ]  # fmt: skip


def test_calm_figures_leave_emergencies_out():
    for name in ("questions-calm", "facts-f1-calm", "must-ask-calm"):
        assert counts(name, held(of=case(level="emergency"))) is None
        assert counts(name, held()) is not None


def test_facts_are_right_by_sign_by_value_and_by_words():
    noted = (
        sign("headache"),
        sign("nausea"),
        told("onset", "3 day"),
        told("character", "throbbing", "It throbs."),
        Noted("drugs", "common.drugs", "absent", "", "I take nothing."),
    )
    assert counts("facts-f1", held(of=KNOWS, noted=noted)) == (5, 5, 5)


def test_wrong_facts_and_missing_ones_lower_f1_from_either_side():
    wrong = (sign("vomiting"), told("onset", "5 day"), told("character", "stabbing", "It stabs."))
    assert counts("facts-f1", held(of=KNOWS, noted=wrong)) == (0, 3, 5)
    assert counts("facts-f1", held(of=KNOWS, noted=(sign("headache"),))) == (1, 1, 5)
    assert counts("facts-f1", held(of=KNOWS)) == (0, 0, 5)


def test_a_medicine_where_there_is_none_is_wrong_and_so_is_none_where_there_is_one():
    assert counts("facts-f1", held(of=KNOWS, noted=(told("drugs", "aspirin"),))) == (0, 1, 5)
    takes = case(facts=(Fact("drugs", ("Aspirin and ramipril.",), value="ramipril"),))
    assert counts("facts-f1", held(of=takes, noted=(told("drugs", "aspirin; ramipril"),))) == (1, 1, 2)
    nothing = Noted("drugs", "common.drugs", "absent", "", "No.")
    assert counts("facts-f1", held(of=takes, noted=(nothing,))) == (0, 1, 2)


def test_denied_signs_and_what_only_follows_count_neither_way_in_f1():
    worst = case(facts=(Fact("fever-high"),))
    noted = (sign("headache"), sign("fever-high"), sign("fever"), sign("vomiting", "absent"))
    assert counts("facts-f1", held(of=worst, noted=noted)) == (2, 2, 2)


def test_what_was_not_told_is_no_fault_of_reading():
    visit = held(asked("Since when?", asks=("onset",), fact="onset"), of=KNOWS)
    assert counts("facts-read", visit) == (0, 2)  # the headache, in the opening, and the onset
    assert counts("facts-read", replace(visit, noted=(told("onset", "3 day"), sign("nausea")))) == (1, 2)


def test_a_sign_that_is_not_there_is_wrong_and_one_that_is_denied_but_there():
    noted = (
        sign("nausea"),
        sign("vomiting"),
        sign("headache", "absent"),
        sign("seizure", "absent"),
        sign("fever", "unknown"),
    )
    assert counts("signs-wrong", held(of=KNOWS, noted=noted)) == (2, 4)


def test_questions_that_nobody_can_answer_are_not_informative():
    visit = held(asked("a?"), asked("b?", kind="denied"), asked("c?", kind="unknown"), asked("d?", kind="sorry"))
    assert counts("informative", visit) == (2, 4)


def test_a_patient_who_keeps_to_the_facts_has_no_faults():
    honest = held(
        asked("Since when?", asks=("onset",), answer="Three days ago."),
        asked("Do you feel sick?", asks=("nausea",)),
        asked("Do you vomit?", asks=("vomiting",), answer="No."),
        asked("Have you a fever?", asks=("fever",), answer="I don't know."),
        asked("How old are you?", asks=("person",), answer="30."),
        of=KNOWS,
    )
    assert counts("patient-faults", honest) == (0, 5)


@pytest.mark.parametrize(
    ("asks", "answer"),
    [
        (("vomiting",), "Yes."),
        (("vomiting",), "Yes, a lot."),
        (("nausea",), "No."),
        (("onset",), "Five days ago."),
        (("onset",), "Three days ago. I take nothing."),
        (("onset",), "I have a high fever."),
        (("character",), "It throbs, and I take ibuprofen."),
        (("drugs",), "Three days ago."),
    ],
)
def test_what_is_made_up_or_told_unasked_or_hidden_is_a_fault(asks: tuple[str, ...], answer: str):
    assert counts("patient-faults", held(asked("What?", asks=asks, answer=answer), of=KNOWS)) == (1, 1)


def test_inventions_on_purpose_are_counted_by_themselves():
    made_up = asked("Do you vomit?", asks=("vomiting",), answer="Yes.", kind="invented")
    missed = asked("What is it like?", asks=("character",), answer="It throbs.", kind="invented")
    visit = held(made_up, missed, asked("Do you feel sick?", asks=("nausea",)), of=KNOWS, patient="inventing")
    assert counts("inventions-caught", visit) == (1, 2)
    assert counts("must-ask", visit) is None
    assert counts("inventions-caught", replace(visit, patient="honest")) is None


def test_every_scorer_takes_a_visit_without_a_question_and_a_row_without_a_visit():
    for scorer in CONSULT_SCORERS:
        assert scorer.count(row(None)) is None
        found = scorer.count(row(held()))
        assert found is None or all(value == value for value in found)


def test_a_row_with_a_visit_survives_being_written_down():
    before = row(
        held(asked("Since when?", asks=("onset",)), of=KNOWS, noted=(sign("nausea"),), raised=(Raised("soon", 1),))
    )
    after: Row = from_json(Row, to_json(before))
    assert after == before


KEYS = st.sampled_from(["headache", "onset", "nausea", "vomiting", "drugs", "smokes"])


@given(st.lists(KEYS, max_size=9))
def test_coverage_never_falls_and_ends_at_what_is_covered_in_all(keys: list[str]):
    visit = held(*(asked(f"{key}?", asks=(key,)) for key in keys))
    points = [count for count, _ in CONSULT_CURVES[0].points(row(visit))]
    assert points == sorted(points)
    assert points[-1] == len(covered(visit)) <= 4


@given(st.lists(st.tuples(KEYS, st.sampled_from(["present", "absent", "told", "unknown"])), max_size=8))
def test_no_notes_make_more_facts_right_than_were_wanted_or_found(notes: list[tuple[str, str]]):
    noted = tuple(Noted(name, name, state, "3 day", "It throbs.") for name, state in notes)
    right, found, wanted = counts("facts-f1", held(of=KNOWS, noted=noted))
    assert 0 <= right <= min(found, wanted)
