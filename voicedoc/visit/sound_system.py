"""The sound devices of this machine behind one role, so that a whole visit can be held without any."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from voicedoc.capture.devices import Device, Microphone, choose, devices, devices_anew, portaudio
from voicedoc.errors import BackendUnavailable

if TYPE_CHECKING:
    from voicedoc.capture.recorder import Input
    from voicedoc.core.audio import Samples
    from voicedoc.speak.loudspeaker import Loudspeaker


class SoundSystem(Protocol):
    """What hears and what plays."""

    def devices(self) -> Sequence[Device]:
        """What there is.

        Raises:
            BackendUnavailable: If that cannot be told.
        """
        ...

    def open_input(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        """See `OpenInput`."""
        ...

    def loudspeaker(self, position: Callable[[], float], device: str) -> Loudspeaker:
        """A loudspeaker; `position` is the audio clock as of now, in seconds."""
        ...

    def play(self, samples: Samples, rate: int, device: str, stopping: threading.Event) -> None:
        """Play to the end, or until `stopping` is set. Blocks.

        Raises:
            BackendUnavailable: If the loudspeaker does not play.
        """
        ...


class PortAudio:
    """The `SoundSystem` of this machine. Ask it for its `devices` while nothing plays."""

    def devices(self) -> list[Device]:
        """See `SoundSystem`."""
        return devices_anew()

    def open_input(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        """See `SoundSystem`: in a process of its own."""
        from voicedoc.capture.recorder import open_microphone

        return open_microphone(microphone, substitutes=substitutes)

    def loudspeaker(self, position: Callable[[], float], device: str) -> Loudspeaker:
        """See `SoundSystem`."""
        from voicedoc.speak.loudspeaker import SoundDevice

        return SoundDevice(position, device=device)

    def play(self, samples: Samples, rate: int, device: str, stopping: threading.Event) -> None:
        """See `SoundSystem`. Falls silent within a tenth of a second or so."""
        sounddevice = portaudio()
        number = choose(device, devices(), "output").number
        tenth = max(1, rate // 10)
        try:
            with sounddevice.OutputStream(rate, device=number, channels=1, dtype="float32") as stream:
                for first in range(0, samples.size, tenth):
                    if stopping.is_set():
                        stream.abort()
                        return
                    stream.write(np.ascontiguousarray(samples[first : first + tenth, None]))
        except sounddevice.PortAudioError as error:
            raise BackendUnavailable(f"the loudspeaker does not play: {error}") from error
