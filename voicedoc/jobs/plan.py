"""Which result folder each recording gets, and which recordings are one."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicedoc.capture.decode import sha256_of
from voicedoc.capture.file import probe
from voicedoc.errors import AudioError
from voicedoc.jobs.find import Recording
from voicedoc.store.results import SUFFIX, read_result


@dataclass(frozen=True, slots=True)
class Task:
    """A recording and its result folder. `duration` in seconds and `n_channels`, where the file says them.

    `same_as` is an earlier recording with the same bytes: its results, in `folder`, are this one's, too.
    """

    path: Path
    folder: Path
    duration: float | None = None
    same_as: Path | None = None
    n_channels: int | None = None


def plan(recordings: Sequence[Recording], out: Path | None = None) -> list[Task]:
    """A task for each recording, in the same order. Reads headers, and the whole of files that are of one size.

    A recording that is alone gets `out` itself. Any other gets `STEM.voicedoc` in `out`, or here, in folders like those
    in which it lay; where two would get the same, the suffix comes into the name, then the folder, then a digest.
    One that has its results under another of these names, from before a recording came or went, keeps them there.
    """
    folders = _folders(recordings, out)
    firsts = _firsts([recording.path for recording in recordings])
    return [_task(path, folders, firsts.get(path, path)) for path, *_ in recordings]


def _task(path: Path, folders: Mapping[Path, Path], first: Path) -> Task:
    if first != path:
        return Task(path, folders[first], same_as=first)
    try:
        probed = probe(path)
    except AudioError:  # told when its turn comes
        return Task(path, folders[path])
    return Task(path, folders[path], probed.duration, n_channels=probed.n_channels)


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
    return _kept(recordings, chosen, root)


def _kept(recordings: Sequence[Recording], chosen: Mapping[Path, Path], root: Path) -> dict[Path, Path]:
    """The folders; for a recording whose own holds no results, another of its names that holds them."""
    kept, taken = dict(chosen), set(map(_folded, chosen.values()))
    for path, below, _ in recordings:
        if read_result(chosen[path]):
            continue
        for folder in (root / below / name(path) for name in _NAMES):
            if _folded(folder) not in taken and _was_made_from(folder, path):
                kept[path] = folder
                taken.add(_folded(folder))
                break
    return kept


def _was_made_from(folder: Path, path: Path) -> bool:
    result = read_result(folder)
    try:
        return result is not None and result.key.recording == sha256_of(path)
    except AudioError:
        return False


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
