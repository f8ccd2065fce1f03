"""The stage `barge-in`: people's speech and keys decide on the floor whether the interpreter's voice may go on."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

import anyio

from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Event,
    NothingHeard,
    Pressed,
    SpeechStarted,
    StageFailed,
    TranscriptFinal,
    TranscriptPartial,
    Utterance,
)
from voicedoc.core.languages import same_language
from voicedoc.core.time import Span
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.speak.backchannels import has_words

REACTION = 0.5
"""Seconds. Who begins to speak sooner after the voice did not react to it: both began together."""
_LOOK = 0.25
"""Seconds between two looks for waits that are over."""
_TALK, _STOP = -1, -2
"""Stand where an utterance's number would: the key that is held down, the key that wanted silence."""


Echo: TypeAlias = Callable[[str, str, Span], bool]
"""Whether a text in a language, heard in a span of the audio clock, is what the voice said then."""


@dataclass
class _Speaking:
    """Somebody speaks, until the voice waits no longer. `over`: over the voice, and it is open what they want.

    `since` is on the audio clock, `until` on the wall's.
    """

    over: bool
    since: float
    until: float
    ended: bool = False


class BargeIn:
    """Lets people interrupt the voice, and keeps the voice from interrupting people.

    * Who begins to speak while the voice does silences it at once. Words in its language cancel what it was saying: its
      listener took the floor. Words of the other side make it wait and say its clause anew: what was translated is
      still owed (`yields_to="anyone"` cancels then, too). After a cough, "mm-hm", or nothing that is understood for
      `patience` seconds it goes on.
    * Who speaks when it is about to makes it wait for the end of their utterance.
    * `Command.TALK` cancels what it says and makes it wait; `Command.STOP` cancels all that it has to say. What is
      critical is not cancelled but begins again at its clause when the floor is free; a second STOP within `patience`
      ends that, too.

    Each wait ends by itself, after `longest` seconds at most; that is more than any utterance may take. It emits
    nothing: what follows is told by the stage that plays. `echo` tells the voice's own words in the microphone: they
    are nobody's. `without` names kinds of events that no stage of the session
    emits.
    """

    name: ClassVar[str] = "barge-in"
    emits: ClassVar[Kinds] = frozenset()

    def __init__(
        self,
        floor: Floor,
        clock: Clock,
        *,
        patience: float = 5.0,
        longest: float = 40.0,
        yields_to: Literal["listener", "anyone"] = "listener",
        echo: Echo | None = None,
        without: Kinds = frozenset(),
    ) -> None:
        self._floor, self._clock = floor, clock
        self._patience, self._longest, self._yields_to = patience, longest, yields_to
        self._echo = echo
        heard = {SpeechStarted, Utterance, TranscriptPartial, TranscriptFinal, NothingHeard, StageFailed, Pressed}
        self.consumes: Kinds = frozenset(heard - without)
        self._speaking: dict[int, _Speaking] = {}
        self._unheard: set[int] = set()  # no longer waited for, though they may still speak
        self._pressed: list[Pressed] = []
        self._at = 0.0
        self._somebody = anyio.Event()

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Run until the inbox ends; then the floor is free."""
        del emit
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._watch)
            async for event in inbox:
                self._take(event)
            tasks.cancel_scope.cancel()
        self._speaking.clear()
        self._floor.resume("nobody speaks any more", self._at)

    def press(self, pressed: Pressed) -> None:
        """Act on a key before it comes through the inbox, where it is then passed over. Event loop only."""
        self._pressed.append(pressed)
        self._obey(pressed)

    def _take(self, event: Event) -> None:
        self._at = max(self._at, event.at)
        match event:
            case Pressed() if event in self._pressed:
                self._pressed.remove(event)
            case Pressed():
                self._obey(event)
            case SpeechStarted():
                saying = self._floor.saying
                over = saying is not None and saying.began is not None and event.at - saying.began > REACTION
                self._wait_for(event.utterance, "speech", event.at, over=over)
            case Utterance():
                self._ended(event.utterance, event.at)
            case TranscriptPartial():
                text = f"{event.stable} {event.unstable}"
                self._words(event.utterance, text, event.language, event.at, final=False)
            case TranscriptFinal():
                heard = event.hypothesis
                self._words(event.utterance, heard.text, heard.language, event.at, final=True)
                self._free(event.utterance, "nobody wants the floor", event.at)
            case NothingHeard() | StageFailed():
                self._free(event.utterance, "no words", event.at)

    def _obey(self, pressed: Pressed) -> None:
        match pressed.command:
            case Command.TALK:
                self._floor.interrupt("key", pressed.at)
                self._wait_for(_TALK, "key", pressed.at)
            case Command.RELEASE:
                self._free(_TALK, "key", pressed.at)
            case Command.STOP:
                self._stop(pressed.at)

    def _stop(self, at: float) -> None:
        if _STOP in self._speaking:
            self._floor.dismiss("key", at)
        elif self._floor.silence("key", at):
            self._wait_for(_STOP, "key", at)
            self._speaking[_STOP].until = self._clock.now() + self._patience

    def _wait_for(self, who: int, reason: str, at: float, *, over: bool = False) -> None:
        self._unheard.discard(who)
        patience = self._patience if over else self._longest
        self._speaking[who] = _Speaking(over, at, self._clock.now() + patience)
        self._floor.pause(reason, at)
        self._somebody.set()

    def _ended(self, who: int, at: float) -> None:
        """Their endpoint. Where it is open what they want, their words will tell."""
        self._unheard.discard(who)
        speaking = self._speaking.get(who)
        if speaking is None:
            return
        if not speaking.over:
            self._free(who, "they have finished", at)
        else:
            speaking.ended, speaking.until = True, self._clock.now() + self._patience

    def _words(self, who: int, text: str, language: str, at: float, *, final: bool) -> None:
        """The first words of somebody may be taken for the other language: what they want is open until the last."""
        if not has_words(text, language):
            return
        if who in self._unheard:
            self._wait_for(who, "speech", at, over=True)
        speaking = self._speaking.get(who)
        if speaking is None:
            return
        if speaking.over and self._echoes(text, language, speaking.since):
            return
        yields = speaking.over and self._yields(language)
        if yields:
            self._floor.interrupt("words", at)
        speaking.over = speaking.over and not (yields or final)
        speaking.until = self._clock.now() + self._longest
        if speaking.ended:
            self._free(who, "they have finished", at)

    def _yields(self, language: str) -> bool:
        saying = self._floor.saying
        return saying is not None and (self._yields_to == "anyone" or same_language(language, saying.language))

    def _echoes(self, text: str, language: str, since: float) -> bool:
        """Whether these are the voice's own words, from just before it was silenced."""
        return self._echo is not None and self._echo(text, language, Span(max(0.0, since - REACTION), since))

    def _free(self, who: int, reason: str, at: float) -> None:
        if self._speaking.pop(who, None) and not self._speaking:
            self._floor.resume(reason, at)

    async def _watch(self) -> None:
        """End waits that last too long."""
        while True:
            if not self._speaking:
                await self._somebody.wait()
            self._somebody = anyio.Event()
            await self._clock.sleep_until(self._clock.now() + _LOOK)
            late = [who for who, speaking in self._speaking.items() if speaking.until <= self._clock.now()]
            for who in late:
                self._unheard.add(who)
                self._free(who, "that took too long", self._at)
