"""Answers in pairs: who fights, who judges, and what ratings, wins and a judge's habits come of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.systems import ScriptedSystems
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.evaluate.asking import Inquiry
from voicedoc.evaluate.battles import battles_fingerprint, check_contestants, fight, winners
from voicedoc.evaluate.battles_scores import ratings, wins
from voicedoc.evaluate.contest import Fought
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

INQUIRY = Inquiry("answer", "en", "What helps against thirst?", "Water.")


def row(first: str, second: str, forth: str, back: str, *answers: str, item: str = "q") -> Row:
    fought = Fought(first, second, answers or ("a b", "c d"), forth, back)
    return Row(f"{first} – {second}:{item}", "en", item, "en", "", "", fought=fought)


def value(scorer: str, rows: list[Row]) -> float:
    import numpy as np

    counts = [counts for one in rows if (counts := SCORERS[scorer].count(one))]
    return float(SCORERS[scorer].figure(np.asarray(counts).sum(0)))


def test_both_answers_are_judged_in_both_orders() -> None:
    seen: list[str] = []

    def judgements(asked: str) -> Sequence[str]:
        seen.append(asked)
        return ["9 3\nThe first." if "Assistant 1: Water." in asked else "3 9\nThe second."]

    systems = ScriptedSystems(replies=lambda _: ["Drink milk."], judgements=judgements)
    fought = fight("model", "expert", INQUIRY, systems)
    assert fought.answers == ("Drink milk.", "Water.")
    assert "Assistant 1: Drink milk.\n\nAssistant 2: Water." in seen[0]
    assert "Assistant 1: Water.\n\nAssistant 2: Drink milk." in seen[1]
    assert winners(fought) == ["second", "second"]
    assert systems.asked_of == ["", "judge", "judge"]


def test_another_model_fights_under_its_own_name() -> None:
    systems = ScriptedSystems(replies=lambda _: ["Milk."], judgements=lambda _: ["5 5"])
    fought = fight("model", "model big-one", INQUIRY, systems)
    assert systems.asked_of == ["", "big-one", "judge", "judge"]
    assert winners(fought) == ["tie", "tie"]


def test_scores_that_cannot_be_read_are_no_battle() -> None:
    assert winners(Fought("a", "b", (), "the first", "3 4")) == ["first"]
    assert winners(Fought("a", "b", (), "", "both are good")) == []


@pytest.mark.parametrize("names", [["model"], ["model", "model"], ["model", "oracle"], ["model", "model "]])
def test_contestants_that_cannot_fight_are_refused(names: list[str]) -> None:
    with pytest.raises(ConfigError):
        check_contestants(names)


def test_contestants_may_be_rules_experts_and_models_by_name() -> None:
    check_contestants(["model", "expert", "always no", "model qwen2.5-coder-1.5b"])


def test_a_judge_who_looks_at_the_place_is_found_out() -> None:
    rows = [row("a", "b", "9 3", "9 3", "long answer", "short", item=f"q{n}") for n in range(4)]
    assert value("battles-first-shown", rows) == 100.0
    assert value("battles-steady", rows) == 0.0
    assert value("battles-longer", rows) == 50.0
    assert value("battles-readable", [*rows, row("a", "b", "", "1 2")]) == 90.0


def test_a_judge_who_looks_at_the_length_is_found_out() -> None:
    rows = [
        row("a", "b", "9 3", "3 9", "a long answer", "short"),
        row("a", "b", "2 3", "3 2", "short", "a long answer"),
    ]
    assert value("battles-longer", rows) == 100.0
    assert value("battles-first-shown", rows) == 50.0
    assert value("battles-steady", rows) == 100.0
    assert SCORERS["battles-longer"].count(row("a", "b", "9 3", "3 9", "same length", "same here")) is None


def test_who_wins_is_rated_higher_beside_what_length_alone_would_give() -> None:
    rows = [row("weak", "strong", "3 9", "9 3", "so many words here", "few", item=f"q{n}") for n in range(8)]
    (table,) = ratings(rows)
    (best, worst) = table.rows
    assert [best[1], worst[1]] == ["strong", "weak"]
    assert float(best[2] or 0) > 1000.0 > float(worst[2] or 0) and best[5] == 16
    assert float(best[6] or 0) < 1000.0 < float(worst[6] or 0)
    assert float(best[2] or 0) - 1000.0 == pytest.approx(1000.0 - float(best[6] or 0))  # as many battles by length
    assert list(ratings([row("a", "b", "", "")])) == []


def test_wins_are_shown_as_points_of_each_other() -> None:
    rows = [row("a", "b", "9 3", "3 9"), row("a", "b", "5 5", "9 3"), row("a", "c", "", "")]
    (table,) = wins(rows)
    assert table.columns == ("", "a", "b", "c")
    assert table.rows == (("a", None, 62.5, None), ("b", 37.5, None, None), ("c", None, None, None))


def test_the_task_rates_every_contestant_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    texts = {tag: f"{tag} text" for tag in ("en", "es", "zh", "hi")}
    question = {"id": "q1", "question": texts, "answer": dict.fromkeys(texts, "The expert says rest.")}
    (tmp_path / "text" / "xlinghealth.jsonl").write_text(json.dumps(question) + "\n", "utf-8")

    def judgements(asked: str) -> Sequence[str]:
        first = asked.index("The expert") if "The expert" in asked else 0
        return ["5 5" if not first else "8 2" if first < asked.index("Assistant 2") else "2 8"]

    systems = ScriptedSystems(replies=lambda _: ["Drink."], judgements=judgements)
    outcome = run_task(load_task("arena"), systems, tmp_path / "out", root=tmp_path)
    rated = [table for table in outcome.tables if table.name == "ratings"]
    assert {line[0] for line in rated[0].rows} == {"en", "es", "zh", "hi"}
    assert next(line[1] for line in rated[0].rows if line[0] == "en") == "expert"
    assert outcome.n_items == 4 * 6
    again = run_task(load_task("arena"), ScriptedSystems(), tmp_path / "out", root=tmp_path)
    assert again.n_resumed == 24 and again.tables == outcome.tables


def test_who_says_nothing_is_judged_for_that() -> None:
    def silent(_asked: str) -> Sequence[str]:
        raise BackendFailed("'m' gave an empty reply")

    fought = fight("model", "expert", INQUIRY, ScriptedSystems(replies=silent, judgements=lambda _: ["1 9"]))
    assert fought.answers == ("", "Water.")


def arena_of(tmp_path: Path, contestant: str, digest: str) -> Outcome:
    class Other(ScriptedSystems):
        def called(self, name: str) -> tuple[str, str]:
            return name, digest

    path = tmp_path / "mine.toml"
    path.write_text(
        'kind = "arena"\nversion = 1\ntitle = "t"\nscorers = ["battles-readable"]\n[data]\npart = "answers"\n'
        f'files = ["q.jsonl"]\nlanguages = ["en"]\nanswerers = ["expert", "{contestant}"]\n',
        "utf-8",
    )
    systems = Other(replies=lambda _: ["Drink."], judgements=lambda _: ["5 5"])
    return run_task(load_task(str(path)), systems, tmp_path / "out", root=tmp_path)


def test_a_contestant_that_has_become_another_fights_anew(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "q", "question": {"en": "Q?"}, "answer": {"en": "A."}}\n', "utf-8")
    first = arena_of(tmp_path, "model big", "d1")
    assert first.models["big"] == "d1"
    assert arena_of(tmp_path, "model big", "d1").n_resumed == 1
    assert arena_of(tmp_path, "model big", "d2").n_resumed == 0


def test_other_wordings_of_questions_are_another_battle(monkeypatch: pytest.MonkeyPatch) -> None:
    before = battles_fingerprint()
    monkeypatch.setattr("voicedoc.evaluate.battles.wordings_fingerprint", lambda: "others")
    assert battles_fingerprint() != before
