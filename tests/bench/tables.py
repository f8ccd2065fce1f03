"""Figures → README: everything between its two `figures` markers is written by this script, from `results/*.json`.

What is too long for the README goes into `figures.md`, beside this script.
`--evaluation DIR` first takes over the scores that `voicedoc evaluate … --out DIR` has written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.bench.report import RESULTS, ROOT, write_result
from tests.challenge.alarms.score import MEASURES
from tests.challenge.score import Rate

FULL = Path(__file__).with_name("figures.md")
FULL_HEAD = (
    "# Figures in full\n\nWritten by `tests/bench/tables.py` from `results/*.json`; the rest stands in the README.\n"
)
LINK = (
    "With intervals, and with voices, translation, human translations, sounds without speech and the chain's stages: "
    "[`tests/bench/figures.md`](tests/bench/figures.md)."
)

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
    "consult-languages": (
        "must-ask-calm",
        "questions-calm",
        "red-flags",
        "false-emergencies",
        "level",
        "under",
        "facts-read",
    ),
    "consult": (
        "must-ask-calm",
        "questions-calm",
        "red-flags",
        "to-alarm",
        "false-emergencies",
        "level",
        "under",
        "facts-f1-calm",
        "facts-read",
    ),
}
"""The scorers of each evaluation task that the README shows; the reports have all."""


def take_over(folder: Path, measured: str) -> None:
    """Keep an evaluation's figures with commit and machine; the raw counts and the curves stay in its own folder.

    `measured` is the commit that was evaluated, where it is not the one that is checked out.
    """
    for path in sorted(folder.glob("*/scores.json")):
        scores = json.loads(path.read_text("utf-8"))
        scores.pop("lines", None)
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
    rows = [
        spread_row(
            "endpoint → first audio (the endpoint is known 0.5 s after the last sound)",
            result["endpoint_to_first_audio"],
            "s",
        ),
        spread_row("real-time factor, all stages", result["real_time_factor"], "×"),
        spread_row("overhead over the bare model calls, CPU time, one thread", result["overhead_cpu"], "%", 100.0, 1),
        spread_row("start-up until models are loaded, again", result["start_up_again"], "s"),
        spread_row("peak memory", result["peak_memory_mb"], "MB", 1.0, 0),
    ]
    title = f"**The chain on the sample consultation**, {result['audio_seconds']:.0f} s of audio ({origin(result)})"
    first = f"The first start took {result['start_up_first']:.1f} s."
    return [title, "", *table(("what", "median", "range", "n"), rows), "", first, ""]


def stages(result: dict[str, Any]) -> list[str]:
    """What each stage of the chain costs."""
    rows = [
        spread_row(f"stage {name}, each utterance", figure, "s", 1.0, 3)
        for name, figure in result["stage_seconds"].items()
    ]
    title = f"**The chain's stages on the sample consultation** ({origin(result)})"
    return [title, "", *table(("what", "median", "range", "n"), rows), ""]


def spread_row(name: str, figure: dict[str, float], unit: str, scale: float = 1.0, digits: int = 2) -> tuple[str, ...]:
    """A figure's median and range."""
    median, low, high = (f"{figure[key] * scale:.{digits}f}" for key in ("median", "min", "max"))
    return (name, f"{median} {unit}", f"{low} to {high}", str(figure["n"]))


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
    """The challenge set's held half: what share of each kind of error is caught in each language, and false alarms."""
    half, dev = shares(result["halves"]["held"]), shares(result["halves"]["dev"])
    caught, alarms = half["caught"], half["false_alarms"]
    languages = list(caught["language"])

    def kind(key: str) -> tuple[str, ...]:
        cells = (missed(caught["cell"].get(f"{language} {key}")) for language in languages)
        return (key, str(caught["kind"][key]["n"]), *cells)

    def last(name: str, figures: dict[str, Any], cell: Callable[[dict[str, Any]], str]) -> tuple[str, ...]:
        return (name, str(figures["all"]["all"]["n"]), *(cell(figures["language"][language]) for language in languages))

    rows = [*map(kind, caught["kind"]), last("**all**", caught, missed), last("**correct pairs held**", alarms, held)]
    title = f"**The guard on generated sentence pairs**, the half that nobody looks at ({origin(result)})"
    head = ("planted errors caught, %", "n", *languages)
    routes = [f"{route} {held(figure)}" for route, figure in alarms["route"].items() if figure["hits"]]
    about = (
        "A pair counts for both its languages, and once in n; in brackets, how many were missed, or held, of how many."
    )
    others = len(alarms["route"]) - len(routes)
    pairs = f"Correct pairs held, %: {''.join(f'{route}, ' for route in routes)}none in {others} directions."
    whole = (dev[what]["all"]["all"] for what in ("caught", "false_alarms"))
    there, wrongly = (share(figure) for figure in whole)
    seen = "Nobody reads its sentences, but what the guard was bad at was chosen by these totals."
    note = f"{seen} On {dev['n']} other pairs, which it was developed on: {there} caught, {wrongly} held. {LINK}"
    return [title, "", *table(head, rows), "", about, pairs, note, ""]


