"""The first screen: set up a visit, go on with one, look at one that was, drop recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.outlook import Outlook, Surroundings
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.tasks.outlook import LookAhead, LookAround
from voicedoc_desktop.tasks.sessions import CloseSession, ListSessions
from voicedoc_desktop.viewmodels.asking import Asking
from voicedoc_desktop.viewmodels.home_screen import HomeState, planned
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.viewmodels.sound_devices import DevicesState, SoundDevices


class HomeViewModel(Screen):
    """See `Screen`. `state` is a `HomeState`; what is chosen is kept in the settings."""

    def __init__(self, desk: Desk, settings: SettingsStore) -> None:
        super().__init__()
        self._settings, self._asking = settings, Asking(desk)
        self.devices = SoundDevices(desk, settings, self)
        self.state = HomeState(plan=settings.now.plan)
        self.devices.changed.connect(self._devices_changed)
        settings.changed.connect(self._settings_changed)

    # --- coming and going

    def arrive(self, go: Go) -> None:
        """Look up what may have changed since the last time."""
        del go
        self._asking.ask("around", LookAround(), self._around_known)
        self._asking.ask("sessions", ListSessions(), self._sessions_known, self._sessions_failed)
        self._look_ahead()
        self.devices.find()

    def leave(self) -> None:
        """Listen no more."""
        self.devices.rest()

    def close(self) -> None:
        """Listen no more."""
        self.devices.rest()

    # --- setting up

    def choose(self, **values: Any) -> None:
        """Change the plan, by the names of `VisitPlan`; it is kept for the next time."""
        self._settings.change(**values)

    def swap_languages(self) -> None:
        """The doctor speaks what the patient did, and the other way round."""
        self.choose(doctor=self.state.plan.patient, patient=self.state.plan.doctor)

    def start(self) -> None:
        """Begin the visit that is set up."""
        if self.state.can_start:
            self.devices.rest()
            self.wants.emit(Go(Place.VISIT, plan=self.state.plan))

    # --- going on from here

    def continue_session(self, session: str) -> None:
        """Go on with a session that was cut off."""
        self.devices.rest()
        self.wants.emit(Go(Place.VISIT, session=session))

    def end_session(self, session: str) -> None:
        """End a session that was cut off, as it is."""
        self._asking.ask("end", CloseSession(session), self._ended, self._sessions_failed)

    def open_session(self, session: str) -> None:
        """Look at a session that was."""
        self.wants.emit(Go(Place.REVIEW, session=session))

    def open_place(self, place: Place) -> None:
        """Go somewhere else."""
        self.wants.emit(Go(place))

    def drop(self, files: Sequence[str]) -> None:
        """Have recordings transcribed."""
        if files:
            self.wants.emit(Go(Place.RECORDINGS, files=tuple(files)))

    # --- what comes back

    def _settings_changed(self, now: Settings) -> None:
        self._show(planned(self.state, now.plan))
        if self.state.outlook is None:
            self._look_ahead()

    def _devices_changed(self, devices: DevicesState) -> None:
        self._show(replace(self.state, has_microphone=not devices.lacks_microphone))

    def _look_ahead(self) -> None:
        plan = self.state.plan
        self._show(replace(self.state, outlook=None, outlook_failure=None))
        ahead = LookAhead(plan.doctor, plan.patient, plan.profile)
        self._asking.ask("ahead", ahead, self._outlook_known, self._no_outlook)

    def _around_known(self, found: Surroundings) -> None:
        self._show(replace(self.state, around=found))

    def _outlook_known(self, found: Outlook) -> None:
        self._show(replace(self.state, outlook=found))

    def _no_outlook(self, failure: Failure) -> None:
        self._show(replace(self.state, outlook_failure=failure))

    def _sessions_known(self, found: tuple[Known, ...]) -> None:
        self._show(replace(self.state, sessions=found, sessions_failure=None))

    def _sessions_failed(self, failure: Failure) -> None:
        self._show(replace(self.state, sessions_failure=failure))

    def _ended(self, ended: Known) -> None:
        sessions = tuple(ended if each.id == ended.id else each for each in self.state.sessions or ())
        self._show(replace(self.state, sessions=sessions, sessions_failure=None))
        self.said.emit(self.tr("The visit was ended; what was said is kept."))

    def _show(self, state: HomeState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
