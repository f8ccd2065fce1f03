"""Figures → README: everything between its two `figures` markers is written by this script, from `results/*.json`.

`--evaluation DIR` first takes over the scores that `voicedoc evaluate … --out DIR` has written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.report import RESULTS, ROOT, write_result

BEGIN, END = "<!-- figures: written by tests/bench/tables.py -->", "<!-- end of figures -->"

SHOWN = {
    "asr": ("wer", "cer"),
    "translation": ("chrf", "chrf-copied", "alarms", "alarms-human"),
    "guard": ("strays", "caught", "held-others", "alarms-human"),
    "voices": ("wer", "numbers", "negations"),
    "consultation": ("wer-stream", "cpwer", "cpwer-one", "speaker-error", "roles", "roles-doctor", "speakers-off"),
    "conversations": ("wer-stream", "cpwer", "cpwer-one", "speaker-error", "roles", "languages", "der"),
    "segments": ("wer", "cer", "languages"),
    "diarization": ("der", "der-collar", "der-one", "jer", "voices-off"),
    "nonspeech": ("false-words", "false-recordings"),
}
"""The scorers of each evaluation task that the README shows; the reports have all."""


def take_over(folder: Path, measured: str) -> None:
    """Keep an evaluation's figures with commit and machine; the raw counts stay in its own folder.

    `measured` is the commit that was evaluated, where it is not the one that is checked out.
    """
    for path in sorted(folder.glob("*/scores.json")):
        scores = json.loads(path.read_text("utf-8"))
        for figure in scores["figures"]:
            figure.pop("counts", None)
        write_result(f"evaluate-{scores['task']}", scores | ({"commit": measured} if measured else {}))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    cells = list(head)
    return ["| " + " | ".join(cells) + " |", "| " + " | ".join("---" for _ in cells) + " |"] + [
        "| " + " | ".join(row) + " |" for row in rows
    ]


def evaluation(scores: dict[str, Any]) -> list[str]:
    """A task's figures: a row for each slice, a column for each scorer that is shown."""
    shown = [f for f in scores["figures"] if f["scorer"] in SHOWN[scores["task"]] and f["value"] is not None]
    titles = {f["scorer"]: f"{f['title']}, {f.get('unit', '%')}" for f in shown}
    rows = []
    for data in dict.fromkeys(f["slice"] for f in shown):
        cells = {f["scorer"]: cell(f) for f in shown if f["slice"] == data}
        n = max(f["n"] for f in shown if f["slice"] == data)
        rows.append((data, *(cells.get(scorer, "") for scorer in titles), str(n)))
    title = f"**{scores['title']}** (task `{scores['task']}`, version {scores['version']}; {origin(scores)})"
    lines = [title, "", *table(("data", *titles.values(), "n"), rows), ""]
    if any(f.get("drawn", "groups") != "groups" and f["n"] == 1 for f in shown) and len(rows) == 1:
        lines += ["One recording: the intervals are over blocks of its turns, and say nothing of other recordings.", ""]
    return lines


def cell(figure: dict[str, Any]) -> str:
    """A value with its 95 % interval, where there is one."""
    low, high = figure["low"], figure["high"]
    return f"{figure['value']:.1f}" + ("" if low is None or high is None else f" ({low:.1f} to {high:.1f})")


def origin(result: dict[str, Any]) -> str:
    machine = result["machine"]
    return f"commit {result['commit']}, {machine['cpu']}, {machine['cores']} cores"


