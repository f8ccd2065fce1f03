"""The stage `phrases`: offers reviewed sentences for what the clinician says, and speaks those that are chosen."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from voicedoc.core.commands import Command
from voicedoc.core.events import Cleared, Notice, OfferedPhrase, PhrasesOffered, Pressed, TurnAttributed
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.errors import BackendFailed, VoiceDocError
from voicedoc.phrases.bank import PhraseBank
from voicedoc.phrases.search import Match
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

MOST = 3
"""Phrases that are offered at once."""

FIRST_PHRASE = 2_000_000
"""Phrases that are spoken at the press of a key are numbered from here on."""


@dataclass(frozen=True)
class OfferPhrases:
    """Looks for what the clinician says in the phrase bank, by meaning, and says what is offered.

    `Command.PHRASE` with a phrase's id speaks it to whom it is for. One that has empty slots, or is not in both
    languages, is not spoken; a notice says why.
    """

    bank: PhraseBank
    worker: Worker
    visit: Visit
    first: int = FIRST_PHRASE

    name: ClassVar[str] = "phrases"
    consumes: ClassVar[Kinds] = frozenset({TurnAttributed, Pressed})
    emits: ClassVar[Kinds] = frozenset({PhrasesOffered, Cleared, Notice})

    async def run(self, inbox: AsyncIterable[TurnAttributed | Pressed], emit: Emit) -> None:
        """Run until the inbox ends."""
        number = self.first
        async for event in inbox:
            if isinstance(event, TurnAttributed):
                if event.role is Role.DOCTOR:
                    await self._offer(event, emit)
            elif event.command == Command.PHRASE:
                await emit(self._say(event, UtteranceId(number)))
                number += 1

    async def _offer(self, turn: TurnAttributed, emit: Emit) -> None:
        try:
            found = await self.worker.call(partial(self._find, turn))
        except BackendFailed as error:
            await emit(Notice(at=turn.at, code="no-phrases", message=f"no phrase: {error}", remedy=error.remedy))
            return
        if found:
            await emit(_offered(turn, found))

    def _find(self, turn: TurnAttributed) -> list[Match]:
        text, language = turn.hypothesis.text, turn.hypothesis.language
        found = self.bank.find(text, language, self.visit.other(language), speaker=Role.DOCTOR, limit=MOST)
        return [match for match in found if match.is_complete]

    def _say(self, pressed: Pressed, number: UtteranceId) -> Cleared | Notice:
        try:
            phrase = self.bank.phrase(pressed.argument)
        except VoiceDocError as error:
            return _unsaid(pressed, str(error), error.remedy)
        speaker = Role.PATIENT if phrase.speaker is Role.PATIENT else Role.DOCTOR
        language = self.visit.other(self.visit.language_of(speaker))
        if not phrase.has(language):
            return _unsaid(pressed, f"phrase '{phrase.id}' is not in '{language}'", "say it, and it is translated")
        text = phrase.wordings(language)[0]
        if "{" in text:
            return _unsaid(pressed, f"phrase '{phrase.id}' has something to fill in: {text}", "say it whole")
        listener = Role.PATIENT if speaker is Role.DOCTOR else Role.DOCTOR
        return Cleared(
            at=pressed.at, utterance=number, listener=listener, language=language, text=text, purpose="phrase"
        )


def _offered(turn: TurnAttributed, found: list[Match]) -> PhrasesOffered:
    return PhrasesOffered(
        at=turn.at,
        utterance=turn.utterance,
        phrases=tuple(OfferedPhrase(m.phrase.id, round(m.score, 3), m.source_text, m.text) for m in found),
    )


def _unsaid(pressed: Pressed, message: str, remedy: str) -> Notice:
    return Notice(at=pressed.at, code="phrase-not-spoken", message=message, remedy=remedy)
