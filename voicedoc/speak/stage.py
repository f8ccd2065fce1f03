"""The stage that speaks: each checked translation, clause by clause, as sound; what cannot be spoken is shown."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from contextlib import suppress
from functools import partial
from typing import ClassVar, NamedTuple

import anyio
import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.core.events import (
    BackendSwitched,
    ClauseShown,
    ClauseSynthesized,
    FirstAudio,
    Guarded,
    StageFailed,
)
from voicedoc.errors import BackendFailed, BackendUnavailable, Unspeakable, UnsupportedLanguage, VoiceDocError
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.speak.clauses import clauses
from voicedoc.speak.router import Voice, Voices
from voicedoc.speak.sound import finished
from voicedoc.speak.spoken import spoken_text


class _Clause(NamedTuple):
    guarded: Guarded
    number: int
    text: str

    @property
    def language(self) -> str:
        return self.guarded.translation.target


class Speak:
    """Turns translations into speech. Each clause ends as sound or as text to read, with the reason; none is dropped.

    `paced`: the audio comes in real time, so that the delay of the first sound can be told.
    """

    name: ClassVar[str] = "speak"
    consumes: ClassVar[Kinds] = frozenset({Guarded})
    emits: ClassVar[Kinds] = frozenset({ClauseSynthesized, ClauseShown, StageFailed, BackendSwitched, FirstAudio})

    def __init__(self, voices: Voices, worker: Worker, floor: Floor, clock: Clock, *, paced: bool = False) -> None:
        self._voices = voices
        self._worker = worker
        self._floor = floor
        self._clock = clock
        self._paced = paced

    async def run(self, inbox: AsyncIterable[Guarded], emit: Emit) -> None:
        """Speak until the inbox ends."""
        async for guarded in inbox:
            spoken = False
            for number, text in enumerate(clauses(guarded.translation.text)):
                clause = _Clause(guarded, number, text)
                if not await self._floor.may_speak(guarded.utterance):
                    await emit(_shown(clause, "interrupted"))
                elif await self._speak(clause, emit) and not spoken:
                    spoken = True
                    await self._time(guarded, emit)

    async def _speak(self, clause: _Clause, emit: Emit) -> bool:
        """Say one clause, with the next voice where one fails. False where it is only shown."""
        try:
            spoken = spoken_text(clause.text, clause.language)
            while True:
                voice = self._voices.voice_for(clause.language)
                try:
                    samples = await self._sound(voice, spoken, clause.language)
                except Unspeakable:
                    raise
                except (BackendFailed, BackendUnavailable) as error:
                    if not await self._switch(voice, clause, error, emit):
                        raise
                else:
                    await emit(_synthesized(clause, spoken, voice, samples))
                    return True
        except (Unspeakable, UnsupportedLanguage) as error:
            await emit(_shown(clause, str(error), error.remedy))
        except (BackendFailed, BackendUnavailable) as error:
            await emit(_failed(clause, error))
            await emit(_shown(clause, str(error), error.remedy))
        return False

    async def _switch(self, failed: Voice, clause: _Clause, error: VoiceDocError, emit: Emit) -> bool:
        """Give up a voice where the profile has another one for the language."""
        others = [voice for voice in self._voices.ranked(clause.language) if voice is not failed]
        if not others:
            return False
        self._voices = self._voices.without(failed)
        await emit(
            BackendSwitched(
                at=clause.guarded.at, role="synthesizer", before=failed.name, after=others[0].name, reason=str(error)
            )
        )
        return True

    async def _sound(self, voice: Voice, spoken: str, language: str) -> Samples:
        chunks = voice.synthesizer.synthesize(spoken, language=language)
        try:
            samples = await self._worker.call(partial(_collected, chunks))
        except anyio.get_cancelled_exc_class():
            _stop(chunks)
            raise
        return finished(samples, voice.synthesizer.rate, spoken)

    async def _time(self, guarded: Guarded, emit: Emit) -> None:
        if self._paced:
            seconds = self._clock.now() - guarded.at
            await emit(FirstAudio(at=guarded.at, utterance=guarded.utterance, seconds=seconds))


def _collected(chunks: Iterator[Samples]) -> Samples:
    sounds = list(chunks)
    return np.concatenate(sounds) if sounds else np.zeros(0, np.float32)


def _stop(chunks: Iterator[Samples]) -> None:
    """End the work of an iterator that a worker's thread may be in."""
    if (close := getattr(chunks, "close", None)) is not None:
        with suppress(ValueError):  # a generator that is running cannot be closed: it runs to its end
            close()


def _synthesized(clause: _Clause, spoken: str, voice: Voice, samples: Samples) -> ClauseSynthesized:
    rate = voice.synthesizer.rate
    return ClauseSynthesized(
        at=clause.guarded.at,
        utterance=clause.guarded.utterance,
        clause=clause.number,
        listener=clause.guarded.listener,
        language=clause.language,
        text=clause.text,
        spoken=spoken,
        voice=voice.name,
        rate=rate,
        duration=samples.size / rate,
        samples=samples,
    )


def _shown(clause: _Clause, reason: str, remedy: str = "") -> ClauseShown:
    return ClauseShown(
        at=clause.guarded.at,
        utterance=clause.guarded.utterance,
        clause=clause.number,
        listener=clause.guarded.listener,
        language=clause.language,
        text=clause.text,
        reason=reason,
        remedy=remedy,
    )


def _failed(clause: _Clause, error: VoiceDocError) -> StageFailed:
    return StageFailed(
        at=clause.guarded.at,
        utterance=clause.guarded.utterance,
        stage=Speak.name,
        message=str(error),
        remedy=error.remedy,
    )
