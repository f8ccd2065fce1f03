"""Turns → what they mean in each of the languages that somebody wants to read."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from voicedoc.core.events import NotTranslated, StageFailed, Translated, TurnAttributed
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Visit
from voicedoc.errors import BackendFailed, UnsupportedLanguage
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker
from voicedoc.translate.role import Translator
from voicedoc.translate.sentences import has_words


@dataclass(frozen=True)
class TranslateInto:
    """Translates each turn into every one of `targets` that it is not in already. The batch job's `Translate`.

    A turn without a translation is told of: `NotTranslated` where none was to be expected, `StageFailed` where the
    translator failed at this text. The job goes on.
    """

    translator: Translator
    worker: Worker
    targets: tuple[str, ...]
    visit: Visit

    name: ClassVar[str] = "translate"
    consumes: ClassVar[Kinds] = frozenset({TurnAttributed})
    emits: ClassVar[Kinds] = frozenset({Translated, NotTranslated, StageFailed})

    async def run(self, inbox: AsyncIterable[TurnAttributed], emit: Emit) -> None:
        """Translate every turn until the inbox ends."""
        async for turn in inbox:
            for target in self.targets:
                if not same_language(turn.hypothesis.language, target):
                    await emit(await self._outcome(turn, target))

    async def _outcome(self, turn: TurnAttributed, target: str) -> Translated | NotTranslated | StageFailed:
        text, source = turn.hypothesis.text, turn.hypothesis.language
        if not has_words(text):
            return _not_translated(turn, target, "there are no words")
        try:
            translation = await self.worker.call(partial(self.translator.translate, text, source=source, target=target))
        except UnsupportedLanguage as error:
            return _not_translated(turn, target, str(error))
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


def _not_translated(turn: TurnAttributed, target: str, reason: str) -> NotTranslated:
    return NotTranslated(at=turn.at, utterance=turn.utterance, text=turn.hypothesis.text, reason=reason, target=target)
