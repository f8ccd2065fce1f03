"""Destroys a session so that nothing of it can be read again: key, lines, notes, sound, and what SQLite keeps of them.

What was copied out of the store before (backups, exported documents) is not reached. Nor are blocks that the file
system or a solid-state disk has put aside: what they hold is sealed under a key that the store does not have any more.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from voicedoc.errors import StoreError
from voicedoc.store.database import VARIABLE, Database
from voicedoc.store.durable import disk_errors, sync
from voicedoc.store.stored import PURGING

_ROWS_AT_ONCE = 500
"""How many lines are deleted in one transaction: a session that runs meanwhile must not wait for long."""

_BLOCK = bytes(1 << 20)


def destroy_key(db: Database, session: str) -> None:
    """Make a session unreadable. To be used within a transaction; `remove` then takes away what is left."""
    db.execute(
        "UPDATE sessions SET state = ?, data_key = zeroblob(length(data_key)), ending = NULL WHERE id = ?",
        (PURGING, session),
    )


def remove(db: Database, session: str, audio: Path) -> None:
    """Delete what is left of a session whose key has been destroyed. May be begun again where it was cut short.

    Raises:
        StoreError: If the disk refuses, or another process reads for so long that SQLite's log cannot be emptied.
    """
    _delete_rows(db, "lines", session)
    _delete_rows(db, "consents", session)
    _delete_rows(db, "notes", session)
    overwrite_folder(audio)
    if not db.empty_log():
        raise StoreError(
            f"session {session} is unreadable, but its sealed remains are still in SQLite's log: another process reads",
            remedy="end other VoiceDoc programs, then voicedoc sessions list finishes it",
        )
    with db.transaction():
        db.execute("DELETE FROM sessions WHERE id = ?", (session,))
    db.empty_log()


def _delete_rows(db: Database, table: str, session: str) -> None:
    some = f"SELECT rowid FROM {table} WHERE session = ? LIMIT {_ROWS_AT_ONCE}"
    while db.execute(f"SELECT 1 FROM {table} WHERE session = ? LIMIT 1", (session,)):
        with db.transaction():
            db.execute(f"DELETE FROM {table} WHERE rowid IN ({some})", (session,))


def overwrite_folder(folder: Path) -> None:
    """Write zeros over every file in `folder`, then remove it. Links are removed and not followed."""
    with disk_errors(f"remove {folder}", VARIABLE):
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
        for path in files:
            _overwrite(path)
        for path in files:  # apart from the writing: the system then forces many at once
            sync(path)
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
        if folder.parent.exists():
            sync(folder.parent)


def _overwrite(path: Path) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left:
            left -= file.write(_BLOCK[:left])
