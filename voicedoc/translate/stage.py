"""Turns → what they mean in the other's language."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from voicedoc.core.events import NotTranslated, StageFailed, Translated, TurnAttributed
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role, Visit
from voicedoc.errors import BackendFailed, UnsupportedLanguage
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.translate.role import Translator
from voicedoc.translate.sentences import has_words


@dataclass(frozen=True)
class Translate:
    """Translates each turn for the one who speaks the visit's other language.

    A turn without a translation is told of: `NotTranslated` where none was to be expected, `StageFailed` where the
    translator failed at this text. The session goes on.
    """

    translator: Translator
    worker: Worker
    visit: Visit

    name: ClassVar[str] = "translate"
    consumes: ClassVar[Kinds] = frozenset({TurnAttributed})
    emits: ClassVar[Kinds] = frozenset({Translated, NotTranslated, StageFailed})

    async def run(self, inbox: AsyncIterable[TurnAttributed], emit: Emit) -> None:
        """Translate every turn until the inbox ends."""
        async for turn in inbox:
            if turn.role is Role.ASSISTANT:  # it brings its own translation
                continue
            if reason := self._reason_not_to(turn):
                await emit(_not_translated(turn, reason))
            else:
                await emit(await self._outcome(turn))

    def _reason_not_to(self, turn: TurnAttributed) -> str:
        language = turn.hypothesis.language
        if not has_words(turn.hypothesis.text):
            return "there are no words"
        if same_language(language, self.visit.other(language)):
            return f"both speak '{language}'"
        return ""

    async def _outcome(self, turn: TurnAttributed) -> Translated | NotTranslated | StageFailed:
        text, source = turn.hypothesis.text, turn.hypothesis.language
        target = self.visit.other(source)
        try:
            translation = await self.worker.call(partial(self.translator.translate, text, source=source, target=target))
        except UnsupportedLanguage as error:
            return _not_translated(turn, str(error))
        except BackendFailed as error:
            return StageFailed(
                at=turn.at, utterance=turn.utterance, stage=self.name, message=str(error), remedy=error.remedy
            )
        return Translated(
            at=turn.at,
            utterance=turn.utterance,
            listener=self.visit.listener(source),
            source_text=text,
            translation=translation,
        )


def _not_translated(turn: TurnAttributed, reason: str) -> NotTranslated:
    return NotTranslated(at=turn.at, utterance=turn.utterance, text=turn.hypothesis.text, reason=reason)
