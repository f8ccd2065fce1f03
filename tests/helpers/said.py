"""Turns of a visit, as the stages after recognition see them."""

from __future__ import annotations

from voicedoc.core.events import TurnAttributed
from voicedoc.core.speech import Hypothesis, Role, UtteranceId
from voicedoc.core.time import Span


def said(number: int, role: Role, text: str, language: str = "en", *, at: float | None = None) -> TurnAttributed:
    """A turn of three seconds that begins at five times its number, known half a second after its end."""
    start = 5.0 * number
    return TurnAttributed(
        at=start + 3.5 if at is None else at,
        utterance=UtteranceId(number),
        span=Span(start, start + 3.0),
        role=role,
        method="language",
        confidence=1.0,
        hypothesis=Hypothesis(text, language, 1.0, 0.9),
    )
