"""The session store: every live session of this machine in one encrypted, crash-safe database.

sessions.db     SQLite in WAL mode: sessions, journal lines, notes, consents, the audit trail
audio/<id>/     the sealed sound of each session
locks/<id>      held by the process that has a session open; the system lets go of it when that process dies
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from voicedoc.core.cipher import Cipher
from voicedoc.core.events import Event, SessionClosed
from voicedoc.core.journal import Line, events_of, in_order, later_lines
from voicedoc.errors import ConfigError, StoreBusy, StoreError
from voicedoc.registry import did_you_mean
from voicedoc.store import audit, stored
from voicedoc.store.audit import AuditEntry, Detail
from voicedoc.store.cipher import AesGcm, new_key
from voicedoc.store.database import VARIABLE, Database
from voicedoc.store.durable import disk_errors
from voicedoc.store.keys import Ask, Keys, Made
from voicedoc.store.master import Master
from voicedoc.store.open_session import Before, OpenSession, before_of
from voicedoc.store.purge import destroy_key, remove
from voicedoc.store.settings import KEEP_DAYS, set_setting, setting
from voicedoc.store.sqlite import PATIENCE
from voicedoc.store.stored import CLOSED, CRASHED, OPEN, PURGING, StoredSession
from voicedoc.store.stored_journal import BRIEF_PATIENCE, StoredJournal, Upkeep, add_lines, lines_of
from voicedoc.store.stored_notes import add_note, notes_of

DATABASE = "sessions.db"
AUDIO = "audio"

_ENDING = b"the ending"
_RESTORE = "restore it from a backup, or use what is left: voicedoc sessions export --salvage"


class Salvaged(NamedTuple):
    """What can be read of a journal, in the canonical order. `damaged` says what cannot, and why."""

    lines: list[Line]
    damaged: tuple[str, ...]


class Purged(NamedTuple):
    """A session that was over its time. `refused`: why something of it is left; None where it is gone."""

    session: str
    refused: StoreError | None


class Sound(NamedTuple):
    """Where a session's sound lies, and what opens it."""

    folder: Path
    cipher: Cipher


def sessions_folder() -> Path:
    """The user's store: the folder `VOICEDOC_SESSIONS`, or `voicedoc/sessions` where the system keeps a user's data."""
    from platformdirs import user_data_path

    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_data_path("voicedoc", appauthor=False) / "sessions"


def _utc() -> datetime:
    return datetime.now(UTC)


