"""Which of many voice prints are the same voice: agglomerative clustering in bounded memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicedoc.attribute.diarizer import Voice

Labels = NDArray[np.int64]

MAX_COMPARED = 2_000
"""Voice prints that are compared with all others: 16 MB of distances. Three hours have about six times as many."""

CLEAR_SECONDS = 1.0
"""Of speech by one voice alone: less gives a print that is too rough to found a cluster."""

SAME_VOICE = 0.4
"""Cosine distance up to which prints are never held to be two voices, however many speakers there should be."""

LEAST_SHARES = (0.05, 0.02, 0.01, 0.0)
"""Of all speech: how much each of a known number of speakers has, tried from the first on."""


def speakers_in(
    voices: NDArray[np.float32],
    seconds: NDArray[np.float64],
    *,
    threshold: float,
    least_seconds: float,
    n_speakers: int | None = None,
    at_least: int = 1,
    at_most: int = 8,
) -> NDArray[np.float32]:
    """The voices of the different speakers among `voices`, which are of unit length and heard for so many `seconds`.

    Shapes `(n_voices, n_dimensions)`, `(n_voices,)` and, of the result, `(n_speakers, n_dimensions)`.

    Average linkage by cosine distance over the clear ones, cut at `threshold`; clusters with less than `least_seconds`
    are no speaker. Where `n_speakers` is known, or `at_least` so many must be there, the highest cut that gives so
    many, each with a fair share of the speech; still there may be fewer.
    """
    chosen = _compared(seconds)
    tree = _tree(voices[chosen])
    if n_speakers is None:
        labels = _cut(tree, seconds[chosen], threshold, least_seconds, at_most)
        n_speakers = at_least if labels.max() + 1 < at_least else None
    if n_speakers is not None:
        labels = _cut_into(tree, seconds[chosen], n_speakers)
    return _centres(voices[chosen], labels)


def likeness_of_halves(voices: NDArray[np.float32]) -> float:
    """The mean cosine between the two most different groups of voices, shape `(n_voices, n_dimensions)`; 1.0 for one.

    The last merge of average linkage.
    """
    tree = _tree(voices)
    return 1.0 - float(tree[-1, 2]) if len(tree) else 1.0


def assign(likeness: NDArray[np.float32], at_once: NDArray[np.bool_]) -> Labels:
    """Which speaker each of a few voices is, by `likeness`, shape `(n_voices, n_speakers)`: the most alike first.

    Two that are heard at once, `at_once`, shape `(n_voices, n_voices)`, are two people, as far as there are so many.
    """
    labels = np.full(len(likeness), -1, np.int64)
    for voice in np.argsort(-likeness.max(axis=1), kind="stable"):
        taken = set(labels[at_once[voice]].tolist())
        free = [speaker for speaker in range(likeness.shape[1]) if speaker not in taken]
        labels[voice] = max(free or range(likeness.shape[1]), key=lambda speaker: likeness[voice, speaker])
    return labels


def _compared(seconds: NDArray[np.float64]) -> Labels:
    """The voices that found clusters: the clear ones, evenly over time where there are too many."""
    clear = np.flatnonzero(seconds >= min(CLEAR_SECONDS, float(seconds.max())))
    places = np.linspace(0, clear.size - 1, min(clear.size, MAX_COMPARED)).round().astype(np.int64)
    return clear[places]


def _tree(voices: NDArray[np.float32]) -> NDArray[np.float64]:
    """Merges as scipy writes them, shape `(n_voices - 1, 4)`: two clusters, their distance, the new one's size."""
    from scipy.cluster.hierarchy import linkage

    if len(voices) < 2:
        return np.zeros((0, 4))
    tree: NDArray[np.float64] = linkage(voices.astype(np.float64), "average", metric="cosine")
    return tree


def _cut(
    tree: NDArray[np.float64], seconds: NDArray[np.float64], threshold: float, least_seconds: float, at_most: int
) -> Labels:
    """The lowest cut from `threshold` on with at most so many clusters. -1: founds none."""
    for height in (threshold, *tree[tree[:, 2] > threshold, 2]):
        labels = _large(_labels(tree, height), seconds, least_seconds)
        if labels.max() < at_most:
            break
    return labels


def _cut_into(tree: NDArray[np.float64], seconds: NDArray[np.float64], n_speakers: int) -> Labels:
    """The highest cut with `n_speakers` clusters that each have their share; else with fewer. -1: founds none."""
    for n_wanted in range(n_speakers, 1, -1):
        for share in LEAST_SHARES:
            for height in np.unique(tree[tree[:, 2] > SAME_VOICE, 2])[::-1]:
                labels = _large(_labels(tree, np.nextafter(height, 0.0)), seconds, share * float(seconds.sum()))
                if labels.max() + 1 == n_wanted:
                    return labels
    return np.zeros(len(seconds), np.int64)


def _labels(tree: NDArray[np.float64], height: float) -> Labels:
    from scipy.cluster.hierarchy import fcluster

    if not len(tree):
        return np.zeros(1, np.int64)
    labels: Labels = fcluster(tree, height, criterion="distance").astype(np.int64) - 1
    return labels


def _large(labels: Labels, seconds: NDArray[np.float64], least: float) -> Labels:
    """The clusters that have `least` seconds, numbered anew from 0; -1 for the others. One at least is kept."""
    totals = np.bincount(labels, weights=seconds)
    kept = np.flatnonzero(totals >= min(least, float(totals.max())))
    numbers = np.full(totals.size, -1, np.int64)
    numbers[kept] = np.arange(kept.size)
    return numbers[labels]


def _centres(voices: NDArray[np.float32], labels: Labels) -> NDArray[np.float32]:
    sums = np.stack([voices[labels == label].sum(axis=0) for label in range(int(labels.max()) + 1)])
    return np.stack([unit(summed) for summed in sums])


def unit(voice: NDArray[np.float32]) -> Voice:
    """`voice` with length 1."""
    scaled: Voice = (voice / np.linalg.norm(voice)).astype(np.float32)
    return scaled
