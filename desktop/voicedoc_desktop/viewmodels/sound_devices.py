"""Microphones and loudspeakers: which there are, which are chosen, how loud it is at them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.bridge import VISIT, Desk
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.state.visit_plan import Sharing, VisitPlan
from voicedoc_desktop.tasks.devices import Devices, Levels, ListDevices, WatchLevels
from voicedoc_desktop.viewmodels.asking import Asking


@dataclass(frozen=True, slots=True)
class Plugged:
    """A sound device: its name, and how many channels it has."""

    name: str
    n_channels: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesState:
    """What there is; None while it is being looked up. `levels` are in dB, one for each channel that is listened to.

    `failure` says why devices cannot be told, `deaf` why nothing is heard of those that are chosen.
    """

    plan: VisitPlan
    microphones: tuple[Plugged, ...] | None = None
    loudspeakers: tuple[Plugged, ...] = ()
    failure: Failure | None = None
    levels: tuple[float, ...] = ()
    deaf: Failure | None = None

    @property
    def lacks_microphone(self) -> bool:
        """Whether it is known that nothing can be heard."""
        return self.microphones == ()


def listened_to(plan: VisitPlan) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The microphones of a plan, by name, and which of their channels."""
    if plan.sharing is Sharing.TWO:
        return ((plan.microphone, (0,)), (plan.patient_microphone, (0,)))
    return ((plan.microphone, (0, 1) if plan.sharing is Sharing.CHANNELS else (0,)),)


class SoundDevices(QObject):
    """The devices of this machine, and those of the settings.

    Signals:
        changed: A `DevicesState`.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings, self._asking = desk, settings, Asking(desk)
        self.state = DevicesState(plan=settings.now.plan)
        settings.changed.connect(self._settings_changed)

    def find(self) -> None:
        """Look what is plugged in now, and listen to what is chosen, unless a visit does."""
        self._asking.stop("levels")
        self._show(DevicesState(plan=self._settings.now.plan))
        self._asking.ask("devices", ListDevices(), self._found, self._not_found)

    def choose(self, **values: Any) -> None:
        """Choose by the names of `VisitPlan`; that is kept in the settings."""
        self._settings.change(**{name: str(value) for name, value in values.items()})

    def rest(self) -> None:
        """Look and listen no more."""
        self._asking.stop("devices")
        self._asking.stop("levels")
        self._show(replace(self.state, levels=()))

    def _settings_changed(self, now: Settings) -> None:
        before, plan = listened_to(self.state.plan), now.plan
        self._show(replace(self.state, plan=plan))
        if listened_to(plan) != before and self._asking.is_asking("levels"):
            self._listen()

    def _found(self, found: Devices) -> None:
        microphones = tuple(Plugged(device.name, device.n_inputs) for device in found.microphones)
        loudspeakers = tuple(Plugged(device.name, device.n_outputs) for device in found.loudspeakers)
        self._show(replace(self.state, microphones=microphones, loudspeakers=loudspeakers))
        if microphones and not self._desk.is_at_work(VISIT):  # which may have a microphone for itself
            self._listen()

    def _not_found(self, failure: Failure) -> None:
        self._show(replace(self.state, failure=failure))

    def _listen(self) -> None:
        from voicedoc.capture.devices import Microphone

        self._asking.stop("levels")
        self._show(replace(self.state, levels=(), deaf=None))
        microphones = tuple(Microphone(name, channels) for name, channels in listened_to(self.state.plan))
        self._asking.ask("levels", WatchLevels(microphones), failed=self._deaf, told=self._heard)

    def _heard(self, items: tuple[object, ...]) -> None:
        levels = [item for item in items if isinstance(item, Levels)]
        if levels:
            self._show(replace(self.state, levels=levels[-1].values))

    def _deaf(self, failure: Failure) -> None:
        self._show(replace(self.state, levels=(), deaf=failure))

    def _show(self, state: DevicesState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
