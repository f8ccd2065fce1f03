"""Words of a reference beside those of a hypothesis, and errors counted where they happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.languages import primary
from voicedoc.evaluate.rows import Said
from voicedoc.evaluate.text import NO_SPACES, normalise
from voicedoc.registry import missing_package

Tally = NDArray[np.float64]
"""Errors and units for each place of the reference, shape `(n_places, 2)`."""

BLOCK = 10
"""Consecutive places that the bootstrap draws as one, where there is one recording only."""


class Unit(NamedTuple):
    """A normalised word, or a character where writing does not part words. `place` counts what was `Said`."""

    text: str
    place: int
    speaker: str = ""
    role: str = ""


class Pair(NamedTuple):
    """A unit of the reference and one of the hypothesis, by number; None where the other has none."""

    reference: int | None
    hypothesis: int | None
    is_error: bool


def units(said: Sequence[Said]) -> list[Unit]:
    """The units of what was said, each normalised by its own language."""
    return [Unit(text, place, part.speaker, part.role) for place, part in enumerate(said) for text in _split(part)]


def _split(said: Said) -> list[str]:
    text = normalise(said.text, said.language)
    return list(text) if primary(said.language) in NO_SPACES else text.split()


def align(reference: Sequence[str], hypothesis: Sequence[str]) -> list[Pair]:
    """The steps of one alignment with the fewest errors."""
    if not reference:
        return [Pair(None, at, True) for at in range(len(hypothesis))]
    if not hypothesis:
        return [Pair(at, None, True) for at in range(len(reference))]
    steps = jiwer().process_words(" ".join(reference), " ".join(hypothesis)).alignments[0]
    return [pair for step in steps for pair in _pairs(step)]


def _pairs(step: Any) -> Iterator[Pair]:
    ours = range(step.ref_start_idx, step.ref_end_idx)
    theirs = range(step.hyp_start_idx, step.hyp_end_idx)
    if step.type in ("equal", "substitute"):
        yield from (Pair(one, other, step.type != "equal") for one, other in zip(ours, theirs, strict=True))
    yield from (Pair(one, None, True) for one in ours if step.type == "delete")
    yield from (Pair(None, other, True) for other in theirs if step.type == "insert")


def tally(reference: Sequence[Unit], hypothesis: Sequence[Unit], n_places: int) -> Tally:
    """Errors and reference units by place. An inserted unit counts where the last unit before it was said.

    Where nothing was said, units of the hypothesis count at their own places, below `n_places`; see `spread`.
    """
    table = np.zeros((n_places, 2))
    if not reference:
        np.add.at(table[:, 0], [unit.place for unit in hypothesis], 1)
        return table
    place = reference[0].place
    for pair in align([unit.text for unit in reference], [unit.text for unit in hypothesis]):
        if pair.reference is not None:
            place = reference[pair.reference].place
            table[place, 1] += 1
        table[place, 0] += pair.is_error
    return table


def spread(found: Sequence[Unit], n_found: int, n_places: int) -> list[Unit]:
    """Units of a hypothesis of `n_found` parts with the places of the reference that are about as far along."""
    return [unit._replace(place=unit.place * n_places // max(1, n_found)) for unit in found]


def blocks(table: Tally) -> list[tuple[float, ...]]:
    """Sums over runs of `BLOCK` places; what is left over is a run of its own or, below half of one, in the last."""
    if not len(table):
        return []
    starts = np.arange(0, max(1, len(table) - BLOCK // 2), BLOCK)
    return [tuple(map(float, row)) for row in np.add.reduceat(table, starts, axis=0)]


def jiwer() -> Any:
    """The package jiwer.

    Raises:
        BackendUnavailable: If it is not installed.
    """
    try:
        import jiwer as package
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    return package
