"""Where a text is cut into passages: at headings, paragraphs and sentences; nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicedoc.translate.sentences import sentences

MOST_WORDS = 180
"""A passage has no more words, so that a reader sees at a glance what an answer rests on."""

_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_HEADING = re.compile(r"#{1,6} ")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{1,2}|[^\s\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def cut(text: str, pages: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    """The passages of `text` as places `[start, end)`, in order; each begins and ends with a letter or mark.

    A heading begins a new one, and so does a page.
    """
    found: list[tuple[int, int]] = []
    n_words = 0
    for start, end in _blocks(text, pages):
        n = _n_words(text[start:end])
        fits = found and n_words + n <= MOST_WORDS and not _begins(text, start, pages)
        if fits:
            found[-1] = (found[-1][0], end)
            n_words += n
        else:
            found.append((start, end))
            n_words = n
    return found


def sentence_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences of `text[start:end]`, headings left out."""
    at = start
    for sentence in sentences(text[start:end]):
        at = text.index(sentence, at)
        if not _HEADING.match(sentence):
            yield at, at + len(sentence)
        at += len(sentence)


def _blocks(text: str, pages: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Paragraphs; those that are too long in sentences, and sentences that are too long in words."""
    for match in _BLOCK.finditer(text):
        for start, end in _within_pages(match.start(), match.end(), pages):
            yield from _small_enough(text, *_stripped(text, start, end))


def _within_pages(start: int, end: int, pages: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for page in (page for page in pages if start < page < end):
        yield start, page
        start = page
    yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _small_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if start >= end:
        return
    if _n_words(text[start:end]) <= MOST_WORDS:
        yield start, end
        return
    at = start
    for sentence in sentences(text[start:end]):
        at = text.index(sentence, at)
        yield from _by_words(text, at, at + len(sentence))
        at += len(sentence)


def _by_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = list(_WORD.finditer(text, start, end))
    for first in range(0, len(words), MOST_WORDS):
        some = words[first : first + MOST_WORDS]
        yield some[0].start(), some[-1].end()


def _n_words(text: str) -> int:
    """Words; two Han characters count as one."""
    return sum(1 for _ in _WORD.finditer(text))


def _begins(text: str, start: int, pages: tuple[int, ...]) -> bool:
    """Whether a passage must begin here."""
    on_new_page = any(not text[page:start].strip() for page in pages if page <= start)
    return on_new_page or bool(_HEADING.match(text, start))
