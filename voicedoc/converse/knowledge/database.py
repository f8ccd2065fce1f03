"""The connection to the store's SQLite file: its schema, whole changes, and its refusals in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from voicedoc.errors import StoreBusy, StoreError
from voicedoc.store.durable import disk_errors

APPLICATION = 0x564B4E4F
"""Marks the file ("VKNO"), as SQLite's `application_id`."""

VARIABLE = "VOICEDOC_KNOWLEDGE"
"""Names the store's folder."""

PATIENCE = 10.0
"""Seconds that a change waits for another process that is writing."""

_ELSEWHERE = f"name another folder: {VARIABLE}=/path"
_AGAIN = f"move the file away and add your documents again, or {_ELSEWHERE}"
_REMEDIES = {
    sqlite3.SQLITE_FULL: "free space on that disk; what was added before is still there",
    sqlite3.SQLITE_IOERR: "free space on that disk (or the disk fails: see the system's log)",
    sqlite3.SQLITE_READONLY: f"check who may write there, or {_ELSEWHERE}",
    sqlite3.SQLITE_CANTOPEN: f"check who may write there, or {_ELSEWHERE}",
    sqlite3.SQLITE_PERM: f"check who may write there, or {_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: _AGAIN,
    sqlite3.SQLITE_NOTADB: _AGAIN,
}
"""By SQLite's primary result code. What is not here is a bug, and stays one."""


def shipped_schema() -> tuple[str, ...]:
    """The scripts that make each version of the schema from the one before; the first from nothing."""
    folder = Path(__file__).parent / "schema"
    count = len(list(folder.glob("*.sql")))
    return tuple((folder / f"{number}.sql").read_text("utf-8") for number in range(1, count + 1))


class Database:
    """A connection to the file `path`, which is made, or brought up to date, where that is needed.

    Raises:
        StoreError: If it cannot be opened, is something else, or was written by a newer version; it is then left alone.
    """

    def __init__(self, path: Path, *, schema: Sequence[str] = ()) -> None:
        self.path = path
        with disk_errors(f"open the knowledge store {path}", VARIABLE):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _told(path):
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                self._prepare(schema or shipped_schema())
            except (StoreError, sqlite3.Error):
                self._connection.close()
                raise

    def _prepare(self, schema: Sequence[str]) -> None:
        self._connection.row_factory = sqlite3.Row
        version, application = self._pragma("user_version"), self._pragma("application_id")
        if application != APPLICATION and self.execute("SELECT 1 FROM sqlite_master"):
            raise StoreError(f"{self.path} is not a knowledge store of VoiceDoc", remedy=_ELSEWHERE)
        if version > len(schema):
            raise StoreError(
                f"{self.path} was written by a newer VoiceDoc (schema {version}; this one knows {len(schema)})",
                remedy=f"update VoiceDoc, or {_ELSEWHERE}",
            )
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA synchronous = FULL")
        if version < len(schema):
            self._migrate(schema)

    def _migrate(self, schema: Sequence[str]) -> None:
        with self.transaction():
            for script in schema[self._pragma("user_version") :]:  # read again: another process may have been first
                for statement in _statements(script):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {len(schema)}")

    def _pragma(self, name: str) -> int:
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """The rows that a statement gives."""
        with _told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Insert a row; its number."""
        with _told(self.path):
            return int(self._connection.execute(sql, values).lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several statements that happen together or not at all.

        Raises:
            StoreBusy: If another process writes for longer than this one waits.
            StoreError: If the disk is full or the file is damaged.
        """
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    with suppress(sqlite3.Error):
                        self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: run as a whole, it would not be one transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into a `StoreError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(f"another process is writing into {path}", remedy="wait for it, then try again") from error
        if code not in _REMEDIES:
            raise
        raise StoreError(f"cannot use {path}: {error}", remedy=_REMEDIES[code]) from error
