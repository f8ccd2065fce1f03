"""Two runs of a task beside one another, and what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.systems import ScriptedSystems
from voicedoc.cli import main
from voicedoc.core.journal import to_json
from voicedoc.errors import ConfigError
from voicedoc.evaluate.compare import compare
from voicedoc.evaluate.rows import Account, Row, Said
from voicedoc.evaluate.run import run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.statistics import paired_difference
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def rows_of(n_wrong: Callable[[int], int], n: int = 20) -> list[Row]:
    """`n` items of ten words in two languages, of which the first `n_wrong(place)` are wrong."""
    return [
        Row(
            item=f"i{place}",
            slice="en" if place % 2 else "de",
            group=f"g{place}",
            language="en",
            reference=" ".join(WORDS),
            output=" ".join(["wrong"] * n_wrong(place) + WORDS[n_wrong(place) :]),
        )
        for place in range(n)
    ]


def write_run(folder: Path, rows: list[Row], scorers: tuple[str, ...] = ("wer-raw",), overall: str = "all", **changes):
    """What a finished run leaves behind."""
    parts = [*dict.fromkeys(row.slice for row in rows), *([overall] if overall else [])]
    summary = {
        "task": "made",
        "version": 1,
        "title": "Made",
        "system": folder.parent.name,
        "config": "c1",
        "models": {},
        "n_items": len(rows),
        "figures": [{"scorer": name, "slice": part} for name in scorers for part in parts],
    }
    folder.mkdir(parents=True)
    (folder / "scores.json").write_text(json.dumps(summary | changes), "utf-8")
    lines = [json.dumps({"config": "c1", **to_json(row)}) + "\n" for row in rows]
    (folder / "results.jsonl").write_text("".join(lines), "utf-8")


@pytest.fixture
def better(tmp_path: Path) -> Path:
    write_run(tmp_path / "better" / "made", rows_of(lambda place: place % 4))
    return tmp_path / "better"


@pytest.fixture
def worse(tmp_path: Path) -> Path:
    write_run(tmp_path / "worse" / "made", rows_of(lambda place: place % 4 + 1 + place % 3))
    return tmp_path / "worse"


def test_differences_are_those_of_paired_items_in_each_slice_and_overall(better: Path, worse: Path):
    (found,) = compare(better, worse)
    assert [(contrast.slice, contrast.n) for contrast in found.contrasts] == [("de", 10), ("en", 10), ("all", 20)]
    overall = found.contrasts[-1]
    first = [(float(place % 4), 10.0) for place in range(20)]
    second = [(float(place % 4 + 1 + place % 3), 10.0) for place in range(20)]
    groups = [f"g{place}" for place in range(20)]
    wanted = paired_difference(first, second, SCORERS["wer-raw"].figure, groups=groups)
    assert (overall.difference, overall.low, overall.high) == (wanted.value, wanted.low, wanted.high)
    assert (overall.p, overall.n_groups) == (wanted.p, 20)
    assert overall.first - overall.second == pytest.approx(overall.difference)
    assert overall.better == "first"


def test_the_other_way_round_the_other_is_better(better: Path, worse: Path):
    (there,), (back,) = compare(better, worse), compare(worse, better)
    for one, other in zip(there.contrasts, back.contrasts, strict=True):
        assert one.difference == pytest.approx(-other.difference)
        assert (one.better, other.better) == ("first", "second")


def test_a_run_beside_itself_differs_nowhere(better: Path):
    (found,) = compare(better, better / "made")
    assert {(contrast.difference, contrast.better) for contrast in found.contrasts} == {(0.0, "")}


def test_where_higher_is_better_the_higher_one_is_better(tmp_path: Path):
    for name, wrong in (("a", 1), ("b", 6)):
        rows = rows_of(lambda place, wrong=wrong: (place + wrong) % 3 + wrong)
        write_run(tmp_path / name / "made", rows, ("chrf",))
    (found,) = compare(tmp_path / "a", tmp_path / "b")
    assert all(contrast.difference > 0 and contrast.better == "first" for contrast in found.contrasts)


def test_one_group_alone_has_no_interval(tmp_path: Path):
    for name, wrong in (("a", 1), ("b", 2)):
        rows = [replace(row, group="visit") for row in rows_of(lambda _, wrong=wrong: wrong)]
        write_run(tmp_path / name / "made", rows)
    (found,) = compare(tmp_path / "a", tmp_path / "b")
    assert {(c.difference, c.low, c.p, c.better, c.n_groups) for c in found.contrasts} == {(-10.0, None, None, "", 1)}


def test_of_one_recording_alone_blocks_are_drawn(tmp_path: Path):
    truth = Account(tuple(Said("doctor", "en", "one two three", "doctor") for _ in range(40)))
    for name, wrong in (("a", 5), ("b", 2)):
        said = tuple(replace(one, role="patient") if not place % wrong else one for place, one in enumerate(truth.said))
        row = Row("r", "en", "r", "en", "one", "one", truth=truth, found=Account(said))
        write_run(tmp_path / name / "made", [row], ("roles",), overall="")
    (contrast,) = compare(tmp_path / "a", tmp_path / "b")[0].contrasts
    assert (contrast.drawn, contrast.n, contrast.n_groups) == ("blocks of one recording", 1, 4)  # of ten turns each
    assert contrast.low is not None


def test_a_measure_that_applies_in_one_run_alone_is_not_compared(tmp_path: Path):
    write_run(tmp_path / "a" / "made", rows_of(lambda _: 1), ("wer-raw", "numbers"))
    write_run(tmp_path / "b" / "made", rows_of(lambda _: 1), ("wer-raw", "cer"))
    (found,) = compare(tmp_path / "a", tmp_path / "b")
    assert {contrast.scorer for contrast in found.contrasts} == {"wer-raw"}


def test_other_items_are_refused_and_with_common_left_out(tmp_path: Path, better: Path):
    write_run(tmp_path / "short" / "made", rows_of(lambda _: 1, n=12))
    with pytest.raises(ConfigError, match="20 and 12 items, 12 in common") as caught:
        compare(better, tmp_path / "short")
    assert "--limit" in caught.value.remedy and "--common" in caught.value.remedy
    (found,) = compare(better, tmp_path / "short", common=True)
    assert (found.n_items, found.n_left_out, found.contrasts[-1].n) == (12, 8, 12)


def test_items_with_other_texts_are_refused_whatever_is_asked(tmp_path: Path, better: Path):
    write_run(tmp_path / "b" / "made", [replace(row, reference="other words") for row in rows_of(lambda _: 1)])
    for common in (False, True):
        with pytest.raises(ConfigError, match="20 items of 'made' have other texts") as caught:
            compare(better, tmp_path / "b", common=common)
        assert "same data" in caught.value.remedy


@pytest.mark.parametrize(
    ("changes", "message", "remedy"),
    [
        ({"version": 2}, "version 1 in one run and 2", "older one again"),
        ({"task": "other"}, "has the tasks made; .* has other", "same task"),
        ({"n_items": 25}, "20 items of the 25", "run the task again"),
    ],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, better: Path, changes: dict[str, object], message: str, remedy: str
):
    write_run(tmp_path / "b" / "made", rows_of(lambda _: 1), **changes)
    with pytest.raises(ConfigError, match=message) as caught:
        compare(better, tmp_path / "b")
    assert remedy in caught.value.remedy


def test_of_several_tasks_all_are_compared_or_with_common_those_that_both_have(tmp_path: Path, better: Path):
    for name in ("made", "more"):
        write_run(tmp_path / "b" / name, rows_of(lambda _: 1), task=name)
    with pytest.raises(ConfigError, match="made, more") as caught:
        compare(better, tmp_path / "b")
    assert "--common" in caught.value.remedy
    assert [found.first.task for found in compare(better, tmp_path / "b", common=True)] == ["made"]
    assert [found.first.task for found in compare(tmp_path / "b", tmp_path / "b")] == ["made", "more"]


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"task": "made"}'])
def test_damaged_scores_are_said(tmp_path: Path, better: Path, damage: str):
    (better / "made" / "scores.json").write_text(damage, "utf-8")
    with pytest.raises(ConfigError, match=r"scores\.json (is damaged|lacks)") as caught:
        compare(better, better)
    assert caught.value.remedy == "run the task again"


def test_damaged_results_are_said(better: Path):
    with (better / "made" / "results.jsonl").open("a") as file:
        file.write("{broken\n")
    with pytest.raises(ConfigError, match=r"results\.jsonl is damaged"):
        compare(better, better)


def test_a_folder_without_runs_is_said(tmp_path: Path, better: Path):
    with pytest.raises(ConfigError, match="no finished run") as caught:
        compare(better, tmp_path / "worse_not_there")
    assert "voicedoc evaluate TASK" in caught.value.remedy


def test_real_runs_are_compared_by_the_command(tmp_path: Path):
    (tmp_path / "own.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": {"en": f"Take {n} mg twice."}}) + "\n" for n in range(1, 7)), "utf-8"
    )
    (tmp_path / "small.toml").write_text(
        'kind = "voices"\nversion = 1\ntitle = "Small"\nscorers = ["wer", "numbers"]\noverall = "all"\n'
        '[data]\npart = "sentences"\nfiles = ["own.jsonl"]\nlanguages = ["en"]\n',
        "utf-8",
    )
    task = load_task(str(tmp_path / "small.toml"))
    for name in ("a", "b"):
        run_task(task, ScriptedSystems(name=name, fingerprint=name), tmp_path / name, root=None)
    shown = CliRunner().invoke(main, ["evaluate", "compare", str(tmp_path / "a"), str(tmp_path / "b")])
    assert shown.exit_code == 0, shown.output
    assert "12 items in both. A: a; B: b" in shown.output and "+0.0" in shown.output
    as_json = CliRunner().invoke(main, ["evaluate", "compare", str(tmp_path / "a"), str(tmp_path / "b"), "--json"])
    (found,) = json.loads(as_json.output)
    assert (found["task"], found["n_items"], found["first"]["system"]) == ("small", 12, "a")
    assert {(one["scorer"], one["slice"]) for one in found["differences"]} == {
        (scorer, part) for scorer in ("wer", "numbers") for part in ("en clear", "en mumbling", "all")
    }
    assert all(one["difference"] == 0.0 and one["better"] == "" for one in found["differences"])


def test_the_command_explains_itself_and_shows_the_remedy(tmp_path: Path, better: Path):
    shown = CliRunner().invoke(main, ["evaluate", "compare", "--help"])
    assert shown.exit_code == 0 and "evaluate compare [OPTIONS] A B" in shown.output and "--common" in shown.output
    assert "compare A B" in CliRunner().invoke(main, ["evaluate", "--help"]).output
    write_run(tmp_path / "b" / "made", rows_of(lambda _: 1), version=3)
    refused = CliRunner().invoke(main, ["evaluate", "compare", str(better), str(tmp_path / "b")])
    assert refused.exit_code == 1 and "Try: run the older one again" in refused.output
