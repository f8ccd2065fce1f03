"""Tasks: how visits are kept, for how long, and under which key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicedoc_desktop.state.stored import StoreFacts

if TYPE_CHECKING:
    from voicedoc_desktop.process.task import Here


@dataclass(frozen=True, slots=True)
class ReadStore:
    """A task: how visits are kept. Needs no passphrase."""

    def run(self, here: Here) -> StoreFacts:
        return _facts(here)


@dataclass(frozen=True, slots=True)
class KeepFor:
    """A task: keep visits to come for so many days after their end; None is for ever. Those that are there stay so."""

    days: int | None

    def run(self, here: Here) -> StoreFacts:
        here.vault().keep(self.days)
        return _facts(here)


@dataclass(frozen=True, slots=True)
class ChangeKey:
    """A task: put every visit under a new key: in the "keyring", or made of a "passphrase". All or nothing."""

    kind: str
    passphrase: str = field(default="", repr=False)

    def run(self, here: Here) -> StoreFacts:
        """Raises:
        KeyRefused: If the old key or the new one is not to be had.
        """
        from voicedoc.store.keys import Keys

        here.vault().change_key(Keys(self.kind, given=lambda: self.passphrase or None).make)
        return _facts(here)


@dataclass(frozen=True, slots=True)
class DestroyExpired:
    """A task: destroy the visits that are over their time."""

    def run(self, here: Here) -> StoreFacts:
        """Raises:
        StoreError: If the disk refuses one of them.
        """
        refused = [purged.refused for purged in here.vault().purge_expired() if purged.refused is not None]
        if refused:
            raise refused[0]
        return _facts(here)


def _facts(here: Here) -> StoreFacts:
    vault = here.vault()
    return StoreFacts(str(vault.folder), vault.key_kind(), vault.keep_days, len(vault.sessions()), len(vault.expired()))
