"""How much of a text was heard, when its sound was cut."""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def heard_part(text: str, share: float) -> str:
    """The beginning of `text` that was surely heard, when `share` in [0, 1] of its sound was played. Whole words only.

    Letters take equally long here; in scripts without spaces a letter is a word.

    >>> heard_part("Take two tablets", 0.6)
    'Take two'
    """
    length = share * len(text)
    ends = [found.end() for found in _WORD.finditer(text) if found.end() <= length]
    if _WIDE.search(text):
        ends.append(int(length))
    return text[: max(ends, default=0)].rstrip()
