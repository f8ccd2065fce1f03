"""What the visit's task does between the models, the session and the window, piece by piece."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import numpy as np
import pytest
from voicedoc_desktop.process.worker import Place, Safe
from voicedoc_desktop.tasks.holding import GivenUp, ToldStore, _Talk, bare
from voicedoc_desktop.tasks.visit import FindPhrases, Loading, NoteSoFar, PhrasesFound, WatchNote

from tests.helpers.live_events import ended
from voicedoc.core.cards import Card, FolderSource, ModelFile
from voicedoc.core.events import Frame, Notice
from voicedoc.core.speech import Visit
from voicedoc.errors import BackendFailed, ModelMissing

pytestmark = pytest.mark.unit


def card(name: str, role: str) -> Card:
    file = ModelFile("model.bin", 3, "0" * 64)
    return Card(name, role, "scripted", "A model.", ("en",), "MIT", "us", (file,), (FolderSource("/nowhere"),))


@pytest.fixture
def told() -> list[Any]:
    return []


@pytest.fixture
def place(told: list[Any]) -> Place:
    return Place(told.append, Safe(lambda answer: None))


def test_each_model_is_told_before_it_is_loaded(tmp_path: Path, place: Place, told: list[Any]) -> None:
    cards = {"ear": card("ear", "recognize"), "mouth": card("mouth", "speak")}
    store = ToldStore(tmp_path, 2, place, cards)
    for name in ("ear", "mouth", "ear"):
        with pytest.raises(ModelMissing):
            store.open(name)
    assert told == [Loading(0, 2, "recognize"), Loading(1, 2, "speak"), Loading(2, 2, "recognize")]


def test_no_model_is_loaded_for_a_visit_that_is_given_up(tmp_path: Path, place: Place, told: list[Any]) -> None:
    place.stop()
    with pytest.raises(GivenUp):
        ToldStore(tmp_path, 2, place, {}).open("ear")
    assert told == []


def test_an_event_goes_to_the_window_without_its_samples_and_is_else_the_same() -> None:
    frame = Frame(at=1.0, channel=0, first_sample=0, samples=np.ones(1600, np.float32))
    heard = ended(1, 0.0, 1.0)
    for event in (frame, heard):
        sent = bare(event)
        for part in fields(event):
            expected = None if part.metadata.get("audio") else getattr(event, part.name)
            assert getattr(sent, part.name) is expected or getattr(sent, part.name) == expected
    assert bare(plain := bare(frame)) == plain


WORDS = "a dor no peito"


@pytest.mark.anyio
@pytest.mark.parametrize("error", [BackendFailed("no memory"), RuntimeError(WORDS), KeyError(WORDS)])
async def test_what_stands_beside_a_visit_does_not_end_it(
    place: Place,
    told: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def fails(*asked: object) -> None:
        raise error

    async def fails_later(*asked: object) -> None:
        raise error

    monkeypatch.setattr("voicedoc_desktop.tasks.holding.note_so_far", fails)
    monkeypatch.setattr("voicedoc_desktop.tasks.holding.find_phrases", fails_later)
    talk = _Talk(place, SimpleNamespace(visit=Visit("en", "pt")), ())  # type: ignore[arg-type]
    place.say(FindPhrases("pain"))
    place.say(WatchNote(True))
    with anyio.fail_after(30):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(talk.beside, SimpleNamespace(levels=()))
            while len(told) < 2:
                await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()
    assert {item.code for item in told if isinstance(item, Notice)} == {"no-note", "no-phrases"}
    assert not any(isinstance(item, NoteSoFar | PhrasesFound) for item in told)
    assert "dor" not in f"{told}{caplog.text}"


def test_no_sound_is_kept_for_the_note(place: Place) -> None:
    talk = _Talk(place, SimpleNamespace(visit=Visit("en", "pt")), ())  # type: ignore[arg-type]
    talk.take(ended(1, 0.0, 1.0))
    assert [event.samples for event in talk._happened] == [None]