def pipeline(result: dict[str, Any]) -> list[str]:
    """The benchmark of the whole chain."""

    def row(name: str, figure: dict[str, float], unit: str, scale: float = 1.0, digits: int = 2) -> tuple[str, ...]:
        median, low, high = (f"{figure[key] * scale:.{digits}f}" for key in ("median", "min", "max"))
        return (name, f"{median} {unit}", f"{low} to {high}", str(figure["n"]))

    rows = [
        row(
            "endpoint → first audio (the endpoint is known 0.5 s after the last sound)",
            result["endpoint_to_first_audio"],
            "s",
        ),
        row("real-time factor, all stages", result["real_time_factor"], "×"),
        row("overhead over the bare model calls, CPU time, one thread", result["overhead_cpu"], "%", 100.0, 1),
        row("start-up until models are loaded, again", result["start_up_again"], "s"),
        row("peak memory", result["peak_memory_mb"], "MB", 1.0, 0),
    ]
    rows += [
        row(f"stage {name}, each utterance", figure, "s", 1.0, 3) for name, figure in result["stage_seconds"].items()
    ]
    title = f"**The chain on the sample consultation**, {result['audio_seconds']:.0f} s of audio ({origin(result)})"
    first = f"The first start took {result['start_up_first']:.1f} s."
    return [title, "", *table(("what", "median", "range", "n"), rows), "", first, ""]


def recognizer(result: dict[str, Any]) -> list[str]:
    """Short-context encoding against full context and plain faster-whisper, on the same clips in the same run."""
    names = {"short": "short context (default)", "full": "full context", "plain": "plain faster-whisper"}
    rows = []
    for key, name in names.items():
        faster, rates = result["faster_than_plain"][key], result["word_error_rate"][key]
        rows.append(
            (
                name,
                f"{faster['median']:.2f} × ({faster['p5']:.2f} to {faster['p95']:.2f})",
                f"{rates['rate']:.1f} % ({rates['low']:.1f} to {rates['high']:.1f})",
            )
        )
    title = f"**Recognition of the development set's utterances**, n = {result['n']} clips ({origin(result)})"
    head = ("", "speed against plain (5th to 95th percentile)", f"WER, 95 % interval, n = {rates['n']}")
    return [title, "", *table(head, rows), ""]


def guard(result: dict[str, Any]) -> list[str]:
    """One sentence: the guard costs next to nothing."""
    time = result["milliseconds"]
    return [
        f"**The guard** takes {time['median']:.2f} ms to compare a sentence with its translation (5th to 95th "
        f"percentile {time['p5']:.2f} to {time['p95']:.2f}, n = {time['n']}; {origin(result)}).",
        "",
    ]


def challenge(result: dict[str, Any]) -> list[str]:
    """The challenge set's held half: for each language, and for each kind of error in each language."""
    half, dev = result["halves"]["held"], result["halves"]["dev"]
    languages = list(half["caught"]["language"])
    keys = ("caught", "caught_by_anything", "false_alarms")

    def row(name: str, group: str, key: str) -> tuple[str, ...]:
        return (name, *(share(half[what][group].get(key)) for what in keys))

    def kind(key: str) -> tuple[str, ...]:
        cells = (half["caught"]["cell"].get(f"{language} {key}") for language in languages)
        return (key, share(half["caught"]["kind"][key]), *(plain_share(cell) for cell in cells))

    rows = [row("all", "all", "all"), *(row(f"with {key}", "language", key) for key in languages)]
    title = f"**The guard on generated sentence pairs**, the half that nobody looks at ({origin(result)})"
    head = ("pairs", "planted errors caught, %", "sentence held at all, %", "correct pairs held, %")
    lines = [title, "", *table(head, rows), ""]
    lines += [*table(("caught, %", "all", *languages), (kind(key) for key in half["caught"]["kind"])), ""]
    whole = (dev[what]["all"]["all"] for what in ("caught", "false_alarms"))
    caught, alarms = (share(figure) for figure in whole)
    note = f"{half['n']} pairs. On {dev['n']} others, which it was developed on: {caught} caught, {alarms} held."
    return [*lines, note, ""]


def guard_human(result: dict[str, Any]) -> list[str]:
    """What the guard holds of human translations from English."""
    corpora = result["corpora"]
    languages = sorted({language for rates in corpora.values() for language in rates})
    rows = [
        (name, total([*rates.values()]), *(plain_share(rates.get(language)) for language in languages))
        for name, rates in corpora.items()
    ]
    title = f"**The guard on human translations** from English: sentences held, % ({origin(result)})"
    return [title, "", *table(("texts", "all", *languages), rows), ""]


