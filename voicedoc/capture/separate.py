"""Whether a recording has a microphone for each speaker, found out by listening to its beginning."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from voicedoc.capture.channels import DIFFER, ChannelComparison
from voicedoc.capture.decode import AudioFile

LISTENED = 300
"""Seconds: enough for both to have spoken."""


def has_separate_speakers(path: Path) -> bool:
    """Whether the first two of a recording's channels hold different voices.

    Raises:
        AudioError: If it cannot be read.
    """
    with AudioFile(path) as audio:
        if audio.n_channels != 2:
            return False
        comparison = ChannelComparison(audio.n_channels)
        heard = (comparison.hear(block, audio.rate) for block in islice(audio.blocks(), LISTENED))
        return next((advice for advice in heard if advice), None) == DIFFER
