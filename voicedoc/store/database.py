"""One connection to the session store's SQLite file: its settings, its schema, and its errors in words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock

from voicedoc.errors import StoreError
from voicedoc.store.durable import disk_errors
from voicedoc.store.sqlite import PATIENCE, migrate, remedies, scripts, told, whole

APPLICATION = 0x564F4943
"""Marks the file as VoiceDoc's ("VOIC"), as SQLite's `application_id`."""

VARIABLE = "VOICEDOC_SESSIONS"
"""Names the session store's folder."""

_SCHEMA = Path(__file__).parent / "schema"

_CHECKPOINT_PAGES = 1000

_LOG_BYTES = 1 << 20
"""To which the log is cut when it begins anew."""


def shipped_schema() -> tuple[str, ...]:
    """The scripts that make each version of the schema from the one before; the first from nothing."""
    return scripts(_SCHEMA)


class Database:
    """A connection to the file `path`, which is made, or brought up to date, where that is needed.

    Any thread may use it: they take turns. `own_checkpoints`: the log is moved into the file by somebody else, not by
    whichever change finds it long.

    Raises:
        StoreError: If it cannot be opened, is not a session store, or was written by a newer version; it is then
            left as it was.
    """

    def __init__(
        self, path: Path, *, schema: Sequence[str] = (), patience: float = PATIENCE, own_checkpoints: bool = False
    ) -> None:
        self.path = path
        self._schema = schema or shipped_schema()
        self._turn = threading.RLock()
        _make(path)
        with told(path, _REMEDIES):
            self._connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
            with ExitStack() as undo:
                undo.callback(self._connection.close)
                self._prepare(0 if own_checkpoints else _CHECKPOINT_PAGES)
                undo.pop_all()

    def another(self, patience: float = PATIENCE) -> Database:
        """A further connection to the same file, for a session that runs: it never stops to move the log."""
        return Database(self.path, schema=self._schema, patience=patience, own_checkpoints=True)

    def _prepare(self, checkpoint_pages: int) -> None:
        self._connection.row_factory = sqlite3.Row
        self._check_version(len(self._schema))
        if self._pragma("user_version") < len(self._schema) or self._pragma("journal_mode") != "wal":
            with disk_errors(f"lock {self.path}", VARIABLE), FileLock(self.path.with_name(".setup")):
                self._begin_log()
                migrate(self._connection, self._schema, APPLICATION)
        for setting in (
            "synchronous = NORMAL",  # a change is in the system's hands; a session's `Upkeep` forces it to the disk
            "secure_delete = ON",
            "foreign_keys = ON",
            "cell_size_check = ON",
            f"wal_autocheckpoint = {checkpoint_pages}",
            f"journal_size_limit = {_LOG_BYTES}",
        ):
            self._connection.execute(f"PRAGMA {setting}")

    def _begin_log(self) -> None:
        mode = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise StoreError(f"{self.path} is on a disk that cannot be shared safely ({mode})", remedy=_ELSEWHERE)

    def _check_version(self, known: int) -> None:
        version, application = self._pragma("user_version"), self._pragma("application_id")
        if application != APPLICATION and self.execute("SELECT 1 FROM sqlite_master"):
            raise StoreError(f"{self.path} is not a session store of VoiceDoc", remedy=_ELSEWHERE)
        if version > known:
            raise StoreError(
                f"{self.path} was written by a newer VoiceDoc (schema {version}; this one knows {known})",
                remedy="update VoiceDoc, or name another folder: VOICEDOC_SESSIONS=/path",
            )

    def _pragma(self, name: str) -> Any:
        return self._connection.execute(f"PRAGMA {name}").fetchone()[0]

    def wait_for(self, patience: float) -> None:
        """From now on, wait so many seconds for another process that is writing."""
        self.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """The rows that a statement gives. Outside `transaction` it is a transaction of its own."""
        with self._turn, told(self.path, _REMEDIES):
            return self._connection.execute(sql, values).fetchall()

    def execute_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """A statement for each of many rows. To be used within `transaction`."""
        with self._turn, told(self.path, _REMEDIES):
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several statements that happen together or not at all. Other writers wait meanwhile.

        Raises:
            StoreBusy: If another process writes for longer than this connection waits.
            StoreError: If the disk is full or the file is damaged.
        """
        with self._turn, told(self.path, _REMEDIES), whole(self._connection):
            yield

    def checkpoint(self) -> None:
        """Move the log into the file, as far as that goes while others read. Nobody waits for it."""
        self.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def empty_log(self) -> bool:
        """Move the log into the file and empty it, for which everybody pauses. False where somebody is in the way."""
        self.checkpoint()  # most of the work, before the pause
        return not self.execute("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]

    def copy_to(self, path: Path) -> None:
        """Copy everything into a new file `path`, as it is at one moment, while others go on writing."""
        _make(path)
        with self._turn, told(path, _REMEDIES), _closing(sqlite3.connect(path, isolation_level=None)) as target:
            self._connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file that needs no log beside it

    def problems(self) -> list[str]:
        """What SQLite finds wrong with the file's structure; nothing where it is sound."""
        found = [str(row[0]) for row in self.execute("PRAGMA integrity_check(5)")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Close the connection. Closing again does nothing."""
        with self._turn, told(self.path, _REMEDIES):
            self._connection.close()


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A connection that is closed at the end; `sqlite3`'s own context manager only ends its transaction."""
    try:
        yield connection
    finally:
        connection.close()


def _make(path: Path) -> None:
    """Make an empty file that only its owner may read. One that is there is left alone.

    To open and close it would take away the locks that SQLite holds on it elsewhere in this process.
    """
    with disk_errors(f"open the session store {path}", VARIABLE), suppress(FileExistsError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


_ELSEWHERE = "name another folder: VOICEDOC_SESSIONS=/path"
_REMEDIES = remedies(
    room="free space on that disk; what was kept is still there",
    elsewhere=_ELSEWHERE,
    again="restore it from a backup: VOICEDOC_SESSIONS=/new/folder voicedoc sessions restore BACKUP",
)
