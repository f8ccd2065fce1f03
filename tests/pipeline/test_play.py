"""`--play` through a virtual sound card: what was said is what the loudspeaker played."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.sound_card import Listener, missing_programs, virtual_loudspeaker
from tests.helpers.sounds import write_bursts

pytestmark = pytest.mark.device

COMMAND = [sys.executable, "-m", "voicedoc", "interpret", "--doctor", "en", "--patient", "pt", "--profile", "scripted"]


def test_play_sends_the_interpretation_to_the_loudspeaker(tmp_path: Path) -> None:
    if missing := missing_programs():
        pytest.skip(f"no virtual sound card: {', '.join(missing)} missing; apt-get install pulseaudio pulseaudio-utils")
    recording = write_bursts(tmp_path / "visit.wav", n=2)
    with virtual_loudspeaker() as environment, Listener(environment) as listener:
        done = subprocess.run(
            [*COMMAND, str(recording), "--out", str(tmp_path / "out"), "--play"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert listener.wait_for_sound(0, 1000)  # the original
        assert listener.wait_for_sound(1, 1000)  # the interpreter


def test_without_a_loudspeaker_play_says_what_to_do_and_the_results_stay(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "visit.wav", n=2)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    listing = [
        sys.executable,
        "-c",
        "import sounddevice as s; print(sum(d['max_output_channels'] for d in s.query_devices()))",
    ]
    if subprocess.run(listing, env=environment, capture_output=True, text=True, check=False).stdout.strip() not in (
        "",
        "0",
    ):
        pytest.skip("this machine has a loudspeaker")
    done = subprocess.run(
        [*COMMAND, str(recording), "--out", str(tmp_path / "out"), "--play"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Try:" in done.stdout + done.stderr
    assert (tmp_path / "out" / "transcript.md").is_file()
