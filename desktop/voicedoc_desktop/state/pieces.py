"""A line's two texts in pieces: what is sure, what may still change, and what the guard found to differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voicedoc.core.languages import same_language
from voicedoc.core.speech import Critical, Role, Visit
from voicedoc.view.bidi import plain
from voicedoc.view.state import Line, Step


class Look(StrEnum):
    """How a piece is shown: `UNSURE` may still change, `DIFFERS` is not the same on both sides."""

    SURE = "sure"
    UNSURE = "unsure"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that looks alike."""

    text: str
    look: Look = Look.SURE


def original_pieces(line: Line) -> tuple[Piece, ...]:
    """What was said, or what has been understood of it so far."""
    if line.text:
        return _marked(line.text, (found.item for found in line.findings if found.verdict != "invented"))
    stable, unstable = plain(line.stable), plain(line.unstable)
    gap = " " if stable and unstable and not unstable.startswith(" ") else ""
    more = "…" if line.step is Step.SPEAKING else ""
    pieces = (Piece(stable), Piece(gap + unstable + more, Look.UNSURE))
    return tuple(piece for piece in pieces if piece.text)


def translation_pieces(line: Line) -> tuple[Piece, ...]:
    """What it means, if that is known."""
    invented = (found.item for found in line.findings if found.verdict == "invented")
    changed = (found.other for found in line.findings if found.other)
    return _marked(line.translation, (*invented, *changed))


def text_of(pieces: Iterable[Piece]) -> str:
    """All of it."""
    return "".join(piece.text for piece in pieces)


def is_doctors_side(line: Line, visit: Visit) -> bool:
    """Whether it was said in the doctor's language; before a language is known, by the doctor."""
    if line.language:
        return same_language(line.language, visit.doctor)
    if line.target:
        return same_language(line.target, visit.patient)
    return line.role is not Role.PATIENT


def _marked(text: str, items: Iterable[Critical]) -> tuple[Piece, ...]:
    """Mark the places of critical items, where the text still has them there."""
    shown = plain(text)
    places = sorted((item.start, item.end) for item in items if shown[item.start : item.end] == plain(item.text))
    pieces, at = [], 0
    for start, end in places:
        if end <= max(start, at):
            continue
        first = max(start, at)
        pieces += [Piece(shown[at:first]), Piece(shown[first:end], Look.DIFFERS)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(shown[at:])) if piece.text)
