"""What can happen on a channel of a live session."""

from __future__ import annotations

from typing import Literal, NamedTuple

What = Literal["started", "reopened", "so far", "paused", "ended"]


class Heard(NamedTuple):
    """Something that happened to an utterance, which reaches from `start_sample` to `stop_sample`.

    `decided_sample` is how far the audio had been heard. `reason` is that of an end.
    """

    what: What
    decided_sample: int
    start_sample: int
    stop_sample: int
    reason: str = ""
