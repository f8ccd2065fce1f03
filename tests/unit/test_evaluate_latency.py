"""Latency: delays read from a session's journal, as scores and as a log that a public scorer reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.helpers.live_events import ended, opened, said, started, turn
from tests.helpers.systems import ScriptedSystems
from voicedoc.core.events import Event, StageTimed
from voicedoc.core.journal import Journal
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.errors import CorpusError
from voicedoc.evaluate.latency import LOG, REFERENCES, timed_of
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

DOCTOR = turn(1, 1.0, Role.DOCTOR, ("en", "Take this twice."), ("pt", "Tome isto duas vezes."))
PATIENT = turn(2, 10.0, Role.PATIENT, ("pt", "Está bem."), ("en", "All right."))


def worked(number: int, stage: str, began: float, seconds: float) -> StageTimed:
    return StageTimed(at=0.0, utterance=UtteranceId(number), stage=stage, began=began, seconds=seconds)


def session() -> list[Event]:
    """Two turns of two seconds each. The first translation was ready 0.9 s after its endpoint."""
    return [*opened(), *DOCTOR, worked(1, "recognize", 3.5, 0.7), worked(1, "translate", 4.2, 0.2), *PATIENT]


def test_words_come_at_the_endpoint_and_later_by_what_the_machine_needed() -> None:
    first, second = timed_of(session(), source="s")
    assert first.streamed.prediction == "Tome isto duas vezes."
    assert first.streamed.source_length == pytest.approx(2000.0)
    assert first.streamed.delays == pytest.approx((2500.0,) * 4)  # the endpoint waits half a second
    assert first.streamed.elapsed == pytest.approx((3400.0,) * 4)
    assert (first.endpoint, first.first_audio) == pytest.approx((0.5, 1.0))
    assert second.streamed.elapsed == second.streamed.delays
    assert (first.streamed.source, second.streamed.source) == ("s:1", "s:2")


def test_what_was_never_translated_or_has_no_words_is_no_translation() -> None:
    untranslated = [*opened(), started(1, 1.0), ended(1, 1.0, 3.0)]
    assert timed_of(untranslated) == ()
    empty = [*untranslated, *said(1, 3.5, Role.PATIENT, "pt", "  ", begins=4.0)]
    assert timed_of(empty) == ()


def test_a_work_time_before_the_endpoint_never_makes_a_translation_earlier() -> None:
    (one,) = timed_of([*opened(), *DOCTOR, worked(1, "recognize", 0.0, 0.1), worked(1, "speak", 9.0, 9.0)])
    assert one.streamed.elapsed == one.streamed.delays


def test_a_revised_utterance_counts_once() -> None:
    revised = [
        ended(1, 1.0, 3.0),
        ended(1, 1.0, 4.0, revision=1),
        *said(1, 4.5, Role.PATIENT, "pt", "Duas.", begins=5.0),
    ]
    (one,) = timed_of(revised)
    assert one.streamed.source_length == pytest.approx(3000.0)


# --- the task


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A development set of two utterances."""
    folder = tmp_path / "devset"
    folder.mkdir()
    lines = []
    for name in ("u1", "u2"):
        soundfile.write(folder / f"{name}.wav", np.zeros(1600, np.float32), 16_000)
        about = {
            "id": name,
            "kind": "utterance",
            "audio": f"{name}.wav",
            "language": "en",
            "duration": 0.1,
            "text": "t",
        }
        lines.append(json.dumps(about | {"licence": "CC0-1.0"}))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def task_file(folder: Path) -> str:
    scorers = [*load_task("latency").scorers, "al-ca", "ap-ca"]
    path = folder / "small.toml"
    path.write_text(
        f'kind = "latency"\nversion = 1\ntitle = "Small"\nscorers = {json.dumps(scorers)}\n'
        '[data]\npart = "spoken"\nlanguages = ["en-pt"]\n',
        "utf-8",
    )
    return str(path)


def measured(folder: Path, root: Path) -> Outcome:
    return run_task(load_task(task_file(folder)), ScriptedSystems(journal=session()), folder / "out", root=root)


def test_delays_and_waits_are_means_over_translations(tmp_path: Path, root: Path) -> None:
    found = {figure.scorer: figure.value for figure in measured(tmp_path, root).figures}
    assert found["al"] == found["laal"] == found["dal"] == pytest.approx(2500.0)
    assert found["al-ca"] == pytest.approx((3400.0 + 2500.0) / 2)
    assert (found["endpoint"], found["first-audio"]) == pytest.approx((0.5, 1.0))
    assert found["first-audio-p50"] == found["first-audio-p95"] == pytest.approx(1.0)
    assert found["not-heard"] == found["failed"] == 0.0


def test_a_session_that_was_is_read_from_its_journal(tmp_path: Path) -> None:
    with Journal(tmp_path / "visit.jsonl") as journal:
        for event in session():
            journal.append(event)
    path = tmp_path / "visits.toml"
    path.write_text(
        'kind = "latency"\nversion = 1\ntitle = "Visits"\nscorers = ["laal", "first-audio"]\n'
        '[data]\npart = "journals"\nfiles = ["visit.jsonl"]\nlanguages = []\n',
        "utf-8",
    )
    systems = ScriptedSystems()
    outcome = run_task(load_task(str(path)), systems, tmp_path / "out", root=None)
    assert {figure.scorer: figure.value for figure in outcome.figures} == pytest.approx(
        {"laal": 2500.0, "first-audio": 1.0}
    )
    assert systems.n_calls == 0
    (tmp_path / "visit.jsonl").unlink()
    with pytest.raises(CorpusError, match=r"visit\.jsonl is missing"):
        run_task(load_task(str(path)), systems, tmp_path / "other", root=None)


def test_quantiles_are_those_of_all_waits_together() -> None:
    counts = np.zeros(201)
    counts[[3, 4, 5, 200]] = [50, 40, 9, 1]
    assert SCORERS["first-audio-p50"].figure(counts) == pytest.approx(0.3)
    assert SCORERS["first-audio-p95"].figure(counts) == pytest.approx(0.5)
    assert np.isnan(SCORERS["first-audio-p95"].figure(np.zeros(201)))
    many = SCORERS["first-audio-p50"].figure(np.stack([counts, np.zeros(201)]))
    assert many[0] == pytest.approx(0.3) and np.isnan(many[1])


def test_omnisteval_agrees_on_the_log_of_a_run(tmp_path: Path, root: Path) -> None:
    pytest.importorskip("omnisteval", reason="pip install 'voicedoc[dev]'")
    outcome = measured(tmp_path, root)
    found = {figure.scorer: figure.value for figure in outcome.figures}
    inputs = ("--hypothesis_file", LOG, "--ref_sentences_file", REFERENCES)
    command = [
        sys.executable,
        "-m",
        "omnisteval.cli",
        "shortform",
        *inputs,
        "--word_level",
        "--output_folder",
        "theirs",
    ]
    done = subprocess.run(command, cwd=outcome.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in (outcome.folder / "theirs" / "scores.tsv").read_text("utf-8").splitlines()[1:]]
    theirs = {row[0]: row[1] for row in rows}
    for name, ours in (("AL (CU)", "al"), ("LAAL (CU)", "laal"), ("DAL (CU)", "dal"), ("AL (CA)", "al-ca")):
        assert float(theirs[name]) == pytest.approx(found[ours], abs=1e-3), name
