"""How visits are kept, as the settings screen shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """The session store. `key_kind` is "keyring", "passphrase" or "" (no visit yet); `keep_days` None is for ever."""

    folder: str
    key_kind: str
    keep_days: int | None
    n_sessions: int
    n_expired: int
