"""A program of its own that answers requests: one JSON object a line, each way."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.errors import BackendFailed

PATIENCE = 30.0
"""Seconds. A program that has not answered by then hangs and is ended."""


class ChildProcess:
    """Runs a Python script beside us. Started at the first request; started again after it has died.

    The script sees nothing of our environment but what it needs, and it imports nothing of VoiceDoc.
    """

    def __init__(self, script: Path, *, name: str, environment: Mapping[str, str] | None = None) -> None:
        self._command = [sys.executable, "-I", "-X", "utf8", str(script)]
        self._environment = {**os.environ, **(environment or {})}
        self._name = name
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def ask(self, **request: Any) -> dict[str, Any]:
        """Send one request and wait for its answer. One that has died in between is started again, once.

        Raises:
            BackendFailed: If the program refuses the request, dies twice or does not answer.
        """
        with self._lock:
            answer = self._exchange(request)
            if answer is None:
                self._end()
                answer = self._exchange(request)
        if answer is None:
            self.close()
            raise BackendFailed(f"the program '{self._name}' died while it worked", remedy="choose another voice")
        if "error" in answer:
            raise BackendFailed(f"'{self._name}': {answer['error']}", remedy="choose another voice")
        return answer

    def close(self) -> None:
        """End the program."""
        with self._lock:
            self._end()

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any] | None:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            return None
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:  # the pipe is broken: it has died
            return None
        finally:
            watchdog.cancel()
        answer: dict[str, Any] | None = json.loads(line) if line.endswith("\n") else None
        return answer

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=self._environment,
                start_new_session=True,  # Ctrl-C is for us: the end of its input ends it
            )
            self._finalizer = weakref.finalize(self, _end, self._process)  # also when Python ends
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._finalizer()
            self._process = None


def _end(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what we wrote last could not be delivered
                pipe.close()
    process.kill()
    process.wait()


def decode_pcm(pcm: str) -> Samples:
    """Samples from base64 of 16-bit little-endian mono."""
    return as_samples(np.frombuffer(base64.b64decode(pcm), dtype="<i2").astype(np.float32) / 32768.0)
