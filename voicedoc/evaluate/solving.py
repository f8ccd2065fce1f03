"""The jobs of a run, solved: one after another, or several at once where a server can answer several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeAlias

from voicedoc.errors import UnsupportedLanguage
from voicedoc.evaluate.results import Results
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.solve import Job, solve
from voicedoc.evaluate.systems import Systems

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each item: how many are done, of how many."""

ABREAST = frozenset({"asking", "agreement", "trees", "arena"})
"""Kinds of task whose systems are asked for replies, meanings and translations only, which any thread may do."""


class Solved(NamedTuple):
    """What came of a job. Without a row, `reason` says why the systems cannot do its slice at all."""

    job: Job
    row: Row | None
    reason: str = ""


Solver: TypeAlias = Callable[[Iterator[Job]], Iterator[Solved]]
"""Solves jobs, taking them as it comes to them; in any order."""


def solved(job: Job, systems: Systems) -> Solved:
    """What comes of one job."""
    try:
        return Solved(job, solve(job, systems))
    except UnsupportedLanguage as error:
        return Solved(job, None, str(error))


def solver_for(kind: str, systems: Systems) -> Solver:
    """Several jobs at once, where the kind of task and the systems allow it."""
    if kind in ABREAST and systems.at_once > 1:
        return partial(abreast, systems=systems)
    return lambda jobs: (solved(job, systems) for job in jobs)


def abreast(jobs: Iterator[Job], systems: Systems) -> Iterator[Solved]:
    """Jobs on as many threads as the systems can answer at once, as each is done."""
    threads = ThreadPoolExecutor(systems.at_once, "evaluate")
    waiting: set[Future[Solved]] = set()
    try:
        while True:
            waiting |= {
                threads.submit(solved, job, systems) for job in islice(jobs, 2 * systems.at_once - len(waiting))
            }
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)  # who still waits for a server gives up when that is closed


def solve_all(
    jobs: Iterable[Job], solver: Solver, results: Results, *, n_jobs: int, progress: Progress
) -> dict[str, str]:
    """Solve what `results` does not have, into them. Why slices were left out, by their names."""
    run = _Run(results, n_jobs, progress)
    for found in solver(run.unsolved(jobs)):
        run.take(found)
    return run.skipped


class _Run:
    """How far a run is."""

    def __init__(self, results: Results, n_jobs: int, progress: Progress) -> None:
        self._results, self._n_jobs, self._progress = results, n_jobs, progress
        self._n_done = 0
        self.skipped: dict[str, str] = {}

    def unsolved(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The jobs that are left to do, of slices that can be done as far as is known."""
        for job in jobs:
            if job.item.slice in self.skipped or self._results.expect(job):
                self._tick()
            else:
                yield job

    def take(self, found: Solved) -> None:
        """Keep what came of a job."""
        if found.row is None:
            self.skipped.setdefault(found.job.item.slice, found.reason)
        else:
            self._results.add(found.job, found.row)
        self._tick()

    def _tick(self) -> None:
        self._n_done += 1
        self._progress(self._n_done, self._n_jobs)
