"""Throughput on a local Ray cluster against the number of its workers: seconds of audio per second of wall time.

The recordings are copies of the development set's clips, each with another tail of silence so that none is "the same".
Two figures: `throughput` of the whole run, with starting Ray and loading models; and `working`, from the first report
to the last, which is what long runs come to. Workers beyond the cores share them, so that is where it must level off.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from tests.bench.report import ROOT, write_result
from voicedoc.batch import Job
from voicedoc.capture.spool import stream_mono
from voicedoc.engine import batch_models
from voicedoc.jobs.cluster import transcribe_on
from voicedoc.jobs.find import find_recordings
from voicedoc.jobs.joining import Cluster
from voicedoc.jobs.plan import Task, plan
from voicedoc.jobs.work import EngineSpec, Order
from voicedoc.profiles import load_profile

RATE = 16_000
DEVSET = Path(os.environ.get("VOICEDOC_DEVSET", ROOT.parent / "shared" / "data" / "devset"))


def copies(folder: Path, n: int, seconds: float) -> Path:
    """`n` recordings of about `seconds`, joined of the development set's clips in different orders."""
    folder.mkdir()
    clips = sorted(found.path for found in find_recordings([DEVSET]).recordings)
    sounds = [np.concatenate(list(stream_mono(path, RATE))) for path in clips[:60]]
    for number in range(n):
        order = np.random.default_rng(number).permutation(len(sounds))
        joined = np.concatenate([sounds[place] for place in order])
        while len(joined) < seconds * RATE:
            joined = np.concatenate([joined, joined])
        soundfile.write(folder / f"{number:03}.flac", joined[: round(seconds * RATE)], RATE)
    return folder


def run(tasks: list[Task], order: Order, n_workers: int) -> dict[str, Any]:
    """One run with so many workers."""
    began, ends, failed = time.perf_counter(), [], []
    for report in transcribe_on(Cluster("local", workers=n_workers, cores=1), tasks, order):
        ends.append((time.perf_counter() - began, report.figures.duration))
        failed += [report.message] if report.status != "done" else []
    audio = sum(duration for _, duration in ends)
    later = ends[n_workers:]  # the first of each worker waited for its models
    span = ends[-1][0] - ends[n_workers - 1][0] if later else 0.0
    return {
        "workers": n_workers,
        "recordings": len(ends),
        "failed": failed,
        "audio_seconds": round(audio, 1),
        "wall_seconds": round(ends[-1][0], 2),
        "first_report_after": round(ends[0][0], 2),
        "throughput": round(audio / ends[-1][0], 2),
        "working": round(sum(duration for _, duration in later) / span, 2) if later else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recordings", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=120.0, help="length of each")
    parser.add_argument("--profile", default="embedded")
    parser.add_argument("--workers", type=int, nargs="*", help="default: 1, 2, 4, … up to the cores")
    given = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    counts = given.workers or [n for n in (1, 2, 4, 8, 16, 32) if n <= max(2, cores)]
    spec = EngineSpec(load_profile(given.profile), ("en", "pt"), ("pt", "en"))
    order = Order(spec, Job(channels="mix", formats=("json",)))
    with tempfile.TemporaryDirectory() as name:
        recordings = find_recordings([copies(Path(name) / "rec", given.recordings, given.seconds)]).recordings
        rows = [run(plan(recordings, Path(name) / f"out-{n}"), order, n) for n in counts]
    models = batch_models(spec.profile, spec.languages, spec.targets, diarize=spec.diarize)
    figures = {"profile": given.profile, "runs": rows, "models": {model.name: model.sha256 for model in models}}
    print(write_result("ray", figures))


if __name__ == "__main__":
    main()
