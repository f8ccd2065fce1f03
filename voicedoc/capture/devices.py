"""Which microphones and loudspeakers there are, and which one is meant. Run as a module it lists them as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from voicedoc.errors import BackendUnavailable, ConfigError

Direction = Literal["input", "output"]

_PATIENCE = 20.0
"""Seconds after which a sound system that lists nothing is taken for hung."""

_PORTAUDIO = "pip install 'voicedoc[audio]' and apt-get install libportaudio2"


@dataclass(frozen=True, slots=True)
class Microphone:
    """A device, and those of its channels, from 0, that become channels of the session, in this order.

    `device` is a number or part of a name; "" means the system's default.

    Raises:
        ConfigError: If no channel, or one below 0, is named.
    """

    device: str = ""
    channels: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        if not self.channels or min(self.channels) < 0:
            raise ConfigError(
                f"microphone '{self.device or 'default'}': channels {list(self.channels)} cannot be recorded",
                remedy="name at least one channel; the first is 0",
            )


class Device(NamedTuple):
    """A sound device as PortAudio lists it. `rate` in Hz is its own; `host` is the sound system that it belongs to."""

    number: int
    name: str
    n_inputs: int
    n_outputs: int
    rate: int
    is_default_input: bool
    is_default_output: bool
    host: str = ""

    def serves(self, direction: Direction) -> bool:
        """Whether it can record, or play."""
        return (self.n_inputs if direction == "input" else self.n_outputs) > 0

    def is_default(self, direction: Direction) -> bool:
        """Whether the system would take it."""
        return self.is_default_input if direction == "input" else self.is_default_output


def portaudio() -> Any:
    """The module `sounddevice`.

    Raises:
        BackendUnavailable: If it or the library PortAudio is not installed.
    """
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: the package is there, the system's PortAudio is not
        raise BackendUnavailable(f"cannot use sound devices: {error}", remedy=_PORTAUDIO) from error
    return sounddevice


def devices() -> list[Device]:
    """What this process' PortAudio lists. It looks once: what is plugged in later appears in a new process only.

    Raises:
        BackendUnavailable: If there is no PortAudio.
    """
    sounddevice = portaudio()
    try:
        listed, (default_input, default_output) = sounddevice.query_devices(), sounddevice.default.device
        hosts = sounddevice.query_hostapis()
    except sounddevice.PortAudioError as error:
        raise BackendUnavailable(f"PortAudio cannot list the sound devices: {error}", remedy=_PORTAUDIO) from error
    return [
        Device(
            number=number,
            name=entry["name"],
            n_inputs=entry["max_input_channels"],
            n_outputs=entry["max_output_channels"],
            rate=round(entry["default_samplerate"]),
            is_default_input=number == default_input,
            is_default_output=number == default_output,
            host=hosts[entry["hostapi"]]["name"],
        )
        for number, entry in enumerate(listed)
    ]


def devices_now() -> list[Device]:
    """What is plugged in now, as a process of its own lists it. Blocks for up to some seconds.

    Raises:
        BackendUnavailable: If there is no PortAudio, or the sound system does not answer.
    """
    command = [sys.executable, "-m", "voicedoc.capture.devices"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise BackendUnavailable("the sound system does not answer", remedy="start this computer again") from error
    if done.returncode:
        raise BackendUnavailable("the program that lists sound devices has died", remedy="voicedoc check")
    told = json.loads(done.stdout)
    if isinstance(told, dict):
        raise BackendUnavailable(told["message"], remedy=told["remedy"])
    return [Device(*fields) for fields in told]


def devices_anew() -> list[Device]:
    """What is plugged in now, as this process' PortAudio lists it from here on. No stream of it may be open.

    Raises:
        BackendUnavailable: If there is no PortAudio.
    """
    sounddevice = portaudio()
    try:
        sounddevice._terminate()
        sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise BackendUnavailable(f"PortAudio cannot begin anew: {error}", remedy=_PORTAUDIO) from error
    return devices()


def choose(wanted: str, found: Sequence[Device], direction: Direction) -> Device:
    """The device that `wanted` means: a number, a name, part of a name; "" is the default.

    Raises:
        BackendUnavailable: If there is none for this direction at all.
        ConfigError: If `wanted` names none, or several.
    """
    fit = [device for device in found if device.serves(direction)]
    what = "microphone" if direction == "input" else "loudspeaker"
    if not fit:
        raise BackendUnavailable(f"this machine has no {what}", remedy=f"plug one in; voicedoc check lists each {what}")
    if not wanted:
        return next((device for device in fit if device.is_default(direction)), fit[0])
    if len(meant := _meant(wanted, fit)) == 1:
        return meant[0]
    listed = "; ".join(f"{device.number} {device.name}" for device in (meant or fit))
    problem = f"several {what}s are" if meant else f"no {what} is"
    raise ConfigError(f"{problem} called '{wanted}'", remedy=f"name one of: {listed}")


def _meant(wanted: str, fit: Sequence[Device]) -> list[Device]:
    if wanted.isdecimal():
        return [device for device in fit if device.number == int(wanted)]
    folded = wanted.casefold()
    whole = [device for device in fit if device.name.casefold() == folded]
    return whole[:1] or [device for device in fit if folded in device.name.casefold()]


def described(found: Sequence[Device]) -> str:
    """One line per device, for people: number, name, channels, rate, and which are the defaults."""
    return "\n".join(_line(device) for device in found)


def _line(device: Device) -> str:
    counts = [(device.n_inputs, "in"), (device.n_outputs, "out")]
    channels = ", ".join(f"{n} {way}" for n, way in counts if n)
    defaults = [way for way, is_it in _defaults(device) if is_it]
    mark = f"  (default {' and '.join(defaults)})" if defaults else ""
    return f"{device.number:3}  {device.name}: {channels}, {device.rate} Hz{mark}"


def _defaults(device: Device) -> list[tuple[str, bool]]:
    return [("microphone", device.is_default_input), ("loudspeaker", device.is_default_output)]


def main() -> None:
    """Write the devices as JSON, or why there are none."""
    try:
        told: object = devices()
    except BackendUnavailable as error:
        told = {"message": str(error), "remedy": error.remedy}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
