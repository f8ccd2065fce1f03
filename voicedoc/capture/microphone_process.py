"""The program that has the microphone open. Run as a module; ends with its standard output, or when it is killed.

A process of its own sees the devices that are there now (PortAudio lists them once), can be killed where a driver
hangs, and shares no interpreter lock with the models, so that the sound card never waits for them.

It is given one JSON argument: {"device": …, "channels": [...], "substitutes": bool}. It answers on its standard output
in messages of five bytes, a letter and a little-endian length, and so many bytes more:
    O  JSON: {"name", "rate", "n_channels"}, once, before any samples
    S  samples: 16-bit little-endian, interleaved
    X  nothing: the driver says that it has lost samples about here
    M  8 bytes: so many samples are missing here, for nobody read them
    E  JSON: {"message", "remedy"}: why it ends
"""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

from voicedoc.capture.devices import Device, Microphone, choose, devices, portaudio
from voicedoc.capture.ring import Ring
from voicedoc.errors import BackendUnavailable, ConfigError, VoiceDocError

BUFFERED = 30.0
"""Seconds that are kept while nobody reads."""

LATENCY = 0.04
"""Seconds asked of the driver. Less costs dropped samples on busy machines, more delays every answer."""

_PAUSE = 0.01
"""Seconds between looks at the ring."""

_UNPLUGGED = "check its cable, or plug in another microphone"


class Message:
    """Letters of the protocol."""

    OPENED, SOUND, OVERFLOW, MISSING, ENDED = b"O", b"S", b"X", b"M", b"E"


class Recording(NamedTuple):
    """An open stream, and what its callback fills."""

    stream: Any
    name: str
    n_channels: int
    tap: Tap


class Tap:
    """The callback of a stream of 16-bit samples: copies into a ring, and notes the driver's flags."""

    def __init__(self, n_bytes: int) -> None:
        self.ring = Ring(n_bytes)
        self.n_overflows = 0

    def __call__(self, samples: Any, n_frames: int, when: Any, status: Any) -> None:
        """See `sounddevice.RawInputStream`."""
        del n_frames, when
        self.n_overflows += bool(status.input_overflow)
        self.ring.write(memoryview(samples).cast("B"))


def record(microphone: Microphone, out: BinaryIO, *, substitutes: bool) -> None:
    """Write what `microphone` hears into `out` until it has no more to say or nobody listens any more."""
    try:
        recording = _open(microphone, substitutes=substitutes)
        _pump(recording, out)
        ended = VoiceDocError(f"the microphone '{recording.name}' no longer records", remedy=_UNPLUGGED)
    except VoiceDocError as error:
        ended = error
    _send(out, Message.ENDED, json.dumps({"message": str(ended), "remedy": ended.remedy}).encode())


def _open(microphone: Microphone, *, substitutes: bool) -> Recording:
    refused: VoiceDocError | None = None
    for device in _candidates(microphone, substitutes=substitutes):
        try:
            return _opened(device, max(microphone.channels) + 1)
        except BackendUnavailable as error:
            refused = refused or error
    raise refused or BackendUnavailable("this machine has no microphone", remedy="plug one in")


def _candidates(microphone: Microphone, *, substitutes: bool) -> Iterator[Device]:
    """The device that is meant; then, if others may stand in, the default one and all the rest."""
    found = devices()
    try:
        first = choose(microphone.device, found, "input")
    except ConfigError:
        if not substitutes:
            raise
    else:
        yield first
        found.remove(first)
    if substitutes:
        yield from sorted((d for d in found if d.serves("input")), key=lambda d: not d.is_default_input)


def _opened(device: Device, n_channels: int) -> Recording:
    if n_channels > device.n_inputs:
        raise BackendUnavailable(
            f"'{device.name}' has {device.n_inputs} channels to record; channel {n_channels} is wanted",
            remedy="name another device, or other channels; voicedoc check lists them",
        )
    sounddevice = portaudio()
    tap = Tap(round(BUFFERED * device.rate) * n_channels * 2)
    try:
        stream = sounddevice.RawInputStream(
            device=device.number,
            samplerate=device.rate,
            channels=n_channels,
            dtype="int16",
            latency=LATENCY,
            callback=tap,
        )
        stream.start()
    except sounddevice.PortAudioError as error:
        raise BackendUnavailable(
            f"the microphone '{device.name}' cannot be opened: {error}",
            remedy="close other programs that record, or name another device; voicedoc check lists them",
        ) from error
    return Recording(stream, device.name, n_channels, tap)


def _pump(recording: Recording, out: BinaryIO) -> None:
    """Hand on what arrives until the stream breaks off."""
    stream, name, n_channels, tap = recording
    opened = {"name": name, "rate": round(stream.samplerate), "n_channels": n_channels}
    _send(out, Message.OPENED, json.dumps(opened).encode())
    n_told, parent = 0, os.getppid()
    alive = True
    while alive and os.getppid() == parent:  # a driver that gives nothing would never tell that nobody listens
        alive = stream.active  # before the last look at the ring
        if tap.n_overflows > n_told:
            n_told = tap.n_overflows
            _send(out, Message.OVERFLOW)
        if data := tap.ring.read():
            _send(out, Message.SOUND, data)
        if missing := tap.ring.missing():
            _send(out, Message.MISSING, struct.pack("<Q", missing // (2 * n_channels)))
        time.sleep(_PAUSE)


def _send(out: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    out.write(kind + struct.pack("<I", len(payload)) + payload)
    out.flush()


def main() -> None:
    """Record as the one argument says."""
    request = json.loads(sys.argv[1])
    microphone = Microphone(request["device"], tuple(request["channels"]))
    with suppress(BrokenPipeError):  # nobody listens any more: they have died, or have enough
        record(microphone, sys.stdout.buffer, substitutes=request["substitutes"])
    # Neither what PortAudio does at exit (a driver may hang) nor Python's flush of the broken pipe.
    os._exit(0)


if __name__ == "__main__":
    main()
