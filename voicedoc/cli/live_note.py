"""The note of a visit that goes on, as lines of a terminal: what the rules make of what has been said so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from voicedoc.cli.live_rows import QUIET, Paper
from voicedoc.core.events import Event
from voicedoc.view.bidi import plain
from voicedoc.visit import beside


def note_so_far(events: Sequence[Event], language: str) -> tuple[str, ...]:
    """The draft's lines, titles of sections first and sentences indented. Takes up to a second."""
    note = beside.note_so_far(events, language)
    lines: list[str] = []
    for section in note.sections:
        said = [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]
        lines += [section.title, *(f"  {'⚠ ' if one.is_doubtful else ''}{one.text}" for one in said)] if said else []
    return tuple(lines)


def note_rows(lines: Sequence[str], back: int, paper: Paper, height: int) -> list[Text]:
    """The note from its line `back` on, exactly `height` lines."""
    rows = list(_rows(lines, paper)) or [Text("nothing has been said that a note would hold", style=QUIET)]
    first = min(back, max(0, len(rows) - height))
    shown = rows[first : first + height]
    return shown + [Text() for _ in range(height - len(shown))]


def _rows(lines: Sequence[str], paper: Paper) -> Iterator[Text]:
    for line in lines:
        style = "" if line.startswith(" ") else "bold"
        yield from paper.wrapped(Text(plain(line), style=style), paper.width)
