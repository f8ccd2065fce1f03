"""Scores of what is found where nobody speaks."""

from __future__ import annotations

from voicedoc.core.languages import primary
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer, ratio, share, whole
from voicedoc.evaluate.text import NO_SPACES


def n_words(row: Row) -> int:
    """Words found, or characters where writing does not part words."""
    return sum(
        len("".join(said.text.split())) if primary(said.language) in NO_SPACES else len(said.text.split())
        for said in row.found.said
    )


def _words(row: Row) -> Counts:
    return (float(n_words(row)), row.duration / 3600)


def _stretches(row: Row) -> Counts:
    return (float(row.found.n_detected), row.duration / 3600)


def _recordings(row: Row) -> Counts:
    return (float(n_words(row) > 0), 1.0)


INVENTION_SCORERS = (
    Scorer("false-words", "words where nobody speaks", True, whole(_words), ratio, "words/h"),
    Scorer("false-speech", "voice activity where nobody speaks", True, whole(_stretches), ratio, "stretches/h"),
    Scorer("false-recordings", "recordings with such words", True, whole(_recordings), share),
)
"""Measures of recordings in which nobody speaks."""
