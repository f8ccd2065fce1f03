"""A question is heard once each time that it is asked: confirmation, voice, loudspeaker and keys in virtual time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.live_voice import INPUT, LiveVoice, Script, answered, cleared, ended, final, pressed, started
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Answered,
    ClauseSpoken,
    ClauseSynthesized,
    Cleared,
    Event,
    Guarded,
    Held,
    NotTranslated,
    Pressed,
    TurnAttributed,
    VoiceCancelled,
)
from voicedoc.core.speech import Hypothesis, Role, Translation, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.guard.asking import Asking
from voicedoc.guard.confirm import Confirm
from voicedoc.view.advance import advance
from voicedoc.view.state import State, Step

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

QUESTION = "You said: twenty milligrams twice a day. Correct?"
DOSE = "Take twenty milligrams twice a day."


def asked(at: float = 0.0, text: str = QUESTION) -> Cleared:
    return cleared(text, 1, at, critical=True, purpose="question")


def heard(live: LiveVoice) -> list[str]:
    """The clauses that were heard to their end, in order."""
    texts = {
        (event.utterance, event.clause, event.at): event.text for _, event in live.journal
        if isinstance(event, ClauseSynthesized)
    }  # fmt: skip
    spoken = [event for _, event in live.journal if isinstance(event, ClauseSpoken)]
    return [texts[event.utterance, event.clause, event.at] for event in spoken]


def whole(live: LiveVoice) -> str:
    return " ".join(heard(live))


# --- the voice alone


async def test_a_question_that_is_asked_again_before_it_was_heard_is_heard_once() -> None:
    live = LiveVoice()
    await live.through(cleared("How are you feeling today?", 9), asked(0.1), asked(0.3))
    assert whole(live).count(QUESTION) == 1


async def test_one_that_was_interrupted_in_its_first_clause_begins_again_and_is_not_said_twice() -> None:
    live = LiveVoice()
    await live.through(asked(), started(2, 1.0), ended(2, 1.8), final(2, 1.8, "What?"), (2.0, asked(1.8)), until=3.0)
    assert whole(live) == QUESTION


async def test_one_of_which_a_part_was_heard_is_asked_anew_from_its_beginning() -> None:
    live = LiveVoice()
    question = "You said: twenty milligrams, twice a day. Is that correct?"
    first = "You said: twenty milligrams, twice a day."
    await live.through(asked(0.0, question), (2.9, asked(2.9, question)), until=5.0)
    assert whole(live).count(first) == 2
    assert whole(live).endswith("Is that correct?")
    assert whole(live).count("Is that correct?") == 1


async def test_one_that_was_heard_to_its_end_is_asked_again() -> None:
    live = LiveVoice()
    await live.through(asked(), (8.0, asked(8.0)), until=9.0)
    assert whole(live) == f"{QUESTION} {QUESTION}"


@pytest.mark.parametrize("answer", ["yes", "no"])
async def test_a_question_that_is_answered_falls_silent(answer: str) -> None:
    live = LiveVoice()
    journal = await live.through(asked(), answered(1, 1.0, answer), cleared("Tome vinte.", 1, 1.0), until=3.0)
    assert whole(live) == "Tome vinte."
    assert [event.reason for event in journal if isinstance(event, VoiceCancelled)] == ["answered"]


async def test_an_answer_that_is_none_leaves_the_question_to_its_end() -> None:
    live = LiveVoice()
    await live.through(asked(), answered(1, 1.0, "unclear", "voice"), until=3.0)
    assert whole(live) == QUESTION


async def test_a_question_that_was_cut_by_its_answer_does_not_make_the_translation_look_cut() -> None:
    live = LiveVoice()
    await live.through(asked(), answered(1, 1.0), cleared("Tome vinte.", 1, 1.0), until=3.0)
    state = State()
    for _, event in live.journal:
        state = advance(state, event)
    assert state.lines[UtteranceId(1)].step is Step.SAID


# --- with who asks


def turn(number: int, text: str, at: float, seconds: float = 1.0) -> list[Event]:
    said = TurnAttributed(
        at=at,
        utterance=UtteranceId(number),
        span=Span(max(0.0, at - seconds), at),
        role=Role.DOCTOR,
        method="channel",
        confidence=1.0,
        hypothesis=Hypothesis(text, "en", 1.0, 0.9, ()),
    )
    translation = Translation(f"pt: {text}", "en", "pt", ("scripted",))
    passed = Guarded(at=at, utterance=said.utterance, listener=Role.PATIENT, translation=translation, n_findings=0)
    return [said, passed]


class Asked(LiveVoice):
    """The speaking half, with the stage that asks before it."""

    def stages(self, script: Script) -> list[object]:
        source = replace(script, emits=(INPUT - {Cleared, Answered}) | {TurnAttributed, Guarded, Held, NotTranslated})
        _, *speaking = super().stages(script)
        return [source, Confirm(Visit("en", "pt"), Asking(read_back=("dose",))), *speaking]


async def test_a_mumble_over_the_question_has_it_heard_once_and_whole() -> None:
    live = Asked()
    await live.through(
        *turn(1, DOSE, 1.0),
        started(2, 2.8),
        ended(2, 3.8),
        final(2, 3.8, "Mm-hm."),
        *turn(2, "Mm-hm.", 3.8),
        until=12.0,
    )
    questions = [event for _, event in live.journal if isinstance(event, Cleared) and event.purpose == "question"]
    assert len(questions) == 2  # it was asked again
    assert whole(live) == QUESTION


async def test_words_over_the_question_have_it_heard_once_and_whole() -> None:
    live = Asked()
    await live.through(
        *turn(1, DOSE, 1.0), started(2, 2.8), ended(2, 3.8), final(2, 3.8, "What?"), *turn(2, "What?", 3.8), until=12.0
    )
    assert whole(live) == QUESTION


async def test_after_the_question_a_mumble_has_it_asked_again() -> None:
    live = Asked()
    await live.through(
        *turn(1, DOSE, 1.0), started(2, 9.0), ended(2, 10.0), final(2, 10.0, "What?"), *turn(2, "What?", 10.0),
        until=20.0,
    )  # fmt: skip
    assert whole(live) == f"{QUESTION} {QUESTION}"


async def test_a_key_in_the_middle_of_the_question_has_the_translation_said_at_once() -> None:
    live = Asked()
    await live.through(*turn(1, DOSE, 1.0), pressed(Command.YES, 2.0), until=4.0)
    assert whole(live) == f"pt: {DOSE}"
    silent = live.loudspeaker.played[round(2.05 * 16_000) : round(2.1 * 16_000)]
    assert not np.abs(silent).any() or live.heard(ClauseSpoken)[0].span.start < 2.1  # type: ignore[attr-defined]
    assert [event for _, event in live.journal if isinstance(event, Pressed)]
