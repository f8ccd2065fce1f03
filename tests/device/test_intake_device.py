"""`voicedoc intake` as people have it: real models, PortAudio and the command line, on a virtual sound card."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.live_program import LiveProgram, voicedoc, with_stores
from tests.helpers.virtual_room import VirtualRoom, virtual_room
from voicedoc.core.audio import as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.profiles import load_profile
from voicedoc.speak.kokoro import Kokoro

pytestmark = [pytest.mark.device, pytest.mark.model]

Load = Callable[[str], LoadedModel]

ANSWERS = ("Tenho uma dor forte no peito desde ontem.", "Sim, é um aperto muito forte no peito.")
"""Words, not a bare "sim", which this recogniser misreads."""

BREATH = 1.5
"""Seconds between the voice and who answers it."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualRoom]:
    with virtual_room(tmp_path_factory.mktemp("room")) as room:
        yield room


def test_the_assistant_asks_hears_and_stops_at_an_emergency(
    room: VirtualRoom, tmp_path: Path, loaded_model: Load
) -> None:
    for name in load_profile("embedded").models:
        loaded_model(name)
    patient = Kokoro(loaded_model("kokoro"), languages=["pt"], voice="pm_alex", threads=1)
    environment = with_stores(room.environment, tmp_path / "sessions")
    with LiveProgram(environment, "--patient", "pt", "--doctor", "en", "--no-check", command="intake") as program:
        for number, text in enumerate(ANSWERS, start=1):
            program.until(lambda number=number: len(program.of("QuestionAsked")) >= number)  # type: ignore[misc]
            program.until_said(program.of("QuestionAsked")[-1]["utterance"])
            time.sleep(BREATH)
            sound = np.concatenate(list(patient.synthesize(text, language="pt")))
            room.say(as_samples((0.3 * sound / np.abs(sound).max()).astype(np.float32)), patient.rate)
        status = program.wait()
    assert status == 3, program.said
    roles = [turn["role"] for turn in program.of("TurnAttributed")]
    assert roles.count("patient") == len(ANSWERS)
    (closed,) = program.of("InterviewClosed")
    assert closed["reason"] == "emergency"
    (message,) = program.of("Cleared", critical=True)
    assert program._is_said(message["utterance"])
    assert program.rows[-1]["type"] == "History" and "Chest pain" in program.rows[-1]["complaints"]
    assert voicedoc(environment, "intake", "--history", "last").returncode == 0
    replayed = voicedoc(environment, "intake", "--replay", "last", "--json")
    assert '"differences": []' in replayed.stdout, replayed.stdout[-2000:] + replayed.stderr
