"""Questions to dialogue models: asked as written, answered by a model or by rules, scored as counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.systems import ScriptedSystems
from voicedoc.converse.dialogue.role import Message, Sampling
from voicedoc.errors import BackendFailed, ConfigError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.answers import JUDGEMENTS
from voicedoc.evaluate.asking import ANSWERERS, JUDGE, ONCE, Alike, Asked, Draw, Inquiry, Sample, ask, wordings
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.tasks import load_task, task_names

pytestmark = pytest.mark.unit

QUESTION = Inquiry(
    "choice", "en", "Which is a painkiller?", options={"A": "ibuprofen", "B": "a long name of something"}
)


def test_every_language_has_every_wording() -> None:
    for language in ("en", "es", "zh", "hi", "pt-BR", "fr", "de"):
        words = wordings(language)
        assert "{question}" in words["verdict"] and "{answer}" in words["verdict"]
        assert "{options}" in words["choice"] and "Final Answer" in words["choice"]
        assert set(words) == set(wordings("en"))


def test_a_language_without_wordings_is_asked_for_by_its_name() -> None:
    assert "in Swahili" in wordings("sw")["answer_system"]
    (asked,) = Inquiry("verdict", "sw", "Je {moja}?", "Ndiyo").messages()
    assert asked.text.startswith("Question: Je {moja}?\n\nAnswer: Ndiyo")
    with pytest.raises(UnsupportedLanguage, match="'xx'"):
        wordings("xx")


def test_a_question_is_asked_in_its_language_with_its_options() -> None:
    (asked,) = QUESTION.messages()
    assert "(A) ibuprofen\n(B) a long name of something" in asked.text
    system, user = Inquiry("answer", "es", "¿Qué es la fiebre?").messages()
    assert (system.role, user.text) == ("system", "¿Qué es la fiebre?")


def test_temperature_0_is_asked_once_and_others_with_a_seed_each() -> None:
    drawn = list(Draw(3, (0.0, 0.75)).samplings("answer"))
    assert [(one.temperature, one.seed) for one in drawn] == [(0.0, 0), (0.75, 1), (0.75, 2), (0.75, 3)]


def test_rules_answer_without_a_model() -> None:
    silent = ScriptedSystems()
    answers = {
        name: ask(name, QUESTION, silent, ONCE).samples[0].text
        for name in ("always no", "longest option", "copies the question")
    }
    assert answers == {
        "always no": "No",
        "longest option": "Final Answer: (B)",
        "copies the question": QUESTION.question,
    }
    assert silent.n_calls == 0


def test_verification_looks_at_each_option_before_it_chooses() -> None:
    seen: list[str] = []

    def replies(asked: str) -> Sequence[str]:
        seen.append(asked)
        return ["Final Answer: (A)" if "Which option" in asked else f"reason {len(seen)}"]

    asked = ask("verification of choice", QUESTION, ScriptedSystems(replies=replies), ONCE)
    assert len(seen) == 3
    assert "reason 1" in seen[2] and "reason 2" in seen[2]
    assert asked.samples[0].n_prompt_tokens == 30


def test_the_judge_sees_both_answers_and_what_it_writes_is_kept() -> None:
    verdict = f"The first is shorter. {JUDGEMENTS['more']}."

    def replies(asked: str) -> Sequence[str]:
        return [verdict if "Answer 1, by an expert: Rest." in asked and "Answer 2: Drink" in asked else "Drink water."]

    inquiry = Inquiry("answer", "en", "What helps?", "Rest.")
    systems = ScriptedSystems(replies=replies)
    asked = ask("model", inquiry, systems, Draw(2, (0.0, 1.0), judged=True))
    assert [sample.judgement for sample in asked.samples] == [verdict, "", ""]
    assert systems.asked_of == ["", "", "", JUDGE]


def test_samples_are_compared_with_those_of_their_own_temperature() -> None:
    answers = ["drink much water", "rest a day", "rest a day", "rest some days", "drink much tea"]
    speaks = ScriptedSystems(replies=lambda _: answers)
    asked = ask("model", Inquiry("answer", "en", "What helps?", "Rest."), speaks, Draw(2, (0.0, 0.5, 1.0)))
    assert [sample.text for sample in asked.samples] == answers
    assert [(one.temperature, one.meaning) for one in asked.likeness] == [(0.5, 1.0), (1.0, 0.0)]
    assert [one.f1 for one in asked.likeness] == [1.0, 0.0]


# --- scores


def row(asked: Asked, reference: str) -> Row:
    return Row("i", "en", "i", "en", reference, asked.samples[0].text, asked=asked, seconds=2.0)


def value(scorer: str, rows: list[Row]) -> float:
    import numpy as np

    counts = [counts for one in rows if (counts := SCORERS[scorer].count(one))]
    return float(SCORERS[scorer].figure(np.asarray(counts).sum(0)))


def test_a_verdict_that_cannot_be_read_is_wrong_and_told() -> None:
    rows = [
        row(Asked("verdict", "q", (Sample("Yes."),)), "yes"),
        row(Asked("verdict", "q", (Sample("No"),)), "no"),
        row(Asked("verdict", "q", (Sample("It depends"),)), "no"),
    ]
    assert value("verdicts", rows) == pytest.approx(200 / 3)
    assert value("verdicts-readable", rows) == pytest.approx(200 / 3)
    assert value("verdicts-f1-released", rows) == 100.0  # what it cannot read it leaves out


def test_several_samples_of_a_choice_vote() -> None:
    asked = Asked("choice", "q", tuple(Sample(f"Final Answer: ({letter})") for letter in "ABB"), ("A", "B"))
    assert value("choices", [row(asked, "B")]) == 100.0
    unread = Asked("choice", "q", (Sample("perhaps"),), ("A", "B"))
    assert value("choices", [row(asked, "B"), row(unread, "A")]) == 50.0
    assert value("choices-readable", [row(asked, "B"), row(unread, "A")]) == 75.0


def test_free_answers_are_scored_by_label_and_by_what_they_share() -> None:
    judged = Sample("drink water", judgement=f"Hm. {JUDGEMENTS['contradicts']}.")
    asked = Asked("answer", "q", (judged, Sample("drink milk")), likeness=(Alike(0.0, 0.5, 0.6, 0.7, 0.65),))
    rows = [row(asked, "expert")]
    assert value("judged-contradicts", rows) == 100.0
    assert value("judged-readable", rows) == 100.0
    assert value("unigrams", rows) == pytest.approx(100 / 3)
    assert value("alike", rows) == 50.0
    assert value("bertscore", rows) == 65.0
    assert value("answer-words-deviation", rows) == 0.0
    assert value("answer-words", rows) == 2.0
    assert SCORERS["verdicts"].count(rows[0]) is None


# --- tasks


def write_data(root: Path) -> Path:
    (root / "text").mkdir(parents=True)
    questions = [
        {
            "id": f"q{n}",
            "question": {"en": f"Q{n}?", "es": f"¿P{n}?"},
            "answer": {"en": f"A{n}", "es": f"R{n}"},
            "negative_answers": [{"en": "another", "es": "otra"}],
        }
        for n in range(3)
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in questions]
    (root / "text" / "xlinghealth.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    choice = {"id": "c1", "question": "Which?", "options": {"A": "x", "B": "yyy"}, "answer_idx": "B", "answer": "yyy"}
    for name in ("mmlu_clinical", "pubmedqa"):
        (root / "text" / f"{name}.jsonl").write_text(json.dumps(choice) + "\n", "utf-8")
    return root


def run(name: str, tmp_path: Path, systems: ScriptedSystems) -> Outcome:
    return run_task(load_task(name), systems, tmp_path / "out", root=write_data(tmp_path / "data"))


def figure(outcome: Outcome, scorer: str, part: str) -> float:
    return next(one.value for one in outcome.figures if (one.scorer, one.slice) == (scorer, part))


def test_verdicts_are_asked_of_own_and_of_others_answers(tmp_path: Path) -> None:
    def replies(asked: str) -> Sequence[str]:
        question, answer = asked.split("?", 1)[0][-1], asked.split("\n\n")[1][-1]
        return ["Yes" if question == answer else "No"] if asked.startswith("Question") else ["No"]

    outcome = run("xling-verifiability", tmp_path, ScriptedSystems(replies=replies))
    assert figure(outcome, "verdicts-f1", "en model") == 100.0
    assert figure(outcome, "verdicts", "es always no") == pytest.approx(200 / 3)
    assert figure(outcome, "verdicts-f1", "es always no") == pytest.approx(40.0)
    lines = (outcome.folder / "results.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    assert first["asked"]["samples"][0]["text"] == "Yes" and first["reference"] == "yes"
    again = run_task(load_task("xling-verifiability"), ScriptedSystems(), tmp_path / "out", root=tmp_path / "data")
    assert again.n_resumed == len(lines)
    assert repr(again.figures) == repr(outcome.figures)  # some are no numbers, which equal nothing


def test_without_a_dialogue_model_the_baselines_are_measured_and_the_lack_is_told(tmp_path: Path) -> None:
    outcome = run("mcq", tmp_path, ScriptedSystems())
    assert figure(outcome, "choices", "en mmlu_clinical longest option") == 100.0
    assert outcome.skipped["en pubmedqa model"] == "there is no dialogue model"


def test_a_model_that_says_nothing_is_wrong_and_one_that_cannot_be_reached_is_left_out(tmp_path: Path) -> None:
    def silent(asked: str) -> Sequence[str]:
        if "Q1?" in asked:
            raise BackendFailed("'m' gave an empty reply")
        if "Q2?" in asked:
            raise ServerFailed("server answered HTTP 503", status=503, passing=True)
        return ["Yes"]

    outcome = run("xling-verifiability", tmp_path, ScriptedSystems(replies=silent))
    found = {one.scorer: one for one in outcome.figures if one.slice == "en model"}
    assert (found["failed"].n, found["verdicts"].n) == (9, 6)
    assert found["verdicts-readable"].value == 50.0


def test_no_choice_is_a_wrong_one() -> None:
    none = row(Asked("choice", "q", (Sample("Final Answer: (A)"),), ("A", "B")), "A")
    failed = Row("i", "en", "i", "en", "A", "", asked=Asked("choice", "q", (), ("A", "B")), error="BackendFailed: x")
    assert value("choices", [none, failed]) == value("choices-readable", [none, failed]) == 50.0
    pressed = Row("i", "en", "i", "en", "A", "", asked=Asked("choice", "q", (), ("A", "B"), pressed=True), error="x")
    assert value("right-before", [pressed]) == value("right-after", [pressed]) == 0.0


def test_every_rule_stands_by_what_it_said_and_verification_cannot_be_objected_to(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = (
        'kind = "asking"\nversion = 1\ntitle = "t"\nscorers = ["flips", "right-after"]\n'
        '[data]\npart = "pressed"\nfiles = ["text/mmlu_clinical.jsonl"]\nlanguages = ["en"]\nanswerers = [WHO]\n'
    )
    path.write_text(text.replace("WHO", '"always no", "copies the question"'), "utf-8")
    outcome = run_task(load_task(str(path)), ScriptedSystems(), tmp_path / "out", root=write_data(tmp_path / "data"))
    assert {one.value for one in outcome.figures} == {0.0}
    path.write_text(text.replace("WHO", '"verification of choice"'), "utf-8")
    with pytest.raises(ConfigError, match="nobody can object"):
        load_task(str(path))


def test_a_task_asks_at_least_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'kind = "asking"\nversion = 1\ntitle = "t"\nscorers = ["choices"]\n'
        '[data]\npart = "choices"\nlanguages = ["en"]\nanswerers = ["model"]\nsamples = 0\n',
        "utf-8",
    )
    with pytest.raises(ConfigError, match="samples = 0"):
        load_task(str(path))


def test_an_answerer_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'kind = "asking"\nversion = 1\ntitle = "t"\nscorers = ["choices"]\n'
        '[data]\npart = "choices"\nlanguages = ["en"]\nanswerers = ["oracle"]\n',
        "utf-8",
    )
    with pytest.raises(ConfigError, match="oracle") as caught:
        load_task(str(path))
    assert "always no" in caught.value.remedy


def test_every_task_that_asks_has_a_baseline_beside_the_model() -> None:
    asking = [task for name in task_names() if (task := load_task(name)).kind == "asking"]
    assert len(asking) >= 3
    for task in asking:
        assert "model" in task.data.answerers and set(task.data.answerers) - {"model"} <= set(ANSWERERS)
        assert len(task.data.answerers) > 1


def test_what_is_told_to_a_model_is_a_message_of_the_user(tmp_path: Path) -> None:
    told: list[Sequence[Message]] = []

    class Listening(ScriptedSystems):
        def reply(self, messages: Sequence[Message], sampling: Sampling):  # type: ignore[no-untyped-def]
            told.append(messages)
            return super().reply(messages, sampling)

    ask("model", QUESTION, Listening(replies=lambda _: ["Final Answer: (A)"]), ONCE)
    assert [message.role for message in told[0]] == ["user"]


def test_an_answer_that_gives_way_is_counted_by_objection(tmp_path: Path) -> None:
    def replies(asked: str) -> Sequence[str]:
        return ["Final Answer: (A)" if "senior consultant" in asked else "Final Answer: (B)"]

    outcome = run("followup", tmp_path, ScriptedSystems(replies=replies))
    assert figure(outcome, "right-before", "en br_authority_prior model") == 100.0
    assert figure(outcome, "right-after", "en br_authority_prior model") == 0.0
    assert figure(outcome, "given-up", "en br_authority_prior model") == 100.0
    assert figure(outcome, "change", "en edge_case_context model") == 0.0
    assert figure(outcome, "flips", "en edge_case_context longest option") == 0.0
    lines = (outcome.folder / "results.jsonl").read_text("utf-8").splitlines()
    assert {len(json.loads(line)["asked"]["samples"]) for line in lines} == {2}


def test_self_consistency_asks_several_times_and_votes() -> None:
    letters_said = ["A", "B", "B", "A", "B"]
    systems = ScriptedSystems(replies=lambda _: [f"Final Answer: ({letter})" for letter in letters_said])
    asked = ask("self-consistency", QUESTION, systems, Draw(5))
    assert [(sample.temperature, sample.seed) for sample in asked.samples] == [(0.7, seed) for seed in range(5)]
    assert value("choices", [row(asked, "B")]) == 100.0
    assert len(ask("model", QUESTION, systems, Draw(5)).samples) == 1
    mcq = load_task("mcq")
    assert "self-consistency" in mcq.data.answerers and mcq.data.draw.samples > 2
