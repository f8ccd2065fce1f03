"""The Python API as in a notebook: cells that measure two models, look at the outcome, and compare them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.asked import write_questions, write_task
from tests.helpers.systems import ScriptedSystems
from voicedoc.cli import main
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit


def _steady(asked: str) -> Sequence[str]:
    return [f"{asked} Rest and drink water."]


def _fickle(asked: str) -> Sequence[str]:
    return [f"{asked} Rest and drink water.", "Take nothing.", "Ask a doctor at once."]


def test_a_notebook_measures_two_models_looks_at_them_and_compares_them(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 12)

    # In [1]
    from voicedoc.evaluate.run import run_task

    task = write_task(tmp_path, samples=3, languages=("en", "es"), scorers=("unigrams", "answer-words", "failed"))
    outcomes = {
        name: run_task(task, ScriptedSystems(name=name, fingerprint=name, replies=replies), tmp_path / name,
                       root=tmp_path / "data")
        for name, replies in (("steady", _steady), ("fickle", _fickle))
    }  # fmt: skip

    # In [2]
    values = {
        name: {(figure.scorer, figure.slice): figure.value for figure in outcome.figures}
        for name, outcome in outcomes.items()
    }
    assert values["steady"]["unigrams", "en model"] == pytest.approx(100.0)
    assert values["fickle"]["unigrams", "en model"] < 20.0

    # In [3]
    from voicedoc.evaluate.results import read_rows

    outcome = outcomes["fickle"]
    rows = list(read_rows(outcome.folder / "results.jsonl", outcome.config))
    said = [sample.text for row in rows if row.asked for sample in row.asked.samples]
    assert len(rows) == 24 and len(said) == 72 and "Take nothing." in said

    # In [4]
    from voicedoc.evaluate.compare import compare

    (comparison,) = compare(tmp_path / "steady", tmp_path / "fickle")
    found = {(one.scorer, one.slice): one for one in comparison.contrasts}
    more_alike = found["unigrams", "es model"]
    assert more_alike.better == "first" and more_alike.low is not None and more_alike.low > 50.0
    assert found["unigrams", "all"].n == 24 and found["unigrams", "all"].n_groups == 12  # a question, in all languages
    assert found["failed", "all"].difference == 0.0 and found["failed", "all"].better == ""

    # In [5]: the same from the shell
    shown = CliRunner().invoke(
        main, ["evaluate", "compare", str(tmp_path / "steady"), str(tmp_path / "fickle"), "--json"]
    )
    told = json.loads(shown.output)[0]["differences"]
    assert {(one["scorer"], one["slice"]): one["difference"] for one in told} == {
        key: pytest.approx(one.difference) for key, one in found.items()
    }


def test_a_part_of_a_run_is_compared_with_that_part_and_the_rest_is_kept_for_later(tmp_path: Path) -> None:
    from voicedoc.evaluate.compare import compare
    from voicedoc.evaluate.run import run_task

    write_questions(tmp_path / "data", 6)
    task = write_task(tmp_path, samples=1, scorers=("answer-words", "failed"))
    runs = {name: ScriptedSystems(name=name, fingerprint=name, replies=_steady) for name in ("one", "other")}
    for name, systems in runs.items():
        run_task(task, systems, tmp_path / name, root=tmp_path / "data", limit=None if name == "one" else 2)
    with pytest.raises(ConfigError, match="12 and 4 items"):
        compare(tmp_path / "one", tmp_path / "other")
    n_calls = runs["one"].n_calls
    part = run_task(task, runs["one"], tmp_path / "one", root=tmp_path / "data", limit=2)
    assert (part.n_items, part.n_resumed) == (4, 4)
    assert compare(tmp_path / "one", tmp_path / "other")[0].n_items == 4
    whole = run_task(task, runs["one"], tmp_path / "one", root=tmp_path / "data")
    assert (whole.n_items, whole.n_resumed, runs["one"].n_calls) == (12, 12, n_calls)


def test_another_version_of_a_task_is_measured_anew_and_not_compared(tmp_path: Path) -> None:
    from voicedoc.evaluate.compare import compare
    from voicedoc.evaluate.run import run_task
    from voicedoc.evaluate.tasks import load_task

    write_questions(tmp_path / "data", 2)
    systems = ScriptedSystems(replies=_steady)
    run_task(write_task(tmp_path, samples=1), systems, tmp_path / "old", root=tmp_path / "data")
    path = tmp_path / "many.toml"
    path.write_text(path.read_text("utf-8").replace("version = 1", "version = 2"), "utf-8")
    newer = run_task(load_task(str(path)), systems, tmp_path / "new", root=tmp_path / "data")
    assert newer.n_resumed == 0
    assert run_task(load_task(str(path)), systems, tmp_path / "new", root=tmp_path / "data").n_resumed == 4
    with pytest.raises(ConfigError, match="changed meaning"):
        compare(tmp_path / "old", tmp_path / "new")
