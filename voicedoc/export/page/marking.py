"""A text with its words in time and its marked places, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from voicedoc.core.speech import Critical, Word
from voicedoc.export.transcript import LOW_CONFIDENCE

REACH = 24
"""Characters within which a word must follow the one before: a word that is not in the text derails no other."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to be marked in a text: `kind` is a CSS class, `message` says why."""

    start: int
    end: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a text with its place in characters. `number` counts the words of the page."""

    start: int
    end: int
    number: int
    word: Word

    @property
    def is_doubtful(self) -> bool:
        return self.word.confidence < LOW_CONFIDENCE


def mark_for(text: str, item: Critical, kind: str, message: str) -> list[Mark]:
    """The mark for `item`, or none where `text` is not the text that it was found in."""
    if text[item.start : item.end].casefold() != item.text.casefold() or item.start >= item.end:
        return []
    return [Mark(item.start, item.end, kind, message)]


def place_words(text: str, words: Sequence[Word], *, first_number: int = 0) -> list[PlacedWord]:
    """The words that are found in `text`, in order. A recogniser's words may differ from its text."""
    placed: list[PlacedWord] = []
    cursor = 0
    for word in words:
        said = word.text.strip()
        at = text.find(said, cursor, cursor + len(said) + REACH) if said else -1
        if at >= 0:
            cursor = at + len(said)
            placed.append(PlacedWord(at, cursor, first_number + len(placed), word))
    return placed


def marked_text(text: str, words: Sequence[PlacedWord], marks: Sequence[Mark]) -> str:
    """`text` as HTML: `<span data-w="number">` around each word, `<mark>` around each place."""
    made: list[str] = []
    cursor = 0
    for word in words:
        made.append(_with_marks(text, cursor, word.start, marks))
        made.append(f"<span {_attributes(word)}>{_with_marks(text, word.start, word.end, marks)}</span>")
        cursor = word.end
    made.append(_with_marks(text, cursor, len(text), marks))
    return "".join(made)


def _attributes(placed: PlacedWord) -> str:
    number = f'data-w="{placed.number}"'
    return f'{number} class="unsure" title="{placed.word.confidence:.0%} sure"' if placed.is_doubtful else number


def _with_marks(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """`text[start:end]`, escaped, with those parts of the marks that fall into it."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))})
    return "".join(_piece(text, a, b, inside) for a, b in pairwise(edges))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    if not over:
        return escape(text[start:end])
    kinds = " ".join(dict.fromkeys(mark.kind for mark in over))
    why = escape("; ".join(dict.fromkeys(mark.message for mark in over)))
    return f'<mark class="{kinds}" title="{why}">{escape(text[start:end])}</mark>'
