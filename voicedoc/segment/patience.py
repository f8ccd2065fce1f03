"""How long a silence must be to end a turn, learned from how long the speakers of a channel pause while they speak."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voicedoc.errors import ConfigError
from voicedoc.segment.endpoint import Endpointing

MARGIN = 0.15
"""Seconds more than the pauses that were heard."""

SHARE = 0.6
"""Of the pauses, those that are to be waited through. The others cut the utterance; as it is reopened before its
translation is spoken, that costs work and no words, whereas each tenth of a second here is one of every answer's."""

MEMORY = 20
"""Pauses that count, the last ones."""

N_GUESSED = 2
"""Pauses' worth of belief in the silence that is set: speakers who differ are followed after a few utterances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening(Endpointing):
    """When an utterance begins and ends in a live session. All but `threshold`, `n_reopen`, `button_only` in seconds.

    `silence` ends an utterance of a channel of which nothing is known yet; `Patience` then moves it between
    `least_silence` and `most_silence`. `pause` is the first silence, from which work is done ahead. Speech that begins
    again within `reopen` of the last word reopens its utterance: at most `n_reopen` times, and none that is longer than
    `reopen_length`. `so_far` is how often an utterance that goes on is told of. With `button_only` nothing is heard
    unless a button is held.

    Where the profile has a model of turns, it is asked at the first silence. If it believes with more than
    `finished_above` that the speaker has finished, `least_silence` is enough; if not, they have `most_silence`.

    Raises:
        ConfigError: If a value is out of its range, or two do not fit together.
    """

    silence: float = 0.5
    pad_after: float = 0.15
    least_silence: float = 0.35
    most_silence: float = 1.2
    pause: float = 0.16
    so_far: float = 0.5
    reopen: float = 1.0
    reopen_length: float = 10.0
    n_reopen: int = 3
    finished_above: float = 0.5
    button_only: bool = False

    def __post_init__(self) -> None:
        Endpointing.__post_init__(self)
        rising = ("pad_after", "pause", "least_silence", "silence", "most_silence")
        for low, high in pairwise(rising):
            if getattr(self, low) > getattr(self, high):
                raise ConfigError(
                    f"{low} = {getattr(self, low)} is greater than {high} = {getattr(self, high)}",
                    remedy=f"they must rise in this order: {', '.join(rising)}",
                )
        for name, least in (("so_far", 0.1), ("reopen", 0.0), ("reopen_length", 0.0), ("n_reopen", 0)):
            if getattr(self, name) < least:
                raise ConfigError(f"{name} = {getattr(self, name)} is too small", remedy=f"choose {least} or more")


class Patience:
    """The silence that ends an utterance, for one channel: longer than most of the pauses within utterances there.

    So a halting speaker is waited for and a brisk one is answered soon. A pause that was taken for the end is known in
    full once the utterance has been reopened; an utterance without any counts as one of the shortest.
    """

    def __init__(self, options: Listening) -> None:
        self._least, self._most, self._shortest = options.least_silence, options.most_silence, options.pause
        self._pauses = deque([options.silence - MARGIN] * N_GUESSED, MEMORY)

    @property
    def silence(self) -> float:
        """Seconds."""
        return min(self._most, max(self._least, float(np.quantile(self._pauses, SHARE)) + MARGIN))

    def learn(self, pauses: Sequence[float]) -> None:
        """Count the pauses of one more utterance, in seconds."""
        self._pauses.extend([pause for pause in pauses if pause >= self._shortest] or [self._shortest])
