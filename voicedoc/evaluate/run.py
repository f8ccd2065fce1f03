"""Runs a task: solves what has not been solved yet, scores, and writes results, scores and report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicedoc import __version__
from voicedoc.core.journal import from_json, to_json
from voicedoc.errors import BackendUnavailable, ConfigError, UnsupportedLanguage
from voicedoc.evaluate.asking import wordings_fingerprint
from voicedoc.evaluate.consult_doctors import doctors_fingerprint
from voicedoc.evaluate.curves import Line, line_of
from voicedoc.evaluate.items import items_of
from voicedoc.evaluate.report import interval_text, write_report
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scorers import CURVES, SCORERS
from voicedoc.evaluate.scores import Counts, Scorer, chrf_signature
from voicedoc.evaluate.solve import Job, jobs_of, solve
from voicedoc.evaluate.statistics import N_RESAMPLES, SEED, Interval, interval
from voicedoc.evaluate.systems import Systems
from voicedoc.evaluate.tasks import Task

Progress = Callable[[int, int], None]
"""Told after each item: how many are done, of how many."""

PACKAGES = ("jiwer", "matplotlib", "meeteval", "pyannote.metrics", "sacrebleu", "whisper_normalizer")
"""What scores and reports import, of the extra `evaluate`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on one slice, in `unit`, with its 95 % interval. `counts` are the sums it comes from.

    `n` items were measured. The interval is over `n_groups` which were drawn: groups of items or, of one recording
    alone, blocks of it. In the latter case it says nothing about other recordings.
    """

    slice: str
    scorer: str
    title: str
    lower_is_better: bool
    unit: str
    value: float
    low: float | None
    high: float | None
    n: int
    n_groups: int
    drawn: str
    counts: tuple[float, ...]

    @property
    def interval(self) -> str:
        """The interval as text: "12.0 to 15.3", or a dash."""
        return interval_text(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task gave. `skipped` says, by slice, what the systems cannot do."""

    task: Task
    system: str
    config: str
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    models: dict[str, str]
    skipped: dict[str, str]
    n_items: int
    n_resumed: int
    folder: Path


