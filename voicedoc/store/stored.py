"""What can be known of a stored session without any key."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

OPEN, CRASHED, CLOSED, PURGING = "open", "crashed", "closed", "purging"
"""States of a session: a process is at it; its process died; it has ended; its destruction was cut short."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One session. Times are ISO 8601 in UTC; `seconds` is its length on the audio clock.

    `reason` is that of the last `SessionClosed`. `agreed` is the last recorded consent; None where none was recorded.
    `keep_days` is how long it is kept after its end; None is for ever. `pid` is the process that last wrote into it.
    """

    id: str
    state: str
    reason: str
    began: str
    ended: str | None
    doctor: str
    patient: str
    profile: str
    parts: int
    seconds: float
    keep_days: int | None
    pid: int
    boot: str
    n_lines: int
    agreed: bool | None

    @property
    def keep_until(self) -> str | None:
        """When it is to be purged; None is never. One that was cut off stays for a day at least, to be gone on with."""
        if self.keep_days is None:
            return None
        last = datetime.fromisoformat(self.ended or self.began)
        days = max(self.keep_days, 1) if self.state == CRASHED else self.keep_days
        return (last + timedelta(days=days)).isoformat(timespec="seconds")

    def is_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.state != OPEN and self.keep_until is not None and datetime.fromisoformat(self.keep_until) <= now


SELECT = """
    SELECT id, state, reason, began, ended, doctor, patient, profile, parts, seconds, keep_days, pid, boot,
        (SELECT count(*) FROM lines WHERE session = id) AS n_lines,
        (SELECT agreed FROM consents WHERE session = id ORDER BY number DESC LIMIT 1) AS agreed
    FROM sessions
"""


def from_row(row: sqlite3.Row) -> StoredSession:
    """A row of `SELECT`."""
    values = dict(row)
    agreed = values.pop("agreed")
    return StoredSession(**values, agreed=None if agreed is None else bool(agreed))


@cache
def boot_id() -> str:
    """What tells this start of the machine from others; "" where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def pid() -> int:
    """This process."""
    return os.getpid()
