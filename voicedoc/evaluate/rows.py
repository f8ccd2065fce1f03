"""One measured item: what went in, what should have come out, what did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The outcome for one item of a task. It holds texts only: a scorer sees rows, never a model.

    `slice` is what figures are given for: a language ("pt"), a direction ("en-pt") or a voice ("pt kokoro").
    `group` holds items that belong together (a consultation), which the bootstrap draws as one.
    `source` is the text before translation, else "". `error` says why there is no output.
    """

    item: str
    slice: str
    group: str
    language: str
    reference: str
    output: str
    source: str = ""
    source_language: str = ""
    seconds: float = 0.0
    error: str = ""
