"""Time on the audio clock: seconds since the session's first sample."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open interval `[start, end)`, in seconds since the session's first sample.

    >>> Span(1.0, 3.0).overlap(Span(2.0, 5.0))
    1.0

    Raises:
        ValueError: If `start` is negative or after `end`.
    """

    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.start <= self.end:
            raise ValueError(f"need 0 <= start <= end, got [{self.start}, {self.end})")

    @classmethod
    def from_samples(cls, first: int, stop: int, rate: int) -> Span:
        """Convert sample indices at `rate` Hz. The only place where samples become seconds."""
        return cls(first / rate, stop / rate)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.end - self.start

    def overlap(self, other: Span) -> float:
        """Seconds that both spans cover; 0.0 when they only touch."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))

    def shift(self, seconds: float) -> Span:
        """The same span, `seconds` later."""
        return Span(self.start + seconds, self.end + seconds)


def clock_text(seconds: float) -> str:
    """Write `seconds` as `m:ss.s`, or `h:mm:ss.s` from an hour on.

    >>> clock_text(83.26)
    '1:23.3'
    """
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 10:02d}.{rest % 10}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"
