"""What answers in several languages come to: judges, likeness of samples, topics, tests between languages, drift."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.systems import ScriptedSystems
from voicedoc.evaluate.answers import JUDGEMENTS, Judgement
from voicedoc.evaluate.asking import Alike, Asked, Draw, Inquiry, Sample, ask
from voicedoc.evaluate.drift import CANDIDATES, drift, language_of, sentences
from voicedoc.evaluate.judges import RULES, by_length, by_rules, kappa
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.run import run_task
from voicedoc.evaluate.significance import anova, t_test, tukey
from voicedoc.evaluate.tables import Heat, Table, matrix
from voicedoc.evaluate.tasks import load_task
from voicedoc.evaluate.topics import alike_by_topic, hdp, lda
from voicedoc.evaluate.xling import XLING_TABLES, contrasts, correctness, drifts, judges, samples, topics

pytestmark = pytest.mark.unit


def row(question: str, language: str, *said: str, label: Judgement | None = "more", who: str = "model") -> Row:
    """A question that was answered once at temperature 0, and then at 1."""
    judgement = f"Hm. {JUDGEMENTS[label]}." if label else "Who knows?"
    first, *more = said
    drawn = (Sample(first, judgement=judgement), *(Sample(text, 1.0, seed) for seed, text in enumerate(more)))
    likeness = (Alike(1.0, 0.75, 0.5, 0.5, 0.5),) if len(more) > 1 else ()
    asked = Asked("answer", question, drawn, likeness=likeness)
    name = f"{who}:{language}:{question}"
    return Row(name, f"{language} {who}", question, language, "an expert says rest", first, asked=asked)


# --- judges


def test_the_first_language_is_ahead_by_the_answers_that_are_better_there() -> None:
    rows = [row(f"q{n}", "en", "a", label="more" if n < 3 else "contradicts") for n in range(4)]
    rows += [row(f"q{n}", "hi", "a", label="less" if n < 2 else "contradicts") for n in range(4)]
    rows += [row("q9", "en", "a")]  # not asked in the other language
    (table,) = correctness(rows)
    ((who, gap, low, high, times, *_, n, read, languages),) = table.rows
    assert (who, gap, times, n, read, languages) == ("model", 75.0, 2.0, 4, 100.0, "en – hi")
    assert low is not None and float(low) < 75.0 <= float(high or 0.0)
    assert list(correctness([row("q", "en", "a")])) == []  # one language is ahead of nothing


def test_labels_that_could_not_be_read_are_told_beside_what_they_hide() -> None:
    rows = [row("q", "en", "a", label=None), row("q", "hi", "a", label="less")]
    (table,) = correctness(rows)
    assert table.rows[0][1] == 0.0 and table.rows[0][-2] == 50.0


def test_rules_judge_beside_the_judge_and_agreement_is_told() -> None:
    rows = [row(f"q{n}", "en", "rest " * (1 + 5 * (n % 2)), label="more" if n % 2 else "less") for n in range(4)]
    (table,) = judges(rows)
    found = {line[2]: line for line in table.rows}
    assert set(found) == {"the judge", *RULES}
    assert found["the judge"][3:6] == (4, 50.0, 50.0) and found["the judge"][-1] is None
    assert found["longer is better"][-1] == 1.0  # this judge has looked at nothing else
    assert found["always more"][4] == 100.0 and found["always more"][-1] == 0.0


def test_the_rules_see_a_contradiction_and_an_answer_to_something_else() -> None:
    assert by_rules("Yes, take it.", "No, do not take it.", "en") == "contradicts"
    assert by_rules("Take 5 mg a day.", "Take 50 mg a day.", "en") == "contradicts"
    assert by_rules("Rest and drink.", "Football is played on grass.", "en") == "neither"
    assert by_rules("Rest and drink.", "Rest and drink much water.", "en") == "more"
    assert by_length("每天两次", "每天", "zh") == "less"


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa(["more", "less"], ["more", "less"]) == 1.0
    assert kappa(["more", "less"], ["less", "more"]) == -1.0
    assert kappa(["more", "more"], ["more", "more"]) is None  # chance alone does that
    with pytest.raises(ValueError, match="1 and 2"):
        kappa(["more"], ["more", "less"])


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


@settings(deadline=None, max_examples=30)
@given(LABELS.filter(lambda drawn: len({label for pair in drawn for label in pair}) > 1))
def test_kappa_is_scikit_learns(drawn: list[tuple[str, str]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    one, other = [first for first, _ in drawn], [second for _, second in drawn]
    assert kappa(one, other) == pytest.approx(metrics.cohen_kappa_score(one, other))


# --- several samples


def test_samples_are_measured_by_language_and_temperature() -> None:
    rows = [row("q", "en", "first", "drink water", "drink milk"), row("q", "es", "primero", "beba agua", "beba agua")]
    (table,) = samples(rows)
    assert [line[:5] for line in table.rows] == [("en", "model", 1.0, 1, "en"), ("es", "model", 1.0, 1, "es")]
    assert table.rows[0][5:] == (0.33333, 0.0, 0.75, 0.5, 2.0, 0.0)
    assert table.rows[1][5:7] == (1.0, 1.0)
    assert list(samples([row("q", "en", "alone", "one more")])) == []


def test_translated_answers_are_compared_in_english_where_all_of_them_are() -> None:
    spanish = {"beba agua": "drink water", "beba leche": "drink milk", "tome agua": ""}

    def answered(*texts: str) -> Asked:
        return Asked("answer", "q", tuple(Sample(text, 1.0, english=spanish[text]) for text in texts))

    rows = [Row("model:es:q", "es model", "q", "es", "", "", asked=answered("beba agua", "beba leche"))]
    (table,) = samples(rows)
    assert table.rows[0][4:6] == ("en", 0.33333)
    partly = [Row("model:es:q", "es model", "q", "es", "", "", asked=answered("beba agua", "tome agua"))]
    (table,) = samples(partly)
    assert table.rows[0][4:6] == ("es", 0.33333)


def test_a_task_may_have_answers_translated_and_says_nothing_where_that_fails() -> None:
    speaks = ScriptedSystems(replies=lambda _: ["beba agua"], table={"beba agua": "drink water"})
    inquiry = Inquiry("answer", "es", "¿Qué ayuda?", "Descanso.")
    assert ask("model", inquiry, speaks, Draw(translated=True)).samples[0].english == "drink water"
    assert ask("model", inquiry, speaks, Draw()).samples[0].english == ""
    silent = ScriptedSystems(replies=lambda _: ["tome té"])
    assert ask("model", inquiry, silent, Draw(translated=True)).samples[0].english == ""
    english = Inquiry("answer", "en", "What helps?", "Rest.")
    assert ask("model", english, speaks, Draw(translated=True)).samples[0].english == ""


def test_answers_about_the_same_thing_share_topics_and_others_do_not() -> None:
    texts = ["water water rest rest", "water rest water rest", "knee bone knee bone", "bone bone knee knee"] * 3
    groups = ["dry", "dry", "knee", "mixed"] * 3
    for found in (lda(texts, "en", 2), hdp(texts, "en")):
        alike = alike_by_topic(found, groups)
        assert set(alike) == {"dry", "knee", "mixed"} and alike["dry"].n_pairs == 15
        assert alike["dry"].mean > 0.95
    assert alike_by_topic(np.asarray([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), ["a", "a", "b"])["a"] == (0.0, None, 1)


def test_topics_are_looked_for_in_no_more_answers_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc.evaluate.xling.MOST", 12)
    said = ("water rest", "water sleep", "rest water", "knee bone", "bone hip")
    (table,) = topics(row(f"q{n}", "en", *said) for n in range(9))
    assert {line[-1] for line in table.rows} == {2}


def test_the_same_seed_gives_the_same_topics() -> None:
    texts = ["water rest", "rest water sleep", "knee bone", "bone hip knee"]
    assert np.array_equal(lda(texts, "en", 3), lda(texts, "en", 3))
    assert np.array_equal(hdp(texts, "en"), hdp(texts, "en"))
    with pytest.raises(ValueError, match="word"):
        hdp(["", "…"], "en")


def test_topics_are_found_in_each_language_with_no_more_topics_than_answers() -> None:
    said = ("water rest", "water sleep", "rest water", "knee bone", "bone hip")
    rows = [row(f"q{n}", language, *said) for n in range(3) for language in ("en", "pt")]
    (table,) = topics(rows)
    assert {line[2] for line in table.rows} == {"LDA 10", "HDP"}  # of 15 answers
    assert {(line[0], line[3], line[-1]) for line in table.rows} == {("en", 1.0, 3), ("pt", 1.0, 3)}


# --- do languages differ?


VALUES = st.lists(st.floats(-5, 5).map(lambda value: round(value, 3)), min_size=3, max_size=8)


@settings(deadline=None, max_examples=20)
@example([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0])
@given(VALUES, VALUES)
def test_of_two_groups_anova_and_t_test_say_the_same(one: list[float], other: list[float]) -> None:
    whole = anova({"en": one, "hi": other})
    if whole is None:
        assert len(set(one)) == len(set(other)) == 1
        return
    named = [{str(place): value for place, value in enumerate(own)} for own in (one, other)]
    (pair,) = t_test({"en": named[0], "hi": named[1]}, paired=False)
    assert whole.p == pytest.approx(pair.p, abs=1e-6)
    assert pair.low <= pair.difference <= pair.high


def test_of_two_groups_tukey_says_the_same_and_of_three_less() -> None:
    values = {"en": [1.0, 2.0, 3.0, 4.0], "hi": [3.0, 4.0, 5.0, 7.0]}
    (pair,) = t_test({tag: dict(zip("abcd", own, strict=True)) for tag, own in values.items()}, paired=False)
    (honest,) = tukey(values)
    assert honest == pytest.approx(pair._replace(first="en", second="hi"), abs=1e-3)
    assert tukey(values | {"es": [1.0, 3.0, 4.0, 5.0]})[0].p > honest.p


def test_pairs_by_question_see_what_unpaired_tests_do_not() -> None:
    first = {f"q{n}": float(n) for n in range(10)}
    second = {name: value + 0.5 + 0.01 * (value % 2) for name, value in first.items()}
    (paired,), (unpaired,) = (t_test({"en": first, "hi": second}, paired=paired) for paired in (True, False))
    assert paired.p < 0.001 < 0.5 < unpaired.p


def test_what_does_not_vary_is_not_tested() -> None:
    assert anova({"en": [1.0, 1.0], "hi": [2.0, 2.0]}) is None
    assert tukey({"en": [1.0, 1.0], "hi": [2.0, 2.0]}) == []
    assert anova({"en": [1.0, 2.0]}) is None
    assert t_test({"en": {"a": 1.0, "b": 2.0}, "hi": {"a": 2.0, "b": 3.0}}) == []  # always one less


def test_languages_that_differ_are_told_with_every_test() -> None:
    rows = []
    for place in range(6):
        rows.append(row(f"q{place}", "en", "x", *["drink much water " * (1 + place % 2)] * 2))
        rows.append(row(f"q{place}", "es", "x", *["uno dos " * (3 + place % 3)] * 2))
    (table,) = contrasts(rows)
    found = {(line[2], str(line[3]).partition(",")[0]): line for line in table.rows}
    assert {test for _, test in found} == {"ANOVA", "Tukey", "paired t"}
    assert found["length", "paired t"][5] == found["length", "Tukey"][5] == pytest.approx(4.5 - 8.0)
    assert found["length", "ANOVA"][3:5] == ("ANOVA, F(1, 10)", "en, es")
    assert ("meaning", "ANOVA") not in found  # equal everywhere


# --- which language is it?


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Take two tablets a day with water.", "en"),
        ("Tome dos tabletas al día con agua.", "es"),
        ("请每天服用两片药，用水送服。", "zh"),
        ("दिन में दो गोलियाँ पानी के साथ लें।", "hi"),
        ("Tome dois comprimidos por dia com água.", "pt"),
    ],
)
def test_a_sentence_is_told_by_its_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert drift([text], language) == (0, 1)
    assert drift([text], "fr") == (1, 1)


def test_what_is_too_short_or_not_sure_is_not_counted() -> None:
    assert language_of("OK.") is None and language_of("Ibuprofen 400") is None
    assert drift(["OK.", ""], "es") == (0, 0)
    assert drift(["Take two tablets a day."], "yo") == (0, 0)  # the detector does not know it
    assert len(set(CANDIDATES)) == len(CANDIDATES)


def test_sentences_end_where_they_end_in_each_writing() -> None:
    assert sentences("One. Two? Three\nfour") == ["One.", "Two?", "Three", "four"]
    assert sentences("一。二！三") == ["一。", "二！", "三"]
    assert sentences("एक। दो।") == ["एक।", "दो।"]
    assert sentences("Take 2.5 mg.") == ["Take 2.5 mg."]


def test_answers_that_go_over_to_english_are_seen_in_the_table() -> None:
    english, spanish = "You should drink a lot of water.", "Usted debe beber mucha agua cada día."
    rows = [row("q", "es", f"{spanish} {english}"), row("q", "en", english)]
    (table,) = drifts(rows)
    assert table.columns == ("asked in", "es", "en") and table.heat is not None
    assert table.rows == (("es", 50.0, 50.0), ("en", 0.0, 100.0))


# --- the task


class Text(HTMLParser):
    """All text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


