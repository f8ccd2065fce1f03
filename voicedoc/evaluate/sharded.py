"""A task's jobs on a Ray cluster: worker processes with systems of their own, and one place where replies are kept.

Rows come to the driver, which writes them; replies go to a process beside it, which writes them before anybody uses
them. So a worker, or the driver, may die at any moment: what was replied is never asked for again.
"""

from __future__ import annotations

import os
import socket
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.replies import Kept, Replies, Spent, StoredReplies
from voicedoc.evaluate.solve import Job, failed
from voicedoc.evaluate.solving import ABREAST, Solved, Solver, solved
from voicedoc.jobs.joining import Cluster, first_line, gpus_for, joined, ray_module, room
from voicedoc.jobs.stopping import StopRequests
from voicedoc.profiles import Profile

if TYPE_CHECKING:
    from ray import ObjectRef

MOST_DEATHS = 3
"""Workers that a job may kill before it is given up; and that may die in turn while they load."""

POLL = 0.5
"""Seconds between looks at whether somebody wants to stop."""


@dataclass(frozen=True, slots=True)
class SystemsSpec:
    """What `ProfileSystems` are made of, on any machine."""

    profile: Profile
    dialogue: str = ""
    judge: str = ""

    def open(self, replies: Replies, *, sharing: int = 1) -> ProfileSystems:
        """Make them; models are loaded when they are first needed."""
        return ProfileSystems(self.profile, dialogue=self.dialogue, judge=self.judge, replies=replies, sharing=sharing)


def sharded(cluster: Cluster, spec: SystemsSpec, replies: Path, kind: str, *, poll: float = POLL) -> Solver:
    """A `Solver` on a cluster for one kind of task. It is not joined where nothing is left to do.

    Raises:
        KeyboardInterrupt: If somebody asked to stop. What was solved stands.
        BackendUnavailable: If Ray is not installed, the cluster cannot be reached or has no room, or its workers die
            while they load.
        ConfigError: If a worker has other models, or another version of VoiceDoc, than this machine.
    """

    def solve(jobs: Iterator[Job]) -> Iterator[Solved]:
        first = next(jobs, None)
        if first is None:
            return
        with StopRequests() as stop, joined(cluster, stop):
            crew = _Crew(cluster, spec, replies, kind)
            try:
                yield from crew.solve(first, jobs, stop, poll)
            finally:
                crew.dismiss()

    return solve


# --- what runs on the cluster


class Keeper:
    """The process where replies are kept."""

    def __init__(self, path: Path) -> None:
        self._replies = StoredReplies(path)

    def get(self, key: bytes) -> Kept | None:
        """See `Replies`."""
        return self._replies.get(key)

    def put(self, key: bytes, model: str, kept: Kept) -> None:
        """See `Replies`."""
        self._replies.put(key, model, kept)

    def spent(self) -> dict[str, Spent]:
        """See `Replies`."""
        return self._replies.spent()


class _Kept:
    """The `Replies` of a `Keeper`, from anywhere on the cluster."""

    def __init__(self, keeper: Any) -> None:
        self._keeper, self._ray = keeper, ray_module()

    def get(self, key: bytes) -> Kept | None:
        found: Kept | None = self._ray.get(self._keeper.get.remote(key))
        return found

    def put(self, key: bytes, model: str, kept: Kept) -> None:
        self._ray.get(self._keeper.put.remote(key, model, kept))

    def spent(self) -> dict[str, Spent]:
        spent: dict[str, Spent] = self._ray.get(self._keeper.spent.remote())
        return spent


def _made_of(systems: ProfileSystems) -> str:
    """Everything that rows from some machine depend on."""
    return f"{systems.fingerprint} {dict(systems.meaning_models)}"


class Worker:
    """A process of the cluster with systems of its own."""

    def __init__(self, spec: SystemsSpec, keeper: Any, sharing: int, cores: int) -> None:
        os.environ["OMP_NUM_THREADS"] = str(cores)  # before any library reads it
        self._systems = spec.open(_Kept(keeper), sharing=sharing)

    def load(self, fingerprint: str) -> int:
        """Be ready; this process's number.

        Raises:
            ConfigError: If results from here would not be those that the driver expects.
        """
        if _made_of(self._systems) != fingerprint:
            raise ConfigError(
                f"the worker on {socket.gethostname()} has other models, or another version of VoiceDoc",
                remedy="install the same version and pull the same models on every machine of the cluster",
            )
        return os.getpid()

    def solve(self, job: Job) -> Solved:
        """What comes of a job."""
        return solved(job, self._systems)


# --- the driver


@dataclass
class _Hand:
    """A worker as the driver sees it. `alone`: it has one job that others may have died of, and gets no other."""

    actor: Any
    loading: ObjectRef[Any] | None
    doing: dict[ObjectRef[Any], Job] = field(default_factory=dict)
    alone: bool = False

    @property
    def awaited(self) -> list[ObjectRef[Any]]:
        """What it will answer."""
        return [self.loading] if self.loading else list(self.doing)


