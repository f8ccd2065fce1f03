"""The stage that speaks: each checked translation, clause by clause, as sound; what cannot be spoken is shown."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from functools import partial
from typing import ClassVar

import anyio
import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.core.events import FirstAudio, Guarded
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.speak.clause import STAGE, Clause
from voicedoc.speak.clauses import clauses
from voicedoc.speak.router import Voice, Voices
from voicedoc.speak.sound import finished
from voicedoc.speak.voicing import Voicing, stop


class Speak:
    """Turns translations into speech. Each clause ends as sound or as text to read, with the reason; none is dropped.

    `paced`: the audio comes in real time, so that the delay of the first sound can be told.
    """

    name: ClassVar[str] = STAGE
    consumes: ClassVar[Kinds] = frozenset({Guarded})
    emits: ClassVar[Kinds] = Voicing.emits | {FirstAudio}

    def __init__(self, voices: Voices, worker: Worker, floor: Floor, clock: Clock, *, paced: bool = False) -> None:
        self._voicing = Voicing(voices)
        self._worker = worker
        self._floor = floor
        self._clock = clock
        self._paced = paced

    async def run(self, inbox: AsyncIterable[Guarded], emit: Emit) -> None:
        """Speak until the inbox ends."""
        async for guarded in inbox:
            spoken = False
            for clause in _clauses(guarded):
                if not await self._floor.may_speak(guarded.utterance):
                    await emit(clause.shown("interrupted"))
                elif await self._voicing.say(clause, partial(self._sound, clause.language), emit) and not spoken:
                    spoken = True
                    await self._time(guarded, emit)

    async def _sound(self, language: str, voice: Voice, spoken: str) -> Samples:
        chunks = voice.synthesizer.synthesize(spoken, language=language)
        try:
            samples = await self._worker.call(partial(_collected, chunks))
        except anyio.get_cancelled_exc_class():
            stop(chunks)
            raise
        return finished(samples, voice.synthesizer.rate, spoken)

    async def _time(self, guarded: Guarded, emit: Emit) -> None:
        if self._paced:
            seconds = self._clock.now() - guarded.at
            await emit(FirstAudio(at=guarded.at, utterance=guarded.utterance, seconds=seconds))


def _clauses(guarded: Guarded) -> Iterator[Clause]:
    translation = guarded.translation
    for number, text in enumerate(clauses(translation.text)):
        yield Clause(guarded.at, guarded.utterance, number, guarded.listener, translation.target, text)


def _collected(chunks: Iterator[Samples]) -> Samples:
    sounds = list(chunks)
    return np.concatenate(sounds) if sounds else np.zeros(0, np.float32)
