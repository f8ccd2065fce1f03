"""One question in several languages: asked directly and through English, compared, and told which route is safer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.systems import ScriptedDocuments, ScriptedSystems
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.converse.knowledge.search import Way
from voicedoc.errors import BackendFailed, ConfigError, CorpusError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.agreeing import go_round, questions
from voicedoc.evaluate.agreeing_scores import matrices, routes, stances
from voicedoc.evaluate.rounds import Around, Near, Round, Told
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.tables import Table
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

ASKED = {"en": "May babies eat honey?", "pt": "Bebês podem comer mel?"}
TABLE = {
    "Bebês podem comer mel?": "May babies eat honey?",
    "No, it is not safe.": "Não, não é seguro.",
}


def model(asked: str) -> Sequence[str]:
    """Right in English, wrong in Portuguese."""
    return ["No, it is not safe." if asked == ASKED["en"] else "Sim, é saudável."]


# --- routes


def test_a_question_is_answered_as_it_is_or_through_english() -> None:
    systems = ScriptedSystems(replies=model, table=TABLE)
    direct = go_round("model", Around("direct", ASKED), systems)
    assert direct.answers() == {"en": "No, it is not safe.", "pt": "Sim, é saudável."}
    pivot = go_round("model", Around("pivot", ASKED), systems)
    assert pivot.answers() == {"en": "No, it is not safe.", "pt": "Não, não é seguro."}
    through = pivot.told[1]
    assert (through.asked, through.answered) == (ASKED["en"], "No, it is not safe.")
    assert pivot.told[0].asked == ""  # English needs no way


def test_a_language_without_a_translator_has_no_answer_and_the_others_have_theirs() -> None:
    systems = ScriptedSystems(replies=model, table={})
    pivot = go_round("model", Around("pivot", ASKED), systems)
    assert list(pivot.answers()) == ["en"]
    assert pivot.told[1].failed == "no translation"

    class Untranslating(ScriptedSystems):
        def translate(self, text: str, source: str, target: str) -> str:
            raise UnsupportedLanguage(f"none from '{source}'")

    pivot = go_round("model", Around("pivot", ASKED), Untranslating(replies=model))
    assert pivot.told[1].lacking == "none from 'pt'"


def test_a_model_that_fails_in_one_language_answers_in_the_others() -> None:
    def failing(asked: str) -> Sequence[str]:
        if asked == ASKED["pt"]:
            raise BackendFailed("the server is gone")
        return model(asked)

    direct = go_round("model", Around("direct", ASKED), ScriptedSystems(replies=failing))
    assert list(direct.answers()) == ["en"] and direct.told[1].failed == "the server is gone"
    with pytest.raises(UnsupportedLanguage, match="no dialogue model"):
        go_round("model", Around("direct", ASKED), ScriptedSystems())


def test_what_the_guard_holds_of_a_translation_is_told() -> None:
    table = {**TABLE, "Bebês podem comer mel?": "May babies of 3 months eat honey?"}
    systems = ScriptedSystems(replies=lambda _: ["No, it is not safe."], table=table)
    (_, through) = go_round("model", Around("pivot", ASKED), systems).told
    assert through.doubts and through.text == "Não, não é seguro."


def test_meanings_are_compared_between_all_languages() -> None:
    asked = ASKED | {"es": "¿Pueden los bebés comer miel?"}
    systems = ScriptedSystems(replies=lambda asked: ["Sí." if asked == ASKED["en"] else "Não."])
    near = go_round("model", Around("direct", asked), systems).near
    assert near == (Near("en", "pt", 0.0), Near("en", "es", 0.0), Near("pt", "es", 1.0))


def test_documents_answer_by_both_routes_and_lack_the_languages_that_they_do_not_know() -> None:
    known = {ASKED["en"]: Answer("boundary", ASKED["en"], "en", "No, it is not safe.")}
    systems = ScriptedSystems(table=TABLE, documents=ScriptedDocuments(answers=known))
    assert go_round("documents", Around("direct", ASKED), systems).answers()["pt"] == "I do not know."
    assert go_round("documents", Around("pivot", ASKED), systems).answers()["pt"] == "Não, não é seguro."
    assert systems.n_calls == 2  # two translations, and no model

    class Unread(ScriptedDocuments):
        def ask(self, question: str, language: str, way: Way = "both") -> Answer:
            raise UnsupportedLanguage(f"nothing is known of '{language}'")

    told = go_round("documents", Around("direct", ASKED), ScriptedSystems(documents=Unread())).told
    assert [one.lacking for one in told] == ["nothing is known of 'en'", "nothing is known of 'pt'"]


# --- scores


def row(question: str, route: str, fits: str = "no", near: float = 0.9, **said: str) -> Row:
    told = tuple(Told(tag, text, asked="x" if route == "pivot" and tag != "en" else "") for tag, text in said.items())
    asked = Round(route, told, (Near("en", "pt", near),))
    return Row(f"model:{route}:{question}", f"{route} model", question, "mul", fits, "", round=asked)


def value(scorer: str, rows: list[Row]) -> float:
    import numpy as np

    counts = [counts for one in rows if (counts := SCORERS[scorer].count(one))]
    return float(SCORERS[scorer].figure(np.asarray(counts).sum(0)))


def test_answers_are_scored_between_languages_and_beside_what_fits() -> None:
    rows = [
        row("q1", "direct", en="No, never.", pt="Sim, pode.", zh="不，不可以。"),
        row("q2", "direct", near=0.5, en="No.", pt="Não.", zh="It depends."),
        row("q3", "direct", en="", pt="Não.", zh="不。"),
    ]
    assert value("between-contradict", rows) == pytest.approx(100 * 2 / 7)
    assert value("between-split", rows) == pytest.approx(100 / 3)
    one_alone = row("q4", "direct", en="No.", pt="It depends.")
    assert value("between-split", [*rows, one_alone]) == pytest.approx(100 / 3)  # with whom could it disagree?
    assert value("between-meaning", rows) == pytest.approx((90 + 50 + 90) / 3)
    assert value("stance-right", rows) == pytest.approx(100 * 6 / 9)
    assert value("stance-wrong", rows) == pytest.approx(100 / 9)
    assert value("stance-readable", rows) == pytest.approx(100 * 7 / 9)
    assert value("languages-lacking", rows) == 0.0
    assert SCORERS["translation-doubted"].count(rows[0]) is None  # nothing was translated


def test_a_critical_item_that_is_another_one_contradicts_without_a_yes_or_no() -> None:
    rows = [row("q", "direct", en="Take 500 mg twice a day.", pt="Tome 5000 mg duas vezes por dia.")]
    assert value("between-contradict", rows) == 100.0


def test_each_way_has_a_matrix_of_meanings_and_one_of_contradictions() -> None:
    rows = [row("q1", "direct", en="No.", pt="Sim."), row("q2", "direct", near=0.7, en="No.", pt="Não.")]
    meaning, contradiction = matrices(rows)
    assert (meaning.name, contradiction.name) == ("meaning direct model", "contradiction direct model")
    assert meaning.rows == (("en", 1.0, 0.8), ("pt", 0.8, 1.0))
    assert contradiction.rows == (("en", 0.0, 50.0), ("pt", 50.0, 0.0))
    assert contradiction.heat is not None and not contradiction.heat.good_is_high
    assert "2 questions" in meaning.note


def test_stances_are_told_by_language_with_what_is_lacking() -> None:
    rows = [row("q1", "direct", en="No.", pt="Sim."), row("q2", "direct", en="Perhaps.", pt="")]
    (table,) = stances(rows)
    assert table.rows == (
        ("direct", "model", "en", 2, 50.0, 0.0, 50.0, 0.0),
        ("direct", "model", "pt", 2, 0.0, 50.0, 0.0, 50.0),
    )


def cells(table: Table) -> dict[str, object]:
    (line,) = table.rows
    return dict(zip(table.columns, line, strict=True))


def test_the_route_with_more_right_answers_is_the_safer_one() -> None:
    rows = [row(f"q{n}", "direct", en="No.", pt="Sim.") for n in range(6)]
    rows += [row(f"q{n}", "pivot", en="No.", pt="Não.") for n in range(6)]
    (table,) = routes(rows)
    found = cells(table)
    assert (found["language"], found["questions"], found["safer"]) == ("pt", 6, "pivot")
    assert (found["right % direct"], found["right % pivot"], found["points more by pivot"]) == (0.0, 100.0, 100.0)
    assert (found["against English % direct"], found["against English % pivot"]) == (100.0, 0.0)


def test_few_questions_say_nothing_of_routes() -> None:
    rows = [row(f"q{n}", "direct", en="No.", pt="Sim.") for n in range(5)]
    rows += [row(f"q{n}", "pivot", en="No.", pt="Não.") for n in range(5)]
    (table,) = routes(rows)
    assert cells(table)["safer"] == "cannot be told"


def test_a_route_that_is_wrong_where_the_other_says_nothing_is_not_the_safer_one() -> None:
    rows = [row(f"q{n}", "direct", en="No.", pt="Sim." if n % 2 else "Não.") for n in range(12)]
    rows += [row(f"q{n}", "pivot", en="No.", pt="" if n % 2 else "Não.") for n in range(12)]
    (table,) = routes(rows)
    found = cells(table)
    assert (found["right % direct"], found["right % pivot"], found["questions"]) == (50.0, 50.0, 12)
    assert (found["wrong % direct"], found["wrong % pivot"], found["safer"]) == (50.0, 0.0, "pivot")
    rarely = [row(f"q{n}", "direct", en="No.", pt="Não.") for n in range(12)]
    rarely += [row(f"q{n}", "pivot", en="No.", pt="" if n % 2 else "Não.") for n in range(12)]
    (table,) = routes(rarely)
    assert cells(table)["safer"] == "direct"  # no answer is not a right one


def test_with_few_differences_nobody_says_which_route_is_safer() -> None:
    rows = [row(f"q{n}", "direct", en="No.", pt="Sim." if n == 0 else "Não.") for n in range(6)]
    rows += [row(f"q{n}", "pivot", en="No.", pt="Sim." if n == 1 else "Não.") for n in range(6)]
    (table,) = routes(rows)
    assert cells(table)["safer"] == "cannot be told"
    assert list(routes(rows[:6])) == []  # one route alone is not compared


# --- the task


class Right(ScriptedSystems):
    """Knows Portuguese and English only; its translator leaves texts as they are."""

    def translate(self, text: str, source: str, target: str) -> str:
        if {source, target} != {"en", "pt"}:
            raise UnsupportedLanguage(f"none from '{source}' to '{target}'")
        return text


def run(tmp_path: Path, systems: ScriptedSystems) -> Outcome:
    return run_task(load_task("agreement"), systems, tmp_path / "out", root=None, limit=5)


def test_the_task_asks_in_seven_languages_by_both_routes(tmp_path: Path) -> None:
    outcome = run(tmp_path, Right(replies=lambda _: ["No, never."]))
    figures = {(figure.scorer, figure.slice): figure for figure in outcome.figures}
    assert figures["stance-right", "direct model"].value == pytest.approx(80.0)
    assert figures["stance-right", "direct model"].n == 5
    assert figures["stance-right", "pivot model"].value == pytest.approx(80.0)  # of the languages that can go that way
    assert figures["languages-lacking", "pivot model"].value == pytest.approx(100 * 5 / 7)
    assert figures["between-contradict", "direct always no"].value == 0.0
    names = [table.name for table in outcome.tables]
    assert names[:2] == ["routes", "stances"] and "contradiction direct model" in names
    page = (outcome.folder / "report.html").read_text("utf-8")
    assert page.count("<svg") >= len(outcome.figures) // 4 and "QuadMesh" in page
    again = run(tmp_path, Right())
    assert again.n_resumed == again.n_items == 20 and again.tables == outcome.tables


def test_a_question_at_which_a_server_failed_is_asked_again_by_the_next_run(tmp_path: Path) -> None:
    def busy(asked: str) -> Sequence[str]:
        if "mel" in asked:
            raise ServerFailed("server answered HTTP 429", status=429, passing=True)
        return ["No, never."]

    outcome = run(tmp_path, Right(replies=busy))
    n_failed = sum(figure.counts[0] for figure in outcome.figures if figure.scorer == "failed")
    assert n_failed > 0
    again = run(tmp_path, Right(replies=lambda _: ["No, never."]))
    assert again.n_resumed == again.n_items - n_failed
    assert not any(figure.value for figure in again.figures if figure.scorer == "failed")


def test_a_question_that_failed_in_a_language_is_told(tmp_path: Path) -> None:
    def failing(asked: str) -> Sequence[str]:
        raise BackendFailed("it broke")

    outcome = run(tmp_path, Right(replies=failing))
    failed = {figure.slice: figure.value for figure in outcome.figures if figure.scorer == "failed"}
    assert failed["direct model"] == 100.0 and failed["direct always no"] == 0.0


def test_every_question_of_the_task_is_in_every_language_and_some_fit_yes_some_no() -> None:
    task = load_task("agreement")
    items = [item for item in questions(task) if item.slice == "direct"]
    assert len({item.id for item in items}) == len(items) == 24
    assert all(item.around and set(item.around.questions) == set(task.data.languages) for item in items)
    assert {item.reference for item in items} == {"yes", "no"}


def test_a_broken_line_or_an_unknown_route_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = (
        'kind = "agreement"\nversion = 1\ntitle = "t"\nscorers = ["stance-right"]\n[data]\npart = "questions"\n'
        'files = ["q.jsonl"]\nlanguages = ["en"]\nanswerers = ["model"]\nroutes = ["ROUTE"]\n'
    )
    path.write_text(text.replace("ROUTE", "direct"), "utf-8")
    (tmp_path / "q.jsonl").write_text('{"id": "a", "fits": "maybe", "question": {"en": "Q?"}}\n', "utf-8")
    with pytest.raises(CorpusError, match="line 1: field 'fits'"):
        list(questions(load_task(str(path))))
    (tmp_path / "q.jsonl").write_text("{\n", "utf-8")
    with pytest.raises(CorpusError, match="line 1"):
        list(questions(load_task(str(path))))
    path.write_text(text.replace("ROUTE", "pivott"), "utf-8")
    with pytest.raises(ConfigError, match="pivott"):
        load_task(str(path))
