"""The recogniser with short context, with full context, and plain faster-whisper, on the same clips in the same run.

All three give text, words in time and the language, with the same beam, on one thread of the CPU. Each clip goes
through all three, in turns, before the next one. Times are CPU seconds, so that other work counts little.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.report import ROOT, spread, write_result
from tests.helpers.utterances import Clip, clips
from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.scores import ErrorCount, character_errors, share, word_errors
from voicedoc.evaluate.statistics import interval
from voicedoc.evaluate.text import NO_SPACES, normalise
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.store.models import ModelStore

UNFIT = frozenset({"hi", "yue"})
"""whisper-base gets every Hindi word wrong, and has no Cantonese."""

Read = Callable[[Clip], str]


def readers(model: LoadedModel, beam_size: int) -> dict[str, Read]:
    """What is compared, by name; the last is the peer."""
    from faster_whisper import WhisperModel

    short, full = (FasterWhisper(model, device="cpu", beam_size=beam_size, context=name) for name in ("short", "full"))
    plain = WhisperModel(str(model.path), device="cpu", compute_type="int8", cpu_threads=1)

    def ours(recognizer: FasterWhisper) -> Read:
        return lambda clip: recognizer.recognize(clip.utterance, languages=_visit(clip)).text

    def peer(clip: Clip) -> str:
        pieces, _ = plain.transcribe(clip.utterance.samples, beam_size=beam_size, word_timestamps=True)
        return "".join(piece.text for piece in pieces)

    return {"short": ours(short), "full": ours(full), "plain": peer}


def _visit(clip: Clip) -> tuple[str, str]:
    return (clip.language, "pt" if clip.language == "en" else "en")


def errors(clip: Clip, text: str) -> ErrorCount:
    """Words; characters where writing has no spaces."""
    count = character_errors if clip.language in NO_SPACES else word_errors
    return count(normalise(clip.text, clip.language), normalise(text, clip.language))


def measure(chosen: list[Clip], reads: dict[str, Read], repeats: int) -> list[dict[str, Any]]:
    """One row for each clip: the median CPU seconds and the errors of each reader."""
    rows = []
    for clip in chosen:
        seconds: dict[str, list[float]] = {name: [] for name in reads}
        counts: dict[str, ErrorCount] = {}
        for _ in range(repeats):
            for name, read in reads.items():
                began = time.process_time()
                text = read(clip)
                seconds[name].append(time.process_time() - began)
                counts[name] = errors(clip, text)
        medians = {name: float(np.median(values)) for name, values in seconds.items()}
        rows.append({"clip": clip, "seconds": medians, "errors": counts})
    return rows


def figures(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """Speed as ratios to the peer and to full context, and error rates with 95 % intervals."""
    *_, peer = names
    return {
        "n": len(rows),
        "audio_seconds": round(sum(row["clip"].utterance.span.duration for row in rows), 1),
        "cpu_seconds": {name: spread([row["seconds"][name] for row in rows]) for name in names},
        "cpu_seconds_total": {name: round(sum(row["seconds"][name] for row in rows), 2) for name in names},
        "faster_than_plain": {
            name: spread([row["seconds"][peer] / row["seconds"][name] for row in rows]) for name in names
        },
        "short_faster_than_full": spread([row["seconds"]["full"] / row["seconds"]["short"] for row in rows]),
        "word_error_rate": _rates([row for row in rows if row["clip"].language not in NO_SPACES], names),
        "character_error_rate": _rates([row for row in rows if row["clip"].language in NO_SPACES], names),
        "by_language": {
            language: _by_language([row for row in rows if row["clip"].language == language], names)
            for language in sorted({row["clip"].language for row in rows})
        },
    }


def _rates(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    rates = {}
    for name in names if rows else []:
        counts = [(row["errors"][name].errors, row["errors"][name].total) for row in rows]
        found = interval([np.array(count, np.float64) for count in counts], share)
        rates[name] = {"rate": found.value, "low": found.low, "high": found.high, "n": found.n}
    return rates


def _by_language(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    totals = {name: sum((row["errors"][name] for row in rows), ErrorCount(0, 0)) for name in names}
    return {"n": len(rows), **{name: round(total.rate, 4) for name, total in totals.items()}}


def main() -> None:
    """Measure, write `results/recognizer.json` and print where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--devset", type=Path, default=os.environ.get("VOICEDOC_DEVSET", ROOT.parent / "shared/data/devset")
    )
    parser.add_argument("--model", default="whisper-base", help="a card's name")
    parser.add_argument("--beam-size", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="take every n-th clip")
    options = parser.parse_args()
    model = ModelStore.default().open(options.model)
    chosen = [clip for clip in clips(Path(options.devset)) if clip.language not in UNFIT][:: options.every]
    reads = readers(model, options.beam_size)
    rows = measure(chosen, reads, options.repeats)
    about = {
        "model": model.name,
        "model_sha256": model.sha256,
        "beam_size": options.beam_size,
        "repeats": options.repeats,
    }
    print(write_result("recognizer", {**about, **figures(rows, list(reads))}))


if __name__ == "__main__":
    main()
