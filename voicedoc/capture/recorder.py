"""A microphone as this process sees it: another process has it open and hands over what it hears."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.devices import Microphone
from voicedoc.capture.microphone_process import Message

Pcm: TypeAlias = NDArray[np.int16]
"""Samples of several channels as they are kept, shape `(n_samples, n_channels)`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The microphone is open, at its own rate in Hz. Comes before any sound."""

    name: str
    rate: int


@dataclass(frozen=True, slots=True)
class Sound:
    """What it heard on the wanted channels."""

    block: Pcm = field(repr=False)


@dataclass(frozen=True, slots=True)
class Overflowed:
    """The driver says that it has lost samples about here."""


@dataclass(frozen=True, slots=True)
class Missing:
    """So many samples are missing here."""

    n_samples: int


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more comes, and why."""

    message: str
    remedy: str


Heard: TypeAlias = Opened | Sound | Overflowed | Missing | Ended


class Input(Protocol):
    """A microphone that is being opened, is open, or has ended."""

    def read(self) -> list[Heard]:
        """What has come since the last call. Returns at once."""
        ...

    def close(self) -> None:
        """End it. Closing again does nothing."""
        ...


class OpenInput(Protocol):
    """Begins to open a microphone and returns at once. `substitutes`: another one may stand in for it."""

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input: ...


PROGRAM = (sys.executable, "-m", "voicedoc.capture.microphone_process")
"""What has the microphone open."""


class MicrophoneProcess:
    """An `Input` in a process of its own: `program`, see `microphone_process`."""

    def __init__(self, microphone: Microphone, *, substitutes: bool = False, program: Sequence[str] = PROGRAM) -> None:
        self._channels = list(microphone.channels)
        self._n_channels = max(self._channels) + 1
        request = {"device": microphone.device, "channels": self._channels, "substitutes": substitutes}
        self._process = subprocess.Popen(
            [*program, json.dumps(request)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA's chatter
            start_new_session=True,  # Ctrl-C is for us
        )
        self._finalizer = weakref.finalize(self, _end, self._process)  # also when Python ends
        self._received = bytearray()
        self._ended = False
        if self._process.stdout is not None:
            os.set_blocking(self._process.stdout.fileno(), False)

    def read(self) -> list[Heard]:
        """See `Input`."""
        if self._ended:
            return []
        alive = self._receive()
        heard = list(self._messages())
        if not alive and not (heard and isinstance(heard[-1], Ended)):
            heard.append(Ended("the program that records has died", "voicedoc check"))
        self._ended = bool(heard) and isinstance(heard[-1], Ended)
        return heard

    def close(self) -> None:
        """See `Input`."""
        self._ended = True
        self._finalizer()

    def _receive(self) -> bool:
        """Take what the pipe holds. False once it has been closed at the other end."""
        pipe = self._process.stdout
        if pipe is None:
            return False
        try:
            while data := os.read(pipe.fileno(), 1 << 20):
                self._received += data
        except BlockingIOError:
            return True
        return False

    def _messages(self) -> Iterator[Heard]:
        head = 5
        while len(self._received) >= head:
            kind, size = bytes(self._received[:1]), int.from_bytes(self._received[1:head], "little")
            if len(self._received) < head + size:
                return
            payload = bytes(self._received[head : head + size])
            del self._received[: head + size]
            yield self._understood(kind, payload)

    def _understood(self, kind: bytes, payload: bytes) -> Heard:
        if kind == Message.SOUND:
            block = np.frombuffer(payload, "<i2").reshape(-1, self._n_channels)
            return Sound(block[:, self._channels])
        if kind == Message.OVERFLOW:
            return Overflowed()
        if kind == Message.MISSING:
            return Missing(struct.unpack("<Q", payload)[0])
        told = json.loads(payload)
        if kind == Message.OPENED:
            return Opened(told["name"], told["rate"])
        return Ended(told["message"], told["remedy"])


def open_microphone(microphone: Microphone, /, *, substitutes: bool = False) -> Input:
    """An `OpenInput`: the real one."""
    return MicrophoneProcess(microphone, substitutes=substitutes)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    if process.stdout is not None:
        with suppress(OSError):
            process.stdout.close()
    process.wait()
