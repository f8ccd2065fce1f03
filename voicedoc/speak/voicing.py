"""How a clause gets its sound: the best voice for it, and the next one where that fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

from voicedoc.core.audio import Samples
from voicedoc.core.events import BackendSwitched, ClauseShown, ClauseSynthesized, StageFailed
from voicedoc.errors import BackendFailed, BackendUnavailable, Unspeakable, UnsupportedLanguage, VoiceDocError
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.speak.clause import Clause
from voicedoc.speak.router import Pronounce, Voice, Voices
from voicedoc.speak.spoken import spoken_text

Sound: TypeAlias = Callable[[Voice, str], Awaitable[Samples]]
"""The whole sound of a text, as read out, in a voice."""


class Voicing:
    """Has each clause end as sound or as text to read, with the reason; none is dropped. A voice that fails is left."""

    emits: Kinds = frozenset({ClauseSynthesized, ClauseShown, StageFailed, BackendSwitched})

    def __init__(self, voices: Voices) -> None:
        self.voices = voices

    async def say(self, clause: Clause, sound: Sound, emit: Emit) -> bool:
        """Have one clause said through `sound`. False where it is only shown."""
        try:
            spoken = spoken_words(clause, self.voices.pronounce)
            while True:
                voice = self.voices.voice_for(clause.language)
                try:
                    samples = await sound(voice, spoken)
                except Unspeakable:
                    raise
                except (BackendFailed, BackendUnavailable) as error:
                    if not await self._switch(voice, clause, error, emit):
                        raise
                else:
                    await emit(clause.synthesized(spoken, voice.name, voice.synthesizer.rate, samples))
                    return True
        except (Unspeakable, UnsupportedLanguage) as error:
            await emit(clause.shown(str(error), error.remedy))
        except (BackendFailed, BackendUnavailable) as error:
            await emit(clause.failed(error))
            await emit(clause.shown(str(error), error.remedy))
        return False

    async def _switch(self, failed: Voice, clause: Clause, error: VoiceDocError, emit: Emit) -> bool:
        """Give up a voice where the profile has another one for the language."""
        others = [voice for voice in self.voices.ranked(clause.language) if voice is not failed]
        if not others:
            return False
        self.voices = self.voices.without(failed)
        await emit(
            BackendSwitched(
                at=clause.at, role="synthesizer", before=failed.name, after=others[0].name, reason=str(error)
            )
        )
        return True


def spoken_words(clause: Clause, pronounce: Pronounce) -> str:
    """A clause as it is read out. Where its sentence goes on, the voice must not fall as at an end.

    Raises:
        Unspeakable: If something of it has no words.
    """
    spoken = spoken_text(pronounce(clause.text, clause.language), clause.language)
    return f"{spoken}," if clause.goes_on and spoken[-1:].isalpha() else spoken


def stop(chunks: Iterator[Samples]) -> None:
    """End the work of an iterator that a worker's thread may be in."""
    if (close := getattr(chunks, "close", None)) is not None:
        with suppress(ValueError):  # a generator that is running cannot be closed: it runs to its end
            close()
