"""Settings: what the app remembers, how visits are kept, and a dialogue model on a machine of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.hot_keys import HOT_KEYS, clash, single
from voicedoc_desktop.state.outlook import Surroundings
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.state.stored import StoreFacts
from voicedoc_desktop.tasks.keeping import ChangeKey, DestroyExpired, KeepFor, ReadStore
from voicedoc_desktop.tasks.outlook import LookAround
from voicedoc_desktop.tasks.server import TryServer
from voicedoc_desktop.viewmodels.asking import Asking
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.viewmodels.sound_devices import SoundDevices


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """What the screen shows. `store` is None while it is read. `doing`: "key", "expired" or "server" is under way.

    `clash` is (a hot key's name, the key that was wanted, who has it: a hot key's name, "fixed" or `COMBINATION`).
    """

    settings: Settings
    profiles: tuple[str, ...] = ()
    store: StoreFacts | None = None
    store_failure: Failure | None = None
    doing: str = ""
    server_answers: bool | None = None
    server_failure: Failure | None = None
    clash: tuple[str, str, str] | None = None


class SettingsViewModel(Screen):
    """See `Screen`. `state` is a `SettingsState`. What is changed holds at once."""

    def __init__(self, desk: Desk, settings: SettingsStore) -> None:
        super().__init__()
        self._desk, self._settings, self._asking = desk, settings, Asking(desk)
        self.devices = SoundDevices(desk, settings, self)
        self.state = SettingsState(settings=settings.now)
        settings.changed.connect(self._settings_changed)

    def arrive(self, go: Go) -> None:
        """Look up what others may have changed."""
        del go
        self.devices.find()
        self._asking.ask("around", LookAround(), self._around_known)
        self._asking.ask("store", ReadStore(), self._store_known, self._store_failed)

    def leave(self) -> None:
        """Listen no more."""
        self.devices.rest()

    def close(self) -> None:
        """Listen no more."""
        self.devices.rest()

    # --- what a person can do

    def change(self, **values: Any) -> None:
        """Change settings by their names."""
        self._settings.change(**values)

    def set_key(self, name: str, key: str) -> None:
        """Give a hot key another key, as Qt names it; "" is the first one again."""
        first = next(each.first for each in HOT_KEYS if each.name == name)
        key = single(key) or first
        taken = clash(self.state.settings.keys, name, key)
        if taken:
            self._show(replace(self.state, clash=(name, key, taken)))
            return
        others = {each: its for each, its in self.state.settings.keys.items() if each != name}
        self._show(replace(self.state, clash=None))
        self.change(keys=others if key == first else {**others, name: key})

    def reset_keys(self) -> None:
        """Every hot key as at first."""
        self._show(replace(self.state, clash=None))
        self.change(keys={})

    def keep_for(self, days: int | None) -> None:
        """For how long visits to come are kept."""
        self._asking.ask("store", KeepFor(days), self._kept, self._store_failed)

    def change_key(self, kind: str, passphrase: str = "") -> None:
        """Put the visits under a new key."""
        self._show(replace(self.state, doing="key"))
        self._asking.ask("key", ChangeKey(kind, passphrase), self._key_changed, self._failed("key"))

    def destroy_expired(self) -> None:
        """Destroy the visits that are over their time."""
        self._show(replace(self.state, doing="expired"))
        self._asking.ask("expired", DestroyExpired(), self._destroyed, self._failed("expired"))

    def try_server(self, address: str, name: str) -> None:
        """Keep the address of a dialogue model, and ask whether it answers; an address "" is none."""
        self.change(server=address.strip(), server_model=name.strip())
        self._asking.stop("server")
        asks = bool(address.strip())
        self._show(replace(self.state, doing="server" if asks else "", server_answers=None, server_failure=None))
        if asks:
            task = TryServer(address.strip(), name.strip())
            self._asking.ask("server", task, self._server_answered, self._server_failed)

    def open_place(self, place: Place) -> None:
        """Go somewhere else."""
        self.wants.emit(Go(place))

    # --- what comes back

    def _settings_changed(self, now: Settings) -> None:
        self._show(replace(self.state, settings=now))

    def _around_known(self, found: Surroundings) -> None:
        self._show(replace(self.state, profiles=tuple(each.name for each in found.profiles)))

    def _store_known(self, found: StoreFacts) -> None:
        self._show(replace(self.state, store=found, store_failure=None))

    def _store_failed(self, failure: Failure) -> None:
        self._show(replace(self.state, store_failure=failure))

    def _failed(self, doing: str) -> Callable[[Failure], None]:
        def failed(failure: Failure) -> None:
            self._over(doing)
            self._store_failed(failure)

        return failed

    def _over(self, doing: str) -> None:
        """What was under way is over, if nothing else is by now."""
        if self.state.doing == doing:
            self._show(replace(self.state, doing=""))

    def _kept(self, found: StoreFacts) -> None:
        self._store_known(found)
        self.said.emit(self.tr("From now on visits are kept so long."))

    def _key_changed(self, found: StoreFacts) -> None:
        self._desk.forget_passphrase()
        self._over("key")
        self._store_known(found)
        self.said.emit(self.tr("The visits are under the new key."))

    def _destroyed(self, found: StoreFacts) -> None:
        self._over("expired")
        self._store_known(found)
        self.said.emit(self.tr("The visits that were over their time are destroyed."))

    def _server_answered(self, name: object) -> None:
        del name
        self._over("server")
        self._show(replace(self.state, server_answers=True))

    def _server_failed(self, failure: Failure) -> None:
        self._over("server")
        self._show(replace(self.state, server_answers=False, server_failure=failure))

    def _show(self, state: SettingsState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
