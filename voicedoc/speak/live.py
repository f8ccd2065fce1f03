"""The stage that speaks in a live session: what is cleared, clause by clause, its sound handed on as it is made."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncIterable, Iterator
from functools import partial
from typing import ClassVar, NamedTuple, TypeAlias

import anyio
import numpy as np
from anyio.streams.memory import MemoryObjectReceiveStream

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE, Answered, ClauseSound, Cleared, Pressed, UtteranceReopened, Withdrawn
from voicedoc.core.speech import Role
from voicedoc.errors import BackendFailed, BackendUnavailable
from voicedoc.runtime.floor import Floor, Saying
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.speak.clause import STAGE, Clause
from voicedoc.speak.opening import Part, live_clauses
from voicedoc.speak.router import Voice, Voices
from voicedoc.speak.sound import Finishing
from voicedoc.speak.voicing import Voicing, spoken_words, stop

_NOTHING = as_samples(np.zeros(0, np.float32))
_REMEMBERED = 16
"""Translations that can be repeated."""


_Taken: TypeAlias = Cleared | Answered | Withdrawn | UtteranceReopened | Pressed


class _Task(NamedTuple):
    cleared: Cleared
    saying: Saying


class SpeakLive:
    """Says what is cleared, in order, and nothing that has been withdrawn since.

    A clause's sound goes out in parts as the voice makes it (`ClauseSound`), the next clause is made while one is
    played. What is withdrawn or reopened, or ended on the floor, stops at once, whatever is being made. A result of an
    utterance's earlier revision that comes after the utterance was reopened is not said. A question that is answered
    is said no further; one that is asked again while it is still to be said is said once. `repeats`: the key that says
    the last translation again is served here. `without` names kinds of events that no stage of the session emits.
    """

    name: ClassVar[str] = STAGE
    emits: ClassVar[Kinds] = Voicing.emits | {ClauseSound}

    def __init__(
        self,
        voices: Voices,
        worker: Worker,
        floor: Floor,
        *,
        repeats: bool = True,
        without: Kinds = frozenset(),
    ) -> None:
        self._voicing = Voicing(voices)
        self._worker = worker
        self._floor = floor
        wanted = {Cleared, Answered, Withdrawn, UtteranceReopened, *([Pressed] if repeats else [])}
        self.consumes: Kinds = frozenset(wanted - without)
        self._reopened: dict[int, float] = {}
        self._translations: deque[Cleared] = deque(maxlen=_REMEMBERED)

    async def run(self, inbox: AsyncIterable[_Taken], emit: Emit) -> None:
        """Speak until the inbox ends. Control is taken in while a voice works."""
        ahead, tasks = anyio.create_memory_object_stream[_Task](math.inf)
        async with anyio.create_task_group() as group:
            group.start_soon(self._say_all, tasks, emit)
            with ahead:
                async for event in inbox:
                    if cleared := self._taken(event):
                        ahead.send_nowait(_Task(cleared, self._announced(cleared)))

    def _taken(self, event: _Taken) -> Cleared | None:
        """What is to be said now, if anything."""
        match event:
            case Cleared() if event.at >= self._reopened.get(event.utterance, 0.0):
                if event.purpose == "translation":
                    self._translations.append(event)
                return None if event.purpose == "question" and self._is_still_asked(event) else event
            case Answered(answer="yes" | "no"):
                for saying in self._floor.questions(event.utterance):
                    self._floor.give_up(saying, "answered", event.at)
            case Withdrawn():
                self._withdraw(event.utterance, event.reason, event.at)
            case UtteranceReopened():
                self._reopened[event.utterance] = event.at
                self._withdraw(event.utterance, "reopened", event.at)
            case Pressed(command=Command.REPEAT):
                return self._again(event)
        return None

    def _is_still_asked(self, again: Cleared) -> bool:
        """Whether a question is to be heard whole anyway, as it was asked before. What is left of it is not."""
        for saying in self._floor.questions(again.utterance):
            if saying.text == again.text and saying.n_heard == 0:
                return True
            self._floor.give_up(saying, "asked again", again.at)
        return False

    def _withdraw(self, utterance: int, reason: str, at: float) -> None:
        kept = [cleared for cleared in self._translations if cleared.utterance != utterance]
        self._translations = deque(kept, maxlen=_REMEMBERED)
        self._floor.withdraw(utterance, reason, at)

    def _again(self, pressed: Pressed) -> Cleared | None:
        for cleared in reversed(self._translations):
            if pressed.utterance in (NO_UTTERANCE, cleared.utterance):
                return Cleared(
                    at=pressed.at,
                    utterance=cleared.utterance,
                    listener=cleared.listener,
                    language=cleared.language,
                    text=cleared.text,
                    purpose="repeat",
                    critical=cleared.critical,
                )
        return None

    def _announced(self, cleared: Cleared) -> Saying:
        return self._floor.announce(
            cleared.utterance,
            cleared.text,
            cleared.language,
            critical=cleared.critical,
            purpose=cleared.purpose,
            at=cleared.at,
        )

    async def _say_all(self, tasks: MemoryObjectReceiveStream[_Task], emit: Emit) -> None:
        with tasks:
            async for task in tasks:
                await self._say(task, emit)
                self._floor.settle(task.saying)

    async def _say(self, task: _Task, emit: Emit) -> None:
        for clause in self._clauses(task.cleared):
            if task.saying.stopped:
                return
            with anyio.CancelScope() as scope:
                task.saying.on_stop = scope.cancel
                handing = _Handing(clause, task.saying, self._floor, emit)
                if not await self._voicing.say(clause, partial(self._sound, handing), emit):
                    await handing.close()

    def _clauses(self, cleared: Cleared) -> Iterator[Clause]:
        ranked = self._voicing.voices.ranked(cleared.language)
        parts = live_clauses(cleared.text, cleared.language, ranked[0].startup if ranked else 0.0)
        for number, (text, goes_on) in enumerate(parts):
            yield Clause(cleared.at, cleared.utterance, number, cleared.listener, cleared.language, text, goes_on)

    async def _sound(self, handing: _Handing, voice: Voice, spoken: str) -> Samples:
        """Hand the sound on as it is made. Where the voice fails in the middle, it is taken back."""
        make = partial(voice.synthesizer.synthesize, spoken, language=handing.clause.language)
        chunks = await self._worker.call(make)
        handing.begin(voice.synthesizer.rate, spoken)
        try:
            while (chunk := await self._worker.call(partial(next, chunks, None))) is not None:
                await handing.push(chunk)
            return await handing.end()
        except anyio.get_cancelled_exc_class():
            stop(chunks)
            raise
        except (BackendFailed, BackendUnavailable):
            await handing.take_back()
            raise


class _Handing:
    """Hands a clause's sound to the loudspeaker in parts."""

    def __init__(self, clause: Clause, saying: Saying, floor: Floor, emit: Emit) -> None:
        self.clause = clause
        self._saying, self._floor, self._emit = saying, floor, emit
        self._expected = False
        self._rate, self._spoken = 0, ""
        self._parts: list[Samples] = []
        self._finishing = Finishing(1, "")

    def begin(self, rate: int, spoken: str) -> None:
        """A voice sets about it."""
        self._rate, self._spoken, self._parts = rate, spoken, []
        self._finishing = Finishing(rate, spoken)

    async def push(self, chunk: Samples) -> None:
        """Hand on what of the sound so far is sure to stay.

        Raises:
            BackendFailed: If it is no sound.
        """
        await self._hand_on(self._finishing.push(chunk), last=False)

    async def end(self) -> Samples:
        """Hand on the rest; the whole sound.

        Raises:
            BackendFailed: If it was far too short.
        """
        await self._hand_on(self._finishing.end(), last=True)
        return as_samples(np.concatenate(self._parts))

    async def take_back(self) -> None:
        """What was handed on is not the clause: it is said anew, or not at all."""
        if self._parts:
            self._parts = []
            await self._send(0, _NOTHING, last=False)

    async def close(self) -> None:
        """No voice could say it: the loudspeaker waits no longer."""
        if self._expected:
            await self._send(0, _NOTHING, last=True)

    async def _hand_on(self, samples: Samples, *, last: bool) -> None:
        if samples.size or last:
            self._parts.append(samples)
            await self._send(len(self._parts) - 1, samples, last=last)

    async def _send(self, part: int, samples: Samples, *, last: bool) -> None:
        if not self._expected:
            self._expected = True
            self._floor.expect(self._saying)
        clause = self.clause
        await self._emit(
            ClauseSound(
                at=clause.at,
                utterance=clause.utterance,
                saying=self._saying.number,
                clause=clause.number,
                part=part,
                last=last,
                listener=clause.listener,
                language=clause.language,
                text=clause.text,
                spoken=self._spoken,
                rate=self._rate,
                samples=samples,
            )
        )


def first_words(voices: Voices, text: str, language: str) -> tuple[Voice, str]:
    """The voice that would say `text`, and the words that it would say first: to have their sound ready.

    Raises:
        UnsupportedLanguage: If no voice speaks `language`.
        Unspeakable: If the first clause has no words.
    """
    voice = voices.voice_for(language)
    part = next(live_clauses(text, language, voice.startup), Part("", goes_on=False))
    clause = Clause(0.0, NO_UTTERANCE, 0, Role.UNKNOWN, language, part.text, part.goes_on)
    return voice, spoken_words(clause, voices.pronounce)
