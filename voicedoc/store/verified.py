"""Verified once: remembers the sha256 of files that have not changed since, so that opening a model again is instant.

Whether one has changed is told by its size, its time of modification, its inode, and the time of the inode's change:
the last is the system's own, and cannot be set back as a copying program sets back the time of modification.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any

from voicedoc.store.durable import read_json, write_json

log = logging.getLogger(__name__)


class Verified:
    """The memory for one model's files, kept in the JSON file `memory`."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        known = read_json(memory)
        self._known: dict[str, Any] = known if isinstance(known, dict) else {}
        self._seen: dict[str, Any] = {}

    def sha256(self, file: Path) -> str:
        """The file's sha256: remembered where the file is as it was then, else computed."""
        stat = file.stat()
        state = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        remembered = self._known.get(str(file))
        if not (isinstance(remembered, list) and remembered[:-1] == state):
            remembered = [*state, sha256_of(file)]
        self._seen[str(file)] = remembered
        return str(remembered[-1])

    def forget(self) -> None:
        """Compute every sha256 anew from now on."""
        self._known = {}

    def save(self) -> None:
        """Keep what this object has seen. A store that cannot be written is only slower, so that is no error."""
        if self._seen == self._known:
            return
        try:
            write_json(self._memory, self._seen)
        except OSError as error:
            log.warning("cannot remember that files were verified, in %s: %s", self._memory, error.strerror)


def sha256_of(file: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
