"""The whole chain: time per stage, end of utterance → first audio, real-time factor, memory, start-up, and overhead.

The recording is `corpora/samples/consultation-en-pt.ogg`. The overhead compares sessions with the bare calls of the
same models on the same utterances, in turns, in the same process. For it alone every backend runs on one thread, so
that neither side gains by a second core or loses by threads that wait for one another; what is left over is decoding,
the spool, events, journal, tracks and transcript.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.report import ROOT, spread, write_result
from voicedoc.core.audio import as_samples
from voicedoc.core.events import ClauseSynthesized, Event, FirstAudio, StageTimed, TurnAttributed, Utterance
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_engine
from voicedoc.profiles import Profile, load_profile
from voicedoc.session import Recording, interpret_file

SAMPLE = ROOT / "corpora" / "samples" / "consultation-en-pt.ogg"


class Work:
    """What a session asked of its models, to ask the same of them without a session."""

    def __init__(self) -> None:
        self.utterances: list[Utterance] = []
        self.turns: list[TurnAttributed] = []
        self.clauses: list[ClauseSynthesized] = []

    def take(self, event: Event) -> None:
        match event:
            case Utterance():
                self.utterances.append(event)
            case TurnAttributed():
                self.turns.append(event)
            case ClauseSynthesized():
                self.clauses.append(event)


def bare_calls(engine: Engine, work: Work, samples: Any) -> None:
    """The models' own work for a session: detect, recognise, translate, synthesize."""
    visit = engine.visit

    def detect() -> None:
        track = engine.detector.track()
        for start in range(0, samples.size, 4000):
            track.probabilities(as_samples(samples[start : start + 4000]))

    def understand() -> None:
        for utterance in work.utterances:
            engine.recognizer.recognize(utterance, languages=visit.languages)
        for turn in work.turns:
            source = turn.hypothesis.language
            engine.translator.translate(turn.hypothesis.text, source=source, target=visit.other(source))

    def speak() -> None:
        for clause in work.clauses:
            voice = engine.voices.voice_for(clause.language).synthesizer
            for _ in voice.synthesize(clause.spoken, language=clause.language):
                pass

    for stage, function in (("segment", detect), ("recognize", understand), ("speak", speak)):
        engine.worker(stage).run(function)


def decoded(path: Path) -> Any:
    """The recording at 16 kHz, mono."""
    import soundfile
    import soxr

    data, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return as_samples(np.asarray(soxr.resample(data.mean(axis=1), rate, 16_000), np.float32))


def cpu_seconds(function: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process and wall seconds of one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    function()
    return time.process_time() - cpu, time.perf_counter() - wall


def one_thread(folder: Path) -> Profile:
    """The embedded profile with one thread for everything."""
    text = load_profile("embedded").path.read_text("utf-8")
    text = re.sub(r'worker = "\w+"', 'worker = "only"', text)
    text = text.replace('model = "kokoro"', 'model = "kokoro"\noptions = { threads = 1 }')
    path = folder / "one-thread.toml"
    path.write_text(text, "utf-8")
    return load_profile(str(path))


def overhead(n: int) -> dict[str, Any]:
    """Sessions and bare calls in turns, on one thread."""
    samples, work = decoded(SAMPLE), Work()
    sessions, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_engine(one_thread(folder), Visit("en", "pt")) as engine:
            interpret_file(engine, Recording(SAMPLE), folder / "warm-up", watch=work.take)
            bare_calls(engine, work, samples)
            for turn in range(n):
                out = folder / str(turn)
                sessions.append(cpu_seconds(lambda out=out: interpret_file(engine, Recording(SAMPLE), out)))  # type: ignore[misc]
                bare.append(cpu_seconds(lambda: bare_calls(engine, work, samples)))
    return {
        "overhead_cpu": spread([s[0] / b[0] - 1.0 for s, b in zip(sessions, bare, strict=True)]),
        "overhead_wall": spread([s[1] / b[1] - 1.0 for s, b in zip(sessions, bare, strict=True)]),
    }


def measure(engine: Engine, n: int) -> dict[str, Any]:
    """Sessions of the profile as it is, unpaced, and one at the recording's own speed."""
    duration, work = decoded(SAMPLE).size / 16_000, Work()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        interpret_file(engine, Recording(SAMPLE), folder / "warm-up", watch=work.take)
        seconds = []
        for turn in range(n):
            out = folder / str(turn)
            seconds.append(cpu_seconds(lambda out=out: interpret_file(engine, Recording(SAMPLE), out))[1])  # type: ignore[misc]
        interpret_file(engine, Recording(SAMPLE), folder / "paced", paced=True)
        events = read_journal(folder / "paced" / "journal.jsonl")
    stages = defaultdict(list)
    for event in events:
        if isinstance(event, StageTimed):
            stages[event.stage].append(event.seconds)
    return {
        "audio_seconds": duration,
        "n_utterances": len(work.utterances),
        "real_time_factor": spread([wall / duration for wall in seconds]),
        "stage_seconds": {name: spread(values) for name, values in sorted(stages.items())},
        "endpoint_to_first_audio": spread([e.seconds for e in events if isinstance(e, FirstAudio)]),
    }


CHILD = """
import json, resource, sys, time
began = time.perf_counter()
from pathlib import Path
from voicedoc.core.speech import Visit
from voicedoc.engine import open_engine
from voicedoc.profiles import load_profile
from voicedoc.session import Recording, interpret_file
with open_engine(load_profile("embedded"), Visit("en", "pt")) as engine:
    ready = time.perf_counter() - began
    interpret_file(engine, Recording(Path(sys.argv[1])), Path(sys.argv[2]))
print(json.dumps({"ready": ready, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def start_up(n: int) -> dict[str, Any]:
    """Fresh processes: seconds until the models are loaded and warm, and peak memory of a whole session.

    The first is "cold" only as far as the system's file cache is; the others find the files in memory.
    """
    rows = []
    for _ in range(n):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", CHILD, str(SAMPLE), folder + "/out"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    return {
        "start_up_first": rows[0]["ready"],
        "start_up_again": spread([row["ready"] for row in rows[1:]]),
        "peak_memory_mb": spread([row["peak_mb"] for row in rows]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=5, help="sessions and bare runs (default 5)")
    n = parser.parse_args().n
    figures = start_up(max(2, n - 1)) | overhead(n)
    with open_engine(load_profile("embedded"), Visit("en", "pt")) as engine:
        figures |= measure(engine, n)
        figures["models"] = {model.name: model.sha256 for model in engine.models}
    print(write_result("pipeline", figures))


if __name__ == "__main__":
    main()
