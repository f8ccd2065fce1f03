"""Batch recognition against faster-whisper (one after another, batched) and whisperX: same recordings, weights, run.

Each variant reads each recording in a process of its own, all of them in turns, before the next round. Ours counts from
the file to words in time: decoding, the lossless copy, voice activity, recognition. The peers are given the file, find
speech themselves, and make words in time too; whisperX makes none, because its aligner's weights are in no package, so
it does less. All know that the language is English, have the same beam and int8 weights, and may use all cores.

`--full` also measures the whole job (voices, documents). `--whisperx PYTHON` names an interpreter that has whisperX.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.bench.report import ROOT, spread, write_result
from voicedoc.core.audio import SPEECH_RATE
from voicedoc.evaluate.scores import Counts, share
from voicedoc.evaluate.statistics import interval, paired_difference
from voicedoc.evaluate.text import normalise
from voicedoc.store.models import ModelStore

MODEL = "whisper-base"
LANGUAGE = "en"
BEAM = 5
OURS = "voicedoc"

VARIANTS = {
    OURS: "voicedoc: decode, copy, detect speech, recognise in batches, words in time",
    "voicedoc-two-languages": "the same, telling English from Portuguese for each utterance",
    "faster-whisper": "faster-whisper transcribe(vad_filter=True, word_timestamps=True)",
    "faster-whisper-batched-8": "faster-whisper BatchedInferencePipeline(batch_size=8, word_timestamps=True)",
    "faster-whisper-batched-16": "faster-whisper BatchedInferencePipeline(batch_size=16, word_timestamps=True)",
    "whisperx-8": "whisperX transcribe(batch_size=8), its own voice detector, without alignment",
    "job": "voicedoc's whole job: also telling voices apart, attribution and documents",
}

WHISPERX = """
import json, resource, sys, time
try:
    from voicedoc.torch_audio import import_torchaudio
    import_torchaudio()
except ImportError:
    pass
from faster_whisper.audio import decode_audio
from whisperx.asr import load_model
folder, path, language, beam, threads = sys.argv[1:]
model = load_model(folder, device="cpu", compute_type="int8", threads=int(threads), language=language,
                   vad_method="pyannote", asr_options={"beam_size": int(beam)})
