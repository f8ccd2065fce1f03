"""`voicedoc evaluate compare`: two runs of the same tasks beside one another."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from voicedoc.evaluate.compare import Comparison

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("first", metavar="A", type=_FOLDER)
@click.argument("second", metavar="B", type=_FOLDER)
@click.option("--common", is_flag=True, help="Leave out tasks and items that only one of the runs has.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(first: Path, second: Path, common: bool, as_json: bool) -> None:
    """Compare the runs in folders A and B: how much better or worse A is, item by item.

    A and B are what two calls of `voicedoc evaluate` wrote (--out), or the folders of one task in them.
    """
    from rich.console import Console

    from voicedoc.evaluate.compare import compare as compare_runs

    found = compare_runs(first, second, common=common)
    if as_json:
        click.echo(json.dumps([_summary(comparison) for comparison in found], ensure_ascii=False, indent=1))
        return
    console = Console(markup=False, highlight=False)
    for comparison in found:
        _show(console, comparison)
    console.print(_caution(sum(len(comparison.contrasts) for comparison in found)), soft_wrap=True)


def _summary(comparison: Comparison) -> dict[str, Any]:
    first, second = comparison.first, comparison.second
    return {
        "task": first.task,
        "version": first.version,
        "first": {"system": first.system, "models": first.models},
        "second": {"system": second.system, "models": second.models},
        "n_items": comparison.n_items,
        "n_left_out": comparison.n_left_out,
        "differences": [asdict(contrast) | {"better": contrast.better} for contrast in comparison.contrasts],
    }


def _show(console: Console, comparison: Comparison) -> None:
    from rich.table import Table

    names = {"first": "A", "second": "B", "": "–"}
    columns = ("measure", "of", "A", "B", "A - B", "unit", "95 % interval", "p", "items", "better")
    table = Table(*columns, title=comparison.first.title, box=None)
    for found in comparison.contrasts:
        table.add_row(
            found.scorer,
            found.slice,
            f"{found.first:.1f}",
            f"{found.second:.1f}",
            f"{found.difference:+.1f}",
            found.unit,
            found.interval,
            "–" if found.p is None else f"{found.p:.3f}",
            str(found.n),
            names[found.better],
        )
    console.print(table)
    left_out = f", {comparison.n_left_out} left out" if comparison.n_left_out else ""
    systems = f"A: {comparison.first.system}; B: {comparison.second.system}"
    console.print(f"{comparison.n_items} items in both{left_out}. {systems}", soft_wrap=True)


def _caution(n: int) -> str:
    """What a reader of many intervals must know."""
    chance = f" Of {n}, about {round(n / 20)} leave zero out by chance alone." if n >= 20 else ""
    return f"Intervals: paired bootstrap over groups of items, each by itself.{chance}"
