"""Microphones and loudspeakers: which there are, and how loud it is at those that are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicedoc.capture.devices import Device, Microphone
    from voicedoc.capture.recorder import Heard, Input, OpenInput
    from voicedoc_desktop.process.task import Here

LEVELS_EVERY = 0.1
"""Seconds."""

SILENCE = -120.0
"""dB."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What is plugged in now, each list with the system's default first."""

    microphones: tuple[Device, ...]
    loudspeakers: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud it is at each channel, in dB relative to full scale: -120.0 is silence, above -3 is too loud."""

    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ListDevices:
    """A task: what is plugged in now, as `Devices`."""

    def run(self, here: Here) -> Devices:
        """Look.

        Raises:
            BackendUnavailable: If there is no sound system.
        """
        del here
        from voicedoc.capture.devices import devices_now

        found = devices_now()
        return Devices(
            tuple(sorted((each for each in found if each.serves("input")), key=lambda each: not each.is_default_input)),
            tuple(
                sorted((each for each in found if each.serves("output")), key=lambda each: not each.is_default_output)
            ),
        )


@dataclass(frozen=True, slots=True)
class WatchLevels:
    """A task: tells `Levels` ten times a second until it is stopped. Nothing of what is heard is kept."""

    microphones: tuple[Microphone, ...]
    open_input: OpenInput | None = None

    def run(self, here: Here) -> None:
        """Listen.

        Raises:
            BackendUnavailable: If a microphone does not open, or is gone.
        """
        from voicedoc.capture.recorder import open_microphone

        with ExitStack() as closing:
            meters = [Meter((self.open_input or open_microphone)(each, substitutes=False)) for each in self.microphones]
            for meter in meters:
                closing.callback(meter.close)
            n_channels = [len(each.channels) for each in self.microphones]
            while not here.stopped.wait(LEVELS_EVERY):
                told = [meter.levels(count) for meter, count in zip(meters, n_channels, strict=True)]
                here.tell(Levels(tuple(level for levels in told for level in levels)))


class Meter:
    """How loud it is at one microphone."""

    def __init__(self, opened: Input) -> None:
        self._input = opened
        self._last: tuple[float, ...] = ()

    def close(self) -> None:
        """Let go of the microphone."""
        self._input.close()

    def levels(self, n_channels: int) -> tuple[float, ...]:
        """The levels since the last time; the last ones again where nothing has come.

        Raises:
            BackendUnavailable: If the microphone does not open, or is gone.
        """
        self._last = _loudest(self._input.read()) or self._last or (SILENCE,) * n_channels
        return self._last


def _loudest(heard: Sequence[Heard]) -> tuple[float, ...]:
    """The level of each channel over all that was heard; none where there was no sound."""
    import numpy as np

    from voicedoc.capture.recorder import Ended, Sound
    from voicedoc.core.audio import as_samples, level_db
    from voicedoc.errors import BackendUnavailable

    for item in heard:
        if isinstance(item, Ended):
            raise BackendUnavailable(item.message, remedy=item.remedy)
    blocks = [item.block for item in heard if isinstance(item, Sound) and len(item.block)]
    if not blocks:
        return ()
    whole = np.concatenate(blocks).astype(np.float32) / 32768.0
    return tuple(round(level_db(as_samples(whole[:, channel])), 1) for channel in range(whole.shape[1]))
