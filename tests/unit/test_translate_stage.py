"""The stage: every turn is answered by one fact."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from voicedoc.core.events import Event, NotTranslated, StageFailed, Translated, TurnAttributed
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.runtime.worker import InlineWorker
from voicedoc.translate.role import Translator
from voicedoc.translate.scripted import ScriptedTranslator
from voicedoc.translate.stage import Translate

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt-BR")


def turn(text: str, language: str, number: int = 1) -> TurnAttributed:
    return TurnAttributed(
        at=float(number),
        utterance=UtteranceId(number),
        span=Span(number - 1.0, float(number)),
        role=Role.UNKNOWN,
        method="language",
        confidence=0.9,
        hypothesis=Hypothesis(text, language, 0.9, 0.9),
    )


async def facts(
    turns: Sequence[TurnAttributed], *, translator: Translator | None = None, visit: Visit = VISIT
) -> list[Event]:
    emitted: list[Event] = []

    async def inbox() -> AsyncIterator[TurnAttributed]:
        for each in turns:
            yield each

    async def emit(event: Event, /) -> None:
        emitted.append(event)

    await Translate(translator or ScriptedTranslator(), InlineWorker(), visit).run(inbox(), emit)
    return emitted


async def test_each_speaker_is_translated_for_the_other() -> None:
    said = [turn("It hurts.", "en", 1), turn("Dói.", "pt-BR", 2)]
    first, second = await facts(said, translator=ScriptedTranslator(phrases={"It hurts.": "Dói."}))
    assert isinstance(first, Translated) and isinstance(second, Translated)
    assert (first.at, first.utterance, first.listener, first.source_text) == (1.0, 1, Role.PATIENT, "It hurts.")
    assert (first.translation.text, first.translation.source, first.translation.target) == ("Dói.", "en", "pt-BR")
    assert (second.listener, second.translation.target) == (Role.DOCTOR, "en")


async def test_one_failure_is_reported_and_the_session_goes_on() -> None:
    failed, fine = await facts(
        [turn("Bad.", "en", 1), turn("Good.", "en", 2)], translator=ScriptedTranslator(failing=["Bad."])
    )
    assert isinstance(failed, StageFailed) and (failed.at, failed.utterance, failed.stage) == (1.0, 1, "translate")
    assert "Bad." not in failed.message
    assert isinstance(fine, Translated)


async def test_an_unsupported_direction_leaves_the_words_in_the_transcript() -> None:
    (fact,) = await facts([turn("Dói.", "pt-BR")], translator=ScriptedTranslator(pairs=["en-pt"]))
    assert isinstance(fact, NotTranslated)
    assert fact.text == "Dói." and "'pt-BR' to 'en'" in fact.reason


async def test_a_turn_without_words_is_not_translated() -> None:
    (fact,) = await facts([turn(" … ", "en")])
    assert fact == NotTranslated(at=1.0, utterance=UtteranceId(1), text=" … ", reason="there are no words")


async def test_one_language_needs_no_translation() -> None:
    (fact,) = await facts([turn("It hurts.", "en-GB")], visit=Visit("en-GB", "en-US"))
    assert isinstance(fact, NotTranslated) and fact.reason == "both speak 'en-GB'"
