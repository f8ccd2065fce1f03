"""Runs a task: solves what has not been solved yet, scores, and writes results, scores and report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicedoc import __version__
from voicedoc.errors import BackendUnavailable, ConfigError, CorpusError
from voicedoc.evaluate.asking import wordings_fingerprint
from voicedoc.evaluate.battles import battles_fingerprint, named_models
from voicedoc.evaluate.consult_doctors import doctors_fingerprint
from voicedoc.evaluate.curves import Line, line_of
from voicedoc.evaluate.drawing import drawing_fingerprint
from voicedoc.evaluate.figures import Figure, figures_of
from voicedoc.evaluate.items import Items
from voicedoc.evaluate.latency import write_logs
from voicedoc.evaluate.loop import loop_fingerprint
from voicedoc.evaluate.report import write_report
from voicedoc.evaluate.results import Results
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scorers import CURVES, SCORERS, TABLES
from voicedoc.evaluate.scores import bleu_signature, chrf_signature
from voicedoc.evaluate.solve import Job, jobs_of
from voicedoc.evaluate.solving import ABREAST, Progress, Solver, solve_all, solver_for
from voicedoc.evaluate.spending import Bill
from voicedoc.evaluate.statistics import N_RESAMPLES, SEED
from voicedoc.evaluate.systems import Systems
from voicedoc.evaluate.tables import Table
from voicedoc.evaluate.tasks import Task

PACKAGES = (
    "gensim", "jiwer", "matplotlib", "meeteval", "py3langid", "pyannote.metrics", "sacrebleu", "scipy", "sklearn",
    "whisper_normalizer",
)  # fmt: skip
"""What scores and reports import, of the extra `evaluate`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task gave. `skipped` says, by slice, what the systems cannot do.

    `model` is the dialogue model that was asked, `judge` the one that judged; "" where there was none.
    """

    task: Task
    system: str
    config: str
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    models: dict[str, str]
    bills: tuple[Bill, ...]
    skipped: dict[str, str]
    model: str
    judge: str
    languages: tuple[str, ...]
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
    solver: Solver | None = None,
) -> Outcome:
    """Measure `systems` on `task` and write `results.jsonl`, `scores.json` and `report.html` into `out/<task>`.

    Items that an earlier run with the same task, data, settings and models has solved are not solved again. Solved ones
    are not held in memory. A `solver` takes the place of solving them here.

    Raises:
        BackendUnavailable: If a package that scoring needs is not installed; before anything is measured.
        ConfigError: If there is nothing to measure.
        CorpusError: If data is missing.
    """
    _require_packages()
    folder = out / task.name
    folder.mkdir(parents=True, exist_ok=True)
    beside = _beside(task, systems)
    asking = _wordings(task, systems) + "".join(f" {name}={digest}" for name, digest in beside.items())
    config = hashlib.sha256(f"{task.sha256} {systems.fingerprint}{asking}".encode()).hexdigest()
    items = Items(task, root, limit)
    n_jobs = _count(jobs_of(task, items, systems))
    with Results(folder / "results.jsonl", config) as results:
        skipped = solve_all(
            jobs_of(task, items, systems),
            solver or solver_for(task.kind, systems),
            results,
            n_jobs=n_jobs,
            progress=progress or (lambda _done, _total: None),
        )
        rows = results.finish()
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
        figures=tuple(figures_of([SCORERS[name] for name in task.scorers], rows, overall=task.overall)),
        lines=tuple(_lines(task, rows)),
        tables=tuple(table for name in task.tables for table in TABLES[name](rows)),
        models={**systems.models, **beside},
        bills=systems.bills(used for row in rows for used in row.used),
        skipped=skipped,
        languages=tuple(dict.fromkeys(row.language for row in rows)),
        model=systems.model if task.kind in _ASKING else "",
        judge=systems.judge if task.data.draw.judged or task.kind == "arena" else "",
        n_items=len(rows),
        n_resumed=results.n_resumed,
        folder=folder,
    )
    _write_scores(outcome)
    write_logs(folder, rows)
    write_report(folder / "report.html", _summary(outcome))
    return outcome


def _wordings(task: Task, systems: Systems) -> str:
    """A digest over what is asked, and out of what documents it is answered."""
    of = {
        "consult": doctors_fingerprint,
        "asking": wordings_fingerprint,
        "agreement": wordings_fingerprint,
        "trees": drawing_fingerprint,
        "arena": battles_fingerprint,
        "loop": loop_fingerprint,
    }
    return of.get(task.kind, str)() + (systems.documents.fingerprint if _looks_up(task) else "")


def _count(jobs: Iterable[Job]) -> int:
    """Raises: CorpusError: If two are called the same: the rows of one would be taken for the other's."""
    names: set[str] = set()
    for job in jobs:
        if job.item.id in names:
            raise CorpusError(f"two items are called '{job.item.id}'", remedy="give each an id of its own")
        names.add(job.item.id)
    return len(names)


_ASKING = ABREAST | {"loop"}
"""Kinds of task that ask a dialogue model."""

_EMBEDDING = frozenset({"asking", "agreement", "loop"})
"""Kinds of task whose rows have likenesses in meaning."""


def _beside(task: Task, systems: Systems) -> dict[str, str]:
    """The digests of models that are no part of the systems in every task: what tells meanings, and contestants."""
    names = task.data.answerers if task.kind == "arena" else ()
    embeds = task.kind in _EMBEDDING or _looks_up(task)
    return dict(map(systems.called, named_models(names))) | (dict(systems.meaning_models) if embeds else {})


def _looks_up(task: Task) -> bool:
    return task.kind == "retrieval" or any(who.startswith("documents") for who in task.data.answerers)


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


def _lines(task: Task, rows: Sequence[Row]) -> Iterator[Line]:
    parts = _parts(rows) if task.curves else {}
    for name in task.curves:
        for part, chosen in parts.items():
            if (found := line_of(CURVES[name], part, chosen)) is not None:
                yield found


def _parts(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each slice."""
    return {part: [row for row in rows if row.slice == part] for part in dict.fromkeys(row.slice for row in rows)}


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
        "model": outcome.model,
        "judge": outcome.judge,
        "replies": [asdict(bill) for bill in outcome.bills],
        "n_items": outcome.n_items,
        "bootstrap": {"n_resamples": N_RESAMPLES, "seed": SEED, "interval": "95 %, percentile"},
        "chrf_signature": chrf_signature() if chrf else "",
        "bleu_signature": bleu_signature(outcome.languages) if "bleu" in task.scorers else "",
        "skipped": outcome.skipped,
        "figures": [asdict(figure) for figure in outcome.figures],
        **({"lines": [asdict(line) for line in outcome.lines]} if outcome.lines else {}),
        **({"tables": [asdict(table) for table in outcome.tables]} if outcome.tables else {}),
    }


def _write_scores(outcome: Outcome) -> None:
    text = json.dumps(_summary(outcome), ensure_ascii=False, indent=1)
    (outcome.folder / "scores.json").write_text(text + "\n", "utf-8")