def challenge_in_full(result: dict[str, Any]) -> list[str]:
    """The same with the intervals, and by pair of languages."""
    half = shares(result["halves"]["held"])
    languages, kinds = list(half["caught"]["language"]), list(half["caught"]["kind"])
    keys = ("caught", "caught_by_anything", "false_alarms")
    groups = [("all", "all"), *(("language", key) for key in languages)]
    groups += [("route", key) for key in half["caught"]["route"]]
    rows = [(key, *(share(half[what][group].get(key)) for what in keys)) for group, key in groups]
    title = f"**The guard on generated sentence pairs**, the half that nobody looks at ({origin(result)})"
    head = ("pairs", "planted errors caught, %", "sentence held at all, %", "correct pairs held, %")
    lines = [title, "", *table(head, rows), ""]
    cells = [
        (
            key,
            share(half["caught"]["kind"][key]),
            *(share(half["caught"]["cell"].get(f"{one} {key}")) for one in languages),
        )
        for key in kinds
    ]
    return [*lines, *table(("caught, %", "all", *languages), cells), ""]


def alarms(result: dict[str, Any]) -> list[str]:
    """The red-flag set's held half: emergencies that are found, and false alarms, by language; and the first run."""
    now, first = (shares(result[run]["held"]) for run in ("current", "first"))
    languages = list(now["recall_any"]["language"])
    rows = [
        (
            measure.title,
            share(first[name]["all"]["all"]),
            share(now[name]["all"]["all"]),
            *(of(now[name]["language"].get(language)) for language in languages),
        )
        for name, measure in MEASURES.items()
    ]
    title = f"**Red flags in what patients say**, the half that nobody looks at ({origin(result)})"
    head = ("%, and how many of how many", f"first run ({result['first']['commit']})", "now", *languages)
    dev = shares(result["current"]["dev"])
    found, wrong = (share(dev[name]["all"]["all"]) for name in ("recall_any", "false_alarms"))
    note = f"On the other half, by which the rules were mended: {found} of the emergencies found, {wrong} false alarms."
    return [title, "", *table(head, rows), "", note, ""]


def of(figure: dict[str, Any] | None) -> str:
    """Hits of n; nothing where there is nothing."""
    return "" if figure is None else f"{figure['hits']} of {figure['n']}"


def shares(figures: Any) -> Any:
    """The figures of the challenge set with the shares and intervals that follow from hits and n."""
    if not isinstance(figures, dict):
        return figures
    if set(figures) == {"hits", "n"}:
        rate = Rate(**figures)
        low, high = rate.interval
        return {**figures, "value": rate.value, "low": low, "high": high}
    return {name: shares(own) for name, own in figures.items()}


def missed(figure: dict[str, Any] | None) -> str:
    """A share that should be 100 %; how many are missing, where some are."""
    if figure is None:
        return ""
    lost = figure["n"] - figure["hits"]
    return f"{100 * figure['value']:.1f} ({lost} of {figure['n']})" if lost else "100"


def held(figure: dict[str, Any]) -> str:
    """A share that should be 0 %; how many there are, where there are some."""
    return f"{100 * figure['value']:.1f} ({figure['hits']} of {figure['n']})" if figure["hits"] else "0"


def knowledge(result: dict[str, Any]) -> list[str]:
    """Whether the right sheet is found, and answered from; and whether nothing is said where nothing answers."""
    found, answers = result["found"], result["answers"]
    rows = [
        (f"the right sheet among the first {n}", *(of(found[way][f"hr@{n}"]["all"]) for way in found))
        for n in (1, 3, 5)
    ]
    rows += [
        (what, *(of(answers[way][name]["all"]) if way in answers else "" for way in found))
        for name, what in (
            ("cites_right_sheet", "answered, and cites a right sheet"),
            ("abstained", "nothing said where nothing answers"),
        )
    ]
    n, others = result["n_answerable"], result["n"] - result["n_answerable"]
    title = f"**Answers about medicines**, {n} questions that the sheets answer and {others} others ({origin(result)})"
    note = "Questions in en, pt, es and zh by the sheets' own author, written before the first measurement."
    return [title, "", *table(("found by", *found), rows), "", note, ""]


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
                    f"{rate['value']:.1f} ({rate['low']:.1f} to {rate['high']:.1f})",
                    f"{less['value']:+.1f} ({less['low']:+.1f} to {less['high']:+.1f})",
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


