"""The statistics of XLingEval, and what its printed tables say of one another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.evaluate.answers import Verdict
from voicedoc.evaluate.consistency import consistency, words_of
from voicedoc.evaluate.correctness import contradiction_ratio, correctness_figures, gap, over_datasets
from voicedoc.evaluate.verifiability import (
    implied,
    macro_f1,
    macro_recall,
    verdict_counts,
    verifiability_figures,
)

pytestmark = pytest.mark.unit

LANGUAGES = ("en", "es", "zh", "hi")

# Table 2 of the paper, GPT-3.5, in the order of LANGUAGES: better than the expert's, and contradicting it.
QUESTIONS = {"healthqa": 1134, "liveqa": 246, "medicationqa": 690}
BETTER = {"healthqa": (1013, 891, 878, 575), "liveqa": (226, 213, 212, 142), "medicationqa": (618, 547, 509, 407)}
CONTRADICTING = {"healthqa": (3, 5, 14, 47), "liveqa": (3, 1, 4, 13), "medicationqa": (5, 23, 48, 51)}

# Table 4, means over temperatures: macro precision, macro recall, macro F1, accuracy.
PRINTED = {
    "healthqa": {
        "en": (0.9447, 0.8113, 0.8581, 0.9220),
        "es": (0.9422, 0.8769, 0.9048, 0.9434),
        "zh": (0.8590, 0.6739, 0.7143, 0.8604),
        "hi": (0.8606, 0.6874, 0.7289, 0.8645),
    },
    "medicationqa": {
        "en": (0.8119, 0.9222, 0.8552, 0.9383),
        "es": (0.8297, 0.8623, 0.8449, 0.9414),
        "zh": (0.8396, 0.6802, 0.7289, 0.9246),
        "hi": (0.7092, 0.6314, 0.6541, 0.9119),
    },
    "liveqa": {
        "en": (0.9111, 0.6701, 0.7140, 0.8649),
        "es": (0.9050, 0.6290, 0.6622, 0.8504),
        "zh": (0.9076, 0.6035, 0.6261, 0.8410),
        "hi": (0.8475, 0.6354, 0.6656, 0.8373),
    },
}


def published() -> dict[str, tuple[float, ...]]:
    return {
        name: tuple(
            count
            for better, wrong in zip(BETTER[name], CONTRADICTING[name], strict=True)
            for count in (better, wrong, QUESTIONS[name])
        )
        for name in QUESTIONS
    }


def test_the_papers_two_headline_figures_follow_from_its_counts():
    assert over_datasets(published(), gap) == pytest.approx(18.1196, abs=5e-5)
    assert over_datasets(published(), contradiction_ratio) == pytest.approx(5.8222, abs=5e-5)


def test_the_gap_is_drawn_over_questions_in_all_languages_at_once():
    questions = [{"en": "more", "hi": "less"}] * 6 + [{"en": "contradicts", "hi": None}] * 2
    questions += [{"en": "neither", "hi": "contradicts"}] * 2
    found = correctness_figures(questions, ("en", "hi"))
    assert found["gap"].value == pytest.approx(60.0) and found["contradiction-ratio"].value == pytest.approx(1.0)
    assert found["gap"].n == 10 and found["gap"].low is not None and found["gap"].low < 60.0
    with pytest.raises(ValueError, match="two languages"):
        correctness_figures(questions, ("en",))


def fits(dataset: str, language: str, prevalence: float) -> bool:
    """Whether a printed row can come from data in which such a share of the answers fits."""
    _, recall, printed_f1, accuracy = PRINTED[dataset][language]
    found = implied(accuracy, recall, prevalence)
    return found.possible and abs(found.f1 - printed_f1) < 0.002


def test_the_printed_rows_of_healthqa_and_medicationqa_are_swapped():
    # HealthQA has nine wrong answers to each right one, the others have four.
    assert [fits("healthqa", language, 0.1) for language in LANGUAGES] == [False] * 4
    assert [fits("healthqa", language, 0.2) for language in LANGUAGES] == [True] * 4
    assert [fits("medicationqa", language, 0.2) for language in LANGUAGES] == [False] * 4
    assert [fits("medicationqa", language, 0.1) for language in LANGUAGES] == [True, True, True, False]
    assert [fits("liveqa", language, 0.2) for language in LANGUAGES] == [True] * 4
    assert [fits("liveqa", language, 0.1) for language in LANGUAGES] == [False] * 4


def test_what_the_english_rows_imply_is_what_is_printed():
    assert implied(0.9220, 0.8113, 0.2)[2:] == pytest.approx((0.9441, 0.858), abs=5e-5)
    assert implied(0.9383, 0.9222, 0.1)[2:] == pytest.approx((0.8117, 0.855), abs=5e-5)


def test_two_rows_of_medicationqa_are_impossible_with_its_own_share_and_none_with_the_other():
    rows = {language: (row[3], row[1]) for language, row in PRINTED["medicationqa"].items()}
    assert {language for language, row in rows.items() if implied(*row, 0.2).recall_no > 1.0} == {"zh", "hi"}
    assert all(implied(*row, 0.1).possible for row in rows.values())


def test_nothing_follows_from_even_shares():
    with pytest.raises(ValueError, match=r"0\.5"):
        implied(0.9, 0.9, 0.5)


VERDICTS = st.lists(st.tuples(st.booleans(), st.sampled_from(["yes", "no"])), min_size=4, max_size=40).filter(
    lambda answers: 0 < sum(fits for fits, _ in answers) != len(answers) / 2 and not all(f for f, _ in answers)
)


@settings(deadline=None, max_examples=30)
@given(VERDICTS)
def test_what_is_implied_is_what_is_counted(answers: list[tuple[bool, Verdict]]):
    found = {name: figure.value / 100 for name, figure in verifiability_figures(list(map(counts_of, answers))).items()}
    prevalence = sum(fits for fits, _ in answers) / len(answers)
    follows = implied(found["accuracy"], found["recall"], prevalence)
    assert follows.f1 == pytest.approx(found["f1"], abs=1e-6)
    said = {verdict for _, verdict in answers}
    if said == {"yes", "no"}:
        assert follows.precision == pytest.approx(found["precision"], abs=1e-6)


def counts_of(answer: tuple[bool, Verdict | None]):
    return verdict_counts(*answer)


@settings(deadline=None, max_examples=30)
@given(VERDICTS)
def test_the_figures_are_scikit_learns(answers: list[tuple[bool, Verdict]]):
    metrics = pytest.importorskip("sklearn.metrics")
    truth, said = [fits for fits, _ in answers], [verdict == "yes" for _, verdict in answers]
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(truth, said, average="macro", zero_division=0)
    expected = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "accuracy": metrics.accuracy_score(truth, said),
        "auc": metrics.roc_auc_score(truth, said),
        "readable": 1.0,
    }
    found = verifiability_figures(list(map(counts_of, answers)))
    assert {name: figure.value / 100 for name, figure in found.items()} == pytest.approx(expected)


def test_always_no_has_a_macro_f1_of_44_where_a_fifth_fits():
    counts = np.asarray([verdict_counts(place == 0, "no") for place in range(5)], dtype=float).sum(0)
    assert macro_f1(counts) == pytest.approx(44.444, abs=5e-4)
    assert macro_recall(counts) == 50.0


def test_an_unreadable_verdict_is_wrong_and_as_released_left_out():
    answers: list[tuple[bool, Verdict | None]] = [(True, "yes"), (False, "no"), (True, None), (False, None)]
    strict = verifiability_figures([verdict_counts(*answer) for answer in answers])
    released = verifiability_figures([verdict_counts(*answer, as_released=True) for answer in answers])
    assert (strict["accuracy"].value, released["accuracy"].value) == (50.0, 100.0)
    assert strict["readable"].value == released["readable"].value == 50.0


def test_equal_answers_are_alike_and_different_ones_are_not():
    assert consistency(["Take it twice.", "take it, twice"], "en")[:4] == (1.0, 1.0, 3.0, 0.0)
    assert consistency(["one two", "three four five six"], "en")[:4] == (0.0, 0.0, 3.0, 1.0)
    half = consistency(["a b c", "b c d"], "en")
    assert (half.unigrams, half.bigrams) == (0.5, 1 / 3)
    assert consistency(["", ""], "en")[:2] == (None, None)
    assert consistency(["yes", "yes"], "en")[:2] == (1.0, None)
    with pytest.raises(ValueError, match="two answers, got 1"):
        consistency(["alone"], "en")


def test_words_are_whole_in_hindi_and_single_characters_in_chinese():
    assert words_of("दिन में दो बार।", "hi") == ["दिन", "में", "दो", "बार"]
    assert words_of("每天两次。", "zh-CN") == ["每", "天", "两", "次"]
    assert consistency(["दिन में दो बार।"] * 2, "hi").length == 4.0
    assert consistency(["दिन में दो बार।"] * 2, "hi", as_released=True).length == 0.0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(alphabet="ab cé.", min_size=6, max_size=20), min_size=2, max_size=4))
def test_as_released_the_words_in_common_are_scikit_learns(answers: list[str]):
    sklearn = pytest.importorskip("sklearn.feature_extraction.text")
    jaccard_score = pytest.importorskip("sklearn.metrics").jaccard_score
    found = consistency(answers, "en", as_released=True)
    for length, ours in ((1, found.unigrams), (2, found.bigrams)):
        scores = []
        for place, one in enumerate(answers):
            for other in answers[place + 1 :]:
                counter = sklearn.CountVectorizer(ngram_range=(length, length), binary=True)
                try:
                    table = counter.fit_transform([one, other]).toarray()
                except ValueError:  # no words at all
                    continue
                scores.append(jaccard_score(table[0], table[1]))
        assert ours == (pytest.approx(np.mean(scores)) if scores else None)
