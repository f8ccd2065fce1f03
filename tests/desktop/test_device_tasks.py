"""What is plugged in, and how loud it is there, as the app's tasks tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from voicedoc_desktop.process.worker import Place, Safe
from voicedoc_desktop.tasks.devices import Devices, Levels, ListDevices, WatchLevels

from voicedoc.capture.devices import Device, Microphone
from voicedoc.capture.recorder import Ended, Heard, Input, Opened, Sound
from voicedoc.errors import BackendUnavailable

pytestmark = pytest.mark.unit

YETI, BUILT_IN = Device(0, "Yeti", 2, 0, 48000, False, False), Device(1, "Built-in", 1, 2, 48000, True, True)


@dataclass
class Told:
    """What a task tells; it is stopped after `most` things."""

    most: int
    levels: list[tuple[float, ...]] = field(default_factory=list)

    def place(self) -> Place:
        self._place = Place(self._take, Safe(lambda answer: None))
        return self._place

    def _take(self, item: object) -> None:
        assert isinstance(item, Levels)
        self.levels.append(item.values)
        if len(self.levels) == self.most:
            self._place.stop()


class Loud:
    """Microphones that hear a tone: `loud` dB on the first channel, 20 dB less on each other one; after it `then`."""

    def __init__(self, loud: float = -20.0, *then: Heard) -> None:
        self.loud, self.then, self.n_open = loud, then, 0

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        assert not substitutes
        self.n_open += 1
        return _Open(self, len(microphone.channels))


class _Open:
    def __init__(self, device: Loud, n_channels: int) -> None:
        self._device, self._n_channels, self._n_read = device, n_channels, 0

    def read(self) -> list[Heard]:
        self._n_read += 1
        match self._n_read:
            case 1:
                return [Opened("Yeti", 16000)]
            case 2:
                gains = 10 ** ((self._device.loud - 20.0 * np.arange(self._n_channels)) / 20) * np.sqrt(2) * 32768
                tone = np.sin(np.arange(1600) * 0.1)[:, None] * gains
                return [Sound(tone.astype(np.int16))]
            case _:
                return list(self._device.then)

    def close(self) -> None:
        self._device.n_open -= 1


def test_devices_are_listed_with_the_systems_default_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc.capture.devices.devices_now", lambda: [YETI, BUILT_IN])
    assert ListDevices().run(Told(0).place()) == Devices((BUILT_IN, YETI), (BUILT_IN,))


def test_levels_are_of_every_channel_and_stay_where_nothing_new_is_heard() -> None:
    told, device = Told(3), Loud()
    WatchLevels((Microphone("", (0, 1)), Microphone()), device).run(told.place())
    silent, *heard = told.levels
    assert silent == (-120.0,) * 3
    assert heard[0] == pytest.approx((-20.0, -40.0, -20.0), abs=0.2) and heard[1] == heard[0]
    assert device.n_open == 0


def test_a_microphone_that_is_gone_is_an_error_and_the_others_are_let_go_of() -> None:
    device = Loud(-20.0, Ended("it no longer records", "plug it in"))
    with pytest.raises(BackendUnavailable, match="no longer records") as told:
        WatchLevels((Microphone("A"), Microphone("B")), device).run(Told(9).place())
    assert told.value.remedy == "plug it in"
    assert device.n_open == 0


@pytest.mark.parametrize("make", [ListDevices, lambda: WatchLevels((Microphone(),))])
def test_a_task_that_is_stopped_before_it_begins_opens_nothing_for_long(
    make: Callable[[], ListDevices | WatchLevels], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicedoc.capture.devices.devices_now", lambda: [])
    device = Loud()
    monkeypatch.setattr("voicedoc.capture.recorder.open_microphone", device)
    place = Told(0).place()
    place.stop()
    assert make().run(place) in (None, Devices((), ()))
    assert device.n_open == 0