def live(result: dict[str, Any]) -> list[str]:
    """How long somebody waits for the other's words, where it goes, and beside a peer."""
    ways = list(result["session"])
    title = f"**A live session**: seconds from the end of speech to the first translated sound ({origin(result)})"
    rows = [(name, *(_wait(result[key][way]) for way in ways)) for key, name in _SESSIONS.items() if key in result]
    said = [result["note"], ""] if "note" in result else []
    lines = [title, "", *table(("p50 / p95", *ways), rows), "", *said]
    if "floor" not in result:
        return lines
    steps = list(result["session"][ways[0]]["steps"])
    parts = [
        (
            step,
            *(f"{result['session'][way]['steps'][step]['median']:.2f}" for way in ways),
            *(f"{result['without_work_ahead'][way]['steps'][step]['median']:.2f}" for way in ways),
            *(_bare(result["floor"][way], step) for way in ways),
        )
        for step in steps
    ]
    columns = [f"{what}, {way}" for what in ("session", "nothing ahead", "floor") for way in ways]
    ratios = {
        way: result["peer"][way]["answer"]["median"] / result["session"][way]["answer"]["median"]
        for way in ways
        if "peer" in result
    }
    about = (
        f"From the endpoint to the first sound a session takes {_over(result['overhead']['session'])}; "
        f"with nothing done ahead, {_over(result['overhead']['without_work_ahead'])}."
    )
    beside = "".join(f" {way}: the peer's median is {ratio:.1f} times ours." for way, ratio in ratios.items())
    told = " The peer is told which language is spoken, and compares nothing." if beside else ""
    return [*lines, *table(("median, s", *columns), parts), "", about + beside + told, ""]


_SESSIONS = {
    "session": "VoiceDoc",
    "without_work_ahead": "with nothing done ahead",
    "peer": "pipecat-ai, same weights",
}


def _over(found: dict[str, Any]) -> str:
    """An overhead over the floor, in words."""
    share, seconds = found["share"], found["seconds"]
    more = f"{100 * abs(share['median']):.0f} % {'more' if share['median'] >= 0 else 'less'} than the floor"
    spread = f"{100 * share['p5']:.0f} to {100 * share['p95']:.0f} %, n = {share['n']}"
    return f"{more} (median; {spread}; {seconds['median']:+.2f} s)"


def _wait(found: dict[str, Any]) -> str:
    answer, early = found["answer"], found.get("n_early", 0)
    cut_off = f", {early} began before the end" if early else ""
    return f"{answer['median']:.2f} / {answer['p95']:.2f} (n = {answer['n']} of {found['n_said']}{cut_off})"


def _bare(found: dict[str, Any], step: str) -> str:
    return f"{found['steps'][step]['median']:.2f}" if step in found["steps"] else ""


def share(figure: dict[str, float] | None) -> str:
    """A share in percent with its interval and n; nothing where nothing was counted."""
    if figure is None:
        return ""
    value, low, high = (100 * figure[key] for key in ("value", "low", "high"))
    return f"{value:.1f} ({low:.1f} to {high:.1f}, n = {figure['n']})"


def figures(*, in_full: bool = False) -> list[str]:
    """The README's tables, from the results that there are; `in_full` those that are longer beside the results."""
    lines: list[str] = []
    for path in sorted(RESULTS.glob("*.json")):
        result = json.loads(path.read_text("utf-8"))
        task = result["name"].startswith("evaluate-")
        if in_full:
            write = evaluation if result["name"] in LONG else IN_FULL.get(result["name"])
        else:
            write = evaluation if task and result["name"] not in LONG else WRITERS.get(result["name"])
        lines += write(result) if write else []
    return lines


WRITERS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "pipeline": pipeline,
    "knowledge": knowledge,
    "guard": guard,
    "challenge": challenge,
    "batch": batch,
    "ray": ray,
    "live": live,
    "alarms": alarms,
}
IN_FULL: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "challenge": challenge_in_full,
    "pipeline": stages,
    "guard-human": guard_human,
    "recognizer": recognizer,
}
LONG = frozenset(
    f"evaluate-{task}" for task in ("segments", "voices", "nonspeech", "translation", "guard", "consult-languages")
)
"""Evaluations that only stand in full beside the results."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, help="a folder that voicedoc evaluate has written")
    parser.add_argument("--commit", default="", help="the commit that was evaluated, if it is not this one")
    options = parser.parse_args()
    if options.evaluation:
        take_over(options.evaluation, options.commit)
    FULL.write_text("\n".join([FULL_HEAD, *figures(in_full=True)]), "utf-8")
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text("\n".join([head + BEGIN, "", *figures(), END]) + tail, "utf-8")


if __name__ == "__main__":
    main()
