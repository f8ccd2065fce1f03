"""A Ray cluster: being a driver of one, or starting one on this machine that ends with the run."""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from filelock import FileLock, Timeout

from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.jobs.stopping import StopRequests
from voicedoc.profiles import Profile
from voicedoc.registry import missing_package

LOCAL = "local"
"""The address of a cluster that is started on this machine and ends with the run."""

CONNECT = 10.0
"""Seconds until a cluster's address must answer."""

GRACE = 2.0
"""Seconds that a local cluster's processes have to end by themselves."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Ray cluster: `address` is "local", "auto", or HOST:PORT; and what each worker gets of it.

    `workers`: how many; None: as many as the cluster has room for, but not more than tasks. `gpus` per worker; None:
    one where the profile asks for CUDA.
    """

    address: str = LOCAL
    workers: int | None = None
    cores: int = 2
    gpus: float | None = None


@contextmanager
def joined(cluster: Cluster, stop: StopRequests) -> Generator[None, None, None]:
    """Be a driver of the cluster; a local one is started, and ended with all that it has written.

    Raises:
        KeyboardInterrupt: If somebody asked to stop before it was there.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # before the import, which reads it
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of a default that will change
    with ExitStack() as opened:
        options: dict[str, Any] = {}
        if cluster.address == LOCAL:
            opened.enter_context(_set(_guarded()))
            logs = opened.enter_context(_log_folder())
            options = _local_options(cluster, logs)
        elif cluster.address != "auto":
            _check_reachable(cluster.address)
        ray = ray_module()
        stop.check()
        before = _children()
        try:
            ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR", **options)
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            raise _no_cluster(cluster.address, error) from error
        finally:
            opened.callback(_leave, ray, [child for child in _children() if child not in before])
        stop.listen()  # Ray has taken SIGTERM for itself
        stop.check()
        yield


@contextmanager
def _log_folder(parent: Path | None = None) -> Iterator[str]:
    """A folder for Ray's logs and sockets, gone at the end. What drivers that were killed have left goes, too."""
    parent = parent or Path(_SHORT or gettempdir())
    for left in parent.glob(f"{_LOGS}*"):
        with suppress(Timeout, OSError):
            if time.time() - left.stat().st_mtime > _FRESH:
                with FileLock(left / _LOCK, timeout=0):
                    shutil.rmtree(left, ignore_errors=True)
    with (
        TemporaryDirectory(prefix=_LOGS, dir=parent, ignore_cleanup_errors=True) as folder,
        FileLock(Path(folder) / _LOCK, timeout=0),
    ):
        yield folder


def _children() -> list[Any]:
    """This process's own, as psutil has them, which Ray brings along."""
    children: list[Any] = importlib.import_module("psutil").Process().children()
    return children


def _leave(ray: Any, started: list[Any]) -> None:
    """Leave the cluster. Nothing of one that was started here stays: two of Ray's agents would live on for a minute."""
    psutil = importlib.import_module("psutil")
    own = list(started)
    for process in started:
        with suppress(psutil.NoSuchProcess):
            own += process.children(recursive=True)
    ray.shutdown()
    _, alive = psutil.wait_procs(own, timeout=GRACE)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=GRACE)


def _check_reachable(address: str) -> None:
    """Ray would go on trying for minutes.

    Raises:
        BackendUnavailable: If nothing answers there.
    """
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT).close()
    except ValueError as error:
        raise ConfigError(f"'{address}' is no address of a Ray cluster", remedy="local, auto, or HOST:PORT") from error
    except OSError as error:
        raise _no_cluster(address, error) from error


def _no_cluster(address: str, error: BaseException) -> BackendUnavailable:
    return BackendUnavailable(
        f"cannot join the Ray cluster at {address}: {first_line(error)}",
        remedy="check the address and that the cluster runs (`ray status`); RAY_AUTH_MODE=token where it takes work "
        "with a token only; or use --ray local",
    )


_SHORT = "/tmp" if Path("/tmp").is_dir() else None
"""Where Ray's sockets are: their paths may have about a hundred characters."""

_LOGS, _LOCK = "voicedoc-ray-", ".lock"
_FRESH = 60.0
"""Seconds in which a driver has locked the folder that it has made."""


@cache
def _guarded() -> Mapping[str, str]:
    """What keeps a local cluster to itself: it listens on loopback only, and takes work with a token only.

    Ray reads them once, when it is imported: one token for the life of this process, and Ray's own defaults for a
    program that has imported it before.
    """
    if "ray" in sys.modules:
        return {}
    return {
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
    }


def _local_options(cluster: Cluster, logs: str) -> dict[str, Any]:
    return {
        # Ray only counts: workers that were asked for may share cores
        "num_cpus": max(_cores_here(), (cluster.workers or 1) * cluster.cores),
        "object_store_memory": 80 * 2**20,  # tasks and figures are small
        "include_dashboard": False,
        "_temp_dir": logs,
    }


@contextmanager
def _set(variables: Mapping[str, str]) -> Generator[None, None, None]:
    """Environment variables for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def ray_module() -> Any:
    """Ray, where it is installed.

    Raises:
        BackendUnavailable: If it is not.
    """
    try:
        import ray
    except ImportError as error:
        raise missing_package(error, "ray") from error
    return ray


def _cores_here() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def room(cluster: Cluster, gpus: float) -> int:
    """How many workers there can be, of `gpus` each.

    Raises:
        BackendUnavailable: If there cannot be one.
    """
    there = ray_module().cluster_resources()
    fit = int(there.get("CPU", 0) // cluster.cores)
    if gpus:
        fit = min(fit, int(there.get("GPU", 0) / gpus))
    if fit < 1:
        wanted = f"{cluster.cores} cores" + (f" and {gpus:g} GPU" if gpus else "")
        raise BackendUnavailable(
            f"the Ray cluster has {there.get('CPU', 0):g} cores and {there.get('GPU', 0):g} GPUs; "
            f"a worker needs {wanted}",
            remedy="ask for less per worker, choose another profile, or add machines to the cluster",
        )
    return min(fit, cluster.workers or fit)


def gpus_for(cluster: Cluster, profile: Profile) -> float:
    """How many GPUs each worker gets."""
    if cluster.gpus is not None:
        return cluster.gpus
    specs = [profile.segment, profile.recognize, profile.diarize, profile.dialogue, *profile.translate]
    devices = [str(spec.options.get("device", "")) for spec in specs if spec]
    return float(any(device.startswith("cuda") for device in devices))
