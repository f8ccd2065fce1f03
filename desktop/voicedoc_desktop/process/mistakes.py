"""Mistakes in the program: logged by their places alone, since their messages may have patients' words."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

log = logging.getLogger(__name__)


def log_mistake(where: str, error: BaseException | None) -> list[str]:
    """Log an error that nobody meant; by its places, which are returned, the innermost one first."""
    places = _places_of(error) if error is not None else ["unknown"]
    log.error("a mistake in the program, in %s: %s", where, "; ".join(places))
    return places


def _places_of(error: BaseException) -> list[str]:
    """Where an error was raised, innermost place first, and what led to it; of a group, each of its errors first."""
    grouped = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    frames = traceback.extract_tb(error.__traceback__)[::-1]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return [*(place for one in grouped for place in _places_of(one)), f"{type(error).__name__} at {where or 'unknown'}"]
