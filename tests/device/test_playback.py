"""The loudspeaker on a virtual sound card: what the stage plays arrives, and what is withdrawn stops soon."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.device.play_and_stop import HIGH, LOW
from tests.helpers.sound_card import Listener, missing_programs, virtual_loudspeaker

pytestmark = pytest.mark.device

RATE = 24_000
BLOCK = 0.02
PROGRAM = Path(__file__).with_name("play_and_stop.py")
SECONDS = 3.0


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    if missing := missing_programs():
        pytest.skip(f"no virtual sound card: {', '.join(missing)} missing; apt-get install pulseaudio pulseaudio-utils")
    with virtual_loudspeaker() as environment:
        yield environment


def played(environment: dict[str, str], stop_after: str) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """What the program said, and the left channel of what the loudspeaker played, from its first sound to its last."""
    with Listener(environment) as listener:
        done = subprocess.run(
            [sys.executable, "-m", "tests.device.play_and_stop", str(SECONDS), stop_after],
            env=environment,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert listener.wait_for_sound(0, 1000)
        sound = listener.heard()[:, 0] / 32768.0
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    return json.loads(done.stdout), sound[loud[0] : loud[-1] + 1]


def moments(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Which second of the rising tone each block of 20 ms is, by its zero crossings."""
    size = round(BLOCK * RATE)
    blocks = sound[: sound.size // size * size].reshape(-1, size)
    crossings = np.count_nonzero(np.diff(np.signbit(blocks), axis=1), axis=1)
    return (crossings / 2 / BLOCK - LOW) / (HIGH - LOW) * SECONDS


def test_the_tone_arrives_whole_and_its_span_is_as_long_as_it_is(environment: dict[str, str]) -> None:
    found, sound = played(environment, "never")
    assert found["cancelled"] == []
    assert found["spoken"] == pytest.approx(SECONDS, abs=0.05)
    if found["gaps"] == 0:  # a machine too busy for the sound card tears holes: then it is longer
        assert sound.size / RATE == pytest.approx(SECONDS, abs=0.1)
    heard = moments(sound)
    assert heard[0] < 0.2
    assert heard[-2] > SECONDS - 0.2


def test_a_withdrawn_tone_stops_within_a_hundred_milliseconds(environment: dict[str, str]) -> None:
    found, sound = played(environment, "1.2")
    assert found["stopped"] is not None
    assert len(found["cancelled"]) == 1
    when_stopped = found["stopped"] - found["began"]
    last_heard = float(np.median(moments(sound)[-4:-1]))
    assert last_heard < when_stopped + 0.1
    assert last_heard > when_stopped - 0.3
