"""The task `consult`: doctors by name, figures for each, the curve in the report, and what makes it run anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.systems import ScriptedSystems
from tests.helpers.visits import case
from voicedoc.errors import ConfigError
from voicedoc.evaluate import run
from voicedoc.evaluate.consult_cases import Case, Fact
from voicedoc.evaluate.consult_doctors import DOCTORS, INVENTING, RECOMMENDATIONS, consult
from voicedoc.evaluate.consult_patient import ScriptedPatient
from voicedoc.evaluate.consult_visit import LIMIT, Ask, visit
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

PATIENTS = """must = ["onset", "fever", "drugs"]

[[case]]
id = "headache-1"
level = "routine"
conclusion = "tension headache"
recommendation = "Make an appointment as planned."
age = 30
sex = "male"
told = ["headache"]
opening = { en = "I have a headache.", pt = "Estou com dor de cabeça." }
facts = [
    { slot = "onset", value = "3 day", en = "Three days ago.", pt = "Há três dias." },
    { slot = "drugs", value = "none", en = "I take nothing.", pt = "Não tomo nada." },
]

[[case]]
id = "headache-2"
level = "emergency"
conclusion = "subarachnoid haemorrhage"
recommendation = "Call the emergency number now."
age = 50
sex = "female"
told = ["headache"]
opening = { en = "I have a headache." }
facts = [{ sign = "headache-thunderclap" }, { sign = "headache-worst-ever" }, { sign = "vomiting" }]
"""


def task_file(folder: Path, doctors: list[str], languages: list[str], extra: str = "") -> str:
    (folder / "headache.toml").write_text(PATIENTS, "utf-8")
    path = folder / "visits.toml"
    path.write_text(
        'kind = "consult"\nversion = 1\ntitle = "Visits"\ncurves = ["must-ask-by-question"]\n'
        'scorers = ["must-ask", "questions", "red-flags", "inventions-caught", "failed"]\n'
        f'[data]\npart = "patients"\nfiles = ["headache.toml"]\nlanguages = {json.dumps(languages)}\n'
        f"doctors = {json.dumps(doctors)}\nbudget = 12\n{extra}",
        "utf-8",
    )
    return str(path)


def figures(outcome: Outcome) -> dict[tuple[str, str], float]:
    return {(figure.slice, figure.scorer): round(figure.value, 1) for figure in outcome.figures}


def test_each_doctor_is_a_slice_of_its_own_and_only_patients_of_the_language_come(tmp_path: Path):
    task = load_task(task_file(tmp_path, ["nothing", "common"], ["en", "pt"]))
    outcome = run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    found = figures(outcome)
    assert outcome.n_items == 6
    assert found["en nothing", "questions"] == 0.0
    assert found["pt common", "questions"] == 12.0
    assert found["pt common", "must-ask"] > found.get(("pt nothing", "must-ask"), 0.0)


def test_the_interview_stops_at_an_emergency_and_the_report_draws_the_curve(tmp_path: Path):
    task = load_task(task_file(tmp_path, ["interview"], ["en"]))
    outcome = run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    assert figures(outcome)["en interview", "red-flags"] == 100.0
    assert [(line.slice, len(line.values), line.n) for line in outcome.lines] == [("en interview", 13, 2)]
    page = (outcome.folder / "report.html").read_text("utf-8")
    assert page.count("<svg") == len({figure.scorer for figure in outcome.figures}) + 1
    assert "Must-ask items asked or told, by question" in page
    scores = json.loads((outcome.folder / "scores.json").read_text("utf-8"))
    assert scores["lines"][0]["values"] == list(outcome.lines[0].values)


def test_a_second_run_holds_no_visit_again_and_gives_the_same_bytes(tmp_path: Path):
    task = load_task(task_file(tmp_path, ["interview"], ["en"]))
    first = run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    before = [(first.folder / name).read_bytes() for name in ("scores.json", "report.html")]
    again = run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    assert (first.n_resumed, again.n_resumed) == (0, 2)
    assert [(again.folder / name).read_bytes() for name in ("scores.json", "report.html")] == before


def test_visits_are_held_anew_when_what_doctors_say_or_read_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    task = load_task(task_file(tmp_path, ["nothing"], ["en"]))
    run_task(task, ScriptedSystems(), tmp_path / "out", root=None)
    monkeypatch.setattr(run, "doctors_fingerprint", lambda: "other packs")
    assert run_task(task, ScriptedSystems(), tmp_path / "out", root=None).n_resumed == 0


def test_a_doctor_or_a_curve_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match="'intervew' is unknown"):
        load_task(task_file(tmp_path, ["intervew"], ["en"]))
    path = Path(task_file(tmp_path, ["nothing"], ["en"]))
    path.write_text(path.read_text("utf-8").replace("must-ask-by-question", "must-ask-by-day"), "utf-8")
    with pytest.raises(ConfigError, match="curve 'must-ask-by-day'"):
        load_task(str(path))


ILL = Case(
    id="headache-3",
    language="en",
    complaint="headache",
    level="emergency",
    conclusion="subarachnoid haemorrhage",
    recommendation=RECOMMENDATIONS["emergency"],
    age=50,
    sex="female",
    opening="I have a headache.",
    told=("headache",),
    facts=(Fact("headache-thunderclap"), Fact("headache-worst-ever"), Fact("neck-stiff"), Fact("vomiting")),
    must=(("onset",),),
)


def test_an_emergency_ends_every_doctors_visit_who_comes_upon_it_and_the_interview_comes_upon_it_first():
    interview, in_order = consult("interview", ILL, 30), consult("in order", ILL, 80)
    for held in (interview, in_order):
        assert (held.reason, held.level) == ("emergency", "emergency")
        assert held.alarm is not None and len(held.exchanges) == held.alarm.turn
        assert held.recommendation == ILL.recommendation
    assert len(interview.exchanges) <= len(in_order.exchanges)
    assert (interview.complaint, interview.conclusion) == ("headache", "Headache")


def test_an_order_at_random_is_the_same_each_time():
    first, again = (consult("at random", ILL, 80) for _ in range(2))
    assert first == again
    assert [one.question for one in first.exchanges] != [one.question for one in consult("in order", ILL, 80).exchanges]


def test_who_asks_nothing_asks_nothing():
    held = consult("nothing", case(), 30)
    assert (held.exchanges, held.reason) == ((), "complete")
    assert [noted.name for noted in held.noted if noted.state == "present"] == ["headache"]


def test_a_budget_ends_the_visit():
    held = consult("common", case(), 3)
    assert (len(held.exchanges), held.reason) == (3, "budget")


def test_every_doctor_can_hold_a_visit_and_only_one_has_a_patient_who_invents():
    for name in DOCTORS:
        held = consult(name, case(facts=(Fact("nausea"),)), 12)
        assert held.patient == ("inventing" if name == INVENTING else "honest")
        assert held.budget == 12


class Endless:
    """Asks the same in free words, for ever."""

    def hear(self, text: str) -> Ask:
        return Ask(f"And then? {len(text)}", None)

    def noted(self) -> tuple[()]:
        return ()

    def raised(self) -> tuple[()]:
        return ()


def test_a_doctor_who_never_ends_is_stopped_and_gets_no_answer_to_what_is_no_question():
    held = visit(case(), Endless(), ScriptedPatient(case()), 10)
    assert (len(held.exchanges), held.reason) == (LIMIT, "endless")
    assert {exchange.kind for exchange in held.exchanges} == {"sorry"}
