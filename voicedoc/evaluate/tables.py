"""What all rows of a task say together: tables and, between languages, matrices, which the report colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.rows import Row

Cell: TypeAlias = str | float | int | None
"""None where nothing was measured."""


class Heat(NamedTuple):
    """The values at both ends of a matrix's colours. `good_is_high` says which end is the good one."""

    low: float
    high: float
    good_is_high: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table; where it has a `heat`, a matrix: each row is a label and then one value for each further column."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    heat: Heat | None = None

    def __post_init__(self) -> None:
        if uneven := [row for row in self.rows if len(row) != len(self.columns)]:
            raise ValueError(f"table '{self.name}' has {len(self.columns)} columns, but a row {uneven[0]!r}")


Tabled: TypeAlias = Callable[[Iterable[Row]], Iterator[Table]]
"""All rows of a task, which can be gone through again, to tables; to none where it has nothing to say of them."""


def matrix(
    name: str, title: str, labels: Sequence[str], values: NDArray[np.float64], heat: Heat, note: str = ""
) -> Table:
    """A square matrix, shape `(n_labels, n_labels)`; NaN is shown as nothing."""
    rows = tuple(
        (label, *(number(value) for value in line)) for label, line in zip(labels, values.tolist(), strict=True)
    )
    return Table(name, title, ("", *labels), rows, note, heat)


def number(value: float | None) -> float | None:
    """A figure rounded to what a report shows and a file keeps; None for NaN."""
    return None if value is None or np.isnan(value) else round(float(value), 5)
