"""A microphone without hardware: a program that gives a file's samples at their own pace, as `microphone_process` does.

Arguments: a file of 16-bit samples, their rate, a log, and what `MicrophoneProcess` adds. It logs its process number,
then how many samples it has given, and when (on the system's monotonic clock), one line each time.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

PAUSE = 0.01
"""Seconds between looks at the clock, as in `microphone_process`."""


def main() -> None:
    """Give all samples, or as many as somebody reads."""
    sound, rate = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
    log = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(log, b"%d\n" % os.getpid())
    _send(b"O", json.dumps({"name": "paced", "rate": rate, "n_channels": 1}).encode())
    began, given = time.monotonic(), 0
    while 2 * given < len(sound):
        due = min(len(sound) // 2, int((time.monotonic() - began) * rate))
        if due > given:
            _send(b"S", sound[2 * given : 2 * due])
            given = due
            os.write(log, b"%d %.6f\n" % (given, time.monotonic()))
        time.sleep(PAUSE)
    _send(b"E", json.dumps({"message": "there is no more sound", "remedy": ""}).encode())


def _send(kind: bytes, payload: bytes) -> None:
    waiting = memoryview(kind + struct.pack("<I", len(payload)) + payload)
    while waiting:
        waiting = waiting[os.write(1, waiting) :]


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
