"""What the session store remembers of itself: its id, how its key is had, for how long sessions are kept."""

from __future__ import annotations

import json
import secrets
from typing import Any

from voicedoc.store.database import Database

KEY = "key"
KEEP_DAYS = "keep_days"


def setting(db: Database, name: str) -> Any:
    """What was kept under `name`; None where nothing was."""
    rows = db.execute("SELECT value FROM store WHERE name = ?", (name,))
    return json.loads(rows[0]["value"]) if rows else None


def set_setting(db: Database, name: str, value: object) -> None:
    """Keep a value that JSON can hold."""
    db.execute("INSERT OR REPLACE INTO store (name, value) VALUES (?, ?)", (name, json.dumps(value)))


def store_id(db: Database) -> str:
    """What tells this store from others in the keyring. Made when first asked for."""
    new = json.dumps(secrets.token_hex(8))
    db.execute("INSERT OR IGNORE INTO store (name, value) VALUES (?, ?)", ("id", new))
    return str(setting(db, "id"))