class Vault:
    """The session store in `folder`, which is made where it is missing. Close sessions before the vault.

    May be used from any thread: calls take turns. A session that runs has a connection of its own, so that nothing
    that is asked of the vault meanwhile keeps its event loop waiting.

    Raises:
        StoreError: If the database cannot be opened; see `Database`.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keys | None = None,
        *,
        now: Callable[[], datetime] = _utc,
        schema: Sequence[str] = (),
        patience: float = PATIENCE,
    ) -> None:
        self.folder = folder
        self._now = now
        self._db = Database(folder / DATABASE, schema=schema, patience=patience)
        self._master = Master(self._db, keys or Keys.from_environment(), self._note)

    @classmethod
    def default(cls, ask: Ask | None = None) -> Vault:
        """The user's store. `ask` asks a person for the passphrase where it has one that was not given."""
        return cls(sessions_folder(), Keys.from_environment(ask))

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    # --- the key

    def unlock(self) -> None:
        """Have the master key at hand; a new store gets one. What needs it does this by itself.

        Raises:
            KeyRefused: If it is not to be had.
        """
        self._master.cipher()

    def key_kind(self) -> str:
        """ "keyring" or "passphrase"; "" where there is no key yet."""
        return self._master.kind()

    def change_key(self, make: Callable[[str], Made]) -> None:
        """Put the store under a new key, which `make` makes for the store's id; such as `Keys.make`. All or nothing.

        Backups that were made before stay under the old one.

        Raises:
            KeyRefused: If the old or the new key is not to be had.
        """
        self._master.change(make)

    # --- what there is: needs no key

    def sessions(self) -> list[StoredSession]:
        """Every session, the last one first. What dead processes left behind is seen to first."""
        self._tidy()
        return [stored.from_row(row) for row in self._db.execute(f"{stored.SELECT} ORDER BY rowid DESC")]

    def find(self, name: str) -> StoredSession:
        """A session by its id or the beginning of it; "last" is the last one that was begun.

        Raises:
            ConfigError: If there is none, or several.
        """
        known = self.sessions()
        found = known[:1] if name == "last" else [each for each in known if name and each.id.startswith(name.lower())]
        if len(found) == 1:
            return found[0]
        if found:
            raise ConfigError(f"'{name}' is {len(found)} sessions", remedy=", ".join(each.id for each in found))
        ids = [each.id for each in known]
        if not known:
            raise ConfigError(f"there is no session '{name}', nor any", remedy="voicedoc live --doctor en --patient pt")
        remedy = did_you_mean(name, ids) if len(ids) <= 5 else "voicedoc sessions list"
        raise ConfigError(f"there is no session '{name}'", remedy=remedy)

    def unfinished(self) -> list[StoredSession]:
        """The sessions whose process died, or could not end them: to be continued or closed."""
        return [each for each in self.sessions() if each.state == CRASHED]

    def expired(self) -> list[StoredSession]:
        """The sessions that are not to be kept any longer."""
        return [each for each in self.sessions() if each.is_expired(self._now())]

    def check(self) -> list[str]:
        """Everything that is wrong with the store: file, audit trail, journals. Nothing where it is sound.

        Raises:
            KeyRefused: If the store's key is not to be had.
        """
        found = [f"{self._db.path}: {problem}" for problem in self._db.problems()]
        if (number := audit.broken_at(self.audit())) is not None:
            found.append(f"the audit trail has been changed at entry {number}")
        for each in self.sessions():
            if each.state != PURGING:
                found += self._salvage(each.id).damaged
                found += [str(note) for note in self._notes(each.id) if isinstance(note, StoreError)]
        return found

    def _tidy(self) -> None:
        """See that sessions whose process died say so, and that a destruction that was cut short is finished."""
        for row in self._db.execute("SELECT id, state FROM sessions WHERE state IN (?, ?)", (OPEN, PURGING)):
            with suppress(StoreBusy), self._locked(row["id"]):  # a process is at it: all is well
                if row["state"] == PURGING:
                    remove(self._db, row["id"], self._audio(row["id"]))
                else:
                    self._mark_crashed(row["id"])

    def _mark_crashed(self, session: str) -> None:
        with self._db.transaction():
            if self._db.execute("SELECT 1 FROM sessions WHERE id = ? AND state = ?", (session, OPEN)):
                self._db.execute("UPDATE sessions SET state = ? WHERE id = ?", (CRASHED, session))
                self._note("found-unfinished", session)

    # --- a session's life

    def begin(self, *, doctor: str, patient: str, profile: str, keep_days: int | None = None) -> OpenSession:
        """A new session, open. `keep_days`: for how long it is kept; None leaves that to the store's setting.

        Raises:
            KeyRefused: If the store's key is not to be had.
            StoreError: If the disk is full.
        """
        session, key = self._new_id(), new_key()
        self._master.cipher()  # whoever is asked for it keeps nobody waiting
        days = self.keep_days if keep_days is None else keep_days
        process = (os.getpid(), stored.boot_id())
        with ExitStack() as opening:
            opening.enter_context(self._locked(session))
            with self._db.transaction():
                sealed = self._master.seal(session, key)  # nobody changes the master key meanwhile
                self._db.execute(
                    "INSERT INTO sessions (id, state, began, doctor, patient, profile, keep_days, pid, boot, data_key)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (session, OPEN, self._when(), doctor, patient, profile, days, *process, sealed),
                )
                self._note("began", session)
            return self._open(session, AesGcm(key), Before(), opening.pop_all())

    def resume(self, session: str) -> OpenSession:
        """Continue a session that is not finished, or was closed, with a new part.

        Raises:
            StoreError: If another process is at it.
        """
        cipher, process = self._cipher(session), (os.getpid(), stored.boot_id())
        with ExitStack() as opening:
            opening.enter_context(self._locked(session))
            before = self._before(session, cipher)
            with self._db.transaction():
                self._db.execute(
                    "UPDATE sessions SET state = ?, parts = parts + 1, pid = ?, boot = ?, ended = NULL, ending = NULL"
                    " WHERE id = ?",
                    (OPEN, *process, session),
                )
                self._note("continued", session)
            return self._open(session, cipher, before, opening.pop_all())

    def close_crashed(self, session: str, heard: float = 0.0) -> None:
        """End a session whose process died: its journal gets its last line, with the reason "failed".

        `heard` is the length of its sound in seconds, where that is known. A session that has ended stays as it is.

        Raises:
            StoreError: If another process is at it.
        """
        cipher = self._cipher(session)
        with ExitStack() as opening:
            opening.enter_context(self._locked(session))
            if self._row(session).state == CLOSED:
                return
            before = self._before(session, cipher)
            with self._open(session, cipher, before, opening.pop_all()) as reopened:
                at = max(before.heard, heard)
                reopened.journal.append(SessionClosed(at=at, reason="failed", n_utterances=before.n_utterances))
                reopened.journal.seal()

    def _open(self, session: str, cipher: Cipher, before: Before, closing: ExitStack) -> OpenSession:
        """A session's connection, journal and upkeep. What `closing` holds is let go of last."""
        with closing as undo:
            audio, part = self._audio(session), self._row(session).parts
            with disk_errors(f"make {audio}", VARIABLE):
                audio.mkdir(mode=0o700, parents=True, exist_ok=True)
            undo.callback(self._left, session)
            db = self._db.another(BRIEF_PATIENCE)
            undo.callback(db.close)
            journal = StoredJournal(
                db, session, cipher, part=part, n_before=before.n_lines, now=self._now, on_seal=partial(self._end, db)
            )
            undo.callback(Upkeep(db, journal).close)
            return OpenSession(session, part, audio, cipher, journal, before, undo.pop_all())

    def _end(self, db: Database, journal: StoredJournal) -> None:
        """Close a session in the database, within the transaction that writes its last lines."""
        ending = _sealed_ending(journal.cipher, journal.n_lines)
        db.execute(
            "UPDATE sessions SET state = ?, reason = ?, ended = ?, seconds = max(seconds, ?), ending = ? WHERE id = ?",
            (CLOSED, journal.reason, self._when(), journal.heard, ending, journal.session),
        )
        audit.note(db, self._now(), "closed", journal.session, {"reason": journal.reason})

    def _left(self, session: str) -> None:
        """A session that is let go of without having been sealed is unfinished, and says so if the disk lets it."""
        with suppress(StoreError):  # else the next look at the store finds that nobody holds it
            self._mark_crashed(session)

    def _before(self, session: str, cipher: Cipher) -> Before:
        lines = (line for line in lines_of(self._db, session, cipher) if not isinstance(line, StoreError))
        last = self._db.execute("SELECT max(number) FROM lines WHERE session = ?", (session,))[0][0]
        return before_of(lines, last or 0)

    def _new_id(self) -> str:
        while True:
            session = secrets.token_hex(4)
            if not self._db.execute("SELECT 1 FROM sessions WHERE id = ?", (session,)):
                return session

    # --- reading, and what a person says afterwards

    def read(self, session: str) -> list[Event]:
        """Every event of a session, in the canonical order. Audio fields are None. The audit trail says who read it.

        Raises:
            StoreError: If a line is damaged or missing; `salvage` reads the others.
            KeyRefused: If the store's key is not to be had.
        """
        return events_of(self.lines(session), f"session {session}")

    def lines(self, session: str) -> list[Line]:
        """What `read` reads, as a sealed `journal.jsonl` has it."""
        cipher = self._cipher(session)
        self.note("read", session)
        return in_order(self._whole_lines(session, cipher))

    def salvage(self, session: str) -> Salvaged:
        """What can be read of a session whose journal is damaged."""
        self.note("salvaged", session)
        return self._salvage(session)

    def sound(self, session: str) -> Sound:
        """A session's sound, for replaying and export. The audit trail says who asked for it."""
        cipher = self._cipher(session)
        self.note("sound-read", session)
        return Sound(self._audio(session), cipher)

    def amend(self, session: str, events: Sequence[Event], *, action: str = "amended") -> None:
        """Add what a person has said after the session, such as who a speaker is. `action` is the audit trail's word.

        Raises:
            StoreError: If a process is at the session.
        """
        cipher = self._cipher(session)
        with self._locked(session):
            lines = list(self._whole_lines(session, cipher))
            more = later_lines(lines, events)
            ending = _sealed_ending(cipher, len(lines) + len(more))
            with self._db.transaction():
                add_lines(self._db, session, cipher, more, after=len(lines))
                self._db.execute(
                    "UPDATE sessions SET ending = ? WHERE id = ? AND ending IS NOT NULL", (ending, session)
                )
                self._note(action, session, events=len(more))

    def notes(self, session: str) -> list[bytes]:
        """Every note that was kept of a session, the first one first. The audit trail says who read them.

        Raises:
            StoreError: If one is damaged or missing.
        """
        found = []
        for content in self._notes(session):
            if isinstance(content, StoreError):
                raise content
            found.append(content)
        if found:
            self.note("notes-read", session, notes=len(found))
        return found

    def keep_note(self, session: str, content: bytes) -> int:
        """Keep a note of a session, which nothing changes afterwards; its number, from 1.

        Raises:
            StoreError: If a process is at the session.
        """
        cipher = self._cipher(session)
        with self._locked(session), self._db.transaction():
            number = add_note(self._db, session, cipher, content)
            self._note("note-kept", session, note=number)
        return number

    def _notes(self, session: str) -> Iterator[bytes | StoreError]:
        return notes_of(self._db, session, self._cipher(session))

    def _salvage(self, session: str) -> Salvaged:
        cipher = self._cipher(session)
        found = list(lines_of(self._db, session, cipher))
        damaged = [str(line) for line in found if isinstance(line, StoreError)]
        try:
            self._check_ending(session, cipher, len(found))
        except StoreError as error:
            damaged.append(str(error))
        return Salvaged(in_order(line for line in found if not isinstance(line, StoreError)), tuple(damaged))

    def _whole_lines(self, session: str, cipher: Cipher) -> Iterator[Line]:
        count = 0
        for line in lines_of(self._db, session, cipher):
            if isinstance(line, StoreError):
                raise line
            count += 1
            yield line
        self._check_ending(session, cipher, count)

    def _check_ending(self, session: str, cipher: Cipher, count: int) -> None:
        """Raises: StoreError: If a session that was closed has not as many lines as then."""
        (row,) = self._db.execute("SELECT ending FROM sessions WHERE id = ?", (session,))
        if row["ending"] is not None:
            expected = json.loads(cipher.open(row["ending"], _ENDING))["lines"]
            if expected != count:
                raise StoreError(f"session {session} has {count} of its {expected} lines", remedy=_RESTORE)

    # --- retention, purge, copies

    @property
    def keep_days(self) -> int | None:
        """How long sessions are kept that do not say so themselves; None is for ever."""
        days: int | None = setting(self._db, KEEP_DAYS)
        return days

    def keep(self, days: int | None, session: str = "") -> None:
        """Set for how many days after its end a session is kept; without `session`, those to come."""
        with self._db.transaction():
            if session:
                self._db.execute("UPDATE sessions SET keep_days = ? WHERE id = ?", (days, session))
            else:
                set_setting(self._db, KEEP_DAYS, days)
            self._note("retention-set", session, days=days)

    def purge(self, session: str, reason: str = "asked") -> None:
        """Destroy a session: key, lines, notes, sound. Only the audit trail still knows of it. Needs no key.

        Raises:
            StoreBusy: If a process is at it.
            StoreError: If the disk refuses. It is then unreadable, and the next look at the store removes the rest.
        """
        with self._locked(session):
            with self._db.transaction():
                destroy_key(self._db, session)
                self._note("purged", session, reason=reason)
            remove(self._db, session, self._audio(session))
        self._lock_path(session).unlink(missing_ok=True)

    def purge_expired(self, *, but: str = "") -> list[Purged]:
        """Destroy the sessions that are not to be kept any longer, except `but` and those that a process is at."""
        purged = []
        for session in (each.id for each in self.expired() if each.id != but):
            try:
                self.purge(session, "expired")
            except StoreBusy:  # somebody goes on with it just now
                continue
            except StoreError as error:
                purged.append(Purged(session, error))
            else:
                purged.append(Purged(session, None))
        return purged

    def copy_to(self, folder: Path) -> int:
        """Copy the database, as it is at one moment, and its sessions' sound into a folder that is empty.

        Returns how many sessions it has. Sessions may run meanwhile.

        Raises:
            StoreError: If the disk is full.
        """
        self._db.copy_to(folder / DATABASE)
        ids = [row["id"] for row in self._db.execute("SELECT id FROM sessions")]
        with disk_errors(f"copy the sessions' sound to {folder}", VARIABLE):
            for session in ids:
                if self._audio(session).exists():
                    shutil.copytree(self._audio(session), folder / AUDIO / session, copy_function=_copy_if_there)
        return len(ids)

    # --- the audit trail

    def audit(self) -> list[AuditEntry]:
        """The audit trail, the first entry first. `voicedoc.store.audit.broken_at` tells whether it is whole."""
        return audit.entries(self._db)

    def note(self, action: str, session: str = "", **detail: Detail) -> None:
        """Add to the audit trail. `detail` must have nothing that was said, and no name."""
        with self._db.transaction():
            self._note(action, session, **detail)

    def _note(self, action: str, session: str, **detail: Detail) -> None:
        audit.note(self._db, self._now(), action, session, detail)

    # --- places

    def _when(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _audio(self, session: str) -> Path:
        return self.folder / AUDIO / session

    def _lock_path(self, session: str) -> Path:
        return self.folder / "locks" / session

    @contextmanager
    def _locked(self, session: str) -> Iterator[None]:
        """Hold a session against other processes.

        Raises:
            StoreBusy: If one is at it.
        """
        path = self._lock_path(session)
        lock = FileLock(path, thread_local=False)
        with disk_errors(f"lock session {session}", VARIABLE):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                lock.acquire(blocking=False)
            except Timeout as error:
                raise StoreBusy(f"a process is at session {session}", remedy="end it there first") from error
        try:
            yield
        finally:
            lock.release()

    def _cipher(self, session: str) -> AesGcm:
        row = self._one("SELECT state, data_key FROM sessions WHERE id = ?", session)
        if row["state"] == PURGING:
            raise StoreError(f"session {session} has been destroyed", remedy="voicedoc sessions list removes the rest")
        return AesGcm(self._master.open(session, row["data_key"]))

    def _row(self, session: str) -> StoredSession:
        return stored.from_row(self._one(f"{stored.SELECT} WHERE id = ?", session))

    def _one(self, sql: str, session: str) -> sqlite3.Row:
        rows = self._db.execute(sql, (session,))
        if not rows:
            raise ConfigError(f"there is no session '{session}'", remedy="voicedoc sessions list")
        return rows[0]


def _copy_if_there(source: str, target: str) -> None:
    """Copy a file; one that a running session has just renamed is there under its other name."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _sealed_ending(cipher: Cipher, n_lines: int) -> bytes:
    """How many lines a session has that was closed: so that none can be taken away unseen."""
    return cipher.seal(json.dumps({"lines": n_lines}).encode(), _ENDING)
