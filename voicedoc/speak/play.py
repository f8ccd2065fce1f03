"""The stage `play`: clauses' sound through the loudspeaker, and what of it was heard, when."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterable, Callable
from typing import Any, ClassVar

import anyio
import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.core.events import (
    ClauseShown,
    ClauseSound,
    ClauseSpoken,
    DeviceBack,
    DeviceLost,
    Event,
    FirstAudio,
    LagReport,
    Notice,
    VoiceCancelled,
    VoicePaused,
    VoiceResumed,
)
from voicedoc.errors import StoreError
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.floor import Floor, Saying
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.speak.account import Account
from voicedoc.speak.loudspeaker import Loudspeaker, LoudspeakerGone
from voicedoc.speak.reference import Block, Reference, Track
from voicedoc.speak.steady import Steady
from voicedoc.speak.tape import Tape

_LOOK = 0.02
"""Seconds between two looks at what was played."""
_AGAIN = 1.0
"""Seconds between two tries to open a loudspeaker that is gone."""
_MOST_AHEAD = 20.0
"""Seconds of sound that wait for the loudspeaker; beyond, the voice is held back."""
_MOST_DELAY = 0.5
"""Seconds that sound may take through the sound card."""
_GONE = "the loudspeaker is gone"


class Play:
    """Plays what the voice says. Control reaches it through the floor and acts at once: it never waits in the inbox.

    Cutting fades over 20 ms. After a pause it goes on a few words before, a critical clause from its beginning. While
    the loudspeaker is gone, what would be said is shown, and critical sayings are said when it is back.

    `position`: the audio clock as of now, in seconds; by default `clock`. `on_played(first_sample, samples)` is given
    what was played, 16 kHz on the microphone's count of samples, in order; in between is silence. A `StoreError` that
    it raises is told, and ends nothing.
    """

    name: ClassVar[str] = "play"
    consumes: ClassVar[Kinds] = frozenset({ClauseSound})
    emits: ClassVar[Kinds] = frozenset(
        {ClauseSpoken, ClauseShown, FirstAudio, VoicePaused, VoiceResumed, VoiceCancelled}
        | {DeviceLost, DeviceBack, LagReport, Notice}
    )

    def __init__(
        self,
        loudspeaker: Loudspeaker,
        floor: Floor,
        clock: Clock,
        *,
        position: Callable[[], float] | None = None,
        reference: Reference | None = None,
        on_played: Callable[[int, Samples], None] | None = None,
    ) -> None:
        self._loudspeaker, self._floor, self._clock = loudspeaker, floor, clock
        self._position = position or clock.now
        self._tape, self._account = Tape(loudspeaker.rate), Account(floor)
        self._steady = Steady(loudspeaker.rate)
        self._joints: dict[tuple[int, int], Any] = {}
        self._told: deque[Event] = deque()
        self._lost_at: float | None = None
        self._shown: list[Saying] = []
        self._n_gaps = 0
        self._blocks: deque[Block] = deque()
        self._n_pulls = 0
        self._reference, self._on_played = reference, on_played
        self._track = Track(loudspeaker.rate, self._write)
        self._wake = anyio.Event()
        floor.attach(self)

    async def run(self, inbox: AsyncIterable[ClauseSound], emit: Emit) -> None:
        """Play until the inbox has ended and everything has been said."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._keep_playing)
            tasks.start_soon(self._report, emit)
            async for sound in inbox:
                while self._tape.ahead > _MOST_AHEAD:
                    await self._pass()
                self._take(sound)
            while not (self._tape.empty and self._tape.idle) or self._told:
                if self._lost_at is not None:
                    self._floor.dismiss(_GONE, self._position())
                await self._pass()
            await self._clock.sleep_until(self._clock.now() + self._on_its_way())
            tasks.cancel_scope.cancel()
        self._keep_track()
        while self._told:
            await emit(self._told.popleft())

    def _on_its_way(self) -> float:
        """Seconds until what was pulled last has left the sound card."""
        return min(_MOST_DELAY, max(0.0, self._tape.sounded_until - self._position()))

    def hold(self, reason: str, at: float) -> None:
        """See `Playback`."""
        self._observe()
        self._account.reason, self._account.at = reason, at
        self._tape.hold()
        self._wake.set()

    def go(self, reason: str, at: float) -> None:
        """See `Playback`."""
        self._observe()
        self._account.reason, self._account.at = reason, at
        saying = self._floor.saying
        self._tape.go(anew=saying is not None and saying.critical)
        self._mark()
        self._wake.set()

    def drop(self, saying: Saying) -> None:
        """See `Playback`."""
        in_the_middle = self._tape.drop(saying.number)
        self._observe()
        if not in_the_middle:
            self._told.append(self._account.drop(saying))
        self._wake.set()

    def _take(self, sound: ClauseSound) -> None:
        saying = self._floor.find(sound.saying)
        if saying is None:
            return  # it was stopped on the way here
        self._account.take(sound, saying)
        self._tape.put(sound.saying, sound.clause, sound.part, self._converted(sound), last=sound.last)
        if self._lost_at is not None and saying not in self._shown:
            self._give_up(saying)
        self._mark()
        self._wake.set()

    def _converted(self, sound: ClauseSound) -> Samples:
        """A part at the loudspeaker's rate, without a seam to the part before."""
        if sound.rate == self._tape.rate:
            return sound.samples
        key = (sound.saying, sound.clause)
        if sound.part == 0:
            self._joints = {key: _joint(sound.rate, self._tape.rate)}
        return np.asarray(self._joints[key].resample_chunk(sound.samples, last=sound.last), np.float32)

    def _pull(self, n_samples: int, at: float) -> Samples:
        """Called in the loudspeaker's thread."""
        at = self._steady.place(n_samples, at)
        samples = self._tape.pull(n_samples, at)
        self._n_pulls += 1
        if samples.any():
            self._blocks.append(Block(self._n_pulls, at, samples))
        return samples

    def _write(self, first_sample: int, samples: Samples) -> None:
        if self._reference:
            self._reference.write(first_sample, samples)
        if not self._on_played:
            return
        try:
            self._on_played(first_sample, samples)
        except StoreError as error:
            message = f"{error}; what the voice says is not recorded, the microphones are"
            notice = Notice(at=self._position(), code="voice-not-kept", message=message, remedy=error.remedy)
            self._told.append(notice)

    async def _keep_playing(self) -> None:
        while True:
            try:
                await self._loudspeaker.play(self._pull, self._ready)
            except LoudspeakerGone as error:
                if self._lost_at is None:
                    self._lose(error)
            await self._clock.sleep_until(self._clock.now() + _AGAIN)

    def _lose(self, error: LoudspeakerGone) -> None:
        self._lost_at = at = self._position()
        self._told.append(DeviceLost(at=at, device=self._loudspeaker.name, message=str(error), remedy=error.remedy))
        self._account.reason, self._account.at = _GONE, at
        self._tape.stop()
        for saying in self._floor.sayings:
            self._give_up(saying)
        self._mark()
        self._wake.set()

    def _give_up(self, saying: Saying) -> None:
        """Show what cannot be said; what is critical is also said later."""
        self._observe()
        self._shown.append(saying)
        self._told.append(self._account.unheard(saying, _GONE, "plug it in again, or another one"))
        if not saying.critical:
            self._floor.give_up(saying, _GONE, self._position())

    def _ready(self) -> None:
        self._steady = Steady(self._tape.rate)  # the device is open anew
        if self._lost_at is None:
            return
        at = self._position()
        self._told.append(DeviceBack(at=at, device=self._loudspeaker.name, seconds=at - self._lost_at))
        self._lost_at, self._shown = None, []
        if not self._floor.paused:
            self.go("the loudspeaker is back", at)
        self._wake.set()

    async def _report(self, emit: Emit) -> None:
        while True:
            self._observe()
            self._mark()
            self._keep_track()
            self._count_gaps()
            while self._told:
                await emit(self._told[0])
                self._told.popleft()
            if self._tape.idle and not self._told:
                await self._wake.wait()
                self._wake = anyio.Event()
            else:
                await self._pass()

    async def _pass(self) -> None:
        await self._clock.sleep_until(self._clock.now() + _LOOK)

    def _observe(self) -> None:
        """What has happened on the tape becomes facts."""
        for happening in self._tape.happened():
            self._told.extend(self._account.facts(happening))

    def _mark(self) -> None:
        """Tell the microphone's gate whether the voice sounds."""
        if self._lost_at is None and self._tape.active:
            self._floor.sounded.began(self._position())
        else:
            self._floor.sounded.ended(self._tape.sounded_until)

    def _keep_track(self) -> None:
        sounds = self._tape.active
        while self._blocks:
            self._track.add(self._blocks.popleft())
        if not sounds:
            self._track.close()

    def _count_gaps(self) -> None:
        n_new = self._loudspeaker.n_gaps - self._n_gaps
        self._n_gaps += n_new
        if n_new and self._tape.active:
            measure = f"{n_new} gaps in the sound"
            self._told.append(LagReport(at=self._position(), stage=self.name, seconds=0.0, measure=measure))


def _joint(rate: int, target: int) -> Any:
    import soxr

    return soxr.ResampleStream(rate, target, 1, dtype="float32", quality="HQ")
