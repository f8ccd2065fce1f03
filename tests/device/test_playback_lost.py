"""The sound server dies while the voice speaks, and comes back: the text is shown, what is critical is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.sound_card import Listener, missing_programs, sound_server, virtual_loudspeaker

pytestmark = pytest.mark.device


def test_a_loudspeaker_that_dies_is_told_and_the_voice_goes_on_with_the_next_one() -> None:
    if missing := missing_programs():
        pytest.skip(f"no virtual sound card: {', '.join(missing)} missing; apt-get install pulseaudio pulseaudio-utils")
    with virtual_loudspeaker() as environment:
        with Listener(environment) as listener:
            program = subprocess.Popen(
                [sys.executable, "-m", "tests.device.play_on"],
                env=environment,
                cwd=Path(__file__).parents[2],
                stdout=subprocess.PIPE,
                text=True,
            )
            assert program.stdout is not None
            assert listener.wait_for_sound(0, 1000)
            subprocess.run(["pactl", "exit"], env=environment, check=True)
        told = [program.stdout.readline().split() for _ in range(4)]
        assert told == [["FirstAudio", "1"], ["DeviceLost"], ["VoicePaused", "1"], ["ClauseShown", "1"]]
        with sound_server(environment), Listener(environment):  # nobody listening, a null sink stands still
            rest = program.stdout.read()
            assert program.wait(timeout=60) == 0
        program.stdout.close()
        lines = [line.split() for line in rest.splitlines() if not line.startswith("LagReport")]
        assert lines == [["DeviceBack"], ["VoiceResumed", "1"], ["ClauseSpoken", "1"]]
