"""The journal of a session in the session store: a `JournalSink`, one sealed row for each line."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from voicedoc.core.cipher import Cipher
from voicedoc.core.events import Consented, Event, SessionClosed
from voicedoc.core.journal import Line, Numbering, text_of
from voicedoc.errors import StoreBusy, StoreError
from voicedoc.store.database import VARIABLE, Database
from voicedoc.store.durable import disk_errors, sync
from voicedoc.store.sqlite import PATIENCE

BRIEF_PATIENCE = 0.05
"""Seconds that an event loop may stand still because another process is writing."""

LONG_PATIENCE = 20.0
"""Seconds after which lines that another process keeps from being written are an error."""

UPKEEP_EVERY = 1.0
"""Seconds between two times that what was written is forced to the disk."""

LONG_LOG = 4 << 20
"""Bytes of SQLite's log from which on it is moved into the file."""


def place_of(number: int) -> bytes:
    """What binds a sealed line to its number."""
    return b"line %d" % number


def consent_place(number: int) -> bytes:
    """What binds a sealed consent to the number of its line."""
    return b"consent %d" % number


def add_lines(db: Database, session: str, cipher: Cipher, lines: Sequence[Line], after: int) -> None:
    """Write lines with the numbers that follow `after`. To be used within a transaction."""
    sealed = (
        (session, number, cipher.seal(text_of(line).encode(), place_of(number)))
        for number, line in enumerate(lines, start=after + 1)
    )
    db.execute_each(_ADD_LINE, sealed)


def lines_of(db: Database, session: str, cipher: Cipher) -> Iterator[Line | StoreError]:
    """The lines of a session as they were written; in the place of each that cannot be opened, why."""
    expected = 1
    for row in db.execute("SELECT number, sealed FROM lines WHERE session = ? ORDER BY number", (session,)):
        for number in range(expected, row["number"]):
            yield StoreError(f"line {number} of session {session} is missing", remedy=_RESTORE)
        expected = row["number"] + 1
        try:
            line: Line = json.loads(cipher.open(row["sealed"], place_of(row["number"])))
        except StoreError as error:
            yield StoreError(f"session {session}: {error}", remedy=error.remedy)
        else:
            yield line


_ADD_LINE = "INSERT INTO lines (session, number, sealed) VALUES (?, ?, ?)"
_ADD_CONSENT = "INSERT INTO consents (session, number, given_at, agreed, sealed) VALUES (?, ?, ?, ?, ?)"
_RESTORE = "restore it from a backup, or use what is left: voicedoc sessions export --salvage"


@dataclass
class _Waiting:
    """Rows that are not in the database yet; since when."""

    lines: list[tuple[Any, ...]] = field(default_factory=list)
    consents: list[tuple[Any, ...]] = field(default_factory=list)
    since: float = 0.0


class StoredJournal:
    """Appends a part of a session to the store. `on_seal` is called within the transaction that ends it.

    `append` hands the line to the operating system before it returns: it outlives this process; the last one waits for
    `seal`, so that a session has both or neither. Where another process
    is writing at that moment, or the disk is full, lines wait here and go with the next one, or within a second: then
    none is lost as soon as there is room again. For the full disk, `append` raises each time until there is.
    Call `append` and `seal` from one thread at a time. `Upkeep` has a thread and a connection of its own.
    """

    def __init__(
        self,
        db: Database,
        session: str,
        cipher: Cipher,
        *,
        part: int,
        n_before: int,
        now: Callable[[], datetime],
        on_seal: Callable[[StoredJournal], None],
    ) -> None:
        self.session, self.cipher = session, cipher
        self.n_lines = n_before
        self.heard = 0.0
        self.reason = ""
        self.sealed = False
        self._db, self._now, self._on_seal = db, now, on_seal
        self._numbering = Numbering(part)
        self._turn = threading.Lock()
        self._waiting = _Waiting()
        self._trouble: StoreError | None = None

    def order(self, stages: Sequence[str]) -> None:
        """See `JournalSink`."""
        self._numbering.order(stages)

    def append(self, event: Event, stage: str = "") -> None:
        """See `JournalSink`."""
        if not event.journalled:
            return
        with self._turn:
            self._enqueue(event, stage)
            if isinstance(event, SessionClosed):
                return  # `seal` writes it, together with the session's end
            self._write_waiting()
            if self._trouble:
                trouble, self._trouble = self._trouble, None
                raise trouble

    def tell(self, trouble: StoreError) -> None:
        """Have the next `append` raise what went wrong beside it."""
        with self._turn:
            self._trouble = trouble

    def flush(self) -> None:
        """Write what another process kept from being written. Quick where nothing waits."""
        with self._turn:
            if self._waiting.lines:
                self._write_waiting()

    def seal(self) -> None:
        """See `JournalSink`. Nothing runs any more that must not wait, so this does."""
        with self._turn:
            self._db.wait_for(PATIENCE)
            with self._db.transaction():
                self._insert()
                self._on_seal(self)
            self._waiting = _Waiting()
            self.sealed = True

    def _enqueue(self, event: Event, stage: str) -> None:
        self.n_lines += 1
        text = text_of(self._numbering.line(event, stage)).encode()
        if not self._waiting.lines:
            self._waiting.since = time.monotonic()
        self._waiting.lines.append((self.session, self.n_lines, self.cipher.seal(text, place_of(self.n_lines))))
        if isinstance(event, Consented):
            self._waiting.consents.append(self._consent(event))
        if isinstance(event, SessionClosed):
            self.reason = event.reason
        self.heard = max(self.heard, event.at)

    def _consent(self, event: Consented) -> tuple[Any, ...]:
        told = json.dumps({"languages": event.languages, "texts": event.texts}, ensure_ascii=False).encode()
        sealed = self.cipher.seal(told, consent_place(self.n_lines))
        return (self.session, self.n_lines, self._now().isoformat(timespec="seconds"), event.agreed, sealed)

    def _write_waiting(self) -> None:
        try:
            with self._db.transaction():
                self._insert()
        except StoreBusy:
            if time.monotonic() - self._waiting.since > LONG_PATIENCE:
                raise
        else:
            self._waiting = _Waiting()

    def _insert(self) -> None:
        self._db.execute_each(_ADD_LINE, self._waiting.lines)
        self._db.execute_each(_ADD_CONSENT, self._waiting.consents)


class Upkeep:
    """What a running session's journal needs beside the event loop, in a thread of its own, until `close`.

    Every second it forces what was written from memory to the disk, so that a power failure costs no more than that;
    and it moves SQLite's log into the file before it grows long.
    """

    def __init__(self, db: Database, journal: StoredJournal) -> None:
        self._log = db.path.with_name(f"{db.path.name}-wal")
        self._journal = journal
        self._db = db.another()
        self._end = threading.Event()
        self._n_forced = journal.n_lines
        self._thread = threading.Thread(target=self._run, name="voicedoc-store", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, after a last round."""
        self._end.set()
        self._thread.join()
        self._db.close()

    def _run(self) -> None:
        while not self._end.wait(UPKEEP_EVERY):
            self._round()
        self._round()

    def _round(self) -> None:
        try:
            self._journal.flush()
            if self._n_forced != self._journal.n_lines:
                self._n_forced = self._journal.n_lines
                self._force()
        except StoreError as error:
            self._journal.tell(error)

    def _force(self) -> None:
        with disk_errors(f"force {self._log} to the disk", VARIABLE), suppress(FileNotFoundError):  # has been emptied
            sync(self._log)
            if self._log.stat().st_size > LONG_LOG:
                self._db.checkpoint()
