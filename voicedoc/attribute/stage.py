"""The stage `attribute`: transcripts in, turns with a speaker out."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from typing import ClassVar

from voicedoc.attribute.role import Attributor
from voicedoc.core.events import Notice, TranscriptFinal, TurnAttributed
from voicedoc.core.speech import Visit
from voicedoc.runtime.stage import Emit, Kinds

ENOUGH = 8
"""Utterances. So many in one language alone mean that both speak it, or that one of them has not been heard."""


FIRST = 4
"""Utterances after which roles that are given are compared with the languages heard."""


@dataclass(frozen=True)
class Attribute:
    """Says who spoke. The language that was heard stays, whatever the speaker's own is.

    Going by language needs both languages: where only one is heard in the first utterances, a notice says so, once.
    So does one where given channels or turns do not fit the languages: they may be swapped.
    """

    attributor: Attributor
    visit: Visit

    name: ClassVar[str] = "attribute"
    consumes: ClassVar[Kinds] = frozenset({TranscriptFinal})
    emits: ClassVar[Kinds] = frozenset({TurnAttributed, Notice})

    async def run(self, inbox: AsyncIterable[TranscriptFinal], emit: Emit) -> None:
        """Run until the inbox ends."""
        turns: list[TurnAttributed] = []
        async for transcript in inbox:
            turn = self._turn(transcript)
            await emit(turn)
            turns.append(turn)
            if notice := self._notice(turns):
                await emit(notice)

    def _notice(self, turns: list[TurnAttributed]) -> Notice | None:
        heard = {turn.hypothesis.language for turn in turns}
        if self.attributor.method == "language":
            return _one_language(turns[-1].at, heard.pop()) if len(turns) == ENOUGH and len(heard) == 1 else None
        n_strange = sum(turn.hypothesis.language != self.visit.language_of(turn.role) for turn in turns)
        if len(turns) == FIRST and n_strange > FIRST // 2:
            return _swapped(turns[-1].at, n_strange, self.attributor.method)
        return None

    def _turn(self, transcript: TranscriptFinal) -> TurnAttributed:
        role, confidence = self.attributor.attribute(transcript)
        return TurnAttributed(
            at=transcript.at,
            utterance=transcript.utterance,
            span=transcript.span,
            role=role,
            method=self.attributor.method,
            confidence=confidence,
            hypothesis=transcript.hypothesis,
        )


def _one_language(at: float, language: str) -> Notice:
    return Notice(
        at=at,
        code="one-language",
        message=f"all of the first {ENOUGH} utterances are in '{language}': who spoke cannot be told by language",
        remedy="--turns FILE or --channels doctor,patient",
    )


def _swapped(at: float, n_strange: int, method: str) -> Notice:
    return Notice(
        at=at,
        code="roles-do-not-fit",
        message=f"{n_strange} of the first {FIRST} utterances are not in the language of their speaker",
        remedy=f"check --{method.removesuffix('s')}s: doctor and patient may be swapped",
    )
