"""How fast a server may be asked: so many units a minute, evenly, and not at all for a while where it says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets threads through in turn. `per_minute` 0 is no limit; `sleep` waits for seconds."""

    def __init__(
        self, per_minute: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None]
    ) -> None:
        self._seconds = 60.0 / per_minute if per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._free = self._held = -float("inf")
        self._lock = threading.Lock()

    def take(self, units: float) -> None:
        """Wait until so many units may be used."""
        with self._lock:
            now = self._clock()
            begin = max(now, self._free)
            self._free = begin + units * self._seconds
        self._wait(begin - now)
        while (left := self._held - self._clock()) > 0:
            self._wait(left)

    def settle(self, units: float) -> None:
        """So many units more, or below 0 less, were used than were taken."""
        with self._lock:
            self._free += units * self._seconds

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._lock:
            self._held = max(self._held, self._clock() + seconds)

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)
