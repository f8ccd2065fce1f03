"""From windows that overlap to one timeline: who speaks in each frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Labels = NDArray[np.int64]


class Run(NamedTuple):
    """Frames `[first, stop)` in which `speaker`, a column, is heard without a break."""

    first: int
    stop: int
    speaker: int


def window_starts(n_samples: int, window: int, step: int) -> range:
    """Where windows begin so that every sample is in one; the last may reach over the end."""
    n_more = -(-max(0, n_samples - window) // step)
    return range(0, (n_more + 1) * step if n_samples else 0, step)


def speaking(active: Flags, labels: Labels, first_frames: NDArray[np.int64], n_speakers: int) -> Flags:
    """Who speaks in each frame of the recording, shape `(n_frames, n_speakers)`.

    `active`, shape `(n_windows, n_frames_per_window, n_local)`, says which of a window's own speakers is heard;
    `labels`, shape `(n_windows, n_local)`, which speaker of the recording that is, or -1. As many speak at once as the
    windows over that frame say on average, and those speak on whom most windows agree.
    """
    n_inside = active.shape[1]
    n_frames = int(first_frames[-1]) + n_inside
    votes = np.zeros((n_frames, n_speakers), np.float32)
    counts, n_windows = np.zeros(n_frames, np.float32), np.zeros(n_frames, np.float32)
    for here, local, first in zip(active, labels, first_frames, strict=True):
        counts[first : first + n_inside] += here.sum(axis=1)
        n_windows[first : first + n_inside] += 1
        for speaker in np.unique(local[local >= 0]):
            votes[first : first + n_inside, speaker] += here[:, local == speaker].any(axis=1)
    n_at_once = np.rint(counts / np.maximum(n_windows, 1))
    ranks = np.argsort(np.argsort(-votes, axis=1, kind="stable"), axis=1, kind="stable")
    flags: Flags = (ranks < n_at_once[:, np.newaxis]) & (votes > 0)
    return flags


def runs(flags: Flags, *, least: int = 1) -> Iterator[Run]:
    """Every unbroken run of `least` frames or more in `flags`, shape `(n_frames, n_speakers)`, speaker by speaker."""
    for speaker, column in enumerate(flags.T):
        edges = np.flatnonzero(np.diff(column.astype(np.int8), prepend=0, append=0))
        bounds = edges.reshape(-1, 2)
        for first, stop in bounds[np.diff(bounds, axis=1)[:, 0] >= least].tolist():
            yield Run(first, stop, speaker)
