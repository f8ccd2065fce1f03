"""What every store in an SQLite file needs: its schema's scripts, changes that are whole, and refusals in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from voicedoc.errors import StoreBusy, StoreError

PATIENCE = 10.0
"""Seconds that a change waits for another process that is writing."""


def scripts(folder: Path) -> tuple[str, ...]:
    """The scripts that make each version of a schema from the one before; the first (`1.sql`) from nothing."""
    count = len(list(folder.glob("*.sql")))
    return tuple((folder / f"{number}.sql").read_text("utf-8") for number in range(1, count + 1))


def migrate(connection: sqlite3.Connection, schema: Sequence[str], application: int) -> None:
    """Bring a file up to the last version of `schema`, all of it or nothing, and mark it as `application`'s."""
    with whole(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # in here: another process may be first
        for script in schema[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {max(version, len(schema))}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: run as a whole, it would not be one transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction, which is undone where its block or its end fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:  # where the disk failed, SQLite may have rolled back by itself
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")


def remedies(*, room: str, elsewhere: str, again: str) -> Mapping[int, str]:
    """What to do about a refusal, by SQLite's primary result code. What is not here is a bug, and stays one.

    `room`: the disk is full or fails; `elsewhere`: the file may not be written; `again`: it is damaged.
    """
    rights = f"check who may write there, or {elsewhere}"
    return {
        sqlite3.SQLITE_FULL: room,
        sqlite3.SQLITE_IOERR: f"{room} (or the disk fails: see the system's log)",
        sqlite3.SQLITE_READONLY: rights,
        sqlite3.SQLITE_CANTOPEN: rights,
        sqlite3.SQLITE_PERM: rights,
        sqlite3.SQLITE_AUTH: rights,
        sqlite3.SQLITE_CORRUPT: again,
        sqlite3.SQLITE_NOTADB: again,
    }


@contextmanager
def told(path: Path, remedies: Mapping[int, str]) -> Iterator[None]:
    """Turn SQLite's refusals into a `StoreError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(f"another process is writing into {path}", remedy="wait for it, then try again") from error
        if code not in remedies:
            raise
        raise StoreError(f"cannot use {path}: {error}", remedy=remedies[code]) from error
