"""The stage that advises: it takes everything at once, tells what it finds, and no mistake in it ends a session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import cast

import anyio
import pytest

from tests.helpers.said import said
from voicedoc.converse.advice.advisor import Advisor, advisor_for
from voicedoc.converse.advise import Advise
from voicedoc.core.events import (
    NO_UTTERANCE,
    AlarmRaised,
    ConflictFound,
    Event,
    Notice,
    StageFailed,
    TurnAttributed,
    TurnCorrected,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt")

LINES = [
    said(1, Role.PATIENT, "Tomo varfarina.", "pt"),
    said(2, Role.DOCTOR, "I will give you ibuprofen.", "en"),
    said(3, Role.PATIENT, "Dói-me o peito e estou com suores frios.", "pt"),
]


class Scripted:
    """An advisor that fails as it is told to."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)

    def hear(self, turn: TurnAttributed) -> list[Event]:
        if self._errors:
            raise self._errors.pop(0)
        return [Notice(at=turn.at, code="heard", message=f"{turn.utterance}: {turn.hypothesis.text}")]

    def correct(self, event: TurnCorrected) -> list[Event]:
        return []


async def inbox(*events: TurnAttributed | TurnCorrected) -> AsyncIterator[TurnAttributed | TurnCorrected]:
    for event in events:
        yield event


async def run(stage: Advise, *events: TurnAttributed | TurnCorrected) -> list[Event]:
    emitted: list[Event] = []

    async def emit(event: Event, /) -> None:
        emitted.append(event)

    await stage.run(inbox(*events), emit)
    return emitted


def stage_of(*errors: Exception) -> Advise:
    return Advise(partial(_scripted, *errors), InlineWorker())


def _scripted(*errors: Exception) -> Advisor:
    return cast(Advisor, Scripted(*errors))


async def test_it_tells_what_does_not_go_together_and_what_cannot_wait() -> None:
    emitted = await run(Advise(lambda: advisor_for(VISIT), InlineWorker()), *LINES)
    assert [event.names for event in emitted if isinstance(event, ConflictFound)] == [("warfarin", "ibuprofen")]
    assert "emergency" in {event.level for event in emitted if isinstance(event, AlarmRaised)}
    assert [event.at for event in emitted] == sorted(event.at for event in emitted)


async def test_on_a_thread_of_its_own_it_tells_the_same() -> None:
    worker = ThreadWorker("advice", gives_way=True)
    try:
        assert await run(Advise(lambda: advisor_for(VISIT), worker), *LINES) == await run(
            Advise(lambda: advisor_for(VISIT), InlineWorker()), *LINES
        )
    finally:
        worker.close()


async def test_nobody_waits_for_advice() -> None:
    """Its inbox is empty before it has read the first utterance."""
    release = anyio.Event()
    taken = 0

    class Slow(InlineWorker):
        async def call(self, function, /):  # type: ignore[no-untyped-def]  # as its base
            await release.wait()
            return await super().call(function)

    async def many() -> AsyncIterator[TurnAttributed]:
        nonlocal taken
        for number in range(1, 101):
            taken = number
            yield said(number, Role.PATIENT, "Bom dia.", "pt")
        release.set()

    emitted: list[Event] = []

    async def emit(event: Event, /) -> None:
        emitted.append(event)

    with anyio.fail_after(5):
        await Advise(_scripted, Slow()).run(many(), emit)
    assert taken == 100 and len(emitted) == 100


async def test_a_failure_is_told_and_the_next_utterance_read() -> None:
    emitted = await run(stage_of(BackendFailed("no memory", remedy="wait"), KeyError("secret words")), *LINES)
    failed = [event for event in emitted if isinstance(event, StageFailed)]
    assert [(event.utterance, event.at) for event in failed] == [
        (NO_UTTERANCE, LINES[0].at),
        (NO_UTTERANCE, LINES[1].at),
    ]
    assert failed[0].message == "no memory" and failed[0].remedy == "wait"
    assert "secret" not in failed[1].message and "KeyError" in failed[1].message
    assert isinstance(emitted[-1], Notice) and emitted[-1].message == f"3: {LINES[2].hypothesis.text}"


async def test_rules_that_cannot_be_read_end_nothing() -> None:
    def broken() -> Advisor:
        raise ConfigError("rash.toml is no TOML", remedy="mend it")

    (failed,) = await run(Advise(broken, InlineWorker()), *LINES)
    assert isinstance(failed, StageFailed) and (failed.at, failed.message) == (LINES[0].at, "rash.toml is no TOML")


async def test_a_session_in_which_nobody_speaks_ends_too() -> None:
    def broken() -> Advisor:
        raise ConfigError("rash.toml is no TOML")

    assert await run(Advise(lambda: advisor_for(VISIT), InlineWorker())) == []
    assert await run(Advise(broken, InlineWorker())) == []


async def test_a_language_without_rules_is_told_of_once() -> None:
    lines = [said(number, Role.PATIENT, "Nina maumivu.", "sw") for number in (1, 2, 3)]
    emitted = await run(Advise(lambda: advisor_for(Visit("en", "sw")), InlineWorker()), *lines)
    (notice,) = emitted
    assert isinstance(notice, Notice) and notice.code == "no-advice" and "sw" in notice.message


async def test_a_correction_reaches_the_advisor() -> None:
    corrected = TurnCorrected(at=30.0, utterance=UtteranceId(2), role=Role.PATIENT)
    advise = Advise(lambda: advisor_for(VISIT), InlineWorker())
    emitted = await run(advise, LINES[0], said(2, Role.DOCTOR, "Do you take ibuprofen?"), corrected)
    assert [(event.names, event.at) for event in emitted if isinstance(event, ConflictFound)] == [
        (("warfarin", "ibuprofen"), 30.0)
    ]


async def test_it_consumes_no_kind_that_nobody_emits() -> None:
    make = lambda: Advisor.__new__(Advisor)  # noqa: E731  # never called
    assert Advise(make, InlineWorker()).consumes == {TurnAttributed, TurnCorrected}
    assert Advise(make, InlineWorker(), without=frozenset({TurnCorrected})).consumes == {TurnAttributed}
