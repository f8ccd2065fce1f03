"""The store's master key, under which every session's own key is sealed."""

from __future__ import annotations

from collections.abc import Callable

from voicedoc.store.cipher import AesGcm
from voicedoc.store.database import Database
from voicedoc.store.keys import Keys, Made, Record, forget
from voicedoc.store.settings import KEY, set_setting, setting, store_id
from voicedoc.store.stored import PURGING


class Master:
    """The master key of the store in `db`: had when it is first needed, made where the store has none yet.

    `note` adds to the audit trail.
    """

    def __init__(self, db: Database, keys: Keys, note: Callable[..., None]) -> None:
        self._db, self._keys, self._note = db, keys, note
        self._held: tuple[Record, AesGcm] | None = None

    def kind(self) -> str:
        """ "keyring" or "passphrase"; "" where there is no key yet."""
        record = setting(self._db, KEY)
        return str(record["kind"]) if record else ""

    def seal(self, session: str, key: bytes) -> bytes:
        """A session's key, sealed."""
        return self.cipher().seal(key, _place(session))

    def open(self, session: str, sealed: bytes) -> bytes:
        """The inverse of `seal`.

        Raises:
            StoreError: If it is damaged.
        """
        return self.cipher().open(sealed, _place(session))

    def cipher(self) -> AesGcm:
        """The master key that the store has now, which another process may have changed.

        Raises:
            KeyRefused: If it is not to be had.
        """
        record = setting(self._db, KEY)
        if self._held is not None and self._held[0] == record:
            return self._held[1]
        return self._hold(Made(self._keys.open(record), record) if record else self._first())

    def _hold(self, made: Made) -> AesGcm:
        cipher = AesGcm(made.master)
        self._held = made.record, cipher
        return cipher

    def _first(self) -> Made:
        made = self._keys.make(store_id(self._db))
        with self._db.transaction():
            other = setting(self._db, KEY)
            if other is None:
                set_setting(self._db, KEY, made.record)
                self._note("key-made", "", kind=made.record["kind"])
        if other is None:
            return made
        forget(made.record)  # another process was faster
        return Made(self._keys.open(other), other)

    def change(self, make: Callable[[str], Made]) -> None:
        """Seal every session's key under a new master key, which `make` makes for the store's id. All or nothing.

        Raises:
            KeyRefused: If the old or the new key is not to be had.
        """
        self.cipher()  # before a new one is made
        made = make(store_id(self._db))
        with self._db.transaction():
            old, new = self.cipher(), AesGcm(made.master)
            for row in self._db.execute("SELECT id, data_key FROM sessions WHERE state != ?", (PURGING,)):
                place = _place(row["id"])
                sealed = new.seal(old.open(row["data_key"], place), place)
                self._db.execute("UPDATE sessions SET data_key = ? WHERE id = ?", (sealed, row["id"]))
            set_setting(self._db, KEY, made.record)
            self._note("key-changed", "", kind=made.record["kind"])
        self._hold(made)
        self._db.empty_log()


def _place(session: str) -> bytes:
    return f"the key of session {session}".encode()
