"""Tasks on a Ray cluster: one worker process per GPU, or per few cores, each with models of its own.

The driver hands each worker one task at a time, and another when it is done. A worker that dies is replaced, and its
task done again. Results are in the file system: nothing but tasks, figures and errors goes over Ray.
"""

from __future__ import annotations

import os
import socket
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicedoc.batch import config_of
from voicedoc.errors import BackendUnavailable, ConfigError, VoiceDocError
from voicedoc.jobs.joining import Cluster, first_line, gpus_for, joined, ray_module, room
from voicedoc.jobs.plan import Task, longest_first
from voicedoc.jobs.stopping import StopRequests
from voicedoc.jobs.work import Order, Progress, Report, Transcriber, Watch, copied, nobody
from voicedoc.store.models import ModelStore

if TYPE_CHECKING:
    from ray import ObjectRef

MOST_DEATHS = 3
"""Workers that a task may kill before it is given up; and that may die in turn while they load their models."""

POLL = 0.5
"""Seconds between looks at how far the tasks are."""


def transcribe_on(
    cluster: Cluster,
    tasks: Sequence[Task],
    order: Order,
    *,
    watch: Watch = nobody,
    store: ModelStore | None = None,
    poll: float = POLL,
) -> Iterator[Report]:
    """Do the tasks, the longest first; a report as each is over. The cluster is not used if nothing is to be done.

    A task that is the `same_as` another one ends like that one, and is not done again.

    Ctrl-C or SIGTERM interrupts the tasks that workers have in hand; theirs are the last reports.

    Raises:
        KeyboardInterrupt: If it came when no worker had a task in hand yet, so that there is nothing to report.
        BackendUnavailable: If Ray is not installed, the cluster cannot be reached or has no room, or its workers die
            while they load their models.
        ConfigError: If a worker has other models, or another version of VoiceDoc, than this machine.
        VoiceDocError: If the engine cannot be loaded.
    """
    copies: dict[Path, list[Task]] = {}
    for task in tasks:
        if task.same_as:
            copies.setdefault(task.same_as, []).append(task)
    originals = [task for task in tasks if not task.same_as]
    with closing(_transcribed(cluster, originals, order, watch=watch, store=store, poll=poll)) as reports:
        for report in reports:
            yield report
            yield from (copied(task, report) for task in copies.get(report.task.path, ()))


def _transcribed(
    cluster: Cluster, tasks: Sequence[Task], order: Order, *, watch: Watch, store: ModelStore | None, poll: float
) -> Generator[Report, None, None]:
    """The reports of tasks that are no copies of others."""
    with Transcriber(order, store) as here:
        settled = [here.settle(task) for task in tasks]
        yield from (report for report in settled if report)
        waiting = longest_first(task for task, report in zip(tasks, settled, strict=True) if not report)
        if not waiting:
            return
        config = config_of(here.made_with)
    with StopRequests() as stop, joined(cluster, stop):
        crew = _Crew(cluster, waiting, _portable(order), config, watch, stop)
        try:
            yield from crew.reports(poll)
        finally:
            crew.dismiss()


def _portable(order: Order) -> Order:
    """The order as other machines understand it: with whole paths."""
    job = order.job
    voices = {role: path.absolute() for role, path in job.voices.items()}
    return replace(order, job=replace(job, voices=voices, turns=job.turns and job.turns.absolute()))


# --- the worker: what runs on the cluster


class Worker:
    """A process of the cluster with an engine of its own. One thread works, another says how far it is."""

    def __init__(self, order: Order, config: str, cores: int) -> None:
        os.environ["OMP_NUM_THREADS"] = str(cores)  # before any library reads it
        self._transcriber = Transcriber(order)
        self._config = config
        self._progress: Progress | None = None

    def load(self) -> str:
        """Load the engine; the machine's name.

        Raises:
            ConfigError: If results from here would not be those that the driver expects.
        """
        engine = self._transcriber.load()
        if config_of(self._transcriber.order.job.made_with_engine(engine)) != self._config:
            raise ConfigError(
                f"the worker on {socket.gethostname()} has other models, or another version of VoiceDoc",
                remedy="install the same version and pull the same models on every machine of the cluster",
            )
        return socket.gethostname()

    def do(self, task: Task, path: Path, folder: Path) -> Report:
        """Do a task; `path` and `folder` are what this machine calls its own."""
        self._progress = None
        report = self._transcriber.do(replace(task, path=path, folder=folder), self._take)
        return replace(report, task=task)

    def retry(self, task: Task, path: Path, folder: Path) -> Report:
        """Do a task that a worker has died of. It may have finished it, and died before it could say so."""
        fresh, self._transcriber.order = self._transcriber.order, replace(self._transcriber.order, resume=True)
        try:
            return self.do(task, path, folder)
        finally:
            self._transcriber.order = fresh

    def _take(self, progress: Progress) -> None:
        self._progress = progress

    def progress(self) -> Progress | None:
        """How far the task in hand is; None where it has not begun."""
        return self._progress


# --- the driver


@dataclass
class _Hand:
    """A worker as the driver sees it. `task` is None while it loads; `doing` is what it will answer."""

    actor: Any
    doing: ObjectRef[Any]
    task: Task | None = None
    asked: ObjectRef[Any] | None = None


