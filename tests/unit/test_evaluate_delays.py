"""Delays of streamed translations: by hand, and as a public scorer reads our logs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.evaluate.delays import METRICS, Streamed, write_instances

pytestmark = pytest.mark.unit


def streamed(delays: list[float], source_length: float, *, n_reference: int | None = None) -> Streamed:
    words, reference = (
        " ".join(["word"] * n) for n in (len(delays), len(delays) if n_reference is None else n_reference)
    )
    later = tuple(delay + 100.0 for delay in delays)
    return Streamed(words, reference, tuple(delays), later, source_length)


def test_who_waits_for_the_end_is_as_late_as_the_source_is_long() -> None:
    waits = streamed([1200.0] * 4, 1200.0)
    assert {name: metric(waits) for name, metric in METRICS.items()} == {
        "AL": 1200.0,
        "LAAL": 1200.0,
        "DAL": 1200.0,
        "AP": 1.0,
        "ATD": pytest.approx((900.0 + 600.0 + 300.0 + 0.0) / 4),
    }


def test_an_even_pace_is_as_late_as_its_first_word() -> None:
    even = streamed([300.0, 600.0, 900.0, 1200.0], 1200.0)
    found = {name: metric(even) for name, metric in METRICS.items()}
    assert found == {"AL": 300.0, "LAAL": 300.0, "DAL": 300.0, "AP": 0.625, "ATD": 0.0}


def test_many_words_are_no_merit_where_the_length_is_adapted() -> None:
    talkative = streamed([300.0, 300.0, 600.0, 600.0, 900.0, 900.0, 1200.0, 1200.0], 1200.0, n_reference=4)
    al, laal = METRICS["AL"](talkative), METRICS["LAAL"](talkative)
    assert al is not None and laal is not None and al < laal


def test_nothing_said_has_no_delay() -> None:
    silent = streamed([], 1200.0, n_reference=3)
    assert {metric(silent) for metric in METRICS.values()} == {None}


@given(st.lists(st.floats(0.0, 9000.0), min_size=1, max_size=20).map(sorted), st.floats(100.0, 500.0))
def test_coming_later_never_makes_a_translation_less_late(delays: list[float], more: float) -> None:
    one, other = streamed(delays, 9000.0), streamed([min(delay + more, 9000.0) for delay in delays], 9000.0)
    for name in ("DAL", "AP"):
        sooner, later = METRICS[name](one), METRICS[name](other)
        assert sooner is not None and later is not None and sooner <= later + 1e-6


def test_delays_that_are_not_the_words_are_refused() -> None:
    with pytest.raises(ValueError, match="2 tokens, 1 delays"):
        Streamed("two words", "", (1.0,), (1.0,), 100.0)


def some(n: int) -> list[Streamed]:
    chance, made = Random(1), []
    for _ in range(n):
        length = float(chance.randint(500, 12000))
        delays = sorted(chance.choice([float(chance.randint(50, int(length))), length]) for _ in range(12))
        made.append(streamed(delays[: chance.randint(1, 12)], length, n_reference=chance.randint(1, 14)))
    return made


def test_omnisteval_reads_our_log_and_agrees(tmp_path: Path) -> None:
    pytest.importorskip("omnisteval", reason="pip install 'voicedoc[dev]'")
    made = some(60)
    write_instances(tmp_path / "instances.log", made)
    (tmp_path / "references.txt").write_text("".join(f"{one.reference}\n" for one in made), "utf-8")
    inputs = ("--hypothesis_file", "instances.log", "--ref_sentences_file", "references.txt")
    command = [sys.executable, "-m", "omnisteval.cli", "shortform", *inputs, "--word_level", "--output_folder", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in (tmp_path / "out" / "scores.tsv").read_text("utf-8").splitlines()[1:]]
    theirs = {row[0]: row[1] for row in rows}
    for name in ("AL", "LAAL", "AP", "DAL"):
        ours = [delay for one in made if (delay := METRICS[name](one)) is not None]
        assert float(theirs[f"{name} (CU)"]) == pytest.approx(sum(ours) / len(ours), abs=1e-3), name