class _Crew:
    """The workers of one run. Every job is waiting, in one worker's hands, or over."""

    def __init__(self, cluster: Cluster, spec: SystemsSpec, replies: Path, kind: str) -> None:
        self._ray, self._cluster, self._spec = ray_module(), cluster, spec
        self._gpus = gpus_for(cluster, spec.profile)
        self._n_workers = room(cluster, self._gpus)
        with spec.open(StoredReplies(), sharing=self._n_workers) as here:
            self._fingerprint = _made_of(here)
            self._at_once = here.at_once if kind in ABREAST else 1
        self._keeper = self._hire_keeper(replies)
        self._deaths: Counter[str] = Counter()
        self._deaths_loading = 0
        self._suspects: deque[Job] = deque()
        self._hands: list[_Hand] = []
        self._jobs: Iterator[Job] = iter(())
        self._next: Job | None = None

    def solve(self, first: Job, jobs: Iterator[Job], stop: StopRequests, poll: float) -> Iterator[Solved]:
        """What comes of each job, until all are over."""
        self._jobs, self._next = jobs, first
        while self._next or self._suspects or any(hand.doing for hand in self._hands):
            stop.check()
            self._hire()
            for hand in self._hands:
                self._hand_out(hand)
            ready, _ = self._ray.wait([ref for hand in self._hands for ref in hand.awaited], timeout=poll)
            for hand in list(self._hands):
                yield from self._heard(hand, [ref for ref in hand.awaited if ref in ready])

    def dismiss(self) -> None:
        """End the workers, in the middle of whatever they do, and the keeper."""
        for hand in self._hands:
            self._ray.kill(hand.actor)
        self._ray.kill(self._keeper)
        self._hands = []

    def _hire_keeper(self, replies: Path) -> Any:
        """On this machine, which has the file."""
        here = self._ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(
            self._ray.get_runtime_context().get_node_id(), soft=False
        )
        kind = self._ray.remote(num_cpus=0, scheduling_strategy=here, max_restarts=-1, max_task_retries=-1)(Keeper)
        return kind.remote(replies.absolute())

    def _hire(self) -> None:
        """Have as many workers as there is work for."""
        kind = self._ray.remote(
            num_cpus=self._cluster.cores,
            num_gpus=self._gpus,
            max_concurrency=self._at_once,
            max_restarts=0,
            max_task_retries=0,
        )(Worker)
        n_wanted = self._n_workers if self._next else min(self._n_workers, len(self._suspects))
        while len(self._hands) < n_wanted:
            actor = kind.remote(self._spec, self._keeper, self._n_workers, self._cluster.cores)
            self._hands.append(_Hand(actor, actor.load.remote(self._fingerprint)))

    def _hand_out(self, hand: _Hand) -> None:
        """Give a worker as much as keeps it busy; or one suspect, when it has nothing else."""
        if hand.loading:
            return
        if not self._next and self._suspects and not hand.doing:
            hand.alone = True
            self._give(hand, self._suspects.popleft())
        while self._next and not hand.alone and len(hand.doing) < 2 * self._at_once:
            self._give(hand, self._next)
            self._next = next(self._jobs, None)

    def _give(self, hand: _Hand, job: Job) -> None:
        hand.doing[hand.actor.solve.remote(job)] = job

    def _heard(self, hand: _Hand, ready: list[ObjectRef[Any]]) -> Iterator[Solved]:
        """What a worker has answered."""
        for ref in ready:
            try:
                answer = self._ray.get(ref)
            except self._ray.exceptions.RayActorError as death:
                yield from self._bury(hand, death)
                return
            except self._ray.exceptions.RayTaskError as error:
                raise error.cause from error
            if hand.loading:
                hand.loading = None
                self._deaths_loading = 0
            else:
                del hand.doing[ref]
                hand.alone = False
                yield answer

    def _bury(self, hand: _Hand, death: Exception) -> Iterator[Solved]:
        """Have the jobs of a worker that has died done again, one at a time: one of them may have killed it.

        Raises:
            BackendUnavailable: If workers cannot live here at all.
        """
        self._hands.remove(hand)
        self._ray.kill(hand.actor)  # it may only be out of reach
        self._deaths_loading += hand.loading is not None
        if self._deaths_loading >= MOST_DEATHS or getattr(death, "actor_init_failed", False):
            raise BackendUnavailable(
                f"the cluster's workers die before they are ready: {first_line(death)}",
                remedy="install the same version of VoiceDoc on every machine; fewer workers, if memory is short",
            ) from death
        for job in hand.doing.values():
            self._deaths[job.item.id] += 1
            if self._deaths[job.item.id] < MOST_DEATHS:
                self._suspects.append(job)
            else:
                yield Solved(job, failed(job, f"BackendFailed: it has killed its worker {MOST_DEATHS} times"))