def total(rates: Iterable[dict[str, Any]]) -> str:
    """The share of several together, with n."""
    hits, n = (sum(rate[key] for rate in rates) for key in ("hits", "n"))
    return f"{100 * hits / n:.1f} (n = {n})"


def plain_share(figure: dict[str, Any] | None) -> str:
    """A share in percent, and how many were counted; nothing where none were."""
    return "" if figure is None else f"{100 * figure['value']:.1f} ({figure['n']})"


def batch(result: dict[str, Any]) -> list[str]:
    """Batch recognition beside its peers: speed, memory and errors, on the same recordings with the same weights."""
    lines = []
    for name, recording in result["recordings"].items():
        rows = []
        for variant, found in recording["variants"].items():
            speed, rate, less = found["real_time_factor"], found["word_error_rate"], found["ours_minus_this"]
            rows.append(
                (
                    result["variants"][variant],
                    f"{speed['median']:.3f} ({speed['min']:.3f} to {speed['max']:.3f})",
                    f"{found['wall_over_ours']:.2f}",
                    f"{found['memory_mb']}",
                    f"{100 * rate['value']:.1f} ({100 * rate['low']:.1f} to {100 * rate['high']:.1f})",
                    f"{100 * less['value']:+.1f} ({100 * less['low']:+.1f} to {100 * less['high']:+.1f})",
                )
            )
        about = f"{recording['seconds'] / 60:.1f} minutes, {recording['n_turns']} turns, {result['rounds']} rounds"
        title = f"**Batch recognition**, `{name}`, {about} ({origin(result)})"
        head = ("", "real-time factor", "wall time over ours", "peak MB", "WER, %", "our WER less this one, points")
        lines += [title, "", *table(head, rows), ""]
    return lines


def ray(result: dict[str, Any]) -> list[str]:
    """Throughput against the number of workers."""
    rows = [
        (str(run["workers"]), f"{run['throughput']:.1f}", f"{run['working']:.1f}", str(run["recordings"]))
        for run in result["runs"]
    ]
    title = f"**Many recordings on a local Ray cluster**, seconds of audio per second ({origin(result)})"
    return [title, "", *table(("workers", "whole run, with starting", "while working", "recordings"), rows), ""]


def share(figure: dict[str, float] | None) -> str:
    """A share in percent with its interval and n; nothing where nothing was counted."""
    if figure is None:
        return ""
    value, low, high = (100 * figure[key] for key in ("value", "low", "high"))
    return f"{value:.1f} ({low:.1f} to {high:.1f}, n = {figure['n']})"


def figures() -> list[str]:
    """Every table, from the results that there are."""
    lines: list[str] = []
    for path in sorted(RESULTS.glob("*.json")):
        result = json.loads(path.read_text("utf-8"))
        if result["name"] == "pipeline":
            lines += pipeline(result)
        elif result["name"].startswith("evaluate-"):
            lines += evaluation(result)
        elif result["name"] == "recognizer":
            lines += recognizer(result)
        elif result["name"] == "guard":
            lines += guard(result)
        elif result["name"] == "challenge":
            lines += challenge(result)
        elif result["name"] == "guard-human":
            lines += guard_human(result)
        elif result["name"] == "batch":
            lines += batch(result)
        elif result["name"] == "ray":
            lines += ray(result)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, help="a folder that voicedoc evaluate has written")
    parser.add_argument("--commit", default="", help="the commit that was evaluated, if it is not this one")
    options = parser.parse_args()
    if options.evaluation:
        take_over(options.evaluation, options.commit)
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text("\n".join([head + BEGIN, "", *figures(), END]) + tail, "utf-8")


if __name__ == "__main__":
    main()
