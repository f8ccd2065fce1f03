"""The languages of a page: a column each, in which every text finds its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicedoc.core.languages import same_language
from voicedoc.export.transcript import Line, Transcript


@dataclass(frozen=True, slots=True)
class Column:
    """A language with its name in English. `direction`: "ltr", "rtl", or "auto" where the language is not known."""

    language: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A line's text in a column's language. `is_original`: it was said so, and not translated."""

    text: str
    language: str
    is_original: bool


def columns_of(transcript: Transcript) -> tuple[Column, ...]:
    """The transcript's languages, and any other that something was said in or translated into: no text is left out."""
    tags = list(transcript.languages)
    for line in transcript.in_time():
        for tag in (*([line.language] if line.text else []), *line.translations):
            if _place(tag, tags) is None:
                tags.append(tag)
    return tuple(_column(tag) for tag in tags)


def cells_of(line: Line, columns: Sequence[Column]) -> dict[int, Cell]:
    """A line's texts by the number of their column. What was said takes its place before any translation."""
    tags = [column.language for column in columns]
    texts = [Cell(line.text, line.language, True)] if line.text else []
    texts += [Cell(made.text, made.target, False) for made in line.translations.values()]
    cells: dict[int, Cell] = {}
    for cell in texts:
        if (place := _place(cell.language, tags)) is not None:
            cells.setdefault(place, cell)
    return cells


def _place(tag: str, tags: Sequence[str]) -> int | None:
    """Where a language stands: its very tag, or else its language in another region."""
    if tag in tags:
        return tags.index(tag)
    return next((place for place, other in enumerate(tags) if same_language(tag, other)), None)


def _column(tag: str) -> Column:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Column(tag, tag, "auto")
    return Column(tag, locale.get_display_name("en") or tag, locale.text_direction)
