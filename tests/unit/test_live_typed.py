"""What is typed, pressed and offered during a live session."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import anyio
import pytest

from voicedoc.attribute.typed import FIRST_TYPED, Typed
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Cleared,
    Event,
    InterpreterCalled,
    Notice,
    PhrasesOffered,
    Pressed,
    TurnAttributed,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed
from voicedoc.phrases.bank import PhraseBank
from voicedoc.phrases.stage import OfferPhrases
from voicedoc.runtime.controls import Controls
from voicedoc.runtime.stage import Stage
from voicedoc.runtime.worker import InlineWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt")

T = TypeVar("T")


async def events_of(stage: Stage, *inbox: Event) -> list[Event]:
    async def arriving() -> AsyncIterator[Event]:
        for event in inbox:
            yield event

    events: list[Event] = []

    async def emit(event: Event, /) -> None:
        events.append(event)

    await stage.run(arriving(), emit)
    return events


def pressed(command: Command, argument: str = "", at: float = 7.5) -> Pressed:
    return Pressed(at=at, command=command.value, argument=argument)


def doctors(text: str, role: Role = Role.DOCTOR) -> TurnAttributed:
    return TurnAttributed(
        at=3.0,
        utterance=UtteranceId(4),
        span=Span(1.0, 2.5),
        role=role,
        method="button",
        confidence=1.0,
        hypothesis=Hypothesis(text, "en", 1.0, 0.9),
    )


async def test_what_somebody_types_is_a_turn_of_theirs_in_their_language() -> None:
    typing = [pressed(Command.TYPE, "patient: Dói aqui: no peito"), pressed(Command.TYPE, "doctor: Since when?")]
    first, second = await events_of(Typed(VISIT), *typing)
    assert isinstance(first, TurnAttributed) and isinstance(second, TurnAttributed)
    assert (first.role, first.hypothesis.text, first.hypothesis.language) == ("patient", "Dói aqui: no peito", "pt")
    assert (second.role, second.hypothesis.language, second.at) == ("doctor", "en", 7.5)
    assert (first.utterance, second.utterance) == (FIRST_TYPED, FIRST_TYPED + 1)


@pytest.mark.parametrize("argument", ["", "hello", "nurse: hello", "doctor:  "])
async def test_typing_that_names_nobody_or_says_nothing_is_told_and_not_dropped(argument: str) -> None:
    (notice,) = await events_of(Typed(VISIT), pressed(Command.TYPE, argument))
    assert isinstance(notice, Notice) and "doctor: TEXT" in notice.remedy


async def test_a_phrase_is_offered_for_what_the_clinician_says_in_other_words() -> None:
    stage = OfferPhrases(PhraseBank.load(), InlineWorker(), VISIT)
    (offered,) = await events_of(stage, doctors("Are you allergic to anything?"))
    assert isinstance(offered, PhrasesOffered)
    assert offered.phrases[0].id == "allergies.any" and offered.phrases[0].text == "Tem alguma alergia?"
    assert await events_of(stage, doctors("Are you allergic to anything?", Role.PATIENT)) == []
    assert await events_of(stage, doctors("The bus was late because of the carnival procession.")) == []


async def test_without_memory_for_the_search_no_phrase_is_offered_and_the_next_one_is() -> None:
    class Exhausted(InlineWorker):
        n_calls = 0

        async def call(self, function: Callable[[], T], /) -> T:
            self.n_calls += 1
            if self.n_calls == 1:
                raise BackendFailed("there is no memory", remedy="close other programs")
            return await super().call(function)

    allergic = doctors("Are you allergic to anything?")
    notice, offered = await events_of(OfferPhrases(PhraseBank.load(), Exhausted(), VISIT), allergic, allergic)
    assert isinstance(notice, Notice) and notice.remedy
    assert isinstance(offered, PhrasesOffered)


async def test_a_phrase_that_is_chosen_is_spoken_as_it_stands_in_the_bank() -> None:
    stage = OfferPhrases(PhraseBank.load(), InlineWorker(), VISIT)
    (cleared,) = await events_of(stage, pressed(Command.PHRASE, "allergies.any"))
    assert isinstance(cleared, Cleared)
    assert (cleared.text, cleared.language, cleared.listener) == ("Tem alguma alergia?", "pt", Role.PATIENT)
    assert cleared.purpose == "phrase"


async def test_a_phrase_that_does_not_exist_or_has_empty_slots_is_refused_with_a_reason() -> None:
    bank = PhraseBank.load()
    with_slot = next(phrase.id for phrase in bank.phrases if phrase.has("pt") and "{" in phrase.wordings("pt")[0])
    stage = OfferPhrases(bank, InlineWorker(), VISIT)
    for argument in ("allergies.eny", with_slot):
        (notice,) = await events_of(stage, pressed(Command.PHRASE, argument))
        assert isinstance(notice, Notice) and notice.remedy


async def test_a_key_is_a_fact_at_the_place_of_the_audio_and_acts_before_any_stage_hears_of_it() -> None:
    position, acted, events = [1.0], [], []

    async def emit(event: Event, /) -> None:
        events.append(event)

    controls = Controls(lambda: position[0], lambda pressed: acted.append(pressed.command))
    with anyio.fail_after(5):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(controls.run, [], emit)
            controls.press(Command.TALK, "doctor")
            assert acted == ["talk"] and events == []
            position[0] = 2.5
            controls.press(Command.INTERPRETER, "legal words")
            controls.press(Command.END)
            controls.press(Command.SAY)  # too late
    assert [(event.at, type(event)) for event in events] == [
        (1.0, Pressed),
        (2.5, Pressed),
        (2.5, InterpreterCalled),
        (2.5, Pressed),
    ]
    assert acted == ["talk", "interpreter", "end"]
