"""A consulting room on a virtual sound card: people speak, the microphone hears them and the loudspeaker."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from tests.helpers.sound_card import Listener, missing_programs, virtual_loudspeaker
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples

NOISE_DB = -65.0
"""The room without anybody in it, in dB relative to full scale."""

ECHO_DB = -20.0
"""How much lower the microphone hears the loudspeaker than it plays."""

_LONGEST = 400.0
"""Seconds that a room lasts."""

_CARD_RATE = 24_000


class VirtualRoom:
    """What happens on the sound card while a program uses it; `environment` is for that program."""

    def __init__(self, environment: dict[str, str], folder: Path, loudspeaker: Listener, path: str) -> None:
        self.environment = environment
        self._folder, self._loudspeaker, self._path = folder, loudspeaker, path

    def say(self, sound: Samples, rate: int) -> None:
        """Somebody speaks at the microphone. Returns when they have finished."""
        path = self._folder / "said.wav"
        soundfile.write(path, sound, rate)
        subprocess.run(["paplay", "--device=virtmic", str(path)], env=self.environment, check=True, timeout=120)

    def set_echo(self, level: float) -> None:
        """From now on the microphone hears the loudspeaker at `level`, in dB to what it plays."""
        _control(self.environment, "set-sink-input-volume", self._path, f"{level}dB")

    def played(self) -> Samples:
        """What the loudspeaker has played since the room was opened, at 16 kHz."""
        left = self._loudspeaker.heard()[:, 0].astype(np.float32) / 32768.0
        return as_samples(soxr.resample(left, _CARD_RATE, SPEECH_RATE))

    def wait_for_voice(self, seconds: float) -> bool:
        """Whether the loudspeaker has played anything yet; waits for it at most so long."""
        return self._loudspeaker.wait_for_sound(0, 600, seconds)


@contextmanager
def virtual_room(folder: Path) -> Iterator[VirtualRoom]:
    """A room whose microphone hears some noise and, by a path through the air, the loudspeaker."""
    if missing := missing_programs():
        pytest.skip(f"no virtual sound card: {', '.join(missing)} missing; apt-get install pulseaudio pulseaudio-utils")
    with virtual_loudspeaker() as environment:
        _control(environment, "load-module", "module-null-sink", "sink_name=virtmic", "rate=48000")
        _control(environment, "set-default-source", "virtmic.monitor")
        _control(
            environment,
            *("load-module", "module-loopback", "source=virtspk.monitor", "sink=virtmic"),
            *("latency_msec=40", "adjust_time=0"),
        )
        path = _control(environment, "list", "short", "sink-inputs").split()[0]
        with Listener(environment) as loudspeaker, _noise(environment, folder / "noise.wav"):
            room = VirtualRoom(environment, folder, loudspeaker, path)
            room.set_echo(ECHO_DB)
            yield room


def _control(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(["pactl", *arguments], env=environment, capture_output=True, text=True, check=True).stdout


@contextmanager
def _noise(environment: dict[str, str], path: Path) -> Iterator[None]:
    noise = np.random.default_rng(1).standard_normal(round(_LONGEST * SPEECH_RATE))
    soundfile.write(path, 10 ** (NOISE_DB / 20) * noise, SPEECH_RATE)
    player = subprocess.Popen(["paplay", "--device=virtmic", str(path)], env=environment)
    try:
        yield
    finally:
        player.terminate()
        player.wait(timeout=10)


def find(part: Any, whole: Any) -> tuple[int, float]:
    """Where `part` is in `whole`, and how alike they are there, in [-1, 1]. Both 16 kHz."""
    size = 1 << (whole.size + part.size).bit_length()
    products = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)
    place = int(np.abs(products[: whole.size - part.size + 1]).argmax())
    return place, float(np.corrcoef(whole[place : place + part.size], part)[0, 1])
