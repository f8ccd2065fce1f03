"""DoctorAgent-RL's rewards and scores, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.visits import asked, case, held
from voicedoc.evaluate.consult_rewards import (
    combined,
    common_length,
    efficiency,
    is_over,
    judged,
    likeness,
    rouge_l,
    turn_rewards,
    visit_combined,
    visit_efficiency,
    visit_reward,
)

pytestmark = pytest.mark.unit


def test_likeness_counts_common_characters_in_order_for_each_of_the_longer_text():
    assert likeness("abcde", "ace") == 3 / 5
    assert likeness("abc", "cba") == 1 / 3
    assert likeness("migraine", "migraine") == 1.0
    assert likeness("", "migraine") == likeness("", "") == 0.0


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_the_common_length_is_symmetric_and_no_longer_than_either(one: str, other: str):
    length = common_length(one, other)
    assert length == common_length(other, one) <= min(len(one), len(other))
    assert common_length(one, one) == len(one)


def test_rouge_l_is_the_f1_of_words_in_order():
    assert rouge_l("See a doctor today.", "See a doctor within days.") == pytest.approx(2 * 3 / (4 + 5))
    assert rouge_l("", "anything") == 0.0


def test_a_good_question_wins_one_and_one_without_an_answer_loses_one():
    visit = held(asked("Is it bad?", kind="told"), asked("Since when?", kind="denied"), asked("Why?", kind="sorry"))
    assert turn_rewards(visit.exchanges) == [1.0, 1.0, -1.0]
    assert turn_rewards(held(asked("Do you smoke?", kind="unknown")).exchanges) == [-1.0]


def test_no_question_two_questions_and_a_repeated_one_lose_two():
    visit = held(asked("Tell me."), asked("Is it bad? Since when?"), asked("Really?"), asked("Really?"))
    assert turn_rewards(visit.exchanges) == [-2.0, -2.0, 1.0, -2.0]


def test_question_marks_of_other_scripts_count():
    visit = held(asked("哪里疼？"), asked("أين الألم؟"), asked("¿Dónde le duele?"))
    assert turn_rewards(visit.exchanges) == [1.0, 1.0, 1.0]


def test_the_same_question_in_other_words_is_repeated_unless_the_answer_was_not_clear():
    again = asked("How long has it lasted?", question="onset")
    assert turn_rewards(held(asked("Since when?", question="onset"), again).exchanges) == [1.0, -2.0]
    clarified = replace(again, act="clarify")
    assert turn_rewards(held(asked("Since when?", question="onset"), clarified).exchanges) == [1.0, 1.0]


def test_who_uses_the_budget_up_loses_five_and_wins_nothing_at_the_end():
    visit = held(asked("Is it bad?"), reason="budget", conclusion="migraine", recommendation="Rest.")
    assert is_over(visit)
    assert visit_reward(visit) == 1.0 - 5.0


def test_the_end_wins_up_to_five_for_each_of_conclusion_and_recommendation():
    right = held(asked("Is it bad?"), conclusion="migraine", recommendation="Rest.")
    assert visit_reward(right) == 1.0 + 5.0 + 5.0
    assert visit_reward(held(conclusion="migraine")) == 5.0
    assert visit_reward(held(conclusion="grain")) == 5.0 * 5 / 8


def test_more_questions_than_the_budget_allows_are_too_many_even_if_it_ended_well():
    visit = held(asked("a?"), asked("b?"), conclusion="migraine")
    assert not is_over(visit)
    assert is_over(replace(visit, budget=1))
    closing = replace(visit.exchanges[1], act="close")
    assert not is_over(replace(visit, budget=1, exchanges=(visit.exchanges[0], closing)))


def test_the_combined_score_is_half_words_and_half_the_judges():
    assert combined((1.0, 1.0), (5.0, 5.0)) == 1.0
    assert combined((0.4, 0.2), (3.0, 2.0)) == pytest.approx(0.5 * (0.3 + 5.0 / 10.0))
    assert combined((0.0, 0.0), (0.0, 0.0)) == 0.0


def test_efficiency_is_the_square_for_turns_and_tokens():
    assert efficiency(0.8, 4, 50.0) == pytest.approx(0.64 / 4.5)
    assert efficiency(0.8, 0, 0.0) == 0.0


def test_the_rule_judges_the_complaint_and_how_far_the_level_is_off():
    assert judged(held(complaint="headache", level="soon")) == (5.0, 5.0)
    assert judged(held(complaint="fever", level="urgent")) == (0.0, pytest.approx(5.0 * 2 / 3))
    assert judged(held(complaint="headache", level="emergency"))[1] == pytest.approx(5.0 / 3)
    assert judged(held(complaint="", level="")) == (0.0, 0.0)


def test_a_visit_has_its_scores_from_its_own_words():
    visit = held(
        asked("Is it bad now?"), complaint="headache", level="soon", conclusion="migraine", recommendation="Rest."
    )
    assert visit_combined(visit) == 1.0
    assert visit_efficiency(visit) == pytest.approx(1.0 / (1 + 0.01 * 4))
    chinese = held(asked("哪里疼？"), of=replace(case(), language="zh"))
    assert visit_efficiency(chinese) == pytest.approx(visit_combined(chinese) ** 2 / (1 + 0.01 * 4))
