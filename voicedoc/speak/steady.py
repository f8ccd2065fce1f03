"""Where what is pulled sounds, without the trembling of the clocks that tell it."""

from __future__ import annotations

from collections import deque

_TORN = 0.03
"""Seconds by which a clock may tremble. More, and the device has thrown sound away, or stood still."""

_N_LATE = 8
"""Pulls in a row that are late before the device counts as having stood still: a busy machine reads the clock late."""

_N_MEAN = 200
"""Pulls, some 2 s, over which the clocks are compared: enough to hold a place to a millisecond, and to follow drift."""


class Steady:
    """Follows a loudspeaker that pulls at `rate` Hz. Used by its thread.

    An echo canceller learns how long a sound takes from the reference to the microphone. A reference that is placed
    8 ms off with each clause is a new room each time, and the first half second of each is heard.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._n_samples = self._n_compared = 0
        self._zero = 0.0  # where the first sample would have sounded
        self._late: deque[float] = deque(maxlen=_N_LATE)

    def place(self, n_samples: int, at: float) -> float:
        """Where the next `n_samples` sound, on the audio clock; `at` is where they do by the clocks as read now."""
        late = at - self._n_samples / self._rate - self._zero
        self._late.append(late)
        if self._n_compared == 0 or late < -_TORN or (len(self._late) == _N_LATE and min(self._late) > _TORN):
            self._zero, self._n_compared, late = self._zero + late, 0, 0.0
            self._late.clear()
        self._n_compared = min(_N_MEAN, self._n_compared + 1)
        self._zero += min(late, _TORN) / self._n_compared
        place = self._zero + self._n_samples / self._rate
        self._n_samples += n_samples
        return place
