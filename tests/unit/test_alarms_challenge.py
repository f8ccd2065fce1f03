"""The red-flag set is what it says, its scorer counts right, and the alarms are no worse on it than they were."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from tests.challenge.alarms.cases import HALVES, LEVELS, Case, cases
from tests.challenge.alarms.score import GROUPS, MEASURES, Outcome, is_wrong, outcomes, rates, total
from tests.challenge.alarms.watch import watched

pytestmark = pytest.mark.unit

EMERGENCIES = ("plain", "indirect", "minimised", "spoken", "caregiver", "mixed")
NOTHING = (
    "denied", "other", "past", "idiom", "question", "mild", "worry", "hypothetical", "known", "administrative",
    "spoken",
)  # fmt: skip

FLOORS = {
    "recall": 0.92,
    "recall_any": 0.94,
    "recall_urgent": 0.85,
    "false_alarms": 0.12,
    "false_emergencies": 0.08,
}
"""What may not be fallen short of, over both halves: a guard against slips, not a claim."""


def test_there_are_hundreds_of_cases_half_of_which_are_no_emergencies():
    levels = Counter(case.level for case in cases())
    assert len(cases()) >= 240
    assert set(levels) == set(LEVELS)
    assert 0.45 <= levels["emergency"] / len(cases()) <= 0.55
    assert levels["urgent"] >= 30


def test_ten_languages_have_emergencies_and_others_and_six_of_them_forty_cases():
    counts = Counter((case.language, case.level == "emergency") for case in cases())
    assert len({language for language, _ in counts}) == 10
    assert all(counts[language, is_one] >= 8 for language, is_one in counts)
    sizes = Counter(case.language for case in cases())
    assert all(sizes[language] >= 40 for language in ("en", "pt", "es", "zh", "hi", "ar"))


def test_every_case_has_its_own_id_and_words_and_says_why():
    ids, said = [case.id for case in cases()], [case.said for case in cases()]
    assert len(set(ids)) == len(ids) and len(set(said)) == len(said)
    for case in cases():
        assert case.id.startswith(f"{case.language}-{case.condition}-")
        assert case.said and all(text.strip() == text and text for text in case.said) and case.note
        assert case.kind in (NOTHING if case.level == "none" else EMERGENCIES)


def test_the_halves_are_of_like_size_and_share_nothing():
    dev, held = (cases(half) for half in HALVES)
    assert not {case.id for case in dev} & {case.id for case in held}
    assert len(dev) + len(held) == len(cases())
    for level in LEVELS:
        n_dev, n_held = (sum(case.level == level for case in half) for half in (dev, held))
        assert 0.4 <= n_dev / (n_dev + n_held) <= 0.6


MADE = (
    Case("en-heart-1", "en", "emergency", "heart", "plain", ("a",), "n"),
    Case("en-heart-2", "en", "emergency", "heart", "plain", ("b",), "n"),
    Case("pt-leg-1", "pt", "urgent", "leg", "plain", ("c",), "n"),
    Case("pt-heart-1", "pt", "none", "heart", "past", ("d",), "n"),
    Case("pt-heart-2", "pt", "none", "heart", "idiom", ("e",), "n"),
)


def scored(**found: str) -> list[Outcome]:
    """The made cases, with the level that is found in each by its words."""
    return outcomes(MADE, lambda case: found.get(case.said[0], "none"))


def test_nothing_found_is_no_false_alarm_and_no_recall():
    found = scored()
    assert {name: (rate.hits, rate.n) for name, rate in totals(found).items()} == {
        "recall": (0, 2),
        "recall_any": (0, 2),
        "recall_urgent": (0, 1),
        "over": (0, 1),
        "false_alarms": (0, 2),
        "false_emergencies": (0, 2),
    }


def totals(found: list[Outcome]) -> dict[str, object]:
    return {name: total(found, measure) for name, measure in MEASURES.items()}


def test_an_emergency_called_urgent_counts_only_in_the_looser_recall():
    found = scored(a="emergency", b="urgent")
    assert total(found, MEASURES["recall"]).hits == 1
    assert total(found, MEASURES["recall_any"]).hits == 2


def test_an_urgent_case_called_an_emergency_is_found_and_overcalled_but_not_wrong():
    found = scored(c="emergency")
    assert (total(found, MEASURES["recall_urgent"]).hits, total(found, MEASURES["over"]).hits) == (1, 1)
    assert [one.case.id for one in found if is_wrong(one)] == ["en-heart-1", "en-heart-2"]


def test_false_alarms_are_those_where_there_is_nothing():
    found = scored(d="urgent", e="emergency")
    assert total(found, MEASURES["false_alarms"]).hits == 2
    assert total(found, MEASURES["false_emergencies"]).hits == 1
    by_kind = rates(found, MEASURES["false_emergencies"], GROUPS["kind"])
    assert {kind: (rate.hits, rate.n) for kind, rate in by_kind.items()} == {"idiom": (1, 1), "past": (0, 1)}


def test_a_group_without_cases_that_count_is_left_out():
    assert set(rates(scored(), MEASURES["recall"], GROUPS["language"])) == {"en"}


def test_what_is_no_level_is_refused():
    with pytest.raises(ValueError, match="soon"):
        scored(a="soon")


def test_a_case_stays_in_its_half_whatever_it_says():
    for case in MADE:
        assert replace(case, said=("other words",), level="none").half == case.half


@cache
def judged() -> tuple[Outcome, ...]:
    return tuple(outcomes(cases(), watched))


@pytest.mark.parametrize("name", FLOORS)
def test_the_alarms_are_no_worse_than_they_were(name: str):
    rate = total(judged(), MEASURES[name])
    if name.startswith("recall"):
        assert rate.value >= FLOORS[name], f"{rate.hits} of {rate.n}"
    else:
        assert rate.value <= FLOORS[name], f"{rate.hits} of {rate.n}"
