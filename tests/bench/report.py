"""Where benchmark figures go: JSON with what they depend on, and from there into the README's tables."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).resolve().parent / "results"


def spread(values: Sequence[float]) -> dict[str, float | int]:
    """n, median, 5th and 95th percentile (nearest rank), minimum and maximum."""
    ordered = sorted(values)
    n = len(ordered)

    def rank(share: float) -> float:
        return ordered[min(n - 1, max(0, round(share * (n - 1))))]

    return {
        "n": n,
        "median": statistics.median(ordered),
        "p5": rank(0.05),
        "p95": rank(0.95),
        "min": ordered[0],
        "max": ordered[-1],
    }


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = platform.processor()
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), cpu)
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def commit() -> str:
    """The checkout's commit; with a `+` where files differ from it."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    return git("rev-parse", "--short=12", "HEAD") + ("+" if git("status", "--porcelain", "--", "voicedoc") else "")


def write_result(name: str, figures: dict[str, Any]) -> Path:
    """Write `results/<name>.json`: the figures with commit, date and machine; the path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    row = {"name": name, "commit": commit(), "date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    path.write_text(json.dumps({**row, **figures}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path
