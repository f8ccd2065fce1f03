"""Sentence vectors that are computed once: kept in memory, and in a file where there is a folder for them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicedoc.phrases.role import SentenceEmbedder

log = logging.getLogger(__name__)


class Vectors:
    """Vectors by `embedder`. Those of a whole list are kept in `folder`, by the model's name and the texts' digest."""

    def __init__(self, embedder: SentenceEmbedder, folder: Path | None = None) -> None:
        self._embedder, self._folder = embedder, folder

    def of_bank(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of a language's wordings, shape `(len(texts), n_dimensions)`."""
        if self._folder is None:
            return self._embedder.embed(texts)
        path = self._folder / f"{self._digest(texts)}.npy"
        if path.is_file() and (kept := _read(path, len(texts))) is not None:
            return kept
        made = self._embedder.embed(texts)
        _write(path, made)
        return made

    def of_query(self, text: str) -> NDArray[np.float32]:
        """The vector of what was said, shape `(n_dimensions,)`. Never written to a file."""
        vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        return vector

    def _digest(self, texts: Sequence[str]) -> str:
        return hashlib.sha256("\n".join([self._embedder.name, *texts]).encode()).hexdigest()[:32]


def _read(path: Path, n_texts: int) -> NDArray[np.float32] | None:
    """What is kept; None where the file is damaged: it can be made again."""
    try:
        kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return kept if kept.ndim == 2 and len(kept) == n_texts else None


def _write(path: Path, vectors: NDArray[np.float32]) -> None:
    """Keep them. Where that is not possible they are made again next time, so that is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.save(file, vectors)
        unfinished.replace(path)
    except OSError as error:
        log.warning("cannot keep the vectors of phrases, in %s: %s", path, error.strerror)
