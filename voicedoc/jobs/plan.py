"""Which result folder each recording gets, and which recordings are one."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicedoc.capture.decode import sha256_of
from voicedoc.capture.file import probe
from voicedoc.errors import AudioError
from voicedoc.jobs.find import Recording
from voicedoc.store.results import SUFFIX


@dataclass(frozen=True, slots=True)
class Task:
    """A recording and its result folder. `duration` in seconds, where the file says it.

    `same_as` is an earlier recording with the same bytes: its results, in `folder`, are this one's, too.
    """

    path: Path
    folder: Path
    duration: float | None = None
    same_as: Path | None = None


def plan(recordings: Sequence[Recording], out: Path | None = None) -> list[Task]:
    """A task for each recording, in the same order. Reads headers, and the whole of files that are of one size.

    A recording that is alone gets `out` itself. Any other gets `STEM.voicedoc` in `out`, or here, in folders like those
    in which it lay; where two would get the same, the suffix comes into the name, then the folder, then a digest.
    """
    folders = _folders(recordings, out)
    firsts = _firsts([recording.path for recording in recordings])
    return [
        Task(recording.path, folders[recording.path], _duration(recording.path))
        if (first := firsts.get(recording.path, recording.path)) == recording.path
        else Task(recording.path, folders[first], same_as=first)
        for recording in recordings
    ]


def longest_first(tasks: Iterable[Task]) -> list[Task]:
    """The order in which several workers are done soonest. Those of unknown length come last."""
    return sorted(tasks, key=lambda task: -(task.duration or 0.0))


def _folders(recordings: Sequence[Recording], out: Path | None) -> dict[Path, Path]:
    if len(recordings) == 1 and recordings[0].alone and out is not None:
        return {recordings[0].path: out}
    root, chosen, taken = out or Path(), dict[Path, Path](), set[str]()
    waiting = list(recordings)
    for name in _NAMES:
        wanted = {recording.path: recording.below / name(recording.path) for recording in waiting}
        counts = Counter(map(_folded, wanted.values()))
        fit = {
            path: root / folder
            for path, folder in wanted.items()
            if counts[_folded(folder)] == 1 and _folded(folder) not in taken
        }
        chosen |= fit
        taken |= {_folded(wanted[path]) for path in fit}
        waiting = [recording for recording in waiting if recording.path not in fit]
    return chosen


def _folded(folder: Path) -> str:
    """What is one name to some file systems is one to all."""
    return str(folder).casefold()


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]


_NAMES: tuple[Callable[[Path], str], ...] = (
    lambda path: f"{path.stem}{SUFFIX}",
    lambda path: f"{path.name}{SUFFIX}",
    lambda path: f"{path.absolute().parent.name}-{path.name}{SUFFIX}",
    lambda path: f"{path.name}-{_digest(path)}{SUFFIX}",
)
"""Names for a result folder, best first. The last is one recording's only."""


def _firsts(paths: Sequence[Path]) -> dict[Path, Path]:
    """The first recording that has the same bytes, for each that shares its size with another."""
    sizes = {path: size for path in paths if (size := _size(path))}
    shared = Counter(sizes.values())
    first_of: dict[str, Path] = {}
    firsts = {}
    for path in (path for path in sizes if shared[sizes[path]] > 1):
        try:
            firsts[path] = first_of.setdefault(sha256_of(path), path)
        except AudioError:
            continue  # told when its turn comes
    return firsts


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _duration(path: Path) -> float | None:
    """None also for what cannot be read: that is told when its turn comes."""
    try:
        return probe(path).duration
    except AudioError:
        return None
