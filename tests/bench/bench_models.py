"""Each embedded model alone, in a process of its own: seconds to load, peak memory, work per second of audio.

Writes `results/models.json` and the `[measured]` table of each card.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

from tests.bench.report import ROOT, machine, write_result
from voicedoc.profiles import load_profile

CHILD = """
import json, resource, sys, time
import numpy as np, soundfile, soxr
from voicedoc.core.audio import as_samples
from voicedoc.core.events import Utterance
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span
from voicedoc.engine import _checked
from voicedoc.registry import backend
from voicedoc.speak.spoken import spoken_text
from voicedoc.store.models import ModelStore
role, name, model, options, language = json.loads(sys.argv[1])
loaded = ModelStore.default().open(model)
data, rate = soundfile.read(sys.argv[2], dtype="float32")
audio = as_samples(np.asarray(soxr.resample(data, rate, 16_000), np.float32))[: 16_000 * 8]
span = Span(0.0, audio.size / 16_000)
utterance = Utterance(at=8.0, utterance=UtteranceId(1), channel=0, span=span, reason="end", samples=audio)
SENTENCE = {"en": "Take two tablets every eight hours, with food.", "pt": "Tome dois comprimidos a cada oito horas."}
began = time.perf_counter()
made = _checked(backend(role, name), options, name, loaded)
load = time.perf_counter() - began
def work():
    if role == "detectors":
        made.track().probabilities(audio)
        return 8.0
    if role == "recognizers":
        made.recognize(utterance, languages=("en", "pt"))
        return 8.0
    if role == "translators":
        made.translate(SENTENCE[options["source"]], source=options["source"], target=options["target"])
        return None
    chunks = list(made.synthesize(spoken_text(SENTENCE[language], language), language=language))
    return sum(chunk.size for chunk in chunks) / made.rate
work()
factors, seconds = [], []
for _ in range(5):
    began = time.perf_counter()
    audio_seconds = work()
    seconds.append(time.perf_counter() - began)
    factors.append(seconds[-1] / audio_seconds if audio_seconds else None)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"load_seconds": load, "memory_mb": peak, "seconds": sorted(seconds)[2],
                  "real_time_factor": sorted(factors)[2] if factors[0] else None}))
"""

SAMPLE = ROOT / "corpora" / "samples" / "consultation-en-pt.ogg"


def jobs() -> list[tuple[str, str, str, dict[str, object], str]]:
    """Role, backend, model, options and language of each model of the embedded profile."""
    profile = load_profile("embedded")
    found = [("detectors", profile.segment.detector, profile.segment.model, dict(profile.segment.options), "")]
    recognize = profile.recognize
    found.append(("recognizers", recognize.recognizer, recognize.model, dict(recognize.options), ""))
    found += [("translators", spec.translator, spec.model, dict(spec.options), "") for spec in profile.translate]
    found += [("synthesizers", v.synthesizer, v.model, dict(v.options), v.languages[0]) for v in profile.voices]
    return found


def note(model: str, figures: dict[str, float | None], on: str) -> None:
    """Write a card's `[measured]`, in place of an earlier one."""
    (path,) = (ROOT / "models").glob(f"*/{model}.toml")
    text = re.sub(r"\n\[measured\]\n(?:\w+ = .*\n)*", "", path.read_text("utf-8"))
    rows = [f'on = "{on}"']
    rows += [
        f"{key} = {figures[key]:.{digits}f}"
        for key, digits in (("memory_mb", 0), ("real_time_factor", 3), ("load_seconds", 2))
        if figures[key] is not None
    ]
    path.write_text(text.rstrip("\n") + "\n\n[measured]\n" + "\n".join(rows) + "\n", "utf-8")


def main() -> None:
    about = machine()
    rows = {}
    for job in jobs():
        command = [sys.executable, "-c", CHILD, json.dumps(job), str(SAMPLE)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows[job[2]] = json.loads(done.stdout.splitlines()[-1])
        note(job[2], rows[job[2]], f"{about['cpu']}, {about['cores']} cores")
    print(write_result("models", {"models": rows, "n": 5}))


if __name__ == "__main__":
    main()
