"""Who did what with which session, and when. Never what was said: an entry holds ids, counts and names of formats.

Entries are only ever added, and each holds a digest over itself and the one before: one that is changed, moved or taken
out is found. Whoever can write the file and knows this scheme could write the whole trail anew; a digest that is kept
elsewhere (a backup, a printed list) finds that, too.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import TypeAlias

from voicedoc.store.database import Database

Detail: TypeAlias = str | int | bool | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action. `who` is the account of the operating system; `detail` is JSON; `digest` covers all before it."""

    number: int
    at: str
    who: str
    action: str
    session: str
    detail: str
    digest: str = ""

    def chained(self, before: str) -> str:
        """The digest that this entry must have after one whose digest is `before`."""
        content = json.dumps([before, *astuple(self)[:-1]], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def note(db: Database, at: datetime, action: str, session: str, detail: Mapping[str, Detail]) -> None:
    """Add an entry. To be used within the transaction that does what it says, where there is one to do."""
    last = db.execute("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
    number, before = (last[0]["number"] + 1, last[0]["digest"]) if last else (1, "")
    said = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    entry = AuditEntry(number, at.isoformat(timespec="seconds"), account(), action, session, said)
    db.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", (*astuple(entry)[:-1], entry.chained(before)))


def entries(db: Database) -> list[AuditEntry]:
    """The whole trail, the first entry first."""
    return [AuditEntry(*row) for row in db.execute("SELECT * FROM audit ORDER BY number")]


def broken_at(trail: list[AuditEntry]) -> int | None:
    """The number at which a trail has been changed; None where it is whole."""
    before = ""
    for number, entry in enumerate(trail, start=1):
        if entry.number != number or entry.digest != entry.chained(before):
            return number
        before = entry.digest
    return None


def account() -> str:
    """The name of the account that this process runs under; where it has none, its number."""
    try:
        import pwd
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name  # unlike getpass, not what the environment says
    except KeyError:
        return f"uid {os.getuid()}"
