"""Two runs of the same task beside one another: paired differences, item by item, with intervals."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voicedoc.errors import ConfigError
from voicedoc.evaluate.report import interval_text
from voicedoc.evaluate.results import read_rows
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.scores import Counts, Scorer
from voicedoc.evaluate.statistics import paired_difference


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of one task wrote. `parts` are the slices that have figures."""

    task: str
    version: int
    title: str
    system: str
    models: dict[str, str]
    scorers: tuple[str, ...]
    parts: tuple[str, ...]
    rows: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One measure on one slice: both values, first minus second, its 95 % interval and two-sided p.

    `n` items, of `n_groups` that were drawn: groups of items or, of one recording alone, blocks of it. The interval is
    None where there was one to draw from.
    """

    slice: str
    scorer: str
    title: str
    lower_is_better: bool
    unit: str
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    p: float | None
    n: int
    n_groups: int
    drawn: str

    @property
    def interval(self) -> str:
        """The interval as text: "-1.2 to 3.4", or a dash."""
        return interval_text(self.low, self.high)

    @property
    def better(self) -> str:
        """Which of both is better, "first" or "second"; "" where the interval holds zero, or there is none."""
        if self.low is None or self.high is None or self.low <= 0.0 <= self.high:
            return ""
        return "first" if (self.low > 0.0) != self.lower_is_better else "second"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one task. `n_left_out` are items that only one of them has."""

    first: Run
    second: Run
    contrasts: tuple[Contrast, ...]
    n_items: int
    n_left_out: int


def compare(first: Path, second: Path, *, common: bool = False) -> list[Comparison]:
    """Compare the runs in two folders: of one task (with its `scores.json`), or of several, in folders by task.

    `common` leaves out what only one of them has, instead of refusing.

    Raises:
        ConfigError: If there are no runs, or tasks, versions or items differ.
    """
    ours, theirs = _runs(first), _runs(second)
    both = [task for task in ours if task in theirs]
    alone = [task for task in (*ours, *theirs) if task not in both]
    if not both or (alone and not common):
        raise ConfigError(
            f"{first} has the tasks {', '.join(ours)}; {second} has {', '.join(theirs)}",
            remedy="name two runs of the same task" + (", or give --common" if both else ""),
        )
    return [_compare(_read(ours[task]), _read(theirs[task]), common) for task in both]


def _runs(folder: Path) -> dict[str, Path]:
    """Folders of runs by the names of their tasks."""
    folders = [folder] if (folder / "scores.json").is_file() else sorted(folder.glob("*/"))
    found = [path for path in folders if (path / "scores.json").is_file()]
    if not found:
        raise ConfigError(
            f"there is no finished run in {folder}",
            remedy=f"make one: voicedoc evaluate TASK --profile P --out {folder}",
        )
    return {_summary(path)["task"]: path for path in found}


def _summary(folder: Path) -> dict[str, Any]:
    path = folder / "scores.json"
    try:
        summary: dict[str, Any] = json.loads(path.read_text("utf-8"))
        lacking = {"task", "version", "title", "system", "config", "models", "n_items", "figures"} - set(summary)
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{path} is damaged: {error}", remedy="run the task again") from error
    if lacking:
        raise ConfigError(f"{path} lacks {', '.join(sorted(lacking))}", remedy="run the task again")
    return summary


def _read(folder: Path) -> Run:
    summary = _summary(folder)
    results = folder / "results.jsonl"
    try:
        rows = {row.item: row for row in read_rows(results, summary["config"])}
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(f"{results} is damaged: {error}", remedy="run the task again") from error
    if len(rows) != summary["n_items"]:
        raise ConfigError(
            f"{results} has {len(rows)} items of the {summary['n_items']} that scores.json was made from",
            remedy="run the task again: it goes on where it stopped",
        )
    return Run(
        task=summary["task"],
        version=summary["version"],
        title=summary["title"],
        system=summary["system"],
        models=summary["models"],
        scorers=tuple(dict.fromkeys(figure["scorer"] for figure in summary["figures"])),
        parts=tuple(dict.fromkeys(figure["slice"] for figure in summary["figures"])),
        rows=rows,
    )


