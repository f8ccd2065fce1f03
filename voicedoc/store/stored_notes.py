"""The notes of sessions in the store: numbered from 1 in each session, sealed, and never changed."""

from __future__ import annotations

from collections.abc import Iterator

from voicedoc.core.cipher import Cipher
from voicedoc.errors import StoreError
from voicedoc.store.database import Database


def add_note(db: Database, session: str, cipher: Cipher, content: bytes) -> int:
    """Keep a note after those that are there; its number. To be used within a transaction."""
    number = 1 + int(db.execute("SELECT max(number) FROM notes WHERE session = ?", (session,))[0][0] or 0)
    sealed = cipher.seal(content, _place(number))
    db.execute("INSERT INTO notes (session, number, sealed) VALUES (?, ?, ?)", (session, number, sealed))
    return number


def notes_of(db: Database, session: str, cipher: Cipher) -> Iterator[bytes | StoreError]:
    """The content of every note of a session, in order; an error in the place of one that is damaged or missing."""
    expected = 0
    for row in db.execute("SELECT number, sealed FROM notes WHERE session = ? ORDER BY number", (session,)):
        expected += 1
        while expected < row["number"]:
            yield _damaged(session, expected, "is missing")
            expected += 1
        try:
            yield cipher.open(row["sealed"], _place(row["number"]))
        except StoreError:
            yield _damaged(session, row["number"], "is damaged")


def _place(number: int) -> bytes:
    return f"note {number}".encode()


def _damaged(session: str, number: int, how: str) -> StoreError:
    return StoreError(f"session {session}: note {number} {how}", remedy="restore it from a backup")
