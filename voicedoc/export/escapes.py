"""Text as itself inside a markup: names and words may hold anything."""

from __future__ import annotations

import re

from voicedoc.core.labels import one_line

_MARKS = re.compile(r"[\\`*\[\]<|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|#+(?=\s*$)")
"""What Markdown would take for markup within a line. Source: CommonMark 0.31, chapter 6; GFM 0.29, tables, strikes."""


def in_markdown(text: str) -> str:
    r"""`text` for a place within a line of Markdown, where it reads as it is.

    >>> in_markdown("Ana *the* [sister] of visit_2")
    'Ana \\*the\\* \\[sister\\] of visit_2'
    """
    return _MARKS.sub(r"\\\g<0>", one_line(text))


def in_subrip(text: str) -> str:
    """`text` for a cue of SubRip, which has no escapes: a word joiner parts what a player would take for a tag."""
    return re.sub(r"[<{]", "\\g<0>\u2060", text)
