"""The floor: whether the interpreter's voice may speak, and what. Control that never queues behind data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

import anyio

from voicedoc.runtime.sounded import Sounded


@dataclass(eq=False)
class Saying:
    """A text that the voice has to say. Made by `Floor.announce`; the rest is the floor's to change.

    `began` is when its first sound was heard, on the audio clock; `stopped` why it may say no more, `stopped_at` when.
    """

    number: int
    utterance: int
    text: str
    language: str
    critical: bool
    purpose: str
    at: float
    began: float | None = None
    stopped: str = ""
    stopped_at: float = 0.0
    finished: bool = False
    n_heard: int = 0
    """Clauses that were heard to their end."""
    pending: int = 1
    """Clauses whose sound has not ended yet, and one for as long as there may be more of them."""
    on_stop: Callable[[], None] = field(default=lambda: None, repr=False)
    """Ends work on its sound; called at once, in the event loop."""

    @property
    def over(self) -> bool:
        """Nothing more of it is said."""
        return self.finished or bool(self.stopped)


class Playback(Protocol):
    """What sounds. Each call takes effect within some 20 ms and returns at once."""

    def hold(self, reason: str, at: float) -> None:
        """Fall silent; what was not said stays."""
        ...

    def go(self, reason: str, at: float) -> None:
        """Go on: with what was held, a critical clause from its beginning."""
        ...

    def drop(self, saying: Saying) -> None:
        """Say no more of it; `saying.stopped` says why."""
        ...


class Floor:
    """The right to speak. People's speech and buttons pause, resume or cancel the voice.

    Reading a file, the voice asks before each clause (`may_speak`). In a live session it announces what it has to say,
    and what ends a saying acts at once on the playback. `reason` and `at` (the audio clock) are those of whatever
    happened; events carry them.

    Call from the event loop only, `sounded` from anywhere.
    """

    def __init__(self, *, tail: float = 0.3) -> None:
        self.sounded = Sounded(tail)
        self._open = anyio.Event()
        self._open.set()
        self._cancelled: set[int] = set()
        self._sayings: list[Saying] = []
        self._numbers = count(1)
        self._playback: Playback | None = None

    @property
    def paused(self) -> bool:
        return not self._open.is_set()

    @property
    def saying(self) -> Saying | None:
        """What the voice is in the middle of, paused or not; None between sayings."""
        return next((saying for saying in self._sayings if saying.began is not None), None)

    @property
    def sayings(self) -> tuple[Saying, ...]:
        """All that is announced and not over, in the order of saying."""
        return tuple(self._sayings)

    def attach(self, playback: Playback) -> None:
        """Have control act on `playback`."""
        self._playback = playback

    def pause(self, reason: str = "", at: float = 0.0) -> None:
        """Somebody began to speak: stop before the next clause; a playback falls silent at once."""
        if self._open.is_set():
            self._open = anyio.Event()
            if self._playback:
                self._playback.hold(reason, at)

    def resume(self, reason: str = "", at: float = 0.0) -> None:
        """A false alarm, or they have finished."""
        if self.paused:
            self._open.set()
            if self._playback:
                self._playback.go(reason, at)

    def cancel(self, utterance: int) -> None:
        """Say nothing more of this utterance. Also wakes a voice that is paused in it."""
        self._cancelled.add(utterance)
        if self.paused:
            waiting, self._open = self._open, anyio.Event()
            waiting.set()

    async def may_speak(self, utterance: int) -> bool:
        """Wait while paused. False once `utterance` is cancelled."""
        while self.paused and utterance not in self._cancelled:
            await self._open.wait()
        return utterance not in self._cancelled

    def announce(
        self,
        utterance: int,
        text: str,
        language: str,
        *,
        critical: bool = False,
        purpose: str = "translation",
        at: float = 0.0,
    ) -> Saying:
        """Take the next place in the order of what is said."""
        saying = Saying(next(self._numbers), utterance, text, language, critical, purpose, at)
        self._sayings.append(saying)
        return saying

    def find(self, number: int) -> Saying | None:
        """The saying of that number; None once it is over."""
        return next((saying for saying in self._sayings if saying.number == number), None)

    def expect(self, saying: Saying) -> None:
        """One more clause of it is going to sound."""
        saying.pending += 1

    def settle(self, saying: Saying) -> None:
        """One thing less is pending of it; with the last one it has been said to its end."""
        saying.pending -= 1
        if saying.pending == 0 and not saying.stopped:
            saying.finished = True
            self._sayings = [other for other in self._sayings if other is not saying]

    def interrupt(self, reason: str, at: float) -> None:
        """End what is being said, unless it is critical: that begins again at its clause once the floor is free."""
        saying = self.saying
        if saying is not None and not saying.critical:
            self._stop([saying], reason, at)

    def silence(self, reason: str, at: float) -> bool:
        """End all that is announced. Whether something critical is left, which this alone does not end."""
        self._stop([saying for saying in self._sayings if not saying.critical], reason, at)
        return bool(self._sayings)

    def dismiss(self, reason: str, at: float) -> None:
        """End all that is announced, critical or not: somebody insists."""
        self._stop(list(self._sayings), reason, at)

    def give_up(self, saying: Saying, reason: str, at: float) -> None:
        """It cannot be said."""
        self._stop([saying], reason, at)

    def questions(self, utterance: int) -> tuple[Saying, ...]:
        """What is to be asked about an utterance, or is being asked."""
        return tuple(each for each in self._sayings if each.utterance == utterance and each.purpose == "question")

    def withdraw(self, utterance: int, reason: str, at: float) -> None:
        """Nothing that has been announced of `utterance` is said any more, critical or not: it is no longer true."""
        self._stop([saying for saying in self._sayings if saying.utterance == utterance], reason, at)

    def _stop(self, sayings: list[Saying], reason: str, at: float) -> None:
        for saying in sayings:
            saying.stopped, saying.stopped_at = reason, at
        self._sayings = [saying for saying in self._sayings if not saying.stopped]
        for saying in sayings:
            saying.on_stop()
            if self._playback:
                self._playback.drop(saying)
