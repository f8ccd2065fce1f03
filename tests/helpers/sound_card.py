"""A virtual sound card: a private PulseAudio with a null sink, which PortAudio finds through ALSA."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALSA = """
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.pulse { type pulse }
ctl.pulse { type pulse }
"""

PROGRAMS = ("pulseaudio", "pactl", "parec")


def missing_programs() -> list[str]:
    """What the system lacks for a virtual sound card. Debian: pulseaudio, pulseaudio-utils, libasound2-plugins."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def virtual_loudspeaker() -> Iterator[dict[str, str]]:
    """The environment for programs that shall play into the null sink `virtspk`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "asound.conf").write_text(ALSA, "utf-8")
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        environment = {
            **os.environ,
            "HOME": folder,
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home / "config"),
            "ALSA_CONFIG_PATH": str(home / "alsa.conf"),
        }
        (home / "alsa.conf").write_text(f"</usr/share/alsa/alsa.conf>\n<{home}/asound.conf>\n", "utf-8")
        with sound_server(environment):
            yield environment


@contextmanager
def sound_server(environment: dict[str, str]) -> Iterator[None]:
    """PulseAudio with the null sink `virtspk`; for `virtual_loudspeaker`, or for a server that comes back."""
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "-F", "/dev/stdin"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdin is not None
    server.stdin.write(
        b"load-module module-native-protocol-unix\n"
        b"load-module module-null-sink sink_name=virtspk\n"
        b"set-default-sink virtspk\n"
    )
    server.stdin.close()
    try:
        _wait_for(environment)
        yield
    finally:
        server.terminate()
        server.wait(timeout=10)


class Listener:
    """Records what the null sink `sink` plays: stereo, 16 bits, 24 kHz. A context manager.

    Entering waits until sound arrives (a null sink plays silence all the time), so that nothing played later is missed.
    """

    def __init__(self, environment: dict[str, str], sink: str = "virtspk") -> None:
        command = ["parec", f"--device={sink}.monitor", "--format=s16le", "--rate=24000", "--channels=2"]
        command.append("--latency-msec=50")
        self._recorder = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        self._heard = bytearray()
        self._arrived = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Listener:
        self._thread.start()
        if not self._arrived.wait(30):
            raise RuntimeError("nothing could be recorded from the virtual sound card in 30 s")
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.terminate()
        self._recorder.wait(timeout=10)
        self._thread.join(timeout=10)
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    def _read(self) -> None:
        assert self._recorder.stdout is not None
        while data := self._recorder.stdout.read1(4096):
            self._heard += data
            self._arrived.set()

    def heard(self) -> NDArray[np.int16]:
        """What has been played up to now, shape `(n_samples, 2)`."""
        whole = bytes(self._heard[: len(self._heard) // 4 * 4])
        return np.frombuffer(whole, "<i2").reshape(-1, 2)

    def wait_for_sound(self, channel: int, peak: int, seconds: float = 30.0) -> bool:
        """Whether `channel` (0 left, 1 right) has a sample above `peak`; waits for it at most so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            played = self.heard()[:, channel].astype(np.int32)
            if played.size and np.abs(played).max() > peak:
                return True
            time.sleep(0.05)
        return False


def _wait_for(environment: dict[str, str]) -> None:
    for _ in range(100):
        done = subprocess.run(["pactl", "list", "short", "sinks"], env=environment, capture_output=True, check=False)
        if b"virtspk" in done.stdout:
            return
        time.sleep(0.1)
    raise RuntimeError("the virtual sound card did not come up in 10 s")
