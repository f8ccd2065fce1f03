"""Questions for the knowledge store and the sheets that answer them: those of the task `retrieval`."""

from __future__ import annotations

from voicedoc.evaluate.retrieval import Asked as Question
from voicedoc.evaluate.retrieval import read_questions
from voicedoc.shipped import shipped

__all__ = ["Question", "questions"]


def questions(name: str = "questions") -> tuple[Question, ...]:
    """Those of `questions.toml`, which nothing was tuned on, or of `calibration.toml`."""
    return read_questions(shipped("pipelines") / "evaluate" / "data" / "knowledge" / f"{name}.toml")
