"""Keeps a terminal free of what C libraries write to it, such as ALSA about an underrun; it is told afterwards."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

STDERR = 2
"""The standard error's number, which libraries write to whatever Python's `sys.stderr` is."""

MOST = 10
"""Lines that are told, each once: a library may say the same a thousand times."""


@contextmanager
def aside(console: Console) -> Iterator[None]:
    """While this lasts, what goes to the standard error is kept; then `console` tells it. A file's is left alone."""
    if not os.isatty(STDERR):
        yield
        return
    with tempfile.TemporaryFile() as kept:
        own = os.dup(STDERR)
        os.dup2(kept.fileno(), STDERR)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(own, STDERR)
            os.close(own)
            kept.seek(0)
            said = kept.read().decode("utf-8", "replace")
            for line in told(said):
                console.print(Text(line, style="dim"), soft_wrap=True)


def told(said: str) -> list[str]:
    """What was written, each line once with how often, the most frequent first."""
    counted = Counter(line for line in said.splitlines() if line.strip()).most_common()
    lines = [f"{line} (×{times})" if times > 1 else line for line, times in counted[:MOST]]
    return lines + ([f"… and {len(counted) - MOST} other lines"] if len(counted) > MOST else [])