def _compare(first: Run, second: Run, common: bool) -> Comparison:
    if first.version != second.version:
        raise ConfigError(
            f"task '{first.task}' has version {first.version} in one run and {second.version} in the other: "
            "its numbers have changed meaning",
            remedy="run the older one again",
        )
    items = [item for item in first.rows if item in second.rows]
    n_left_out = len(first.rows) + len(second.rows) - 2 * len(items)
    _check_items(first, second, items, n_left_out if not common else 0)
    pairs = [(first.rows[item], second.rows[item]) for item in items]
    return Comparison(first, second, tuple(_contrasts(first, second, pairs)), len(items), n_left_out)


def _check_items(first: Run, second: Run, items: Sequence[str], n_left_out: int) -> None:
    if not items or n_left_out:
        raise ConfigError(
            f"the runs of '{first.task}' have {len(first.rows)} and {len(second.rows)} items, {len(items)} in common",
            remedy="run both with the same data and --limit" + (", or give --common" if items else ""),
        )
    changed = [item for item in items if _asked(first.rows[item]) != _asked(second.rows[item])]
    if changed:
        raise ConfigError(
            f"{len(changed)} items of '{first.task}' have other texts in the other run, '{changed[0]}' first",
            remedy="run both with the same data",
        )


def _asked(row: Row) -> tuple[object, ...]:
    return (row.slice, row.group, row.language, row.source, row.source_language, row.reference, row.truth)


def _contrasts(first: Run, second: Run, pairs: Sequence[tuple[Row, Row]]) -> Iterator[Contrast]:
    """Of measures and slices that both runs have figures for. A slice that no item is in holds all of them."""
    own = {ours.slice for ours, _ in pairs}
    scorers = [name for name in first.scorers if name in second.scorers and name in SCORERS]
    parts = [part for part in first.parts if part in second.parts]
    for name in scorers:
        for part in parts:
            chosen = [pair for pair in pairs if part not in own or pair[0].slice == part]
            if (contrast := _contrast(SCORERS[name], part, chosen)) is not None:
                yield contrast


def _contrast(scorer: Scorer, part: str, pairs: Sequence[tuple[Row, Row]]) -> Contrast | None:
    """None where the measure applies to nothing in one of the runs."""
    both = ((ours.group, scorer.blocks(ours), scorer.blocks(theirs)) for ours, theirs in pairs)
    counted = [(group, ours, theirs) for group, ours, theirs in both if ours or theirs]
    if not any(first for _, first, _ in counted) or not any(second for _, _, second in counted):
        return None
    first, second, groups, drawn = _paired(counted)
    found = paired_difference(first, second, scorer.figure, groups=groups)
    values = [float(scorer.figure(np.asarray(table, dtype=np.float64).sum(0))) for table in (first, second)]
    if any(math.isnan(value) for value in values):
        return None
    is_drawn = found.n_groups > 1 and not math.isnan(found.low)
    return Contrast(
        slice=part,
        scorer=scorer.name,
        title=scorer.title,
        lower_is_better=scorer.lower_is_better,
        unit=scorer.unit,
        first=values[0],
        second=values[1],
        difference=found.value,
        low=found.low if is_drawn else None,
        high=found.high if is_drawn else None,
        p=found.p if is_drawn else None,
        n=len(counted),
        n_groups=found.n_groups,
        drawn=drawn,
    )


def _paired(
    counted: Sequence[tuple[str, Sequence[Counts], Sequence[Counts]]],
) -> tuple[list[Counts], list[Counts], list[str] | None, str]:
    """Both runs' counts, and what is drawn: groups of items or, where there is one item only, blocks of it."""
    if len(counted) == 1 and len(counted[0][1]) == len(counted[0][2]):
        return list(counted[0][1]), list(counted[0][2]), None, "blocks of one recording"
    width = max(len(blocks[0]) for _, *both in counted for blocks in both if blocks)
    first = [_sum(ours, width) for _, ours, _ in counted]
    second = [_sum(theirs, width) for _, _, theirs in counted]
    return first, second, [group for group, _, _ in counted], "groups"


def _sum(blocks: Sequence[Counts], width: int) -> Counts:
    """Zeros where the measure does not apply: such an item adds nothing to that run's figure."""
    return tuple(sum(column) for column in zip(*blocks, strict=True)) if blocks else (0.0,) * width