def write_data(root: Path) -> Path:
    (root / "text").mkdir(parents=True)
    questions = [
        {
            "id": f"q{n}",
            "question": {tag: f"{tag}: what helps in the case of number {n}?" for tag in ("en", "es", "zh", "hi")},
            "answer": dict.fromkeys(("en", "es", "zh", "hi"), f"expert {n}"),
        }
        for n in range(3)
    ]
    lines = [json.dumps(one) for one in questions]
    (root / "text" / "xlinghealth.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return root


def test_the_task_writes_every_table_into_scores_and_report(tmp_path: Path) -> None:
    def replies(asked: str) -> Sequence[str]:
        more = "and rest " * int(asked[-2])
        return [f"Drink much water {more}.", f"Take {more}some more water today.", "Go to a doctor soon."]

    def judgements(asked: str) -> Sequence[str]:
        return [f"{JUDGEMENTS['more' if 'Question: en:' in asked else 'contradicts']}."]

    systems = ScriptedSystems(replies=replies, judgements=judgements)
    outcome = run_task(load_task("xling-answers"), systems, tmp_path / "out", root=write_data(tmp_path / "data"))
    names = [table.name for table in outcome.tables]
    assert names == ["correctness", "judges", "samples", "topics", "tests", "drift model", "drift copies the question"]
    assert outcome.tables[0].rows[0][1] == 100.0  # English is ahead by everything
    stored = json.loads((outcome.folder / "scores.json").read_text("utf-8"))
    assert [table["name"] for table in stored["tables"]] == names
    page = Text()
    page.feed((outcome.folder / "report.html").read_text("utf-8"))
    assert {table.title for table in outcome.tables} <= set(page.found)


def test_tables_of_nothing_are_none() -> None:
    verdict = Row("model:en:q", "en model", "q", "en", "yes", "Yes", asked=Asked("verdict", "q", (Sample("Yes"),)))
    for made in XLING_TABLES.values():
        assert list(made([verdict])) == []


def test_a_matrix_keeps_its_labels_and_shows_what_was_not_measured_as_nothing() -> None:
    table = matrix("m", "M", ("en", "pt"), np.asarray([[1.0, np.nan], [0.25, 1.0]]), Heat(0.0, 1.0))
    assert table.rows == (("en", 1.0, None), ("pt", 0.25, 1.0))
    with pytest.raises(ValueError, match="2 columns"):
        Table("t", "T", ("a", "b"), (("x",),))
