"""When the interpreter's voice sounded, and what it said: for the microphone's gate and for telling its echo."""

from __future__ import annotations

import math
import threading
from collections import deque
from dataclasses import dataclass, replace

from voicedoc.core.time import Span

REMEMBERED = 120.0
"""Seconds. What sounded longer ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause that the voice said, or is saying: as translated, as read out, and where on the audio clock."""

    text: str
    spoken: str
    language: str
    span: Span


class Sounded:
    """A log of the voice's sound on the audio clock. The playback writes it; safe from any thread.

    `tail`: seconds for which a room rings after the voice has stopped, the sound card's delay included.
    """

    def __init__(self, tail: float = 0.3) -> None:
        self.tail = tail
        self._spans: deque[Span] = deque()
        self._since: float | None = None
        self._said: deque[Said] = deque()
        self._lock = threading.Lock()

    def began(self, at: float) -> None:
        """From `at` on the voice sounds; earlier than `at` is harmless, later is not."""
        with self._lock:
            if self._since is None:
                self._since = at

    def ended(self, at: float) -> None:
        """The voice has been silent from `at` on."""
        with self._lock:
            if self._since is not None:
                self._spans.append(Span(self._since, max(self._since, at)))
                self._since = None
            self._forget(at)

    def says(self, text: str, spoken: str, language: str, span: Span) -> None:
        """Note a clause. A second note that begins at the same moment takes the first one's place."""
        with self._lock:
            if self._said and self._said[-1].span.start == span.start:
                self._said.pop()
            self._said.append(Said(text, spoken, language, span))

    def cut(self, at: float) -> None:
        """The clause noted last ended at `at`, sooner than it was to."""
        with self._lock:
            if self._said and self._said[-1].span.end > at:
                last = self._said.pop()
                self._said.append(replace(last, span=Span(last.span.start, max(last.span.start, at))))

    def muted(self, span: Span) -> tuple[Span, ...]:
        """The parts of `span` in which the voice sounded or still rang, in order and apart from one another."""
        with self._lock:
            ringing = [Span(past.start, past.end + self.tail) for past in self._spans]
            if self._since is not None:
                ringing.append(Span(self._since, math.inf))
        return _within(ringing, span)

    def is_sounding(self, at: float) -> bool:
        """Whether the voice sounds or rings at a moment."""
        return at < self.quiet_from() and bool(self.muted(Span(at, math.nextafter(at, math.inf))))

    def quiet_from(self) -> float:
        """From when on the microphone hears people alone: infinite while the voice sounds, 0.0 if it never has."""
        with self._lock:
            if self._since is not None:
                return math.inf
            return self._spans[-1].end + self.tail if self._spans else 0.0

    def said(self, span: Span) -> tuple[Said, ...]:
        """The clauses whose sound, its ringing included, falls into `span`; in the order in which they were said."""
        with self._lock:
            ringing = [(clause, Span(clause.span.start, clause.span.end + self.tail)) for clause in self._said]
        return tuple(clause for clause, sound in ringing if sound.overlap(span) > 0.0)

    def _forget(self, now: float) -> None:
        while self._spans and self._spans[0].end < now - REMEMBERED:
            self._spans.popleft()
        while self._said and self._said[0].span.end < now - REMEMBERED:
            self._said.popleft()


def _within(ringing: list[Span], span: Span) -> tuple[Span, ...]:
    parts: list[Span] = []
    for sound in ringing:
        start, end = max(sound.start, span.start), min(sound.end, span.end)
        if start >= end:
            continue
        if parts and start <= parts[-1].end:
            parts[-1] = Span(parts[-1].start, max(parts[-1].end, end))
        else:
            parts.append(Span(start, end))
    return tuple(parts)
