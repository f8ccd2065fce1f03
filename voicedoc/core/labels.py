"""What people are called, as far as it can be written anywhere: on one line, without control characters."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, ends of lines, and halves of characters."""


def is_label(text: str) -> bool:
    """Whether `text` can be the name or label of a speaker."""
    return bool(text.strip()) and not _UNWRITABLE.search(text)


def one_line(text: str) -> str:
    """`text` as a label: white space is one space, and what cannot be written is U+FFFD.

    >>> one_line("Ana \\n Silva")
    'Ana Silva'
    """
    return _UNWRITABLE.sub("\ufffd", " ".join(text.split()))