class _Crew:
    """The workers of one run. Every task is in exactly one place: waiting, in one worker's hands, or reported."""

    def __init__(
        self,
        cluster: Cluster,
        tasks: Sequence[Task],
        order: Order,
        config: str,
        watch: Watch,
        stop: StopRequests,
    ) -> None:
        self._cluster, self._order, self._config, self._watch, self._stop = cluster, order, config, watch, stop
        self._ray = ray_module()
        self._gpus = gpus_for(cluster, order.engine.profile)
        self._waiting = deque(tasks)
        self._deaths: Counter[Task] = Counter()
        self._deaths_loading = 0
        self._hands: list[_Hand] = []
        self._hire(min(room(cluster, self._gpus), len(tasks)))

    def reports(self, poll: float) -> Iterator[Report]:
        """A report as each task is over, until all are, or somebody asks to stop."""
        while self._hands and not self._stop.asked:
            yield from self._answered(poll)
            self._look()
        interrupted = [Report(hand.task, "interrupted") for hand in self._hands if hand.task]
        yield from interrupted
        if self._hands and not interrupted:
            raise KeyboardInterrupt

    def dismiss(self) -> None:
        """End the workers, in the middle of whatever they do."""
        for hand in self._hands:
            self._ray.kill(hand.actor)
        self._hands = []

    def _hire(self, n: int) -> None:
        kind = self._ray.remote(
            num_cpus=self._cluster.cores, num_gpus=self._gpus, max_concurrency=2, max_restarts=0, max_task_retries=0
        )(Worker)
        for _ in range(n):
            actor = kind.remote(self._order, self._config, self._cluster.cores)
            self._hands.append(_Hand(actor, actor.load.remote()))

    def _answered(self, poll: float) -> Iterator[Report]:
        """The reports of the workers that are done by now, or within `poll` seconds; they get their next tasks."""
        ready, _ = self._ray.wait([hand.doing for hand in self._hands], timeout=poll)
        for hand in [hand for hand in self._hands if hand.doing in ready]:
            try:
                answer = self._ray.get(hand.doing)
            except self._ray.exceptions.RayActorError as death:
                yield from self._bury(hand, death)
                continue
            except self._ray.exceptions.RayTaskError as error:
                raise error.cause from error
            if hand.task:
                yield replace(answer, attempts=1 + self._deaths[hand.task])
            self._deaths_loading = 0
            self._next(hand)

    def _next(self, hand: _Hand) -> None:
        """Hand out the next task; dismiss the worker where there is none."""
        hand.task, hand.asked = None, None
        if not self._waiting:
            self._hands.remove(hand)
            self._ray.kill(hand.actor)
            return
        hand.task = self._waiting.popleft()
        do = hand.actor.retry if self._deaths[hand.task] else hand.actor.do
        hand.doing = do.remote(hand.task, hand.task.path.absolute(), hand.task.folder.absolute())

    def _bury(self, hand: _Hand, death: Exception) -> Iterator[Report]:
        """Replace a worker that has died, and have its task done again, unless it is the task that kills.

        Raises:
            BackendUnavailable: If workers cannot live here at all.
        """
        self._hands.remove(hand)
        self._ray.kill(hand.actor)  # it may only be out of reach
        if hand.task is None:
            self._deaths_loading += 1
            if self._deaths_loading >= MOST_DEATHS or getattr(death, "actor_init_failed", False):
                raise _unfit(death) from death
        elif self._die_of(hand.task) < MOST_DEATHS:
            self._waiting.append(hand.task)
        else:
            yield _killer(hand.task)
        self._hire(min(1, len(self._waiting) - self._n_loading()))

    def _die_of(self, task: Task) -> int:
        self._deaths[task] += 1
        return self._deaths[task]

    def _n_loading(self) -> int:
        return sum(hand.task is None for hand in self._hands)

    def _look(self) -> None:
        """Ask the workers how far they are, and tell what they have answered; never wait for an answer."""
        for hand in self._hands:
            if hand.task is None:
                continue
            if hand.asked is None:
                hand.asked = hand.actor.progress.remote()
            elif self._ray.wait([hand.asked], timeout=0)[0]:
                self._tell(hand, hand.asked)
                hand.asked = None

    def _tell(self, hand: _Hand, asked: ObjectRef[Any]) -> None:
        with suppress(self._ray.exceptions.RayActorError):  # its task's answer tells that it has died
            progress: Progress | None = self._ray.get(asked)
            if progress and hand.task:
                self._watch(replace(progress, task=hand.task))


def _unfit(death: Exception) -> VoiceDocError:
    return BackendUnavailable(
        f"the cluster's workers die before they have loaded their models: {first_line(death)}",
        remedy="install the same version of VoiceDoc on every machine; fewer workers, if memory is short",
    )


def _killer(task: Task) -> Report:
    return Report(
        task,
        "failed",
        message=f"{task.path} has killed its worker {MOST_DEATHS} times; out of memory, or a crash in a library",
        remedy="more cores per worker (fewer workers share the memory), or do it alone without --ray to see why",
        attempts=MOST_DEATHS,
    )
