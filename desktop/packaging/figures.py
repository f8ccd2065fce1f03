"""Writes what the first screen says of a pair of languages, from the results of our benchmarks.

    python desktop/packaging/figures.py

Run it after `tests/bench/results` have changed; a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "tests" / "bench" / "results"
TARGET = ROOT / "desktop" / "voicedoc_desktop" / "tasks" / "figures.toml"

LARGEST = "tico19_dev"
"""Of the sets of sentences the one of sentences about illness that nobody tuned on."""


def main() -> None:
    """Write the file."""
    TARGET.write_text(figures_text(RESULTS), "utf-8")
    print(f"wrote {TARGET.relative_to(ROOT)}")


def figures_text(results: Path) -> str:
    """The file's text."""
    heard, translated, live = (_read(results, name) for name in ("evaluate-asr", "evaluate-translation", "live"))
    lines = [
        "# Written by desktop/packaging/figures.py from tests/bench/results. Do not edit.",
        "# heard: words misheard, %; translated: chrF2; answered: seconds to the first sound, median.",
        "",
    ]
    tables = {"heard": _heard(heard), "translated": _translated(translated), "answered": _answered(live)}
    for what, rows in tables.items():
        lines.append(f"[embedded.{what}]")
        lines += [f'"{key}" = {{ value = {value:.1f}, n = {n} }}' for key, value, n in rows]
        lines.append("")
    return "\n".join(lines)


def _read(results: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((results / f"{name}.json").read_text("utf-8"))
    if read.get("system", "embedded") != "embedded":
        raise SystemExit(f"{name}.json is of the profile {read['system']}, and this file says embedded")
    return read


def _heard(read: dict[str, Any]) -> Iterator[tuple[str, float, int]]:
    """Of languages that are written without spaces there are errors of characters instead, which are no words."""
    for row in read["figures"]:
        if row["scorer"] == "wer":
            yield row["slice"], row["value"], row["n"]


def _translated(read: dict[str, Any]) -> Iterator[tuple[str, float, int]]:
    for row in read["figures"]:
        pair, _, data = row["slice"].partition(" ")
        if row["scorer"] == "chrf" and data == LARGEST:
            yield pair, row["value"], row["n"]


def _answered(read: dict[str, Any]) -> Iterator[tuple[str, float, int]]:
    for pair, measured in read["session"].items():
        yield pair, measured["answer"]["median"], measured["answer"]["n"]


if __name__ == "__main__":
    main()
