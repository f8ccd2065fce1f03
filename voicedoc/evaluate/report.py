"""A report as one HTML file that needs nothing else: figures as tables, and as bars with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from voicedoc.evaluate.waterfall import is_drawn, waterfalls
from voicedoc.registry import missing_package

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .2rem .8rem; text-align: right; }
th:first-child, td:first-child, .text { text-align: left; } tr:nth-child(even) { background: #f2f5f7; }
svg { max-width: 100%; height: auto; } .note { color: #555; }
"""


def write_report(path: Path, summary: dict[str, Any]) -> None:
    """Write the report of one task. `summary` is what `scores.json` holds.

    Raises:
        BackendUnavailable: If matplotlib is not installed.
    """
    scorers = dict.fromkeys(figure["scorer"] for figure in summary["figures"])
    sections = [*waterfalls(summary["figures"], _drawn)]
    plain = [name for name in scorers if not is_drawn(name)]
    sections += [_section([f for f in summary["figures"] if f["scorer"] == name]) for name in plain]
    curves = dict.fromkeys(line["curve"] for line in summary.get("lines", ()))
    sections += [_curve([line for line in summary["lines"] if line["curve"] == name]) for name in curves]
    sections += [_table(table) for table in summary.get("tables", ())]
    page = "\n".join([_head(summary), *sections, _foot(summary), "</body></html>\n"])
    path.write_text(page, "utf-8")


def _head(summary: dict[str, Any]) -> str:
    title = escape(summary["title"])
    facts = (
        f"task {summary['task']}, version {summary['version']}; profile {summary['system']}; "
        f"{summary['n_items']} items; VoiceDoc {summary['voicedoc']}"
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n<p>{escape(facts)}</p>"
    )


def _section(figures: list[dict[str, Any]]) -> str:
    first = figures[0]
    better = "lower is better" if first["lower_is_better"] else "higher is better"
    what = escape(f"{first['scorer']} ({first['unit']}, {better})")
    head = f"<th>{what}</th><th>value</th><th>95 % interval</th><th>items</th><th>from</th>"
    rows = "\n".join(_row(figure) for figure in figures)
    return f"<h2>{escape(first['title'])}</h2>\n{_bars(figures)}\n<table><tr>{head}</tr>\n{rows}\n</table>"


def _row(figure: dict[str, Any]) -> str:
    return (
        f"<tr><td>{escape(figure['slice'])}</td><td>{figure['value']:.1f}</td>"
        f"<td>{interval_text(figure['low'], figure['high'])}</td><td>{figure['n']}</td>"
        f"<td>{counts_text(figure['counts'])}</td></tr>"
    )


def counts_text(counts: Sequence[float]) -> str:
    """What a ratio comes from: "12 / 345"; nothing for figures that are made of more than two counts."""
    return " / ".join(f"{count:.6g}" for count in counts) if len(counts) == 2 else ""


def interval_text(low: float | None, high: float | None) -> str:
    """An interval as text: "12.0 to 15.3", or a dash where there is none."""
    return "–" if low is None or high is None else f"{low:.1f} to {high:.1f}"


def _reach(figure: dict[str, Any], end: str) -> float:
    """How far the interval's end is from the value; 0.0 where there is none."""
    return 0.0 if figure[end] is None else abs(float(figure["value"]) - float(figure[end]))


def _foot(summary: dict[str, Any]) -> str:
    notes = [
        f"Intervals: bootstrap, {summary['bootstrap']['n_resamples']} resamples, seed {summary['bootstrap']['seed']}."
    ]
    alone = [figure for figure in summary["figures"] if figure["drawn"] != "groups"]
    if any(figure["low"] is not None for figure in alone):
        parts = ", ".join(dict.fromkeys(figure["slice"] for figure in alone))
        notes.append(f"One recording only: {parts}. Its blocks were drawn: this says nothing of other recordings.")
    if summary["chrf_signature"]:
        notes.append(f"chrF2: {summary['chrf_signature']}.")
    if summary["bleu_signature"]:
        notes.append(f"BLEU: {summary['bleu_signature']}.")
    notes += [f"Not measured: {part} ({reason})." for part, reason in summary["skipped"].items()]
    notes.append(f"Configuration {summary['config'][:16]}.")
    notes.append("Models: " + ", ".join(f"{name} {digest[:12]}" for name, digest in summary["models"].items()) + ".")
    notes += [f"{who} by {summary[key]}." for key, who in (("model", "Answers"), ("judge", "Judged")) if summary[key]]
    notes += map(bill_text, summary["replies"])
    return "\n".join(f'<p class="note">{escape(note)}</p>' for note in notes)


