"""Files that are either whole on the disk or not there, and disk errors that say what to do."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicedoc.errors import StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def disk_errors(what: str, variable: str = "VOICEDOC_MODELS") -> Iterator[None]:
    """Turn the system's refusals into a `StoreError`. Network calls, whose errors look alike, must not be inside.

    `variable` is what names the folder.
    """
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise StoreError(f"cannot {what}: {error.strerror or error}{where}", remedy=_remedy(error, variable)) from error


def _remedy(error: OSError, variable: str) -> str:
    if error.errno in _FULL:
        return f"free space on that disk, or name a folder on another one: {variable}=/path"
    return f"check who may write there, or name another folder: {variable}=/path"


def sync(path: Path) -> None:
    """Force a file, or a folder's list of names, from memory to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, value: Any) -> None:
    """Replace `path` as a whole: after a crash it holds either the old value or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
        sync(draft)
        draft.replace(path)
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def read_json(path: Path) -> Any:
    """What `write_json` wrote; None where there is no such file or it is damaged."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
