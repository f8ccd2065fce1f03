"""Runs a registry's own client (pip, npm) as a subprocess, and says why it failed."""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from voicedoc.errors import SourceFailed, StoreError

_DISK_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "ENOSPC")


def run_client(
    command: Sequence[str], environment: Mapping[str, str], what: str, follow: Callable[[str], None]
) -> None:
    """Run `command` to its end, handing each line of its output to `follow`. It dies with this call.

    Raises:
        SourceFailed: If it cannot fetch `what`.
        StoreError: If that was because the disk is full.
    """
    last: deque[str] = deque(maxlen=20)
    with subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                last.append(line.strip())
                follow(line)
            process.wait()
        finally:
            process.kill()  # does nothing to a client that has ended
    if process.returncode:
        raise _failure(what, list(last))


def _failure(what: str, lines: list[str]) -> SourceFailed | StoreError:
    if any(sign in line for line in lines for sign in _DISK_FULL):
        return StoreError(
            f"the disk is full: cannot fetch {what}",
            remedy="free space, or name folders on another disk: VOICEDOC_MODELS=/path TMPDIR=/path",
        )
    errors = [line for line in lines if line.upper().startswith(("ERROR", "NPM ERR", "NPM ERROR"))]
    return SourceFailed(f"cannot fetch {what}: {'; '.join((errors or lines)[-2:]) or 'no output'}")