began, cpu = time.perf_counter(), time.process_time()
found = model.transcribe(decode_audio(path), batch_size=8, language=language)
took, cpu = time.perf_counter() - began, time.process_time() - cpu
text = "".join(piece["text"] for piece in found["segments"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": took, "cpu_seconds": cpu, "memory_mb": peak, "text": text, "n_words": 0}))
"""


class Recording(NamedTuple):
    """A file with what is said in it, turn by turn."""

    name: str
    path: Path
    seconds: float
    turns: tuple[str, ...]


class Read(NamedTuple):
    """A transcript, and how many of its words have a time."""

    text: str
    n_words: int


# --- what is compared: each is called in a process of its own


def ours(path: Path, languages: tuple[str, ...], closing: ExitStack) -> Callable[[], Read]:
    import anyio

    from voicedoc.capture.file import ReadFile
    from voicedoc.core.events import Event, TranscriptFinal
    from voicedoc.engine import open_batch_engine
    from voicedoc.profiles import load_profile
    from voicedoc.recognize.batched import RecognizeBatched
    from voicedoc.runtime.clock import WallClock
    from voicedoc.runtime.runner import run_pipeline
    from voicedoc.segment.stage import Segment

    engine = closing.enter_context(open_batch_engine(load_profile("embedded"), languages, diarize=False))

    def read() -> Read:
        said: list[TranscriptFinal] = []

        def record(event: Event, stage: str) -> None:
            if isinstance(event, TranscriptFinal):
                said.append(event)

        async def run(folder: Path) -> None:
            clock = WallClock()
            await run_pipeline(
                [
                    ReadFile(path, folder, clock, engine.worker("capture")),
                    Segment(engine.detector, engine.worker("segment"), engine.endpointing),
                    RecognizeBatched(engine.recognizer, engine.worker("recognize"), languages),
                ],
                record,
                clock,
            )

        with tempfile.TemporaryDirectory() as folder:
            anyio.run(run, Path(folder))
        text = " ".join(event.hypothesis.text for event in said)
        return Read(text, sum(len(event.hypothesis.words) for event in said))

    return read


def job(path: Path, closing: ExitStack) -> Callable[[], Read]:
    from voicedoc.batch import transcribe_file
    from voicedoc.engine import open_batch_engine
    from voicedoc.profiles import load_profile

    engine = closing.enter_context(open_batch_engine(load_profile("embedded"), (LANGUAGE, "pt")))

    def read() -> Read:
        with tempfile.TemporaryDirectory() as folder:
            outcome = transcribe_file(engine, path, Path(folder) / "out")
            heard = [line.hypothesis for line in outcome.transcript.in_time() if line.hypothesis]
        return Read(" ".join(one.text for one in heard), sum(len(one.words) for one in heard))

    return read


def faster_whisper(path: Path, batch_size: int) -> Callable[[], Read]:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    folder = str(ModelStore.default().open(MODEL).path)
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=n_cores())

    def read() -> Read:
        if batch_size:
            pipeline = BatchedInferencePipeline(model)
            found, _ = pipeline.transcribe(
                str(path), language=LANGUAGE, beam_size=BEAM, word_timestamps=True, batch_size=batch_size
            )
        else:
            found, _ = model.transcribe(
                str(path), language=LANGUAGE, beam_size=BEAM, word_timestamps=True, vad_filter=True
            )
        pieces = list(found)
        return Read("".join(piece.text for piece in pieces), sum(len(piece.words or []) for piece in pieces))

    return read


def prepared(variant: str, path: Path, closing: ExitStack) -> Callable[[], Read]:
    """A variant with its model loaded."""
    if variant.startswith("voicedoc"):
        return ours(path, (LANGUAGE, "pt") if variant.endswith("two-languages") else (LANGUAGE,), closing)
    if variant == "job":
        return job(path, closing)
    size = variant.rpartition("-")[2]
    return faster_whisper(path, int(size) if size.isdigit() else 0)


def child(variant: str, path: Path) -> dict[str, Any]:
    """What one variant takes for one recording. Loading the model is not counted."""
    with ExitStack() as closing:
        read = prepared(variant, path, closing)
        began, cpu = time.perf_counter(), time.process_time()
        found = read()
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": took, "cpu_seconds": cpu, "memory_mb": peak, **found._asdict()}


def n_cores() -> int:
    return len(os.sched_getaffinity(0))


# --- recordings


def recordings(devset: Path, folder: Path) -> Iterator[Recording]:
    """The consultation, and the English utterances of the development set one after another, 1.5 s apart."""
    import av
    import soundfile

    rows = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    consultation = next(row for row in rows if row["kind"] == "consultation")
    path = devset / consultation["audio"]
    with av.open(str(path)) as file:
        seconds = float(file.duration or 0) / av.time_base
    yield Recording(consultation["id"], path, seconds, tuple(turn["text"] for turn in consultation["turns"]))
    chosen = [row for row in rows if row["kind"] == "utterance" and row["language"] == LANGUAGE]
    noise = np.random.default_rng(1)
    parts = []
    for row in chosen:
        pause = (0.0003 * noise.standard_normal(round(1.5 * SPEECH_RATE))).astype(np.float32)
        parts += [pause, soundfile.read(devset / row["audio"], dtype="float32")[0]]
    joined = np.concatenate(parts)
    soundfile.write(folder / "utterances.wav", joined, SPEECH_RATE)
    texts = tuple(row["text"] for row in chosen)
    yield Recording("utterances-en", folder / "utterances.wav", joined.size / SPEECH_RATE, texts)


# --- measuring


def measured(variant: str, recording: Recording, whisperx: Path | None) -> dict[str, Any]:
    """One run of a variant in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.bench_batch", "--child", variant, str(recording.path)]
    if variant.startswith("whisperx"):
        folder = str(ModelStore.default().open(MODEL).path)
        command = [str(whisperx), "-c", WHISPERX, folder, str(recording.path), LANGUAGE, str(BEAM), str(n_cores())]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "PYANNOTE_METRICS_ENABLED": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{variant} failed on {recording.name}:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def turn_errors(recording: Recording, text: str) -> list[Counts]:
    """Word errors and words of each turn, where the whole text is aligned with all turns at once."""
    import jiwer

    turns = [normalise(turn, LANGUAGE).split() for turn in recording.turns]
    owner = [number for number, words in enumerate(turns) for _ in words]
    errors = [0] * len(turns)
    aligned = jiwer.process_words(" ".join(word for words in turns for word in words), normalise(text, LANGUAGE))
    for chunk in aligned.alignments[0]:
        if chunk.type == "insert":
            errors[owner[min(chunk.ref_start_idx, len(owner) - 1)]] += chunk.hyp_end_idx - chunk.hyp_start_idx
        elif chunk.type != "equal":
            for place in range(chunk.ref_start_idx, chunk.ref_end_idx):
                errors[owner[place]] += 1
    return [np.array([n, len(words)], np.float64) for n, words in zip(errors, turns, strict=True)]


def figures(recording: Recording, rounds: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """A recording's figures for each variant, with ratios to ours from the same round and differences to our errors."""
    counts = {variant: turn_errors(recording, runs[0]["text"]) for variant, runs in rounds.items()}
    return {
        "seconds": round(recording.seconds, 1),
        "n_turns": len(recording.turns),
        "variants": {
            variant: {
                "real_time_factor": spread([run["seconds"] / recording.seconds for run in runs]),
                "cpu_seconds": spread([run["cpu_seconds"] for run in runs]),
                "memory_mb": round(max(run["memory_mb"] for run in runs)),
                "wall_over_ours": statistics.median(_ratios(runs, rounds[OURS], "seconds")),
                "cpu_over_ours": statistics.median(_ratios(runs, rounds[OURS], "cpu_seconds")),
                "words_in_time": runs[0]["n_words"],
                **_error_rate(counts[variant], counts[OURS]),
            }
            for variant, runs in rounds.items()
        },
    }


def _ratios(runs: list[dict[str, Any]], ours_runs: list[dict[str, Any]], key: str) -> list[float]:
    return [run[key] / own[key] for run, own in zip(runs, ours_runs, strict=True)]


def _error_rate(counts: list[Counts], own: list[Counts]) -> dict[str, Any]:
    """Bootstrap over turns: those of one recording, so the intervals say nothing about other speakers."""
    rate, less = interval(counts, share), paired_difference(own, counts, share)
    return {
        "word_error_rate": {"value": rate.value, "low": rate.low, "high": rate.high, "n_turns": rate.n},
        "n_words": int(sum(count[1] for count in counts)),
        "ours_minus_this": {"value": less.value, "low": less.low, "high": less.high, "p": less.p},
    }


def main() -> None:
    """Measure, write `results/batch.json` and print where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--devset", type=Path, default=os.environ.get("VOICEDOC_DEVSET", ROOT.parent / "shared/data/devset")
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whisperx", type=Path, help="a Python that has whisperX; left out without")
    parser.add_argument("--full", action="store_true", help="also the whole job")
    parser.add_argument(
        "--only", nargs="+", choices=[name for name in VARIANTS if name != OURS], help="peers; default: all"
    )
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child[0], Path(options.child[1]))))
        return
    left_out = {} if options.whisperx else {"whisperx-8": "no interpreter with whisperX was named (--whisperx)"}
    left_out |= {} if options.full else {"job": "not asked for (--full)"}
    if options.only:
        left_out |= {name: "left out (--only)" for name in VARIANTS if name not in (OURS, *options.only)}
    chosen = [variant for variant in VARIANTS if variant not in left_out]
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for recording in recordings(Path(options.devset), Path(folder)):
            rounds: dict[str, list[dict[str, Any]]] = {variant: [] for variant in chosen}
            for _ in range(options.rounds):
                for variant in chosen:
                    rounds[variant].append(measured(variant, recording, options.whisperx))
                    print(recording.name, variant, f"{rounds[variant][-1]['seconds']:.1f} s", file=sys.stderr)
            found[recording.name] = figures(recording, rounds)
    model = ModelStore.default().open(MODEL)
    about = {
        "model": model.name,
        "model_sha256": model.sha256,
        "beam_size": BEAM,
        "rounds": options.rounds,
        "variants": {variant: VARIANTS[variant] for variant in chosen},
        "left_out": left_out,
    }
    print(write_result("batch", {**about, "recordings": found}))


if __name__ == "__main__":
    main()
