"""The connection to the store's SQLite file: its schema, whole changes, and its refusals in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicedoc.errors import StoreError
from voicedoc.store.durable import disk_errors
from voicedoc.store.sqlite import PATIENCE, migrate, remedies, scripts, told, whole

APPLICATION = 0x564B4E4F
"""Marks the file ("VKNO"), as SQLite's `application_id`."""

VARIABLE = "VOICEDOC_KNOWLEDGE"
"""Names the store's folder."""

_ELSEWHERE = f"name another folder: {VARIABLE}=/path"
_REMEDIES = remedies(
    room="free space on that disk; what was added before is still there",
    elsewhere=_ELSEWHERE,
    again=f"move the file away and add your documents again, or {_ELSEWHERE}",
)


def shipped_schema() -> tuple[str, ...]:
    """The scripts that make each version of the schema from the one before; the first from nothing."""
    return scripts(Path(__file__).parent / "schema")


class Database:
    """A connection to the file `path`, which is made, or brought up to date, where that is needed.

    Raises:
        StoreError: If it cannot be opened, is something else, or was written by a newer version; it is then left alone.
    """

    def __init__(self, path: Path, *, schema: Sequence[str] = ()) -> None:
        self.path = path
        with disk_errors(f"open the knowledge store {path}", VARIABLE):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with told(path, _REMEDIES):
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
            migrate(self._connection, schema, APPLICATION)

    def _pragma(self, name: str) -> int:
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """The rows that a statement gives."""
        with told(self.path, _REMEDIES):
            return self._connection.execute(sql, values).fetchall()

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Insert a row; its number."""
        with told(self.path, _REMEDIES):
            return int(self._connection.execute(sql, values).lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several statements that happen together or not at all.

        Raises:
            StoreBusy: If another process writes for longer than this one waits.
            StoreError: If the disk is full or the file is damaged.
        """
        with told(self.path, _REMEDIES), whole(self._connection):
            yield

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
