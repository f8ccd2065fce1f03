"""What the loudspeaker plays next: filled by the event loop, pulled by the sound card, stopped at any moment."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from voicedoc.core.audio import Samples

FADE = 0.02
"""Seconds. Sound that is cut at once clicks."""
_SOON = 1.0
"""Seconds. A clause that was cut sooner begins anew: little was said, and from its middle it is hard to follow."""
_BACK = 0.6
"""Seconds. So far back a gap between words is looked for, from where it was cut."""
_GAP = 0.02
"""Seconds over which loudness is measured to find it."""


class Happening(NamedTuple):
    """What became of a clause, where on the audio clock, and how many seconds of it had been played by then."""

    kind: Literal["began", "ended", "held", "resumed", "cut"]
    saying: int
    clause: int
    at: float
    played: float


@dataclass(eq=False)
class _Clause:
    saying: int
    number: int
    chunks: list[Samples] = field(default_factory=list)
    last: bool = False
    dropped: bool = False

    @property
    def size(self) -> int:
        return sum(chunk.size for chunk in self.chunks)

    def read(self, first: int, n: int) -> Samples:
        """`n` samples from `first`; there are so many."""
        parts, begin = [], 0
        for chunk in self.chunks:
            low, high = max(first - begin, 0), min(first + n - begin, chunk.size)
            if low < high:
                parts.append(chunk[low:high])
            begin += chunk.size
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


class Tape:
    """Clauses in the order in which they are played, at `rate` Hz. Safe from any thread.

    It falls silent within `FADE` and keeps what was not played; the loudspeaker goes on pulling silence.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._clauses: deque[_Clause] = deque()
        self._offset = 0
        self._gain, self._step = 1.0, 1.0 / max(1, round(FADE * rate))
        self._held = False
        self._sounds = False  # within a clause: it has begun, is not held and has not ended
        self._until = 0.0
        self._happened: list[Happening] = []
        self._lock = threading.Lock()

    @property
    def empty(self) -> bool:
        """Whether nothing is left to play, held or not."""
        with self._lock:
            return not self._clauses

    @property
    def active(self) -> bool:
        """Whether the next pull has sound in it."""
        with self._lock:
            return self._playable()

    @property
    def idle(self) -> bool:
        """Whether nothing sounds, and nothing has happened that was not asked for."""
        with self._lock:
            return not self._happened and not self._playable()

    @property
    def sounded_until(self) -> float:
        """Where on the audio clock the last sound ends."""
        with self._lock:
            return self._until

    @property
    def ahead(self) -> float:
        """Seconds of sound that wait."""
        with self._lock:
            return max(0, sum(clause.size for clause in self._clauses) - self._offset) / self.rate

    def put(self, saying: int, number: int, part: int, samples: Samples, *, last: bool) -> None:
        """Add a part to a clause, a new clause behind all others; part 0 of a known clause replaces what it had."""
        with self._lock:
            clause = next((c for c in self._clauses if (c.saying, c.number) == (saying, number)), None)
            if clause is None:
                clause = _Clause(saying, number)
                self._clauses.append(clause)
            elif part == 0:
                self._void(clause)
            if samples.size:
                clause.chunks.append(samples)
            clause.last = last

    def hold(self) -> None:
        """Fall silent and keep everything."""
        with self._lock:
            self._held = True
            if not self._sounds:
                self._gain = 0.0

    def go(self, *, anew: bool) -> None:
        """Go on: where it was held, or at the clause's beginning if `anew` or if little of it had been said."""
        with self._lock:
            self._held = False
            if self._sounds or self._offset == 0:
                self._gain = self._gain if self._sounds else 1.0
                return
            played = self._offset
            if anew or played < _SOON * self.rate:
                self._offset, self._gain = 0, 1.0
            else:
                self._offset = played - self._way_back(self._clauses[0])

    def drop(self, saying: int) -> bool:
        """Forget a saying. Whether it was in the middle of a clause: then a "cut" tells how far it came."""
        with self._lock:
            begun = bool(self._clauses) and self._clauses[0].saying == saying and (self._sounds or self._offset > 0)
            kept = [c for c in self._clauses if c.saying != saying]
            if not begun:
                self._clauses = deque(kept)
                return False
            self._clauses = deque([self._clauses[0], *kept])
            self._clauses[0].dropped = True
            if not self._sounds:
                self._cut(self._until)
            return True

    def stop(self) -> None:
        """No more pulls come: what was sounding ends where it is."""
        with self._lock:
            if self._sounds:
                self._silenced(self._until)

    def happened(self) -> list[Happening]:
        """What has happened since this was last asked, in order."""
        with self._lock:
            happened, self._happened = self._happened, []
            return happened

    def pull(self, n_samples: int, at: float) -> Samples:
        """The next samples, silence where there are none. The first of them sounds at `at`, on the audio clock."""
        out = np.zeros(n_samples, np.float32)
        filled = 0
        with self._lock:
            while filled < n_samples and (taken := self._next(n_samples - filled, at + filled / self.rate)) is not None:
                out[filled : filled + taken.size] = taken
                filled += taken.size
                self._until = at + filled / self.rate if taken.size else self._until
        return out

    def _playable(self) -> bool:
        """Starved of sound, a clause is not: it goes on when more of it comes."""
        if not self._clauses or (self._held and not self._sounds):
            return False
        first = self._clauses[0]
        return self._offset < first.size or first.last or (self._sounds and self._closing(first))

    def _closing(self, clause: _Clause) -> bool:
        return self._held or clause.dropped

    def _next(self, most: int, at: float) -> Samples | None:
        """Up to `most` samples; none, but something done, where a clause ends; None where there is nothing to play."""
        if not self._playable():
            return None
        clause = self._clauses[0]
        closing = self._closing(clause)
        if self._offset >= clause.size:
            if clause.dropped or not clause.last:  # its sound is made more slowly than it is played
                self._silenced(at)
            else:
                self._end(clause, at)
            return np.zeros(0, np.float32)
        if not self._sounds:
            self._begin(clause, at)
        taken = clause.read(self._offset, min(most, clause.size - self._offset))
        taken = self._faded(taken, closing)
        self._offset += taken.size
        if closing and self._gain <= 0.0:
            self._silenced(at + taken.size / self.rate)
        return taken

    def _faded(self, samples: Samples, closing: bool) -> Samples:
        """As many samples as sound at the present gain, which moves to its goal."""
        if not closing and self._gain >= 1.0:
            return samples
        direction = -1.0 if closing else 1.0
        gains = np.clip(self._gain + direction * self._step * np.arange(1, samples.size + 1), 0.0, 1.0)
        if closing:
            gains = gains[: 1 + np.count_nonzero(gains)]
        self._gain = float(gains[-1])
        faded: Samples = (samples[: gains.size] * gains).astype(np.float32)
        return faded

    def _begin(self, clause: _Clause, at: float) -> None:
        self._sounds = True
        self._tell("began" if self._offset == 0 else "resumed", clause, at)

    def _end(self, clause: _Clause, at: float) -> None:
        self._sounds = False
        self._tell("ended", clause, at)
        self._clauses.popleft()
        self._offset, self._gain = 0, 0.0 if self._held else 1.0

    def _silenced(self, at: float) -> None:
        """The fade is over."""
        self._sounds, self._gain = False, 0.0
        if self._clauses[0].dropped:
            self._cut(at)
        else:
            self._tell("held", self._clauses[0], at)

    def _cut(self, at: float) -> None:
        self._sounds = False
        self._tell("cut", self._clauses.popleft(), at)
        self._offset, self._gain = 0, 0.0 if self._held else 1.0

    def _void(self, clause: _Clause) -> None:
        """Its voice has failed: another one says it from the beginning."""
        clause.chunks.clear()
        if clause is self._clauses[0]:
            self._offset, self._sounds = 0, False

    def _way_back(self, clause: _Clause) -> int:
        """Samples from where the clause was cut back to the last gap between words."""
        block, reach = round(_GAP * self.rate), round(_BACK * self.rate)
        recent = clause.read(self._offset - reach, reach)
        blocks = recent[: reach // block * block].reshape(-1, block)
        loudness = np.square(blocks).sum(axis=1)
        quietest = int(np.flatnonzero(loudness <= loudness.min() * 2.0 + 1e-6)[-1])
        return reach - quietest * block

    def _tell(self, kind: Literal["began", "ended", "held", "resumed", "cut"], clause: _Clause, at: float) -> None:
        played = self._offset / self.rate
        self._happened.append(Happening(kind, clause.saying, clause.number, at, played))
