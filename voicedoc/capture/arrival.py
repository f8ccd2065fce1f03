"""Where a microphone's samples stand in wall time, told from when they arrive."""

from __future__ import annotations

from collections import deque

WINDOW = 1.0
"""Seconds of arrivals that are looked at. A busy machine is late for less."""

LOST = 0.2
"""Seconds by which all arrivals of a window must be late before samples count as lost."""

CRYSTAL = 2e-4
"""By how much a device's clock may run slow: twice what crystals do."""


class ArrivalClock:
    """Counts one microphone's samples, and tells how many there should be.

    Blocks arrive late, never early: the earliest arrival in relation to its count tells where the count stands in wall
    time. If every arrival of `WINDOW` is late by more than `LOST`, samples have been lost on the way, whether or not
    the driver has said so (a sound server that moves a stream to another device does not).
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self.n_samples = 0
        self._least: float | None = None
        self._late: deque[tuple[float, float]] = deque()

    def arrived(self, now: float, n: int) -> int:
        """Count `n` samples that have arrived by `now`. How many others must have been lost before: to be `filled`."""
        self.n_samples += n
        late = now - self.n_samples / self._rate
        self._late.append((now, late))
        while now - self._late[0][0] > WINDOW:
            before, _ = self._late.popleft()
            if self._least is not None:
                self._least = min(self._least + CRYSTAL * (self._late[0][0] - before), self._window_least())
        self._least = late if self._least is None else min(self._least, late)
        if now - self._late[0][0] < 0.9 * WINDOW or self._window_least() - self._least <= LOST:
            return 0
        settled = min(late for when, late in self._late if now - when < WINDOW / 3)  # the loss itself takes a while
        return round((settled - self._least) * self._rate)

    def filled(self, n: int) -> None:
        """Count `n` samples that something else stands in for."""
        self.n_samples += n
        self._late.clear()

    def dropped(self, n: int) -> None:
        """The first `n` samples are not part of the recording after all."""
        self.n_samples -= n
        self._late = deque((now, late + n / self._rate) for now, late in self._late)
        self._least = None if self._least is None else self._least + n / self._rate

    def due(self, now: float) -> int:
        """How many samples should have come by `now`; 0 before the first."""
        return 0 if self._least is None else round((now - self._least) * self._rate)

    def position(self, now: float) -> float:
        """Seconds since the first sample."""
        return 0.0 if self._least is None else now - self._least

    def _window_least(self) -> float:
        return min(late for _, late in self._late)
