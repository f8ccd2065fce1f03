"""What of the microphones is listened to: not the interpreter's own voice, and not what nobody meant for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from voicedoc.core.commands import Command
from voicedoc.core.events import Pressed
from voicedoc.core.time import Span

KEEP_OPEN = 0.25
"""Seconds for which push-to-talk listens on after the key: people let go of it on their last word."""

_REMEMBERED = 64
"""Presses. Frames are judged within moments."""


class Gate:
    """Tells which parts of the audio are silenced before anything listens to them. All times are the audio clock's.

    `voice` gives the parts of a span in which the interpreter's voice sounds or still rings; None where it need not be
    kept out (full duplex, or no loudspeaker). With `push_to_talk`, only what is said while a person holds a key is
    heard. While a key is held the voice is not kept out: pressing it has stopped the voice.

    `press` and `shut` may be called from different threads.
    """

    def __init__(self, voice: Callable[[Span], Sequence[Span]] | None = None, *, push_to_talk: bool = False) -> None:
        self._voice = voice
        self._push_to_talk = push_to_talk
        self._talk, self._pause = _Presses(), _Presses()

    def keep_out(self, voice: Callable[[Span], Sequence[Span]]) -> bool:
        """From now on the voice is kept out, too; whether it was not before."""
        new, self._voice = self._voice is None, self._voice or voice
        return new

    def press(self, pressed: Pressed) -> None:
        """Take note of a key. Those that the gate has nothing to do with are ignored."""
        match pressed.command:
            case Command.TALK:
                self._talk.begin(pressed.at)
            case Command.RELEASE:
                self._talk.end(pressed.at + KEEP_OPEN)
            case Command.PAUSE:
                self._pause.begin(pressed.at)
            case Command.RESUME:
                self._pause.end(pressed.at)

    def shut(self, span: Span) -> bool:
        """Whether the audio of `span` is not to be heard."""
        if self._pause.touch(span):
            return True
        if self._talk.touch(span):
            return False
        return self._push_to_talk or bool(self._voice and self._voice(span))


class _Presses:
    """When something was on."""

    def __init__(self) -> None:
        self._past: tuple[tuple[float, float], ...] = ()  # replaced, never changed: another thread may be reading it
        self._since = math.inf

    def begin(self, at: float) -> None:
        self._since = min(self._since, at)

    def end(self, at: float) -> None:
        if self._since < math.inf:
            self._past = (*self._past[-_REMEMBERED:], (self._since, max(at, self._since)))
            self._since = math.inf

    def touch(self, span: Span) -> bool:
        return span.end > self._since or any(start < span.end and span.start < end for start, end in self._past)