def bill_text(bill: dict[str, Any]) -> str:
    """What a model's replies took: "m: 12 replies, 345 tokens read and 67 written, 0.02 USD."."""
    told = f"{bill['model']}: {bill['n_replies']} replies, {bill['n_prompt_tokens']} tokens read"
    cost = "" if bill["cost"] is None else f", {bill['cost']:.2f} {bill['currency']}"
    return f"{told} and {bill['n_tokens']} written{cost}."


def _bars(figures: list[dict[str, Any]]) -> str:
    """Horizontal bars with intervals."""

    def draw(axes: Any) -> None:
        values = [figure["value"] for figure in figures]
        errors = [[_reach(figure, end) for figure in figures] for end in ("low", "high")]
        axes.barh(range(len(figures)), values, xerr=errors, color="#2f6f8f", ecolor="#444444", capsize=3)
        axes.set_yticks(range(len(figures)), [figure["slice"] for figure in figures])
        axes.invert_yaxis()
        axes.set_xlabel(figures[0]["unit"])

    return _drawn(draw, 0.8 + 0.35 * len(figures))


def _curve(lines: list[dict[str, Any]]) -> str:
    """One line for each slice, in a band that is its interval."""

    def draw(axes: Any) -> None:
        for line in lines:
            places = range(len(line["values"]))
            axes.plot(places, line["values"], label=line["slice"])
            if None not in line["low"]:
                axes.fill_between(places, line["low"], line["high"], alpha=0.15)
        axes.set_xlabel(lines[0]["along"])
        axes.set_ylabel(lines[0]["unit"])
        axes.legend(loc="lower right", fontsize="small")

    n_items = ", ".join(f"{line['slice']} {line['n']}" for line in lines)
    return f'<h2>{escape(lines[0]["title"])}</h2>\n{_drawn(draw, 5.0)}\n<p class="note">Items: {escape(n_items)}.</p>'


def _table(table: dict[str, Any]) -> str:
    """A table as it is, after its colours where it has them."""
    head = "".join(f"<th>{escape(column)}</th>" for column in table["columns"])
    rows = "\n".join(f"<tr>{''.join(map(_table_cell, row))}</tr>" for row in table["rows"])
    drawn = _heat(table) if table["heat"] else ""
    note = f'\n<p class="note">{escape(table["note"])}</p>' if table["note"] else ""
    return f"<h2>{escape(table['title'])}</h2>\n{drawn}\n<table><tr>{head}</tr>\n{rows}\n</table>{note}"


def _table_cell(value: str | float | None) -> str:
    return f"<td{' class=text' if isinstance(value, str) else ''}>{escape(_cell(value))}</td>"


def _cell(value: str | float | None) -> str:
    """A figure with three digits that count, or one after the point."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0") if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def _heat(table: dict[str, Any]) -> str:
    """The rows as squares, from red over white to blue: the good end is blue."""
    low, high, good_is_high = table["heat"]
    labels, values = [row[0] for row in table["rows"]], [row[1:] for row in table["rows"]]

    def draw(axes: Any) -> None:
        shown = [[float("nan") if value is None else float(value) for value in row] for row in values]
        colours = "RdBu" if good_is_high else "RdBu_r"
        axes.pcolormesh(shown, cmap=colours, vmin=low, vmax=high, edgecolors="white", linewidth=1.0)
        for down, row in enumerate(values):
            for across, value in enumerate(row):
                at = {"ha": "center", "va": "center", "fontsize": "small"}
                axes.text(across + 0.5, down + 0.5, _cell(value), color=_ink(value, low, high), **at)
        axes.set_xticks([place + 0.5 for place in range(len(table["columns"]) - 1)], table["columns"][1:])
        axes.set_yticks([place + 0.5 for place in range(len(labels))], labels)
        axes.invert_yaxis()

    return _drawn(draw, 1.2 + 0.4 * len(labels))


def _ink(value: float | None, low: float, high: float) -> str:
    """White on the dark ends of the colours."""
    place = 0.5 if value is None or high == low else (value - low) / (high - low)
    return "white" if abs(place - 0.5) > 0.35 else "#1a1a1a"


def _drawn(draw: Callable[[Any], None], height: float) -> str:
    """A drawing as inline SVG, in inches. Made without pyplot, so that no window system is asked for."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    # Text stays text, and identifiers do not change from run to run.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "voicedoc"}):
        drawing = Figure(figsize=(8, height), layout="constrained")
        draw(drawing.add_subplot())
        drawn = StringIO()
        drawing.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue()[drawn.getvalue().index("<svg") :]
