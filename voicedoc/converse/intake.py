"""The stage `intake`: the assistant interviews the patient in the doctor's place."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterable, Iterator
from functools import partial
from typing import ClassVar, TypeAlias

from voicedoc.converse.interview.interviewer import FIRST_ASKED, Begun, Interviewer
from voicedoc.converse.interview.model_reader import ModelReader
from voicedoc.converse.interview.read import Answer
from voicedoc.converse.interview.state import Interview, advance
from voicedoc.converse.suspicion.suspicion import Hunch, Suspicion
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AlarmRaised,
    Cleared,
    Event,
    FactNoted,
    InterpreterCalled,
    InterviewClosed,
    InterviewOpened,
    Notice,
    Pressed,
    QuestionAsked,
    Suspected,
    Translated,
    TurnAttributed,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.errors import BackendFailed, ConfigError, UnsupportedLanguage
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

NAME = "intake"
"""The stage's name, by which a journal tells that the assistant asked."""

_Taken: TypeAlias = TurnAttributed | UtteranceReopened | Pressed


class Intake:
    """Asks, hears the answers, and ends the interview: see `voicedoc.converse.interview`.

    `interview` is where it stands: new, or as an earlier part left it. `begins_at` is the audio clock then; `known` is
    what is known before the first question. `reader` is a model that reads what rules cannot, `suspicion` reads what
    they do not know for dangers; both on `worker`.
    An utterance that is reopened takes back what followed from it, but for an emergency. `without` names kinds of
    events that no stage of the session emits.
    """

    name: ClassVar[str] = NAME
    emits: ClassVar[Kinds] = frozenset(
        {
            InterviewOpened,
            QuestionAsked,
            TurnAttributed,
            Translated,
            Cleared,
            FactNoted,
            AlarmRaised,
            Suspected,
            InterpreterCalled,
            InterviewClosed,
            Withdrawn,
            Notice,
        }
    )

    def __init__(
        self,
        interviewer: Interviewer,
        interview: Interview,
        *,
        begins_at: float = 0.0,
        known: Begun | None = None,
        first: int = FIRST_ASKED,
        reader: ModelReader | None = None,
        worker: Worker | None = None,
        suspicion: Suspicion | None = None,
        without: Kinds = frozenset(),
    ) -> None:
        self._interviewer, self._begins_at, self._known = interviewer, begins_at, known
        self._reader, self._worker, self._suspicion = reader, worker, suspicion
        self._numbers: Iterator[int] = itertools.count(first)
        self._before: dict[UtteranceId, Interview] = {}
        self._since: dict[UtteranceId, list[UtteranceId]] = {}
        self._told: set[str] = set()
        self.consumes: Kinds = frozenset({TurnAttributed, UtteranceReopened, Pressed}) - without
        self.interview = interview

    async def run(self, inbox: AsyncIterable[_Taken], emit: Emit) -> None:
        """Interview until the inbox ends."""
        await self._follow(self._interviewer.begin(self.interview, self._begins_at, self._numbers, self._known), emit)
        async for event in inbox:
            match event:
                case TurnAttributed(role=Role.PATIENT):
                    await self._hear(event, emit)
                case UtteranceReopened():
                    await self._take_back(event, emit)
                case Pressed(command=Command.REPEAT):
                    await self._again(event.at, emit)

    async def _hear(self, turn: TurnAttributed, emit: Emit) -> None:
        if self.interview.closed is None:
            self._before[turn.utterance] = self.interview
        try:
            read = await self._read_by_model(turn, emit)
            hunches = await self._hunches(turn, emit)
            events = self._interviewer.take(self.interview, turn, self._numbers, read, hunches)
        except (BackendFailed, UnsupportedLanguage, ConfigError) as error:
            message = f"an answer could not be read, its words are kept: {error}"
            await emit(Notice(at=turn.at, code="unread", message=message, remedy=error.remedy))
            events = self._interviewer.unread(self.interview, turn, self._numbers)
        self._since[turn.utterance] = [event.utterance for event in events if isinstance(event, Cleared)]
        await self._follow(events, emit)

    async def _follow(self, events: list[Event], emit: Emit) -> None:
        for event in events:
            self.interview = advance(self.interview, event)
            await emit(event)

    async def _again(self, at: float, emit: Emit) -> None:
        """The open question once more: nobody knows what was answered, or somebody wishes it."""
        await self._follow(self._interviewer.again(self.interview, at, self._numbers), emit)

    async def _take_back(self, event: UtteranceReopened, emit: Emit) -> None:
        """They had not finished: what followed from the first part is gone; nothing of it is said any more."""
        before = self._before.pop(event.utterance, None)
        if before is None or self.interview.closed:
            return
        self.interview = before
        for said in self._since.pop(event.utterance, []):
            await emit(Withdrawn(at=event.at, utterance=said, reason="reopened"))

    async def _hunches(self, turn: TurnAttributed, emit: Emit) -> tuple[Hunch, ...]:
        """What the turn may be about by its meaning; what is said in so many words is read all the same without it."""
        if self._suspicion is None or self._worker is None or self.interview.closed:
            return ()
        try:
            return await self._worker.call(partial(self._suspicion.hunches, turn.hypothesis.text))
        except BackendFailed as error:
            await self._tell_once(
                turn.at, "no-meanings", f"answers are read by their words alone: {error}", error, emit
            )
            return ()

    async def _read_by_model(self, turn: TurnAttributed, emit: Emit) -> Answer | None:
        question = self._interviewer.needs_reading(self.interview, turn)
        if self._reader is None or self._worker is None or question is None:
            return None
        try:
            text, language = turn.hypothesis.text, turn.hypothesis.language
            return await self._worker.call(partial(self._reader.read, question, text, language))
        except BackendFailed as error:
            await self._tell_once(turn.at, "no-model-reader", f"answers are read by rules alone: {error}", error, emit)
            return None

    async def _tell_once(self, at: float, code: str, message: str, error: BackendFailed, emit: Emit) -> None:
        if code not in self._told:
            self._told.add(code)
            await emit(Notice(at=at, code=code, message=message, remedy=error.remedy))
