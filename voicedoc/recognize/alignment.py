"""When each token was said, from where a decoder's attention rested while it wrote it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FILTER_WIDTH = 7
"""Positions over which attention is smoothed. Source: openai/whisper whisper/timing.py, medfilt_width."""


def starts_of(attention: NDArray[Any]) -> NDArray[np.int64]:
    """The position at which each token begins; shape `(n_tokens,)`, non-decreasing.

    `attention` has shape `(n_heads, n_tokens, n_positions)`.
    Source: openai/whisper whisper/timing.py, find_alignment: normalise per head, smooth, average, warp.
    """
    spread = attention.std(axis=1, keepdims=True)
    normal = (attention - attention.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return _first_positions(-_smoothed(normal).mean(axis=0))


def _smoothed(weights: NDArray[Any]) -> NDArray[Any]:
    """A running median over positions; as it is where there are fewer than `FILTER_WIDTH`."""
    side = FILTER_WIDTH // 2
    if weights.shape[-1] <= side:
        return weights
    padded = np.pad(weights, [(0, 0), (0, 0), (side, side)], mode="reflect")
    smooth: NDArray[Any] = np.median(np.lib.stride_tricks.sliding_window_view(padded, FILTER_WIDTH, axis=-1), axis=-1)
    return smooth


_DIAGONAL, _UP, _LEFT = 0, 1, 2


def _first_positions(cost: NDArray[Any]) -> NDArray[np.int64]:
    """Where the cheapest monotone path through `cost` (tokens × positions) enters each row."""
    came = _ways(cost)
    row, column = cost.shape
    entered = np.zeros(row, np.int64)
    while row > 0 and column > 0:
        entered[row - 1] = column - 1
        way = came[row, column]
        row, column = row - int(way != _LEFT), column - int(way != _UP)
    return entered


def _ways(cost: NDArray[Any]) -> NDArray[np.int8]:
    """Dynamic time warping: from which side each cell is reached at the least cost. Row and column 0 are the border."""
    n_rows, n_columns = cost.shape
    total = np.full((n_rows + 1, n_columns + 1), np.inf)
    came = np.zeros((n_rows + 1, n_columns + 1), np.int8)
    total[0, 0] = 0.0
    for row in range(1, n_rows + 1):
        for column in range(1, n_columns + 1):
            sides = (total[row - 1, column - 1], total[row - 1, column], total[row, column - 1])
            came[row, column] = way = min((_DIAGONAL, _UP, _LEFT), key=sides.__getitem__)
            total[row, column] = cost[row - 1, column - 1] + sides[way]
    return came