def run_task(
    task: Task,
    systems: Systems,
    out: Path,
    *,
    root: Path | None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Measure `systems` on `task` and write `results.jsonl`, `scores.json` and `report.html` into `out/<task>`.

    Items that an earlier run with the same task, settings and models has solved are not solved again.

    Raises:
        BackendUnavailable: If a package that scoring needs is not installed; before anything is measured.
        ConfigError: If there is nothing to measure.
        CorpusError: If data is missing.
    """
    _require_packages()
    folder = out / task.name
    folder.mkdir(parents=True, exist_ok=True)
    asking = {"consult": doctors_fingerprint, "asking": wordings_fingerprint}.get(task.kind, str)()
    config = hashlib.sha256(f"{task.sha256} {systems.fingerprint}{asking}".encode()).hexdigest()
    jobs = list(jobs_of(task, items_of(task, root, limit), systems))
    results = _Results(folder / "results.jsonl", config)
    rows, skipped = _solve_all(jobs, systems, results, progress or (lambda _done, _total: None))
    if not rows:
        raise ConfigError(
            f"'{systems.name}' can do nothing of task '{task.name}'"
            + "".join(f"; {part}: {reason}" for part, reason in skipped.items()),
            remedy="choose a profile with these languages",
        )
    outcome = Outcome(
        task=task,
        system=systems.name,
        config=config,
        figures=tuple(_figures(task, rows)),
        lines=tuple(_lines(task, rows)),
        models=dict(systems.models),
        skipped=skipped,
        n_items=len(rows),
        n_resumed=results.n_resumed,
        folder=folder,
    )
    _write_scores(outcome)
    write_report(folder / "report.html", _summary(outcome))
    return outcome


def _require_packages() -> None:
    if missing := [name for name in PACKAGES if not _is_there(name)]:
        raise BackendUnavailable(
            f"scores and reports need {', '.join(missing)}, not installed", remedy="pip install 'voicedoc[evaluate]'"
        )


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False


class _Results:
    """`results.jsonl`: one line for each solved item, written at once, so that an interrupted run can go on."""

    def __init__(self, path: Path, config: str) -> None:
        self._path, self._config = path, config
        self._known = {row.item: row for row in read_rows(path, config)}
        self.n_resumed = 0
        draft = path.with_suffix(".draft")
        draft.write_text("".join(self._line(row) for row in self._known.values()), "utf-8")
        draft.replace(path)

    def known(self, item: str) -> Row | None:
        row = self._known.get(item)
        self.n_resumed += row is not None
        return row

    def add(self, row: Row) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(self._line(row))

    def _line(self, row: Row) -> str:
        return json.dumps({"config": self._config, **to_json(row)}, ensure_ascii=False) + "\n"


def read_rows(path: Path, config: str) -> Iterator[Row]:
    """The rows of the same configuration. A half-written last line, from a run that died, is left out."""
    if not path.is_file():
        return
    for line in path.read_text("utf-8").split("\n")[:-1]:
        fields: dict[str, Any] = json.loads(line)
        if fields.pop("config") == config:
            row: Row = from_json(Row, fields)
            yield row


def _solve_all(
    jobs: list[Job], systems: Systems, results: _Results, progress: Progress
) -> tuple[list[Row], dict[str, str]]:
    rows: list[Row] = []
    skipped: dict[str, str] = {}
    for done, job in enumerate(jobs, start=1):
        part = job.item.slice
        if part not in skipped:
            try:
                rows.append(_row(job, systems, results))
            except UnsupportedLanguage as error:
                skipped[part] = str(error)
        progress(done, len(jobs))
    return rows, skipped


def _row(job: Job, systems: Systems, results: _Results) -> Row:
    if (row := results.known(job.item.id)) is None:
        row = solve(job, systems)
        results.add(row)
    return row


def _figures(task: Task, rows: list[Row]) -> Iterator[Figure]:
    parts = _parts(rows)
    if task.overall:
        parts[task.overall] = rows
    for name in task.scorers:
        for part, chosen in parts.items():
            figure = _figure(SCORERS[name], part, chosen)
            if figure is not None:
                yield figure


def _lines(task: Task, rows: list[Row]) -> Iterator[Line]:
    for name in task.curves:
        for part, chosen in _parts(rows).items():
            if (found := line_of(CURVES[name], part, chosen)) is not None:
                yield found


def _parts(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each slice."""
    return {part: [row for row in rows if row.slice == part] for part in dict.fromkeys(row.slice for row in rows)}


def _figure(scorer: Scorer, part: str, rows: list[Row]) -> Figure | None:
    counted = [(row, blocks) for row in rows if (blocks := scorer.blocks(row))]
    table = [counts for _, blocks in counted for counts in blocks]
    if not any(any(counts) for counts in table):
        return None
    found, drawn = _interval(scorer, counted)
    return Figure(
        slice=part,
        scorer=scorer.name,
        title=scorer.title,
        lower_is_better=scorer.lower_is_better,
        unit=scorer.unit,
        value=found.value,
        low=found.low,
        high=found.high,
        n=len(counted),
        n_groups=found.n_groups,
        drawn=drawn,
        counts=tuple(sum(column) for column in zip(*table, strict=True)),
    )


def _interval(scorer: Scorer, counted: list[tuple[Row, Sequence[Counts]]]) -> tuple[Interval, str]:
    """The figure, and what was drawn: groups of items or, where there is one item only, blocks of it."""
    if len(counted) == 1:
        return interval(counted[0][1], scorer.figure), "blocks of one recording"
    table = [counts for _, blocks in counted for counts in blocks]
    groups = [row.group for row, blocks in counted for _ in blocks]
    return interval(table, scorer.figure, groups=groups), "groups"


def _summary(outcome: Outcome) -> dict[str, Any]:
    task = outcome.task
    chrf = any(name.startswith("chrf") for name in task.scorers)
    return {
        "task": task.name,
        "version": task.version,
        "title": task.title,
        "system": outcome.system,
        "voicedoc": __version__,
        "config": outcome.config,
        "models": outcome.models,
        "n_items": outcome.n_items,
        "bootstrap": {"n_resamples": N_RESAMPLES, "seed": SEED, "interval": "95 %, percentile"},
        "chrf_signature": chrf_signature() if chrf else "",
        "skipped": outcome.skipped,
        "figures": [asdict(figure) for figure in outcome.figures],
        **({"lines": [asdict(line) for line in outcome.lines]} if outcome.lines else {}),
    }


def _write_scores(outcome: Outcome) -> None:
    text = json.dumps(_summary(outcome), ensure_ascii=False, indent=1)
    (outcome.folder / "scores.json").write_text(text + "\n", "utf-8")
