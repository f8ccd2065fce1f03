"""A virtual sound card: a private PulseAudio with a null sink, which PortAudio finds through ALSA."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
            yield environment
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait_for(environment: dict[str, str]) -> None:
    for _ in range(100):
        done = subprocess.run(["pactl", "list", "short", "sinks"], env=environment, capture_output=True, check=False)
        if b"virtspk" in done.stdout:
            return
        time.sleep(0.1)
    raise RuntimeError("the virtual sound card did not come up in 10 s")
